from __future__ import annotations

import pytest

from ocr.document import Box, Quad, Word
from ocr.evaluation import (
    FieldReading,
    Ratio,
    TrueWord,
    character_error_rate,
    character_errors,
    field_exactness,
    pooled,
    settled,
    well_placed,
    well_placed_share,
)


def word(text: str, box: Box) -> Word:
    return Word(text=text, box=box, quad=Quad.of(box), confidence=0.9, line=0)


def test_whitespace_and_composition_do_not_count() -> None:
    assert settled(" и\u0306од \n\t вода ") == "йод вода"
    assert character_errors("мой  дом\n", "мои\u0306 дом").part == 0


def test_character_errors_are_the_edits() -> None:
    """«сумма 500» → «сума 300»: one letter lost, one digit replaced, of nine characters."""
    assert character_errors("сумма 500", "сума 300") == Ratio(part=2, whole=9)


def test_error_rate_pools_pages_by_their_length() -> None:
    """(1 + 2) errors of (10 + 5) characters, not the mean of the pages' rates (.25)."""
    figure = character_error_rate([("абвгдежзик", "абвгдежзи_"), ("абвгд", "абв")])
    assert figure.value == pytest.approx(3 / 15)
    assert figure.n == 2


def test_interval_of_two_pages_reaches_from_one_page_to_the_other() -> None:
    """Both draws alike happen in a quarter of the samples each, so the 2.5 % ends are the pages' own rates."""
    figure = pooled([Ratio(part=1, whole=10), Ratio(part=2, whole=5)])
    assert (figure.low, figure.high) == (pytest.approx(0.1), pytest.approx(0.4))


def test_interval_of_a_share_has_its_known_width() -> None:
    """Eighty of a hundred: the normal approximation gives .8 ± 1.96·√(.8·.2/100) = .8 ± .0784."""
    figure = pooled([Ratio(part=float(number < 80), whole=1) for number in range(100)])
    assert figure.value == pytest.approx(0.8)
    assert figure.low == pytest.approx(0.8 - 0.0784, abs=0.015)
    assert figure.high == pytest.approx(0.8 + 0.0784, abs=0.015)


def test_intervals_repeat() -> None:
    units = [Ratio(part=(number * 0.37) % 1, whole=1 + number % 5) for number in range(20)]
    assert pooled(units) == pooled(units)
    assert pooled(units) != pooled(units, seed=1)


def test_nothing_to_count_is_no_figure() -> None:
    figure = pooled([])
    assert (figure.value, figure.low, figure.high, figure.n) == (None, None, None, 0)
    assert character_error_rate([("", "шум")]).value is None


def test_words_read_right_must_lie_where_they_stand() -> None:
    true = [
        TrueWord(text="дом", box=Box(0, 0, 0.2, 0.1)),
        TrueWord(text="сад", box=Box(0.5, 0, 0.7, 0.1)),
        TrueWord(text="лес", box=Box(0, 0.5, 0.2, 0.6)),
    ]
    read = [
        word("дом", Box(0.02, 0, 0.2, 0.1)),  # IoU .9
        word("сад", Box(0.65, 0, 0.85, 0.1)),  # IoU 1/7
        word("пес", Box(0, 0.5, 0.2, 0.6)),  # misread: says nothing about boxes
    ]
    assert well_placed(true, read) == Ratio(part=1, whole=2)
    assert well_placed_share([(true, read)]).value == 0.5


def test_equal_words_are_paired_by_place() -> None:
    true = [TrueWord(text="и", box=Box(0, 0, 0.1, 0.1)), TrueWord(text="и", box=Box(0.5, 0, 0.6, 0.1))]
    read = [word("и", Box(0.5, 0, 0.6, 0.1)), word("и", Box(0, 0, 0.1, 0.1))]
    assert well_placed(true, read) == Ratio(part=2, whole=2)
    assert well_placed(true, read[:1]) == Ratio(part=1, whole=1)


def test_fields_are_exact_or_not() -> None:
    fields = [
        FieldReading(true="А123ВС 35", read="A123BC 35"),  # Latin letters
        FieldReading(true="14.03.2026", read="14.03.2026 "),
        FieldReading(true="120 500", read=None),
    ]
    assert field_exactness(fields).value == pytest.approx(1 / 3)
    assert field_exactness(fields, fold_look_alikes=True).value == pytest.approx(1 / 3)
    words = [FieldReading(true="Семёнова", read="Ceменова")]
    assert field_exactness(words).value == 0
    assert field_exactness(words, fold_look_alikes=True).value == 1
