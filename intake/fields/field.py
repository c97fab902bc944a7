"""What a finder of fields hands over, and how it becomes a field of the report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from intake.evidence import Quote
from intake.page_text import DocumentText
from intake.report import Check, Field
from text.values.contacts import ContactValue, find_contacts
from text.values.dates import DateValue, find_dates
from text.values.identifiers import IdentifierValue, find_identifiers
from text.values.names import NameValue, find_names

_REPAIRED = 0.85
_PASSED_FLOOR = 0.9
_FAILED_CEILING = 0.3
_MOST_QUOTES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """text[start:end] is the value of field `name`; `strength` 0..1 says how surely it is this field and no other."""

    name: str
    start: int
    end: int
    value: str
    strength: float
    check: Check = "none"
    repaired: bool = False


_REGION_NEXT = re.compile(r"[а-я-]+(?:ой|ого|его|ская|цкая|ский)\s+(?:обл|края|край|район|р-на|р-н|респ)")

_ABBREVIATION_LAST = re.compile(r"(?<![а-я])(?:г|с|ул|пр|пос|дер|д|кв|корп|пер|пгт|ст)\.\Z")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The text fields are looked for in: one part of a document with its type."""

    text: DocumentText
    type: str

    @property
    def folded(self) -> str:
        return self.text.folded

    @cached_property
    def flowed(self) -> str:
        """The folded text with a blank for every line break inside a sentence; of the same length.

        A break is inside a sentence when the next line goes on in lower case or with a region in an oblique case,
        or when the line ends with a comma, «республика» or an abbreviation that asks for a name («г.»).
        """
        text, folded = self.text.text, self.folded
        shown = list(folded)
        for match in re.finditer("\n", folded):
            place = match.start()
            following = text[place + 1 : place + 2]
            before = folded[max(0, place - 12) : place].rstrip()
            if (
                following.islower()
                or before.endswith((",", "республика", "республики"))
                or _ABBREVIATION_LAST.search(before)
                or _REGION_NEXT.match(folded, place + 1)
            ):
                shown[place] = " "
        return "".join(shown)

    @cached_property
    def dates(self) -> tuple[DateValue, ...]:
        return tuple(find_dates(self.text.text))

    @cached_property
    def names(self) -> tuple[NameValue, ...]:
        return tuple(find_names(self.text.text))

    @cached_property
    def identifiers(self) -> tuple[IdentifierValue, ...]:
        return tuple(find_identifiers(self.text.text))

    @cached_property
    def contacts(self) -> tuple[ContactValue, ...]:
        return tuple(find_contacts(self.text.text))

    def before(self, place: int, reach: int = 70) -> str:
        """The folded text up to `place`, line breaks as blanks, at most `reach` characters."""
        return re.sub(r"\s+", " ", self.folded[max(0, place - reach) : place])

    def line_before(self, place: int) -> str:
        return self.folded[self.folded.rfind("\n", 0, place) + 1 : place]

    def after(self, place: int, reach: int = 40) -> str:
        return re.sub(r"\s+", " ", self.folded[place : place + reach])


def fields_of(paper: Paper, found: Iterable[Found]) -> list[Field]:
    """Fields with their quotes; the same value of the same name is one field with the best confidence.

    Confidence: the least confidence of the words read, times the strength of the label, less for a repair; at least
    .9 with a passed check digit and at most .3 with a failed one.
    """
    grouped: dict[tuple[str, str], list[Found]] = {}
    for item in sorted(found, key=lambda item: (-item.strength, item.start)):
        grouped.setdefault((item.name, item.value), []).append(item)
    fields = []
    for (name, value), items in grouped.items():
        best = items[0]
        quotes = tuple(quote for quote in (_quote(paper, item) for item in items[:_MOST_QUOTES]) if quote is not None)
        if not quotes:
            continue
        fields.append(
            Field(
                name=name,
                document=paper.text.index,
                raw=paper.text.text[best.start : best.end].replace("\n", " ").replace("\f", " "),
                value=value,
                confidence=_confidence(paper, best),
                check=best.check,
                repaired=best.repaired,
                evidence=quotes,
            )
        )
    return fields


def _quote(paper: Paper, item: Found) -> Quote | None:
    return paper.text.quote(item.start, item.end)


def _confidence(paper: Paper, item: Found) -> float:
    confidence = paper.text.confidence(item.start, item.end) * item.strength
    if item.repaired:
        confidence *= _REPAIRED
    if item.check == "passed":
        confidence = max(confidence, _PASSED_FLOOR)
    if item.check == "failed":
        confidence = min(confidence, _FAILED_CEILING)
    return round(min(1.0, max(0.0, confidence)), 3)
