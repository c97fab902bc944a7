"""Every SQL statement of the library's room. Takes and gives values; the caller owns the transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from library.stored_decision import StoredDecision
from library.tables import DecisionRow
from search.decision import Decision, OrganisationKind, Outcome
from search.filters import FilterName

_AT_ONCE = 500  # ids in one IN (…): SQLite takes 32 766, older ones 999


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the library knows of an id before a row of an import is looked at."""

    content_hash: str
    version: int


def known(session: Session, ids: Sequence[str]) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for part in _parts(ids):
        rows = session.execute(
            select(DecisionRow.id, DecisionRow.content_hash, DecisionRow.version).where(DecisionRow.id.in_(part))
        )
        found |= {id_: Known(content_hash=digest, version=version) for id_, digest, version in rows}
    return found


def owners_of_numbers(session: Session, numbers: Sequence[str]) -> dict[str, str]:
    """Number of a decision → id of the decision that bears it."""
    found: dict[str, str] = {}
    for part in _parts(numbers):
        rows = session.execute(select(DecisionRow.number, DecisionRow.id).where(DecisionRow.number.in_(part)))
        found |= {number: id_ for number, id_ in rows if number is not None}
    return found


def keep(session: Session, decisions: Sequence[StoredDecision]) -> None:
    """Add those of version 1, put the others in the place of what was there. Each id at most once."""
    added = [_values(stored) for stored in decisions if stored.version == 1]
    changed = [_values(stored) for stored in decisions if stored.version > 1]
    if added:
        session.execute(insert(DecisionRow), added)
    if changed:
        session.execute(update(DecisionRow), changed)


def decisions(session: Session, ids: Sequence[str]) -> dict[str, Decision]:
    found: dict[str, Decision] = {}
    for part in _parts(ids):
        rows = session.scalars(select(DecisionRow).where(DecisionRow.id.in_(part)))
        found |= {row.id: _stored(row).decision for row in rows}
    return found


def note_hashes(session: Session, hashes: Mapping[str, str]) -> None:
    """The same decision was imported from another row, or by other rules."""
    session.execute(update(DecisionRow), [{"id": id_, "content_hash": digest} for id_, digest in hashes.items()])


def last_change(session: Session) -> int:
    """0 for an empty library."""
    return session.scalar(select(func.max(DecisionRow.change))) or 0


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(DecisionRow)) or 0


def changed_after(session: Session, change: int, limit: int) -> tuple[StoredDecision, ...]:
    """The next `limit` decisions in the order of their changes."""
    rows = session.scalars(
        select(DecisionRow).where(DecisionRow.change > change).order_by(DecisionRow.change).limit(limit)
    )
    return tuple(_stored(row) for row in rows)


def count_changed_after(session: Session, change: int) -> int:
    return session.scalar(select(func.count()).where(DecisionRow.change > change)) or 0


def with_number(session: Session, number: str) -> StoredDecision | None:
    row = session.scalars(select(DecisionRow).where(DecisionRow.number == number)).one_or_none()
    return None if row is None else _stored(row)


def decision(session: Session, id_: str) -> StoredDecision | None:
    row = session.get(DecisionRow, id_)
    return None if row is None else _stored(row)


def all_ids(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(DecisionRow.id)))


def every(session: Session) -> Iterator[StoredDecision]:
    """All decisions in the order of ids, read a few at a time."""
    for row in session.scalars(select(DecisionRow).order_by(DecisionRow.id).execution_options(yield_per=200)):
        yield _stored(row)


@dataclass(frozen=True, kw_only=True, slots=True)
class Between:
    """What SQL can decide of the filters: empty and None pass everything."""

    product: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    organisation_kind: tuple[str, ...] = ()
    court: tuple[str, ...] = ()
    expertise: bool | None = None
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A decision without its text: what statistics are counted over."""

    outcome: str | None
    decided_on: date | None
    product: str | None
    category: str | None
    amount_claimed: Decimal | None
    amount_awarded: Decimal | None
    claim_items: tuple[str, ...]
    disputed_facts: tuple[str, ...]
    norms: tuple[str, ...]


def lines(session: Session, between: Between) -> Iterator[Line]:
    """Decisions that pass, in the order of ids, without their texts."""
    columns = (
        DecisionRow.outcome, DecisionRow.decided_on, DecisionRow.product, DecisionRow.category,
        DecisionRow.amount_claimed, DecisionRow.amount_awarded, DecisionRow.claim_items, DecisionRow.disputed_facts,
        DecisionRow.norms,
    )  # fmt: skip
    statement = select(*columns).where(*_conditions(between)).order_by(DecisionRow.id)
    for row in session.execute(statement.execution_options(yield_per=1000)):
        yield Line(
            outcome=row.outcome,
            decided_on=row.decided_on,
            product=row.product,
            category=row.category,
            amount_claimed=row.amount_claimed,
            amount_awarded=row.amount_awarded,
            claim_items=row.claim_items,
            disputed_facts=row.disputed_facts,
            norms=row.norms,
        )


def values(session: Session, *, lists: bool) -> dict[FilterName, Sequence[str]]:
    """Filter → the values decisions have; those of lists (claim items, disputed facts) only when asked for."""
    found: dict[FilterName, Sequence[str]] = {}
    columns: tuple[tuple[FilterName, InstrumentedAttribute[str | None]], ...] = (
        ("product", DecisionRow.product),
        ("category", DecisionRow.category),
        ("outcome", DecisionRow.outcome),
        ("organisation_kind", DecisionRow.organisation_kind),
        ("court", DecisionRow.court),
    )
    for name, column in columns:
        found[name] = [value for value in session.scalars(select(column).distinct()) if value is not None]
    if lists:
        pairs = list(session.execute(select(DecisionRow.claim_items, DecisionRow.disputed_facts)))
        found["claim_item"] = sorted({item for items, _ in pairs for item in items})
        found["disputed_fact"] = sorted({fact for _, facts in pairs for fact in facts})
    return found


def _conditions(between: Between) -> Iterator[ColumnElement[bool]]:
    for column, values in (
        (DecisionRow.product, between.product),
        (DecisionRow.category, between.category),
        (DecisionRow.outcome, between.outcome),
        (DecisionRow.organisation_kind, between.organisation_kind),
        (DecisionRow.court, between.court),
    ):
        if values:
            yield column.in_(values)
    if between.expertise is not None:
        yield DecisionRow.expertise.is_(between.expertise)
    if between.date_from is not None:
        yield DecisionRow.decided_on >= between.date_from
    if between.date_to is not None:
        yield DecisionRow.decided_on <= between.date_to


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def _values(stored: StoredDecision) -> dict[str, object]:
    kept = stored.decision
    return {
        "id": kept.id,
        "change": stored.change,
        "version": stored.version,
        "content_hash": stored.content_hash,
        "source": stored.source,
        "imported_at": stored.imported_at,
        "number": kept.number,
        "decided_on": kept.date,
        "product": kept.product,
        "category": kept.category,
        "outcome": kept.outcome,
        "organisation_kind": kept.organisation_kind,
        "court": kept.court,
        "expertise": kept.expertise,
        "amount_claimed": kept.amount_claimed,
        "amount_awarded": kept.amount_awarded,
        "claim_items": kept.claim_items,
        "disputed_facts": kept.disputed_facts,
        "norms": kept.norms,
        "sections": kept.sections,
    }


def _stored(row: DecisionRow) -> StoredDecision:
    return StoredDecision(
        decision=Decision(
            id=row.id,
            number=row.number,
            date=row.decided_on,
            product=row.product,
            category=row.category,
            claim_items=row.claim_items,
            outcome=cast(Outcome | None, row.outcome),
            organisation_kind=cast(OrganisationKind | None, row.organisation_kind),
            amount_claimed=row.amount_claimed,
            amount_awarded=row.amount_awarded,
            norms=row.norms,
            disputed_facts=row.disputed_facts,
            expertise=row.expertise,
            court=row.court,
            sections=row.sections,
        ),
        source=row.source,
        content_hash=row.content_hash,
        version=row.version,
        change=row.change,
        imported_at=row.imported_at,
    )
