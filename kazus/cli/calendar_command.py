"""`kazus calendar`: the last day of a period by the law's rules, and a year's working days."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import click

from kazus.cli.context import Language, invocation_of


@click.group("calendar")
def command() -> None:
    """Periods and working days by the law's rules, with the source of every moved day."""


@command.command("add")
@click.argument("start", type=click.DateTime(["%Y-%m-%d", "%d.%m.%Y"]), metavar="DATE")
@click.argument("length", type=click.IntRange(1, 3660), metavar="N")
@click.option(
    "--unit", type=click.Choice(["working", "calendar"]), default="working", show_default=True, help="Kind of days."
)
def add(start: datetime, length: int, unit: Literal["working", "calendar"], **options: Any) -> int:
    """The last day of a period of N days that begins the day after DATE (ст. 191, 193 ГК РФ)."""
    from intake.law.periods import add_period
    from kazus.cli.output import answer as answered
    from kazus.cli.output import write

    invocation = invocation_of(options)
    settings = invocation.settings()
    answer = add_period(start.date(), length, unit)
    if invocation.machine_output:
        write(answered("kazus.calendar.add/1", answer))
        return 0
    click.echo(f"{answer.last_day:%d.%m.%Y} ({_WEEKDAY[settings.lang][answer.last_day.weekday()]})")
    if answer.moved_from is not None:
        moved = {"ru": "перенесено с", "en": "moved from"}[settings.lang]
        click.echo(f"  {moved} {answer.moved_from:%d.%m.%Y}")
    click.echo(f"  {answer.rule}")
    for skipped in answer.skipped:
        click.echo(f"  – {skipped.date:%d.%m.%Y} {skipped.why}")
    return 0


_WEEKDAY: dict[Language, tuple[str, ...]] = {
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


@command.command("year")
@click.argument("year", type=click.IntRange(1992, 2100), metavar="YYYY")
def year(year: int, **options: Any) -> int:
    """A year's days off and working weekends, with the decrees they rest on."""
    from intake.law.working_days import calendar_year
    from kazus.cli.output import answer as answered
    from kazus.cli.output import write

    invocation = invocation_of(options)
    settings = invocation.settings()
    answer = calendar_year(year)
    if invocation.machine_output:
        write(answered("kazus.calendar.year/1", answer))
        return 0
    total = {"ru": "рабочих дней", "en": "working days"}[settings.lang]
    click.echo(f"{answer.year}: {total} {answer.working_days}")
    for day in (*answer.holidays, *answer.days_off):
        click.echo(f"  – {day.date:%d.%m.%Y} {_WEEKDAY[settings.lang][day.date.weekday()]} {day.why}")
    for day in answer.working_weekends:
        click.echo(f"  + {day.date:%d.%m.%Y} {_WEEKDAY[settings.lang][day.date.weekday()]} {day.why}")
    for source in answer.sources:
        click.echo(f"  {source}")
    return 0
