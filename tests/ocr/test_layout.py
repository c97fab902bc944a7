from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from ocr.engines.contract import PixelWord
from ocr.image.rules import CellBox, Grid, find_grids, find_rules, without_rules
from ocr.layout import engine_order, reading_order


class _Sheet:
    """Collects words as an engine would hand them over."""

    def __init__(self) -> None:
        self.words: list[PixelWord] = []
        self._line = 0

    def line(self, text: str, x: float, y: float, *, block: int = 1, height: float = 24.0) -> None:
        self._line += 1
        for word in text.split():
            width = 14.0 * len(word)
            self.words.append(
                PixelWord(
                    text=word,
                    left=x,
                    top=y,
                    right=x + width,
                    bottom=y + height,
                    confidence=0.9,
                    block=block,
                    paragraph=1,
                    line=self._line,
                )
            )
            x += width + 10

    def read(self, grids: Sequence[Grid] = ()) -> list[str]:
        return [" ".join(self.words[i].text for i in line.words) for line in reading_order(self.words, grids)]


def test_label_and_value_in_separate_blocks_are_one_line() -> None:
    sheet = _Sheet()
    sheet.line("Заявитель", 100, 100, block=1)
    sheet.line("Договор", 100, 150, block=1)
    sheet.line("Шелухина Марина", 700, 102, block=2)
    sheet.line("ХХХ 0418827365", 700, 151, block=2)
    assert sheet.read() == ["Заявитель Шелухина Марина", "Договор ХХХ 0418827365"]


def test_a_two_column_signature_block_is_read_row_by_row() -> None:
    sheet = _Sheet()
    for number, (left, right) in enumerate(
        [("Заимодавец", "Заёмщик"), ("ООО Ромашка", "Иванов И.И."), ("/подпись/", "/подпись/")]
    ):
        sheet.line(left, 100, 900 + 50 * number, block=1)
        sheet.line(right, 900, 903 + 50 * number, block=2)
    assert sheet.read() == ["Заимодавец Заёмщик", "ООО Ромашка Иванов И.И.", "/подпись/ /подпись/"]


def test_true_columns_of_prose_are_read_one_after_the_other() -> None:
    sheet = _Sheet()
    sheet.line("ПРАВИЛА СТРАХОВАНИЯ", 500, 20, block=1)
    for number in range(6):
        sheet.line(f"слева {number} идёт длинный связный текст", 100, 100 + 40 * number, block=2)
        sheet.line(f"справа {number} идёт другой связный текст", 900, 100 + 40 * number, block=3)
    sheet.line("Подписи сторон", 100, 500, block=4)
    text = sheet.read()
    assert text[0] == "ПРАВИЛА СТРАХОВАНИЯ"
    assert [line.split()[0] for line in text[1:13]] == ["слева"] * 6 + ["справа"] * 6
    assert text[13] == "Подписи сторон"


def test_a_table_row_is_one_line_cell_after_cell() -> None:
    sheet = _Sheet()
    sheet.line("Адрес регистрации, он же", 110, 110, block=1)
    sheet.line("для писем", 110, 145, block=1)
    sheet.line("236029, г. Калининград,", 610, 110, block=2)
    sheet.line("ул. Горная, д. 12", 610, 145, block=2)
    sheet.line("Телефон", 110, 210, block=1)
    sheet.line("+7 911 000-41-18", 610, 210, block=2)
    grid = Grid(
        rows=(
            (CellBox(left=100, top=100, right=600, bottom=190), CellBox(left=600, top=100, right=1200, bottom=190)),
            (CellBox(left=100, top=195, right=600, bottom=250), CellBox(left=600, top=195, right=1200, bottom=250)),
        )
    )
    assert sheet.read([grid]) == [
        "Адрес регистрации, он же для писем 236029, г. Калининград, ул. Горная, д. 12",
        "Телефон +7 911 000-41-18",
    ]


def test_text_around_a_table_keeps_its_place() -> None:
    sheet = _Sheet()
    sheet.line("ниже таблицы", 100, 400)
    sheet.line("Сумма", 110, 210)
    sheet.line("выше таблицы", 100, 50)
    grid = Grid(
        rows=((CellBox(left=100, top=195, right=600, bottom=250), CellBox(left=600, top=195, right=1200, bottom=250)),)
    )
    assert sheet.read([grid]) == ["выше таблицы", "Сумма", "ниже таблицы"]


def test_a_framed_page_is_not_one_line() -> None:
    sheet = _Sheet()
    for number in range(12):
        sheet.line(f"строка {number}", 110, 110 + 40 * number)
    frame = Grid(
        rows=((CellBox(left=100, top=100, right=900, bottom=700), CellBox(left=905, top=100, right=1000, bottom=700)),)
    )
    assert len(sheet.read([frame])) == 12


def test_every_word_stands_in_exactly_one_line() -> None:
    sheet = _Sheet()
    for number in range(9):
        sheet.line("одно другое третье", 100 + 400 * (number % 3), 100 + 13 * number, block=number)
    placed = sorted(index for line in reading_order(sheet.words, ()) for index in line.words)
    assert placed == list(range(len(sheet.words)))


def test_lines_far_apart_belong_to_different_blocks() -> None:
    sheet = _Sheet()
    sheet.line("первый абзац", 100, 100)
    sheet.line("его продолжение", 100, 132)
    sheet.line("второй абзац", 100, 260)
    assert [line.block for line in reading_order(sheet.words, ())] == [0, 0, 1]


def test_engine_order_is_the_engines() -> None:
    sheet = _Sheet()
    sheet.line("ниже", 100, 400)
    sheet.line("выше", 100, 100)
    assert [line.words for line in engine_order(sheet.words)] == [(0,), (1,)]


def _ruled(rows: int, columns: int) -> np.ndarray:
    page = np.full((900, 1400), 255, np.uint8)
    for row in range(rows + 1):
        cv2.line(page, (100, 200 + 80 * row), (100 + 300 * columns, 200 + 80 * row), 0, 3)
    for column in range(columns + 1):
        cv2.line(page, (100 + 300 * column, 200), (100 + 300 * column, 200 + 80 * rows), 0, 3)
    return page


def test_cells_are_found_between_rules() -> None:
    page = _ruled(3, 4)
    cv2.putText(page, "TEXT in a cell", (110, 255), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    horizontal, vertical = find_rules(page)
    (grid,) = find_grids(horizontal, vertical)
    assert [len(row) for row in grid.rows] == [4, 4, 4]
    assert grid.rows[1][2].left > grid.rows[1][1].right - 10


def test_rules_go_and_letters_stay() -> None:
    page = _ruled(2, 2)
    letters = np.full_like(page, 255)
    cv2.putText(letters, "Ordinary words 1234", (110, 250), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    cv2.putText(letters, "TTTTT HEADING", (110, 700), cv2.FONT_HERSHEY_SIMPLEX, 2.2, 0, 5)
    both = np.minimum(page, letters)
    cleaned = without_rules(both, *find_rules(both))
    assert ((cleaned < 128) & (letters >= 128)).sum() < 0.05 * (page < 128).sum()
    assert ((cleaned < 128) & (letters < 128)).sum() > 0.98 * (letters < 128).sum()


def test_a_line_to_sign_on_stays() -> None:
    page = np.full((600, 1400), 255, np.uint8)
    cv2.line(page, (300, 300), (600, 300), 0, 3)
    cv2.line(page, (100, 500), (1300, 500), 0, 3)
    cleaned = without_rules(page, *find_rules(page))
    assert np.array_equal(cleaned[:400], page[:400])
    assert (cleaned[400:] < 128).sum() < 0.005 * (page[400:] < 128).sum()


def test_plain_text_has_no_rules() -> None:
    page = np.full((600, 1000), 255, np.uint8)
    for row in range(8):
        cv2.putText(page, "dense line of text without gaps", (40, 60 + 60 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 3)
    horizontal, vertical = find_rules(page)
    assert not horizontal.any()
    assert not vertical.any()
