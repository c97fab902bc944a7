from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from ocr.confidence import DOUBTED_AT_MOST
from ocr.document import Doubt, Engine, Rotation
from ocr.engines.contract import OcrEngine, PixelWord
from ocr.image.raster import Pixels
from ocr.numbers import read_numbers_again, reconciled


def _word(text: str, confidence: float = 0.95, left: float = 10.0) -> PixelWord:
    return PixelWord(
        text=text,
        left=left,
        top=20.0,
        right=left + 60,
        bottom=44.0,
        confidence=confidence,
        block=1,
        paragraph=1,
        line=1,
    )


class _Reader:
    """A second reader that says what it is told, one answer a picture, and remembers what it was shown."""

    def __init__(self, *answers: str) -> None:
        self.answers = answers
        self.shown: list[tuple[int, ...]] = []

    def recognise(self, image: Pixels, languages: str, layout: int) -> tuple[PixelWord, ...]:
        raise AssertionError((image.shape, languages, layout))

    def recognise_many(
        self, images: Sequence[Pixels], languages: str, layout: int
    ) -> tuple[tuple[PixelWord, ...], ...]:
        assert (languages, layout) == ("eng", 7)
        self.shown = [image.shape for image in images]
        return tuple((_word(answer, 0.9),) if answer else () for answer in self.answers)

    def detect_rotation(self, image: Pixels) -> Rotation | None:
        raise AssertionError(image.shape)

    def version(self, languages: str) -> Engine:
        return Engine(name="fake", version="1", data=languages)


def _read(words: Sequence[PixelWord], *answers: str) -> tuple[list[tuple[str, Doubt | None]], _Reader]:
    reader = _Reader(*answers)
    engine: OcrEngine = reader
    page = np.full((80, 600), 255, np.uint8)
    return [(r.word.text, r.doubt) for r in read_numbers_again(page, words, engine, "rus+eng")], reader


def test_only_words_with_two_digits_are_read_again() -> None:
    words = [_word("договор"), _word("17.06.1984", left=100), _word("5", left=200), _word("№12", left=300)]
    result, reader = _read(words, "17.06.1984", "12")
    assert [text for text, _ in result] == ["договор", "17.06.1984", "5", "№12"]
    assert all(doubt is None for _, doubt in result)
    assert len(reader.shown) == 2


def test_the_flat_topped_three_is_taken_from_the_second_reader() -> None:
    result, _ = _read([_word("05.10.2024", 0.97)], "03.10.2024")
    assert result == [("03.10.2024", Doubt(other="05.10.2024", reader="tesseract rus+eng"))]


def test_letters_around_the_digits_stay() -> None:
    result, _ = _read([_word("№150-СД,", 0.9)], "N2130-CQ,")
    assert result[0][0] == "№150-СД,"
    result, _ = _read([_word("№150-СД,", 0.9)], "No130-CQ,")
    assert result[0][0] == "№130-СД,"


@pytest.mark.parametrize(
    ("first", "confidence", "second", "second_confidence", "text", "other"),
    [
        ("0452190077", 0.96, "6452190077", 0.88, "0452190077", "6452190077"),
        ("8452190077", 0.60, "0452190077", 0.92, "0452190077", "8452190077"),
        ("118", 0.96, "1183", 0.80, "118", "1183"),
        ("28МВААВОХЕ$063912", 0.78, "Z8NBAABDXLS063912", 0.86, "Z8NBAABDXLS063912", "28МВААВОХЕ$063912"),
    ],
)
def test_where_readers_differ_the_other_reading_is_kept_and_trust_capped(
    first: str, confidence: float, second: str, second_confidence: float, text: str, other: str
) -> None:
    reading = reconciled(_word(first, confidence), second, second_confidence, "rus+eng")
    assert reading.word.text == text
    assert reading.doubt is not None
    assert reading.doubt.other == other
    assert reading.word.confidence <= DOUBTED_AT_MOST


@pytest.mark.parametrize(
    ("first", "second", "second_confidence"),
    [
        ("15", "co", 0.27),  # nothing that could be a number
        ("123-ФЗ", "123-93", 0.9),  # the letters of the first, read as digits
        ("77", "I7", 0.1),  # not credible
        ("2 500", "2500", 0.9),
        ("10", "IO", 0.9),  # letters that look like the same digits
    ],
)
def test_no_doubt_without_a_credible_other_number(first: str, second: str, second_confidence: float) -> None:
    reading = reconciled(_word(first, 0.93), second, second_confidence, "rus+eng")
    assert (reading.word.text, reading.doubt, reading.word.confidence) == (first, None, 0.93)


def test_a_silent_second_reader_changes_nothing() -> None:
    result, _ = _read([_word("1984")], "")
    assert result == [("1984", None)]


def test_words_at_the_edge_of_the_page_are_cut_within_it() -> None:
    _, reader = _read([_word("1984", left=-4.0), _word("2025", left=560.0)], "1984", "2025")
    assert all(height > 20 and width > 40 for height, width in reader.shown)
