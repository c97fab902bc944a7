"""The library: decisions as they are kept, anonymised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "library_decisions",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("change", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("imported_at", sa.String(27), nullable=False),
        sa.Column("number", sa.String(80)),
        sa.Column("decided_on", sa.Date),
        sa.Column("product", sa.String(40)),
        sa.Column("category", sa.String(40)),
        sa.Column("outcome", sa.String(20)),
        sa.Column("organisation_kind", sa.String(20)),
        sa.Column("court", sa.String(40)),
        sa.Column("expertise", sa.Boolean),
        sa.Column("amount_claimed", sa.String(40)),
        sa.Column("amount_awarded", sa.String(40)),
        sa.Column("claim_items", sa.Text, nullable=False),
        sa.Column("disputed_facts", sa.Text, nullable=False),
        sa.Column("norms", sa.Text, nullable=False),
        sa.Column("sections", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_library_decisions"),
        sa.UniqueConstraint("number", name="uq_library_decisions_number"),
    )
    op.create_index("ix_library_decisions_change", "library_decisions", ["change"])
    op.create_index("ix_library_decisions_decided_on", "library_decisions", ["decided_on"])
    op.create_index("ix_library_decisions_product_category", "library_decisions", ["product", "category"])


def downgrade() -> None:
    op.drop_table("library_decisions")
