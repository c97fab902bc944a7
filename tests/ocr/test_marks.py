"""Drawn pages at 150 dpi: what must be seen as a signature or a stamp, and what must not."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.document import Box, Mark, Quad, Word
from ocr.marks import find_marks
from ocr.marks_ink import find_ink, find_rulings
from ocr.marks_scorer import MEASURES, pen_scorer
from ocr.marks_seals import find_stamps

WIDE, HIGH = 1240, 1754
BLUE, BLACK, VIOLET = (170, 60, 30), (30, 30, 30), (150, 40, 120)

Raster = NDArray[np.uint8]


@dataclass(kw_only=True, slots=True)
class Sheet:
    """A white page under a pen; `words` are what a recogniser would give for its print."""

    image: Raster = field(default_factory=lambda: np.full((HIGH, WIDE, 3), 255, np.uint8))
    words: list[Word] = field(default_factory=list)
    lines: int = 0

    def print_line(self, x: int, y: int, text: str, size: int = 22, confidence: float = 0.95) -> None:
        face = ImageFont.load_default(size)
        canvas = Image.fromarray(self.image)
        draw = ImageDraw.Draw(canvas)
        at = float(x)
        for word in text.split(" "):
            draw.text((at, y), word, font=face, fill=BLACK)
            left, top, right, bottom = draw.textbbox((at, y), word, font=face)
            box = Box(left / WIDE, top / HIGH, right / WIDE, bottom / HIGH)
            self.words.append(Word(text=word, box=box, quad=Quad.of(box), confidence=confidence, line=self.lines))
            at = right + size * 0.4
        self.image[:] = np.asarray(canvas)
        self.lines += 1

    def body(self) -> None:
        for row in range(14):
            self.print_line(150, 220 + 38 * row, "the insurer has paid a part of the sum and refused the rest of it")

    def rule(self, x0: int, y0: int, x1: int, y1: int, thick: int = 2) -> None:
        cv2.line(self.image, (x0, y0), (x1, y1), BLACK, thick)

    def sign(self, x: int, y: int, colour: tuple[int, int, int] = BLUE, wide: int = 230, high: int = 80) -> Box:
        """Loops dying away to the right and a tail, centred on y."""
        t = np.linspace(0, 11 * math.pi, 400)
        wheel = 0.5 * np.exp(-t / 22)
        xs = x + wide * (0.85 * t / t[-1] + 0.12 * np.cos(t) * wheel / 0.5 + 0.05)
        ys = y + high * (wheel * np.sin(t) + 0.05 * np.sin(t / 5))
        curve = np.stack([xs, ys], axis=1).round().astype(np.int32)
        curve = np.vstack([curve, [[x + wide, y - high // 3]]]).astype(np.int32)
        cv2.polylines(self.image, [curve], False, colour, 3, cv2.LINE_AA)
        return self._box(curve.min(axis=0), curve.max(axis=0))

    def seal(self, x: int, y: int, radius: int = 112, colour: tuple[int, int, int] = BLUE) -> Box:
        for share in (1.0, 0.62):
            cv2.circle(self.image, (x, y), round(radius * share), colour, 3, cv2.LINE_AA)
        plate = Image.fromarray(self.image)
        face = ImageFont.load_default(20)
        for number, letter in enumerate("INSURANCE * COMPANY * OF THE NORTH * "):
            angle = number * 2 * math.pi / 37
            tile = Image.new("L", (30, 30), 0)
            ImageDraw.Draw(tile).text((15, 15), letter, font=face, fill=255, anchor="mm")
            tile = tile.rotate(-math.degrees(angle))
            at = (round(x + 0.8 * radius * math.sin(angle) - 15), round(y - 0.8 * radius * math.cos(angle) - 15))
            plate.paste(colour, at, tile)
        self.image[:] = np.asarray(plate)
        return self._box(np.array([x - radius, y - radius]), np.array([x + radius, y + radius]))

    def plate(self, x: int, y: int, lean: float, colour: tuple[int, int, int]) -> Box:
        wide, high = 300, 130
        tile = Image.new("L", (wide, high), 0)
        draw = ImageDraw.Draw(tile)
        draw.rectangle((2, 2, wide - 3, high - 3), outline=255, width=4)
        for row, text in enumerate(("Bank of the North", "RECEIVED", "12.03.2026")):
            draw.text((wide / 2, 28 + 37 * row), text, font=ImageFont.load_default(22), fill=255, anchor="mm")
        tile = tile.rotate(lean, expand=True, resample=Image.Resampling.BICUBIC)
        canvas = Image.fromarray(self.image)
        canvas.paste(colour, (x, y), tile)
        self.image[:] = np.asarray(canvas)
        return self._box(np.array([x, y]), np.array([x + tile.width, y + tile.height]))

    def find(self) -> tuple[Mark, ...]:
        return find_marks(self.image, self.words)

    @staticmethod
    def _box(low: NDArray[np.int32], high: NDArray[np.int32]) -> Box:
        return Box(low[0] / WIDE, low[1] / HIGH, high[0] / WIDE, high[1] / HIGH)


def of_kind(marks: tuple[Mark, ...], kind: str) -> list[Mark]:
    return [mark for mark in marks if mark.kind == kind]


def faxed(image: Raster, seed: int = 5) -> Raster:
    rng = np.random.default_rng(seed)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float64) + rng.normal(0, 12, image.shape[:2])
    bits = np.where(grey < 170, 0, 255).astype(np.uint8)
    bits[rng.random(bits.shape) < 0.001] = 0
    return bits


@pytest.fixture
def unsigned() -> Sheet:
    """A letter with a printed place for the signature and nothing on it."""
    sheet = Sheet()
    sheet.body()
    sheet.print_line(150, 1400, "signature")
    sheet.rule(270, 1425, 560, 1425)
    sheet.print_line(580, 1400, "/ Petrov A.V. /")
    return sheet


def test_a_blank_page_has_no_marks() -> None:
    assert Sheet().find() == ()


def test_an_empty_raster_has_no_marks() -> None:
    assert find_marks(np.zeros((0, 0), np.uint8), ()) == ()


def test_a_printed_line_for_a_signature_is_no_signature(unsigned: Sheet) -> None:
    assert unsigned.find() == ()


@pytest.mark.parametrize("colour", [BLUE, BLACK, VIOLET], ids=["blue", "black", "violet"])
def test_a_stroke_on_the_line_is_a_signature(unsigned: Sheet, colour: tuple[int, int, int]) -> None:
    drawn = unsigned.sign(290, 1400, colour)
    found = of_kind(unsigned.find(), "signature")
    assert len(found) == 1
    assert found[0].box.iou(drawn) > 0.6


def test_a_grey_raster_is_read_too(unsigned: Sheet) -> None:
    drawn = unsigned.sign(290, 1400, BLACK)
    marks = find_marks(cv2.cvtColor(unsigned.image, cv2.COLOR_BGR2GRAY).astype(np.uint8), unsigned.words)
    assert [mark.kind for mark in marks] == ["signature"]
    assert marks[0].box.iou(drawn) > 0.6


@pytest.mark.parametrize("colour", [BLUE, BLACK], ids=["blue", "black"])
def test_a_signature_across_the_printed_name_is_found(unsigned: Sheet, colour: tuple[int, int, int]) -> None:
    drawn = unsigned.sign(560, 1410, colour)
    found = of_kind(unsigned.find(), "signature")
    assert len(found) == 1
    assert found[0].box.iou(drawn) > 0.45


def test_junk_words_over_a_stroke_do_not_explain_it(unsigned: Sheet) -> None:
    drawn = unsigned.sign(290, 1400, BLACK)
    unsigned.words.append(Word(text="Ufe—", box=drawn, quad=Quad.of(drawn), confidence=0.31, line=99))
    assert len(of_kind(unsigned.find(), "signature")) == 1


def test_a_fax_keeps_its_signature_and_its_speckle_is_none(unsigned: Sheet) -> None:
    assert of_kind(find_marks(faxed(unsigned.image), unsigned.words), "signature") == []
    drawn = unsigned.sign(290, 1400)
    found = of_kind(find_marks(faxed(unsigned.image), unsigned.words), "signature")
    assert len(found) == 1
    assert found[0].box.iou(drawn) > 0.5


def photographed(sheet: Sheet) -> tuple[Raster, list[Word], NDArray[np.float64]]:
    """The sheet on a dark striped desk, askew, with light falling off to one side."""
    corners = np.array([[60, 90], [1190, 50], [1215, 1700], [40, 1720]], np.float32)
    flat = np.array([[0, 0], [WIDE, 0], [WIDE, HIGH], [0, HIGH]], np.float32)
    move = cv2.getPerspectiveTransform(flat, corners)
    desk = (70 + 25 * np.sin(np.arange(HIGH) / 7))[:, None, None] * np.ones((1, WIDE, 3))
    scene = desk.astype(np.uint8)
    cv2.warpPerspective(sheet.image, move, (WIDE, HIGH), dst=scene, borderMode=cv2.BORDER_TRANSPARENT)
    light = np.linspace(0.95, 0.6, WIDE)[None, :, None]
    noise = np.random.default_rng(3).normal(0, 3, scene.shape)
    photo = np.clip(cv2.GaussianBlur(scene, (0, 0), 0.8) * light + noise, 0, 255).astype(np.uint8)
    words = []
    for word in sheet.words:
        quad = Quad(*(type(p)(*through(move, p.x, p.y)) for p in word.quad))
        words.append(Word(text=word.text, box=quad.hull, quad=quad, confidence=word.confidence, line=word.line))
    return photo, words, move.astype(np.float64)


def through(move: NDArray[np.float64], x: float, y: float) -> tuple[float, float]:
    mapped = np.asarray(move, np.float64) @ np.array([x * WIDE, y * HIGH, 1.0])
    return float(mapped[0] / mapped[2] / WIDE), float(mapped[1] / mapped[2] / HIGH)


def test_a_photograph_keeps_its_signature_and_its_desk_is_none(unsigned: Sheet) -> None:
    photo, words, _ = photographed(unsigned)
    assert find_marks(photo, words) == ()
    drawn = unsigned.sign(290, 1400)
    photo, words, move = photographed(unsigned)
    found = of_kind(find_marks(photo, words), "signature")
    assert len(found) == 1
    low, high = through(move, drawn.x0, drawn.y0), through(move, drawn.x1, drawn.y1)
    assert found[0].box.iou(Box(*low, *high)) > 0.5


def test_tables_underlines_and_underscores_are_no_marks() -> None:
    sheet = Sheet()
    sheet.body()
    for row in range(6):
        sheet.rule(150, 900 + 50 * row, 1090, 900 + 50 * row)
    for column in range(5):
        sheet.rule(150 + 235 * column, 900, 150 + 235 * column, 1150)
    sheet.print_line(150, 1250, "an underlined heading")
    sheet.rule(150, 1276, 390, 1276, 3)
    sheet.print_line(150, 1350, "date ________ place ____________")
    assert sheet.find() == ()


def test_ticks_in_boxes_are_no_signatures(unsigned: Sheet) -> None:
    for number in range(4):
        x, y = 160, 820 + 60 * number
        cv2.rectangle(unsigned.image, (x, y), (x + 24, y + 24), BLACK, 2)
        cv2.line(unsigned.image, (x - 4, y + 8), (x + 10, y + 26), BLUE, 3, cv2.LINE_AA)
        cv2.line(unsigned.image, (x + 10, y + 26), (x + 32, y - 10), BLUE, 3, cv2.LINE_AA)
        unsigned.print_line(220, y, "I agree to the terms")
    assert unsigned.find() == ()


def test_a_line_of_print_lost_by_the_recogniser_is_no_signature(unsigned: Sheet) -> None:
    unsigned.print_line(300, 900, "NORTHERN INSURANCE", size=40)
    del unsigned.words[-2:]
    assert of_kind(unsigned.find(), "signature") == []


@pytest.mark.parametrize("colour", [BLUE, VIOLET, (40, 40, 190), BLACK], ids=["blue", "violet", "red", "black"])
def test_a_round_seal_is_a_stamp_and_no_signature(unsigned: Sheet, colour: tuple[int, int, int]) -> None:
    drawn = unsigned.seal(760, 1250, colour=colour)
    marks = unsigned.find()
    assert [mark.kind for mark in marks] == ["stamp"]
    assert marks[0].box.iou(drawn) > 0.85


def test_a_seal_over_print_is_found(unsigned: Sheet) -> None:
    drawn = unsigned.seal(700, 480)
    found = of_kind(unsigned.find(), "stamp")
    assert len(found) == 1
    assert found[0].box.iou(drawn) > 0.85


def test_a_signature_that_leaves_its_seal_is_seen_beside_it(unsigned: Sheet) -> None:
    seal, signature = unsigned.seal(640, 1330), unsigned.sign(330, 1390)
    marks = unsigned.find()
    assert [mark.box.iou(seal) > 0.8 for mark in of_kind(marks, "stamp")] == [True]
    assert any(mark.box.intersection(signature) > 0.5 * signature.area for mark in of_kind(marks, "signature"))


def test_a_faxed_seal_is_a_stamp(unsigned: Sheet) -> None:
    drawn = unsigned.seal(760, 1250)
    found = of_kind(find_marks(faxed(unsigned.image), unsigned.words), "stamp")
    assert len(found) == 1
    assert found[0].box.iou(drawn) > 0.8


@pytest.mark.parametrize("lean", [0.0, 4.0, -5.0])
def test_a_coloured_rectangular_stamp_is_a_stamp(unsigned: Sheet, lean: float) -> None:
    drawn = unsigned.plate(700, 1150, lean, VIOLET)
    marks = unsigned.find()
    assert [mark.kind for mark in marks] == ["stamp"]
    assert marks[0].box.iou(drawn) > 0.8


def test_a_black_frame_is_a_stamp_only_where_it_leans(unsigned: Sheet) -> None:
    unsigned.plate(700, 1150, 0.0, BLACK)
    assert of_kind(unsigned.find(), "stamp") == []
    unsigned.image[1140:1380, 690:1090] = 255
    unsigned.plate(700, 1150, 4.0, BLACK)
    assert len(of_kind(unsigned.find(), "stamp")) == 1


def test_boxes_come_back_in_the_raster_that_was_given(unsigned: Sheet) -> None:
    drawn = unsigned.sign(290, 1400)
    large = cv2.resize(unsigned.image, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC).astype(np.uint8)
    found = of_kind(find_marks(large, unsigned.words), "signature")
    assert len(found) == 1
    assert found[0].box.iou(drawn) > 0.6


def test_a_turned_scan_is_straightened_and_its_boxes_turned_back(unsigned: Sheet) -> None:
    drawn = unsigned.sign(290, 1400)
    turn = np.vstack([cv2.getRotationMatrix2D((WIDE / 2, HIGH / 2), 3.0, 1.0), [0, 0, 1]])
    turned = cv2.warpAffine(unsigned.image, turn[:2], (WIDE, HIGH), borderValue=(255, 255, 255)).astype(np.uint8)
    words = []
    for word in unsigned.words:
        quad = Quad(*(type(p)(*through(turn, p.x, p.y)) for p in word.quad))
        words.append(Word(text=word.text, box=quad.hull, quad=quad, confidence=word.confidence, line=word.line))
    found = of_kind(find_marks(turned, words), "signature")
    assert len(found) == 1
    low, high = through(turn, drawn.x0, drawn.y0), through(turn, drawn.x1, drawn.y1)
    assert found[0].box.iou(Box(*low, *high)) > 0.5


def test_rulings_are_lines_and_not_strokes() -> None:
    mask = np.zeros((300, 600), np.uint8)
    cv2.line(mask, (40, 200), (560, 203), 255, 2)
    cv2.circle(mask, (300, 90), 50, 255, 3)
    rulings = find_rulings(mask, 20.0)
    assert cv2.countNonZero(rulings[190:212]) > 0.9 * cv2.countNonZero(mask[190:212])
    assert cv2.countNonZero(rulings[:150]) == 0


def test_a_loop_of_a_pen_is_no_seal(unsigned: Sheet) -> None:
    cv2.circle(unsigned.image, (500, 1200), 90, BLUE, 3, cv2.LINE_AA)
    assert find_stamps(find_ink(unsigned.image, unsigned.words)) == []


def test_the_fitted_curves_cover_every_measure() -> None:
    scorer = pen_scorer()
    assert tuple(curve.measure for curve in scorer.curves) == MEASURES
