"""`kazus intake`: a package of scans in, a report with evidence out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from pydantic import TypeAdapter, ValidationError

from kazus.cli.context import Invocation, Language, invocation_of
from kazus.errors import ManifestUnreadable, PathNotFound

if TYPE_CHECKING:
    from cases.service import IntakeOptions, IntakeResult, ReadingService
    from intake.package import CoverSheet
    from kazus.cli.output import Answers
    from kazus.settings import Settings

SCHEMA = "kazus.intake/1"
Channel = Literal["electronic", "paper"]
_INTERRUPTED: dict[Language, tuple[str, str]] = {
    "ru": (
        "Прерываю… Прочитанные страницы сохранены: повторите команду, и она продолжит с этого места.",
        "Прерываю… С --no-keep прочитанное не сохраняется.",
    ),
    "en": (
        "Stopping… Pages read so far are kept: the same command again goes on from here.",
        "Stopping… With --no-keep nothing that was read is kept.",
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ManifestRow:
    """A row of `--manifest`: other keys, gold labels among them, are ignored."""

    id: str
    path: str
    filed: date | None = None
    channel: Channel | None = None
    sender: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """One package to examine: its id for the answer, its files, its cover sheet."""

    id: str
    paths: tuple[Path, ...]
    cover: CoverSheet


@click.command("intake")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--each", is_flag=True, help="Every sub-folder (or file) of PATH is a package of its own.")
@click.option("--manifest", type=click.Path(path_type=Path), metavar="FILE.jsonl", help="One package a row.")
@click.option("--filed", type=click.DateTime(["%Y-%m-%d", "%d.%m.%Y"]), help="Day of filing; else the day of receipt.")
@click.option("--channel", type=click.Choice(["electronic", "paper"]), help="How the appeal was filed.")
@click.option("--keep/--no-keep", default=True, show_default=True, help="Keep originals, pages and the report.")
@click.option(
    "--similar", type=click.IntRange(0, 50), default=5, show_default=True, metavar="N", help="Past decisions shown."
)
@click.option("--workers", type=click.IntRange(0, 256), metavar="N", help="Page-reading processes; 0: one a core.")
def command(
    paths: tuple[Path, ...],
    each: bool,
    manifest: Path | None,
    filed: datetime | None,
    channel: Channel | None,
    keep: bool,
    similar: int,
    workers: int | None,
    **options: Any,
) -> int:
    """Read a package (folder, PDF, images, ZIP) and say for every admissibility criterion: met, not met or cannot
    tell, with the evidence on the page, the deadline and a proposed outcome.

    All PATHs are one package, unless --each or --manifest says otherwise. A manifest row is a JSON object with id,
    path (relative to the manifest), filed, channel and sender; the last three may be null. The same command again
    resumes an interrupted run, or prints the stored report.
    """
    invocation = invocation_of(options)
    if bool(paths) == (manifest is not None):
        raise click.UsageError("PATH… or --manifest / укажите PATH… или --manifest")
    settings = invocation.settings()
    if manifest is not None:
        orders = list(_manifest_orders(manifest, filed, channel))
    else:
        orders = list(_path_orders(paths, each, filed, channel))
    return _examine_all(orders, keep, similar, workers, invocation, settings)


def _path_orders(
    paths: tuple[Path, ...], each: bool, filed: datetime | None, channel: Channel | None
) -> Iterator[Order]:
    from intake.package import CoverSheet

    for path in paths:
        if not path.exists():
            raise PathNotFound(path=path)
    cover = CoverSheet(filed=filed.date() if filed else None, channel=channel)
    if not each:
        yield Order(id=paths[0].resolve().name, paths=paths, cover=cover)
        return
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        for package in inside:
            if not package.name.startswith("."):
                yield Order(id=package.name, paths=(package,), cover=cover)


def _manifest_orders(manifest: Path, filed: datetime | None, channel: Channel | None) -> Iterator[Order]:
    """Orders of a manifest; what a row leaves open is taken from the command's own options."""
    from intake.package import CoverSheet

    if not manifest.is_file():
        raise PathNotFound(path=manifest)
    adapter = TypeAdapter(ManifestRow)
    for number, line in enumerate(manifest.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = adapter.validate_python(json.loads(line), strict=False)
        except (json.JSONDecodeError, ValidationError) as error:
            problem = error.msg if isinstance(error, json.JSONDecodeError) else error.errors()[0]["msg"]
            raise ManifestUnreadable(line=number, problem=problem) from error
        cover = CoverSheet(
            filed=row.filed or (filed.date() if filed else None),
            channel=row.channel or channel,
            sender=row.sender,
        )
        yield Order(id=row.id, paths=(manifest.parent / row.path,), cover=cover)


def _examine_all(
    orders: list[Order],
    keep: bool,
    similar: int,
    workers: int | None,
    invocation: Invocation,
    settings: Settings,
) -> int:
    from cases.service import IntakeOptions, open_to_read, open_to_write
    from kazus.assembly import read_options
    from kazus.cli.interruption import said_when_interrupted
    from kazus.cli.output import Answers
    from kazus.examining import machinery

    how = IntakeOptions(read=read_options(settings, workers=workers), timezone=settings.timezone)
    answers = Answers(invocation, SCHEMA)
    failed = False
    keeping = partial(open_to_write, wait=settings.wait, command="kazus intake")
    asked = machinery(settings, similar=similar, owns=keep, remark=invocation.remark)
    with (
        said_when_interrupted(_INTERRUPTED[settings.lang][0 if keep else 1]),
        asked as parts,
        (keeping if keep else open_to_read)(settings.data_dir, machinery=parts) as service,
    ):
        for order in orders:
            failed |= _examine_one(service, order, keep, how, answers, invocation, settings.lang)
    answers.close()
    return 1 if failed else 0


def _examine_one(
    service: ReadingService,
    order: Order,
    keep: bool,
    how: IntakeOptions,
    answers: Answers,
    invocation: Invocation,
    language: Language,
) -> bool:
    """Examine and print one package; True when something of it could not be read."""
    from cases.package_report import PackageReport
    from cases.service import WritingService
    from kazus.cli.context import fail
    from kazus.cli.output import failed_element, intake_element
    from kazus.cli.progress_lines import PageLines
    from ocr.errors import FolderEmpty
    from store.errors import JobFailed

    lines = PageLines(invocation=invocation, language=language)
    try:
        missing = next((path for path in order.paths if not path.exists()), None)
        if missing is not None:
            raise PathNotFound(path=missing)
        if not any(_holds_a_file(path) for path in order.paths):
            raise FolderEmpty()
        if keep and isinstance(service, WritingService):
            result = service.intake_package(order.paths, order.cover, how, lines.intake)
        else:
            result = service.examine_package(order.paths, order.cover, how, lines.intake)
    except (PathNotFound, FolderEmpty, JobFailed) as error:  # one package's; the others go on
        if invocation.machine_output:
            answers.add(failed_element(SCHEMA, PackageReport, order.id, error, language))
        else:
            fail(error)
        return True
    if invocation.machine_output:
        answers.add(intake_element(result.report, id=order.id))
    else:
        _print_report(result, order.id, invocation, language)
    return result.has_failures


def _holds_a_file(path: Path) -> bool:
    return path.is_file() or any(entry.is_file() and not entry.name.startswith(".") for entry in path.rglob("*"))


def _print_report(result: IntakeResult, title: str, invocation: Invocation, language: Language) -> None:
    from intake.law.edition import criteria_on
    from kazus.cli.report_text import report_lines

    if result.from_store:
        invocation.remark({"ru": "Отчёт готов с прошлого раза.", "en": "The report is kept from before."}[language])
    named = {entry.id: entry.title_ru if language == "ru" else entry.title_en for entry in criteria_on(None)}
    click.echo("\n".join(report_lines(result.report, title, named, language)))
