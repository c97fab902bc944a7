"""`kazus registry`: import a dated snapshot of the registry, find an organisation in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from intake.registry import Resolution
from kazus.cli.context import Language, invocation_of
from kazus.errors import PathNotFound

if TYPE_CHECKING:
    from intake.registry import Match


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundOrganisation:
    """`score` 0..1: 1 for an exact ИНН or name."""

    inn: str
    ogrn: str
    name: str
    kind: str
    services: tuple[str, ...]
    interaction_from: date
    licence_revoked: date | None
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class FindAnswer:
    matches: tuple[FoundOrganisation, ...]
    resolution: Resolution
    as_of: date


@click.group("registry")
def command() -> None:
    """The registry of financial organisations: dated snapshots, names resolved through misreadings."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day the snapshot speaks of.")
def import_(file: Path, as_of: datetime, **options: Any) -> int:
    """Import a snapshot: CSV with `;` and the columns name, short_name, inn, ogrn, kind, services,
    interaction_from, licence_revoked. A file with one wrong row is refused as a whole, with the row named."""
    from cases.service import open_to_write
    from kazus.cli.output import answer as answered
    from kazus.cli.output import write

    invocation = invocation_of(options)
    settings = invocation.settings()
    if not file.is_file():
        raise PathNotFound(path=file)
    with open_to_write(settings.data_dir, wait=settings.wait, command="kazus registry import") as service:
        imported = service.import_registry(file.read_bytes(), as_of.date())
    if invocation.machine_output:
        write(answered("kazus.registry.import/1", imported))
    else:
        text = {"ru": "Реестр на {day}: организаций {n}.", "en": "Registry as of {day}: {n} organisations."}
        click.echo(text[settings.lang].format(day=imported.as_of.strftime("%d.%m.%Y"), n=imported.organisations))
    return 0


@command.command("find")
@click.argument("name_or_inn", metavar="NAME|ИНН")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As the registry stood on this day.")
def find(name_or_inn: str, on: datetime | None, **options: Any) -> int:
    """Find an organisation by name (as people write it, misread letters and all) or by ИНН."""
    from cases.service import open_to_read
    from kazus.cli.output import answer as answered
    from kazus.cli.output import write

    invocation = invocation_of(options)
    settings = invocation.settings()
    with open_to_read(settings.data_dir) as service:
        found = service.find_organisation(name_or_inn, on.date() if on else None)
    matches = tuple(_found(match) for match in found.resolved.matches)
    answer = FindAnswer(matches=matches, resolution=found.resolved.resolution, as_of=found.as_of)
    if invocation.machine_output:
        write(answered("kazus.registry.find/1", answer))
    else:
        click.echo("\n".join(_lines(answer, settings.lang)))
    return 0


def _found(match: Match) -> FoundOrganisation:
    organisation = match.organisation
    return FoundOrganisation(
        inn=organisation.inn,
        ogrn=organisation.ogrn,
        name=organisation.name,
        kind=organisation.kind,
        services=organisation.services,
        interaction_from=organisation.interaction_from,
        licence_revoked=organisation.licence_revoked,
        score=match.score,
    )


_RESOLUTION = {
    "found": {"ru": "найдена", "en": "found"},
    "ambiguous": {"ru": "подходит несколько: уточните ИНН", "en": "several fit: give the ИНН"},
    "alike": {"ru": "похожа одна, но имя неполное: уточните ИНН", "en": "one is alike, not the same: give the ИНН"},
    "absent": {"ru": "в реестре нет", "en": "not in the registry"},
}


def _lines(answer: FindAnswer, language: Language) -> list[str]:
    day = answer.as_of.strftime("%d.%m.%Y")
    alike = answer.resolution == "ambiguous" and len(answer.matches) == 1
    heading = _RESOLUTION["alike" if alike else answer.resolution][language]
    lines = [f"{heading} ({'реестр на' if language == 'ru' else 'as of'} {day})"]
    for found in answer.matches:
        revoked = found.licence_revoked
        end = "" if revoked is None else f" · {'отозвана' if language == 'ru' else 'revoked'} {revoked:%d.%m.%Y}"
        lines.append(f"  {found.name} · ИНН {found.inn} · ОГРН {found.ogrn} · {', '.join(found.services)}{end}")
    return lines
