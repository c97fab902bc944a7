"""Tables of the cases' room: registry snapshots, originals, read pages, packages, their runs and reports.

Documents, openings and pages belong to no package: a paper that comes twice is stored and read once.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cases.package_report import PackageReport
from intake.package import CoverSheet
from ocr.document import Page
from store.columns import CompressedJson, Json, UtcDateTime
from store.database import Table
from text.errors import ErrorNote

_SHA256 = String(64)


class RegistrySnapshotRow(Table):
    """The registry of financial organisations as it stood on `as_of`; one snapshot a day, the last import holds."""

    __tablename__ = "registry_snapshots"

    id: Mapped[int] = mapped_column(primary_key=True)
    as_of: Mapped[date] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(_SHA256)
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OrganisationRow(Table):
    __tablename__ = "organisations"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("registry_snapshots.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    inn: Mapped[str] = mapped_column(String(12))
    ogrn: Mapped[str] = mapped_column(String(15))
    name: Mapped[str] = mapped_column(Text)
    short_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    services: Mapped[tuple[str, ...]] = mapped_column(Json(tuple[str, ...]))
    interaction_from: Mapped[date]
    licence_revoked: Mapped[date | None]

    __table_args__ = (Index("ix_organisations_inn", "inn"),)


class DocumentRow(Table):
    """An original: its bytes lie in the blobs under the same SHA-256."""

    __tablename__ = "documents"

    sha256: Mapped[str] = mapped_column(_SHA256, primary_key=True)
    size: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OpeningRow(Table):
    """What opening a document yielded: its type and number of pages, or why it could not be opened."""

    __tablename__ = "document_openings"

    document: Mapped[str] = mapped_column(ForeignKey("documents.sha256"), primary_key=True)
    reading_version: Mapped[str] = mapped_column(String(80), primary_key=True)
    media_type: Mapped[str | None] = mapped_column(Text)
    pages: Mapped[int]
    error: Mapped[ErrorNote | None] = mapped_column(Json(ErrorNote))


class PageRow(Table):
    """A page as it was read by one version of reading (recipe, engine, options)."""

    __tablename__ = "pages"

    document: Mapped[str] = mapped_column(ForeignKey("documents.sha256"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    reading_version: Mapped[str] = mapped_column(String(80), primary_key=True)
    page: Mapped[Page] = mapped_column(CompressedJson(Page))
    failed: Mapped[bool]
    seconds: Mapped[float]
    cpu_seconds: Mapped[float]
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PackageRow(Table):
    """A package is its documents in their order: `id` = SHA-256 over their ids."""

    __tablename__ = "packages"

    id: Mapped[str] = mapped_column(_SHA256, primary_key=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PackageDocumentRow(Table):
    """`document` is the document's id; `original` the blob that keeps what came, `error` why it has no bytes."""

    __tablename__ = "package_documents"

    package: Mapped[str] = mapped_column(ForeignKey("packages.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(_SHA256)
    original: Mapped[str | None] = mapped_column(ForeignKey("documents.sha256"))
    path: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    copy_of: Mapped[int | None]
    error: Mapped[ErrorNote | None] = mapped_column(Json(ErrorNote))

    __table_args__ = (
        ForeignKeyConstraint(
            ["package", "copy_of"], ["package_documents.package", "package_documents.position"], ondelete="CASCADE"
        ),
        Index("ix_package_documents_document", "document"),
    )


class PackageRunRow(Table):
    """One examination of a package. `key` = SHA-256 over documents, cover sheet and pipeline version."""

    __tablename__ = "package_runs"

    key: Mapped[str] = mapped_column(_SHA256, primary_key=True)
    package: Mapped[str] = mapped_column(ForeignKey("packages.id"))
    cover: Mapped[CoverSheet] = mapped_column(Json(CoverSheet))
    received: Mapped[date]
    pipeline_version: Mapped[str] = mapped_column(Text)
    reading_version: Mapped[str] = mapped_column(String(80))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_package_runs_package", "package"),)


class ReportRow(Table):
    __tablename__ = "reports"

    run: Mapped[str] = mapped_column(ForeignKey("package_runs.key", ondelete="CASCADE"), primary_key=True)
    schema: Mapped[str] = mapped_column(String(40))
    report: Mapped[PackageReport] = mapped_column(CompressedJson(PackageReport))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
