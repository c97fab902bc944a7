"""Joining a page's text layer with what recognition found outside it: a digital header over a scanned body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ocr.document import Box, Line, Quad, Rotation, Word

_SAME_WORD = 0.3  # of the recognised word's area lies under one word of the layer
_SURE = 0.5  # below, strokes of signatures and stamps beside the layer would become words
_SAME_HEIGHT = 0.5  # of the lower of a layer line and a recognised piece


def turned_box(box: Box, rotation: Rotation) -> Box:
    """`box` of a page, in the page turned clockwise by `rotation`."""
    if rotation == 90:
        return Box(1 - box.y1, box.x0, 1 - box.y0, box.x1)
    if rotation == 180:
        return Box(1 - box.x1, 1 - box.y1, 1 - box.x0, 1 - box.y0)
    if rotation == 270:
        return Box(box.y0, 1 - box.x1, box.y1, 1 - box.x0)
    return box


def joined(
    layer_words: Sequence[Word],
    layer_lines: Sequence[Line],
    seen_words: Sequence[Word],
    seen_lines: Sequence[Line],
    rotation: Rotation,
) -> tuple[tuple[Word, ...], tuple[Line, ...]]:
    """The layer's words, and the recognised words of some certainty that no word of the layer covers.

    Layer boxes are turned by `rotation` first, so that all live in the upright page. A recognised piece on the height
    of a layer line and beside it continues that line (a form's label and the value written after it); other pieces
    stand as lines of their own, above the first layer line that begins lower.
    """
    rows = [
        [_turned(word, rotation) for word in layer_words[line.words[0] : line.words[1] + 1]] for line in layer_lines
    ]
    blocks = [line.block for line in layer_lines]
    known = [word.box for row in rows for word in row]
    next_block = max(blocks, default=-1) + 1
    for line in seen_lines:
        new = [
            word
            for word in seen_words[line.words[0] : line.words[1] + 1]
            if word.confidence >= _SURE and not _covered(word.box, known)
        ]
        if not new:
            continue
        hull = _hull(new)
        beside = next((row for row in rows if _same_height(_hull(row), hull)), None)
        if beside is not None:
            beside.extend(new)
            beside.sort(key=lambda word: word.box.x0)
            continue
        middle = (hull.y0 + hull.y1) / 2
        place = next((index for index, row in enumerate(rows) if _hull(row).y0 > middle), len(rows))
        rows.insert(place, new)
        blocks.insert(place, next_block + line.block)
    return _numbered(rows, blocks)


def _numbered(rows: Sequence[Sequence[Word]], blocks: Sequence[int]) -> tuple[tuple[Word, ...], tuple[Line, ...]]:
    words: list[Word] = []
    lines: list[Line] = []
    for number, (row, block) in enumerate(zip(rows, blocks, strict=True)):
        first = len(words)
        words.extend(replace(word, line=number) for word in row)
        text = " ".join(word.text for word in row)
        lines.append(Line(text=text, box=_hull(row), words=(first, len(words) - 1), block=block))
    return tuple(words), tuple(lines)


def _turned(word: Word, rotation: Rotation) -> Word:
    if rotation == 0:
        return word
    box = turned_box(word.box, rotation)
    return replace(word, box=box, quad=Quad.of(box))


def _covered(box: Box, known: Sequence[Box]) -> bool:
    return any(box.intersection(other) > _SAME_WORD * box.area for other in known) if box.area > 0 else True


def _same_height(line: Box, piece: Box) -> bool:
    common = min(line.y1, piece.y1) - max(line.y0, piece.y0)
    apart = piece.x0 >= line.x1 or piece.x1 <= line.x0
    return apart and common >= _SAME_HEIGHT * min(line.y1 - line.y0, piece.y1 - piece.y0)


def _hull(words: Sequence[Word]) -> Box:
    hull = words[0].box
    for word in words[1:]:
        hull = hull.union(word.box)
    return hull
