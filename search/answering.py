"""From a ranking to an answer: order, folding, pages, counts, statistics. Both roads end here."""

from __future__ import annotations

import statistics as plain_statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.backends.contract import Backend, Counts
from search.cursor import Position, cursor_after, position_of
from search.explain import explain
from search.hit import AwardedRatio, Hit, OutcomeShare, Statistics, YearOutcomes
from search.query import Query, Sort
from search.ranking.centring import Centring
from search.ranking.near_duplicates import folded
from search.ranking.ranker import Ranked
from search.ranking.view import QueryView

if TYPE_CHECKING:
    from search.filters import Filters

_REORDERED = 100
"""How many of the best are put in order of date or amount: beyond them they have little to do with the words asked."""
_HOW_THEY_ENDED = 30
_PREVAILS = 0.6
_LEAST_TO_PREVAIL = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """`folded` of every hit: ids behind it. `keys`: what the page is ordered by, highest first."""

    ranked: tuple[Ranked, ...]
    folded: tuple[tuple[str, ...], ...]
    first_rank: int
    cursor: str | None


def counted(backend: Backend, filters: Filters) -> Counts:
    return backend.counts(filters)


def page_of(ranked: Sequence[Ranked], query: Query, fold: bool, belongs_to: str) -> Page:
    """The page `query` asks for. Raises CursorInvalid. `belongs_to`: the fingerprint cursors of this query carry."""
    import numpy as np

    position = position_of(query.cursor, belongs_to) if query.cursor else None
    names = [one.features.decision.id for one in ranked]
    behind: dict[str, tuple[str, ...]] = dict.fromkeys(names, ())
    if fold and ranked:
        behind = folded(names, np.stack([one.features.signature for one in ranked]))
    shown = [one for one in ranked if one.features.decision.id in behind]
    near = shown if query.sort == "relevance" or not query.text.strip() else shown[:_REORDERED]
    ordered = sorted(near, key=lambda one: _key(one, query.sort))
    if position is not None:
        last = (-position.key, position.id)
        ordered = [one for one in ordered if _key(one, query.sort) > last]
    chosen = ordered[: query.top]
    before = position.shown if position else 0
    cursor = None
    if len(ordered) > len(chosen):
        key, name = _key(chosen[-1], query.sort)
        cursor = cursor_after(Position(key=-key, id=name, shown=before + len(chosen)), belongs_to)
    return Page(
        ranked=tuple(chosen),
        folded=tuple(behind[one.features.decision.id] for one in chosen),
        first_rank=before + 1,
        cursor=cursor,
    )


def _key(one: Ranked, sort: Sort) -> tuple[float, str]:
    """What ascending order gives: highest first, unknown last, ties by id."""
    decision = one.features.decision
    if sort == "date":
        value = float(decision.date.toordinal()) if decision.date else -1.0
    elif sort == "amount":
        value = float(decision.amount_claimed) if decision.amount_claimed is not None else -1.0
    else:
        value = one.score
    return -value, decision.id


def hits_of(
    page: Page, ranked: Sequence[Ranked], view: QueryView, backend: Backend, centring: Centring
) -> tuple[Hit, ...]:
    texts = backend.sections([one.features.decision.id for one in page.ranked])
    usual = usual_outcome(ranked[:_HOW_THEY_ENDED])
    hits: list[Hit] = []
    for place, (one, behind) in enumerate(zip(page.ranked, page.folded, strict=True)):
        decision = one.features.decision
        why = explain(view, one, texts.get(decision.id, ()), centring, usual)
        hits.append(
            Hit(
                rank=page.first_rank + place,
                decision=decision.id,
                number=decision.number,
                date=decision.date,
                product=decision.product,
                category=decision.category,
                outcome=decision.outcome,
                amount_claimed=decision.amount_claimed,
                amount_awarded=decision.amount_awarded,
                court=decision.court,
                score=one.score,
                folded=behind,
                passages=why.passages,
                reasons=why.reasons,
                differs=why.differs,
            )
        )
    return tuple(hits)


def usual_outcome(ranked: Sequence[Ranked]) -> str | None:
    """The outcome most of `ranked` have; None where none prevails."""
    outcomes = Counter(one.features.decision.outcome for one in ranked if one.features.decision.outcome)
    total = sum(outcomes.values())
    if total < _LEAST_TO_PREVAIL:
        return None
    outcome, n = max(outcomes.items(), key=lambda pair: (pair[1], pair[0]))
    return outcome if n >= _PREVAILS * total else None


def statistics_of(ranked: Sequence[Ranked]) -> Statistics:
    """How the 30 best ended, near-duplicates among them: each is a case of its own."""
    decisions = [one.features.decision for one in ranked[:_HOW_THEY_ENDED]]
    outcomes = Counter(decision.outcome for decision in decisions if decision.outcome)
    years = sorted({decision.date.year for decision in decisions if decision.date})
    ratios = [
        float(decision.amount_awarded / decision.amount_claimed)
        for decision in decisions
        if decision.amount_claimed and decision.amount_awarded is not None and decision.outcome != "terminated"
    ]
    return Statistics(
        n=len(decisions),
        outcomes=tuple(
            OutcomeShare(outcome=outcome, n=n, share=n / sum(outcomes.values()))
            for outcome, n in sorted(outcomes.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        awarded_ratio=_ratio(ratios),
        by_year=tuple(
            YearOutcomes(
                year=year,
                n=sum(1 for one in decisions if one.date and one.date.year == year),
                satisfied=sum(
                    1
                    for one in decisions
                    if one.date and one.date.year == year and one.outcome in ("satisfied", "partial")
                ),
            )
            for year in years
        ),
    )


def _ratio(ratios: Sequence[float]) -> AwardedRatio:
    if not ratios:
        return AwardedRatio(n=0, median=None, q1=None, q3=None)
    if len(ratios) == 1:
        return AwardedRatio(n=1, median=ratios[0], q1=ratios[0], q3=ratios[0])
    q1, median, q3 = plain_statistics.quantiles(ratios, n=4, method="inclusive")
    return AwardedRatio(n=len(ratios), median=median, q1=q1, q3=q3)
