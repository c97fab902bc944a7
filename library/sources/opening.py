"""Paths → rows: each file by its kind, a folder's files in natural order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from library.errors import FileUnreadable
from library.sources.docx_file import docx_rows
from library.sources.jsonl import jsonl_rows
from library.sources.row import SourceFault, SourceRow
from library.sources.text_file import document_rows, text_rows

_JSON_LINES = {".jsonl", ".ndjson"}
_TEXT = {".txt", ".md", ".text"}


def rows_of(paths: Iterable[Path]) -> Iterator[SourceRow | SourceFault]:
    """Every decision behind `paths`, one at a time."""
    for path in paths:
        if path.is_dir():
            yield from rows_of(sorted(inside for inside in path.iterdir() if not inside.name.startswith(".")))
        elif not path.exists():
            yield SourceFault(
                source=str(path), error=FileUnreadable(path=path, reason="нет такого файла / no such file")
            )
        elif path.suffix.lower() in _JSON_LINES:
            yield from jsonl_rows(path)
        elif path.suffix.lower() in _TEXT:
            yield from text_rows(path)
        elif path.suffix.lower() == ".docx":
            yield from docx_rows(path)
        else:
            yield from document_rows(path)
