"""The words of a PDF page's text layer, with boxes in the upright page.

PDFium gives characters in the order of the content stream, with the spaces and line ends it infers. Words are
parted at those and at wide gaps; a piece that stands right of the previous one on the same height continues its
line, so the cells of a table row stay one line.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from ocr.document import Box, Line, Quad, Rotation, Word
from ocr.formats.pdf import PdfPage

_LINE_END_HYPHENS = ("\x02", "\xad", "\ufffe")  # PDFium's marks for a hyphen that parts a word at a line's end
_WIDE_GAP = 1.5  # of the letter's height
_SAME_HEIGHT = 0.5  # of the lower of two pieces


@dataclass(frozen=True, kw_only=True, slots=True)
class LayerText:
    """`rotation` is the clockwise turn, after /Rotate, that sets most of the layer's letters upright; the boxes lie in
    the page so turned."""

    words: tuple[Word, ...]
    lines: tuple[Line, ...]
    rotation: Rotation


NO_LAYER_TEXT = LayerText(words=(), lines=(), rotation=0)


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    box: Box
    cell: Box  # the font's whole height, steady from letter to letter
    level: bool  # runs from left to right in the upright page, unlike the text of a stamp along a page's side


@dataclass(slots=True)
class _Piece:
    """A word being put together."""

    chars: list[_Char]
    starts_line: bool

    @property
    def cell(self) -> Box:
        hull = self.chars[0].cell
        for char in self.chars[1:]:
            hull = hull.union(char.cell)
        return hull

    @property
    def box(self) -> Box:
        hull = self.chars[0].box
        for char in self.chars[1:]:
            hull = hull.union(char.box)
        return hull


def layer_text(page: PdfPage) -> LayerText:
    """Words and lines of the layer, in the layer's order; confidence 1. No words when the page has no layer."""
    letters = _all_letters(page)
    directions = Counter(letter.direction for letter in letters if letter.tight is not None)
    if not directions:
        return NO_LAYER_TEXT
    main = _ROTATIONS[directions.most_common(1)[0][0] // 90]
    if main != page.turn:
        # PDFium puts lines in order by how the page is shown: shown sideways, it gives them from last to first.
        page.handle.set_rotation(main)
        letters = _all_letters(page)
        page.handle.set_rotation(page.turn)
    words, lines = _lines(_pieces(_chars(letters, main, page.handle.get_bbox())))
    return LayerText(words=words, lines=lines, rotation=_ROTATIONS[(main - page.turn) % 360 // 90])


def _all_letters(page: PdfPage) -> list[_Letter]:
    layer = page.handle.get_textpage()
    try:
        return list(_letters(layer))
    finally:
        layer.close()


def _lines(pieces: Iterable[_Piece]) -> tuple[tuple[Word, ...], tuple[Line, ...]]:
    rows: list[list[_Piece]] = []
    hull: Box | None = None
    for piece in pieces:
        cell = piece.cell
        if hull is not None and _continues(hull, cell, piece.starts_line):
            rows[-1].append(piece)
            hull = hull.union(cell)
        else:
            rows.append([piece])
            hull = cell
    words: list[Word] = []
    lines: list[Line] = []
    block = 0
    previous: Box | None = None
    for row in rows:
        first = len(words)
        for piece in row:
            text = unicodedata.normalize("NFC", "".join(char.text for char in piece.chars))
            box = _clamped(piece.box)
            words.append(Word(text=text, box=box, quad=Quad.of(box), confidence=1.0, line=len(lines)))
        box = words[first].box
        for word in words[first + 1 :]:
            box = box.union(word.box)
        if previous is not None and not 0 <= box.y0 - previous.y0 < 2.5 * max(1e-6, previous.y1 - previous.y0):
            block += 1
        previous = box
        text = " ".join(word.text for word in words[first:])
        lines.append(Line(text=text, box=box, words=(first, len(words) - 1), block=block))
    return tuple(words), tuple(lines)


def _continues(line: Box, cell: Box, starts_line: bool) -> bool:
    common = min(line.y1, cell.y1) - max(line.y0, cell.y0)
    height = max(1e-9, min(line.y1 - line.y0, cell.y1 - cell.y0))
    if common < _SAME_HEIGHT * height:
        return False
    return cell.x0 >= line.x1 - 0.5 * height if starts_line else cell.x1 > line.x0


def _pieces(chars: Iterable[_Char | None]) -> Iterator[_Piece]:
    current: list[_Char] = []
    starts_line = True
    for char in chars:
        if char is None or char.text.isspace():
            if current:
                yield _Piece(current, starts_line)
                current, starts_line = [], False
            if char is None:
                starts_line = True
            continue
        if current and _apart(current[-1], char):
            yield _Piece(current, starts_line)
            current, starts_line = [], True
        current.append(char)
    if current:
        yield _Piece(current, starts_line)


def _apart(before: _Char, after: _Char) -> bool:
    if before.level != after.level:
        return True
    if not before.level:
        return False
    height = max(before.cell.y1 - before.cell.y0, 1e-9)
    gap = after.cell.x0 - before.cell.x1
    common = min(before.cell.y1, after.cell.y1) - max(before.cell.y0, after.cell.y0)
    return gap > _WIDE_GAP * height or gap < -_WIDE_GAP * height or common <= 0


_Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character as PDFium tells it: rectangles in PDF space, none for spaces and line ends; `direction` is how far
    the text runs counter-clockwise from left-to-right, in whole quarter turns, degrees."""

    text: str
    tight: _Rectangle | None
    loose: _Rectangle | None
    direction: int


_ROTATIONS: tuple[Rotation, ...] = (0, 90, 180, 270)


def _letters(layer: pypdfium2.PdfTextPage) -> Iterator[_Letter]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    edges = pdfium.FS_RECTF()
    for index in range(layer.count_chars()):
        code = pdfium.FPDFText_GetUnicode(layer, index)
        text = "\ufffd" if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)
        if text.isspace():
            yield _Letter(text, None, None, 0)
            continue
        if text in _LINE_END_HYPHENS:
            text = "-"
        if not pdfium.FPDFText_GetCharBox(layer, index, left, right, bottom, top):
            continue
        tight = (left.value, bottom.value, right.value, top.value)
        loose = tight
        if pdfium.FPDFText_GetLooseCharBox(layer, index, edges):
            loose = (edges.left, edges.bottom, edges.right, edges.top)
        if tight[2] <= tight[0] or tight[3] <= tight[1]:
            tight = loose
        angle = pdfium.FPDFText_GetCharAngle(layer, index)  # radians clockwise, -1 when unknown
        direction = -round(math.degrees(angle) / 90) % 4 * 90 if angle >= 0 else 0
        yield _Letter(text, tight, loose, direction)


def _chars(letters: Iterable[_Letter], main: Rotation, bounds: _Rectangle) -> Iterator[_Char | None]:
    """Characters inside the page turned clockwise by `main` degrees; None stands for a line end."""
    for letter in letters:
        if letter.text in "\r\n":
            yield None
        elif letter.tight is None or letter.loose is None:
            yield _Char(letter.text, _NOWHERE, _NOWHERE, True)
        else:
            box = upright(letter.tight, bounds, main)
            if 0 <= (box.x0 + box.x1) / 2 <= 1 and 0 <= (box.y0 + box.y1) / 2 <= 1:
                yield _Char(letter.text, box, upright(letter.loose, bounds, main), letter.direction == main)


_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


def upright(rectangle: _Rectangle, bounds: _Rectangle, turn: Rotation) -> Box:
    """A rectangle of PDF space (left, bottom, right, top; y up) as a box of the page turned clockwise by `turn`."""
    left, bottom, right, top = bounds
    width, height = max(right - left, 1e-9), max(top - bottom, 1e-9)
    x0, x1 = (rectangle[0] - left) / width, (rectangle[2] - left) / width
    y0, y1 = (rectangle[1] - bottom) / height, (rectangle[3] - bottom) / height
    if turn == 90:
        return Box(y0, x0, y1, x1)
    if turn == 180:
        return Box(1 - x1, y0, 1 - x0, y1)
    if turn == 270:
        return Box(1 - y1, 1 - x1, 1 - y0, 1 - x0)
    return Box(x0, 1 - y1, x1, 1 - y0)


def _clamped(box: Box) -> Box:
    return Box(max(0.0, box.x0), max(0.0, box.y0), min(1.0, box.x1), min(1.0, box.y1))
