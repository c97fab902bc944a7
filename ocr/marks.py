"""Signatures and stamps on a page's raster.

Whether a paper is signed decides its admission, so the detector looks at ink, not at words: a printed «подпись»
and an empty line under it are no signature. See `find_marks`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ocr.document import Mark, Word
from ocr.marks_ink import Raster, find_ink
from ocr.marks_scorer import pen_scorer
from ocr.marks_seals import find_stamps
from ocr.marks_strokes import find_groups


def find_marks(upright: Raster, words: Sequence[Word]) -> tuple[Mark, ...]:
    """Signatures and stamps of one page, top to bottom.

    `upright` is the page's raster as uint8, H×W (grey) or H×W×3 (BGR), turned upright; `words` are the recognised
    words in fractions of it. Boxes of the marks are fractions of the same raster, confidences 0..1.
    """
    if upright.size == 0 or min(upright.shape[:2]) < 64:
        return ()
    ink = find_ink(upright, words)
    stamps = find_stamps(ink)
    marks = [
        Mark(kind="stamp", box=ink.upright_box(*stamp.bounds), confidence=round(stamp.confidence, 3))
        for stamp in stamps
    ]
    scorer = pen_scorer()
    for group in find_groups(ink, stamps):
        confidence = scorer.confidence(group)
        if confidence >= 0.5:
            marks.append(Mark(kind="signature", box=ink.upright_box(*group.box), confidence=round(confidence, 3)))
    return tuple(sorted(marks, key=lambda mark: (mark.box.y0, mark.box.x0)))
