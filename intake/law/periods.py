"""Terms: from the day of an event to the last day on which something is still in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from intake.law.working_days import MarkedDay, WorkingCalendar, working_calendar

Unit = Literal["working", "calendar", "calendar_without_holidays", "year"]

_DAY = timedelta(days=1)
_WhySkipped = Callable[[date], str | None]
_RULES: dict[Unit, str] = {
    "working": "рабочие дни считаются со следующего дня (ст. 191 ГК РФ)",
    "calendar": "календарные дни считаются со следующего дня (ст. 191 ГК РФ)",
    "calendar_without_holidays": (
        "календарные дни, кроме нерабочих праздничных, считаются со следующего дня (ст. 191 ГК РФ, ст. 112 ТК РФ)"
    ),
    "year": "срок в годах истекает в то же число последнего года (ст. 192 ГК РФ)",
}
_MOVED = "; последний день нерабочий, срок истекает в ближайший следующий рабочий день (ст. 193 ГК РФ)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A term that began the day after `start`. `last_day` is the last day in time; `moved_from` the day it would have
    been but for ГК 193; `skipped` the days not counted (working days, holidays) or passed over at the end.
    """

    start: date
    length: int
    unit: Unit
    last_day: date
    moved_from: date | None
    skipped: tuple[MarkedDay, ...]
    rule: str
    sources: tuple[str, ...]


def add_period(start: date, length: int, unit: Unit, calendar: WorkingCalendar | None = None) -> Period:
    """The term of `length` units after `start` (ГК 190–193; working Saturdays count as working days).

    Raises `CalendarYearMissing` when it needs a year whose calendar is not known, `ValueError` when length < 1.
    """
    if length < 1:
        raise ValueError("a term has at least one day")
    calendar = calendar or working_calendar()
    skipped: list[MarkedDay] = []
    moved_from: date | None = None
    if unit == "working":
        day = _counted(start, length, calendar.why_not_working, skipped)
    else:
        if unit == "calendar":
            day = start + length * _DAY
        elif unit == "year":
            day = same_day_of_year(start, start.year + length)
        else:
            day = _counted(start, length, calendar.holiday, skipped)
        if calendar.why_not_working(day) is not None:
            moved_from = day
            while (why := calendar.why_not_working(day)) is not None:
                skipped.append(MarkedDay(date=day, why=why))
                day += _DAY
    years = sorted({skip.date.year for skip in skipped} | {day.year})
    return Period(
        start=start,
        length=length,
        unit=unit,
        last_day=day,
        moved_from=moved_from,
        skipped=tuple(skipped),
        rule=_RULES[unit] + (_MOVED if moved_from else ""),
        sources=tuple(calendar.decrees[year] for year in years),
    )


def _counted(start: date, length: int, why_skipped: _WhySkipped, skipped: list[MarkedDay]) -> date:
    day = start
    counted = 0
    while counted < length:
        day += _DAY
        why = why_skipped(day)
        if why is None:
            counted += 1
        else:
            skipped.append(MarkedDay(date=day, why=why))
    return day


def same_day_of_year(day: date, year: int) -> date:
    """The same day of another year, 28 February for the 29th where there is none (ГК 192)."""
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February: the term ends on the last day of the month (ГК 192 ч. 3)
        return date(year, 2, 28)
