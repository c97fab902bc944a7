"""Every SQL statement of the cases' room. Takes and gives values; the caller owns the transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from cases.tables import OrganisationRow, RegistrySnapshotRow
from intake.registry import Organisation


def registry_digest(session: Session, as_of: date) -> str | None:
    """SHA-256 of the file imported for exactly that day."""
    return session.scalar(select(RegistrySnapshotRow.sha256).where(RegistrySnapshotRow.as_of == as_of))


def registry_date_for(session: Session, on: date | None) -> date | None:
    """The latest snapshot not after `on`, else the earliest; the latest of all when `on` is None."""
    latest = select(func.max(RegistrySnapshotRow.as_of))
    if on is None:
        return session.scalar(latest)
    return session.scalar(latest.where(RegistrySnapshotRow.as_of <= on)) or session.scalar(
        select(func.min(RegistrySnapshotRow.as_of))
    )


def replace_registry(
    session: Session, as_of: date, sha256: str, organisations: Iterable[Organisation], now: datetime
) -> None:
    session.execute(delete(RegistrySnapshotRow).where(RegistrySnapshotRow.as_of == as_of))
    snapshot = RegistrySnapshotRow(as_of=as_of, sha256=sha256, imported_at=now)
    session.add(snapshot)
    session.flush()
    rows = [
        {
            "snapshot_id": snapshot.id,
            "position": position,
            "inn": organisation.inn,
            "ogrn": organisation.ogrn,
            "name": organisation.name,
            "short_name": organisation.short_name,
            "kind": organisation.kind,
            "services": organisation.services,
            "interaction_from": organisation.interaction_from,
            "licence_revoked": organisation.licence_revoked,
        }
        for position, organisation in enumerate(organisations)
    ]
    session.execute(insert(OrganisationRow), rows)


def organisations_as_of(session: Session, as_of: date) -> tuple[Organisation, ...]:
    """The rows of the snapshot of exactly that day, in the order of the file."""
    rows = session.scalars(
        select(OrganisationRow)
        .join(RegistrySnapshotRow, RegistrySnapshotRow.id == OrganisationRow.snapshot_id)
        .where(RegistrySnapshotRow.as_of == as_of)
        .order_by(OrganisationRow.position)
    )
    return tuple(
        Organisation(
            inn=row.inn,
            ogrn=row.ogrn,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            services=row.services,
            interaction_from=row.interaction_from,
            licence_revoked=row.licence_revoked,
        )
        for row in rows
    )
