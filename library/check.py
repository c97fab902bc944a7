"""Whether the index says what the database says: every decision there, nothing besides, the same particulars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from library import repository
from store.database import Database

if TYPE_CHECKING:
    from library.stored_decision import StoredDecision
    from search.backends.contract import Backend, DecisionFeatures

_AT_ONCE = 200
_NAMED = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckReport:
    """`missing`: in the database, not in the index; `different`: indexed with other particulars; at most 20 ids of
    each are named, `*_count` counts all. `surplus`: decisions the index holds beyond the database's. `encoder`: the
    model the index was made with, «none» where it finds by words alone."""

    decisions: int
    indexed: int
    missing_count: int
    missing: tuple[str, ...]
    different_count: int
    different: tuple[str, ...]
    surplus: int
    last_change: int
    watermark: int
    generation: int
    encoder: str
    agrees: bool


def check_index(database: Database, backend: Backend) -> CheckReport:
    """Compare every decision of the database with what the index holds of it."""
    missing: list[str] = []
    different: list[str] = []
    present = 0
    with database.reading() as session:
        last = repository.last_change(session)
        every = repository.every(session)
        while batch := list(islice(every, _AT_ONCE)):
            held = backend.features([stored.decision.id for stored in batch])
            present += len(held)
            missing += [stored.decision.id for stored in batch if stored.decision.id not in held]
            different += list(_different(batch, held))
        decisions = repository.count(session)
    health = backend.health()
    surplus = health.decisions - present
    seen = int(health.watermark or 0)
    return CheckReport(
        decisions=decisions,
        indexed=health.decisions,
        missing_count=len(missing),
        missing=tuple(missing[:_NAMED]),
        different_count=len(different),
        different=tuple(different[:_NAMED]),
        surplus=surplus,
        last_change=last,
        watermark=seen,
        generation=health.generation,
        encoder=health.identity.encoder_model,
        agrees=not missing and not different and surplus == 0 and seen == last,
    )


def _different(batch: list[StoredDecision], held: dict[str, DecisionFeatures]) -> Iterator[str]:
    for stored in batch:
        features = held.get(stored.decision.id)
        if features is not None and replace(features.decision, sections=()) != replace(stored.decision, sections=()):
            yield stored.decision.id
