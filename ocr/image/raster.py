"""The pixels of one page as they arrive."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.document import Rotation
from ocr.formats.raster import Raster

__all__ = ["Pixels", "Raster", "grey", "shrunk", "turned", "upright_raster"]

Pixels = npt.NDArray[np.uint8]

_QUARTER_TURN = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def turned(pixels: Pixels, rotation: Rotation) -> Pixels:
    """The pixels turned clockwise by `rotation` degrees."""
    if rotation == 0:
        return pixels
    return np.asarray(cv2.rotate(pixels, _QUARTER_TURN[rotation]), dtype=np.uint8)


def upright_raster(raster: Raster, rotation: Rotation) -> Raster:
    """The upright page of `ocr.document`: the raster turned clockwise by the rotation that recognition found."""
    return Raster(pixels=turned(raster.pixels, rotation), dpi=raster.dpi)


def grey(pixels: Pixels) -> Pixels:
    """Luminance, height x width."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def shrunk(pixels: Pixels, longest: int) -> tuple[Pixels, float]:
    """The pixels with their longer side at most `longest`, and the factor (≤ 1) they were shrunk by."""
    factor = min(1.0, longest / max(pixels.shape[:2]))
    if factor == 1.0:
        return pixels, 1.0
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8), factor
