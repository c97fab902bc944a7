"""One decision as a source gives it, before anonymisation and anatomy."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import Field, TypeAdapter

from library.anatomy import decision_number
from search.decision import Outcome
from text.errors import CodedError

_Label = Annotated[str, Field(min_length=1, max_length=40)]
_Roubles = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2)]


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFields:
    """The keys of a row that mean something; all others, gold labels among them, are not looked at.

    Either `text` is the whole decision, or `established`, `findings`, `operative` are its sections. `text` is divided
    by its headings; what the row says of itself goes before what the text says.
    """

    id: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    number: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    date: datetime.date | None = None
    product: _Label | None = None
    category: _Label | None = None
    claim_items: tuple[str, ...] = ()
    organisation_type: str | None = None
    outcome: Outcome | None = None
    amount_claimed: _Roubles | None = None
    amount_awarded: _Roubles | None = None
    norms: tuple[str, ...] = ()
    disputed_facts: tuple[str, ...] = ()
    expertise: bool | None = None
    court: _Label | None = None
    established: str | None = None
    findings: str | None = None
    operative: str | None = None
    text: str | None = None

    def whole_text(self) -> str:
        """The text, else the sections one after another."""
        return self.text or "\n".join(part for part in (self.established, self.findings, self.operative) if part)


ROW = TypeAdapter(RowFields)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRow:
    """`source`: file name, and line where the file has several; `id`: the row's own, else its number, else
    the file's name (`#line` behind it where the file has several)."""

    source: str
    id: str
    row: RowFields

    def content_hash(self, *, anonymised: bool, rules: str) -> str:
        """SHA-256 of all that decides what is stored; `rules` names the version of the rules that divide and hide."""
        said = f"{rules}\n{anonymised}\n".encode() + ROW.dump_json(self.row)
        return hashlib.sha256(said).hexdigest()


def identified(source: str, row: RowFields, name: str) -> SourceRow:
    """`name`: what stands for an id where the row has neither an id nor a number."""
    number = row.number or (decision_number(row.text) if row.text else None)
    return SourceRow(source=source, id=row.id or number or name, row=row)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFault:
    """A row or file that yielded no decision."""

    source: str
    error: CodedError
