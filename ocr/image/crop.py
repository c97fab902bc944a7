"""Where the sheet lies in a photograph.

A sheet is accepted only when all four of its sides are seen as edges; whatever is in doubt stays uncropped, since a
cropped letter is lost and a strip of desk is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.image.raster import Pixels, grey, shrunk

_WORKING_SIDE = 720
_SMALLEST_SHARE = 0.18
_LARGEST_SHARE = 0.985
_A4 = 297 / 210
_NEAR_A4 = 0.1
_SOLID = 0.93
_SEEN_SIDE = 0.75
_CONTRAST = 12.0

_Corners = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The sheet's corners in pixels of the photograph, clockwise from its top-left, and its flat size in pixels."""

    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    width: int
    height: int


def find_sheet(pixels: Pixels) -> Sheet | None:
    """The sheet of paper in a photograph; None for scans and for anything uncertain."""
    small, factor = shrunk(pixels, _WORKING_SIDE)
    height, width = small.shape[:2]
    page = grey(small)
    lightness = _quiet(page)
    best, best_seen = None, 0.0
    for mask in _masks(small, lightness):
        corners = _four_corners(mask)
        if corners is None:
            continue
        share = float(cv2.contourArea(corners.astype(np.float32))) / (width * height)
        if not _SMALLEST_SHARE <= share <= _LARGEST_SHARE:
            continue
        seen = _sides_seen(lightness, corners)
        if seen > best_seen + 0.02 and not _text_outside(page, corners):
            best, best_seen = corners, seen
    return None if best is None else _sheet(best / factor)


def _quiet(page: Pixels) -> Pixels:
    """The page without its letters: closing removes dark strokes, the median the desk's grain."""
    closed = cv2.morphologyEx(page, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (15, 15)))
    return np.asarray(cv2.medianBlur(closed, 7), dtype=np.uint8)


def _masks(small: Pixels, lightness: Pixels) -> Iterator[npt.NDArray[np.uint8]]:
    """Guesses of what is paper: the lighter part at several levels, the part of the paper's own colour, the part
    between edges.

    A shadow may leave the paper darker than a lit desk, but it changes colour little: hence the ratios of channels.
    """
    middle_level = _split_level(lightness)
    for share in (1.0, 0.8, 0.65, 0.5, 1.15):
        yield np.where(lightness > share * middle_level, 255, 0).astype(np.uint8)
    if small.ndim == 3:
        quiet = cv2.medianBlur(
            cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (15, 15))), 7
        )
        logarithm = np.log(quiet.astype(np.float32) + 8.0)
        ratios = logarithm[:, :, (0, 2)] - logarithm[:, :, 1:2]
        light = lightness >= np.percentile(lightness, 75)
        paper = np.median(ratios[light], axis=0)
        distance = np.clip(np.abs(ratios - paper).sum(axis=2) * 250, 0, 255).astype(np.uint8)
        level = _split_level(distance)
        for share in (1.0, 0.7, 1.3):
            yield np.where(distance <= share * level, 255, 0).astype(np.uint8)
    slope = cv2.morphologyEx(lightness, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).astype(np.float32)
    edges = slope / (lightness.astype(np.float32) + 16.0) > 0.12
    yield np.where(cv2.dilate(edges.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0, 0, 255).astype(np.uint8)


def _split_level(channel: npt.NDArray[np.uint8]) -> float:
    level, _ = cv2.threshold(channel, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return float(level)


def _four_corners(mask: npt.NDArray[np.uint8]) -> _Corners | None:
    """Corners of the largest part of the mask if it is a solid convex quadrilateral, clockwise from the top-left."""
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    largest = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(largest)
    perimeter = cv2.arcLength(hull, True)
    for tolerance in (0.01, 0.02, 0.03, 0.045, 0.06):
        rough = cv2.approxPolyDP(hull, tolerance * perimeter, True).reshape(-1, 2)
        if len(rough) == 4:
            break
        if len(rough) < 4:
            return None
    else:
        return None
    corners = _refined(largest.reshape(-1, 2).astype(np.float64), rough.astype(np.float64))
    if corners is None:
        return None
    quad_area = float(cv2.contourArea(corners.astype(np.float32)))
    if quad_area <= 0 or float(cv2.contourArea(largest)) / quad_area < _SOLID:
        return None
    beyond = max(-cv2.pointPolygonTest(corners.astype(np.float32), (float(x), float(y)), True) for x, y in hull[:, 0])
    if beyond > 0.02 * perimeter / 4:
        return None
    if not all(50 <= angle <= 130 for angle in _angles(corners)):
        return None
    return _clockwise_from_top_left(corners)


def _refined(contour: _Corners, rough: _Corners) -> _Corners | None:
    """Corners where lines fitted through the middle of each side meet; rounded or dog-eared corners do not count."""
    lines = []
    for index in range(4):
        start, end = rough[index], rough[(index + 1) % 4]
        along = end - start
        length = float(np.hypot(*along))
        if length < 10:
            return None
        unit = along / length
        offset = contour - start
        position, distance = offset @ unit, np.abs(offset @ np.array([-unit[1], unit[0]]))
        near = contour[(position > 0.08 * length) & (position < 0.92 * length) & (distance < 0.02 * length + 3)]
        if len(near) < 0.4 * length:
            return None
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append((np.array([x, y], dtype=np.float64), np.array([vx, vy], dtype=np.float64)))
    corners = []
    for index in range(4):
        (point, along), (other, across) = lines[index - 1], lines[index]
        system = np.column_stack([along, -across])
        if abs(np.linalg.det(system)) < 0.1:
            return None
        step = np.linalg.solve(system, other - point)
        corners.append(point + step[0] * along)
    return np.array(corners)


def _angles(corners: _Corners) -> list[float]:
    angles = []
    for index in range(4):
        before, here, after = corners[index - 1], corners[index], corners[(index + 1) % 4]
        first, second = before - here, after - here
        cosine = float(first @ second / (np.linalg.norm(first) * np.linalg.norm(second)))
        angles.append(float(np.rad2deg(np.arccos(np.clip(cosine, -1, 1)))))
    return angles


def _clockwise_from_top_left(corners: _Corners) -> _Corners:
    centre = corners.mean(axis=0)
    order = np.argsort(np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0]))
    clockwise = corners[order]
    return np.roll(clockwise, -int(np.argmin(clockwise.sum(axis=1))), axis=0)


def _sides_seen(lightness: Pixels, corners: _Corners) -> float:
    """Mean share of the sides' length along which the inside is lighter than the outside; 0.0 when one side is not
    seen for most of its length.

    One side may lie at the frame's edge and has no outside then; with more of them the photograph shows no whole sheet.
    """
    height, width = lightness.shape
    centre = corners.mean(axis=0)
    at_frame, shares = 0, []
    for index in range(4):
        start, end = corners[index], corners[(index + 1) % 4]
        along = (end - start) / np.linalg.norm(end - start)
        outward = np.array([along[1], -along[0]])
        if outward @ (start - centre) < 0:
            outward = -outward
        seen = counted = 0
        for share in np.linspace(0.08, 0.92, 22):
            on_side = start + share * (end - start)
            inner, outer = on_side - 7 * outward, on_side + 9 * outward
            if not (0 <= outer[0] < width and 0 <= outer[1] < height):
                continue
            if not (0 <= inner[0] < width and 0 <= inner[1] < height):
                return 0.0
            counted += 1
            inside = float(lightness[int(inner[1]), int(inner[0])])
            seen += inside - float(lightness[int(outer[1]), int(outer[0])]) > _CONTRAST
        if counted < 8:
            at_frame += 1
        elif seen < _SEEN_SIDE * counted:
            return 0.0
        else:
            shares.append(seen / counted)
    return float(np.mean(shares)) if at_frame <= 1 else 0.0


def _text_outside(page: Pixels, corners: _Corners) -> bool:
    """Whether small dark marks lie on a light ground outside the sheet: then the edge is a fold, a frame or a shadow.

    A desk is darker than paper even in shadow, and its grain fainter than print.
    """
    inside = np.zeros(page.shape, np.uint8)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 255)
    outside = cv2.erode(cv2.bitwise_not(inside), np.ones((9, 9), np.uint8)) > 0
    ground = cv2.medianBlur(cv2.morphologyEx(page, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), 7).astype(np.float32)
    light = float(np.median(ground[inside > 0]))
    strokes = (ground - page) > 0.25 * ground
    return bool((strokes & outside & (ground > 0.45 * light)).sum() > 0.0008 * page.size)


def _sheet(corners: _Corners) -> Sheet:
    a, b, c, d = corners
    width = max(float(np.linalg.norm(b - a)), float(np.linalg.norm(c - d)))
    height = max(float(np.linalg.norm(d - a)), float(np.linalg.norm(c - b)))
    longer, shorter = max(width, height), max(1.0, min(width, height))
    if abs(longer / shorter / _A4 - 1) < _NEAR_A4:
        if width < height:
            height = width * _A4
        else:
            width = height * _A4
    points = tuple((float(x), float(y)) for x, y in corners)
    return Sheet(corners=(points[0], points[1], points[2], points[3]), width=round(width), height=round(height))
