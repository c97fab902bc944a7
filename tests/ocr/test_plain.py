from __future__ import annotations

from itertools import pairwise

import pytest

from ocr.errors import PageMissing, TooManyPages, UnknownType
from ocr.formats.plain import count_pages, decode, pages_of, read_sheet
from ocr.limits import Limits

TEXT = "В службу финансового уполномоченного\nот Кудрявцевой Марины Олеговны\n\nПрошу взыскать 120 500 рублей."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be", "koi8_r"])
def test_every_russian_encoding_is_found(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_dos_text_is_found() -> None:
    assert decode(TEXT.encode("cp866")).encoding == "cp866"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866"])
@pytest.mark.parametrize("text", ["ЗАЯВЛЕНИЕ О ВЫПЛАТЕ", "Ёлкин", "Договор 5", "справка", "ООО Щит", "Иванов И.И."])
def test_capitals_and_single_words_are_found_too(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_one_cyrillic_word_in_utf16_without_mark_has_no_zero_byte() -> None:
    assert decode("Заявление".encode("utf-16-le")).text == "Заявление"


@pytest.mark.parametrize("data", [b"text\x00\x01\x02binary", b"\x1b[31mred", bytes(range(128, 256)) + b"\x01"])
def test_binary_matter_is_no_text(data: bytes) -> None:
    with pytest.raises(UnknownType):
        decode(data)


def test_form_feeds_part_pages_and_the_last_one_makes_none() -> None:
    assert pages_of("а\nб\fв\f") == [["а", "б"], ["в"]]
    assert pages_of("а\f\fв") == [["а"], [""], ["в"]]


def test_without_form_feeds_sheets_are_full() -> None:
    sheets = pages_of("\n".join(str(number) for number in range(130)))
    assert [len(sheet) for sheet in sheets] == [60, 60, 10]


def test_a_page_between_form_feeds_stays_one_page() -> None:
    assert [len(sheet) for sheet in pages_of("\n".join("а" * 100) + "\fб")] == [100, 1]


def test_long_lines_are_wrapped_between_words() -> None:
    (rows,) = pages_of("слово " * 40)
    assert len(rows) == 3
    assert max(len(row) for row in rows) <= 90
    assert " ".join(rows).split() == ["слово"] * 40


def test_words_have_boxes_in_reading_order() -> None:
    page = read_sheet(TEXT.encode(), 1)
    assert page.text == TEXT.replace("\n\n", "\n")
    assert page.text == "\n".join(line.text for line in page.lines)
    for line in page.lines:
        words = page.words[line.words[0] : line.words[1] + 1]
        assert line.text == " ".join(word.text for word in words)
        assert all(first.box.x1 < second.box.x0 for first, second in pairwise(words))
    assert all(first.box.y1 <= second.box.y0 for first, second in pairwise(page.lines))
    assert all(0 <= edge <= 1 for word in page.words for edge in word.box)
    assert page.source == "text_layer"
    assert page.lines[1].block != page.lines[2].block


def test_a_hundred_rows_still_lie_on_the_sheet() -> None:
    page = read_sheet(("\n".join("а" * 150) + "\f").encode(), 1)
    assert page.words[-1].box.y1 <= 0.95


def test_blank_sheet_is_unreadable_without_error() -> None:
    page = read_sheet("текст\f \n \fтекст".encode(), 2)
    assert (page.grade, page.grade_reason, page.error, page.words) == ("unreadable", "пустая страница", None, ())


def test_page_beyond_the_end_and_too_many_pages() -> None:
    with pytest.raises(PageMissing):
        read_sheet(b"a\fb", 3)
    with pytest.raises(TooManyPages):
        count_pages(b"a\f" * 20, Limits(pages=10))
