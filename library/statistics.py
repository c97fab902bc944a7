"""How decisions ended: outcomes, the awarded part of what was claimed, by year. Counted over the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import quantiles

from library.repository import Between, Line
from search.decision import OUTCOMES
from search.filters import Filters, filter_key
from search.hit import AwardedRatio, OutcomeShare, Statistics, YearOutcomes
from search.norms import ancestors, find_norms

_FOR_THE_CONSUMER = ("satisfied", "partial")


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryStatistics:
    """`total`: decisions that pass the filters; `counts`: filter → value → how many of them have it."""

    total: int
    statistics: Statistics
    counts: Mapping[str, Mapping[str, int]]


def between(filters: Filters) -> Between:
    """The part of the filters that SQL decides."""
    return Between(
        product=filters.product,
        category=filters.category,
        outcome=filters.outcome,
        organisation_kind=filters.organisation_kind,
        court=filters.court,
        expertise=filters.expertise,
        date_from=filters.date_from,
        date_to=filters.date_to,
    )


def passes(line: Line, filters: Filters) -> bool:
    """The part of the filters that SQL leaves open, by the rules of `search.filters`: what is not known passes none."""
    for name, values, wanted in (
        ("claim_item", line.claim_items, filters.claim_item),
        ("disputed_fact", line.disputed_facts, filters.disputed_fact),
    ):
        if wanted and not {filter_key(name, value) for value in values} & set(wanted):  # type: ignore[arg-type]
            return False
    if filters.norm:
        cited = {part for label in line.norms for norm in find_norms(label) for part in ancestors(norm.norm)}
        if not cited & set(filters.norm):
            return False
    if filters.amount_min is not None or filters.amount_max is not None:
        claimed = line.amount_claimed
        if claimed is None:
            return False
        if filters.amount_min is not None and claimed < filters.amount_min:
            return False
        if filters.amount_max is not None and claimed > filters.amount_max:
            return False
    return True


def library_statistics(lines: Iterable[Line], filters: Filters) -> LibraryStatistics:
    """Statistics of the decisions among `lines` that pass; one pass, nothing of the lines is kept but figures."""
    outcomes: Counter[str] = Counter()
    years: Counter[int] = Counter()
    won: Counter[int] = Counter()
    ratios: list[float] = []
    counts: dict[str, Counter[str]] = {"product": Counter(), "category": Counter(), "outcome": Counter()}
    total = 0
    for line in lines:
        if not passes(line, filters):
            continue
        total += 1
        for name, value in (("product", line.product), ("category", line.category), ("outcome", line.outcome)):
            if value is not None:
                counts[name][value] += 1
        if line.outcome is not None:
            outcomes[line.outcome] += 1
        if line.decided_on is not None:
            years[line.decided_on.year] += 1
            won[line.decided_on.year] += line.outcome in _FOR_THE_CONSUMER
        if line.outcome != "terminated" and line.amount_claimed and line.amount_awarded is not None:
            ratios.append(float(line.amount_awarded / line.amount_claimed))
    known = sum(outcomes.values())
    shares = [
        OutcomeShare(outcome=outcome, n=outcomes[outcome], share=round(outcomes[outcome] / known, 4))
        for outcome in OUTCOMES
        if outcomes[outcome]
    ]
    return LibraryStatistics(
        total=total,
        statistics=Statistics(
            n=total,
            outcomes=tuple(shares),
            awarded_ratio=_awarded(ratios),
            by_year=tuple(YearOutcomes(year=year, n=years[year], satisfied=won[year]) for year in sorted(years)),
        ),
        counts={name: dict(counted.most_common()) for name, counted in counts.items()},
    )


def _awarded(ratios: list[float]) -> AwardedRatio:
    if not ratios:
        return AwardedRatio(n=0, median=None, q1=None, q3=None)
    if len(ratios) == 1:
        return AwardedRatio(n=1, median=round(ratios[0], 4), q1=round(ratios[0], 4), q3=round(ratios[0], 4))
    q1, median, q3 = quantiles(ratios, n=4, method="inclusive")
    return AwardedRatio(n=len(ratios), median=round(median, 4), q1=round(q1, 4), q3=round(q3, 4))
