"""Salt and pepper of fax lines and bad copiers, the streaks of a dirty scanner glass, the stairs of 1-bit images."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image.raster import Pixels
from ocr.image.scale import glyph_height

_SMALLEST_DOT = 3.0
_DOT_TO_LETTER = 0.35
_FEW_DOTS = 12
_ALONE_WITHIN = 8
_COMPANY = 0.15  # of a dot's square: another speck may be near, a letter may not
_STREAK_SHARE = 0.6
_STREAK_WIDTH = 4
_GREY_TO_BLACK = 0.1
_SOFT_EDGE = 0.9


def despeckled(page: Pixels) -> Pixels:
    """The grey page without lonely dots, when there are more than a few.

    A dot is at most a third of a letter high; it is lonely when hardly any other ink, even faint, lies within 8 pixels:
    full stops, the dots of «ё» and pieces of broken thin letters are not. Dots of leaders are, and are not missed.
    """
    level, _ = cv2.threshold(page, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    paper = float(np.percentile(page[::4, ::4], 90))
    ink = (page < min(paper - 10, (level + paper) / 2)).astype(np.uint8)
    _, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    largest = max(_SMALLEST_DOT, _DOT_TO_LETTER * (glyph_height(page) or 0.0))
    dots = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= largest
    dots[0] = False
    if int(dots.sum()) < _FEW_DOTS:
        return page
    window = 2 * (_ALONE_WITHIN + round(largest / 2)) + 1
    around = cv2.boxFilter(ink, cv2.CV_32F, (window, window), normalize=False, borderType=cv2.BORDER_CONSTANT)
    x, y = centres[:, 0].astype(int), centres[:, 1].astype(int)
    lonely = dots & (around[y, x] <= stats[:, cv2.CC_STAT_AREA] + _COMPANY * largest**2)
    if int(lonely.sum()) < _FEW_DOTS:
        return page
    specks = cv2.dilate(lonely[labels].astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    cleaned = page.copy()
    cleaned[specks] = round(paper)
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
