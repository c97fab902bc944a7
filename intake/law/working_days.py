"""The working calendar: which days work, which do not, and why. Data: `calendar/*.toml`, one file a year."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from intake.errors import CalendarYearMissing

Day = date
"""A field named `date` hides the class of that name inside its own dataclass."""

_WEEKEND = {5: "суббота", 6: "воскресенье"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkedDay:
    """A day the calendar says something about: a holiday, a transferred day off, a working Saturday."""

    date: Day
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class YearCalendar:
    """One year: `working_days` in all and by month (January first), and every day that breaks the week's rhythm."""

    year: int
    working_days: int
    working_days_by_month: tuple[int, ...]
    holidays: tuple[MarkedDay, ...]
    days_off: tuple[MarkedDay, ...]
    working_weekends: tuple[MarkedDay, ...]
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingCalendar:
    """Holidays (ТК ст. 112), transferred days off and working Saturdays of the years `first`..`last`."""

    first: int
    last: int
    holidays: Mapping[date, str]
    days_off: Mapping[date, str]
    working_weekends: Mapping[date, str]
    decrees: Mapping[int, str]
    sources: Mapping[int, str]
    verified: Mapping[int, bool]

    def why_not_working(self, day: date) -> str | None:
        """Why `day` does not work, None when it does. Raises `CalendarYearMissing` outside the years known."""
        self._demand(day)
        if day in self.working_weekends:
            return None
        return self.holidays.get(day) or self.days_off.get(day) or _WEEKEND.get(day.weekday())

    def holiday(self, day: date) -> str | None:
        """The name of the non-working holiday `day` is; a transferred day off is none. Raises `CalendarYearMissing`."""
        self._demand(day)
        return self.holidays.get(day)

    def next_working(self, day: date) -> date:
        """`day` itself if it works, else the nearest working day after it."""
        while self.why_not_working(day) is not None:
            day += _DAY
        return day

    def _demand(self, day: date) -> None:
        if not self.first <= day.year <= self.last:
            raise CalendarYearMissing(year=day.year, first=self.first, last=self.last)


@cache
def working_calendar() -> WorkingCalendar:
    """The calendar shipped with Kazus."""
    folder = resources.files("intake.law") / "calendar"
    every_year = tomllib.loads((folder / "holidays.toml").read_text(encoding="utf-8"))
    years = sorted(
        (
            tomllib.loads(file.read_text(encoding="utf-8"))
            for file in folder.iterdir()
            if file.name.removesuffix(".toml").isdecimal()
        ),
        key=lambda data: int(data["year"]),
    )
    holidays: dict[date, str] = {}
    for data in years:
        for entry in every_year["holiday"]:
            holidays |= {date(data["year"], entry["month"], day): entry["name"] for day in entry["days"]}
    return WorkingCalendar(
        first=years[0]["year"],
        last=years[-1]["year"],
        holidays=holidays,
        days_off={entry["day"]: entry["why"] for data in years for entry in data.get("day_off", [])},
        working_weekends={entry["day"]: entry["why"] for data in years for entry in data.get("working", [])},
        decrees={data["year"]: data["decree"] for data in years},
        sources={data["year"]: data["source"] for data in years},
        verified={data["year"]: data["verified"] for data in years},
    )


def calendar_year(year: int) -> YearCalendar:
    """The working calendar of a year. Raises `CalendarYearMissing`."""
    calendar = working_calendar()
    months = [0] * 12
    day = date(year, 1, 1)
    while day.year == year:
        months[day.month - 1] += calendar.why_not_working(day) is None
        day += _DAY

    def marked(days: Mapping[date, str]) -> tuple[MarkedDay, ...]:
        return tuple(MarkedDay(date=day, why=why) for day, why in sorted(days.items()) if day.year == year)

    return YearCalendar(
        year=year,
        working_days=sum(months),
        working_days_by_month=tuple(months),
        holidays=marked(calendar.holidays),
        days_off=marked(calendar.days_off),
        working_weekends=marked(calendar.working_weekends),
        sources=(calendar.decrees[year], calendar.sources[year]),
        verified=calendar.verified[year],
    )
