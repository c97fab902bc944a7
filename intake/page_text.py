"""A document's words as one searchable text whose every character leads back to a box on a page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from intake.evidence import Quote
from ocr.document import Box, Document
from text.normalise import fold

PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class _Placed:
    start: int
    end: int
    page: int
    line: int
    box: Box
    confidence: float


class DocumentText:
    """The text of one document of a package.

    `text` joins the pages by a form feed, lines by a newline and the words of a line by one space; `folded` is the
    same text, same length, in lower case with ё as е and Latin look-alikes inside Cyrillic words as Cyrillic, so an
    offset found in one is valid in the other.
    """

    def __init__(self, index: int, document: Document, first_page: int = 1, last_page: int | None = None) -> None:
        self.index = index
        self.document = document
        self.first_page = first_page
        self.last_page = last_page if last_page is not None else max(first_page, len(document.pages))
        pieces: list[str] = []
        placed: list[_Placed] = []
        offset = 0
        self._page_starts: list[int] = []
        pages = [page for page in document.pages if self.first_page <= page.number <= self.last_page]
        for position, page in enumerate(pages):
            if position:
                pieces.append(PAGE_BREAK)
                offset += 1
            self._page_starts.append(offset)
            for number, line in enumerate(page.lines):
                if number:
                    pieces.append("\n")
                    offset += 1
                for order, word in enumerate(page.words[line.words[0] : line.words[1] + 1]):
                    if order:
                        pieces.append(" ")
                        offset += 1
                    placed.append(
                        _Placed(offset, offset + len(word.text), page.number, number, word.box, word.confidence)
                    )
                    pieces.append(word.text)
                    offset += len(word.text)
        self.pages = tuple(page.number for page in pages)
        self.text = "".join(pieces)
        self._placed = placed
        self._starts = [place.start for place in placed]

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches of `pattern` in the folded text; offsets are valid in `text`."""
        return pattern.finditer(self.folded)

    def quote(self, start: int, end: int) -> Quote | None:
        """The words touched by text[start:end] on the page of `start`; None when no word is touched.

        Boxes: one a line, the hull of the touched words of that line.
        """
        first = max(0, bisect_right(self._starts, start) - 1)
        touched = []
        for place in self._placed[first:]:
            if place.start >= end:
                break
            if place.end > start:
                touched.append(place)
        if not touched:
            return None
        page = touched[0].page
        touched = [place for place in touched if place.page == page]
        boxes: dict[int, Box] = {}
        for place in touched:
            boxes[place.line] = boxes[place.line].union(place.box) if place.line in boxes else place.box
        text = self.text[touched[0].start : touched[-1].end].replace("\n", " ")
        return Quote(document=self.index, page=page, boxes=tuple(boxes.values()), text=text)

    def confidence(self, start: int, end: int) -> float:
        """The least confidence (0..1) of the words touched by text[start:end]; 0 when none is."""
        first = max(0, bisect_right(self._starts, start) - 1)
        touched = []
        for place in self._placed[first:]:
            if place.start >= end:
                break
            if place.end > start:
                touched.append(place.confidence)
        return min(touched, default=0.0)
