"""Which way up the page is.

Two questions: along which axis the text runs (answered by pixels), and which of the two ways along it (answered by
letting the recogniser look at one band both ways). Orientation detection of the engine (OSD) is asked only in doubt:
its threshold silently leaves pages turned.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ocr.document import Rotation
from ocr.image.deskew import ink_of
from ocr.image.raster import Pixels, shrunk, turned

_WORKING_SIDE = 1100
_STRIPS = 8
_SURE_AXIS = 1.25
_SURE_FIRST = 25.0

BandReader = Callable[[Pixels], float]
"""How much Russian or English text a reader makes of a picture: larger = more certain."""


def axis_ratio(page: Pixels) -> float:
    """Evidence for rows over columns: > 1 text runs left to right, < 1 the page lies on its side; 1.0 = no ink.

    Energy of the change from row to row against that from column to column, in strips so that a small skew does not
    smear the rows. Long ruled lines are held down by the square root.
    """
    small, _ = shrunk(page, _WORKING_SIDE)
    ink = ink_of(small)
    rows, columns = _energy(ink), _energy(np.ascontiguousarray(ink.T))
    return float(rows / columns) if columns > 0 and rows > 0 else 1.0


def _energy(ink: npt.NDArray[np.float32]) -> float:
    total = 0.0
    for strip in np.array_split(ink, _STRIPS, axis=1):
        profile = np.sqrt(strip.mean(axis=1, dtype=np.float64))
        total += float(np.square(np.diff(profile)).sum())
    return total


def densest_band(page: Pixels, share: float = 0.16) -> Pixels:
    """The full-width band of a page with the most rows of text in it (not the most ink: that may be a picture)."""
    small, factor = shrunk(page, _WORKING_SIDE)
    ink = ink_of(small)
    activity = np.abs(np.diff(np.sqrt(ink.mean(axis=1, dtype=np.float64)), prepend=0.0))
    window = max(8, round(share * len(activity)))
    sums = np.convolve(activity, np.ones(window), mode="valid")
    top = int(np.argmax(sums))
    pad = max(2, window // 20)
    return page[max(0, int((top - pad) / factor)) : int((top + window + pad) / factor)]


def find_rotation(page: Pixels, read_band: BandReader, detect: Callable[[Pixels], Rotation | None]) -> Rotation:
    """Clockwise degrees that set a grey page upright.

    `read_band` scores how readable a band is; `detect` is the engine's own guess, asked only when neither axis nor
    reading decides.
    """
    ratio = axis_ratio(page)
    axes: tuple[tuple[Rotation, Rotation], ...]
    if ratio >= _SURE_AXIS:
        axes = ((0, 180),)
    elif ratio <= 1 / _SURE_AXIS:
        axes = ((90, 270),)
    else:
        axes = ((0, 180), (90, 270)) if ratio >= 1 else ((90, 270), (0, 180))
    scores: dict[Rotation, float] = {}
    for first, second in axes:
        band = densest_band(turned(page, first))
        scores[first] = read_band(band)
        if scores[first] >= _SURE_FIRST:
            return first
        scores[second] = read_band(turned(band, 180))
        if scores[second] >= _SURE_FIRST:
            return second
    ranked = sorted(scores, key=lambda rotation: -scores[rotation])
    best, next_best = ranked[0], ranked[1]
    if scores[best] >= 2.0 * scores[next_best] + 3.0:
        return best
    guess = detect(page)
    if guess is not None and (guess in scores or scores[best] < 3.0):
        return guess
    return best if scores[best] > scores[next_best] else axes[0][0]
