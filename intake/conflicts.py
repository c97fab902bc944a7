"""Facts that the papers of one package tell differently: a person must see both values before relying on either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from rapidfuzz.distance import Levenshtein

from intake.facts import Fact, Facts
from intake.report import Conflict, Field
from text.normalise import fold

_SAME_THING = 0.7
"""Below this likeness two names or numbers are those of two people or things, not two spellings of one."""


def conflicts_of(facts: Facts, fields: Sequence[Field]) -> tuple[Conflict, ...]:
    """Conflicts in the order of the contract's facts; `values` as they stand, the fact's own first.

    Names and numbers are compared without case, ё, spaces and punctuation; initials agree with the full name. Of a
    name or a number only near values are a conflict: another person in another paper is not a second spelling.
    Sums conflict when the total of the appeal is not the sum of its items. The dates of the claim and its answers are
    left out: several letters of one package rightly carry several of them, and the chronology weighs them.
    """
    found = [
        _spellings("applicant_name", facts.applicant_name, fields, _same_name),
        _dates("birth_date", facts.birth_date, fields),
        _spellings("org_inn", facts.org_inn, fields, _same_number),
        _spellings("contract_number", facts.contract_number, fields, _same_number),
        _total(facts),
        _spellings("vin", facts.vin, fields, _same_number),
        _spellings("plate", facts.plate, fields, _same_number),
    ]
    return tuple(conflict for conflict in found if conflict is not None)


def _spellings(
    name: str, fact: Fact[str] | None, fields: Sequence[Field], same: Callable[[str, str], bool]
) -> Conflict | None:
    if fact is None:
        return None
    values = [fact.value]
    for field in fields:
        if field.name != name or field.check == "failed":
            continue
        near = Levenshtein.normalized_similarity(_bare(field.value), _bare(fact.value)) >= _SAME_THING
        if near and not any(same(field.value, value) for value in values):
            values.append(field.value)
    return Conflict(fact=name, values=tuple(values)) if len(values) > 1 else None


def _dates(name: str, fact: Fact[date] | None, fields: Sequence[Field]) -> Conflict | None:
    if fact is None:
        return None
    values = [fact.value.isoformat()]
    values += [field.value for field in fields if field.name == name and field.value not in values]
    distinct = tuple(dict.fromkeys(values))
    return Conflict(fact=name, values=distinct) if len(distinct) > 1 else None


def _total(facts: Facts) -> Conflict | None:
    amounts = [item.amount for item in facts.claims if item.amount is not None]
    if facts.amount_claimed is None or not amounts:
        return None
    added = sum(amounts, Decimal(0))
    if added == facts.amount_claimed.value:
        return None
    return Conflict(fact="amount_claimed", values=(f"{facts.amount_claimed.value:.2f}", f"{added:.2f}"))


def _bare(value: str) -> str:
    return "".join(char for char in fold(value) if char.isalnum())


def _same_number(first: str, second: str) -> bool:
    return _bare(first) == _bare(second)


def _same_name(first: str, second: str) -> bool:
    one, other = fold(first).replace(".", " ").split(), fold(second).replace(".", " ").split()
    if _bare(first) == _bare(second):
        return True
    if min(len(one), len(other)) < 2 or one[0] != other[0]:
        return False
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one[1:], other[1:], strict=False))
