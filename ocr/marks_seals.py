"""Stamps on the working raster: round seals by their ring, rectangular stamps by their frame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.marks_ink import Ink, Raster

# A seal of an organisation is 38–45 mm across, a doctor's or a notary's from 25 mm; the working raster has about
# six pixels a millimetre, and a photograph taken askance or from afar shows it smaller.
LEAST_RADIUS, MOST_RADIUS = 52, 165
RING_BINS = 120
MOST_CENTRES = 14

Points = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """`outline` is the stamp's own border in working pixels, N×2 float32; `round_` tells a seal from a frame."""

    outline: Points
    round_: bool
    coloured: bool
    confidence: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        low, high = self.outline.min(axis=0), self.outline.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def find_stamps(ink: Ink) -> list[Stamp]:
    """Coloured ink first: where it shows a stamp, the neutral layer's copy of it is not counted again."""
    found: list[Stamp] = []
    for layer, coloured in ((ink.coloured, True), (ink.neutral, False)):
        if cv2.countNonZero(layer.ink) < 150:
            continue
        unread = cv2.bitwise_and(layer.ink, cv2.bitwise_not(ink.print_mask))
        frames = _frames(layer.ink, ink.text_height, coloured) + _patches(unread, ink.text_height, coloured)
        ringed = layer.ink if coloured else cv2.bitwise_and(unread, cv2.bitwise_not(layer.rulings))
        for stamp in _seals(ringed, coloured) + frames:
            if not any(_same_place(stamp, other) for other in found):
                found.append(stamp)
    # A seal too pale for either layer: few pixels of it are ink by themselves, but they lie on a ring.
    for stamp in _seals(ink.pale, cv2.countNonZero(ink.coloured.ink) >= 150):
        if not any(_same_place(stamp, other) for other in found):
            found.append(stamp)
    return found


def _same_place(stamp: Stamp, other: Stamp) -> bool:
    ax0, ay0, ax1, ay1 = stamp.bounds
    bx0, by0, bx1, by1 = other.bounds
    common = max(0.0, min(ax1, bx1) - max(ax0, bx0)) * max(0.0, min(ay1, by1) - max(ay0, by0))
    return common > 0.4 * min((ax1 - ax0) * (ay1 - ay0), (bx1 - bx0) * (by1 - by0))


def _seals(ink: Raster, coloured: bool) -> list[Stamp]:
    found: list[Stamp] = []
    for x, y in _centres(ink):
        for radius in _radii(ink, x, y):
            stamp = _ring(ink, x, y, radius, coloured)
            if stamp is not None and not any(_same_place(stamp, other) for other in found):
                found.append(stamp)
                break
    return found


def _centres(ink: Raster) -> list[tuple[float, float]]:
    """Likely centres of rings, working pixels, likeliest first: each edge votes for the points it may curve around.

    OpenCV's own circle transform keeps one radius a centre and loses rings inside rings; here only the centre is voted
    on, at a quarter of the scale, and what stands out from its surroundings is kept.
    """
    small = cv2.GaussianBlur(cv2.resize(ink, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), (0, 0), 0.8)
    high, wide = small.shape
    dx, dy = cv2.Sobel(small, cv2.CV_32F, 1, 0), cv2.Sobel(small, cv2.CV_32F, 0, 1)
    force = np.hypot(dx, dy)
    ys, xs = np.nonzero(force > 90)
    if len(xs) < 40:
        return []
    unit_x, unit_y = dx[ys, xs] / force[ys, xs], dy[ys, xs] / force[ys, xs]
    votes = np.zeros(high * wide, np.float32)
    for radius in range(LEAST_RADIUS // 4, MOST_RADIUS // 4 + 1):
        for side in (-radius, radius):
            at_x, at_y = np.rint(xs + side * unit_x).astype(np.int64), np.rint(ys + side * unit_y).astype(np.int64)
            inside = (at_x >= 0) & (at_x < wide) & (at_y >= 0) & (at_y < high)
            votes += np.bincount(at_y[inside] * wide + at_x[inside], minlength=high * wide).astype(np.float32)
    field = cv2.GaussianBlur(votes.reshape(high, wide), (0, 0), 1.2)
    field = field - cv2.blur(field, (25, 25))
    centres: list[tuple[float, float]] = []
    for _ in range(MOST_CENTRES):
        _, best, _, (x, y) = cv2.minMaxLoc(field)
        if best < 4:
            break
        centres.append((4.0 * x + 2, 4.0 * y + 2))
        cv2.circle(field, (x, y), 7, 0.0, -1)
    return centres


def _radii(ink: Raster, x: float, y: float) -> list[float]:
    """Radii at which ink goes most of the way round, outermost first: a seal has rings inside rings."""
    polar = cv2.warpPolar(ink, (MOST_RADIUS + 12, RING_BINS), (x, y), MOST_RADIUS + 12, cv2.WARP_POLAR_LINEAR)
    round_ = cv2.dilate(polar, np.ones((1, 9), np.uint8)).astype(np.float32).mean(axis=0) / 255
    radii: list[float] = []
    for radius in range(MOST_RADIUS, LEAST_RADIUS - 1, -1):
        around = round_[radius - 6 : radius + 7]
        if round_[radius] > 0.4 and round_[radius] == around.max() and all(abs(radius - r) > 8 for r in radii):
            radii.append(float(radius))
    return radii[:4]


def _ring(ink: Raster, x: float, y: float, radius: float, coloured: bool) -> Stamp | None:
    """Follows the outermost ink around a guessed circle and fits an ellipse through it.

    Print that merely lies in a circle gives border points at random depths: the share of directions whose point
    falls on the fitted ellipse tells a drawn ring from it.
    """
    outer = radius * 1.12
    polar = cv2.warpPolar(ink, (round(outer), RING_BINS), (x, y), outer, cv2.WARP_POLAR_LINEAR)
    band = polar[:, round(0.88 * radius) :] > 90
    # A ring is a line: outside it comes paper, and so does inside. Ink that fills the band is a picture or a code.
    hit = band.any(axis=1) & ~band[:, -2:].any(axis=1) & (band.mean(axis=1) < 0.62)
    # Inside its ring a seal is lettered nearly all the way round; a loop of a pen is empty.
    lettered = (polar[:, round(0.55 * radius) : round(0.88 * radius)] > 90).any(axis=1)
    if hit.mean() < 0.5 or lettered.mean() < 0.5:
        return None
    depth = outer - np.argmax(band[:, ::-1], axis=1)
    angles = np.arange(RING_BINS) * 2 * math.pi / RING_BINS
    points = np.stack([x + depth * np.cos(angles), y + depth * np.sin(angles)], axis=1)[hit].astype(np.float32)
    fitted = points
    inside = np.ones(len(points), bool)
    for _ in range(4):
        if len(fitted) < 0.4 * RING_BINS:
            return None
        (cx, cy), axes, turn = cv2.fitEllipseDirect(fitted)
        if min(axes) < 1.5 * LEAST_RADIUS or max(axes) > 1.35 * min(axes):
            return None
        away = _distance(points, cx, cy, axes, turn)
        inside = away < max(2.2, 0.022 * radius)
        fitted = points[away < max(2.2, 0.022 * radius, float(np.percentile(away, 60)))]
    share = inside.sum() / RING_BINS
    centre, half = (round(cx), round(cy)), (round(axes[0] / 2), round(axes[1] / 2))
    outline = np.array(cv2.ellipse2Poly(centre, half, round(turn), 0, 360, 6), dtype=np.int32)
    disc = np.zeros_like(ink)
    cv2.fillPoly(disc, [outline], 255)
    content = cv2.mean(ink, mask=disc)[0] / 255
    if share < 0.52 or not 0.04 <= content <= 0.6:
        return None
    confidence = float(np.clip(0.5 + (share - 0.52) * 1.1, 0.5, 0.98))
    return Stamp(outline=outline.astype(np.float32), round_=True, coloured=coloured, confidence=confidence)


def _distance(
    points: Points,
    cx: float,
    cy: float,
    axes: Sequence[float],
    turn: float,
) -> NDArray[np.float64]:
    """Radial distance of each point from the ellipse, pixels."""
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    dx, dy = points[:, 0] - cx, points[:, 1] - cy
    along, across = dx * cosine + dy * sine, -dx * sine + dy * cosine
    ratio = np.sqrt((along / (axes[0] / 2)) ** 2 + (across / (axes[1] / 2)) ** 2)
    return np.asarray(np.abs(np.hypot(dx, dy) * (1 - 1 / np.maximum(ratio, 1e-3))), dtype=np.float64)


def _frames(ink: Raster, text_height: float, coloured: bool) -> list[Stamp]:
    """Closed rectangles that stand alone.

    A coloured frame around ink is a stamp. A black one may be a printed box: it counts only where it is turned
    against the text, as a hand puts it down, or doubled.
    """
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    outlines, tree = cv2.findContours(closed, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return []
    found: list[Stamp] = []
    for index, outline in enumerate(outlines):
        hole = tree[0][index][3] >= 0
        (cx, cy), (first, second), turn = cv2.minAreaRect(outline)
        wide, high = max(first, second), min(first, second)
        if not hole or high < 42 or wide < 90 or wide > 640 or high > 330:
            continue
        if cv2.contourArea(outline) < 0.8 * wide * high:
            continue
        lean = (turn + 45) % 90 - 45
        corners = cv2.boxPoints(((cx, cy), (first + 6, second + 6), turn)).astype(np.float32)
        inner = np.zeros_like(ink)
        cv2.fillPoly(inner, [cv2.boxPoints(((cx, cy), (first - 8, second - 8), turn)).astype(np.int32)], 255)
        content = cv2.mean(ink, mask=inner)[0] / 255
        if not 0.02 <= content <= 0.5:
            continue
        if coloured:
            confidence = 0.85
        elif abs(lean) >= 0.7 and wide < 26 * text_height and _stands_alone(outlines[tree[0][index][3]], wide, high):
            confidence = 0.7
        else:
            continue
        stamp = Stamp(outline=corners, round_=False, coloured=coloured, confidence=confidence)
        nested = [other for other in found if _same_place(stamp, other)]
        if not nested:
            found.append(stamp)
        elif all(_area(stamp) > _area(other) for other in nested):
            found = [other for other in found if other not in nested] + [stamp]
    return found


def _patches(unread: Raster, text_height: float, coloured: bool) -> list[Stamp]:
    """Rectangular stamps by their lines rather than their closed frame: worn frames have gaps."""
    span = round(0.9 * text_height) | 1
    joined = cv2.morphologyEx(unread, cv2.MORPH_CLOSE, np.ones((span, span), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[Stamp] = []
    for x, y, wide, high, _ in stats[1:]:
        if not (90 <= wide <= 640 and 42 <= high <= 380):
            continue
        stamp = _framed(unread[y : y + high, x : x + wide], int(x), int(y), coloured)
        if stamp is not None:
            found.append(stamp)
    return found


def _framed(ink: Raster, x: int, y: int, coloured: bool) -> Stamp | None:
    """Turns the patch until its level lines are sharpest and asks whether lines bound it on all four sides."""
    high, wide = ink.shape
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    best: tuple[float, float] | None = None
    for lean in np.arange(-7.0, 7.1, 0.5):
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), float(lean), 1.0)
        turned = cv2.warpAffine(thick, turn, (wide, high), flags=cv2.INTER_NEAREST)
        turned = cv2.morphologyEx(turned, cv2.MORPH_OPEN, np.ones((1, max(20, wide // 6)), np.uint8))
        rows = turned.astype(np.float32).mean(axis=1) / 255
        sharp = float(np.sort(rows)[-8:].mean())
        if best is None or sharp > best[0]:
            best = (sharp, float(lean))
    if best is None or best[0] < 0.35:
        return None
    lean = best[1]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), lean, 1.0)
    turned = cv2.warpAffine(thick, turn, (wide, high), flags=cv2.INTER_NEAREST)
    # Only runs of ink make a border: the teeth of a zigzag also cover half of every row, but in short pieces.
    level = cv2.morphologyEx(turned, cv2.MORPH_OPEN, np.ones((1, max(20, wide // 6)), np.uint8))
    upright = cv2.morphologyEx(turned, cv2.MORPH_OPEN, np.ones((max(16, high // 6), 1), np.uint8))
    rows = level.astype(np.float32).mean(axis=1) / 255
    top, bottom = _border(rows), _border(rows[::-1])
    if top is None or bottom is None:
        return None
    if high - top - bottom < 40:
        return None
    columns = upright[top : high - bottom].astype(np.float32).mean(axis=0) / 255
    left, right = _border(columns), _border(columns[::-1])
    if left is None or right is None or wide - left - right < 84:
        return None
    inner = turned[top + 8 : high - bottom - 8, left + 8 : wide - right - 8]
    if not 0.04 <= float(inner.mean()) / 255 <= 0.55:
        return None
    if not coloured and abs(lean) < 0.9:
        return None
    corners = np.array(
        [[left, top], [wide - right, top], [wide - right, high - bottom], [left, high - bottom]], np.float64
    )
    back = cv2.invertAffineTransform(turn)
    outline = np.hstack([corners, np.ones((4, 1))]) @ back.T + [x, y]
    return Stamp(
        outline=outline.astype(np.float32), round_=False, coloured=coloured, confidence=0.8 if coloured else 0.65
    )


def _border(profile: NDArray[np.float32]) -> int | None:
    """Where the outermost line lies along one side: the first crest that covers half of the side and is thin.

    Behind a frame's line there is paper before the lettering begins; behind a scribble's edge there is more scribble.
    """
    for at in np.nonzero(profile[: max(1, len(profile) * 2 // 5)] > 0.5)[0]:
        crest = float(profile[at : at + 8].max())
        behind = profile[at + 3 : at + 16]
        if behind.size and float(behind.min()) < 0.55 * crest:
            return int(at)
    return None


def _area(stamp: Stamp) -> float:
    return float(cv2.contourArea(stamp.outline))


def _stands_alone(piece: Raster, wide: float, high: float) -> bool:
    """Whether the ink that forms the frame ends with it: a table's cell goes on into its neighbours."""
    _, (first, second), _ = cv2.minAreaRect(piece)
    return max(first, second) < 1.35 * wide and min(first, second) < 1.6 * high
