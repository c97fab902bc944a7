"""The first tables: registry, originals, pages, packages, runs, reports, page progress."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SHA256 = sa.String(64)
_MOMENT = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "registry_snapshots",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("sha256", _SHA256, nullable=False),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_registry_snapshots"),
        sa.UniqueConstraint("as_of", name="uq_registry_snapshots_as_of"),
    )
    op.create_table(
        "organisations",
        sa.Column("snapshot_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("inn", sa.String(12), nullable=False),
        sa.Column("ogrn", sa.String(15), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("short_name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("services", sa.Text, nullable=False),
        sa.Column("interaction_from", sa.Date, nullable=False),
        sa.Column("licence_revoked", sa.Date),
        sa.PrimaryKeyConstraint("snapshot_id", "position", name="pk_organisations"),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["registry_snapshots.id"],
            name="fk_organisations_snapshot_id_registry_snapshots",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_organisations_inn", "organisations", ["inn"])
    op.create_table(
        "documents",
        sa.Column("sha256", _SHA256, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("stored_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_documents"),
    )
    op.create_table(
        "document_openings",
        sa.Column("document", _SHA256, nullable=False),
        sa.Column("reading_version", sa.String(80), nullable=False),
        sa.Column("media_type", sa.Text),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("document", "reading_version", name="pk_document_openings"),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"], name="fk_document_openings_document_documents"),
    )
    op.create_table(
        "pages",
        sa.Column("document", _SHA256, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("reading_version", sa.String(80), nullable=False),
        sa.Column("page", sa.LargeBinary, nullable=False),
        sa.Column("failed", sa.Boolean, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("cpu_seconds", sa.Double, nullable=False),
        sa.Column("read_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("document", "number", "reading_version", name="pk_pages"),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"], name="fk_pages_document_documents"),
    )
    op.create_table(
        "packages",
        sa.Column("id", _SHA256, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_packages"),
    )
    op.create_table(
        "package_documents",
        sa.Column("package", _SHA256, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("document", _SHA256, nullable=False),
        sa.Column("original", _SHA256),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("copy_of", sa.Integer),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("package", "position", name="pk_package_documents"),
        sa.ForeignKeyConstraint(
            ["package"], ["packages.id"], name="fk_package_documents_package_packages", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["original"], ["documents.sha256"], name="fk_package_documents_original_documents"),
        sa.ForeignKeyConstraint(
            ["package", "copy_of"],
            ["package_documents.package", "package_documents.position"],
            name="fk_package_documents_package_copy_of_package_documents",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_package_documents_document", "package_documents", ["document"])
    op.create_table(
        "package_runs",
        sa.Column("key", _SHA256, nullable=False),
        sa.Column("package", _SHA256, nullable=False),
        sa.Column("cover", sa.Text, nullable=False),
        sa.Column("received", sa.Date, nullable=False),
        sa.Column("pipeline_version", sa.Text, nullable=False),
        sa.Column("reading_version", sa.String(80), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT),
        sa.PrimaryKeyConstraint("key", name="pk_package_runs"),
        sa.ForeignKeyConstraint(["package"], ["packages.id"], name="fk_package_runs_package_packages"),
    )
    op.create_index("ix_package_runs_package", "package_runs", ["package"])
    op.create_table(
        "reports",
        sa.Column("run", _SHA256, nullable=False),
        sa.Column("schema", sa.String(40), nullable=False),
        sa.Column("report", sa.LargeBinary, nullable=False),
        sa.Column("stored_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("run", name="pk_reports"),
        sa.ForeignKeyConstraint(["run"], ["package_runs.key"], name="fk_reports_run_package_runs", ondelete="CASCADE"),
    )
    op.create_table(
        "page_progress",
        sa.Column("run", _SHA256, nullable=False),
        sa.Column("document", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("started_at", _MOMENT),
        sa.Column("finished_at", _MOMENT),
        sa.PrimaryKeyConstraint("run", "document", "page", name="pk_page_progress"),
    )


def downgrade() -> None:
    for table in (
        "page_progress",
        "reports",
        "package_runs",
        "package_documents",
        "packages",
        "pages",
        "document_openings",
        "documents",
        "organisations",
        "registry_snapshots",
    ):
        op.drop_table(table)
