"""Every SQL statement of the cases' room. Takes and gives values; the caller owns the transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from cases.arrival import Arrived
from cases.package_report import PackageReport
from cases.tables import (
    DocumentRow,
    OpeningRow,
    OrganisationRow,
    PackageDocumentRow,
    PackageRow,
    PackageRunRow,
    PageRow,
    RegistrySnapshotRow,
    ReportRow,
)
from intake.package import CoverSheet
from intake.registry import Organisation
from ocr.document import Page
from text.errors import ErrorNote

# --- the registry -------------------------------------------------------------------------------------------------


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


# --- documents and their pages ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """What opening a document yielded: `pages` is 0 when `error` says why it could not be opened."""

    media_type: str | None
    pages: int
    error: ErrorNote | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPage:
    """A page as it was read; `seconds` and `cpu_seconds` are the reader's."""

    page: Page
    seconds: float
    cpu_seconds: float


def keep_opening(session: Session, document: str, reading_version: str, opening: Opening) -> None:
    row = {
        "document": document,
        "reading_version": reading_version,
        "media_type": opening.media_type,
        "pages": opening.pages,
        "error": opening.error,
    }
    session.execute(upsert(OpeningRow).values(row).on_conflict_do_nothing())


def opening_of(session: Session, document: str, reading_version: str) -> Opening | None:
    row = session.get(OpeningRow, (document, reading_version))
    return None if row is None else Opening(media_type=row.media_type, pages=row.pages, error=row.error)


def keep_page(session: Session, document: str, reading_version: str, read: ReadPage, now: datetime) -> None:
    """A later reading of the same page takes the place of an earlier one."""
    row = {
        "document": document,
        "number": read.page.number,
        "reading_version": reading_version,
        "page": read.page,
        "failed": read.page.error is not None,
        "seconds": read.seconds,
        "cpu_seconds": read.cpu_seconds,
        "read_at": now,
    }
    statement = upsert(PageRow).values(row)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[PageRow.document, PageRow.number, PageRow.reading_version],
            set_={name: statement.excluded[name] for name in ("page", "failed", "seconds", "cpu_seconds", "read_at")},
        )
    )


def numbers_of_good_pages(session: Session, document: str, reading_version: str) -> frozenset[int]:
    """Pages that need not be read again. Failed ones may be: a time limit or a full disk may not strike twice."""
    return frozenset(
        session.scalars(
            select(PageRow.number).where(
                PageRow.document == document, PageRow.reading_version == reading_version, PageRow.failed.is_(False)
            )
        )
    )


def pages_of(session: Session, document: str, reading_version: str) -> tuple[ReadPage, ...]:
    rows = session.scalars(
        select(PageRow)
        .where(PageRow.document == document, PageRow.reading_version == reading_version)
        .order_by(PageRow.number)
    )
    return tuple(ReadPage(page=row.page, seconds=row.seconds, cpu_seconds=row.cpu_seconds) for row in rows)


# --- packages, their runs and reports -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRecord:
    """One examination of a package: what it was asked and when it began."""

    key: str
    package: str
    cover: CoverSheet
    received: date
    pipeline_version: str
    reading_version: str


def keep_package(session: Session, package: str, documents: Sequence[Arrived], now: datetime) -> None:
    """Enter a package and its originals. Where it is known, its documents bear the names they came under last."""
    originals = {document.original: document.size for document in documents if document.original is not None}
    if originals:
        session.execute(
            upsert(DocumentRow).on_conflict_do_nothing(),
            [{"sha256": sha256, "size": size, "stored_at": now} for sha256, size in originals.items()],
        )
    session.execute(upsert(PackageRow).values({"id": package, "received_at": now}).on_conflict_do_nothing())
    statement = upsert(PackageDocumentRow)
    for position, document in enumerate(documents):
        row = {
            "package": package,
            "position": position,
            "document": document.id,
            "original": document.original,
            "path": document.path,
            "name": document.name,
            "copy_of": document.copy_of,
            "error": document.error,
        }
        session.execute(
            statement.values(row).on_conflict_do_update(
                index_elements=[PackageDocumentRow.package, PackageDocumentRow.position],
                set_={name: row[name] for name in ("original", "path", "name", "error")},
            )
        )


def documents_of(session: Session, package: str) -> tuple[Arrived, ...]:
    rows = session.execute(
        select(PackageDocumentRow, DocumentRow.size)
        .join(DocumentRow, DocumentRow.sha256 == PackageDocumentRow.original, isouter=True)
        .where(PackageDocumentRow.package == package)
        .order_by(PackageDocumentRow.position)
    )
    return tuple(
        Arrived(
            id=row.document,
            path=row.path,
            name=row.name,
            copy_of=row.copy_of,
            original=row.original,
            size=size or 0,
            error=row.error,
        )
        for row, size in rows
    )


def begin_run(session: Session, run: RunRecord, now: datetime) -> RunRecord:
    """Enter a run; one that was begun before stays as it was, its day of receipt included."""
    row = {
        "key": run.key,
        "package": run.package,
        "cover": run.cover,
        "received": run.received,
        "pipeline_version": run.pipeline_version,
        "reading_version": run.reading_version,
        "started_at": now,
    }
    session.execute(upsert(PackageRunRow).values(row).on_conflict_do_nothing())
    return run_of(session, run.key)


def run_of(session: Session, key: str) -> RunRecord:
    """Raises NoResultFound."""
    row = session.scalars(select(PackageRunRow).where(PackageRunRow.key == key)).one()
    return RunRecord(
        key=row.key,
        package=row.package,
        cover=row.cover,
        received=row.received,
        pipeline_version=row.pipeline_version,
        reading_version=row.reading_version,
    )


def keep_report(session: Session, run: str, schema: str, report: PackageReport, now: datetime) -> None:
    """The run's report, and with it the run's end."""
    row = {"run": run, "schema": schema, "report": report, "stored_at": now}
    statement = upsert(ReportRow).values(row)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[ReportRow.run],
            set_={name: statement.excluded[name] for name in ("schema", "report", "stored_at")},
        )
    )
    session.execute(update(PackageRunRow).where(PackageRunRow.key == run).values(finished_at=now))


def report_of(session: Session, run: str, schema: str) -> PackageReport | None:
    """None when there is none, or only one of another schema."""
    return session.scalar(select(ReportRow.report).where(ReportRow.run == run, ReportRow.schema == schema))
