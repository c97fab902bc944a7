"""Lines of tokens onto sheets of paper: wrapping, columns, tables, page breaks. Pixels at 300 dots an inch."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.render.fonts import Typeface, cut
from benchmarks.render.ink import Ink, seal, signature
from benchmarks.render.source import Token
from benchmarks.render.truth import Raster
from ocr.document import Box, MarkKind

DPI = 300
A4 = (2480, 3508)
_LABELS = ("подпись", "Подпись", "подпись:", "Подпись")
_RINGS = (
    "ФИНАНСОВАЯ ОРГАНИЗАЦИЯ * ДЛЯ ДОКУМЕНТОВ *",
    "РОССИЙСКАЯ ФЕДЕРАЦИЯ * ОТДЕЛ ВЫПЛАТ *",
    "КАНЦЕЛЯРИЯ * ОБЩИЙ ОТДЕЛ *",
)


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on a sheet; `box` in pixels of the sheet."""

    token: Token
    box: Box
    line: int


@dataclass(frozen=True, slots=True)
class PlacedMark:
    kind: MarkKind
    box: Box
    start: int | None
    end: int | None


@dataclass(slots=True)
class Sheet:
    """A page in the making: black print on `picture`, ink to be laid over it."""

    picture: Image.Image
    draw: ImageDraw.ImageDraw
    words: list[PlacedWord] = field(default_factory=list)
    marks: list[PlacedMark] = field(default_factory=list)
    inks: list[tuple[Ink, int, int]] = field(default_factory=list)
    lines: int = 0

    def raster(self, background: Raster | None = None) -> Raster:
        """The sheet as BGR paper: print, then ink."""
        print_layer = np.asarray(self.picture)
        paper = np.repeat(print_layer[:, :, None], 3, axis=2)
        if background is not None:
            paper = np.minimum(paper, background)
        for ink, left, top in self.inks:
            ink.put(paper, left, top)
        return paper


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """`size`: em in pixels; `leading`: line pitch in ems; margins left, top, right, bottom in pixels."""

    face: Typeface
    size: int
    leading: float
    margins: tuple[int, int, int, int]
    paper: tuple[int, int]
    justify: bool
    indent: int
    black: int
    printed_line: bool


class Typesetter:
    """A pen that goes down the sheet and takes a new one when the paper ends."""

    def __init__(self, style: Style, rng: np.random.Generator) -> None:
        self.style = style
        self.rng = rng
        self.sheets: list[Sheet] = []
        self.left, self.right = style.margins[0], style.paper[0] - style.margins[2]
        self.y = 0
        self.new_sheet()

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def pitch(self) -> int:
        return round(self.style.size * self.style.leading)

    def new_sheet(self) -> None:
        picture = Image.new("L", self.style.paper, 255)
        self.sheets.append(Sheet(picture=picture, draw=ImageDraw.Draw(picture)))
        self.y = self.style.margins[1]

    def need(self, height: int) -> bool:
        """Takes a new sheet when `height` pixels do not fit; says whether it did."""
        full = self.y + height > self.style.paper[1] - self.style.margins[3]
        if full and self.y > self.style.margins[1]:
            self.new_sheet()
            return True
        return False

    def gap(self, lines: float) -> None:
        self.y += round(self.pitch * lines)

    def font(self, scale: float = 1.0, bold: bool = False) -> ImageFont.FreeTypeFont:
        return cut(self.style.face, max(12, round(self.style.size * scale)), bold)

    def token_width(self, token: Token, font: ImageFont.FreeTypeFont) -> float:
        if token.kind == "word":
            return font.getlength(token.text)
        if token.kind == "seal":
            return 0.0
        slot = float(self.slot)
        if token.kind == "label" or self.style.printed_line:
            slot += font.getlength("Подпись: ")
        return slot

    @property
    def slot(self) -> int:
        """Room a signature takes in its line."""
        return min(400, (self.right - self.left) // 3)

    def wrap(
        self, tokens: tuple[Token, ...], width: float, font: ImageFont.FreeTypeFont, indent: int = 0
    ) -> list[list[Token]]:
        space = font.getlength(" ")
        lines: list[list[Token]] = [[]]
        used = float(indent)
        for token in tokens:
            room = self.token_width(token, font)
            if lines[-1] and used + room > width:
                lines.append([])
                used = 0.0
            lines[-1].append(token)
            used += room + space
        return lines

    def set_line(
        self,
        tokens: list[Token],
        left: float,
        width: float,
        font: ImageFont.FreeTypeFont,
        align: str = "left",
        same_line: bool = False,
    ) -> None:
        """One printed line at the pen's height; `align` left, right, centre or both; `same_line`: it goes on with the
        line set before it, as the next cell of a row does."""
        space = font.getlength(" ")
        natural = sum(self.token_width(token, font) for token in tokens) + space * (len(tokens) - 1)
        x = left
        if align == "right":
            x = left + max(0.0, width - natural)
        elif align == "centre":
            x = left + max(0.0, (width - natural) / 2)
        elif align == "both" and len(tokens) > 2:
            space += max(0.0, min(space * 1.2, (width - natural) / (len(tokens) - 1)))
        sheet = self.sheet
        if not same_line:
            sheet.lines += 1
        line = sheet.lines - 1
        for token in tokens:
            room = self.token_width(token, font)
            if token.kind == "word":
                self._print(token, x, font, line)
            elif token.kind == "seal":
                self._seal(token, x)
            else:
                self._sign(token, x, font, line)
            x += room + space

    def _print(self, token: Token, x: float, font: ImageFont.FreeTypeFont, line: int) -> None:
        self.sheet.draw.text((round(x), self.y), token.text, font=font, fill=self.style.black)
        x0, y0, x1, y1 = self.sheet.draw.textbbox((round(x), self.y), token.text, font=font)
        self.sheet.words.append(PlacedWord(token, Box(x0, y0, x1, y1), line))

    def _sign(self, token: Token, x: float, font: ImageFont.FreeTypeFont, line: int) -> None:
        base = self.y + font.getmetrics()[0]
        if token.kind == "label" or self.style.printed_line:
            text = _LABELS[int(self.rng.integers(len(_LABELS)))]
            self._print(Token(text, None, None), x, font, line)
            x += font.getlength("Подпись: ")
            self.sheet.draw.line((x, base + 4, x + self.slot - 20, base + 4), fill=self.style.black, width=3)
        if token.kind == "label":
            return
        ink = signature(self.rng, int(self.slot * self.rng.uniform(0.62, 0.95)))
        height, width = ink.cover.shape
        left = round(x + (self.slot - width) * self.rng.uniform(0.1, 0.8))
        top = round(base - height * self.rng.uniform(0.6, 0.8))
        self.sheet.inks.append((ink, left, top))
        self.sheet.marks.append(
            PlacedMark("signature", Box(left, top, left + width, top + height), token.start, token.end)
        )

    def seal_at(self, offset: int) -> None:
        """Sets a seal at the word that holds the character `offset` of the source."""
        for sheet in self.sheets:
            for word in sheet.words:
                if word.token.start is not None and word.token.start <= offset < (word.token.end or 0):
                    here, self.y = self.y, round(word.box.y0)
                    self._seal(Token("", None, None, "seal"), word.box.x1, sheet)
                    self.y = here
                    return

    def _seal(self, token: Token, x: float, sheet: Sheet | None = None) -> None:
        sheet = sheet or self.sheet
        ring = _RINGS[int(self.rng.integers(len(_RINGS)))]
        ink = seal(self.rng, self.style.face, ring, "ДЛЯ СПРАВОК", int(self.rng.integers(400, 470)))
        side = ink.cover.shape[0]
        left = round(min(max(x - side * self.rng.uniform(0.1, 0.5), 40), self.style.paper[0] - side - 40))
        top = round(min(self.y - side * self.rng.uniform(0.05, 0.35), self.style.paper[1] - side - 30))
        sheet.inks.append((ink, left, top))
        x0, y0, x1, y1 = ink.extent()
        sheet.marks.append(PlacedMark("stamp", Box(left + x0, top + y0, left + x1, top + y1), token.start, token.end))

    def paragraph(
        self,
        tokens: tuple[Token, ...],
        left: float,
        width: float,
        *,
        align: str = "left",
        scale: float = 1.0,
        bold: bool = False,
        indent: int = 0,
    ) -> None:
        """Wraps `tokens` into lines at the pen and moves it below them."""
        font = self.font(scale, bold)
        pitch = round(self.style.size * scale * self.style.leading)
        lines = self.wrap(tokens, width, font, indent)
        for order, line in enumerate(lines):
            signed = any(token.kind in ("mark", "label") for token in line)
            extra = round(pitch * 0.7) if signed else 0
            self.need(pitch + 2 * extra)
            self.y += extra
            shift = indent if order == 0 else 0
            last = order == len(lines) - 1
            self.set_line(line, left + shift, width - shift, font, "left" if align == "both" and last else align)
            self.y += pitch + extra // 2

    def row(
        self,
        cells: tuple[tuple[Token, ...], ...],
        lefts: tuple[float, ...],
        widths: tuple[float, ...],
        *,
        aligns: tuple[str, ...] | None = None,
        padding: int = 0,
        rules: str = "none",
        bold: bool = False,
        scale: float = 1.0,
    ) -> None:
        """One row of a table or of columns: cells wrap inside their own column. `rules` all, below or none."""
        font = self.font(scale, bold)
        pitch = round(self.style.size * scale * self.style.leading)
        wrapped = [
            self.wrap(cell, width - 2 * padding, font) if cell else []
            for cell, width in zip(cells, widths, strict=True)
        ]
        signed = any(token.kind in ("mark", "label") for cell in cells for token in cell)
        extra = round(pitch * 0.7) if signed else 0
        height = max(1, *(len(lines) for lines in wrapped)) * pitch + 2 * padding + 2 * extra
        self.need(height)
        top = self.y
        flat = max(len(lines) for lines in wrapped) == 1
        begun = False
        for column, lines in enumerate(wrapped):
            self.y = top + padding + extra
            align = aligns[column] if aligns else "left"
            for line in lines:
                width = widths[column] - 2 * padding
                self.set_line(line, lefts[column] + padding, width, font, align, same_line=flat and begun)
                begun = True
                self.y += pitch
        bottom = top + height
        draw, black = self.sheet.draw, self.style.black
        if rules == "all":
            for left, width in zip(lefts, widths, strict=True):
                draw.rectangle((left, top, left + width, bottom), outline=black, width=3)
        elif rules == "below":
            draw.line((lefts[0], bottom, lefts[-1] + widths[-1], bottom), fill=black, width=2)
        self.y = bottom
