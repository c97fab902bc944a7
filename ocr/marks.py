"""Signatures and stamps on a page's raster.

Whether a paper is signed decides its admission, so the detector looks at ink, not at words: a printed «подпись»
and an empty line under it are no signature. See `find_marks`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ocr.document import Mark, Word
from ocr.image.raster import grey
from ocr.marks_ink import Raster, find_ink
from ocr.marks_labels import signatures_beside_labels
from ocr.marks_scorer import pen_scorer
from ocr.marks_seals import find_stamps
from ocr.marks_strokes import Group, find_groups

LIKELY = 0.5  # a group this likely to be a signature is one
PART = 0.2  # and one this likely belongs to a signature it touches


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
    scored = [(group, scorer.confidence(group)) for group in find_groups(ink, stamps)]
    for box, confidence in _joined(scored, 0.8 * ink.text_height):
        marks.append(Mark(kind="signature", box=ink.upright_box(*box), confidence=round(confidence, 3)))
    sealed = [mark.box for mark in marks if mark.kind == "stamp"]
    for mark in signatures_beside_labels(grey(upright), words, sealed):
        if not any(known.kind == "signature" and known.box.intersection(mark.box) > 0 for known in marks):
            marks.append(mark)
    return tuple(sorted(marks, key=lambda mark: (mark.box.y0, mark.box.x0)))


def _joined(
    scored: Sequence[tuple[Group, float]], near: float
) -> list[tuple[tuple[float, float, float, float], float]]:
    """Boxes and confidences of the likely signatures, each with its neighbours within `near` pixels.

    A ruling or a printed name under a signature cuts it: the cut-off part alone need not look like one.
    """
    likely = sorted((pair for pair in scored if pair[1] >= LIKELY), key=lambda pair: -pair[1])
    parts = [group.box for group, confidence in scored if LIKELY > confidence >= PART]
    boxes: list[tuple[tuple[float, float, float, float], float]] = []
    for group, confidence in likely:
        box: tuple[float, float, float, float] = group.box
        for part in parts:
            if _gap(box, part) <= near:
                box = _union(box, part)
        touching = [known for known in boxes if _gap(known[0], box) <= near]
        for known in touching:
            box, confidence = _union(box, known[0]), max(confidence, known[1])
        boxes = [known for known in boxes if known not in touching] + [(box, confidence)]
    return boxes


def _gap(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    """The wider of the two distances, across and down, between rectangles; 0 or less where they overlap."""
    return max(box[0] - other[2], other[0] - box[2], box[1] - other[3], other[1] - box[3])


def _union(
    box: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
