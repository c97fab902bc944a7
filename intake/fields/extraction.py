"""Every document of a package, part by part, through the finders of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from intake.fields.contact import find_contact_fields
from intake.fields.contract import find_contract_fields
from intake.fields.dates import find_date_fields
from intake.fields.field import Found, Paper, fields_of
from intake.fields.organisation import find_organisation_fields
from intake.fields.person import find_person_fields
from intake.fields.sums import find_sum_fields
from intake.fields.vehicle import find_vehicle_fields
from intake.page_text import DocumentText
from intake.report import Field, TypedDocument

_FINDERS: tuple[Callable[[Paper], Iterator[Found]], ...] = (
    find_person_fields,
    find_organisation_fields,
    find_contract_fields,
    find_date_fields,
    find_sum_fields,
    find_vehicle_fields,
    find_contact_fields,
)


def extract_fields(texts: Sequence[DocumentText], typed: Sequence[TypedDocument]) -> tuple[Field, ...]:
    """The fields of every document, in the order of documents, finders and confidence.

    `texts` and `typed` run parallel. Copies of an earlier document are left out: their fields are those of the first.
    A field's name says what the value is in its own document; which of them is a fact of the case is decided later.
    """
    fields: list[Field] = []
    for text, kind in zip(texts, typed, strict=True):
        if kind.copy_of is not None or not text.text.strip():
            continue
        for paper in _papers(text, kind):
            found = [item for finder in _FINDERS for item in finder(paper)]
            fields.extend(fields_of(paper, found))
    return tuple(fields)


def _papers(text: DocumentText, kind: TypedDocument) -> Iterator[Paper]:
    """One paper a run of pages; a part that only shares its page with an earlier part is read with that part."""
    read: set[int] = set()
    for part in kind.parts:
        pages = range(part.first_page, part.last_page + 1)
        if read.issuperset(pages):
            continue
        read.update(pages)
        whole = part.first_page == text.first_page and part.last_page == text.last_page
        own = text if whole else DocumentText(text.index, text.document, part.first_page, part.last_page)
        yield Paper(text=own, type=part.type)
    if not kind.parts:
        yield Paper(text=text, type=kind.type or "OTHER")
