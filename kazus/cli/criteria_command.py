"""`kazus criteria`: which rules are judged on a day, by what edition, and whether anyone has verified them."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import click

from intake.report import Severity
from kazus.cli.context import Language, invocation_of


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedCriterion:
    """One criterion's entry: `valid_to` None while it is in force; `verified`: checked against the statute."""

    id: str
    law: str
    title: str
    edition: str
    valid_from: date
    valid_to: date | None
    severity: Severity
    inputs: tuple[str, ...]
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CriteriaAnswer:
    items: tuple[ListedCriterion, ...]


@click.command("criteria")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="In force on this day; today by default.")
def command(on: datetime | None, **options: Any) -> int:
    """List the criteria in force on a day: reference, edition, severity, inputs, source, verified or not."""
    from zoneinfo import ZoneInfo

    from kazus.cli.labels import label
    from kazus.cli.output import answer as answered
    from kazus.cli.output import write

    invocation = invocation_of(options)
    settings = invocation.settings()
    day = on.date() if on else datetime.now(ZoneInfo(settings.timezone)).date()
    answer = CriteriaAnswer(items=listed_criteria(day, settings.lang))
    if invocation.machine_output:
        write(answered("kazus.criteria/1", answer))
        return 0
    unverified = {"ru": "не сверено", "en": "not verified"}[settings.lang]
    for item in answer.items:
        severity = label("severity", item.severity, settings.lang)
        note = "" if item.verified else f" · {unverified}"
        click.echo(click.style(f"{item.id}  {item.law}", bold=True) + f"  {item.title} · {severity}{note}")
        click.echo(textwrap.fill(item.source, 100, initial_indent="    ", subsequent_indent="    "))
    return 0


def listed_criteria(day: date, language: Language) -> tuple[ListedCriterion, ...]:
    """The criteria in force on `day`, titles in the language."""
    from intake.law.edition import criteria_on

    return tuple(
        ListedCriterion(
            id=entry.id,
            law=entry.law,
            title=entry.title_ru if language == "ru" else entry.title_en,
            edition=entry.edition,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            severity=entry.severity,
            inputs=tuple(entry.inputs),
            source=entry.source,
            verified=bool(entry.verified),
        )
        for entry in criteria_on(day)
    )
