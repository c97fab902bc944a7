"""Words that are no words: specks read as dots, pen strokes read as letters."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ocr.engines.contract import PixelWord

_SPECK = 0.38
_SCRIBBLE = 2.2
_SCRIBBLE_SIGNS = 4  # a long number touched by a pen stroke has a high box too
_UNSURE = 0.6
_FEW = 8


def without_strays(words: Sequence[PixelWord]) -> tuple[PixelWord, ...]:
    """The words without what print does not look like.

    Dropped: marks smaller than about a third of the usual height both ways (a full stop stands with its word, never
    alone), unsure readings of a few letters more than twice as high as usual (signatures), unsure readings without
    letter or digit. Pages of fewer than 8 words have no usual height and stay whole.
    """
    if len(words) < _FEW:
        return tuple(words)
    usual = median(word.bottom - word.top for word in words)
    return tuple(word for word in words if not _is_stray(word, usual))


def _is_stray(word: PixelWord, usual: float) -> bool:
    height, width = word.bottom - word.top, word.right - word.left
    if height < _SPECK * usual and width < _SPECK * usual:
        return True
    if word.confidence >= _UNSURE:
        return False
    signs = sum(char.isalnum() for char in word.text)
    return signs == 0 or (signs <= _SCRIBBLE_SIGNS and height > _SCRIBBLE * usual)
