"""Anonymising a text: every find replaced by its pseudonym, offsets kept in terms of the text that came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from library.anonymise.addresses import find_addresses
from library.anonymise.joined import JoinedText, joined
from library.anonymise.names import find_person_names
from library.anonymise.patterns import find_patterns
from library.anonymise.personal import PSEUDONYMS, Personal, PersonalClass, without_overlaps


@dataclass(frozen=True, kw_only=True, slots=True)
class Replacement:
    """text[start:end] of the text that came in was replaced by `pseudonym`. In JSON `kind` is called `class`."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(serialize_by_alias=True)

    kind: Annotated[PersonalClass, Field(serialization_alias="class")]
    start: int
    end: int
    pseudonym: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Anonymised:
    """A text without personal data, and what was replaced, in order of places."""

    text: str
    replacements: tuple[Replacement, ...] = field(default=())


_BETWEEN_PARTS = "\n¶\n"


def anonymise_text(text: str) -> Anonymised:
    """Replace personal data by pseudonyms: a person by ФИО1, ФИО2 …, the rest by the name of its class.

    What decisions are cited and judged by stays: the organisation, the ombudsman, numbers of laws, of the case file
    and of the decision, dates of events, sums. Raises NamesModelMissing.
    """
    return anonymise_parts([text])[0]


def anonymise_parts(parts: Sequence[str]) -> list[Anonymised]:
    """The same for the parts of one text, with one numbering of persons. Raises NamesModelMissing."""
    found = iter(_finds(joined(_BETWEEN_PARTS.join(parts))))
    find = next(found, None)
    answers = []
    offset = 0
    for part in parts:
        pieces = []
        replacements = []
        position = 0
        while find is not None and find.start < offset + len(part):
            start, end = find.start - offset, min(find.end - offset, len(part))
            pieces += [part[position:start], find.pseudonym]
            replacements.append(Replacement(kind=find.kind, start=start, end=end, pseudonym=find.pseudonym))
            position = end
            find = next(found, None)
        pieces.append(part[position:])
        answers.append(Anonymised(text="".join(pieces), replacements=tuple(replacements)))
        offset += len(part) + len(_BETWEEN_PARTS)
    return answers


def _finds(view: JoinedText) -> list[Replacement]:
    """Every find with its place in the original, in order."""
    if not view.text:
        return []
    addresses = list(find_addresses(view.text))
    names = [
        name
        for name in find_person_names(view.text)
        if not any(address.start <= name.start and name.end <= address.end for address in addresses)
    ]
    numbers: dict[int, int] = {}
    for name in names:
        if not name.official:
            numbers.setdefault(name.person, len(numbers) + 1)
    of_places = [
        Personal(kind="address", start=address.start, end=address.end) for address in addresses if not address.public
    ]
    of_persons = [Personal(kind="name", start=name.start, end=name.end) for name in names]
    finds = []
    for item in without_overlaps([*find_patterns(view.text), *of_places, *of_persons]):
        pseudonym = PSEUDONYMS.get(item.kind)
        if pseudonym is None:
            inside = next(name for name in names if name.start < item.end and item.start < name.end)
            if inside.official:
                continue
            pseudonym = f"ФИО{numbers[inside.person]}"
        start, end = view.place(item.start, item.end)
        finds.append(Replacement(kind=item.kind, start=start, end=end, pseudonym=pseudonym))
    return finds
