"""`kazus read`: files to pages of words. Needs no data directory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import click

from kazus.cli.context import Language, invocation_of
from kazus.errors import BadPageRange, PathNotFound
from ocr.document import Document, Page

SCHEMA = "kazus.read/1"


@click.command("read")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--pages", metavar="1-3", help="Only these pages of each document.")
@click.option(
    "--text-layer",
    type=click.Choice(["auto", "trust", "ignore"]),
    default="auto",
    show_default=True,
    help="Judge each page's text layer, take it as it is, or recognise every page.",
)
@click.option("--recipe", metavar="NAME", help="Preprocessing recipe (KAZUS_RECIPE).")
@click.option("--workers", type=click.IntRange(0, 256), metavar="N", help="Page-reading processes; 0: one a core.")
@click.option("--text", "text_out", type=click.Path(path_type=Path), metavar="OUT", help="Also write plain text here.")
def command(
    paths: tuple[Path, ...],
    pages: str | None,
    text_layer: Literal["auto", "trust", "ignore"],
    recipe: str | None,
    workers: int | None,
    text_out: Path | None,
    **options: Any,
) -> int:
    """Read files: text layer or OCR page by page, words with boxes, signature and stamp marks, page grades.

    PATH is a file, a folder or a ZIP: PDF, JPEG, PNG, TIFF or TXT. Nothing is stored. A file that cannot be read is
    reported with a code and a remedy while the others go on; the exit code is then 1.
    """
    from kazus.assembly import read_options
    from kazus.cli.output import Answers, element
    from kazus.cli.progress_lines import PageLines
    from ocr.reading import read_each

    invocation = invocation_of(options)
    settings = invocation.settings()
    language: Language = settings.lang
    for path in paths:
        if not path.exists():
            raise PathNotFound(path=path)
    reading = read_options(settings, pages=_page_range(pages), text_layer=text_layer, recipe=recipe, workers=workers)
    lines = PageLines(invocation=invocation, language=language)
    answers = Answers(invocation, SCHEMA)
    found: list[Document] = []
    for document in read_each(paths, reading, on_page=lines.read):
        found.append(document)
        if invocation.machine_output:
            answers.add(element(SCHEMA, document))
        else:
            click.echo("\n".join(_document_lines(document, language)))
    answers.close()
    if text_out is not None:
        _write_text(text_out, found)
    return 1 if any(_failed(document) for document in found) else 0


def _failed(document: Document) -> bool:
    return document.error is not None or any(page.error is not None for page in document.pages)


def _page_range(value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", value)
    if match is None:
        raise BadPageRange(value=value)
    first = int(match[1])
    last = int(match[2] or first)
    if not 1 <= first <= last:
        raise BadPageRange(value=value)
    return first, last


def _document_lines(document: Document, language: Language) -> Iterator[str]:
    yield click.style(f"{document.path} · {document.media_type or '?'} · {document.id[:12]}", bold=True)
    if document.copy_of is not None:
        copy = {"ru": "повтор документа № {}", "en": "copy of document no. {}"}[language]
        yield "  " + copy.format(document.copy_of + 1)
        return
    if document.error is not None:
        yield click.style(f"  {document.error.message}", fg="red")
        yield f"  {document.error.remedy} [{document.error.code}]"
    for page in document.pages:
        yield _page_head(page, language)
        if page.error is not None:
            yield click.style(f"    {page.error.message} {page.error.remedy} [{page.error.code}]", fg="red")
        for line in page.text.splitlines():
            yield f"    {line}"


def _page_head(page: Page, language: Language) -> str:
    from kazus.cli.labels import label

    marks = ", ".join(f"{mark.kind} {mark.confidence:.2f}" for mark in page.marks)
    doubts = sum(word.doubt is not None for word in page.words)
    parts = [
        f"  {'с.' if language == 'ru' else 'p.'} {page.number}",
        f"{label('source', page.source, language)} ({page.source_reason})",
        label("grade", page.grade, language) + (f" ({page.grade_reason})" if page.grade_reason else ""),
    ]
    if page.rotation:
        parts.append(f"↻ {page.rotation}°")
    if doubts:
        parts.append(f"{'сомнений' if language == 'ru' else 'doubts'}: {doubts}")
    if marks:
        parts.append(marks)
    return click.style(" · ".join(parts), dim=True)


def _write_text(target: Path, documents: list[Document]) -> None:
    """One file for one document, else a folder with a file a document."""
    if len(documents) == 1:
        target.write_text(_plain(documents[0]), encoding="utf-8")
        return
    target.mkdir(parents=True, exist_ok=True)
    for number, document in enumerate(documents, start=1):
        (target / f"{number:03d}-{document.name}.txt").write_text(_plain(document), encoding="utf-8")


def _plain(document: Document) -> str:
    return "\f".join(page.text for page in document.pages) + "\n"
