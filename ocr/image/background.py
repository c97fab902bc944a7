"""Shadow and tinted paper: divide by what the paper looks like without ink."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.image.raster import Pixels, shrunk

_WORKING_SIDE = 640
_PAPER = 250.0  # a little below white, so that noise around the paper's level is not all clipped
_EVEN = 0.12
_WHITE = 225.0
_MOST_INK = 0.15


def paper(pixels: Pixels) -> npt.NDArray[np.float32]:
    """The page without its ink at a reduced size (longest side 640), same number of channels.

    Closing lifts strokes to the level of the paper around them; a median and a blur smooth what is left. The window
    is about a thirtieth of the page: larger than letters, smaller than shadows.
    """
    small, _ = shrunk(pixels, _WORKING_SIDE)
    side = max(small.shape[:2])
    window = max(5, side // 30) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (window, window))
    quiet = cv2.medianBlur(small, 3)
    closed = cv2.morphologyEx(quiet, cv2.MORPH_CLOSE, kernel)
    smooth = cv2.medianBlur(closed, min(window * 2 + 1, 41))
    return np.asarray(cv2.GaussianBlur(smooth, (0, 0), window / 3), dtype=np.float32)


def is_uneven(pixels: Pixels) -> bool:
    """Whether the paper is shaded or far from white; a clean scan is neither and is best left alone."""
    ground = paper(pixels)
    level = ground if ground.ndim == 2 else ground.min(axis=2)
    low, middle, high = np.percentile(level, [5, 50, 95])
    return bool((high - low) / max(high, 1.0) > _EVEN or middle < _WHITE)


def is_taken_for_ink(pixels: Pixels) -> bool:
    """Whether Otsu's threshold, which the recogniser uses too, calls paper ink: far more of the page would be dark than
    print ever covers. A page of noisy paper with few words is like that, and costs the recogniser minutes."""
    seen = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    _, dark = cv2.threshold(seen, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return bool(np.count_nonzero(dark) > _MOST_INK * dark.size)


def divided(pixels: Pixels) -> Pixels:
    """The page with its paper brought to one near-white level, channel by channel (which also balances the white)."""
    ground = np.maximum(paper(pixels), 1.0).astype(np.uint8)
    full = cv2.resize(ground, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(pixels, full, scale=_PAPER), dtype=np.uint8)
