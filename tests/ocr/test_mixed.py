from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.document import Box, Line, Quad, Word
from ocr.mixed import joined, turned_box


def laid(rows: list[list[tuple[str, Box]]]) -> tuple[list[Word], list[Line]]:
    words: list[Word] = []
    lines: list[Line] = []
    for number, row in enumerate(rows):
        first = len(words)
        for text, box in row:
            words.append(Word(text=text, box=box, quad=Quad.of(box), confidence=0.9, line=number))
        hull = row[0][1]
        for _, box in row:
            hull = hull.union(box)
        text = " ".join(text for text, _ in row)
        lines.append(Line(text=text, box=hull, words=(first, len(words) - 1), block=0))
    return words, lines


HEADER = [[("Вх.", Box(0.1, 0.05, 0.15, 0.07)), ("318", Box(0.16, 0.05, 0.2, 0.07))]]


def test_what_the_layer_covers_is_not_doubled() -> None:
    seen = [
        [("Вх,", Box(0.1, 0.051, 0.15, 0.071)), ("З18", Box(0.161, 0.05, 0.2, 0.07))],
        [("Прошу", Box(0.1, 0.2, 0.2, 0.22)), ("взыскать", Box(0.21, 0.2, 0.3, 0.22))],
    ]
    words, lines = joined(*laid(HEADER), *laid(seen), 0)
    assert [line.text for line in lines] == ["Вх. 318", "Прошу взыскать"]
    assert [(line.words, line.text) for line in lines] == [((0, 1), "Вх. 318"), ((2, 3), "Прошу взыскать")]
    assert [word.line for word in words] == [0, 0, 1, 1]
    assert lines[0].block != lines[1].block


def test_recognised_lines_stand_where_they_stand_on_the_page() -> None:
    layer = [[("верх", Box(0.1, 0.1, 0.2, 0.12))], [("низ", Box(0.1, 0.8, 0.2, 0.82))]]
    seen = [[("середина", Box(0.1, 0.4, 0.3, 0.42))], [("конец", Box(0.1, 0.9, 0.3, 0.92))]]
    _, lines = joined(*laid(layer), *laid(seen), 0)
    assert [line.text for line in lines] == ["верх", "середина", "низ", "конец"]


def test_a_value_written_after_a_printed_label_continues_its_line() -> None:
    layer = [[("Сумма:", Box(0.1, 0.1, 0.2, 0.12))]]
    seen = [[("120500", Box(0.3, 0.102, 0.4, 0.122))]]
    words, lines = joined(*laid(layer), *laid(seen), 0)
    assert [line.text for line in lines] == ["Сумма: 120500"]
    assert [word.text for word in words] == ["Сумма:", "120500"]


def test_strokes_read_as_words_are_left_out() -> None:
    words, lines = laid([[("верх", Box(0.1, 0.1, 0.2, 0.12))]])
    seen, seen_lines = laid([[("Уу/", Box(0.5, 0.5, 0.6, 0.55))]])
    unsure = [replace(word, confidence=0.3) for word in seen]
    assert [line.text for line in joined(words, lines, unsure, seen_lines, 0)[1]] == ["верх"]
    assert [line.text for line in joined(words, lines, seen, seen_lines, 0)[1]] == ["верх", "Уу/"]


def test_the_layer_follows_the_page_when_recognition_turned_it() -> None:
    words, _ = joined(*laid(HEADER), [], [], 90)
    assert words[0].box == turned_box(HEADER[0][0][1], 90)


def test_turning_four_times_comes_home() -> None:
    box = Box(0.1, 0.2, 0.4, 0.3)
    assert turned_box(box, 90) == pytest.approx((0.7, 0.1, 0.8, 0.4))
    assert turned_box(turned_box(box, 90), 270) == pytest.approx(box)
    assert turned_box(turned_box(box, 180), 180) == pytest.approx(box)
