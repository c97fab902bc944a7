"""The papers of a package as this room reads them: type, words, sentences, dates and sums of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from intake.evidence import Quote
from intake.page_text import DocumentText
from intake.reading_facts.misread_dates import misread_dates
from intake.reading_facts.sentences import Sentences
from intake.reading_facts.words import Span, Words
from intake.report import TypedDocument
from ocr.document import Mark
from text.look_alikes import to_cyrillic
from text.values.contacts import find_contacts
from text.values.dates import find_dates
from text.values.money import find_sums

_MIXED_WORD = re.compile(r"[^\W_]{3,}")
_LETTER_OF_DIGIT = str.maketrans("0346", "озчб")
_BREAK = str.maketrans("\n\f", "  ")
_DAY_AND_MONTH = re.compile(r"(?<![\d.,/-])(\d{1,2})[.,](\d{2})(?!\d|[.,/-]\d|\s?(?:%|руб|р\b|тыс|млн|кв|м\b))")
_LIST_MARK = re.compile(r"(?m)^[ \t]*\d{1,2}[.)](?=[ \t]+\d{1,3}(?:[ \t]\d{3})+(?!\d))")  # «2. 14 000 р.»
_SIGNED_BELOW = re.compile(r"\s*\(\s*(?:подп|росп)[^)]*\)?\Z", re.IGNORECASE)
_HOUSE = re.compile(r"\d{1,3}-\d\d")  # «ш. Барыбина, 40-11» is no sum, «15 000-00» is
_YEARS_BACK, _AHEAD = 12, timedelta(days=730)  # as far as the events and terms of a dispute reach
_DAY_ALONE = re.compile(r"(?<!\d)(\d{1,2})-?(?:го|е)(?![а-я])")


@dataclass(frozen=True, kw_only=True, slots=True)
class DateAt:
    """A date in a paper; `guessed`: the year (or month) was taken from the dates around it, or one of its characters
    was misread."""

    start: int
    end: int
    value: date
    guessed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SumAt:
    start: int
    end: int
    value: Decimal
    marked: bool


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One paper of the package. `document` and pages as in `intake.facts.Paper`; `reference`: the day of filing."""

    document: int
    first_page: int
    last_page: int
    type: str
    certain: bool
    readable: bool
    text: DocumentText
    reference: date
    marks: tuple[tuple[int, Mark], ...] = field(default=())
    possible: tuple[str, ...] = ()  # the types it may be, by its probabilities

    @cached_property
    def words(self) -> Words:
        return Words(self.text)

    @cached_property
    def sentences(self) -> Sentences:
        return Sentences(self.words)

    @property
    def folded(self) -> str:
        return self.words.folded

    @cached_property
    def flat(self) -> str:
        """The text on one line, of the same length."""
        return self.text.text.translate(_BREAK)

    @cached_property
    def flat_folded(self) -> str:
        return self.folded.translate(_BREAK)

    @cached_property
    def spelled(self) -> str:
        """The text with Latin letters and digits inside Cyrillic words as the letters they look like; same length."""
        return _MIXED_WORD.sub(_as_cyrillic, self.text.text)

    @cached_property
    def dates(self) -> tuple[DateAt, ...]:
        found = _dates(self.flat, self.flat_folded, self.reference)
        taken = [(item.start, item.end) for item in found]
        latest = self.reference + _AHEAD
        for span, day in misread_dates(self.flat_folded, date(self.reference.year - _YEARS_BACK, 1, 1), latest):
            if not _overlaps(span, taken):
                found.append(DateAt(start=span.start, end=span.end, value=day, guessed=True))
        return tuple(sorted(found, key=lambda item: item.start))

    @cached_property
    def sums(self) -> tuple[SumAt, ...]:
        """Every sum, also numbers in groups of three without the word рубль."""
        numbers = [(item.start, item.end) for item in find_contacts(self.flat)]
        numbers += [(item.start, item.end) for item in self.dates if not item.guessed]
        unnumbered = _LIST_MARK.sub(lambda mark: " " * len(mark.group()), self.text.text).translate(_BREAK)
        return tuple(
            SumAt(start=s.start, end=_without_signature(self.flat, s.start, s.end), value=s.value, marked=s.marked)
            for s in find_sums(unnumbered, bare=True)
            if not _overlaps((s.start, s.end), numbers) and not _HOUSE.fullmatch(self.flat, s.start, s.end)
        )

    def dates_in(self, span: Span) -> tuple[DateAt, ...]:
        return tuple(item for item in self.dates if item.start >= span.start and item.end <= span.end)

    def sums_in(self, span: Span) -> tuple[SumAt, ...]:
        return tuple(item for item in self.sums if item.start >= span.start and item.end <= span.end)

    def quote(self, start: int, end: int) -> Quote | None:
        return self.text.quote(start, end)

    def quotes(self, *spans: Span | None) -> tuple[Quote, ...]:
        made = (self.text.quote(span.start, span.end) for span in spans if span is not None)
        return tuple(quote for quote in made if quote is not None)


def _without_signature(text: str, start: int, end: int) -> int:
    """«54 000 руб. (подпись)»: what stands in parentheses below the last sum is no sum in words."""
    signed = _SIGNED_BELOW.search(text[start:end])
    return end if signed is None else start + signed.start()


def sheets_of(texts: Sequence[DocumentText], typed: Sequence[TypedDocument], reference: date) -> tuple[Sheet, ...]:
    """One sheet a part of a document; copies of an earlier document and documents without words are left out."""
    sheets: list[Sheet] = []
    for text, kind in zip(texts, typed, strict=True):
        if kind.copy_of is not None or not text.text.strip():
            continue
        parts = kind.parts or ()
        pages = {page.number: page for page in text.document.pages}
        spans = [(part.type, part.first_page, part.last_page) for part in parts] or [
            (kind.type or "OTHER", text.first_page, text.last_page)
        ]
        for type_, first, last in spans:
            whole = (first, last) == (text.first_page, text.last_page)
            own = text if whole else DocumentText(text.index, text.document, first, last)
            sheets.append(
                Sheet(
                    document=text.index,
                    first_page=first,
                    last_page=last,
                    type=type_,
                    certain=not kind.type_abstained,
                    readable=all(pages[n].grade != "unreadable" for n in range(first, last + 1) if n in pages),
                    text=own,
                    reference=reference,
                    possible=kind.type_set,
                    marks=tuple((n, mark) for n in range(first, last + 1) if n in pages for mark in pages[n].marks),
                )
            )
    return tuple(sheets)


def _dates(text: str, folded: str, reference: date) -> list[DateAt]:
    """Complete dates, then «5 мая», «22.01» and «25-го» with what they lack taken from the complete ones before."""
    found = find_dates(text)
    complete = [item for item in found if item.value is not None]
    dates = [
        DateAt(start=item.start, end=item.end, value=item.value, guessed=False)
        for item in complete
        if item.value is not None
    ]
    partial = [(item.start, item.end, item.day, item.month) for item in found if item.value is None]
    taken = [(item.start, item.end) for item in found]
    for match in _DAY_AND_MONTH.finditer(folded):
        if not _overlaps(match.span(), taken) and 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12:
            near = _nearest(dates, match.start(), 60)
            if near is not None:
                partial.append((match.start(), match.end(), int(match[1]), int(match[2])))
    for start, end, day, month in partial:
        value = _with_year(day, month, _nearest(dates, start, 200), reference)
        if value is not None:
            dates.append(DateAt(start=start, end=end, value=value, guessed=True))
    for match in _DAY_ALONE.finditer(folded):
        near = _nearest(dates, match.start(), 40)
        if near is None or _overlaps(match.span(), taken) or not 1 <= int(match[1]) <= 31:
            continue
        value = _valid(near.year, near.month, int(match[1]))
        if value is not None and value >= near:
            dates.append(DateAt(start=match.start(), end=match.end(), value=value, guessed=True))
    return sorted(dates, key=lambda item: item.start)


def _as_cyrillic(match: re.Match[str]) -> str:
    word = match.group()
    cyrillic = to_cyrillic(word)
    own = sum("а" <= char <= "я" or char == "ё" for char in word.lower())
    if own * 2 <= len(word) or (cyrillic == word and not any(char.isdigit() for char in word[1:])):
        return word
    if not any(char.isdigit() for char in cyrillic):
        return cyrillic
    letters = cyrillic.translate(_LETTER_OF_DIGIT)
    return letters.upper() if word.isupper() else letters


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and span[1] > start for start, end in taken)


def _nearest(dates: list[DateAt], start: int, reach: int) -> date | None:
    """The complete date that stands last before `start`, not further than `reach` characters."""
    before = [item for item in dates if item.end <= start and start - item.end <= reach and not item.guessed]
    return max(before, key=lambda item: item.end).value if before else None


def _with_year(day: int, month: int, near: date | None, reference: date) -> date | None:
    """The year of the date before it (or the next, across New Year); without one, the last such day before filing."""
    if near is not None and near.year >= reference.year - 4:
        same = _valid(near.year, month, day)
        if same is not None and near - timedelta(days=60) <= same <= reference:
            return same
        following = _valid(near.year + 1, month, day)
        if following is not None and following <= reference and same is not None and same < near:
            return following
    for year in (reference.year, reference.year - 1):
        value = _valid(year, month, day)
        if value is not None and value <= reference:
            return value
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
