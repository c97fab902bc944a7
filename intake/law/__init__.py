"""The law as dated data, its calendar and its terms."""

from intake.law.edition import Criterion, Law, criteria_on, load_law
from intake.law.periods import Period, Unit, add_period
from intake.law.working_days import MarkedDay, YearCalendar, calendar_year

__all__ = [
    "Criterion",
    "Law",
    "MarkedDay",
    "Period",
    "Unit",
    "YearCalendar",
    "add_period",
    "calendar_year",
    "criteria_on",
    "load_law",
]
