"""What a rendered page holds besides its pixels: every word's box, every mark, and where each came from.

Boxes are fractions of the *upright page* as `ocr.document` defines it: the page as it arrived, turned clockwise
by `RenderedPage.rotation` and changed in no other way. Offsets are characters of the source text, so a span
`{document, text, n}` of the packages' truth leads to boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ocr.document import Box, MarkKind, Rotation

Condition = Literal["clean", "scan", "fax", "photo", "stamped"]
Layout = Literal["letter", "form", "table", "policy", "certificate", "receipt", "statement"]
Raster = NDArray[np.uint8]

CONDITIONS: tuple[Condition, ...] = ("clean", "scan", "fax", "photo", "stamped")
LAYOUTS: tuple[Layout, ...] = ("letter", "form", "table", "policy", "certificate", "receipt", "statement")


@dataclass(frozen=True, kw_only=True, slots=True)
class TruthWord:
    """A printed word. `start`, `end`: its characters in the source text, None for print the source does not have
    (the label of a signature line)."""

    text: str
    box: Box
    line: int
    start: int | None
    end: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TruthMark:
    """A signature or stamp. `start`, `end`: the words of the source text it stands in place of, None if none."""

    kind: MarkKind
    box: Box
    start: int | None
    end: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderedPage:
    """`image`: grey (H, W) or BGR (H, W, 3) as it arrived; `rotation`: clockwise degrees that make it upright.

    `encoded` is the same image as a file holds it: a JPEG where `jpeg` is true, else nothing is lost and it is None.
    `text`: the printed lines in reading order joined by a newline, words by one space. `dpi`: dots of the arrived
    image an inch of paper.
    """

    image: Raster
    rotation: Rotation
    dpi: float
    jpeg: bytes | None
    words: tuple[TruthWord, ...]
    marks: tuple[TruthMark, ...]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PageTruth:
    """The truth of a page without its pixels, as it is stored beside the files."""

    width: int
    height: int
    rotation: Rotation
    words: tuple[TruthWord, ...]
    marks: tuple[TruthMark, ...]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentTruth:
    """`source`: the text the offsets of words and marks point into."""

    name: str
    file: str
    source: str
    signed: bool
    pages: tuple[PageTruth, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PackageTruth:
    id: str
    condition: Condition
    seed: int
    folder: Path
    documents: tuple[DocumentTruth, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SpanBoxes:
    """Where one span of the source lies: `page` counts from 1; boxes of words and of the marks that replace words."""

    page: int
    words: tuple[Box, ...]
    marks: tuple[Box, ...]


class SpanNotFound(LookupError):
    """The source text has no such occurrence of the span's text."""


def span_offsets(source: str, text: str, n: int) -> tuple[int, int]:
    """Characters of the `n`-th (from 0) occurrence of `text`; occurrences may overlap. Raises SpanNotFound."""
    at = -1
    for _ in range(n + 1):
        at = source.find(text, at + 1)
        if at < 0:
            raise SpanNotFound(text)
    return at, at + len(text)


def locate(document: DocumentTruth, text: str, n: int) -> tuple[SpanBoxes, ...]:
    """The boxes of a truth span, page by page. A mark answers for the words it was drawn instead of.

    Raises SpanNotFound when the source has fewer than `n` + 1 occurrences.
    """
    start, end = span_offsets(document.source, text, n)
    found = []
    for number, page in enumerate(document.pages, start=1):
        words = tuple(word.box for word in page.words if _touches(word.start, word.end, start, end))
        marks = tuple(mark.box for mark in page.marks if _touches(mark.start, mark.end, start, end))
        if words or marks:
            found.append(SpanBoxes(page=number, words=words, marks=marks))
    return tuple(found)


def _touches(start: int | None, end: int | None, first: int, last: int) -> bool:
    return start is not None and end is not None and start < last and end > first
