from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_page import draw

from ocr.document import Rotation
from ocr.image.deskew import skew_angle
from ocr.image.orient import axis_ratio, densest_band, find_rotation
from ocr.image.raster import Pixels, turned
from ocr.image.transform import rotation_about_centre, warp

BACK: dict[Rotation, Rotation] = {0: 0, 90: 270, 180: 180, 270: 90}


def _reader_of_upright(page: Pixels) -> float:
    """A reader that only makes sense of text the right way up: the drawn lines start at the left margin."""
    columns = np.flatnonzero((page < 128).any(axis=0))
    rows_wider = page.shape[1] > page.shape[0]
    return 40.0 if rows_wider and columns[0] < page.shape[1] - columns[-1] else 2.0


def _no_opinion(_: Pixels) -> None:
    return None


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_is_set_upright_from_any_side(rotation: Rotation) -> None:
    arrived = turned(draw().pixels, BACK[rotation])
    assert find_rotation(arrived, _reader_of_upright, _no_opinion) == rotation


def test_the_axis_is_seen_even_on_a_skewed_page() -> None:
    page = draw().pixels
    matrix, size = rotation_about_centre(3.0, page.shape[1], page.shape[0])
    skewed = warp(page, matrix, size)
    assert axis_ratio(skewed) > 1.5
    assert axis_ratio(turned(skewed, 90)) < 1 / 1.5


def test_a_blank_page_has_no_axis_and_stays() -> None:
    blank = np.full((400, 300), 255, np.uint8)
    assert axis_ratio(blank) == 1.0
    assert find_rotation(blank, lambda _: 0.0, _no_opinion) == 0


def test_the_engine_is_asked_only_in_doubt() -> None:
    asked = []

    def engine_says(page: Pixels) -> Rotation:
        asked.append(page.shape)
        return 180

    page = draw().pixels
    assert find_rotation(page, lambda _: 40.0, engine_says) == 0
    assert asked == []
    assert find_rotation(page, lambda _: 4.0, engine_says) == 180
    assert len(asked) == 1


def test_one_look_is_enough_when_the_first_is_read_well() -> None:
    looks = []

    def read(band: Pixels) -> float:
        looks.append(band.shape)
        return 60.0

    assert find_rotation(draw().pixels, read, _no_opinion) == 0
    assert len(looks) == 1


def test_the_band_lies_on_the_text() -> None:
    band = densest_band(draw(size=(1240, 3000)).pixels)
    assert (band < 128).mean() > 3 * (draw(size=(1240, 3000)).pixels < 128).mean()


@pytest.mark.parametrize("angle", [-3.0, -0.8, 1.7, 5.0])
def test_skew_is_measured_to_a_fifth_of_a_degree(angle: float) -> None:
    page = draw().pixels
    matrix, size = rotation_about_centre(-angle, page.shape[1], page.shape[0])
    assert skew_angle(warp(page, matrix, size)) == pytest.approx(angle, abs=0.2)


def test_a_level_page_and_a_blank_one_are_not_turned() -> None:
    assert skew_angle(draw().pixels) == 0.0
    assert skew_angle(np.full((500, 400), 250, np.uint8)) == 0.0


def test_noise_has_no_skew() -> None:
    noise = np.random.default_rng(1).integers(180, 255, (700, 500)).astype(np.uint8)
    assert skew_angle(cv2.GaussianBlur(noise, (0, 0), 2)) == 0.0
