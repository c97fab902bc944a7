"""Dot leaders: rows of dots that lead the eye from a label to its value.

A recogniser reads them as dots on a clean page and as letters («енниь») on a fax, so they are painted over. A full
stop, an ellipsis of three dots and a signature's stroke are no leader.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.image.raster import Pixels

_FEWEST = 4
_SHORTEST = 2.2
_FLAT = 0.34
_LONGEST = 1.3  # on a fax neighbouring dots grow together
_SPECK = 0.06
_APART = 0.6
_ON_ONE_LINE = 0.14


def without_leaders(page: Pixels) -> Pixels:
    """The level grey page with its dot leaders painted in paper.

    A leader is a row of four dots or more, longer than two letters are high. A dot is lower than a third of the usual
    letter; it stands on one line with the next, nearer to it than a letter is wide.
    """
    ink = cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    letters = heights[1:][(heights[1:] >= 8) & (heights[1:] <= 90) & (widths[1:] <= 120)]
    if letters.size == 0:
        return page
    letter = float(np.median(letters))
    is_dot = (heights <= _FLAT * letter + 1) & (widths <= _LONGEST * letter)
    is_dot &= np.minimum(widths, heights) >= max(2.0, _SPECK * letter)
    is_dot[0] = False
    dots = np.flatnonzero(is_dot)
    lefts = stats[dots, cv2.CC_STAT_LEFT]
    runs = _runs(lefts, lefts + widths[dots], centres[dots, 1], letter)
    found = [index for run in runs for index in dots[run]]
    if not found:
        return page
    marked = np.zeros(count, np.uint8)
    marked[found] = 255
    mask = cv2.dilate(marked[labels], np.ones((5, 5), np.uint8))
    cleaned = page.copy()
    cleaned[mask > 0] = int(np.percentile(page, 90))
    return cleaned


def _runs(
    lefts: npt.NDArray[np.int32], rights: npt.NDArray[np.int32], heights: npt.NDArray[np.float64], letter: float
) -> list[list[int]]:
    """Indices of the dots of each leader, left to right; `heights`: how far down the page each dot stands."""
    runs: list[list[int]] = []
    still_open: list[list[int]] = []
    for index in np.argsort(lefts, kind="stable").tolist():
        still_open = [run for run in still_open if lefts[index] - rights[run[-1]] <= _APART * letter]
        for run in still_open:
            if abs(heights[index] - heights[run[-1]]) <= max(1.5, _ON_ONE_LINE * letter):
                run.append(index)
                break
        else:
            still_open.append([index])
            runs.append(still_open[-1])
    return [run for run in runs if len(run) >= _FEWEST and rights[run[-1]] - lefts[run[0]] >= _SHORTEST * letter]
