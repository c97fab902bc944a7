"""The second implementation of the backend's contract: everything in dictionaries, nothing fast, nothing kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from search.backends.contract import (
    COUNTED,
    Candidate,
    Counts,
    DecisionFeatures,
    Health,
    IndexIdentity,
    Record,
    TermField,
    TermStatistics,
    WeightedTerm,
)
from search.decision import Decision, Section
from search.filters import FILTER_NAMES, Filters, filter_key
from search.norms import ancestors
from search.telling_terms import idf


class MemoryBackend:
    name = "memory"

    def __init__(self, identity: IndexIdentity) -> None:
        self._identity = identity
        self._seen: dict[str, Record] = {}
        self._next: dict[str, Record] = {}
        self._generation = 0
        self._watermark: str | None = None

    @property
    def generation(self) -> int:
        return self._generation

    def lexical(self, terms: Sequence[WeightedTerm], filters: Filters, k: int) -> list[Candidate]:
        n = len(self._seen)
        scored: list[Candidate] = []
        for name, record in self._seen.items():
            held = {field: Counter(_terms(record, field)) for field in ("lemma", "gram", "norm")}
            score = sum(
                term.weight * idf(n, self._frequency(term.field, term.text)) * tf / (tf + 1)
                for term in terms
                if (tf := held[term.field][term.text])
            )
            if score and _passes(record, filters):
                scored.append(Candidate(id=name, score=score))
        return sorted(scored, key=lambda one: (-one.score, one.id))[:k]

    def dense(self, vector: NDArray[np.float32], filters: Filters, k: int) -> list[Candidate]:
        scored = [
            Candidate(id=name, score=float(record.features.vector @ vector))
            for name, record in self._seen.items()
            if _passes(record, filters)
        ]
        return sorted(scored, key=lambda one: (-one.score, one.id))[:k]

    def counts(self, filters: Filters) -> Counts:
        values: dict[str, dict[str, int]] = {}
        for name in COUNTED:
            counted: Counter[str] = Counter()
            for record in self._seen.values():
                if _passes(record, filters, but=name):
                    counted.update(_written(record.decision, record.features, name))
            values[name] = dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
        return Counts(total=sum(_passes(record, filters) for record in self._seen.values()), values=values)

    def values(self) -> Mapping[str, Sequence[str]]:
        return {
            name: sorted({value for r in self._seen.values() for value in _written(r.decision, r.features, name)})
            for name in FILTER_NAMES
            if name != "norm"
        }

    def features(self, ids: Iterable[str]) -> dict[str, DecisionFeatures]:
        return {name: self._seen[name].features for name in ids if name in self._seen}

    def sections(self, ids: Iterable[str]) -> dict[str, tuple[Section, ...]]:
        return {name: self._seen[name].decision.sections for name in ids if name in self._seen}

    def term_statistics(self, terms: Iterable[tuple[TermField, str]]) -> TermStatistics:
        n = max(1, len(self._seen))
        return TermStatistics(
            decisions=len(self._seen),
            mean_lemmas=sum(len(record.lemmas) for record in self._seen.values()) / n,
            mean_grams=sum(len(record.grams) for record in self._seen.values()) / n,
            frequency={(field, text): self._frequency(field, text) for field, text in terms},
        )

    def upsert(self, records: Iterable[Record]) -> None:
        for record in records:
            self._next[record.decision.id] = record

    def delete(self, ids: Iterable[str]) -> None:
        for name in ids:
            self._next.pop(name, None)

    def commit(self, watermark: str | None = None) -> int:
        if self._next != self._seen:
            self._seen = dict(self._next)
            self._generation += 1
        self._watermark = watermark or self._watermark
        return self._generation

    def health(self) -> Health:
        return Health(
            backend=self.name,
            identity=self._identity,
            decisions=len(self._seen),
            generation=self._generation,
            watermark=self._watermark,
            bytes=0,
        )

    def close(self) -> None:
        self._seen = {}

    def _frequency(self, field: TermField, text: str) -> int:
        return sum(text in _terms(record, field) for record in self._seen.values())


def _terms(record: Record, field: TermField) -> tuple[str, ...]:
    norms = tuple({wider for norm in record.features.norms for wider in ancestors(norm)})
    return {"lemma": record.lemmas, "gram": record.grams, "norm": norms}[field]


def _written(decision: Decision, features: DecisionFeatures, name: str) -> tuple[str, ...]:
    if name == "norm":
        return tuple({wider for norm in features.norms for wider in ancestors(norm)})
    if name in ("claim_item", "disputed_fact"):
        return decision.claim_items if name == "claim_item" else decision.disputed_facts
    value = getattr(decision, name)
    return () if value is None else (str(value).lower() if isinstance(value, bool) else value,)


def _passes(record: Record, filters: Filters, but: str | None = None) -> bool:
    decision = record.decision
    for name in FILTER_NAMES:
        chosen = getattr(filters, name)
        if name == but or chosen in ((), None):
            continue
        keys = {str(chosen).lower()} if isinstance(chosen, bool) else set(chosen)
        if not keys & {filter_key(name, value) for value in _written(decision, record.features, name)}:
            return False
    if (filters.date_from or filters.date_to) and decision.date is None:
        return False
    if (filters.amount_min is not None or filters.amount_max is not None) and decision.amount_claimed is None:
        return False
    return not (
        (filters.date_from and decision.date and decision.date < filters.date_from)
        or (filters.date_to and decision.date and decision.date > filters.date_to)
        or (filters.amount_min is not None and decision.amount_claimed < filters.amount_min)  # type: ignore[operator]
        or (filters.amount_max is not None and decision.amount_claimed > filters.amount_max)  # type: ignore[operator]
    )
