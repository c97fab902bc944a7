"""Coloured ink: stamps, blue signatures and pen marks fade out, black print stays."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image.raster import Pixels, grey, shrunk

_CHROMA_OF_BLACK = 28  # JPEG smears colour into black strokes beside a stamp; below this chroma a pixel counts as black
_FADE = 1.6
_COLOURED_SHARE = 0.0005


def has_coloured_ink(pixels: Pixels) -> bool:
    """Whether a noticeable part of the page carries saturated ink (at least 0.05 % of its area)."""
    if pixels.ndim == 2:
        return False
    small, _ = shrunk(pixels, 1000)
    chroma = small.max(axis=2).astype(np.int16) - small.min(axis=2)
    return bool((chroma > 2 * _CHROMA_OF_BLACK).mean() > _COLOURED_SHARE)


def without_coloured_ink(pixels: Pixels) -> Pixels:
    """Grey page in which a pixel is as bright as its brightest channel, and brighter the more colour it has.

    The brightest channel alone hides red and light blue ink; the dark blue of a pen needs the second term. Expects
    white-balanced paper (see `background.divided`): on yellow paper everything would look coloured.
    """
    if pixels.ndim == 2:
        return pixels
    blue, green, red = cv2.split(pixels)
    brightest = cv2.max(cv2.max(blue, green), red)
    darkest = cv2.min(cv2.min(blue, green), red)
    chroma = cv2.subtract(brightest, darkest)
    extra = cv2.subtract(chroma, np.full_like(chroma, _CHROMA_OF_BLACK))
    faded = cv2.addWeighted(brightest, 1.0, extra, _FADE, 0.0)
    plain = grey(pixels)
    return np.where(extra > 0, faded, plain).astype(np.uint8)
