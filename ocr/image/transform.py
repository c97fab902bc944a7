"""Plane transforms as 3x3 homographies over pixels, so that a word found in a working copy finds its way home.

A matrix named `b_from_a` takes points of raster a to raster b. Pixel (0, 0) has its corner, not its centre, at the
origin: a raster of width w spans 0..w.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ocr.document import Point, Quad, Rotation
from ocr.image.raster import Pixels

Homography = npt.NDArray[np.float64]

IDENTITY: Homography = np.eye(3)


def scaling(factor_x: float, factor_y: float) -> Homography:
    return np.diag([factor_x, factor_y, 1.0])


def translation(dx: float, dy: float) -> Homography:
    return np.array([[1.0, 0.0, dx], [0.0, 1.0, dy], [0.0, 0.0, 1.0]])


def quarter_turns(rotation: Rotation, width: float, height: float) -> Homography:
    """Clockwise turn of a width x height raster, the result again starting at (0, 0)."""
    if rotation == 90:
        return np.array([[0.0, -1.0, height], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    if rotation == 180:
        return np.array([[-1.0, 0.0, width], [0.0, -1.0, height], [0.0, 0.0, 1.0]])
    if rotation == 270:
        return np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, width], [0.0, 0.0, 1.0]])
    return IDENTITY.copy()


def rotation_about_centre(degrees: float, width: float, height: float) -> tuple[Homography, tuple[int, int]]:
    """Counter-clockwise turn by any angle and the (width, height) of the raster that holds the whole result."""
    radians = np.deg2rad(degrees)
    cos, sin = float(np.cos(radians)), float(np.sin(radians))
    new_width = int(np.ceil(width * abs(cos) + height * abs(sin) - 1e-6))
    new_height = int(np.ceil(width * abs(sin) + height * abs(cos) - 1e-6))
    turn = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
    matrix = translation(new_width / 2, new_height / 2) @ turn @ translation(-width / 2, -height / 2)
    return matrix, (new_width, new_height)


def quad_to_rectangle(quad: Sequence[tuple[float, float]], width: float, height: float) -> Homography:
    """The perspective transform that takes four corners (clockwise from top-left) to a width x height rectangle."""
    source = np.array(quad, dtype=np.float32)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    return np.asarray(cv2.getPerspectiveTransform(source, target), dtype=np.float64)


def compose(*steps: Homography) -> Homography:
    """One matrix for steps applied in the order given."""
    whole = IDENTITY
    for step in steps:
        whole = step @ whole
    return whole


def inverse(matrix: Homography) -> Homography:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def apply(matrix: Homography, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Points as an n x 2 array through the homography."""
    homogeneous = np.hstack([points, np.ones((len(points), 1))]) @ matrix.T
    return np.asarray(homogeneous[:, :2] / homogeneous[:, 2:3], dtype=np.float64)


def warp(pixels: Pixels, matrix: Homography, size: tuple[int, int], *, paper: int = 255) -> Pixels:
    """The raster seen through `matrix`, `size` = (width, height); outside the source the value is `paper`."""
    centred = translation(-0.5, -0.5) @ matrix @ translation(0.5, 0.5)  # OpenCV's origin is the pixel's centre
    enlarging = abs(float(np.linalg.det(matrix[:2, :2]))) > 1.0
    flags = cv2.INTER_CUBIC if enlarging else cv2.INTER_LINEAR
    border = (paper, paper, paper) if pixels.ndim == 3 else (paper,)
    warped = cv2.warpPerspective(pixels, centred, size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=border)
    return np.asarray(warped, dtype=np.uint8)


def box_to_quad(matrix: Homography, box: tuple[float, float, float, float], width: float, height: float) -> Quad:
    """A pixel box (left, top, right, bottom) through the homography, as fractions of width and height, kept in 0..1."""
    left, top, right, bottom = box
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float64)
    mapped = np.clip(apply(matrix, corners) / np.array([width, height]), 0.0, 1.0)
    a, b, c, d = (Point(float(x), float(y)) for x, y in mapped)
    return Quad(a, b, c, d)
