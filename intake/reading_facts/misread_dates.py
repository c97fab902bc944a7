"""Dates one of whose characters was misread, lost or added, where only one day can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from intake.reading_facts.words import Span

_SIGN = r"[0-9a-zа-я$©®°§¢?&|!\]\[}{]"
_SIGNS = rf"{_SIGN}(?:(?:(?<=\d) (?=\d))?{_SIGN})"
_STOP = r"\s?[_=°©'\"‘’`]?\s?[.,:;·]\s?[_=°©'\"‘’`]?\s?"
_SHAPE = re.compile(
    rf"(?<![\w.,№/-])(?P<day>{_SIGNS}?)(?P<first>{_STOP})?(?P<month>{_SIGNS}?)(?P<second>{_STOP})?"
    rf"(?P<year>{_SIGNS}{{2,4}})(?![\w/-])"
)
_READ_DIGITS = 5  # of eight: fewer say nothing
_UNREAD = 2  # characters that resemble no digit
_FARTHEST_YEAR = 2050
_DIGITS = "0123456789"
_READ_FOR = {"1": "7", "2": "7", "3": "58", "5": "36", "6": "058", "7": "12", "8": "0369", "9": "0"}
"""Digits that recognisers read as the key, counted on rendered pages (`benchmarks/noise`)."""
DayAt = tuple[Span, date]


def misread_dates(text: str, earliest: date, latest: date, start: int = 0, end: int | None = None) -> list[DayAt]:
    """Days from `earliest` to `latest` in text[start:end] that are no dates as they stand («30.11.1$51»,
    «10.04.22026», «09.021969»; letters in lower case) and become one in exactly one way.

    A character that is no digit may stand for any; where all are digits one may be another, one too many or one too
    few. What could be several days is none.
    """
    found: list[DayAt] = []
    for match in _SHAPE.finditer(text, start, len(text) if end is None else end):
        signs = [re.sub(r"\s", "", match[name]) for name in ("day", "month", "year")]
        joined = "".join(signs)
        unread = sum(not char.isdigit() for char in joined)
        if len(joined) - unread < _READ_DIGITS or unread > _UNREAD or len(signs[1]) != 2:
            continue
        plain = None if unread else _day(signs)
        parted = match["first"] is not None and match["second"] is not None
        if not parted and (plain is None or " " in match.group() or len(joined) < len("ddmmyyyy")):
            continue
        candidates = [signs] if plain is not None else _candidates(signs, unread)
        days = {day for candidate in candidates if (day := _day(candidate)) is not None}
        if not unread and len(days) > 1:
            days &= {day for candidate in _look_alike(signs) if (day := _day(candidate)) is not None}
        likely = days if unread else {day for day in days if day.year < _FARTHEST_YEAR}
        fitting = [day for day in likely if earliest <= day <= latest]
        if len(fitting) == 1 and (unread or len(likely) == 1):
            found.append((Span(*match.span()), fitting[0]))
    return found


def _candidates(signs: list[str], unread: int) -> Iterator[list[str]]:
    """The three numbers with what does not fit replaced in every way."""
    day, month, year = signs
    if unread:
        if len(year) == 4:
            yield from _filled([day, month, year])
        return
    for place, number in enumerate(signs):
        for at in range(len(number)):
            for digit in _DIGITS:
                yield _with(signs, place, number[:at] + digit + number[at + 1 :])
    for at in range(len(year)):
        yield [day, month, year[:at] + year[at + 1 :]]
    for at in range(len(year) + 1):
        for digit in _DIGITS:
            yield [day, month, year[:at] + digit + year[at:]]


def _look_alike(signs: list[str]) -> Iterator[list[str]]:
    """The three numbers with one digit as another that looks like it."""
    for place, number in enumerate(signs):
        for at, char in enumerate(number):
            for digit in _READ_FOR.get(char, ""):
                yield _with(signs, place, number[:at] + digit + number[at + 1 :])


def _filled(signs: list[str]) -> Iterator[list[str]]:
    for place, number in enumerate(signs):
        at = next((at for at, char in enumerate(number) if not char.isdigit()), None)
        if at is not None:
            for digit in _DIGITS:
                yield from _filled(_with(signs, place, number[:at] + digit + number[at + 1 :]))
            return
    yield signs


def _with(signs: list[str], place: int, number: str) -> list[str]:
    return [*signs[:place], number, *signs[place + 1 :]]


def _day(signs: list[str]) -> date | None:
    day, month, year = signs
    if len(year) != 4 or year[:2] not in ("19", "20"):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
