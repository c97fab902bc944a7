"""A second look at a text that is called anonymised, by other means than those that made it so.

No model: check digits over squeezed text, patronymics, initials, contacts. What it sees is a reason not to store the
text, so it looks for what can hardly be anything else; what it does not see proves nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from library.anonymise.joined import joined
from library.anonymise.personal import PersonalClass
from text.values.identifiers import inn_is_valid, luhn_is_valid, snils_is_valid

_DIGITS = re.compile(r"(?<![\d№/\-–])\d(?:[ \-]?\d){9,19}(?![\d/\-–])")
_PHONE = re.compile(r"(?<!\d)(?:\+7|8)[ \-(]{0,2}9\d{2}[ \-)]{0,2}\d{3}[ \-]?\d{2}[ \-]?\d{2}(?!\d)")
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+\.[\w.]+")
_VIN = re.compile(r"(?<![A-Z0-9])(?=[A-Z]*\d)(?=\d*[A-Z])[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])")
_PLATE = re.compile(r"(?<![А-ЯA-Z])[АВЕКМНОРСТУХ] ?\d{3} ?[АВЕКМНОРСТУХ]{2} ?/? ?\d{2,3}(?!\d)")
_PASSPORT = re.compile(r"паспорт[^.;<]{0,40}?(?<!\d)\d{2} ?\d{2} ?(?:№|номер)? ?\d{6}(?!\d)", re.IGNORECASE)
_FLAT = re.compile(r"(?:д\.|дом) ?\d+[^.;<]{0,20}(?:кв\.|квартира) ?\d+")
_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:вич|ич|вн|ичн)(?:а|у|ем|ом|е|ы|ой|ою)?"
_FULL_NAME = re.compile(
    rf"(?<![А-Яа-яЁё«])(?:(?P<surname>{_WORD}) )?(?P<given>{_WORD}) {_PATRONYMIC}(?: (?P<last>{_WORD}))?(?![А-Яа-яЁё])"
)
_CAPITALS_NAME = re.compile(
    r"(?<![А-ЯЁ])[А-ЯЁ]{3,} [А-ЯЁ]{3,} [А-ЯЁ]{3,}(?:ВИЧ|ВН|ИЧН|ИЧ)(?:А|У|ЕМ|ОМ|Е|Ы|ОЙ)?(?![А-ЯЁ])"
)
_INITIALS = re.compile(
    rf"(?<![А-Яа-яЁё.])[А-ЯЁ]\. ?[А-ЯЁ]\. ?(?P<after>{_WORD})|(?P<before>{_WORD}) [А-ЯЁ]\. ?[А-ЯЁ]\.(?![А-Яа-яЁё])"
)
_OFFICIAL = re.compile(
    rf"[Уу]полномоченн[а-яё]+[^.;]{{0,200}}?(?P<surname>{_WORD}) {_WORD} {_PATRONYMIC}"
    rf"|[Уу]полномоченн[а-яё]+\s+(?:[А-ЯЁ]\. ?[А-ЯЁ]\. ?)(?P<signed>{_WORD})"
)


def find_leaks(text: str) -> Counter[PersonalClass]:
    """Classes of personal data still seen in `text`, with how often; empty when nothing is seen."""
    view = joined(text).text
    return Counter(_leaks(view))


def _leaks(view: str) -> Iterator[PersonalClass]:
    patterns: tuple[tuple[PersonalClass, re.Pattern[str]], ...] = (
        ("phone", _PHONE), ("email", _EMAIL), ("vin", _VIN), ("plate", _PLATE), ("passport", _PASSPORT),
        ("address", _FLAT), ("name", _CAPITALS_NAME),
    )  # fmt: skip
    for kind, pattern in patterns:
        for _ in pattern.finditer(view):
            yield kind
    yield from _numbers(view)
    officials = {(match["surname"] or match["signed"])[:5] for match in _OFFICIAL.finditer(view)}
    for match in _FULL_NAME.finditer(view):
        surnames = [match["surname"], match["last"], match["given"]]
        if not any(surname and surname[:5] in officials for surname in surnames):
            yield "name"
    for match in _INITIALS.finditer(view):
        if (match["after"] or match["before"])[:5] not in officials:
            yield "name"


def _numbers(view: str) -> Iterator[PersonalClass]:
    for match in _DIGITS.finditer(view):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) == 20 and digits[0] == "4":
            yield "account"
        elif len(digits) == 16 and luhn_is_valid(digits):
            yield "card"
        elif len(digits) == 12 and inn_is_valid(digits):
            yield "inn"
        elif len(digits) == 11 and digits[0] in "01" and snils_is_valid(digits):
            yield "snils"
