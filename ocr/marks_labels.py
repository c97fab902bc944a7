"""Ink beside a printed «подпись»: where a form asks for a signature, a stroke is looked for with a closer eye.

The general detector judges strokes anywhere on the page and must be strict. Beside the word that asks for it a pen's
stroke is what one expects, so ink that neither print nor a ruled line explains is enough.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from ocr.document import Box, Mark, Word

_LABEL = "подпись"
_ALIKE = 80.0
_REACH = 14.0
_ABOVE, _BELOW = 1.5, 0.9
_CONFIDENCE = 0.6
_PRINTED_WORD = 0.5


def signatures_beside_labels(
    grey: npt.NDArray[np.uint8], words: Sequence[Word], stamps: Sequence[Box] = ()
) -> tuple[Mark, ...]:
    """Signatures to the right of each «подпись»; `grey`: the upright page, uint8 (height, width).

    Ink inside `stamps` is not looked at: a seal over an empty line signs nothing.
    """
    found = (_beside(grey, label, words, stamps) for label in words if _is_label(label))
    return tuple(mark for mark in found if mark is not None)


def _is_label(word: Word) -> bool:
    bare = "".join(char for char in word.text.lower() if char.isalpha())
    return fuzz.ratio(bare, _LABEL) >= _ALIKE


def _beside(grey: npt.NDArray[np.uint8], label: Word, words: Sequence[Word], stamps: Sequence[Box]) -> Mark | None:
    height, width = grey.shape
    letter = (label.box.y1 - label.box.y0) * height
    left = round(label.box.x1 * width + 0.3 * letter)
    right = min(width, round(label.box.x1 * width + _REACH * letter))
    top = max(0, round(label.box.y0 * height - _ABOVE * letter))
    bottom = min(height, round(label.box.y1 * height + _BELOW * letter))
    if letter < 6 or right - left < 2 * letter:
        return None
    ink = _ink(grey, label, (left, top, right, bottom), letter)
    for word in words:
        if word.confidence >= _PRINTED_WORD and sum(char.isalnum() for char in word.text) >= 2:
            _wipe(ink, word.box, (left, top), (width, height), round(0.15 * letter))
    for stamp in stamps:
        _wipe(ink, stamp, (left, top), (width, height), 0)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    strokes = [
        stats[piece]
        for piece in range(1, count)
        if stats[piece, cv2.CC_STAT_HEIGHT] >= 0.6 * letter and stats[piece, cv2.CC_STAT_AREA] >= 0.08 * letter**2
    ]
    if not strokes:
        return None
    x0 = min(int(stroke[cv2.CC_STAT_LEFT]) for stroke in strokes)
    y0 = min(int(stroke[cv2.CC_STAT_TOP]) for stroke in strokes)
    x1 = max(int(stroke[cv2.CC_STAT_LEFT] + stroke[cv2.CC_STAT_WIDTH]) for stroke in strokes)
    y1 = max(int(stroke[cv2.CC_STAT_TOP] + stroke[cv2.CC_STAT_HEIGHT]) for stroke in strokes)
    if x1 - x0 < 1.2 * letter:
        return None
    box = Box((left + x0) / width, (top + y0) / height, (left + x1) / width, (top + y1) / height)
    return Mark(kind="signature", box=box, confidence=_CONFIDENCE)


def _ink(
    grey: npt.NDArray[np.uint8], label: Word, region: tuple[int, int, int, int], letter: float
) -> npt.NDArray[np.uint8]:
    """Ink of the region as 255, as dark as the label's own ink, without ruled lines."""
    left, top, right, bottom = region
    width = grey.shape[1]
    start = max(0, round(label.box.x0 * width))
    strip = cv2.GaussianBlur(grey[top:bottom, start:right], (0, 0), max(0.8, letter / 30))
    kernel = max(5, round(1.2 * letter)) | 1
    paper = cv2.morphologyEx(strip, cv2.MORPH_CLOSE, np.ones((kernel, kernel), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), letter / 2)
    depth = cv2.subtract(paper, strip)
    own = depth[:, : max(1, round(label.box.x1 * width) - start)]
    contrast = float(np.percentile(own, 97))
    ink: npt.NDArray[np.uint8] = np.where(depth[:, left - start :] > max(14.0, 0.4 * contrast), 255, 0).astype(np.uint8)
    ruled = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(5, round(1.1 * letter))), np.uint8))
    ruled = cv2.dilate(ruled, np.ones((max(3, round(letter / 8)), 3), np.uint8))
    return np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(ruled)), dtype=np.uint8)


def _wipe(ink: npt.NDArray[np.uint8], box: Box, origin: tuple[int, int], size: tuple[int, int], margin: int) -> None:
    x0, y0 = round(box.x0 * size[0]) - origin[0] - margin, round(box.y0 * size[1]) - origin[1] - margin
    x1, y1 = round(box.x1 * size[0]) - origin[0] + margin, round(box.y1 * size[1]) - origin[1] + margin
    if x1 > 0 and y1 > 0:
        ink[max(0, y0) : y1, max(0, x0) : x1] = 0
