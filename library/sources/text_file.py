"""A whole decision in a file of its own: plain text, or whatever `ocr` reads (PDF, DOCX, scans)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from library.errors import FileEmpty, FileUnreadable
from library.sources.row import RowFields, SourceFault, SourceRow, identified


def text_rows(path: Path) -> Iterator[SourceRow | SourceFault]:
    """One row: the file's text; its name stands for an id where the decision bears no number."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        yield SourceFault(source=path.name, error=FileUnreadable(path=path, reason="не UTF-8 / not UTF-8"))
        return
    except OSError as error:
        yield SourceFault(source=path.name, error=FileUnreadable(path=path, reason=error.strerror))
        return
    yield _of_text(path, path.name, path.stem, text.replace("\r\n", "\n"))


def document_rows(path: Path) -> Iterator[SourceRow | SourceFault]:
    """The documents behind `path` (an archive has several), read by `ocr`; a page that failed fails its decision."""
    from ocr.options import ReadOptions
    from ocr.reading import read_all

    for document in read_all([path], ReadOptions()):
        note = document.error or next((page.error for page in document.pages if page.error is not None), None)
        if note is not None:
            yield SourceFault(source=document.path, error=FileUnreadable(path=document.path, reason=note.message))
            continue
        text = "\n".join(page.text for page in document.pages)
        yield _of_text(path, Path(document.path).name, document.name, text)


def _of_text(path: Path, source: str, name: str, text: str) -> SourceRow | SourceFault:
    if not text.strip():
        return SourceFault(source=source, error=FileEmpty(path=path))
    return identified(source, RowFields(text=text), name)
