"""What a search engine has to do for us: find candidates under filters, and keep what ranking needs of them.

A backend does not rank. Both implementations pass `tests/conformance/search_backend_suite.py`. One process writes;
what was upserted or deleted is seen after `commit`, together and by every reader, or not at all.

The filter grammar is `search.filters.Filters` after `search.filters.checked`: values of one filter are alternatives,
different filters must all hold, an unknown value of a decision passes no filter, ends are included, a norm passes its
parts («ст. 12 40-ФЗ» passes «п. 21 ст. 12 40-ФЗ»).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from search.decision import Decision, Section
from search.filters import Filters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TermField = Literal["lemma", "gram", "norm"]
COUNTED = ("product", "category", "outcome", "organisation_kind", "claim_item", "court", "expertise")
"""Filters whose values are counted; norms and disputed facts have too many values to show."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexIdentity:
    """What an index was made with. Opening one under another identity raises IndexMismatch."""

    encoder_model: str
    encoder_version: str
    dimension: int
    chunker: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WeightedTerm:
    field: TermField
    text: str
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """`score` orders the candidates of one call and of one engine; ties come in the order of ids."""

    id: str
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PassagePlace:
    """Where a passage stands: section's text[start:end]."""

    section: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TermCounts:
    """Terms of one decision, hashed: `keys` ascending, uint32 (n,), `counts` uint8 (n,), saturating at 255."""

    keys: NDArray[np.uint32]
    counts: NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class DecisionFeatures:
    """What ranking reads of one candidate.

    `decision` comes without its sections, which only the hits shown need (`Backend.sections`). `vector`: the mean of
    its facts and findings passages, float32 (dimension,), length 1. `passages`: int8 (≤ 12, dimension), a value is
    passages · scales[:, None], `scales` float32. `norms`: normal forms as cited. `signature`: MinHash over word
    shingles, uint32 (64,).
    """

    decision: Decision
    norms: tuple[str, ...]
    lemmas: TermCounts
    grams: TermCounts
    vector: NDArray[np.float32]
    passages: NDArray[np.int8]
    scales: NDArray[np.float32]
    places: tuple[PassagePlace, ...]
    signature: NDArray[np.uint32]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Record:
    """One decision as it enters an index: itself, its features, and the terms it is found by, with repeats."""

    decision: Decision
    features: DecisionFeatures
    lemmas: tuple[str, ...]
    grams: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """`total`: decisions that pass. `values`: filter → value → decisions that pass with that filter set to the value
    alone and the other filters kept; filters of COUNTED, values as decisions write them."""

    total: int
    values: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class TermStatistics:
    """Of the whole index, filters or not: `decisions` in it, mean numbers of lemmas and grams in one, and for every
    term asked about the number of decisions that have it. Deleted decisions may be counted until engines merge."""

    decisions: int
    mean_lemmas: float
    mean_grams: float
    frequency: Mapping[tuple[TermField, str], int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    backend: str
    identity: IndexIdentity
    decisions: int
    generation: int
    watermark: str | None
    bytes: int


class Backend(Protocol):
    """Synchronous; safe to call from several threads for reading."""

    name: str

    def lexical(self, terms: Sequence[WeightedTerm], filters: Filters, k: int) -> list[Candidate]:
        """At most `k` decisions that have any of `terms`, by the engine's own BM25. No terms: nothing."""
        ...

    def dense(self, vector: NDArray[np.float32], filters: Filters, k: int) -> list[Candidate]:
        """At most `k` decisions by inner product with `vector`, float32 (dimension,), any length."""
        ...

    def counts(self, filters: Filters) -> Counts: ...

    def values(self) -> Mapping[str, Sequence[str]]:
        """Filter → every value some decision has, for all filters that take values but `norm`."""
        ...

    def features(self, ids: Iterable[str]) -> dict[str, DecisionFeatures]:
        """Of those of `ids` that the index holds."""
        ...

    def sections(self, ids: Iterable[str]) -> dict[str, tuple[Section, ...]]:
        """The texts of those of `ids` that the index holds."""
        ...

    def term_statistics(self, terms: Iterable[tuple[TermField, str]]) -> TermStatistics: ...

    def upsert(self, records: Iterable[Record]) -> None:
        """Adds, or replaces by id. Raises IndexReadOnly where the index was opened for reading."""
        ...

    def delete(self, ids: Iterable[str]) -> None:
        """Takes out those of `ids` that are there. Raises IndexReadOnly."""
        ...

    def commit(self, watermark: str | None = None) -> int:
        """Makes what was upserted and deleted visible at once; the new generation. `watermark`: up to where the
        caller's own store has been indexed, given back by `health`; None keeps the last. Raises IndexReadOnly."""
        ...

    @property
    def generation(self) -> int:
        """Grows by one with every commit that changed something."""
        ...

    def health(self) -> Health: ...

    def close(self) -> None: ...
