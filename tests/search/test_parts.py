"""Filters, cursors, near-duplicates, evaluation."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from search.cursor import Position, cursor_after, position_of
from search.errors import AmountsReversed, CursorInvalid, DatesReversed, UnknownFilterValue
from search.evaluation import mean_interval, ndcg, paired_difference, recall, reciprocal_rank
from search.filters import Filters, Vocabulary, checked
from search.ranking.near_duplicates import folded, signature

PRESENT = {"product": ["OSAGO"], "claim_item": ["Неустойка  за просрочку"]}


def test_an_unknown_value_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(UnknownFilterValue) as caught:
        checked(Filters(product=("OSAGOO",)), Vocabulary(product=("KASKO",)), PRESENT)  # type: ignore[arg-type]
    assert caught.value.parameters["known"] == "KASKO, OSAGO"
    assert caught.value.code == "search.unknown_filter_value"
    for filters in (Filters(outcome=("won",)), Filters(claim_item=("иное",)), Filters(norm=("что-то",))):
        with pytest.raises(UnknownFilterValue):
            checked(filters, Vocabulary(), PRESENT)  # type: ignore[arg-type]


def test_right_values_come_to_the_form_of_the_index() -> None:
    right = checked(
        Filters(
            product=("KASKO", "KASKO"), claim_item=("неустойка за  ПРОСРОЧКУ",), norm=("статья 12 Закона об ОСАГО",)
        ),
        Vocabulary(product=("KASKO",)),
        PRESENT,  # type: ignore[arg-type]
    )
    assert (right.product, right.claim_item, right.norm) == (("KASKO",), ("неустойка за просрочку",), ("ст. 12 40-ФЗ",))


def test_reversed_ends_are_errors() -> None:
    with pytest.raises(DatesReversed):
        checked(Filters(date_from=date(2024, 1, 2), date_to=date(2024, 1, 1)), Vocabulary(), {})
    with pytest.raises(AmountsReversed):
        checked(Filters(amount_min=Decimal(2), amount_max=Decimal(1)), Vocabulary(), {})
    checked(Filters(amount_min=Decimal(1), amount_max=Decimal(1)), Vocabulary(), {})


def test_a_cursor_is_read_back_for_its_own_query_only() -> None:
    position = Position(key=1.234567, id="дело №1", shown=20)
    cursor = cursor_after(position, "q")
    assert position_of(cursor, "q") == position
    for broken, query in ((cursor, "other"), (cursor[:-3], "q"), ("", "q"), ("ы", "q"), ("bnVsbA", "q")):
        with pytest.raises(CursorInvalid):
            position_of(broken, query)


def test_near_duplicates_stand_behind_the_first() -> None:
    text = " ".join(f"слово{number}" for number in range(200))
    texts = [text + " сумма 100", "совсем другое решение о вкладе и процентах по нему", text + " сумма 200", ""]
    ids = ["a", "b", "c", "d"]
    found = folded(ids, np.stack([signature(one) for one in texts]))
    assert found == {"a": ("c",), "b": (), "d": ()}
    assert folded(["d", "e"], np.stack([signature(""), signature("")])) == {"d": (), "e": ()}


def test_signatures_estimate_the_share_of_common_shingles() -> None:
    words = [f"слово{number}" for number in range(400)]
    half = words[:200] + [f"иное{number}" for number in range(200)]
    alike = (signature(" ".join(words)) == signature(" ".join(half))).mean()
    assert 0.16 < alike < 0.51  # Jaccard 1/3


def test_measures_of_ranking() -> None:
    grades = {"a": 2.0, "b": 1.0}
    assert ndcg(["a", "b"], grades) == 1.0
    assert ndcg(["b", "a"], grades) == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))
    assert ndcg(["x"] * 10 + ["a"], grades) == 0.0
    assert reciprocal_rank(["x", "a"], frozenset("a")) == 0.5
    assert recall(["x", "a"], frozenset("ab"), 10) == 0.5


def test_intervals_hold_groups_together() -> None:
    values = [0.0, 0.0, 1.0, 1.0] * 20
    apart = mean_interval(values)
    together = mean_interval(values, [str(index // 20) for index in range(80)])
    assert apart.value == together.value == 0.5
    assert apart.low < 0.5 < apart.high
    assert paired_difference([1.0] * 9, [0.0] * 9).low == 1.0
    groups = ["x"] * 40 + ["y"] * 40
    halves = mean_interval([0.0] * 40 + [1.0] * 40, groups)
    assert (halves.low, halves.high) == (0.0, 1.0)
