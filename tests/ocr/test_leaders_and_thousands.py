from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from drawn_page import FONT, draw
from PIL import Image, ImageDraw, ImageFont

from ocr.engines.contract import PixelWord
from ocr.image.leaders import without_leaders
from ocr.thousands import with_thousands_apart


def ink(pixels: np.ndarray) -> int:
    return int((pixels < 128).sum())


def test_a_leader_is_painted_over_and_the_words_around_it_stay() -> None:
    page = draw(("страхователь .................. Дёмин А.А., стаж с 2015...",) * 3)
    cleaned = without_leaders(page.pixels)
    for text, left, top, right, bottom in page.boxes:
        here = np.s_[round(top) : round(bottom) + 1, round(left) : round(right) + 1]
        if set(text) == {"."}:
            assert ink(page.pixels[here]) > 100
            assert ink(cleaned[here]) == 0
        else:
            assert ink(cleaned[here]) == ink(page.pixels[here])


def test_a_leader_whose_dots_have_grown_together_is_painted_over() -> None:
    page = draw(("КБМ .................. 1,17", "премия к уплате по договору"))
    left, top, right, bottom = (round(side) for box in page.boxes if box[0][0] == "." for side in box[1:])
    dots = np.s_[top : bottom + 1, left : right + 1]
    pixels = page.pixels.copy()
    band = pixels[dots]
    rows, columns = np.nonzero(band < 128)
    starts = columns.min() + np.arange(0, np.ptp(columns), 27)  # every third gap is filled, as a fax does
    for start in starts:
        band[rows.min() : rows.max() + 1, start : start + 13] = 0
    assert ink(without_leaders(pixels)[dots]) == 0


def test_a_page_without_leaders_is_handed_back() -> None:
    page = draw().pixels
    assert without_leaders(page) is page
    blank = np.full((300, 300), 255, np.uint8)
    assert without_leaders(blank) is blank


def number(text: str, gap: int) -> tuple[np.ndarray, PixelWord]:
    """«text» drawn with spaces of `gap` pixels, as the one word a recogniser makes of it."""
    font = ImageFont.truetype(FONT, 30)
    image = Image.new("L", (700, 80), 255)
    pen, x = ImageDraw.Draw(image), 20.0
    for part in text.split(" "):
        pen.text((x, 20), part, fill=0, font=font)
        x += pen.textlength(part, font=font) + gap
    pixels = np.array(image)
    rows, columns = np.nonzero(pixels < 128)
    word = PixelWord(
        text=text.replace(" ", ""),
        left=float(columns.min()),
        top=float(rows.min()),
        right=float(columns.max() + 1),
        bottom=float(rows.max() + 1),
        confidence=0.9,
        block=1,
        paragraph=1,
        line=1,
    )
    return pixels, word


@pytest.mark.parametrize("text", ["23 100,98", "2 957 004", "118 437,50", "10 000", "115 066;"])
def test_a_sum_is_divided_at_its_thousands(text: str) -> None:
    pixels, word = number(text, gap=9)
    parts = with_thousands_apart(pixels, [word])
    assert [part.text for part in parts] == text.split(" ")
    assert all(one.right < other.left for one, other in pairwise(parts))
    assert parts[0].left == word.left
    assert parts[-1].right == word.right


@pytest.mark.parametrize("text", ["7203418850", "5071", "100000", "1993)", "601423118806", "4417,50"])
def test_a_number_printed_without_spaces_stays_whole(text: str) -> None:
    pixels, word = number(text, gap=0)
    assert with_thousands_apart(pixels, [word]) == (word,)


def test_a_gap_at_another_place_divides_nothing() -> None:
    pixels, word = number("10 0000", gap=9)
    assert with_thousands_apart(pixels, [word]) == (word,)
