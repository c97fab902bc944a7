"""Pages with and without signatures and stamps, with the truth of both, for `benchmarks.marks`."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.marks_conditions import faxed, photographed, resized, scanned
from benchmarks.marks_drawing import Raster, Rectangle
from benchmarks.marks_layout import (
    Sheet,
    blank_sheet,
    put_decoy,
    put_stamp,
    write_body,
    write_signature_block,
)
from benchmarks.marks_signatures import HELD_OUT_SOURCE, SOURCES
from ocr.document import Box, MarkKind, Point, Quad, Word

CONDITIONS = ("clean", "scan", "fax", "photo", "stamped")


@dataclass(frozen=True, kw_only=True, slots=True)
class Truth:
    kind: MarkKind
    box: Box


@dataclass(frozen=True, kw_only=True, slots=True)
class MarksPage:
    """`upright` uint8 H×W or H×W×3 BGR; `words` as a recogniser would give them, faults and all.

    `source` names who drew the signature. `faint` are marks of which the condition left too little to ask for: finding
    them is neither right nor wrong.
    """

    upright: Raster
    words: tuple[Word, ...]
    truth: tuple[Truth, ...]
    faint: tuple[Truth, ...]
    source: str | None
    condition: str


def make_page(seed: int, condition: str, *, held_out_source: bool) -> MarksPage:
    """One page. The same seed and condition give the same page on every machine with the same fonts."""
    rng = np.random.default_rng([seed, CONDITIONS.index(condition), int(held_out_source)])
    sources = list(SOURCES)
    source = HELD_OUT_SOURCE if held_out_source else str(rng.choice(sources))
    sheet = blank_sheet(rng)
    signed = rng.random() < 0.5
    write_body(sheet)
    write_signature_block(sheet, source if signed else None)
    if rng.random() < (0.9 if condition == "stamped" else 0.35):
        put_stamp(sheet, over_text=condition == "stamped" and rng.random() < 0.7)
    for _ in range(int(rng.integers(0, 3))):
        put_decoy(sheet)
    return _degraded(sheet, condition, source if signed else None)


def _degraded(sheet: Sheet, condition: str, source: str | None) -> MarksPage:
    rng = sheet.rng
    image = sheet.image
    if rng.random() < 0.25 and condition in ("scan", "photo", "fax"):
        fold = round(rng.uniform(0.3, 0.7) * image.shape[0])
        cv2.line(
            image, (0, fold), (image.shape[1], fold + int(rng.integers(-6, 7))), (205,) * 3, int(rng.integers(2, 5))
        )
    move = np.eye(3)
    if condition == "clean":
        if rng.random() < 0.4:
            image, move = resized(image, 1.5)
    elif condition in ("scan", "stamped"):
        image, move = scanned(rng, image)
    elif condition == "fax":
        image, move = faxed(rng, image)
    else:
        image, move = photographed(rng, image)
    high, wide = image.shape[:2]
    words = _read(rng, sheet, move, wide, high, condition)
    truth = tuple(Truth(kind=kind, box=_moved(box, move, wide, high).hull) for kind, box in sheet.marks)
    visible = tuple(
        condition != "fax" or _left(sheet, box, image, t.box) for t, (_, box) in zip(truth, sheet.marks, strict=True)
    )
    return MarksPage(
        upright=image,
        words=words,
        truth=tuple(t for t, seen in zip(truth, visible, strict=True) if seen),
        faint=tuple(t for t, seen in zip(truth, visible, strict=True) if not seen),
        source=source,
        condition=condition,
    )


def _left(sheet: Sheet, drawn: Rectangle, bits: Raster, box: Box) -> bool:
    """Whether a fax kept at least two fifths of the ink that stood in the mark's rectangle."""
    before = cv2.cvtColor(sheet.image[drawn[1] : drawn[3], drawn[0] : drawn[2]], cv2.COLOR_BGR2GRAY) < 225
    high, wide = bits.shape
    after = bits[round(box.y0 * high) : round(box.y1 * high), round(box.x0 * wide) : round(box.x1 * wide)] < 128
    return bool(after.size and after.mean() >= 0.4 * before.mean())


def _moved(box: Rectangle, move: NDArray[np.float64], wide: int, high: int) -> Quad:
    corners = np.array([[box[0], box[1], 1], [box[2], box[1], 1], [box[2], box[3], 1], [box[0], box[3], 1]], np.float64)
    mapped = corners @ move.T
    mapped = mapped[:, :2] / mapped[:, 2:]
    a, b, c, d = (Point(float(np.clip(x / wide, 0, 1)), float(np.clip(y / high, 0, 1))) for x, y in mapped)
    return Quad(a, b, c, d)


_LOSS = {"clean": 0.01, "scan": 0.02, "fax": 0.05, "photo": 0.06, "stamped": 0.03}


def _read(
    rng: np.random.Generator, sheet: Sheet, move: NDArray[np.float64], wide: int, high: int, condition: str
) -> tuple[Word, ...]:
    """A recogniser's words: some lost, those under ink doubtful or gone, and junk where the strokes are."""
    words = []
    for text, box, line in sheet.printed:
        crossed = any(_common(box, mark) > 0.25 * (box[2] - box[0]) * (box[3] - box[1]) for _, mark in sheet.marks)
        if rng.random() < (0.35 if crossed else _LOSS[condition]):
            continue
        sure = rng.uniform(0.2, 0.95) if crossed else float(np.clip(rng.normal(0.93, 0.08), 0.3, 0.99))
        shift = rng.normal(0, 1.2, 4)
        moved = _moved(tuple(round(v + s) for v, s in zip(box, shift, strict=True)), move, wide, high)
        words.append(Word(text=text, box=moved.hull, quad=moved, confidence=sure, line=line))
    for _, (x0, y0, x1, y1) in sheet.marks:
        for _ in range(int(rng.integers(0, 3))):
            xs, ys = np.sort(rng.uniform(x0, x1, 2)), np.sort(rng.uniform(y0, y1, 2))
            junk = _moved((round(xs[0]), round(ys[0]), round(xs[1]) + 8, round(ys[1]) + 8), move, wide, high)
            text = "".join(rng.choice(list("АбvwЛ/|/—;Ч»2°"), int(rng.integers(1, 6))))
            words.append(
                Word(text=text, box=junk.hull, quad=junk, confidence=rng.uniform(0.0, 0.6), line=sheet.line + 1)
            )
    return tuple(words)


def _common(box: Rectangle, other: Rectangle) -> float:
    return float(
        max(0, min(box[2], other[2]) - max(box[0], other[0])) * max(0, min(box[3], other[3]) - max(box[1], other[1]))
    )
