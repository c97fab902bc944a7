"""`kazus library`: decisions in, decisions found, and how they ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kazus.cli.context import Invocation, Language, invocation_of
from kazus.cli.library_filters import filter_options, taken_filters
from kazus.cli.library_search import search, similar
from kazus.errors import PathNotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from library.index import Progress
    from text.errors import CodedError


@click.group("library")
def command() -> None:
    """The library of decisions: import, search, similar cases, how they ended."""


command.add_command(search)
command.add_command(similar)


@command.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--anonymised", is_flag=True, help="The decisions hold no personal data: take them as they are.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported; write nothing.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Read at most N decisions.")
def import_(paths: tuple[Path, ...], anonymised: bool, dry_run: bool, limit: int | None, **options: Any) -> int:
    """Import decisions: JSONL (one a line), text files, PDF, DOCX, folders of them.

    Without --anonymised personal data is replaced first, and a decision that still shows some is not imported. The
    same command again goes on where it was cut off: nothing is stored twice. A broken line is named, the rest goes on.
    """
    from kazus.assembly import library_parts
    from kazus.cli.library_text import import_lines
    from kazus.cli.output import answer, write
    from library.import_decisions import ImportOptions
    from library.service import open_to_write

    invocation = invocation_of(options)
    settings = invocation.settings()
    for path in paths:
        if not path.exists():
            raise PathNotFound(path=path)
    how = ImportOptions(anonymised=anonymised, dry_run=dry_run, limit=limit, language=settings.lang)
    parts = library_parts(settings, remarks(invocation, settings.lang))
    with open_to_write(settings.data_dir, wait=settings.wait, command="kazus library import", parts=parts) as library:
        report = library.import_paths(paths, how, progress_lines(invocation, settings.lang))
    if invocation.machine_output:
        write(answer("kazus.library.import/1", report))
    else:
        click.echo("\n".join(import_lines(report, settings.lang, dry_run=dry_run)))
    return 1 if report.failed else 0


@command.command("stats")
@filter_options
def stats(**options: Any) -> int:
    """How the decisions that pass the filters ended: outcomes, the awarded part of what was claimed, by year."""
    from kazus.assembly import library_parts
    from kazus.cli.library_text import stats_lines
    from kazus.cli.output import answer, write
    from library.service import open_to_read

    filters = taken_filters(options)
    invocation = invocation_of(options)
    settings = invocation.settings()
    with open_to_read(settings.data_dir, parts=library_parts(settings)) as library:
        found = library.statistics(filters)
        held = library.count()
    if invocation.machine_output:
        write(answer("kazus.library.stats/1", found))
    else:
        click.echo("\n".join(stats_lines(found, settings.lang, library=held)))
    return 0


@command.command("reindex")
def reindex(**options: Any) -> int:
    """Make the search index anew from the database, with the sentence encoder if it is installed."""
    from kazus.assembly import library_parts
    from kazus.cli.library_text import check_lines
    from kazus.cli.output import answer, write
    from library.service import open_to_write

    invocation = invocation_of(options)
    settings = invocation.settings()
    parts = library_parts(settings, remarks(invocation, settings.lang))
    with open_to_write(settings.data_dir, wait=settings.wait, command="kazus library reindex", parts=parts) as library:
        report = library.reindex(progress_lines(invocation, settings.lang))
    if invocation.machine_output:
        write(answer("kazus.library.reindex/1", report))
    else:
        click.echo("\n".join(check_lines(report, settings.lang)))
    return 0 if report.agrees else 1


@command.command("check")
def check(**options: Any) -> int:
    """Compare the search index with the database, decision by decision."""
    from kazus.assembly import library_parts
    from kazus.cli.library_text import check_lines
    from kazus.cli.output import answer, write
    from library.service import open_to_read

    invocation = invocation_of(options)
    settings = invocation.settings()
    with open_to_read(settings.data_dir, parts=library_parts(settings)) as library:
        report = library.check()
    if invocation.machine_output:
        write(answer("kazus.library.check/1", report))
    else:
        click.echo("\n".join(check_lines(report, settings.lang)))
    return 0 if report.agrees else 1


@command.command("export")
def export(**options: Any) -> int:
    """Print every decision, one JSON object a line, as `library import --anonymised` takes it back.

    Only anonymised text is kept, so only that can be exported.
    """
    from kazus.assembly import library_parts
    from kazus.cli.output import Answers, element, write
    from library.service import open_to_read

    invocation = invocation_of(options)
    settings = invocation.settings()
    answers = Answers(invocation, "kazus.library.export/1")
    with open_to_read(settings.data_dir, parts=library_parts(settings)) as library:
        for decision in library.export():
            item = element("kazus.library.export/1", decision) | {"error": None}
            if invocation.as_json:
                answers.add(item)
            else:
                write(item)
    answers.close()
    return 0


@command.command("anonymise")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
def anonymise(paths: tuple[Path, ...], **options: Any) -> int:
    """Print decisions with personal data replaced: people become ФИО1, ФИО2 …, numbers the name of their kind.

    Needs no data directory and keeps nothing. Offsets of the JSON count characters of the text that came in.
    """
    from collections import Counter

    from kazus.cli.context import fail
    from kazus.cli.library_text import replaced_line
    from kazus.cli.output import Answers, element, failed_element
    from library.anonymise.pseudonyms import Anonymised, anonymise_text
    from library.sources import SourceFault, rows_of

    invocation = invocation_of(options)
    settings = invocation.settings()
    for path in paths:
        if not path.exists():
            raise PathNotFound(path=path)
    answers = Answers(invocation, "kazus.library.anonymise/1")
    failed = False
    for row in rows_of(paths):
        if isinstance(row, SourceFault):
            failed = True
            if invocation.machine_output:
                schema = "kazus.library.anonymise/1"
                answers.add(failed_element(schema, Anonymised, row.source, row.error, settings.lang))
            else:
                fail(row.error)
            continue
        hidden = anonymise_text(row.row.whole_text())
        if invocation.machine_output:
            answers.add(element("kazus.library.anonymise/1", hidden, id=row.id) | {"error": None})
        else:
            click.echo(hidden.text)
            counted = Counter(replacement.kind for replacement in hidden.replacements)
            invocation.remark(f"{row.source}: {replaced_line(dict(counted.most_common()), settings.lang)}")
    answers.close()
    return 1 if failed else 0


def remarks(invocation: Invocation, language: Language) -> Callable[[CodedError], None]:
    """Says what the library has to remark, with its remedy, on stderr."""

    def say(note: CodedError) -> None:
        invocation.remark(f"{note.message(language)} {note.remedy(language)} [{note.code}]")

    return say


def progress_lines(invocation: Invocation, language: Language) -> Callable[[Progress], None]:
    """A line a batch, on stderr."""
    names = {"store": {"ru": "прочитано", "en": "read"}, "index": {"ru": "в индексе", "en": "indexed"}}

    def say(progress: Progress) -> None:
        of = "" if progress.total is None else f"/{progress.total}"
        invocation.remark(f"{names[progress.stage][language]} {progress.done}{of}")

    return say
