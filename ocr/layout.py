"""The order in which a person reads a page.

Rows first: words at one height are one line from left to right, also across the wide gaps of forms, aligned columns
and two-column signature blocks, because there the row carries the meaning (label and value, item and sum). A row of
a ruled table is one line, cell after cell, however many printed lines its cells take. Only true columns of prose,
several long lines side by side, are read one column after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ocr.engines.contract import PixelWord
from ocr.image.rules import CellBox, Grid

_SAME_ROW = 0.5
_COLUMN_LINES = 5
_COLUMN_WORDS = 4.0
_MOST_CELL_LINES = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class LaidLine:
    """Indices of its words from left to right; lines of one block belong together."""

    words: tuple[int, ...]
    block: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Segment:
    """Words the recogniser saw as one line."""

    words: tuple[int, ...]
    left: float
    right: float
    top: float
    bottom: float
    block: int

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return max(1.0, self.bottom - self.top)


def engine_order(words: Sequence[PixelWord]) -> tuple[LaidLine, ...]:
    """The recogniser's own lines in its own order."""
    lines: dict[tuple[int, int, int], list[int]] = {}
    for index, word in enumerate(words):
        lines.setdefault((word.block, word.paragraph, word.line), []).append(index)
    return tuple(LaidLine(words=tuple(line), block=key[0]) for key, line in lines.items())


def reading_order(words: Sequence[PixelWord], grids: Sequence[Grid]) -> tuple[LaidLine, ...]:
    """Lines in reading order; every word stands in exactly one line. Boxes and grids share one level pixel frame."""
    placed: list[tuple[float, float, list[tuple[int, ...]]]] = []
    free = set(range(len(words)))
    for grid in grids:
        for row in grid.rows:
            inside = [_inside(words, free, cell) for cell in row]
            free -= {index for cell in inside for index in cell}
            lines = _row_lines(words, inside)
            if lines:
                placed.append((float(row[0].top), float(row[0].bottom), lines))
    segments = _segments(words, sorted(free))
    for group in _columns(segments):
        rows = _rows(group)
        lines = [_left_to_right(words, _words_of(segments_of_row)) for segments_of_row in rows]
        if len(group) < len(segments):
            placed.append((min(s.top for s in group), max(s.bottom for s in group), lines))
        else:
            for segments_of_row, line in zip(rows, lines, strict=True):
                placed.append((min(s.top for s in segments_of_row), max(s.bottom for s in segments_of_row), [line]))
    placed.sort(key=lambda part: part[0])
    return _with_blocks(words, [line for _, _, lines in placed for line in lines])


def _inside(words: Sequence[PixelWord], free: set[int], cell: CellBox) -> list[int]:
    return [
        index
        for index in sorted(free)
        if cell.left <= (words[index].left + words[index].right) / 2 <= cell.right
        and cell.top <= (words[index].top + words[index].bottom) / 2 <= cell.bottom
    ]


def _row_lines(words: Sequence[PixelWord], cells: list[list[int]]) -> list[tuple[int, ...]]:
    """A table row as one line; a "table" whose cells hold long text (a framed page) keeps the lines of each cell."""
    printed = [[_left_to_right(words, _words_of(row)) for row in _rows(_segments(words, cell))] for cell in cells]
    if len(cells) == 1 or max((len(lines) for lines in printed), default=0) > _MOST_CELL_LINES:
        return [line for lines in printed for line in lines]
    whole = tuple(index for lines in printed for line in lines for index in line)
    return [whole] if whole else []


def _words_of(row: list[_Segment]) -> list[int]:
    return [index for segment in row for index in segment.words]


def _left_to_right(words: Sequence[PixelWord], indices: list[int]) -> tuple[int, ...]:
    return tuple(sorted(indices, key=lambda index: words[index].left))


def _segments(words: Sequence[PixelWord], indices: Sequence[int]) -> list[_Segment]:
    lines: dict[tuple[int, int, int], list[int]] = {}
    for index in indices:
        word = words[index]
        lines.setdefault((word.block, word.paragraph, word.line), []).append(index)
    segments = []
    for key, line in lines.items():
        segments.append(
            _Segment(
                words=tuple(line),
                left=min(words[index].left for index in line),
                right=max(words[index].right for index in line),
                top=median(words[index].top for index in line),
                bottom=median(words[index].bottom for index in line),
                block=key[0],
            )
        )
    return segments


def _columns(segments: list[_Segment]) -> list[list[_Segment]]:
    """Groups to be read one after the other: usually one group, the whole page; else prose columns and the rest."""
    blocks: dict[int, list[_Segment]] = {}
    for segment in segments:
        blocks.setdefault(segment.block, []).append(segment)
    prose = {
        number: block
        for number, block in blocks.items()
        if len(block) >= _COLUMN_LINES and median(len(segment.words) for segment in block) >= _COLUMN_WORDS
    }
    columns = {
        number
        for number, block in prose.items()
        if any(_beside(block, other) for other_number, other in prose.items() if other_number != number)
    }
    if not columns:
        return [segments] if segments else []
    groups = [blocks[number] for number in sorted(columns, key=lambda n: min(s.left for s in blocks[n]))]
    top = min(segment.top for group in groups for segment in group)
    bottom = max(segment.bottom for group in groups for segment in group)
    rest = [segment for segment in segments if segment.block not in columns]
    above = [segment for segment in rest if segment.middle < top]
    below = [segment for segment in rest if segment.middle > bottom]
    between = [segment for segment in rest if top <= segment.middle <= bottom]
    return [group for group in (above, *groups, between, below) if group]


def _beside(block: list[_Segment], other: list[_Segment]) -> bool:
    """Whether two blocks stand side by side for most of the shorter one's height."""
    left, right = (block, other) if min(s.left for s in block) < min(s.left for s in other) else (other, block)
    if median(s.right for s in left) >= median(s.left for s in right):
        return False
    common = min(s.bottom for s in [max(left, key=lambda s: s.bottom), max(right, key=lambda s: s.bottom)]) - max(
        min(s.top for s in left), min(s.top for s in right)
    )
    shorter = min(max(s.bottom for s in side) - min(s.top for s in side) for side in (left, right))
    return common > 0.6 * shorter


def _rows(segments: list[_Segment]) -> list[list[_Segment]]:
    """Segments at the same height, from top to bottom."""
    rows: list[list[_Segment]] = []
    for segment in sorted(segments, key=lambda segment: segment.middle):
        home = None
        for row in reversed(rows[-3:]):
            near = _SAME_ROW * min(segment.height, *(other.height for other in row))
            apart = all(segment.left >= other.right or segment.right <= other.left for other in row)
            if apart and abs(segment.middle - median(other.middle for other in row)) <= near:
                home = row
                break
        if home is None:
            rows.append([segment])
        else:
            home.append(segment)
    return rows


def _with_blocks(words: Sequence[PixelWord], lines: list[tuple[int, ...]]) -> tuple[LaidLine, ...]:
    """Numbers the blocks: a new one begins where the gap to the line above is wider than a line and a half."""
    laid: list[LaidLine] = []
    block, last_bottom = 0, None
    for line in lines:
        top = min(words[index].top for index in line)
        height = median(words[index].bottom - words[index].top for index in line)
        if last_bottom is not None and (top - last_bottom > 1.2 * height or top < last_bottom - 3 * height):
            block += 1
        last_bottom = max(words[index].bottom for index in line)
        laid.append(LaidLine(words=line, block=block))
    return tuple(laid)
