"""Coloured ink: stamps, blue signatures and pen marks fade out, black print stays."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image.raster import Pixels, shrunk

_CHROMA_OF_BLACK = 16  # JPEG smears colour into black strokes beside a stamp: 99 % of them stay below
_FADE = 2.0
_COLOURED = 32
_COLOURED_SHARE = 0.0001


def has_coloured_ink(pixels: Pixels) -> bool:
    """Whether at least a ten-thousandth of the page carries ink with a colour."""
    if pixels.ndim == 2:
        return False
    small, _ = shrunk(pixels, 1400)
    chroma = small.max(axis=2).astype(np.int16) - small.min(axis=2)
    return bool((chroma > _COLOURED).mean() > _COLOURED_SHARE)


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
    return np.asarray(cv2.addWeighted(brightest, 1.0, extra, _FADE, 0.0), dtype=np.uint8)
