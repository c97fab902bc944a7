"""Plain text as pages: its encoding is found, form feeds part the pages, words lie on a virtual A4 sheet.

The sheet is what a line printer would have made: cells of equal width, one text line a row. Boxes are therefore
as meaningful as those of a printed page, and evidence can be shown on it.
"""

from __future__ import annotations

import codecs
import re
import textwrap
from dataclasses import dataclass

from ocr.document import Box, Line, Page, Quad, Word
from ocr.errors import PageMissing, TooManyPages, UnknownType
from ocr.limits import Limits

SHEET_WIDTH, SHEET_HEIGHT = 2480, 3508  # A4 at 300 dpi
_MARGIN_X, _MARGIN_Y = 0.08, 0.06
_COLUMNS = 90
_ROWS = 60
_MOST_ROWS = 200  # a sheet parted by form feeds keeps its page: its rows shrink, but only so far
_INK_OF_ROW = 0.8  # the part of a row's height that its letters take

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1a\x1c\x1d\x1e\x85")
# Letters of Russian prose by falling frequency. Decoded by a wrong code page frequent letters become rare ones.
_BY_FREQUENCY = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_LETTER_WORTH = {letter: 1 - rank / len(_BY_FREQUENCY) for rank, letter in enumerate(_BY_FREQUENCY)}
_EIGHT_BIT = ("cp1251", "koi8_r", "cp866")
_SAMPLE = 200_000


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainText:
    """Decoded text and the encoding it was in."""

    text: str
    encoding: str


def looks_like_text(data: bytes) -> bool:
    """True when `data` decodes to text with no binary control characters."""
    try:
        decode(data)
    except UnknownType:
        return False
    return True


def decode(data: bytes) -> PlainText:
    """Decode by byte order mark, as UTF-8, as UTF-16 without a mark, or in the likeliest Russian code page.

    Raises UnknownType when no encoding gives text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data, encoding)
    if len(data) >= 4 and len(data) % 2 == 0 and data[:_SAMPLE].count(0) > 0:
        return _checked(data, _utf16_order(data))
    bare_utf16 = _utf16_without_zeros(data)
    if bare_utf16 is not None:
        return bare_utf16
    try:
        return _checked(data, "utf-8")
    except UnicodeDecodeError:
        pass
    sample = data[:_SAMPLE]
    best = max(_EIGHT_BIT, key=lambda encoding: _russian_score(sample.decode(encoding, errors="replace")))
    try:
        return _checked(data, best)
    except UnicodeDecodeError as error:
        raise UnknownType(kind="?") from error


def pages_of(text: str) -> list[list[str]]:
    """The text's sheets, each a list of rows; long lines are wrapped at the sheet's width."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "")
    pieces = normal.split("\f")
    if len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()
    most = _MOST_ROWS if len(pieces) > 1 else _ROWS
    sheets: list[list[str]] = []
    for piece in pieces:
        rows = [row for line in piece.strip("\n").split("\n") for row in _wrapped(line)]
        sheets.extend(rows[start : start + most] for start in range(0, max(1, len(rows)), most))
    return sheets


def count_pages(data: bytes, limits: Limits) -> int:
    """Sheets of the text. Raises UnknownType, TooManyPages."""
    sheets = len(pages_of(decode(data).text))
    if sheets > limits.pages:
        raise TooManyPages(pages=sheets, limit=limits.pages)
    return sheets


def read_sheet(data: bytes, number: int) -> Page:
    """Sheet `number` (from 1). Raises UnknownType, PageMissing."""
    plain = decode(data)
    sheets = pages_of(plain.text)
    if not 1 <= number <= len(sheets):
        raise PageMissing(number=number)
    return sheet_page(sheets[number - 1], number, plain.encoding)


def sheet_page(rows: list[str], number: int, encoding: str) -> Page:
    """One sheet as a page of words with boxes."""
    pitch = (1 - 2 * _MARGIN_Y) / max(_ROWS, len(rows))
    cell = (1 - 2 * _MARGIN_X) / _COLUMNS
    words: list[Word] = []
    lines: list[Line] = []
    block = 0
    for row, content in enumerate(rows):
        found = list(re.finditer(r"\S+", content))
        if not found:
            block += 1
            continue
        top = _MARGIN_Y + row * pitch
        first = len(words)
        for match in found:
            left = _MARGIN_X + match.start() * cell
            box = Box(left, top, _MARGIN_X + match.end() * cell, top + pitch * _INK_OF_ROW)
            words.append(Word(text=match.group(), box=box, quad=Quad.of(box), confidence=1.0, line=len(lines)))
        hull = words[first].box.union(words[-1].box)
        text = " ".join(word.text for word in words[first:])
        lines.append(Line(text=text, box=hull, words=(first, len(words) - 1), block=block))
    return Page(
        number=number,
        width=SHEET_WIDTH,
        height=SHEET_HEIGHT,
        source="text_layer" if words else "none",
        source_reason=f"обычный текст, кодировка {encoding}",
        grade="good" if words else "unreadable",
        grade_reason=None if words else "пустая страница",
        text="\n".join(line.text for line in lines),
        words=tuple(words),
        lines=tuple(lines),
    )


def _wrapped(line: str) -> list[str]:
    flat = line.expandtabs(4).rstrip()
    if len(flat) <= _COLUMNS:
        return [flat]
    return textwrap.wrap(flat, _COLUMNS, break_long_words=True, break_on_hyphens=False, drop_whitespace=True) or [""]


def _checked(data: bytes, encoding: str) -> PlainText:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8":
            raise
        raise UnknownType(kind="?") from None
    if any((char < " " and char not in _ALLOWED_CONTROLS) or char == "\ufffe" for char in set(text)):
        raise UnknownType(kind="?")
    return PlainText(text=text, encoding="utf-8" if encoding == "utf-8-sig" else encoding)


def _utf16_order(data: bytes) -> str:
    """Text has its zero bytes in the high halves of spaces, digits and line ends."""
    sample = data[:_SAMPLE]
    return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"


def _utf16_without_zeros(data: bytes) -> PlainText | None:
    """A single Cyrillic word in UTF-16 has no zero byte: every other byte is 0x04."""
    if len(data) < 4 or len(data) % 2:
        return None
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if set(data[start::2]) == {4}:
            return _checked(data, encoding)
    return None


def _russian_score(text: str) -> float:
    """Mean worth of the characters beyond ASCII."""
    beyond = [char for char in text if char > "\x7f" and not char.isspace()]
    return sum(_LETTER_WORTH.get(char.lower(), 0.0) for char in beyond) / max(1, len(beyond))
