"""Facts and the report's fields: which fields say a fact, and what a field knows that the letters' reading missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from intake.evidence import Quote
from intake.facts import Fact, Facts
from intake.report import Field
from text.normalise import fold

# fact → names of the fields that may say it
_SAID_BY: dict[str, tuple[str, ...]] = {
    "applicant_name": ("applicant_name",),
    "birth_date": ("birth_date",),
    "birth_place": ("birth_place",),
    "address": ("address",),
    "phone": ("phone",),
    "email": ("email",),
    "org_name": ("org_name",),
    "org_inn": ("org_inn",),
    "contract_number": ("contract_number", "policy_number"),
    "contract_date": ("contract_date",),
    "initial_application_date": ("initial_application_date", "doc_date"),
    "claim_date": ("claim_date", "doc_date"),
    "reply_date": ("reply_date", "doc_date"),
    "vin": ("vin",),
    "plate": ("plate",),
}
_FILLED = ("birth_date", "address", "phone", "email")  # a place beside a birthday may be where one lives
_SURE = 0.5


def with_fields(facts: Facts, fields: Sequence[Field], main: int) -> Facts:
    """The facts with the indexes of the fields that say the same; what the reading of the main letter (document
    `main`) left open about the applicant is taken from a sure field of that letter."""
    changes: dict[str, Any] = {}
    for name, said_by in _SAID_BY.items():
        fact: Fact[Any] | None = getattr(facts, name)
        if fact is None:
            if name in _FILLED:
                changes[name] = _filled(name, fields, main)
            continue
        value = fact.value.isoformat() if isinstance(fact.value, date) else str(fact.value)
        indexes = tuple(
            index for index, field in enumerate(fields) if field.name in said_by and _bare(field.value) == _bare(value)
        )
        if indexes:
            changes[name] = replace(fact, fields=indexes)
    return replace(facts, **changes)


def _filled(name: str, fields: Sequence[Field], main: int) -> Fact[Any] | None:
    for index, field in enumerate(fields):
        if field.name != name or field.document != main or field.check == "failed" or field.confidence < _SURE:
            continue
        quotes = tuple(piece for piece in field.evidence if isinstance(piece, Quote))
        value: object = field.value
        if name == "birth_date":
            try:
                value = date.fromisoformat(field.value)
            except ValueError:
                continue
        elif name == "phone":
            value = "+" + field.value.lstrip("+")
        return Fact(value=value, quotes=quotes, fields=(index,))
    return None


def _bare(value: str) -> str:
    return "".join(char for char in fold(value) if char.isalnum())
