"""`kazus library search` and `kazus library similar`: the two roads to a decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from kazus.cli.context import Invocation, Language, fail, invocation_of
from kazus.cli.library_filters import filter_options, query_rows, taken_filters
from kazus.cli.progress_lines import duration

if TYPE_CHECKING:
    from search.errors import QueryError
    from search.filters import Filters
    from search.hit import Found
    from search.query import Likeness, Query, Sort

SEARCH_SCHEMA = "kazus.library.search/1"
SIMILAR_SCHEMA = "kazus.library.similar/1"
_QUERIES = click.option(
    "--queries",
    type=click.Path(path_type=Path),
    metavar="FILE.jsonl",
    help="Rows {id, text, filters}: one answer each.",
)
_TOP = click.option("--top", type=click.IntRange(1), default=10, show_default=True, metavar="N", help="Answers shown.")


@click.command("search")
@click.argument("query", required=False, metavar="QUERY")
@_QUERIES
@filter_options
@_TOP
@click.option("--cursor", metavar="C", help="The next page: the cursor of the page before.")
@click.option("--sort", type=click.Choice(["relevance", "date", "amount"]), default="relevance", show_default=True)
def search(query: str | None, queries: Path | None, top: int, cursor: str | None, sort: Sort, **options: Any) -> int:
    """Find decisions by an officer's words: a subject, a norm («ст. 12 40-ФЗ»), a phrase in quotes.

    Each hit shows how the case ended, the passage that matches and why it was found.
    """
    filters = taken_filters(options)
    invocation = invocation_of(options)
    asked = _asked(query, queries, filters, top)
    if cursor is not None and queries is not None:
        raise click.UsageError("--cursor belongs to one QUERY / --cursor относится к одному запросу")
    asked = [replace(one, cursor=cursor, sort=sort) for one in asked]
    return _answered(asked, invocation, SEARCH_SCHEMA, None)


@click.command("similar")
@click.argument("text", required=False, metavar="TEXT")
@click.option("--decision", metavar="ID", help="Like this decision (its id or number), itself left out.")
@_QUERIES
@filter_options
@_TOP
@click.option(
    "--by",
    type=click.Choice(["all", "facts", "norms", "text"]),
    default="all",
    show_default=True,
    help="What must be alike: everything, what happened, the norms, the wording.",
)
@click.option("--no-fold", is_flag=True, help="Show near-duplicates one by one.")
@click.option("--statistics", is_flag=True, help="How the similar decisions ended.")
def similar(
    text: str | None,
    decision: str | None,
    queries: Path | None,
    top: int,
    by: Likeness,
    no_fold: bool,
    statistics: bool,
    **options: Any,
) -> int:
    """Find the decisions most like a case: its text, or a decision of the library."""
    from library.service import HowSimilar

    filters = taken_filters(options)
    invocation = invocation_of(options)
    if decision is not None and (text is not None or queries is not None):
        raise click.UsageError("TEXT, --decision or --queries / укажите что-то одно")
    asked = [] if decision is not None else _asked(text, queries, filters, top)
    how = HowSimilar(likeness=by, fold=not no_fold, statistics=statistics)
    if decision is None:
        return _answered(asked, invocation, SIMILAR_SCHEMA, how)
    return _like_a_decision(decision, filters, top, how, invocation)


def _asked(text: str | None, queries: Path | None, filters: Filters, top: int) -> list[Query]:
    """The queries of a call; a row's own filters go before the call's."""
    from search.query import Query

    if (text is None) == (queries is None):
        raise click.UsageError("TEXT or --queries FILE.jsonl / укажите текст или --queries ФАЙЛ.jsonl")
    if text is not None:
        return [Query(id="query", text=text, filters=filters, top=top)]
    return [
        Query(id=row.id, text=row.text, filters=own or filters, top=top) for row, own in query_rows(cast(Path, queries))
    ]


def _like_a_decision(id_or_number: str, filters: Filters, top: int, how: Any, invocation: Invocation) -> int:
    from kazus.assembly import library_parts
    from library.service import open_to_read, query_text
    from search.query import Query

    settings = invocation.settings()
    with open_to_read(settings.data_dir, parts=library_parts(settings)) as library:
        stored = library.decision(id_or_number)
    id_ = stored.decision.id
    query = Query(id=id_, text=query_text(stored), filters=filters, top=top)
    return _answered([query], invocation, SIMILAR_SCHEMA, replace(how, exclude=(id_,)))


def _answered(queries: list[Query], invocation: Invocation, schema: str, how: Any) -> int:
    """Ask and print, one query at a time; `how` None: search, else what similar means."""
    import time

    from kazus.assembly import library_parts
    from kazus.cli.library_command import remarks
    from kazus.cli.library_text import found_lines
    from kazus.cli.output import Answers, element
    from library.service import open_to_read
    from search.errors import QueryError

    settings = invocation.settings()
    answers = Answers(invocation, schema)
    failed = False
    started = time.monotonic()
    parts = library_parts(settings, remarks(invocation, settings.lang))
    with open_to_read(settings.data_dir, parts=parts) as library:
        held = library.count()
        found: Iterator[Found | QueryError]
        found = library.find_each(queries) if how is None else library.similar_each(queries, how)
        for number, (query, answer) in enumerate(zip(queries, found, strict=True), start=1):
            if isinstance(answer, QueryError):
                failed = True
                _say_failure(answer, query, answers, schema, invocation, settings.lang)
            elif invocation.machine_output:
                answers.add(element(schema, answer, id=query.id) | {"error": None})
            else:
                if len(queries) > 1:
                    click.echo(click.style(f"\n══ {query.id}", bold=True))
                click.echo("\n".join(found_lines(answer, settings.lang, library=held)))
            if len(queries) > 1 and (number % 25 == 0 or number == len(queries)):
                seconds = time.monotonic() - started
                invocation.remark(
                    f"[{number}/{len(queries)}] {number / max(seconds, 1e-6):.1f}/s · {duration(seconds)}"
                )
    answers.close()
    return 1 if failed else 0


def _say_failure(
    error: QueryError, query: Query, answers: Any, schema: str, invocation: Invocation, language: Language
) -> None:
    from kazus.cli.output import failed_element
    from search.hit import Found

    if invocation.machine_output:
        answers.add(failed_element(schema, Found, query.id, error, language))
    else:
        fail(error)
