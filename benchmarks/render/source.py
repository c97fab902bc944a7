"""A source text as typesetting sees it: pages of lines of tokens, each token with its characters' offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "mark", "seal", "label"]

_WORD = re.compile(r"\S+")
_GAP = re.compile(r" {3,}|\t+")
_BAR = re.compile(r" *\| *")
_MARK = re.compile(r"\(подпись\)", re.IGNORECASE)
_MARK_AND_SEAL = re.compile(r"\(подпись,\s*(?:оттиск\s+)?(?:печат[ьи]|М\.\s?П\.|штамп)\)", re.IGNORECASE)
_MARK_NOTE = re.compile(r"\(подпись (?!\w*\s?электронн)[а-яё ,]+\)", re.IGNORECASE)
ELECTRONIC = re.compile(
    r"электронн\w*(?:\s+\w+)?\s+(?:подпис|цифров)|подпис\w*[:\s(]+(?:\w+\s+){0,3}электронн"
    r"|(?:квалифицированн|усиленн)\w+\s+(?:\w+\s+){0,2}подпис|\b(?:ПЭП|УКЭП|УНЭП|ЭЦП|ЭП)\b|Госключ|факсимил",
    re.IGNORECASE,
)
_DATE_OR_NAME = re.compile(
    r"\d{1,2}\.\d{2}\.\d{4}|\d{1,2}\s+(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|"
    r"декабря)\s+\d{4}|[А-ЯЁ]\.\s?[А-ЯЁ]\.|[Пп]одпис"
)


@dataclass(frozen=True, slots=True)
class Token:
    """`start`, `end`: characters of the source; None for print that the source does not have."""

    text: str
    start: int | None
    end: int | None
    kind: TokenKind = "word"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """`cells`: parts of the line set apart by wide gaps or ` | `, each with the column of characters it starts at."""

    text: str
    cells: tuple[tuple[Token, ...], ...]
    columns: tuple[int, ...]
    tabular: bool

    @property
    def blank(self) -> bool:
        return not self.cells


@dataclass(frozen=True, kw_only=True, slots=True)
class Signing:
    """How the paper is signed on the page.

    `marks`: the words «(подпись)» become pen marks; `notes`: so do notes like «(подпись, печать)», with a seal;
    `printed_line`: a printed «подпись ____» stands at the place; `extra_mark`: a mark is set at the last line with a
    name or a date, because the text has no word for it.
    """

    marks: bool
    notes: bool
    printed_line: bool
    extra_mark: bool
    empty_line: bool


def has_mark_word(text: str) -> bool:
    return bool(_MARK.search(text) or _MARK_AND_SEAL.search(text) or _MARK_NOTE.search(text))


def _tokens(text: str, base: int, signing: Signing) -> tuple[Token, ...]:
    spans: list[tuple[int, int, tuple[TokenKind, ...]]] = []
    if signing.marks:
        spans += [(*match.span(), ("mark",)) for match in _MARK.finditer(text)]
        if signing.notes:
            spans += [(*match.span(), ("mark", "seal")) for match in _MARK_AND_SEAL.finditer(text)]
    tokens: list[Token] = []
    at = 0
    for start, end, kinds in [*sorted(spans), (len(text), len(text), ())]:
        tokens += [
            Token(match.group(), base + at + match.start(), base + at + match.end())
            for match in _WORD.finditer(text[at:start])
        ]
        tokens += [Token(text[start:end], base + start, base + end, kind) for kind in kinds]
        at = end
    if signing.marks:
        for match in (
            _MARK_NOTE.finditer(text) if signing.notes else [*_MARK_AND_SEAL.finditer(text), *_MARK_NOTE.finditer(text)]
        ):
            after = max(
                (order for order, token in enumerate(tokens) if (token.start or 0) < base + match.end()), default=-1
            )
            tokens.insert(after + 1, Token("", base + match.start(), base + match.end(), "mark"))
    return tuple(tokens)


def _line(text: str, base: int, signing: Signing) -> SourceLine:
    tabular = " | " in text
    pieces: list[tuple[int, int]] = []
    at = 0
    separator = _BAR if tabular else _GAP
    lead = len(text) - len(text.lstrip())
    for match in separator.finditer(text, lead):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, len(text)))
    cells, columns = [], []
    for start, end in pieces:
        cell = _tokens(text[start:end], base + start, signing)
        if cell or tabular:
            cells.append(cell)
            columns.append(start + len(text[start:end]) - len(text[start:end].lstrip()))
    return SourceLine(text.strip(), tuple(cells) if any(cells) else (), tuple(columns), tabular)


def pages(text: str, signing: Signing) -> list[list[SourceLine]]:
    """Source pages (between form feeds) of lines."""
    result = []
    base = 0
    for page in text.split("\f"):
        lines, offset = [], base
        for line in page.split("\n"):
            lines.append(_line(line, offset, signing))
            offset += len(line) + 1
        result.append(lines)
        base += len(page) + 1
    if signing.extra_mark or signing.empty_line:
        _set_signature(result, signing)
    return result


def _set_signature(parts: list[list[SourceLine]], signing: Signing) -> None:
    """Puts the mark or the empty line where a person would: at the last line with a name or a date, else at the end."""
    places = [
        (page, order)
        for page, lines in enumerate(parts)
        for order, line in enumerate(lines)
        if not line.blank and not line.tabular
    ]
    if not places:
        return
    closing = [place for place in places[-4:] if _DATE_OR_NAME.search(parts[place[0]][place[1]].text)]
    page, order = closing[-1] if closing else places[-1]
    line = parts[page][order]
    sign = Token("", None, None, "mark" if signing.extra_mark else "label")
    if signing.empty_line or len(line.text) > 45:
        own = SourceLine("", ((sign,),), (0,), False)
        parts[page].insert(order + 1, own)
    else:
        cells = (*line.cells[:-1], (*line.cells[-1], sign)) if len(line.cells) > 1 else (*line.cells, (sign,))
        columns = line.columns if len(line.cells) > 1 else (*line.columns, len(line.text) + 8)
        parts[page][order] = SourceLine(line.text, cells, columns, False)
