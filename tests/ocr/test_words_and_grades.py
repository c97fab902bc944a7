from __future__ import annotations

import pytest

from ocr.alphabet import mended
from ocr.confidence import doubted, mean_by_length
from ocr.document import Box, Quad, Word
from ocr.engines.contract import PixelWord
from ocr.grade import grade_page
from ocr.hyphens import join_hyphens
from ocr.recipe import PLAIN, RECIPES, STANDARD
from ocr.strays import without_strays


def _words(confidences: list[float], text: str = "слово") -> list[Word]:
    box = Box(0.1, 0.1, 0.2, 0.12)
    return [Word(text=text, box=box, quad=Quad.of(box), confidence=c, line=0) for c in confidences]


def _seen(text: str, confidence: float, width: float = 80.0, height: float = 24.0) -> PixelWord:
    return PixelWord(
        text=text, left=0, top=0, right=width, bottom=height, confidence=confidence, block=1, paragraph=1, line=1
    )


@pytest.mark.parametrize(
    ("confidences", "grade"),
    [([0.96, 0.93], "good"), ([0.95, 0.7], "usable"), ([0.7, 0.55], "poor"), ([0.3, 0.2], "unreadable")],
)
def test_the_grade_follows_the_readers_certainty(confidences: list[float], grade: str) -> None:
    graded = grade_page(_words(confidences * 10), 0.05)
    assert graded.grade == grade
    assert (graded.reason is None) == (grade == "good")


def test_a_blank_page_is_called_blank_and_a_picture_is_not() -> None:
    blank, picture = grade_page([], 0.0), grade_page([], 0.2)
    assert (blank.grade, picture.grade) == ("unreadable", "unreadable")
    assert blank.reason == "пустая страница"
    assert picture.reason is not None
    assert "пустая" not in picture.reason


def test_the_reason_counts_unsure_words() -> None:
    reason = grade_page(_words([0.9, 0.9, 0.9, 0.3]), 0.05).reason
    assert reason is not None
    assert "25 %" in reason


def test_mean_weighs_long_words() -> None:
    assert mean_by_length([("длинное", 0.9), (".", 0.1)]) == pytest.approx(0.8)
    assert mean_by_length([]) is None


def test_a_doubted_word_is_capped_and_never_raised() -> None:
    assert doubted(0.97) == 0.6
    assert doubted(0.3) == 0.3


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["Решение", "Ha", "основании", "pуб."], ["Решение", "На", "основании", "руб."]),
        (["OOO", "«Ромашка»"], ["ООО", "«Ромашка»"]),
        (["From:", "Ha", "info@a.example"], ["From:", "Ha", "info@a.example"]),
        (["автомобиль", "KIA", "RIO", "2020"], ["автомобиль", "KIA", "RIO", "2020"]),
        (["номер", "CA41752", "выдан"], ["номер", "CA41752", "выдан"]),
        (["сайт", "cat.example", "работает"], ["сайт", "cat.example", "работает"]),
        (["Google"], ["Google"]),
        (["Вострецова", "H.K.,", "M.A."], ["Вострецова", "Н.К.,", "М.А."]),
        (["TC:", "Лада", "VIN", "XTA217230E0291063,"], ["ТС:", "Лада", "VIN", "XTA217230E0291063,"]),
        (["OOO"], ["OOO"]),
        (["000", "«СК", "Обь»"], ["ООО", "«СК", "Обь»"]),
        (["сумма", "1", "000", "руб."], ["сумма", "1", "000", "руб."]),
    ],
)
def test_latin_letters_that_slipped_in(line: list[str], expected: list[str]) -> None:
    assert list(mended(line)) == expected


def test_strays_are_specks_scribbles_and_unsure_marks() -> None:
    print_ = [_seen("слово", 0.9) for _ in range(8)]
    strays = [_seen(",", 0.9, 4, 4), _seen("Илл", 0.2, 200, 90), _seen("|", 0.4, 6, 24)]
    kept = [_seen("—", 0.9, 24, 3), _seen("ПРЕТЕНЗИЯ", 0.95, 400, 60), _seen("№", 0.9), _seen("неуверенное", 0.1)]
    kept.append(_seen("XTA217230E0291063,", 0.48, 405, 79))
    assert without_strays([*print_, *strays, *kept]) == (*print_, *kept)


def test_a_page_of_few_words_stays_whole() -> None:
    words = [_seen("слово", 0.9), _seen("|", 0.1)]
    assert without_strays(words) == tuple(words)


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        ("взыскать неус-\nтойку и штраф", "взыскать неустойку\nи штраф"),
        ("в Санкт-\nпетербургском суде", "в Санкт-петербургском\nсуде"),
        ("когда-\nлибо ранее", "когда-либо\nранее"),
        ("ул. Ново-\nСадовая", "ул. Ново-\nСадовая"),
        ("№ 12-\n45 от", "№ 12-\n45 от"),
        ("мяг\u00adкий", "мягкий"),
        ("пере-\nстра-\nховщик прав", "перестраховщик\n\nправ"),
    ],
)
def test_words_broken_at_line_ends(printed: str, joined: str) -> None:
    assert join_hyphens(printed) == joined


def test_recipes_are_found_by_name_and_named_by_version() -> None:
    assert RECIPES["standard"] is STANDARD
    assert STANDARD.id == f"standard-{STANDARD.version}"
    switches = [name for name in PLAIN.__dataclass_fields__ if name not in ("name", "version")]
    assert switches
    assert not any(getattr(PLAIN, name) for name in switches)
    assert all(getattr(STANDARD, name) for name in switches)
