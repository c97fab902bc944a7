"""Makers of documents for tests: plain text laid out as words on virtual pages."""

from __future__ import annotations

import hashlib

from ocr.document import Box, Document, Line, Page, Quad, Word

_LINE_HEIGHT = 0.018
_CHAR_WIDTH = 0.0105
_MARGIN = 0.05


def document_from_text(
    text: str, *, name: str = "document", path: str | None = None, confidence: float = 0.95, grade: str = "good"
) -> Document:
    """A document whose lines are those of `text`; a form feed begins a page, every word gets a box on a grid."""
    pages = tuple(_page(number, page, confidence, grade) for number, page in enumerate(text.split("\f"), start=1))
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest(),
        path=path or f"{name}.txt",
        name=name,
        media_type="text/plain",
        pages=pages,
    )


def _page(number: int, text: str, confidence: float, grade: str) -> Page:
    words: list[Word] = []
    lines: list[Line] = []
    printed = [line for line in text.split("\n") if line.strip()]
    for row, line in enumerate(printed):
        first = len(words)
        column = 0
        for piece in line.split():
            start = line.index(piece, column)
            column = start + len(piece)
            top = _MARGIN + row * _LINE_HEIGHT
            left = min(0.98, _MARGIN + start * _CHAR_WIDTH)
            box = Box(left, top, min(1.0, left + len(piece) * _CHAR_WIDTH), top + _LINE_HEIGHT * 0.8)
            words.append(Word(text=piece, box=box, quad=Quad.of(box), confidence=confidence, line=len(lines)))
        hull = words[first].box
        for word in words[first:]:
            hull = hull.union(word.box)
        shown = " ".join(word.text for word in words[first:])
        lines.append(Line(text=shown, box=hull, words=(first, len(words) - 1), block=0))
    return Page(
        number=number,
        width=1654,
        height=2339,
        source="ocr",
        source_reason="test",
        grade=grade,  # type: ignore[arg-type]
        text="\n".join(line.text for line in lines),
        words=tuple(words),
        lines=tuple(lines),
    )
