"""A decision as search knows it: anonymised, divided into sections, with what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

Outcome = Literal["satisfied", "partial", "refused", "terminated"]
OrganisationKind = Literal["insurer", "bank", "mfo", "npf", "pawnshop", "kpk"]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
ORGANISATION_KINDS: tuple[OrganisationKind, ...] = get_args(OrganisationKind)

ESTABLISHED = "established"
FINDINGS = "findings"
OPERATIVE = "operative"
TEXT = "text"
"""The names of sections that search treats differently; a decision may have others, and `text` is a whole one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A part of a decision. Offsets of passages count characters in this `text`."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """One anonymised decision. Only `id` and `sections` must be there; None and () mean: not known.

    `number` is the decision's own («У-23-78464/5010-004»), `court` what became of it in court (a label the caller
    chooses), amounts are roubles. `amount_awarded` is 0 for a refusal and None where nothing was decided on the merits.
    """

    id: str
    number: str | None = None
    date: date | None = None
    product: str | None = None
    category: str | None = None
    claim_items: tuple[str, ...] = ()
    outcome: Outcome | None = None
    organisation_kind: OrganisationKind | None = None
    amount_claimed: Decimal | None = None
    amount_awarded: Decimal | None = None
    norms: tuple[str, ...] = ()
    disputed_facts: tuple[str, ...] = ()
    expertise: bool | None = None
    court: str | None = None
    sections: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryClasses:
    """What the query is probably about: label → probability, of one text. Search does not classify; it is told."""

    product: Mapping[str, float]
    category: Mapping[str, float]
