"""What a search works with, and what every road checks first."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from search.backends.contract import Backend
from search.candidates import CandidateLimits
from search.errors import TopInvalid
from search.filters import FilterName, Vocabulary, checked
from search.query import Query
from search.ranking.ranker import Ranker

if TYPE_CHECKING:
    from text.encoder.contract import Encoder

MOST_HITS = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchParts:
    """`encoder` is the one the index was made with."""

    backend: Backend
    encoder: Encoder
    ranker: Ranker
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    limits: CandidateLimits = field(default_factory=CandidateLimits)


class Watch:
    """How long an answer took."""

    def __init__(self) -> None:
        self._started = time.perf_counter()

    def milliseconds(self) -> int:
        return round((time.perf_counter() - self._started) * 1000)


def checked_query(query: Query, parts: SearchParts) -> Query:
    """`query` with its filters in the index's form. Raises TopInvalid and what `search.filters.checked` raises."""
    if not 1 <= query.top <= MOST_HITS:
        raise TopInvalid(top=query.top, limit=MOST_HITS)
    present = cast(Mapping[FilterName, Sequence[str]], parts.backend.values())
    return replace(query, filters=checked(query.filters, parts.vocabulary, present))
