"""Pages with and without signatures and stamps, with the truth of both, for `benchmarks.marks`."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from benchmarks import marks_drawing as drawing
from benchmarks.marks_drawing import Pen, Raster, Rectangle
from ocr.document import Box, MarkKind, Point, Quad, Word

CONDITIONS = ("clean", "scan", "fax", "photo", "stamped")
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Truth:
    kind: MarkKind
    box: Box


@dataclass(frozen=True, kw_only=True, slots=True)
class MarksPage:
    """`upright` uint8 H×W or H×W×3 BGR; `words` as a recogniser would give them, faults and all.

    `source` names who drew the signature. `faint` are marks of which the condition left too little to ask for: finding
    them is neither right nor wrong.
    """

    upright: Raster
    words: tuple[Word, ...]
    truth: tuple[Truth, ...]
    faint: tuple[Truth, ...]
    source: str | None
    condition: str


@dataclass(kw_only=True, slots=True)
class _Sheet:
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
        face = drawing.font(self.face, size or self.size)
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


def make_page(seed: int, condition: str, *, held_out_source: bool) -> MarksPage:
    """One page. The same seed and condition give the same page on every machine with the same fonts."""
    rng = np.random.default_rng([seed, CONDITIONS.index(condition), int(held_out_source)])
    sources = list(drawing.SOURCES)
    source = drawing.HELD_OUT_SOURCE if held_out_source else str(rng.choice(sources))
    sheet = _laid_out(rng)
    signed = rng.random() < 0.5
    _body(sheet)
    _signature_block(sheet, source if signed else None)
    if rng.random() < (0.9 if condition == "stamped" else 0.35):
        _stamp(sheet, over_text=condition == "stamped" and rng.random() < 0.7)
    for _ in range(int(rng.integers(0, 3))):
        _decoy(sheet)
    return _degraded(sheet, condition, source if signed else None)


def _laid_out(rng: np.random.Generator) -> _Sheet:
    wide, high = round(210 / 25.4 * DPI), round(297 / 25.4 * DPI)
    return _Sheet(
        image=np.full((high, wide, 3), 255, np.uint8),
        rng=rng,
        printed=[],
        marks=[],
        face=str(rng.choice(drawing.available_fonts())),
        size=rng.uniform(9.5, 13.5) / 72 * DPI,
    )


def _sentence(rng: np.random.Generator, face_width: float, size: float) -> str:
    return " ".join(str(word) for word in rng.choice(_WORDS, max(2, int(face_width / (size * 4.6)))))


def _body(sheet: _Sheet) -> None:
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


def _table(sheet: _Sheet, left: float, top: float, right: float) -> float:
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


def _signature_block(sheet: _Sheet, source: str | None) -> None:
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
    ink = drawing.signature(rng, source, DPI)
    x = start + rng.uniform(-0.1, 0.5) * max(40.0, end - start - ink.shape[1] * 0.5)
    if rng.random() < 0.3:
        x = end - ink.shape[1] * rng.uniform(0.3, 0.7)
    box = drawing.put(
        sheet.image,
        ink,
        round(x),
        round(y + size * rng.uniform(0.4, 1.1) - ink.shape[0] * rng.uniform(0.4, 0.85)),
        drawing.pen_ink(rng),
    )
    sheet.marks.append(("signature", box))


def _stamp(sheet: _Sheet, *, over_text: bool) -> None:
    rng = sheet.rng
    high, wide = sheet.image.shape[:2]
    ink = drawing.seal(rng, DPI) if rng.random() < 0.6 else drawing.plate(rng, DPI)
    x, y = rng.uniform(0.05, 0.7) * wide, rng.uniform(0.72, 0.86) * high
    signatures = [box for kind, box in sheet.marks if kind == "signature"]
    if over_text:
        y = rng.uniform(0.1, 0.6) * high
    elif signatures and rng.random() < 0.4:
        box = signatures[0]
        x = rng.uniform(box[0] - 0.6 * ink.shape[1], box[2] - 0.4 * ink.shape[1])
        y = rng.uniform(box[1] - 0.6 * ink.shape[0], box[3] - 0.4 * ink.shape[0])
    sheet.marks.append(("stamp", drawing.put(sheet.image, ink, round(x), round(y), drawing.stamp_ink(rng))))


def _decoy(sheet: _Sheet) -> None:
    rng = sheet.rng
    high, wide = sheet.image.shape[:2]
    ink = drawing.DECOYS[str(rng.choice(list(drawing.DECOYS)))](rng, DPI)
    pen = _BLACK
    if rng.random() < 0.3:
        pen = Pen(colour=tuple(int(v) for v in rng.integers(20, 190, 3)), cover=0.95)  # type: ignore[arg-type]
    taken = [box for _, box, _ in sheet.printed] + [box for _, box in sheet.marks]
    for _ in range(12):
        x, y = round(rng.uniform(0.03, 0.85) * wide), round(rng.uniform(0.02, 0.95) * high)
        x1, y1 = x + ink.shape[1], y + ink.shape[0]
        if y1 < high and x1 < wide and all(x1 < a or x > c or y1 < b or y > d for a, b, c, d in taken):
            drawing.put(sheet.image, ink, x, y, pen)
            return


# --- conditions -------------------------------------------------------------------------------------------------


def _degraded(sheet: _Sheet, condition: str, source: str | None) -> MarksPage:
    rng = sheet.rng
    image = sheet.image
    if rng.random() < 0.25 and condition in ("scan", "photo", "fax"):
        fold = round(rng.uniform(0.3, 0.7) * image.shape[0])
        cv2.line(
            image, (0, fold), (image.shape[1], fold + int(rng.integers(-6, 7))), (205,) * 3, int(rng.integers(2, 5))
        )
    move = np.eye(3)
    if condition == "clean":
        if rng.random() < 0.4:
            image, move = _resized(image, 1.5)
    elif condition in ("scan", "stamped"):
        image, move = _scanned(rng, image)
    elif condition == "fax":
        image, move = _faxed(rng, image)
    else:
        image, move = _photographed(rng, image)
    high, wide = image.shape[:2]
    words = _read(rng, sheet, move, wide, high, condition)
    truth = tuple(Truth(kind=kind, box=_moved(box, move, wide, high).hull) for kind, box in sheet.marks)
    visible = tuple(
        condition != "fax" or _left(sheet, box, image, t.box) for t, (_, box) in zip(truth, sheet.marks, strict=True)
    )
    return MarksPage(
        upright=image,
        words=words,
        truth=tuple(t for t, seen in zip(truth, visible, strict=True) if seen),
        faint=tuple(t for t, seen in zip(truth, visible, strict=True) if not seen),
        source=source,
        condition=condition,
    )


def _left(sheet: _Sheet, drawn: Rectangle, bits: Raster, box: Box) -> bool:
    """Whether a fax kept at least two fifths of the ink that stood in the mark's rectangle."""
    before = cv2.cvtColor(sheet.image[drawn[1] : drawn[3], drawn[0] : drawn[2]], cv2.COLOR_BGR2GRAY) < 225
    high, wide = bits.shape
    after = bits[round(box.y0 * high) : round(box.y1 * high), round(box.x0 * wide) : round(box.x1 * wide)] < 128
    return bool(after.size and after.mean() >= 0.4 * before.mean())


def _resized(image: Raster, scale: float) -> tuple[Raster, NDArray[np.float64]]:
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=way).astype(np.uint8), np.diag([scale, scale, 1.0])


def _turned(image: Raster, degrees: float, paper: tuple[float, float, float]) -> tuple[Raster, NDArray[np.float64]]:
    high, wide = image.shape[:2]
    turn = np.vstack([cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0), [0, 0, 1]])
    turned = cv2.warpAffine(image, turn[:2], (wide, high), flags=cv2.INTER_LINEAR, borderValue=paper)
    return turned.astype(np.uint8), turn


def _scanned(rng: np.random.Generator, image: Raster) -> tuple[Raster, NDArray[np.float64]]:
    image, turn = _turned(image, rng.uniform(-1.8, 1.8), (255, 255, 255))
    tint = np.array([rng.uniform(225, 252), rng.uniform(232, 252), rng.uniform(235, 254)]) / 255
    out: Raster = image.astype(np.float32) * tint.astype(np.float32)
    out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 1.0)) + rng.normal(0, rng.uniform(2, 9), image.shape).astype(
        np.float32
    )
    if rng.random() < 0.25:
        edge = int(rng.integers(4, 24))
        out[:, :edge] = out[:, :edge] * np.linspace(0.25, 1, edge)[None, :, None]
    scanned: Raster = np.clip(out, 0, 255).astype(np.uint8)
    if rng.random() < 0.35:
        scanned = cv2.cvtColor(scanned, cv2.COLOR_BGR2GRAY)
    return _jpeg(scanned, int(rng.integers(70, 93))), turn


def _faxed(rng: np.random.Generator, image: Raster) -> tuple[Raster, NDArray[np.float64]]:
    image, turn = _turned(image, rng.uniform(-1.2, 1.2), (255, 255, 255))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small, shrink = _resized(grey, 0.75 if rng.random() < 0.7 else 1.0)
    noisy = small.astype(np.float32) + rng.normal(0, 12, small.shape)
    bits = np.where(noisy < rng.uniform(150, 200), 0, 255).astype(np.uint8)
    specks = rng.random(bits.shape)
    bits[specks < rng.uniform(0.0002, 0.0025)] = 0
    bits[specks > 1 - 0.001] = 255
    return bits, shrink @ turn


def _photographed(rng: np.random.Generator, image: Raster) -> tuple[Raster, NDArray[np.float64]]:
    high, wide = image.shape[:2]
    out_high = int(rng.integers(1900, 2600))
    out_wide = round(out_high * rng.uniform(0.7, 0.78))
    margin = rng.uniform(0.01, 0.08)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * (1 - 2 * margin) + margin
    corners = (corners + rng.uniform(-0.03, 0.03, (4, 2))) * [out_wide, out_high]
    source = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    move = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    colour = rng.uniform(40, 150, 3)
    desk: Raster = rng.normal(0, 1, (out_high // 8, out_wide // 8, 1)).astype(np.float32)
    desk = cv2.resize(cv2.GaussianBlur(desk, (0, 0), sigmaX=6, sigmaY=0.8), (out_wide, out_high))[:, :, None] * 60
    scene = np.clip(desk + colour, 0, 255).astype(np.uint8)
    cv2.warpPerspective(
        image, move, (out_wide, out_high), dst=scene, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT
    )
    ys, xs = np.mgrid[0:out_high, 0:out_wide].astype(np.float32)
    angle = rng.uniform(0, 2 * math.pi)
    ramp = ((xs / out_wide - 0.5) * math.cos(angle) + (ys / out_high - 0.5) * math.sin(angle)) * rng.uniform(0, 0.5)
    light = 0.85 + ramp
    if rng.random() < 0.5:
        line = (xs - rng.uniform(0, out_wide)) * math.cos(angle + 1) + (ys - rng.uniform(0, out_high)) * math.sin(
            angle + 1
        )
        light *= 1 - rng.uniform(0.1, 0.4) / (1 + np.exp(np.clip(-line / rng.uniform(8, 60), -50, 50)))
    warm = np.array([rng.uniform(0.82, 1.0), rng.uniform(0.92, 1.0), 1.0], np.float32)
    photo = scene.astype(np.float32) * light[:, :, None] * warm
    photo = cv2.GaussianBlur(photo, (0, 0), rng.uniform(0.6, 1.5)) + rng.normal(0, rng.uniform(1, 6), photo.shape)
    return _jpeg(np.clip(photo, 0, 255).astype(np.uint8), int(rng.integers(55, 88))), move.astype(np.float64)


def _jpeg(image: Raster, quality: int) -> Raster:
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_UNCHANGED), dtype=np.uint8)


def _moved(box: Rectangle, move: NDArray[np.float64], wide: int, high: int) -> Quad:
    corners = np.array([[box[0], box[1], 1], [box[2], box[1], 1], [box[2], box[3], 1], [box[0], box[3], 1]], np.float64)
    mapped = corners @ move.T
    mapped = mapped[:, :2] / mapped[:, 2:]
    a, b, c, d = (Point(float(np.clip(x / wide, 0, 1)), float(np.clip(y / high, 0, 1))) for x, y in mapped)
    return Quad(a, b, c, d)


_LOSS = {"clean": 0.01, "scan": 0.02, "fax": 0.05, "photo": 0.06, "stamped": 0.03}


def _read(
    rng: np.random.Generator, sheet: _Sheet, move: NDArray[np.float64], wide: int, high: int, condition: str
) -> tuple[Word, ...]:
    """A recogniser's words: some lost, those under ink doubtful or gone, and junk where the strokes are."""
    words = []
    for text, box, line in sheet.printed:
        crossed = any(_common(box, mark) > 0.25 * (box[2] - box[0]) * (box[3] - box[1]) for _, mark in sheet.marks)
        if rng.random() < (0.35 if crossed else _LOSS[condition]):
            continue
        sure = rng.uniform(0.2, 0.95) if crossed else float(np.clip(rng.normal(0.93, 0.08), 0.3, 0.99))
        shift = rng.normal(0, 1.2, 4)
        moved = _moved(tuple(round(v + s) for v, s in zip(box, shift, strict=True)), move, wide, high)
        words.append(Word(text=text, box=moved.hull, quad=moved, confidence=sure, line=line))
    for _, (x0, y0, x1, y1) in sheet.marks:
        for _ in range(int(rng.integers(0, 3))):
            xs, ys = np.sort(rng.uniform(x0, x1, 2)), np.sort(rng.uniform(y0, y1, 2))
            junk = _moved((round(xs[0]), round(ys[0]), round(xs[1]) + 8, round(ys[1]) + 8), move, wide, high)
            text = "".join(rng.choice(list("АбvwЛ/|/—;Ч»2°"), int(rng.integers(1, 6))))
            words.append(
                Word(text=text, box=junk.hull, quad=junk, confidence=rng.uniform(0.0, 0.6), line=sheet.line + 1)
            )
    return tuple(words)


def _common(box: Rectangle, other: Rectangle) -> float:
    return float(
        max(0, min(box[2], other[2]) - max(box[0], other[0])) * max(0, min(box[3], other[3]) - max(box[1], other[1]))
    )
