"""A row of a source → an anonymised decision in its sections, with what the row and the text say of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import cast

from library.anatomy import expertise_of, find_anatomy, norms_of, sections_of
from library.anonymise.leak_check import find_leaks
from library.errors import NoDecisionText, PersonalDataLeft
from library.sources.row import RowFields, SourceRow
from search.decision import ESTABLISHED, FINDINGS, OPERATIVE, ORGANISATION_KINDS, Decision, OrganisationKind, Section

_RULES = ("library/anonymise", "library/anatomy.py", "library/claims.py", "library/prepare.py", "search/norms.py")
"""The code that decides what is stored of a row."""
_SECTIONS = (ESTABLISHED, FINDINGS, OPERATIVE)


@cache
def rules() -> str:
    """A digest of the rules of anonymisation and anatomy: a row that was imported by others is looked at again."""
    digest = hashlib.sha256()
    root = Path(__file__).parent.parent
    for name in _RULES:
        place = root / name
        for file in sorted(place.glob("*.py")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """`replaced`: class of personal data → places where it stood."""

    decision: Decision
    replaced: Counter[str] = field(default_factory=Counter)


def prepare(source: SourceRow, *, anonymised: bool) -> Prepared:
    """Raises NoDecisionText, PersonalDataLeft, NamesModelMissing."""
    row = source.row
    named = [(name, _whole(cast(str | None, getattr(row, name)))) for name in _SECTIONS]
    parts = [(name, text) for name, text in named if text]
    whole = _whole(row.text)
    if not parts and whole is None:
        raise NoDecisionText
    if parts:
        texts, replaced = _hidden([text for _, text in parts], anonymised)
        sections = tuple(Section(name=name, text=text) for (name, _), text in zip(parts, texts, strict=True))
        return Prepared(decision=_of_sections(source.id, row, sections), replaced=replaced)
    texts, replaced = _hidden([whole or ""], anonymised)
    return Prepared(decision=_of_text(source.id, row, texts[0]), replaced=replaced)


def _whole(text: str | None) -> str | None:
    # SQLite alone keeps a zero character in a text.
    cleaned = (text or "").replace("\x00", " ")
    return cleaned if cleaned.strip() else None


def _hidden(texts: Sequence[str], anonymised: bool) -> tuple[list[str], Counter[str]]:
    if anonymised:
        return list(texts), Counter()
    from library.anonymise.pseudonyms import anonymise_parts

    answers = anonymise_parts(texts)
    leaks = find_leaks("\n".join(answer.text for answer in answers))
    if leaks:
        raise PersonalDataLeft(found=", ".join(f"{kind} {n}" for kind, n in sorted(leaks.items())))
    replaced = Counter[str](replacement.kind for answer in answers for replacement in answer.replacements)
    return [answer.text for answer in answers], replaced


def _of_sections(id_: str, row: RowFields, sections: tuple[Section, ...]) -> Decision:
    texts = [section.text for section in sections]
    return Decision(
        id=id_,
        number=row.number,
        date=row.date,
        product=row.product,
        category=row.category,
        claim_items=row.claim_items,
        outcome=row.outcome,
        organisation_kind=_kind(row.organisation_type),
        amount_claimed=row.amount_claimed,
        amount_awarded=row.amount_awarded,
        norms=row.norms or norms_of(texts),
        disputed_facts=row.disputed_facts,
        expertise=row.expertise if row.expertise is not None else _expertise(sections),
        court=row.court,
        sections=sections,
    )


def _of_text(id_: str, row: RowFields, text: str) -> Decision:
    """What the row says of itself goes before what its text says."""
    found = find_anatomy(text)
    outcome = row.outcome or found.outcome
    return Decision(
        id=id_,
        number=row.number or found.number,
        date=row.date or found.date,
        product=row.product,
        category=row.category,
        claim_items=row.claim_items or tuple(dict.fromkeys(claim.item for claim in found.claims)),
        outcome=outcome,
        organisation_kind=_kind(row.organisation_type) or found.organisation_kind,
        amount_claimed=row.amount_claimed if row.amount_claimed is not None else found.amount_claimed,
        amount_awarded=row.amount_awarded if row.amount_awarded is not None else found.amount_awarded,
        norms=row.norms or found.norms,
        disputed_facts=row.disputed_facts,
        expertise=row.expertise if row.expertise is not None else found.expertise,
        court=row.court,
        sections=sections_of(text, found.sections),
    )


def _expertise(sections: tuple[Section, ...]) -> bool | None:
    """None where the findings are not there: only they would speak of an expert."""
    texts = [section.text for section in sections]
    return expertise_of("\n".join(texts)) if any(section.name == FINDINGS for section in sections) else None


def _kind(organisation_type: str | None) -> OrganisationKind | None:
    """A kind search does not know is as good as none: it cannot be filtered by."""
    return organisation_type if organisation_type in ORGANISATION_KINDS else None
