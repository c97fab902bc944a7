"""What reading yields: documents of pages of words.

Coordinates. Every box and quad lives in the *upright page*: the page as it arrived (a PDF page with its
`/Rotate`, or an image with its EXIF orientation applied), turned clockwise by `Page.rotation` (0, 90, 180 or
270 degrees) and changed in no other way. Units are fractions of the upright raster's width and height, 0..1,
origin top-left, x to the right, y down. Recognition works on its own copy, which may be cropped, warped,
deskewed and scaled; each word is mapped back before it enters a `Page`. `Word.quad` holds the four mapped
corners (clockwise from the word's own top-left), `Word.box` their hull.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from text.errors import ErrorNote

Rotation = Literal[0, 90, 180, 270]
Source = Literal["text_layer", "ocr", "mixed", "none"]
Grade = Literal["good", "usable", "poor", "unreadable"]
MarkKind = Literal["signature", "stamp", "handwriting"]


class Point(NamedTuple):
    x: float
    y: float


class Box(NamedTuple):
    """A rectangle in the upright page, fractions 0..1: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def area(self) -> float:
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def intersection(self, other: Box) -> float:
        """Area of the common part."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return max(0.0, width) * max(0.0, height)

    def iou(self, other: Box) -> float:
        common = self.intersection(other)
        whole = self.area + other.area - common
        return common / whole if whole > 0 else 0.0


class Quad(NamedTuple):
    """Four corners of a word in the upright page, clockwise from the word's own top-left."""

    a: Point
    b: Point
    c: Point
    d: Point

    @property
    def hull(self) -> Box:
        xs = (self.a.x, self.b.x, self.c.x, self.d.x)
        ys = (self.a.y, self.b.y, self.c.y, self.d.y)
        return Box(min(xs), min(ys), max(xs), max(ys))

    @classmethod
    def of(cls, box: Box) -> Quad:
        return cls(Point(box.x0, box.y0), Point(box.x1, box.y0), Point(box.x1, box.y1), Point(box.x0, box.y1))


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """Two readers differ: `other` is what the second `reader` saw."""

    other: str
    reader: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """`confidence` 0..1; `line` is the index of its line in `Page.lines`."""

    text: str
    box: Box
    quad: Quad
    confidence: float
    doubt: Doubt | None = None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """`words` = first and last index into `Page.words`, both inclusive; `block` numbers the layout block."""

    text: str
    box: Box
    words: tuple[int, int]
    block: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    text: str
    box: Box


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    box: Box
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A signature, stamp or handwriting found on the page's raster; `confidence` 0..1."""

    kind: MarkKind
    box: Box
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Engine:
    """Which recogniser read the page; `data` names the language data and its version."""

    name: str
    version: str
    data: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page. `number` from 1; `width`, `height` are pixels of the upright raster.

    `text` is the lines in reading order joined by a newline, line ends and hyphens as printed.
    A page that failed has `error` set, `source` "none", grade "unreadable" and no words.
    """

    number: int
    width: int
    height: int
    rotation: Rotation = 0
    source: Source
    source_reason: str
    grade: Grade
    grade_reason: str | None = None
    recipe: str | None = None
    engine: Engine | None = None
    text: str
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    error: ErrorNote | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One document of a package. `id` = SHA-256 of its bytes; `copy_of` = index of an identical earlier document."""

    id: str
    path: str
    name: str
    copy_of: int | None = None
    media_type: str | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    error: ErrorNote | None = None
    pages: tuple[Page, ...] = ()
