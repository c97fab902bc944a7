"""From what was read and what is true to figures with intervals.

Every figure is a ratio of sums over units that were drawn independently (pages for characters and words, fields for
exactness), so its interval is a percentile bootstrap over those units: units are drawn with replacement and the ratio
is formed anew (Efron & Tibshirani, An Introduction to the Bootstrap, chapter 13).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocr.document import Box, Word
from text.normalise import fold

SEED = 20260901
RESAMPLES = 2000
COVERAGE = 0.95
GOOD_IOU = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A ratio and its 95 % interval, counted over `n` units; None where there is nothing to count."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """One unit's share of a figure: `part` of `whole`."""

    part: float
    whole: float


@dataclass(frozen=True, kw_only=True, slots=True)
class TrueWord:
    """A word as it was printed; `box` in the upright page."""

    text: str
    box: Box


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldReading:
    """A field's true value and what was read, None when nothing was."""

    true: str
    read: str | None


def character_errors(true: str, read: str) -> Ratio:
    """Levenshtein distance of the two texts in characters, and the true text's length, both after `settled`."""
    from rapidfuzz.distance import Levenshtein

    expected = settled(true)
    return Ratio(part=Levenshtein.distance(expected, settled(read)), whole=len(expected))


def character_error_rate(pages: Iterable[tuple[str, str]]) -> Figure:
    """Errors of all pages over characters of all pages; `pages` are (true, read). May exceed 1."""
    return pooled([character_errors(true, read) for true, read in pages])


def well_placed(true: Sequence[TrueWord], read: Sequence[Word]) -> Ratio:
    """Of one page's words read right, those whose box has IoU ≥ .5 with the true box.

    A true word was read right when a read word has its text; words of the same text are paired by overlap, then by
    nearness, each once.
    """
    by_text: dict[str, list[Box]] = defaultdict(list)
    for word in read:
        by_text[word.text].append(word.box)
    expected: dict[str, list[Box]] = defaultdict(list)
    for wanted in true:
        expected[wanted.text].append(wanted.box)
    right = placed = 0
    for text, boxes in expected.items():
        for iou in _paired(boxes, by_text.get(text, [])):
            right += 1
            placed += iou >= GOOD_IOU
    return Ratio(part=placed, whole=right)


def well_placed_share(pages: Iterable[tuple[Sequence[TrueWord], Sequence[Word]]]) -> Figure:
    """`well_placed` over all pages."""
    return pooled([well_placed(true, read) for true, read in pages])


def field_exactness(fields: Sequence[FieldReading], *, fold_look_alikes: bool = False) -> Figure:
    """Share of fields read exactly after `settled`; with `fold_look_alikes` case, ё and Latin look-alikes are equal."""

    def form(text: str) -> str:
        return fold(settled(text)) if fold_look_alikes else settled(text)

    return pooled(
        [
            Ratio(part=float(field.read is not None and form(field.read) == form(field.true)), whole=1)
            for field in fields
        ]
    )


def settled(text: str) -> str:
    """NFC, every run of whitespace one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def pooled(units: Sequence[Ratio], *, resamples: int = RESAMPLES, seed: int = SEED) -> Figure:
    """Sum of the parts over sum of the wholes, with a percentile bootstrap interval over the units."""
    import numpy as np

    parts = np.array([unit.part for unit in units], dtype=np.float64)
    wholes = np.array([unit.whole for unit in units], dtype=np.float64)
    if wholes.sum() <= 0:
        return Figure(value=None, low=None, high=None, n=len(units))
    drawn = np.random.default_rng(seed).integers(0, len(units), size=(resamples, len(units)))
    drawn_wholes = wholes[drawn].sum(axis=1)
    ratios = parts[drawn].sum(axis=1)[drawn_wholes > 0] / drawn_wholes[drawn_wholes > 0]
    tail = (1 - COVERAGE) / 2
    low, high = np.quantile(ratios, [tail, 1 - tail])
    return Figure(value=float(parts.sum() / wholes.sum()), low=float(low), high=float(high), n=len(units))


def _paired(true: Sequence[Box], read: Sequence[Box]) -> list[float]:
    """IoU of each pair, best pairs first; as many pairs as the shorter side has boxes."""
    candidates = sorted(
        (-box.iou(other), _distance(box, other), index, order)
        for index, box in enumerate(true)
        for order, other in enumerate(read)
    )
    used_true: set[int] = set()
    used_read: set[int] = set()
    overlaps = []
    for minus_iou, _, index, order in candidates:
        if index not in used_true and order not in used_read:
            used_true.add(index)
            used_read.add(order)
            overlaps.append(-minus_iou)
    return overlaps


def _distance(box: Box, other: Box) -> float:
    return abs(box.x0 + box.x1 - other.x0 - other.x1) + abs(box.y0 + box.y1 - other.y0 - other.y1)
