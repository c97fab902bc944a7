from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.errors import CalendarYearMissing
from intake.law import add_period, calendar_year, load_law
from intake.law.periods import Unit
from intake.law.working_days import working_calendar

DAYS = st.dates(date(2022, 1, 1), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("start", "length", "unit", "last_day"),
    [
        (date(2026, 4, 27), 15, "working", date(2026, 5, 20)),
        (date(2025, 12, 11), 15, "working", date(2026, 1, 13)),
        (date(2026, 11, 24), 10, "working", date(2026, 12, 8)),  # signed 24.11, in force on the 9th
        (date(2026, 12, 9), 10, "working", date(2026, 12, 23)),
        (date(2026, 12, 9), 30, "calendar", date(2027, 1, 11)),  # 08.01 is a holiday, 09.01 and 10.01 a weekend
        (date(2026, 3, 6), 30, "calendar", date(2026, 4, 6)),  # 05.04 is a Sunday
        (date(2026, 5, 5), 30, "calendar", date(2026, 6, 4)),
        (date(2026, 2, 16), 15, "working", date(2026, 3, 11)),
        (date(2026, 4, 22), 20, "calendar_without_holidays", date(2026, 5, 14)),  # 1 and 9 May not counted, 11 May is
        (date(2022, 7, 11), 3, "year", date(2025, 7, 11)),
        (date(2024, 2, 29), 1, "year", date(2025, 2, 28)),
        (date(2025, 10, 31), 1, "working", date(2025, 11, 1)),  # a working Saturday
    ],
)
def test_terms_of_known_length(start: date, length: int, unit: Unit, last_day: date) -> None:
    assert add_period(start, length, unit).last_day == last_day


def test_a_period_tells_what_it_passed_over_and_why() -> None:
    period = add_period(date(2026, 3, 6), 30, "calendar")
    assert period.moved_from == date(2026, 4, 5)
    assert [(day.date, day.why) for day in period.skipped] == [(date(2026, 4, 5), "воскресенье")]
    assert "193" in period.rule
    may = add_period(date(2026, 4, 30), 5, "working")
    assert may.moved_from is None
    assert "193" not in may.rule
    assert {day.date: day.why for day in may.skipped} == {
        date(2026, 5, 1): "Праздник Весны и Труда",
        date(2026, 5, 2): "суббота",
        date(2026, 5, 3): "воскресенье",
    }
    assert "1466" in period.sources[0]


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(1, 150))
def test_a_working_term_ends_on_a_working_day_and_holds_exactly_its_length(start: date, length: int) -> None:
    calendar = working_calendar()
    period = add_period(start, length, "working")
    passed = [start + timedelta(days=n) for n in range(1, (period.last_day - start).days + 1)]
    assert sum(calendar.why_not_working(day) is None for day in passed) == length
    assert calendar.why_not_working(period.last_day) is None


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(1, 200))
def test_a_calendar_term_is_never_shortened_and_moves_only_over_days_off(start: date, length: int) -> None:
    calendar = working_calendar()
    period = add_period(start, length, "calendar")
    nominal = start + timedelta(days=length)
    assert period.last_day >= nominal
    assert calendar.why_not_working(period.last_day) is None
    between = [nominal + timedelta(days=n) for n in range((period.last_day - nominal).days)]
    assert [day.date for day in period.skipped] == between
    assert (period.moved_from is None) == (not between)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(1, 60), st.sampled_from(["working", "calendar", "calendar_without_holidays"]))
def test_a_longer_term_never_ends_earlier(start: date, length: int, unit: Unit) -> None:
    assert add_period(start, length, unit).last_day <= add_period(start, length + 1, unit).last_day


@pytest.mark.parametrize("year", range(2022, 2028))
def test_the_calendar_agrees_with_the_holidays_library(year: int) -> None:
    theirs = holidays.country_holidays("RU", years=year)
    calendar = working_calendar()
    day = date(year, 1, 1)
    while day.year == year:
        assert (calendar.why_not_working(day) is None) == theirs.is_working_day(day), day
        day += timedelta(days=1)


def test_a_year_counts_its_working_days() -> None:
    assert [calendar_year(year).working_days for year in range(2022, 2028)] == [247, 247, 248, 247, 247, 247]
    year = calendar_year(2025)
    assert sum(year.working_days_by_month) == year.working_days
    assert [day.date for day in year.working_weekends] == [date(2025, 11, 1)]
    assert "1335" in year.sources[0]
    assert not year.verified


def test_an_unknown_year_is_refused_by_name() -> None:
    with pytest.raises(CalendarYearMissing, match="2028"):
        add_period(date(2027, 12, 31), 1, "calendar")
    with pytest.raises(ValueError, match="at least one day"):
        add_period(date(2026, 1, 1), 0, "working")


def test_terms_speak_russian() -> None:
    law = load_law()
    on = date(2026, 1, 1)
    words = {term.id: term.words for term in law.terms}
    assert words["claim_reply_standard_form"] == "15 рабочих дней"
    assert words["limitation"] == "3 года"
    assert law.term("initial_application", on, "OSAGO") is not None
    assert law.term("initial_application", on, "KASKO") is None
    assert law.term("claim_reply", date(2019, 5, 31)) is None
