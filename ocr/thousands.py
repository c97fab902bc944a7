"""Thousands set apart by a narrow space: «23 100,98» that the recogniser joined to «23100,98».

The gap is measured in the picture: where every gap at a place of thousands is clearly wider than the other gaps
between the figures, the word is divided there. Numbers printed without spaces have even gaps and stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocr.engines.contract import PixelWord
from ocr.image.raster import Pixels

_JOINED = re.compile(r"\d{4,9}(?=$|[,.]\d{2}$)")
_WIDER = 1.5
_NARROWEST = 0.15
_YEAR = re.compile(r"(?:19|20)\d\d$")
_CONTRAST = 40
_INKED = 0.03


def with_thousands_apart(page: Pixels, words: Sequence[PixelWord]) -> tuple[PixelWord, ...]:
    """The words in order, sums divided at their thousands. `page`: the grey picture the boxes refer to."""
    return tuple(part for word in words for part in _divided(page, word))


def _divided(page: Pixels, word: PixelWord) -> tuple[PixelWord, ...]:
    bare = word.text.rstrip(".,;:)")
    match = _JOINED.match(bare)
    if match is None or _YEAR.match(bare):
        return (word,)
    places = [at for at in range(1, match.end()) if (match.end() - at) % 3 == 0]
    gaps = _gaps(page, word)
    at_places = [_nearest(gaps, *_expected(word, place)) for place in places]
    if any(gap is None for gap in at_places):
        return (word,)
    chosen = [gap for gap in at_places if gap is not None]
    narrowest = min(gap.width for gap in chosen)
    widest_other = max((gap.width for gap in gaps if gap not in chosen), default=0)
    if narrowest < max(_NARROWEST * (word.bottom - word.top), _WIDER * widest_other):
        return (word,)
    parts, start, left = [], 0, word.left
    for place, gap in zip(places, chosen, strict=True):
        parts.append(replace(word, text=word.text[start:place], left=left, right=gap.left))
        start, left = place, gap.right
    parts.append(replace(word, text=word.text[start:], left=left))
    return tuple(parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Gap:
    """A white column between two signs, pixels of the page."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


def _expected(word: PixelWord, place: int) -> tuple[float, float]:
    """Where the gap before sign number `place` should lie and how far from it one may look: half a figure."""
    widths = [1.0 if sign.isdigit() else 0.45 for sign in word.text]
    figure = (word.right - word.left) / sum(widths)
    return word.left + figure * sum(widths[:place]), 0.5 * figure


def _nearest(gaps: Sequence[_Gap], expected: float, reach: float) -> _Gap | None:
    near = [gap for gap in gaps if gap.left - reach <= expected <= gap.right + reach]
    return max(near, key=lambda gap: gap.width, default=None)


def _gaps(page: Pixels, word: PixelWord) -> list[_Gap]:
    """The white columns inside a word's box, from left to right; none where there is no contrast to tell."""
    top, left = max(0, int(word.top)), max(0, int(word.left))
    cut = page[top : int(word.bottom) + 1, left : int(word.right) + 1].astype(np.float32)
    if cut.size == 0:
        return []
    paper, ink = float(np.percentile(cut, 95)), float(np.percentile(cut, 3))
    if paper - ink < _CONTRAST:
        return []
    dark = (cut < (paper + ink) / 2).sum(axis=0) >= max(1, round(_INKED * cut.shape[0]))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], dark, [False])).astype(np.int8)))
    return [
        _Gap(left=float(left + end), right=float(left + start))
        for end, start in zip(edges[1::2][:-1], edges[::2][1:], strict=True)
    ]
