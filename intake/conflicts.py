"""Facts that the papers of one package tell differently: a person must see both values before relying on either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from rapidfuzz.distance import Levenshtein

from intake.dictionary import is_word
from intake.evidence import Evidence, Quote
from intake.facts import Fact, Facts
from intake.report import Conflict, Field
from ocr.document import Document
from text.normalise import fold

_MISREAD = 2  # characters of a date
_DIGITS_ENOUGH = 6
_SAME_THING = 0.7
"""Below this likeness two names or numbers are those of two people or things, not two spellings of one."""


def conflicts_of(facts: Facts, fields: Sequence[Field], documents: Sequence[Document] = ()) -> tuple[Conflict, ...]:
    """Conflicts in the order of the contract's facts; `values` as they stand, the fact's own first. `documents`: the
    package's, to tell recognised pages from text layers.

    Names and numbers are compared without case, ё, spaces and punctuation; initials agree with the full name. Of a
    name, a number or a birthday only near values are a conflict: another person in another paper is not a second
    spelling. Nor is a name that differs by one letter on a recognised page, unless both are words of Russian.
    Sums conflict when the total of the appeal is not the sum of its items. The dates of the claim and its answers are
    left out: several letters of one package rightly carry several of them, and the chronology weighs them.
    """
    found = [
        _spellings("applicant_name", facts.applicant_name, _read_alike(facts, fields, documents), _same_name),
        _dates("birth_date", facts.birth_date, fields),
        _spellings("org_inn", facts.org_inn, fields, _same_number),
        _spellings("contract_number", facts.contract_number, fields, _same_contract),
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


def _read_alike(facts: Facts, fields: Sequence[Field], documents: Sequence[Document]) -> list[Field]:
    """The fields without those names that recognition alone tells apart from the fact's."""
    fact = facts.applicant_name
    if fact is None:
        return list(fields)
    recognised = any(_is_recognised(quote.document, quote.page, documents) for quote in fact.quotes[:1])
    return [
        field
        for field in fields
        if not (
            field.name == "applicant_name"
            and (recognised or any(_is_recognised_evidence(piece, documents) for piece in field.evidence))
            and _is_misread(field.value, fact.value)
        )
    ]


def _is_recognised_evidence(piece: Evidence, documents: Sequence[Document]) -> bool:
    return isinstance(piece, Quote) and _is_recognised(piece.document, piece.page, documents)


def _is_recognised(document: int, page: int, documents: Sequence[Document]) -> bool:
    if document >= len(documents):
        return False
    return any(one.number == page and one.source in ("ocr", "mixed") for one in documents[document].pages)


def _is_misread(one: str, other: str) -> bool:
    """Word by word the same but for one letter each, where not both spellings are words of Russian."""
    first, second = fold(one).split(), fold(other).split()
    if len(first) != len(second):
        return False
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return all(
        Levenshtein.distance(a, b, score_cutoff=1) <= 1 and not (is_word(a) and is_word(b)) for a, b in differing
    )


def _dates(name: str, fact: Fact[date] | None, fields: Sequence[Field]) -> Conflict | None:
    if fact is None:
        return None
    values = [fact.value.isoformat()]
    values += [
        field.value
        for field in fields
        if field.name == name and Levenshtein.distance(field.value, values[0], score_cutoff=_MISREAD) <= _MISREAD
    ]
    distinct = tuple(dict.fromkeys(values))
    return Conflict(fact=name, values=distinct) if len(distinct) > 1 else None


def _words_of_name(name: str) -> list[str]:
    words = fold(name).replace(".", " ").split()
    return words[1:] if words[:1] == ["ип"] else words


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


def _same_contract(first: str, second: str) -> bool:
    """One number may stand without its series: «АЖ 007419», «007419»."""
    one, other = _bare(first), _bare(second)
    shorter, longer = sorted((one, other), key=len)
    return one == other or (longer.endswith(shorter) and sum(char.isdigit() for char in shorter) >= _DIGITS_ENOUGH)


def _same_name(first: str, second: str) -> bool:
    """Also a name without its surname («Ольга Петровна!») or with «ИП» before it."""
    one, other = _words_of_name(first), _words_of_name(second)
    if (len(one) == 3 and one[1:] == other) or (len(other) == 3 and other[1:] == one):
        return True
    if _bare(first) == _bare(second):
        return True
    if min(len(one), len(other)) < 2 or one[0] != other[0]:
        return False
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one[1:], other[1:], strict=False))
