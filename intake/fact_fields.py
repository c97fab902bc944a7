"""Facts and the fields they rest on: every fact of a report points at fields, every field at words on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from intake.evidence import Quote
from intake.facts import ClaimItem, Fact, Facts
from intake.package import Package
from intake.report import Field, ReportedFact
from intake.reported_facts import plain, reported_facts
from ocr.document import Box, Page
from text.normalise import fold


def facts_with_fields(
    facts: Facts, fields: Sequence[Field], package: Package
) -> tuple[Mapping[str, ReportedFact], tuple[Field, ...]]:
    """The reported facts with the indexes of their fields, and the fields.

    A fact's field is one that holds its value on the words it is quoted from. A fact that is read from a sentence
    («19.08 срок прошёл») has no such field: it gets one of its own, named as the fact, its quotes as evidence.
    """
    known = list(fields)
    reported = dict(reported_facts(facts))
    for name, value, quotes in _stated(facts):
        if not quotes:
            continue
        indexes = [
            index
            for index, field in enumerate(known)
            if _holds(field, name, value) and any(_overlap(field, quote) for quote in quotes)
        ]
        if not indexes:
            indexes = [len(known)]
            known.append(_field(name, value, quotes, package))
        before = reported[name]
        reported[name] = replace(before, fields=tuple(dict.fromkeys([*before.fields, *indexes])))
    return reported, tuple(known)


def _stated(facts: Facts) -> Iterator[tuple[str, str, tuple[Quote, ...]]]:
    for name in reported_facts(facts):
        fact: Any = getattr(facts, name)
        if isinstance(fact, Fact):
            yield name, _as_text(fact.value), fact.quotes
        elif name == "claims":
            for item in facts.claims:
                yield name, _claim(item), item.quotes


def _as_text(value: Any) -> str:
    value = plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _claim(item: ClaimItem) -> str:
    return f"{item.item}: {plain(item.amount)}" if item.amount is not None else item.item


def _holds(field: Field, name: str, value: str) -> bool:
    if field.name == "amount" and name == "claims":
        return value.endswith(f": {field.value}")
    return _bare(field.value) == _bare(value)


def _bare(value: str) -> str:
    return "".join(filter(str.isalnum, fold(value)))


def _overlap(field: Field, quote: Quote) -> bool:
    return any(
        isinstance(own, Quote)
        and (own.document, own.page) == (quote.document, quote.page)
        and any(box.intersection(other) > 0 for box in own.boxes for other in quote.boxes)
        for own in field.evidence
    )


def _field(name: str, value: str, quotes: tuple[Quote, ...], package: Package) -> Field:
    first = quotes[0]
    return Field(
        name=name,
        document=first.document,
        raw=first.text,
        value=value,
        confidence=_confidence(first, package),
        check="none",
        repaired=False,
        evidence=quotes,
    )


def _confidence(quote: Quote, package: Package) -> float:
    """The mean confidence of the words under the quote; 0 when none is there."""
    pages: tuple[Page, ...] = package.documents[quote.document].pages
    found = [
        word.confidence
        for page in pages
        if page.number == quote.page
        for word in page.words
        if any(_inside(word.box, box) for box in quote.boxes)
    ]
    return round(sum(found) / len(found), 4) if found else 0.0


def _inside(word: Box, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
