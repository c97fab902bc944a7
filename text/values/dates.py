"""Dates as they stand in Russian papers: digits, month names, words, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Levenshtein

from text.look_alikes import digit_view, word_view
from text.normalise import fold
from text.words import ordinal

DateForm = Literal["numeric", "month_name", "words"]

_MONTHS = (
    ("января", "январь"), ("февраля", "февраль"), ("марта", "март"), ("апреля", "апрель"), ("мая", "май"),
    ("июня", "июнь"), ("июля", "июль"), ("августа", "август"), ("сентября", "сентябрь"), ("октября", "октябрь"),
    ("ноября", "ноябрь"), ("декабря", "декабрь"),
)  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_ABBREVIATED = {"янв": 1, "фев": 2, "февр": 2, "мар": 3, "апр": 4, "авг": 8, "сен": 9, "сент": 9, "окт": 10,
                "ноя": 11, "нояб": 11, "дек": 12}  # fmt: skip
_ENGLISH = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
            "nov": 11, "dec": 12}  # fmt: skip

_NUMERIC = re.compile(
    r"(?<![\d.,/\-№])(?P<d>\d{1,2})(?P<gap> ?[.,/\-] ?| )(?P<m>\d{1,2})(?: ?[.,/\-] ?| )(?P<y>\d{4}|\d{2})"
    r"(?!\d|[.,/\-]\d)"
)
_ISO = re.compile(r"(?<![\d.,/\-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
_GLUED = re.compile(r"(?<![\d.,/\-])(?P<d>\d\d)\.?(?P<m>\d\d)\.?(?P<y>(?:19|20)\d\d)(?!\d|[.,/\-]\d)")
_NAMED = re.compile(
    r"(?<![\d.,])[\"'<_]{0,2}\s?(?P<d>\d{1,2})\s?(?:-?(?:го|ое))?[\"'>_]{0,2}[\s_]*(?P<month>[а-я]{3,9})\.?[\s_]*"
    r"(?P<y>(?:19|20)\s?\d\s?\d(?!\d)|\d\d(?=\s?(?:г\b|года|г\.)))?"
)
_ENGLISH_NAMED = re.compile(r"(?<!\d)(?P<d>\d{1,2}) (?P<month>[a-z]{3,9})\.? (?P<y>(?:19|20)\d\d)(?!\d)")
_IN_WORDS = re.compile(
    r"(?P<d>(?:двадцать |тридцать )?[а-я]{3,16}(?:ого|его|ое|ье))\s+(?P<month>[а-я]{3,8})"
    r"(?:\s+(?P<y>(?:две тысячи|тысяча девятьсот)(?:\s+[а-я]+){1,2}|двухтысячного))?(?=\s+год|\b)"
)
_RANGE_GAP = re.compile(r"\s?(?:г(?:\.|ода)?)?\s?(?:[-—–−]|по|до)\s?[\"(]?")
_FROM = re.compile(r"(?:\bс|\bот|\bco)\s+(?:\d\d\s?(?:ч\.?|час[а-я]*|:)\s?\d\d\s?(?:мин[а-я.]*)?\s*)?[\"«]?$")
_OLDEST, _NEWEST = 1900, 2099


@dataclass(frozen=True, kw_only=True, slots=True)
class DateValue:
    """text[start:end] is a date. `value` is None when the year is missing («5 мая»); `repaired`: letters as digits."""

    start: int
    end: int
    value: date | None
    day: int
    month: int
    year: int | None
    form: DateForm
    repaired: bool

    @property
    def complete(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class DateRange:
    """«с 05.04.2025 по 04.04.2026», «18.06.2025–17.06.2026»: two complete dates, in order."""

    start: int
    end: int
    first: date
    last: date


@lru_cache(maxsize=4096)
def _month(word: str) -> int | None:
    if word in _MONTH_OF:
        return _MONTH_OF[word]
    if word in _ABBREVIATED:
        return _ABBREVIATED[word]
    if len(word) < 4:
        return None
    # one letter wrong in a short name, two in a long one; two months equally near are no answer
    limit = 1 if len(word) < 7 else 2
    near = sorted(
        (Levenshtein.distance(word, name, score_cutoff=limit), number)
        for name, number in _MONTH_OF.items()
        if Levenshtein.distance(word, name, score_cutoff=limit) <= limit
    )
    if not near or len({number for distance, number in near if distance == near[0][0]}) > 1:
        return None
    return near[0][1]


def _valid(day: int, month: int, year: int) -> date | None:
    if not _OLDEST <= year <= _NEWEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(digits: str) -> int:
    digits = digits.replace(" ", "").replace("\n", "")
    if len(digits) == 4:
        return int(digits)
    short = int(digits)
    return 2000 + short if short <= 40 else 1900 + short


def _year_in_words(phrase: str | None) -> int | None:
    if phrase is None:
        return None
    words = phrase.split()
    if words[0].startswith("двухтысячн"):
        return 2000
    year = 2000 if words[0] == "две" else 1900
    tens = {"двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70,
            "восемьдесят": 80, "девяносто": 90}  # fmt: skip
    for word in words[2:]:
        part = tens.get(word) or ordinal(word)
        if part is None:
            break
        year += part
        if word not in tens:
            return year
    return None


def _numeric(view: str, text: str) -> Iterator[DateValue]:
    for pattern in (_NUMERIC, _ISO, _GLUED):
        for match in pattern.finditer(view):
            digits = match["y"]
            if len(digits) == 2 and (len(match["d"]) < 2 or len(match["m"]) < 2 or match["gap"].strip() not in ".,/"):
                continue
            if pattern is _NUMERIC and match["gap"] == " " and (len(digits) < 4 or digits[:2] not in ("19", "20")):
                continue  # «20 04 551902» is a passport, «11 200 30» are groups of a number
            value = _valid(int(match["d"]), int(match["m"]), _full_year(digits))
            if value is None:
                continue
            start, end = match.span()
            yield DateValue(
                start=start, end=end, value=value, day=value.day, month=value.month, year=value.year,
                form="numeric", repaired=view[start:end] != text[start:end],
            )  # fmt: skip


def _named(folded: str, text: str) -> Iterator[DateValue]:
    words = word_view(folded)
    for match in _NAMED.finditer(words):
        month = _month(match["month"])
        if month is None:
            continue
        day = int(match["d"])
        year = _full_year(match["y"]) if match["y"] else None
        exact = match["month"] in _MONTH_OF
        if year is None and not exact:
            continue
        if _valid(day, month, year or 2024) is None:
            continue
        start = match.start("d")
        end = match.end("y") if year is not None else match.end("month")
        opening = text[match.start() : start].strip()
        yield DateValue(
            start=match.start() + (len(text[match.start() : start]) - len(text[match.start() : start].lstrip()))
            if opening else start,
            end=end, value=_valid(day, month, year) if year else None, day=day, month=month, year=year,
            form="month_name", repaired=not exact or words[start:end] != folded[start:end]
            or folded[start:end] != fold(text[start:end]),
        )  # fmt: skip


def _english(view: str) -> Iterator[DateValue]:
    for match in _ENGLISH_NAMED.finditer(view.lower()):
        month = _ENGLISH.get(match["month"][:3])
        value = _valid(int(match["d"]), month, int(match["y"])) if month else None
        if value is not None:
            yield DateValue(
                start=match.start(), end=match.end(), value=value, day=value.day, month=value.month, year=value.year,
                form="month_name", repaired=False,
            )  # fmt: skip


def _in_words(folded: str) -> Iterator[DateValue]:
    for match in _IN_WORDS.finditer(folded):
        month = _month(match["month"])
        parts = match["d"].split()
        last = ordinal(parts[-1])
        if month is None or last is None:
            continue
        day = last + (20 if parts[0] == "двадцать" and len(parts) > 1 else 30 if len(parts) > 1 else 0)
        year = _year_in_words(match["y"])
        if _valid(day, month, year or 2024) is None:
            continue
        yield DateValue(
            start=match.start(), end=match.end("y") if year else match.end("month"),
            value=_valid(day, month, year) if year else None, day=day, month=month, year=year, form="words",
            repaired=False,
        )  # fmt: skip


def find_dates(text: str) -> list[DateValue]:
    """Every date of `text` in order, overlapping readings dropped in favour of complete and longer ones.

    Knows 12.03.2025, 12/03/2025, 12.03.25, 2025-03-12, «12» марта 2025 г., 12 марта (incomplete), двадцатое мая
    две тысячи двадцать пятого года; digits read as letters (2l.О1.2О22) and one or two wrong letters in a month.
    Impossible days are no dates. A two-digit year up to 40 is of this century.
    """
    view = digit_view(text)
    folded = fold(view)
    found = [*_numeric(view, text), *_named(folded, text), *_english(view), *_in_words(fold(text))]
    found.sort(key=lambda item: (not item.complete, -(item.end - item.start), item.start))
    kept: list[DateValue] = []
    for item in found:
        if all(item.end <= other.start or item.start >= other.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)


def find_date_ranges(text: str) -> list[DateRange]:
    """Pairs of complete dates joined by a dash or «по», the first not after the second."""
    dates = [item for item in find_dates(text) if item.value is not None]
    folded = fold(text)
    ranges = []
    for first, last in pairwise(dates):
        gap = re.sub(r"\d\d\s?(?:ч\.?|час[а-я]*|:)\s?\d\d\s?(?:мин[а-я.]*)?", "", folded[first.end : last.start])
        joined = _RANGE_GAP.fullmatch(re.sub(r"\s+", " ", gap))
        if first.value and last.value and joined and first.value <= last.value:
            opening = _FROM.search(folded[: first.start])
            start = opening.start() if opening else first.start
            ranges.append(DateRange(start=start, end=last.end, first=first.value, last=last.value))
    return ranges
