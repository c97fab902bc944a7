"""Tables of the library's room: the decisions we keep, anonymised. The search index is derived from them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from search.decision import Section
from store.columns import CompressedJson, DecimalText, Json, UtcDateTime
from store.database import Table


class DecisionRow(Table):
    """`change` numbers rows in the order in which they last changed."""

    __tablename__ = "library_decisions"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    change: Mapped[int]
    version: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    number: Mapped[str | None] = mapped_column(String(80), unique=True)
    decided_on: Mapped[date | None]
    product: Mapped[str | None] = mapped_column(String(40))
    category: Mapped[str | None] = mapped_column(String(40))
    outcome: Mapped[str | None] = mapped_column(String(20))
    organisation_kind: Mapped[str | None] = mapped_column(String(20))
    court: Mapped[str | None] = mapped_column(String(40))
    expertise: Mapped[bool | None]
    amount_claimed: Mapped[Decimal | None] = mapped_column(DecimalText)
    amount_awarded: Mapped[Decimal | None] = mapped_column(DecimalText)
    claim_items: Mapped[tuple[str, ...]] = mapped_column(Json(tuple[str, ...]))
    disputed_facts: Mapped[tuple[str, ...]] = mapped_column(Json(tuple[str, ...]))
    norms: Mapped[tuple[str, ...]] = mapped_column(Json(tuple[str, ...]))
    sections: Mapped[tuple[Section, ...]] = mapped_column(CompressedJson(tuple[Section, ...]))

    __table_args__ = (
        Index("ix_library_decisions_change", "change"),
        Index("ix_library_decisions_decided_on", "decided_on"),
        Index("ix_library_decisions_product_category", "product", "category"),
    )
