"""A page laid out before it is printed, scanned or photographed: text, a place for a signature, marks, decoys."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from benchmarks.marks_decoys import DECOYS
from benchmarks.marks_drawing import Pen, Raster, Rectangle, available_fonts, font, pen_ink, put, stamp_ink
from benchmarks.marks_signatures import signature
from benchmarks.marks_stamps import plate, seal
from ocr.document import MarkKind

DPI = 200

_TEXT = (
    "договор страхования полис выплата возмещение автомобиль потребитель организация заявление требование ответ срок "
    "рабочих дней документ копия квитанция сумма рублей копеек осмотр ремонт экспертиза износ деталь банк счёт карта "
    "перевод платёж процент неустойка отказ прошу рассмотреть обращение в течение и на по от с за не был что "
    "приложение экземпляр лист страница номер дата город улица дом квартира телефон "
)
_WORDS = tuple(_TEXT.split())
_NAMES = ("Перова Анна Ильинична", "Ветров О.П.", "Г.С. Лаптева", "Зимин А.А.", "Ольховская Н.Д.", "Рудин Лев Маркович")
_BLACK = Pen(colour=(25, 25, 25), cover=1.0)


@dataclass(kw_only=True, slots=True)
class Sheet:
    """A page being laid out, in pixels at `DPI`."""

    image: Raster
    rng: np.random.Generator
    printed: list[tuple[str, Rectangle, int]]
    marks: list[tuple[MarkKind, Rectangle]]
    face: str
    size: float
    line: int = 0

    def write(
        self, x: float, y: float, text: str, *, size: float | None = None, colour: int | tuple[int, int, int] = 20
    ) -> float:
        """Prints one line with its top at y and returns its right end."""
        face = font(self.face, size or self.size)
        image = Image.fromarray(self.image)
        draw = ImageDraw.Draw(image)
        fill = (colour,) * 3 if isinstance(colour, int) else colour
        for word in text.split(" "):
            if word:
                box = tuple(round(v) for v in draw.textbbox((x, y), word, font=face))
                draw.text((x, y), word, font=face, fill=fill)
                if any(character.isalnum() for character in word):
                    self.printed.append((word, (box[0], box[1], box[2], box[3]), self.line))
            x += face.getlength(word + " ")
        self.image[:] = np.asarray(image)
        self.line += 1
        return x

    def rule(self, x0: float, y0: float, x1: float, y1: float, thick: int = 2) -> None:
        cv2.line(self.image, (round(x0), round(y0)), (round(x1), round(y1)), (30, 30, 30), thick)


def blank_sheet(rng: np.random.Generator) -> Sheet:
    wide, high = round(210 / 25.4 * DPI), round(297 / 25.4 * DPI)
    return Sheet(
        image=np.full((high, wide, 3), 255, np.uint8),
        rng=rng,
        printed=[],
        marks=[],
        face=str(rng.choice(available_fonts())),
        size=rng.uniform(9.5, 13.5) / 72 * DPI,
    )


def _sentence(rng: np.random.Generator, face_width: float, size: float) -> str:
    return " ".join(str(word) for word in rng.choice(_WORDS, max(2, int(face_width / (size * 4.6)))))


def write_body(sheet: Sheet) -> None:
    rng, size = sheet.rng, sheet.size
    high, wide = sheet.image.shape[:2]
    left, right = 0.12 * wide, 0.93 * wide
    y = rng.uniform(0.05, 0.09) * high
    if rng.random() < 0.4:
        sheet.write(left + rng.uniform(0, 0.2) * wide, y, "АКЦИОНЕРНОЕ ОБЩЕСТВО", size=size * rng.uniform(1.2, 2.2))
        y += 2.4 * size
        if rng.random() < 0.5:
            sheet.rule(left, y, right, y, int(rng.integers(1, 5)))
            y += size
    for _ in range(int(rng.integers(2, 5))):
        sheet.write(0.52 * wide, y, _sentence(rng, 0.4 * wide, size))
        y += 1.35 * size
    y += size
    sheet.write(0.4 * wide, y, "ЗАЯВЛЕНИЕ", size=size * rng.uniform(1, 1.8))
    y += 2.6 * size
    bottom = rng.uniform(0.35, 0.72) * high
    colour: int | tuple[int, int, int] = 20
    while y < bottom:
        kind = rng.random()
        if kind < 0.1 and y < bottom - 7 * size:
            y = _table(sheet, left, y, right)
        elif kind < 0.16:
            end = sheet.write(left, y, _sentence(rng, 0.5 * wide, size))
            sheet.rule(left, y + 1.15 * size, end, y + 1.15 * size, int(rng.integers(1, 3)))
            y += 1.5 * size
        elif kind < 0.2:
            end = sheet.write(left, y, _sentence(rng, 0.5 * wide, size))
            sheet.rule(left, y + 0.6 * size, end, y + 0.6 * size, 2)
            y += 1.4 * size
        elif kind < 0.26:
            sheet.write(left, y, "дата ____________ место ______________________ № ________")
            y += 1.6 * size
        elif kind < 0.29:
            colour = (30, 60, 180) if rng.random() < 0.5 else (190, 40, 30)
            sheet.write(left, y, _sentence(rng, 0.6 * wide, size), colour=colour)
            y += 1.4 * size
        else:
            sheet.write(left, y, _sentence(rng, right - left, size))
            y += 1.35 * size


def _table(sheet: Sheet, left: float, top: float, right: float) -> float:
    rng, size = sheet.rng, sheet.size
    rows, columns = int(rng.integers(2, 6)), int(rng.integers(2, 6))
    xs = np.linspace(left, right, columns + 1)
    pitch = 1.9 * size
    for row in range(rows + 1):
        sheet.rule(left, top + row * pitch, right, top + row * pitch, int(rng.integers(1, 4)))
    for x in xs:
        sheet.rule(x, top, x, top + rows * pitch)
    for row in range(rows):
        for x in xs[:-1]:
            if rng.random() < 0.8:
                sheet.write(x + 6, top + row * pitch + 0.3 * size, str(rng.choice(_WORDS)), size=0.8 * size)
    return top + rows * pitch + size


def write_signature_block(sheet: Sheet, source: str | None) -> None:
    """A printed place for a signature in one of its usual forms, and, with a source, the signature itself."""
    rng, size = sheet.rng, sheet.size
    high, wide = sheet.image.shape[:2]
    y = rng.uniform(0.76, 0.9) * high
    left = rng.uniform(0.1, 0.2) * wide
    name = str(rng.choice(_NAMES))
    form = int(rng.integers(6))
    if form == 0:
        start = sheet.write(left, y, "подпись ")
        end = sheet.write(start, y, "____________________")
        sheet.write(end, y, f"/ {name} /")
    elif form == 1:
        start = sheet.write(left, y, "Заявитель: ")
        end = start + 0.25 * wide
        sheet.rule(start, y + 1.1 * size, end, y + 1.1 * size)
        sheet.write(start + 0.07 * wide, y + 1.2 * size, "(подпись)", size=0.7 * size)
        sheet.write(end + 10, y, name)
    elif form == 2:
        start = sheet.write(left, y, "Руководитель отдела выплат ")
        end = sheet.write(max(start, 0.68 * wide), y, name)
        start, end = start + 5, max(start + 0.12 * wide, 0.68 * wide)
    elif form == 3:
        sheet.write(left, y, "М.П.")
        start, end = left + 0.1 * wide, left + 0.35 * wide
        sheet.write(start, y, "_______________")
        sheet.write(end, y, name)
    elif form == 4:
        sheet.write(left, y - 2 * size, "С уважением,")
        end = sheet.write(left, y, name)
        start = left
    else:
        sheet.write(left, y, "12.03.2026")
        start, end = 0.55 * wide, 0.85 * wide
        sheet.rule(start, y + 1.1 * size, end, y + 1.1 * size)
    if source is None:
        return
    ink = signature(rng, source, DPI)
    x = start + rng.uniform(-0.1, 0.5) * max(40.0, end - start - ink.shape[1] * 0.5)
    if rng.random() < 0.3:
        x = end - ink.shape[1] * rng.uniform(0.3, 0.7)
    box = put(
        sheet.image,
        ink,
        round(x),
        round(y + size * rng.uniform(0.4, 1.1) - ink.shape[0] * rng.uniform(0.4, 0.85)),
        pen_ink(rng),
    )
    sheet.marks.append(("signature", box))


def put_stamp(sheet: Sheet, *, over_text: bool) -> None:
    rng = sheet.rng
    high, wide = sheet.image.shape[:2]
    ink = seal(rng, DPI) if rng.random() < 0.6 else plate(rng, DPI)
    x, y = rng.uniform(0.05, 0.7) * wide, rng.uniform(0.72, 0.86) * high
    signatures = [box for kind, box in sheet.marks if kind == "signature"]
    if over_text:
        y = rng.uniform(0.1, 0.6) * high
    elif signatures and rng.random() < 0.4:
        box = signatures[0]
        x = rng.uniform(box[0] - 0.6 * ink.shape[1], box[2] - 0.4 * ink.shape[1])
        y = rng.uniform(box[1] - 0.6 * ink.shape[0], box[3] - 0.4 * ink.shape[0])
    sheet.marks.append(("stamp", put(sheet.image, ink, round(x), round(y), stamp_ink(rng))))


def put_decoy(sheet: Sheet) -> None:
    rng = sheet.rng
    high, wide = sheet.image.shape[:2]
    ink = DECOYS[str(rng.choice(list(DECOYS)))](rng, DPI)
    pen = _BLACK
    if rng.random() < 0.3:
        pen = Pen(colour=tuple(int(v) for v in rng.integers(20, 190, 3)), cover=0.95)  # type: ignore[arg-type]
    taken = [box for _, box, _ in sheet.printed] + [box for _, box in sheet.marks]
    for _ in range(12):
        x, y = round(rng.uniform(0.03, 0.85) * wide), round(rng.uniform(0.02, 0.95) * high)
        x1, y1 = x + ink.shape[1], y + ink.shape[0]
        if y1 < high and x1 < wide and all(x1 < a or x > c or y1 < b or y > d for a, b, c, d in taken):
            put(sheet.image, ink, x, y, pen)
            return
