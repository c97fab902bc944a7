"""Which way up the page is.

Two questions: along which axis the text runs (answered by pixels), and which of the two ways along it (answered by
letting the recogniser look at one band both ways). Orientation detection of the engine (OSD) is asked only in doubt:
its threshold silently leaves pages turned.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from ocr.document import Rotation
from ocr.image.deskew import ink_of
from ocr.image.raster import Pixels, shrunk, turned

_WORKING_SIDE = 1100
_SURE_AXIS = 1.5
_FAINT = 12
_FEW_LETTERS = 20
_SURE_FIRST = 25.0

BandReader = Callable[[Pixels], float]
"""How much Russian or English text a reader makes of a picture: larger = more certain."""


def axis_ratio(page: Pixels) -> float:
    """Evidence for rows over columns: > 1 text runs left to right, < 1 the page lies on its side; 1.0 = cannot tell.

    Letters are joined by a gap of about one letter, once along each axis: along the text they become long bars, across
    it they mostly stay apart, since lines stand further from each other than letters. Skew does no harm. Compared is
    the length of all bars at least two and a half times as long as thick.
    """
    small, _ = shrunk(page, _WORKING_SIDE)
    letters, size = _letters(small)
    if size is None:
        return 1.0
    return (_bars(letters, size) + 1.0) / (_bars(np.ascontiguousarray(letters.T), size) + 1.0)


def _letters(small: Pixels) -> tuple[Pixels, float | None]:
    """The marks that may be letters (1 on 0) and their usual size in pixels; None when there are fewer than 20."""
    ink = np.asarray(ink_of(small) * 255, dtype=np.uint8)
    dark = ink[ink > _FAINT]
    if len(dark) < 50:
        return np.zeros_like(ink), None
    level, _ = cv2.threshold(dark.reshape(-1, 1), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    marks = (ink > 0.8 * level).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(marks)
    sizes = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    narrow = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    letters = (sizes >= 3) & (sizes < 60) & (sizes < 6 * narrow)
    letters[0] = False
    if int(letters.sum()) < _FEW_LETTERS or count < _FEW_LETTERS:
        return np.zeros_like(ink), None
    return letters[labels].astype(np.uint8), float(np.median(sizes[letters]))


def _bars(letters: Pixels, size: float) -> float:
    gap = max(3, round(1.1 * size)) | 1
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    lengths, thickness = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    bars = (lengths > 3 * size) & (lengths > 2.5 * thickness)
    return float(lengths[bars].sum())


def densest_band(page: Pixels, share: float = 0.08) -> Pixels:
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
