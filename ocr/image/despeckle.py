"""Salt and pepper of fax lines and bad copiers, the streaks of a dirty scanner glass, the stairs of 1-bit images."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image.raster import Pixels

_LARGEST_SPECK = 5
_SPECKS_PER_LETTER = 0.3
_ALONE_WITHIN = 8
_INK_OF_A_SPECK = 6
_STREAK_SHARE = 0.6
_STREAK_WIDTH = 4
_GREY_TO_BLACK = 0.1
_SOFT_EDGE = 0.9


def despeckled(page: Pixels) -> Pixels:
    """The grey page without lonely dots of at most 5 pixels, when there are many of them.

    A dot with other ink, even faint, within 8 pixels stays: it is a full stop, or a piece of a thin letter. A page with
    fewer than one lonely dot per three letters is returned as it is.
    """
    level, binary = cv2.threshold(page, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(binary, connectivity=8, ltype=cv2.CV_32S)
    areas = stats[:, cv2.CC_STAT_AREA]
    small = areas <= _LARGEST_SPECK
    small[0] = False
    letters = int((areas >= 12).sum()) - 1
    if int(small.sum()) < _SPECKS_PER_LETTER * max(letters, 40):
        return page
    paper = float(np.percentile(page, 90))
    faint = (page < min(paper - 10, (level + paper) / 2)).astype(np.uint8)
    around = cv2.boxFilter(faint, cv2.CV_32F, (2 * _ALONE_WITHIN + 1, 2 * _ALONE_WITHIN + 1), normalize=False)
    lonely = small[labels] & (around <= _INK_OF_A_SPECK)
    count = cv2.connectedComponents(lonely.astype(np.uint8))[0] - 1
    if count < _SPECKS_PER_LETTER * max(letters, 40):
        return page
    specks = cv2.dilate(lonely.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    cleaned = page.copy()
    cleaned[specks] = 255
    return cleaned


def without_streaks(page: Pixels) -> Pixels:
    """The grey page without thin lines that run straight down most of it, as dust on a scanner's glass draws them.

    Looks before the page is levelled, when streaks still run along the pixel columns. Letters that cross a streak
    keep their ink: only rows in which the streak stands alone are painted.
    """
    _, binary = cv2.threshold(page, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    covered = binary.mean(axis=0)
    wide = np.convolve(covered > _STREAK_SHARE, np.ones(_STREAK_WIDTH + 1), mode="same") > _STREAK_WIDTH
    columns = np.flatnonzero((covered > _STREAK_SHARE) & ~wide)
    columns = columns[(columns > _STREAK_WIDTH) & (columns < page.shape[1] - _STREAK_WIDTH - 1)]
    if not len(columns):
        return page
    cleaned = page.copy()
    for column in columns:
        alone = (binary[:, column - _STREAK_WIDTH] == 0) & (binary[:, column + _STREAK_WIDTH] == 0)
        for near in range(column - 1, column + 2):
            cleaned[alone, near] = 255
    return cleaned


def is_bilevel(page: Pixels) -> bool:
    """Whether the ink of a grey page is black without greys around it."""
    black, grey = int((page <= 16).sum()), int(((page > 16) & (page < 239)).sum())
    return grey <= _GREY_TO_BLACK * black


def softened(page: Pixels) -> Pixels:
    """A 1-bit page with soft edges (blur of 0.9 px), others unchanged.

    Enlarging stairs gives bigger stairs; blurred first they turn into slopes (fax: 7.0 → 3.7 % errors) and gaps of a
    pixel in thin strokes close.
    """
    if not is_bilevel(page):
        return page
    return np.asarray(cv2.GaussianBlur(page, (0, 0), _SOFT_EDGE), dtype=np.uint8)
