"""Telephones in the form +7XXXXXXXXXX and e-mail addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from text.look_alikes import digit_view, to_latin
from text.normalise import fold

_SEP = r"[\s\-–‑.()]{0,3}"
_PHONE = re.compile(
    rf"(?<![\d.,/№\-])(?P<code>(?:\+\s?7|8|7))(?=[\s\-–(]|"
    rf"\d{{10}}(?!\d)){_SEP}(?P<rest>\d(?:{_SEP}\d){{9}})(?!\d|[.,]\d|-\d)"
)
_LABELLED = re.compile(
    rf"(?:тел(?:ефон)?[а-я]*|моб[а-я]*|сот[а-я]*|"
    rf"т)[.:\s|]{{1,4}}(?:[а-я, ]{{1,20}}[:|\s])?[\s(]?(?P<code>\+?\s?[78]?){_SEP}"
    rf"(?P<rest>\d(?:{_SEP}\d){{9}})(?!\d)"
)
_EMAIL = re.compile(
    r"(?<![\w.@])(?P<user>[A-Za-z0-9А-Яа-я_.+\-]{2,64})(?:\s?(?:@|\(at\)|©)\s?)"
    r"(?P<host>[A-Za-z0-9А-Яа-я\-]+(?:\.[A-Za-z0-9А-Яа-я\-]+)*\.\s?[a-zгuрусф]{2,10})(?![A-Za-z0-9])"
)
_HOST_LETTERS = str.maketrans("гкнртмусахеовиг", "gknrtmycaxeovir")


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactValue:
    """text[start:end] is a telephone («+79110004118») or an e-mail address (lower case)."""

    kind: Literal["phone", "email"]
    start: int
    end: int
    value: str
    repaired: bool


def find_contacts(text: str) -> list[ContactValue]:
    """Telephones of ten digits after +7 or 8 (or after «тел.») and e-mail addresses, in order."""
    view = digit_view(text)
    found: list[ContactValue] = []
    for pattern, source in ((_PHONE, view), (_LABELLED, fold(view))):
        for match in pattern.finditer(source):
            digits = re.sub(r"\D", "", match["rest"])
            if digits[0] not in "34589":
                continue
            start = match.start("code") if match["code"].strip() else match.start("rest")
            end = match.end("rest")
            if any(start < item.end and end > item.start for item in found):
                continue
            found.append(
                ContactValue(
                    kind="phone", start=start, end=end, value="+7" + digits, repaired=view[start:end] != text[start:end]
                )
            )
    for match in _EMAIL.finditer(text):
        raw = match["user"] + "@" + match["host"].replace(" ", "")
        value = to_latin(raw).translate(_HOST_LETTERS).lower()
        if not value.isascii():
            continue
        found.append(
            ContactValue(kind="email", start=match.start(), end=match.end(), value=value, repaired=value != raw.lower())
        )
    return sorted(found, key=lambda item: item.start)
