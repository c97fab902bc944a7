"""How each kind of paper is laid out: letters, forms, tables, policies, certificates, receipts, statements."""

from __future__ import annotations

import re
from itertools import groupby

import numpy as np

from benchmarks.render.fonts import covering
from benchmarks.render.source import ELECTRONIC, Signing, SourceLine, Token, has_mark_word, pages
from benchmarks.render.truth import Layout
from benchmarks.render.typeset import A4, Sheet, Style, Typesetter

_KEY_VALUE = re.compile(r"^(?:\d{1,2}\.\s*)?[А-ЯЁа-яёA-Za-z№(][^:|]{1,45}:\s+\S")
_EMAIL_HEAD = re.compile(r"^(?:От|Кому|From|To|Тема|Subject|Дата|Date):", re.MULTILINE)
_NUMERIC = re.compile(r"^[\d\s.,%−–+-]+(?:руб\.?|₽)?$")
_SEALED = re.compile(r"М\.\s?П\.|[,(]\s*(?:оттиск\s+)?печат|[,(\[]\s*штамп", re.IGNORECASE)
_SIZES: dict[Layout, tuple[float, float]] = {
    "letter": (11.0, 13.5),
    "form": (10.0, 12.0),
    "table": (9.5, 11.5),
    "policy": (9.5, 12.0),
    "certificate": (10.5, 13.0),
    "receipt": (8.5, 10.5),
    "statement": (9.5, 11.5),
}


def signing_of(text: str, layout: Layout, signed: bool, signable: bool | None, rng: np.random.Generator) -> Signing:
    """How the paper is signed: see `Signing`. `signable`: people sign such papers; None lets the layout say."""
    electronic = bool(ELECTRONIC.search(text))
    if signable is None:
        signable = layout in ("letter", "form") and not _EMAIL_HEAD.match(text)
    word = has_mark_word(text)
    return Signing(
        marks=signed,
        notes=bool(rng.random() < 0.5),
        printed_line=signed and bool(rng.random() < 0.5),
        extra_mark=signed and not word and not electronic,
        empty_line=not signed and signable and not word and not electronic,
    )


def _style(text: str, layout: Layout, printed_line: bool, rng: np.random.Generator) -> Style:
    kinds = ("mono",) if layout == "receipt" else ("serif", "sans")
    if layout in ("statement", "letter") and rng.random() < 0.08:
        kinds = ("mono",)
    faces = covering(text, kinds)
    face = faces[int(rng.integers(len(faces)))]
    low, high = _SIZES[layout]
    size = round(rng.uniform(low, high) * 300 / 72)
    if face.name in ("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono", "Liberation Mono"):
        size = round(size * 0.88)
    left, right = int(rng.integers(200, 330)), int(rng.integers(130, 240))
    paper, margins = A4, (left, int(rng.integers(170, 320)), right, 220)
    if layout == "receipt" and rng.random() < 0.6:
        columns = max(26, min(44, max(len(line) for line in text.splitlines())))
        paper = (max(900, round(columns * size * 0.6) + 140), 3508)
        margins = (70, 110, 60, 120)
    return Style(
        face=face,
        size=size,
        leading=float(rng.uniform(1.18, 1.5)),
        margins=margins,
        paper=paper,
        justify=bool(rng.random() < 0.5),
        indent=int(rng.choice([0, 0, 100, 140])),
        black=int(rng.integers(0, 45)),
        printed_line=printed_line,
    )


def _heading(line: SourceLine) -> bool:
    """A line in capitals or in s p a c e d letters."""
    letters = [char for char in line.text if char.isalpha()]
    solid = len(line.text.replace(" ", ""))
    if len(letters) < max(4, 0.65 * solid) or len(line.text) > 110 or len(line.cells) > 1:
        return False
    return sum(char.isupper() for char in letters) / len(letters) > 0.85


def _flat(line: SourceLine) -> tuple[Token, ...]:
    return tuple(token for cell in line.cells for token in cell)


def _numeric(cell: tuple[Token, ...]) -> bool:
    return bool(cell) and bool(_NUMERIC.match(" ".join(token.text for token in cell)))


class _Page:
    """Sets the lines of one source page on a typesetter in the manner of one layout."""

    def __init__(self, setter: Typesetter, layout: Layout, rng: np.random.Generator) -> None:
        self.setter = setter
        self.layout = layout
        self.rng = rng
        self.width = setter.right - setter.left
        self.rules = {
            "form": ("all", "all", "below"),
            "table": ("all", "all", "none"),
            "statement": ("all", "below", "none"),
            "policy": ("all", "below"),
        }.get(layout, ("all", "none"))[
            int(rng.integers(2)) if layout in ("policy", "letter", "certificate", "receipt") else int(rng.integers(3))
        ]
        self.keys_as_table = layout in ("form", "policy", "certificate") and bool(rng.random() < 0.45)

    def set(self, lines: list[SourceLine]) -> None:
        rest = self._head(lines) if self.layout in ("letter", "policy") else lines
        for kind, group in groupby(rest, self._kind):
            block = list(group)
            if kind == "blank":
                self.setter.gap(0.55 * min(2, len(block)))
            elif kind == "table" and len(block) > 1:
                self._table(block)
            elif kind == "keys" and self.keys_as_table and len(block) > 1:
                self._keys(block)
            else:
                for line in block:
                    self._line(line)

    def _kind(self, line: SourceLine) -> str:
        if line.blank:
            return "blank"
        if line.tabular:
            return "table"
        if len(line.cells) == 1 and _KEY_VALUE.match(line.text) and len(line.text) < 220:
            return "keys"
        return "text"

    def _head(self, lines: list[SourceLine]) -> list[SourceLine]:
        """Sets the addressee block of a letter to the right, the title of a policy in a box; returns the rest."""
        count = 0
        if self.layout == "policy":
            while count < len(lines) and not lines[count].blank and count < 4:
                count += 1
            if 0 < count < len(lines):
                self._boxed(lines[:count])
                return lines[count:]
            return lines
        while count < len(lines) and len(lines[count].text) <= 85 and not _heading(lines[count]) and count < 12:
            if len(lines[count].cells) > 1 and not lines[count].tabular:
                break
            count += 1
        email = any(_EMAIL_HEAD.match(line.text) for line in lines[:3])
        if count in (0, len(lines)) or email or self.rng.random() < 0.3:
            return lines
        left = self.setter.left + self.width * float(self.rng.uniform(0.42, 0.52))
        for line in lines[:count]:
            if line.blank:
                self.setter.gap(0.5)
            else:
                self.setter.paragraph(_flat(line), left, self.setter.right - left)
        return lines[count:]

    def _boxed(self, lines: list[SourceLine]) -> None:
        setter = self.setter
        top = setter.y
        setter.y += 24
        for order, line in enumerate(lines):
            setter.paragraph(
                _flat(line),
                setter.left + 30,
                self.width - 60,
                align="centre",
                scale=1.15 if order == 0 else 0.95,
                bold=order == 0,
            )
        setter.y += 18
        setter.sheet.draw.rectangle((setter.left, top, setter.right, setter.y), outline=setter.style.black, width=4)
        setter.gap(0.5)

    def _line(self, line: SourceLine) -> None:
        setter = self.setter
        if line.tabular or len(line.cells) > 1:
            self._columns(line)
        elif _heading(line):
            scale = 1.12 if len(line.text) < 40 else 1.0
            align = "left" if self.layout == "receipt" else "centre"
            setter.paragraph(_flat(line), setter.left, self.width, align=align, scale=scale, bold=True)
        elif line.columns and line.columns[0] > 8:
            left = setter.left + self.width * min(0.6, line.columns[0] / 80)
            setter.paragraph(_flat(line), left, setter.right - left)
        else:
            long = len(line.text) > 100
            setter.paragraph(
                _flat(line),
                setter.left,
                self.width,
                align="both" if setter.style.justify and long else "left",
                indent=setter.style.indent if long and self.layout == "letter" else 0,
            )

    def _columns(self, line: SourceLine) -> None:
        """Parts set apart by wide gaps: a signature block, a date and a place."""
        setter = self.setter
        cells = tuple(cell for cell in line.cells if cell)
        font = setter.font()
        rooms = [
            sum(setter.token_width(token, font) for token in cell) + font.getlength(" ") * (len(cell) - 1)
            for cell in cells
        ]
        spare = self.width - sum(rooms)
        if spare < 40 * len(cells):
            share = self.width / len(cells)
            lefts = tuple(setter.left + share * order for order in range(len(cells)))
            setter.row(cells, lefts, tuple(share - 30 for _ in cells))
            return
        between = spare / max(1, len(cells) - 1) if self.rng.random() < 0.5 else min(spare / len(cells), 240.0)
        places, x = [], float(setter.left)
        for room in rooms:
            places.append(x)
            x += room + between
        setter.row(cells, tuple(places), tuple(room + 4 for room in rooms))

    def _table(self, rows: list[SourceLine]) -> None:
        setter = self.setter
        count = max(len(row.cells) for row in rows)
        font = setter.font()
        longest = []
        for column in range(count):
            rooms = [
                sum(setter.token_width(token, font) for token in row.cells[column])
                + font.getlength(" ") * len(row.cells[column])
                for row in rows
                if column < len(row.cells)
            ]
            longest.append(min(max(rooms), self.width * 0.62) + 60)
        scale = self.width / sum(longest)
        if scale > 1 and self.rng.random() < 0.3:
            scale = max(1.0, scale * 0.75)
        widths = tuple(width * scale for width in longest)
        lefts = tuple(float(setter.left + sum(widths[:column])) for column in range(count))
        padding = int(self.rng.integers(10, 24))
        figures = [
            column
            for column in range(1, count)
            if 2 * sum(column < len(row.cells) and _numeric(row.cells[column]) for row in rows) >= len(rows)
        ]
        for order, row in enumerate(rows):
            cells = row.cells + ((),) * (count - len(row.cells))
            aligns = tuple(
                "right" if column in figures and _numeric(cell) else "left" for column, cell in enumerate(cells)
            )
            header = order == 0 and not any(_numeric(cell) for cell in cells) and count > 2
            setter.row(cells, lefts, widths, aligns=aligns, padding=padding, rules=self.rules, bold=header)
        setter.gap(0.3)

    def _keys(self, lines: list[SourceLine]) -> None:
        """«Name: value» lines as a table of two columns."""
        setter = self.setter
        first = self.width * float(self.rng.uniform(0.3, 0.4))
        lefts, widths = (float(setter.left), setter.left + first), (first, self.width - first)
        padding = int(self.rng.integers(8, 20))
        for line in lines:
            tokens = _flat(line)
            colon = next(order for order, token in enumerate(tokens) if token.text.endswith(":"))
            cells = (tokens[: colon + 1], tokens[colon + 1 :])
            setter.row(cells, lefts, widths, padding=padding, rules=self.rules)
        setter.gap(0.3)


def compose(text: str, layout: Layout, signed: bool, signable: bool | None, rng: np.random.Generator) -> list[Sheet]:
    """The sheets of a document, printed and signed, before any scanner sees them."""
    signing = signing_of(text, layout, signed, signable, rng)
    style = _style(text, layout, signing.printed_line, rng)
    setter = Typesetter(style, rng)
    for number, lines in enumerate(pages(text, signing)):
        if number:
            setter.new_sheet()
        if layout == "certificate":
            _card(setter, lines, rng)
        else:
            _Page(setter, layout, rng).set(lines)
    sealed = _SEALED.search(text)
    if signed and sealed and not any(mark.kind == "stamp" for sheet in setter.sheets for mark in sheet.marks):
        setter.seal_at(sealed.end() - 1)
    if layout == "receipt" and style.paper[0] < A4[0]:
        _cut_strip(setter)
    return setter.sheets


def _card(setter: Typesetter, lines: list[SourceLine], rng: np.random.Generator) -> None:
    """A certificate in a frame that may be narrower than the sheet."""
    left, right = setter.left, setter.right
    inset = int((right - left) * rng.choice([0.0, 0.08, 0.16]))
    top = setter.y
    setter.left, setter.right = left + inset + 60, right - inset - 60
    setter.y += 60
    first = len(setter.sheets)
    _Page(setter, "certificate", rng).set(lines)
    setter.left, setter.right = left, right
    if len(setter.sheets) == first and rng.random() < 0.8:
        frame = (left + inset, top, right - inset, setter.y + 60)
        setter.sheet.draw.rectangle(frame, outline=setter.style.black, width=int(rng.integers(3, 9)))


def _cut_strip(setter: Typesetter) -> None:
    """A till cuts its strip below the last line."""
    sheet = setter.sheet
    lowest = max([*(word.box.y1 for word in sheet.words), *(mark.box.y1 for mark in sheet.marks)], default=400)
    height = min(sheet.picture.height, round(lowest) + 160)
    sheet.picture = sheet.picture.crop((0, 0, sheet.picture.width, height))
