"""Numbers read twice.

The Russian data reads the flat-topped 3 of some faces as 5 on clean pages with confidence up to .97. The English data
does not, so every word with two digits or more is cut out and read again by it as a single line. Elsewhere the first
reading, made in context, is mostly the better one; where the second is credible and differs, the word carries the
reading not taken as a `Doubt` and its confidence is capped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.confidence import doubted
from ocr.document import Doubt
from ocr.engines.contract import OcrEngine, PixelWord
from ocr.image.raster import Pixels

SECOND_LANGUAGES = "eng"
_ONE_LINE = 7
_MARGIN = 12
_MOST_NUMBERS = 250
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_CREDIBLE = 0.5
_CLEARLY_SURER = 0.15
_LIKE_DIGITS = str.maketrans("OoОоQDlI|ЗзбBВS", "000000111336885")
_VEHICLE_NUMBER = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_EDGES = ".,;:()[]«»\"'_-–—"


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberReading:
    """A word after the second reading."""

    word: PixelWord
    doubt: Doubt | None


def read_numbers_again(
    page: Pixels, words: Sequence[PixelWord], engine: OcrEngine, languages: str
) -> tuple[NumberReading, ...]:
    """All words in order, those with digits compared with a second reading of their own picture.

    `page` is the grey picture the words' boxes refer to; `languages` names the first reader in doubts.
    """
    chosen = [index for index, word in enumerate(words) if len(_DIGIT.findall(word.text)) >= 2][:_MOST_NUMBERS]
    crops = [_cut(page, words[index]) for index in chosen]
    seconds = engine.recognise_many(crops, SECOND_LANGUAGES, _ONE_LINE)
    readings = [NumberReading(word=word, doubt=None) for word in words]
    for index, found in zip(chosen, seconds, strict=True):
        text = "".join(word.text for word in found)
        if text:
            confidence = min(word.confidence for word in found)
            readings[index] = reconciled(words[index], text, confidence, languages)
    return tuple(readings)


def _cut(page: Pixels, word: PixelWord) -> Pixels:
    height = word.bottom - word.top
    side, above = max(2, round(0.12 * height)), max(2, round(0.15 * height))
    top, bottom = max(0, int(word.top) - above), int(word.bottom) + above
    left, right = max(0, int(word.left) - side), int(word.right) + side
    cut = page[top:bottom, left:right]
    paper = int(np.percentile(cut, 95)) if cut.size else 255
    bordered = cv2.copyMakeBorder(cut, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=(paper,))
    return np.asarray(bordered, dtype=np.uint8)


def reconciled(first: PixelWord, second: str, second_confidence: float, languages: str) -> NumberReading:
    """One word out of two readings of a number.

    Same digits: the first reading stands. The second wins where it differs by reading 3 for 5, where it alone makes a
    vehicle identification number (17 Latin letters and digits, ISO 3779: Russian data writes Cyrillic into them), and
    where it has as many digits and is clearly surer. Otherwise the first stands, in doubt if the second is credible.
    """
    number = second.strip(_EDGES)
    if _VEHICLE_NUMBER.fullmatch(number) and _DIGIT.search(number) and _LETTER.search(number):
        if _DIGIT.findall(first.text) == _DIGIT.findall(second) and _is_latin(first.text):
            return NumberReading(word=first, doubt=None)
        if not _VEHICLE_NUMBER.fullmatch(first.text.strip(_EDGES)) or second_confidence > first.confidence:
            return _with_doubt(first, second, first.text, languages, second_confidence)
    digits, again = _DIGIT.findall(first.text), _digits_again(second, len(_DIGIT.findall(first.text)))
    if digits == again:
        return NumberReading(word=first, doubt=None)
    if len(digits) == len(again):
        pairs = {(one, other) for one, other in zip(digits, again, strict=True) if one != other}
        if pairs == {("5", "3")} or second_confidence > first.confidence + _CLEARLY_SURER:
            replacements = iter(again)
            text = _DIGIT.sub(lambda _: next(replacements), first.text)
            return _with_doubt(first, text, first.text, languages, min(first.confidence, second_confidence))
    letters_as_digits = _LETTER.search(first.text) is not None and "".join(digits) in "".join(again)
    if second_confidence < _CREDIBLE or letters_as_digits or not again:
        return NumberReading(word=first, doubt=None)
    return _with_doubt(first, first.text, second, SECOND_LANGUAGES, first.confidence)


def _digits_again(second: str, expected: int) -> list[str]:
    """The digits of the second reading; letters that look like digits count when as many digits were expected."""
    digits = _DIGIT.findall(second)
    if len(digits) == expected:
        return digits
    with_look_alikes = _DIGIT.findall(second.translate(_LIKE_DIGITS))
    return with_look_alikes if len(with_look_alikes) == expected else digits


def _is_latin(text: str) -> bool:
    return all(char.isascii() for char in text)


def _with_doubt(word: PixelWord, text: str, other: str, reader: str, confidence: float) -> NumberReading:
    changed = PixelWord(
        text=text,
        left=word.left,
        top=word.top,
        right=word.right,
        bottom=word.bottom,
        confidence=doubted(confidence),
        block=word.block,
        paragraph=word.paragraph,
        line=word.line,
    )
    return NumberReading(word=changed, doubt=Doubt(other=other, reader=f"tesseract {reader}"))
