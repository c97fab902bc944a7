"""The text of a DOCX: a paragraph a line, table cells in order. What Word itself draws or numbers is not there."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from library.errors import FileUnreadable
from library.sources.row import RowFields, SourceFault, SourceRow, identified

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_LARGEST_BODY = 64 << 20
_CHARACTERS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}


def docx_rows(path: Path) -> Iterator[SourceRow | SourceFault]:
    """One row: the document's text."""
    try:
        text = docx_text(path)
    except (OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError, ValueError) as error:
        yield SourceFault(source=path.name, error=FileUnreadable(path=path, reason=error))
        return
    if text.strip():
        yield identified(path.name, RowFields(text=text), path.stem)
    else:
        yield SourceFault(source=path.name, error=FileUnreadable(path=path, reason="нет текста / no text"))


def docx_text(path: Path) -> str:
    """Paragraphs joined by line breaks. Raises OSError, BadZipFile, ParseError, KeyError, ValueError (too large)."""
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo(_BODY).file_size > _LARGEST_BODY:
            raise ValueError("document.xml > 64 MB")
        body = archive.read(_BODY)
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", body[:4096]):
        raise ValueError("DOCTYPE")  # Word writes none; one that is there can only be meant to do harm
    root = ElementTree.fromstring(body)
    return "\n".join(_paragraph(paragraph) for paragraph in root.iter(f"{_WORD}p"))


def _paragraph(paragraph: ElementTree.Element) -> str:
    pieces = []
    for node in (node for run in paragraph.iter(f"{_WORD}r") for node in run):  # a paragraph's tab stops are no tabs
        if node.tag == f"{_WORD}t":
            pieces.append(node.text or "")
        elif node.tag in _CHARACTERS:
            pieces.append(_CHARACTERS[node.tag])
    return "".join(pieces)
