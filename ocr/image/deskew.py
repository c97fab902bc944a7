"""The small angle a sheet lay at."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.image.raster import Pixels, shrunk

_WORKING_SIDE = 1000
_LIMIT = 7.0
_WORTH_TURNING = 0.12


def ink_of(page: Pixels) -> npt.NDArray[np.float32]:
    """Ink 0..1 of a grey page; faint paper texture counts as none."""
    level = float(np.percentile(page, 90))
    return np.asarray(np.clip((level * 0.85 - page.astype(np.float32)) / max(level, 1.0), 0.0, 1.0), dtype=np.float32)


def _sharpness(ink: npt.NDArray[np.float32], degrees: float) -> float:
    """How sharply rows of text stand out when the page is turned: energy of the change from row to row."""
    height, width = ink.shape
    shear = np.tan(np.deg2rad(degrees))
    matrix = np.array([[1.0, 0.0, 0.0], [shear, 1.0, -shear * width / 2]], dtype=np.float32)
    sheared = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR)
    profile = np.asarray(sheared, dtype=np.float64).sum(axis=1)
    return float(np.square(np.diff(profile)).sum())


def skew_angle(page: Pixels) -> float:
    """Degrees, counter-clockwise positive, that bring the lines of a grey page level; 0.0 when already level.

    Searches ±7° by 0.5°, then ±0.5° by 0.1° around the best.
    """
    small, _ = shrunk(page, _WORKING_SIDE)
    ink = ink_of(small)
    if float(ink.mean()) < 0.0005:
        return 0.0
    coarse = np.arange(-_LIMIT, _LIMIT + 0.01, 0.5)
    best = max(coarse, key=lambda angle: _sharpness(ink, float(angle)))
    fine = np.arange(best - 0.5, best + 0.51, 0.1)
    best = max(fine, key=lambda angle: _sharpness(ink, float(angle)))
    if _sharpness(ink, float(best)) < 1.05 * _sharpness(ink, 0.0) or abs(best) >= _LIMIT:
        return 0.0
    return -float(best) if abs(best) >= _WORTH_TURNING else 0.0
