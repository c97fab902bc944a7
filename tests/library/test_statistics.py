"""Which decisions statistics are counted over, and what is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from library.repository import Line
from library.statistics import library_statistics, passes
from search.filters import Filters

LINE = Line(
    outcome="partial",
    decided_on=date(2023, 5, 1),
    product="OSAGO",
    category="INS_WEAR",
    amount_claimed=Decimal(100),
    amount_awarded=Decimal(40),
    claim_items=("Неустойка",),
    disputed_facts=("Износ",),
    norms=("п. 21 ст. 12 40-ФЗ",),
)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), True),
        (Filters(norm=("ст. 12 40-ФЗ",)), True),
        (Filters(norm=("40-ФЗ",)), True),
        (Filters(norm=("п. 16 ст. 12 40-ФЗ",)), False),
        (Filters(claim_item=("неустойка", "утс")), True),
        (Filters(claim_item=("утс",)), False),
        (Filters(disputed_fact=("износ",)), True),
        (Filters(disputed_fact=("трасология",)), False),
        (Filters(amount_min=Decimal(100), amount_max=Decimal(100)), True),
        (Filters(amount_min=Decimal(101)), False),
        (Filters(amount_max=Decimal(99)), False),
    ],
)
def test_a_decision_passes_all_filters_or_none(filters: Filters, expected: bool) -> None:
    assert passes(LINE, filters) is expected


def test_what_is_not_known_passes_no_filter() -> None:
    bare = replace(LINE, amount_claimed=None, claim_items=(), norms=(), disputed_facts=())
    assert passes(bare, Filters())
    assert not passes(bare, Filters(amount_min=Decimal(0)))
    assert not passes(bare, Filters(norm=("40-ФЗ",)))
    assert not passes(bare, Filters(claim_item=("неустойка",)))


def test_terminated_and_unknown_amounts_have_no_ratio() -> None:
    lines = [
        LINE,
        replace(LINE, outcome="satisfied", amount_awarded=Decimal(100)),
        replace(LINE, outcome="refused", amount_awarded=Decimal(0)),
        replace(LINE, outcome="terminated", amount_awarded=None),
        replace(LINE, outcome=None, amount_claimed=None, decided_on=None),
    ]
    answer = library_statistics(lines, Filters())
    statistics = answer.statistics
    assert answer.total == statistics.n == 5
    assert [(share.outcome, share.n, share.share) for share in statistics.outcomes] == [
        ("satisfied", 1, 0.25),
        ("partial", 1, 0.25),
        ("refused", 1, 0.25),
        ("terminated", 1, 0.25),
    ]
    ratio = statistics.awarded_ratio
    assert (ratio.n, ratio.q1, ratio.median, ratio.q3) == (3, 0.2, 0.4, 0.7)
    assert [(year.year, year.n, year.satisfied) for year in statistics.by_year] == [(2023, 4, 2)]


def test_nothing_has_no_quartiles() -> None:
    statistics = library_statistics([], Filters()).statistics
    assert (statistics.n, statistics.outcomes, statistics.awarded_ratio.median, statistics.by_year) == (0, (), None, ())
    one = library_statistics([LINE], Filters()).statistics.awarded_ratio
    assert (one.n, one.q1, one.median, one.q3) == (1, 0.4, 0.4, 0.4)
