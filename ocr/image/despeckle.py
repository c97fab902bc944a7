"""Salt and pepper of fax lines and bad copiers."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image.raster import Pixels

_SPECKS_PER_LETTER = 0.5


def _components(
    page: Pixels,
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int32]], np.ndarray[tuple[int, ...], np.dtype[np.int32]]]:
    _, binary = cv2.threshold(page, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(binary, connectivity=8, ltype=cv2.CV_32S)
    return np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32)


def despeckled(page: Pixels, largest: int = 3) -> Pixels:
    """The grey page without isolated dots of at most `largest` pixels, when there are many of them.

    A page with fewer than one speck per two letters is returned as it is: full stops of small print look like specks.
    """
    labels, stats = _components(page)
    area = stats[:, cv2.CC_STAT_AREA]
    specks = area <= largest
    specks[0] = False
    letters = int((area >= 12).sum())
    if int(specks.sum()) < _SPECKS_PER_LETTER * max(letters, 40):
        return page
    cleaned = page.copy()
    cleaned[specks[labels]] = 255
    return cleaned
