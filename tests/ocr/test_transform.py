from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.document import Rotation
from ocr.formats.raster import Raster
from ocr.image import transform
from ocr.image.raster import turned, upright_raster

ROTATIONS: tuple[Rotation, ...] = (0, 90, 180, 270)


def _dot(width: int, height: int, x: int, y: int) -> np.ndarray:
    pixels = np.full((height, width), 255, np.uint8)
    pixels[y, x] = 0
    return pixels


def _where(pixels: np.ndarray) -> tuple[float, float]:
    ys, xs = np.nonzero(pixels < 200)
    return float(xs.mean()) + 0.5, float(ys.mean()) + 0.5


@pytest.mark.parametrize("rotation", ROTATIONS)
def test_quarter_turns_take_points_where_the_pixels_go(rotation: Rotation) -> None:
    pixels = turned(_dot(40, 30, 7, 3), rotation)
    matrix = transform.quarter_turns(rotation, 40, 30)
    assert tuple(transform.apply(matrix, np.array([[7.5, 3.5]]))[0]) == pytest.approx(_where(pixels))


def test_upright_raster_keeps_the_dpi_and_turns_clockwise() -> None:
    page = Raster(pixels=_dot(40, 30, 0, 0), dpi=300.0)
    upright = upright_raster(page, 90)
    assert (upright.width, upright.height, upright.dpi) == (30, 40, 300.0)
    assert _where(upright.pixels) == (29.5, 0.5)


def test_a_warped_picture_agrees_with_its_matrix() -> None:
    pixels = np.full((200, 300), 255, np.uint8)
    pixels[80:86, 120:126] = 0
    turn, size = transform.rotation_about_centre(4.0, 300, 200)
    matrix = transform.compose(turn, transform.scaling(2.0, 2.0))
    warped = transform.warp(pixels, matrix, (size[0] * 2, size[1] * 2))
    expected = transform.apply(matrix, np.array([[123.0, 83.0]]))[0]
    assert _where(warped) == pytest.approx(tuple(expected), abs=0.3)


def test_a_positive_angle_turns_counter_clockwise() -> None:
    matrix, (width, height) = transform.rotation_about_centre(90.0, 40, 30)
    assert (width, height) == (30, 40)
    right_middle = transform.apply(matrix, np.array([[40.0, 15.0]]))[0]
    assert tuple(right_middle) == pytest.approx((15.0, 0.0), abs=0.51)


@given(
    angle=st.floats(-7, 7),
    factor=st.floats(0.4, 3),
    shifts=st.lists(st.floats(-30, 30), min_size=8, max_size=8),
    x=st.floats(0, 1),
    y=st.floats(0, 1),
    rotation=st.sampled_from(ROTATIONS),
)
def test_a_point_comes_home_through_any_composition(
    angle: float, factor: float, shifts: list[float], x: float, y: float, rotation: Rotation
) -> None:
    corners = [
        (0 + shifts[0], 0 + shifts[1]),
        (800 + shifts[2], shifts[3]),
        (800 + shifts[4], 600 + shifts[5]),
        (shifts[6], 600 + shifts[7]),
    ]
    level, _ = transform.rotation_about_centre(angle, 700, 500)
    steps = (
        transform.quad_to_rectangle(corners, 700, 500),
        transform.quarter_turns(rotation, 700, 500),
        level,
        transform.scaling(factor, factor),
    )
    there = transform.compose(*steps)
    point = np.array([[800 * x, 600 * y]])
    assert transform.apply(transform.inverse(there), transform.apply(there, point))[0] == pytest.approx(
        point[0], abs=1e-3
    )


def test_a_box_becomes_a_quad_of_fractions_clockwise_from_the_words_own_top_left() -> None:
    quad = transform.box_to_quad(transform.quarter_turns(180, 200, 100), (10, 20, 30, 40), 200, 100)
    assert quad.a == pytest.approx((0.95, 0.8))
    assert quad.c == pytest.approx((0.85, 0.6))
    assert quad.hull == pytest.approx((0.85, 0.6, 0.95, 0.8))


def test_boxes_never_leave_the_page() -> None:
    quad = transform.box_to_quad(transform.IDENTITY, (-5, -5, 250, 120), 200, 100)
    assert quad.hull == (0.0, 0.0, 1.0, 1.0)
