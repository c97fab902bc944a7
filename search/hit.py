"""What is answered: hits with their passages and reasons, counts and outcome statistics (`kazus.library.search/1`)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A passage of the decision that matches: `text` = its section's text[start:end]; `query_start`, `query_end`:
    the part of the query's text it answers, None where it answers no part in particular."""

    section: str
    text: str
    start: int
    end: int
    query_start: int | None
    query_end: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why this decision was found: `text` is a Russian sentence, `contribution` what it adds to the score."""

    feature: str
    text: str
    contribution: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """`score` orders hits of one query. It is not a probability and says nothing across queries.

    `folded`: ids of near-duplicates that stand behind this hit. `differs`: Russian sentences, what sets it apart.
    """

    rank: int
    decision: str
    number: str | None
    date: datetime.date | None  # `date | None` would be the field itself when pydantic evaluates it
    product: str | None
    category: str | None
    outcome: str | None
    amount_claimed: Decimal | None
    amount_awarded: Decimal | None
    court: str | None
    score: float
    folded: tuple[str, ...]
    passages: tuple[Passage, ...]
    reasons: tuple[Reason, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeShare:
    outcome: str
    n: int
    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class AwardedRatio:
    """Awarded by claimed over the decisions on the merits whose two amounts are known; quartiles None when n is 0."""

    n: int
    median: float | None
    q1: float | None
    q3: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class YearOutcomes:
    """`satisfied`: in full or in part."""

    year: int
    n: int
    satisfied: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Statistics:
    """How the `n` most similar decisions ended."""

    n: int
    outcomes: tuple[OutcomeShare, ...]
    awarded_ratio: AwardedRatio
    by_year: tuple[YearOutcomes, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The answer to one query.

    `total`: decisions that pass the filters. `counts`: filter → value → how many decisions would pass with that value
    chosen and the other filters kept. `cursor`: asks for the next page; None on the last.
    """

    id: str
    total: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]
    statistics: Statistics | None
    cursor: str | None
    backend: str
    generation: int
    milliseconds: int
