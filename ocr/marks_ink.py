"""The ink of a page as masks: what is print, what is ruling, what is left for a pen or a stamp.

Everything here works on one *working raster*: the upright page at about 150 dpi, straightened by the slope of
its text lines. Pixel measures are given in text heights where they can be, because a page photographed from
afar and one scanned close differ in dpi and not in the proportion between a signature and the text beside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.document import Box, Word

Raster = NDArray[Any]  # uint8 throughout; OpenCV's stubs promise no more than "some number"

WORKING_SIDE = 1760  # pixels of the longer side: A4 at 150 dpi
SURE_WORD = 0.55  # below this a recogniser may be reading a pen stroke
USUAL_TEXT_HEIGHT = 20.0  # pixels of a 12-point line's word boxes at 150 dpi, used where no word is known


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One kind of ink: `ink` all its pixels, `rulings` its lines, `rest` what neither they nor words explain."""

    ink: Raster
    rulings: Raster
    rest: Raster


@dataclass(frozen=True, kw_only=True, slots=True)
class Ink:
    """Masks are uint8 H×W of 0 or 255 on the working raster.

    `flat` is the grey page with its lighting divided out (paper = 250), `neutral` and `coloured` its two inks: a blue
    stamp over black print is two layers, on a fax all is neutral. `word_boxes` are the words read with certainty, in
    working pixels, and `print_mask` covers them. `pale` is whatever is just darker than paper and neither print nor
    ruling: worn stamps that the two layers show in pieces. `to_upright` maps working pixels to upright fractions;
    `text_height` is in working pixels.
    """

    flat: Raster
    neutral: Layer
    coloured: Layer
    pale: Raster
    print_mask: Raster
    page: Raster
    word_boxes: tuple[tuple[float, float, float, float], ...]
    text_height: float
    to_upright: NDArray[np.float64]

    def upright_box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The hull, in upright fractions, of a rectangle in working pixels."""
        corners = np.array([[x0, y0, 1], [x1, y0, 1], [x1, y1, 1], [x0, y1, 1]], dtype=np.float64)
        mapped = corners @ self.to_upright.T
        low, high = mapped.min(axis=0), mapped.max(axis=0)
        return Box(float(max(0.0, low[0])), float(max(0.0, low[1])), float(min(1.0, high[0])), float(min(1.0, high[1])))


def find_ink(upright: Raster, words: Sequence[Word]) -> Ink:
    """`upright` is uint8, H×W grey or H×W×3 BGR; `words` have boxes in fractions of it."""
    raster, to_upright = _working_raster(upright, _slope(upright.shape, words))
    placed = [(word, _placed(word, to_upright)) for word in words]
    sure = [(word, box) for word, box in placed if _explains_print(word, box)]
    heights = [box[3] - box[1] for word, box in sure if len(word.text) > 2]
    text_height = float(np.clip(np.median(heights), 9.0, 44.0)) if len(heights) > 4 else USUAL_TEXT_HEIGHT
    print_mask = np.zeros(raster.shape[:2], np.uint8)
    for word, (x0, y0, x1, y1) in sure:
        if (y1 - y0) < 2.6 * text_height or len(word.text) > 2:
            cv2.rectangle(print_mask, (int(x0), int(y0)), (math.ceil(x1), math.ceil(y1)), 255, -1)

    page = _page_mask(raster)
    flat_colour = _flattened(raster)
    flat = cv2.cvtColor(flat_colour, cv2.COLOR_BGR2GRAY) if flat_colour.ndim == 3 else flat_colour
    dark = _dark(flat, page)
    coloured = _coloured(flat_colour, page)
    neutral = dark
    if cv2.countNonZero(coloured):
        # The rim of a coloured stroke is half paper and looks grey: it goes with its stroke.
        neutral = cv2.bitwise_and(dark, cv2.bitwise_not(cv2.dilate(coloured, np.ones((5, 5), np.uint8))))
        neutral = _without_specks(cv2.morphologyEx(neutral, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), 7)
    neutral_layer = _layer(neutral, print_mask, text_height)
    return Ink(
        flat=flat,
        neutral=neutral_layer,
        coloured=_layer(coloured, print_mask, text_height),
        pale=_pale(flat, page, cv2.bitwise_or(print_mask, neutral_layer.rulings)),
        print_mask=print_mask,
        page=page,
        word_boxes=tuple(box for _, box in sure),
        text_height=text_height,
        to_upright=to_upright,
    )


def _layer(ink: Raster, print_mask: Raster, text_height: float) -> Layer:
    rulings, rest = np.zeros_like(ink), np.zeros_like(ink)
    x, y, wide, high = cv2.boundingRect(ink)
    if wide == 0:
        return Layer(ink=ink, rulings=rulings, rest=rest)
    inked = slice(y, y + high), slice(x, x + wide)
    rulings[inked] = find_rulings(ink[inked], text_height)
    straight = rulings[inked]
    cleared = cv2.dilate(straight, np.ones((3, 3), np.uint8))
    unruled = cv2.bitwise_and(ink[inked], cv2.bitwise_not(cleared))
    # A stroke that crosses a ruling would fall apart where the ruling was: join what faces each other across it.
    bridged = cv2.morphologyEx(unruled, cv2.MORPH_CLOSE, np.ones((11, 7), np.uint8))
    unruled = cv2.bitwise_or(unruled, cv2.bitwise_and(bridged, cleared))
    rest[inked] = _without_print(unruled, print_mask[inked], text_height)
    return Layer(ink=ink, rulings=rulings, rest=rest)


def find_rulings(dark: Raster, text_height: float) -> Raster:
    """Ink that lies in straight, thin, level or upright lines: tables, underscores, underlines, frames.

    Upright ones must be longer: the steep strokes of a signature are straight too.
    """
    across = _straight(dark, round(5 * text_height), text_height)
    down = _straight(np.ascontiguousarray(dark.T), round(8 * text_height), text_height)
    return cv2.bitwise_or(across, np.ascontiguousarray(down.T))


def _straight(mask: Raster, length: int, text_height: float) -> Raster:
    # Thickened first, so that a line two degrees off level does not break into short steps, and closed along its
    # way, so that a scanner's bald spots do not break it either. Pen strokes are seldom straight for that long.
    thick = cv2.dilate(mask, np.ones((5, 1), np.uint8))
    thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    runs = cv2.bitwise_and(runs, cv2.dilate(mask, np.ones((1, 5), np.uint8)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    keep = np.zeros(count, np.uint8)
    if count > 1:
        area, wide = stats[1:, cv2.CC_STAT_AREA], stats[1:, cv2.CC_STAT_WIDTH]
        keep[1:] = np.where(area / np.maximum(wide, 1) <= max(6.0, 0.42 * text_height), 255, 0)
    kept: Raster = keep[labels]
    return kept


def _slope(shape: tuple[int, ...], words: Sequence[Word]) -> float:
    """Median slope of the text lines in degrees, weighted by nothing but their being long enough to tell."""
    height, width = shape[:2]
    ends: dict[int, list[tuple[float, float]]] = {}
    for word in words:
        if word.confidence >= SURE_WORD:
            xs = [point.x for point in word.quad]
            ys = [point.y for point in word.quad]
            ends.setdefault(word.line, []).append((sum(xs) / 4 * width, sum(ys) / 4 * height))
    slopes = []
    for points in ends.values():
        points.sort()
        run = points[-1][0] - points[0][0]
        if run > width / 5:
            slopes.append(math.degrees(math.atan2(points[-1][1] - points[0][1], run)))
    if len(slopes) < 3:
        return 0.0
    slope = float(np.median(slopes))
    return slope if 0.25 <= abs(slope) <= 12 else 0.0


def _working_raster(upright: Raster, slope: float) -> tuple[Raster, NDArray[np.float64]]:
    height, width = upright.shape[:2]
    scale = WORKING_SIDE / max(height, width)
    if scale < 1:
        raster = cv2.resize(upright, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    else:
        scale = min(scale, 2.0)
        raster = cv2.resize(upright, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    high, wide = raster.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), slope, 1.0)
    if slope:
        raster = cv2.warpAffine(raster, turn, (wide, high), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    back = cv2.invertAffineTransform(turn)
    back[0] /= wide
    back[1] /= high
    return raster.astype(np.uint8, copy=False), back.astype(np.float64)


def _placed(word: Word, to_upright: NDArray[np.float64]) -> tuple[float, float, float, float]:
    """The word's hull in working pixels."""
    forth = cv2.invertAffineTransform(to_upright)
    points = np.array([[p.x, p.y, 1.0] for p in word.quad]) @ forth.T
    low, high = points.min(axis=0), points.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _explains_print(word: Word, box: tuple[float, float, float, float]) -> bool:
    """Whether this word accounts for the ink inside its box: sure, made of letters, and as wide as its letters need."""
    letters = sum(character.isalnum() for character in word.text)
    if word.confidence < SURE_WORD or letters == 0 or letters < 0.4 * len(word.text):
        return False
    wide, high = box[2] - box[0], box[3] - box[1]
    per_letter = wide / max(high, 1.0) / len(word.text)
    return 0.15 <= per_letter <= 1.6


def _page_mask(raster: Raster) -> Raster:
    """The sheet itself where a photograph also shows a desk, or a scanner its lid; all 255 where it fills the frame."""
    grey = cv2.cvtColor(raster, cv2.COLOR_BGR2GRAY) if raster.ndim == 3 else raster
    high, wide = grey.shape
    small = cv2.resize(grey, (max(8, wide // 12), max(8, high // 12)), interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    bright = (paper > 0.6 * np.percentile(paper, 90)).astype(np.uint8) * 255
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    sheet = np.zeros_like(bright)
    if outlines:
        cv2.drawContours(sheet, [cv2.convexHull(max(outlines, key=cv2.contourArea))], -1, 255, -1)
    if cv2.countNonZero(sheet) < 0.25 * sheet.size:
        sheet[:] = 255
    # The sheet's edge and its shadow are neither paper nor ink; the frame's own border counts as an edge only there.
    padded = cv2.copyMakeBorder(sheet, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    sheet = cv2.erode(padded, np.ones((3, 3), np.uint8))[1:-1, 1:-1]
    return cv2.resize(sheet, (wide, high), interpolation=cv2.INTER_NEAREST).astype(np.uint8)


def _flattened(raster: Raster) -> Raster:
    """Each channel divided by its paper: shading, shadows and the paper's tint go, ink stays."""
    high, wide = raster.shape[:2]
    small = cv2.resize(raster, (max(8, wide // 6), max(8, high // 6)), interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11)))
    paper = cv2.GaussianBlur(paper, (0, 0), 3)
    paper = cv2.resize(paper, (wide, high), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(raster, np.maximum(paper, 24), scale=250.0).astype(np.uint8)


def _dark(flat: Raster, page: Raster) -> Raster:
    paper = flat[::4, ::4][page[::4, ::4] > 0]
    noise = 0.0 if paper.size == 0 else 1.48 * float(np.median(np.abs(paper - np.median(paper).astype(np.float64))))
    threshold = 250.0 - max(46.0, min(5.0 * noise, 110.0))
    smooth = cv2.GaussianBlur(flat, (0, 0), 0.7) if noise > 3 else flat
    mask = cv2.bitwise_and(((smooth < threshold) * 255).astype(np.uint8), page)
    return _without_specks(mask, 7)


def _pale(flat: Raster, page: Raster, explained: Raster) -> Raster:
    smooth = cv2.GaussianBlur(flat, (0, 0), 1.2)
    sample = smooth[::3, ::3][page[::3, ::3] > 0].astype(np.float32)
    if sample.size == 0:
        return np.zeros_like(flat)
    paper = float(np.median(sample))
    noise = 1.48 * float(np.median(np.abs(sample - paper)))
    mask = cv2.bitwise_and(((smooth < paper - max(12.0, 3 * noise)) * 255).astype(np.uint8), page)
    mask = cv2.bitwise_and(mask, cv2.bitwise_not(cv2.dilate(explained, np.ones((5, 5), np.uint8))))
    return _without_specks(mask, 14)


def _coloured(flat: Raster, page: Raster) -> Raster:
    """Coloured ink. Faint colour counts where it touches strong colour: a stamp is pale where the rubber was dry,
    while the colour that JPEG and lenses put around black letters is pale everywhere."""
    if flat.ndim == 2:
        return np.zeros_like(flat)
    smooth = cv2.GaussianBlur(flat, (0, 0), 1.0)
    blue, green, red = cv2.split(smooth)
    spread = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    sample = spread[::4, ::4][page[::4, ::4] > 0]
    middle = float(np.median(sample)) if sample.size else 0.0
    noise = 1.48 * float(np.median(np.abs(sample - middle))) if sample.size else 0.0
    faint = cv2.bitwise_and(((spread > max(20.0, middle + 4 * noise)) * 255).astype(np.uint8), page)
    strong = cv2.bitwise_and(((spread > max(36.0, middle + 7 * noise)) * 255).astype(np.uint8), page) > 0
    if not strong.any():
        return np.zeros_like(faint)
    reach = cv2.dilate(faint, np.ones((7, 7), np.uint8))
    _, labels = cv2.connectedComponents(reach, connectivity=8)
    hits = np.bincount(labels[strong], minlength=int(labels.max()) + 1)
    size = np.bincount(labels[faint > 0], minlength=len(hits))
    kept = (hits >= 12) & (hits >= 0.15 * size)
    kept[0] = False
    return _without_specks(cv2.bitwise_and(faint, (kept[labels] * 255).astype(np.uint8)), 12)


def _without_specks(mask: Raster, least: int) -> Raster:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    keep = np.zeros(count, np.uint8)
    keep[1:] = np.where(stats[1:, cv2.CC_STAT_AREA] >= least, 255, 0)
    kept: Raster = keep[labels]
    return kept


def _without_print(unruled: Raster, print_mask: Raster, text_height: float) -> Raster:
    """Drops each connected piece of ink that lies in recognised words, but keeps whole a stroke that leaves them.

    A signature over a printed surname touches its letters: the piece sticks out of the word's box by more than
    any ascender does, and is kept with the letters it touches.
    """
    margin = max(2, round(0.22 * text_height))
    covered = cv2.dilate(print_mask, np.ones((2 * margin + 1, 2 * margin + 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(unruled, connectivity=8)
    outside = cv2.bitwise_and(unruled, cv2.bitwise_not(covered))
    sticking = np.bincount(labels[outside > 0], minlength=count)
    keep = np.zeros(count, np.uint8)
    area = stats[:, cv2.CC_STAT_AREA]
    untouched = sticking >= 0.98 * area
    reaching = (sticking >= max(10.0, 1.2 * text_height)) & (sticking >= 0.12 * area)
    keep[1:] = np.where((untouched | reaching)[1:], 255, 0)
    # Between the cleared lines of a table its upright ones remain as bars.
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    keep[(wide <= max(5.0, 0.35 * text_height)) & (high >= 1.3 * text_height) & (area >= 0.55 * wide * high)] = 0
    long = (stats[:, cv2.CC_STAT_WIDTH] >= 6 * text_height) & (sticking <= 0.75 * area) & (keep > 0)
    for piece in np.nonzero(long)[0]:
        if piece and _struck(labels, stats[piece], int(piece), text_height):
            keep[piece] = 0
    kept: Raster = keep[labels]
    return kept


def _struck(labels: Raster, place: NDArray[Any], piece: int, text_height: float) -> bool:
    """Whether a piece is printed words hung on one straight line: struck through or underlined, on a page not quite
    level, so that the line was not taken for a ruling."""
    x, y, wide, high = (int(v) for v in place[:4])
    ys, xs = np.nonzero(labels[y : y + high, x : x + wide] == piece)
    slope, level = np.polyfit(xs, ys, 1)
    away = np.abs(ys - (slope * xs + level))
    return bool(abs(slope) < 0.12 and np.percentile(away, 92) < 0.8 * text_height)
