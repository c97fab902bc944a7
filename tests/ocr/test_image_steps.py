from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_page import draw, faxed, photographed, turned_and_stamped

from ocr.image.background import divided, is_taken_for_ink, is_uneven
from ocr.image.crop import find_sheet
from ocr.image.despeckle import despeckled, is_bilevel, softened, without_streaks
from ocr.image.ink import has_coloured_ink, without_coloured_ink
from ocr.image.raster import grey
from ocr.image.scale import glyph_height, scale_factor


def test_a_shaded_page_becomes_even_and_keeps_its_letters() -> None:
    page = draw().pixels
    shade = np.linspace(0.4, 1.0, page.shape[1])[None, :]
    shaded = (page * shade).astype(np.uint8)
    assert is_uneven(shaded)
    even = divided(shaded)
    assert not is_uneven(even)
    assert np.percentile(even[page > 250], 2) > 225
    assert even[page < 30].mean() < 60


def test_tinted_paper_is_balanced_channel_by_channel() -> None:
    page = cv2.merge([(draw().pixels * factor).astype(np.uint8) for factor in (0.7, 0.85, 0.95)])
    even = divided(page)
    blank = even[-200:, :200].reshape(-1, 3)
    assert int(blank.max(axis=1).max()) - int(blank.min(axis=1).min()) <= 3


def test_a_clean_scan_is_left_alone() -> None:
    page = draw().pixels
    assert not is_uneven(page)
    assert find_sheet(page) is None
    assert despeckled(page) is page
    assert without_streaks(page) is page
    assert softened(page) is page
    assert scale_factor(draw(points=40).pixels) == 1.0


def test_the_sheets_corners_are_found_on_a_desk() -> None:
    page = draw().pixels
    photo, matrix = photographed(page)
    sheet = find_sheet(photo)
    assert sheet is not None
    height, width = page.shape
    truth = cv2.perspectiveTransform(np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float32), matrix)
    assert np.abs(np.array(sheet.corners) - truth[0]).max() < 0.006 * max(photo.shape)
    assert sheet.height / sheet.width == pytest.approx(297 / 210, rel=0.01)


def test_a_sheet_that_leaves_the_frame_is_not_cropped() -> None:
    photo, _ = photographed(draw().pixels)
    height, width = photo.shape[:2]
    assert find_sheet(photo[int(0.2 * height) :, int(0.2 * width) :]) is None


def test_a_framed_text_is_not_cut_out_of_its_page() -> None:
    page = draw().pixels.copy()
    cv2.rectangle(page, (90, 420), (1150, 1500), 150, -1)
    cv2.rectangle(page, (110, 440), (1130, 1480), 255, -1)
    assert find_sheet(page) is None


def test_stamps_and_pens_fade_and_print_stays() -> None:
    page = draw().pixels
    stamped = cv2.rotate(turned_and_stamped(page), cv2.ROTATE_90_COUNTERCLOCKWISE)
    assert has_coloured_ink(stamped)
    cleaned = without_coloured_ink(stamped)
    only_stamp = (page > 250) & (grey(stamped) < 200)
    assert np.percentile(cleaned[only_stamp], 5) > 225
    assert cleaned[page < 30].mean() < 60


def test_black_print_has_no_coloured_ink() -> None:
    page = cv2.cvtColor(draw().pixels, cv2.COLOR_GRAY2BGR)
    assert not has_coloured_ink(page)
    assert not has_coloured_ink(draw().pixels)


def test_lonely_specks_go_and_full_stops_stay() -> None:
    page = draw().pixels.copy()
    stops = page.copy()
    rng = np.random.default_rng(5)
    for y, x in zip(rng.integers(900, 1700, 600), rng.integers(50, 1190, 600), strict=True):
        page[y, x] = 0
    cleaned = despeckled(page)
    assert (cleaned[900:] < 128).sum() < 0.05 * (page[900:] < 128).sum()
    assert np.array_equal(cleaned[:850], stops[:850])


def test_thin_small_print_is_not_taken_for_specks() -> None:
    page = draw(points=40).pixels
    tiny = cv2.resize(page, None, fx=0.24, fy=0.24, interpolation=cv2.INTER_AREA)
    assert np.array_equal(despeckled(tiny), tiny)


def test_a_streak_goes_and_the_letters_it_crosses_stay() -> None:
    page = draw().pixels.copy()
    streaked = page.copy()
    streaked[:, 403:405] = 0
    cleaned = without_streaks(streaked)
    assert (cleaned[900:, 398:410] < 128).sum() == 0
    assert (cleaned < 128)[page < 128].mean() > 0.995


def test_a_fax_is_softened_and_enlarged() -> None:
    fax = faxed(draw(points=22).pixels)
    assert is_bilevel(fax)
    assert not is_bilevel(softened(fax))
    height = glyph_height(fax)
    assert height is not None
    assert height < 20
    assert 1.2 < scale_factor(fax) <= 2.0


def test_crumbs_do_not_change_the_size_of_letters() -> None:
    page = draw().pixels.copy()
    whole = glyph_height(page)
    rng = np.random.default_rng(2)
    for y, x in zip(rng.integers(800, 1700, 400), rng.integers(50, 1190, 400), strict=True):
        page[y : y + 6, x : x + 3] = 0
    assert whole is not None
    assert glyph_height(page) == pytest.approx(whole, rel=0.2)


def test_huge_letters_shrink_and_a_blank_page_keeps_its_size() -> None:
    assert scale_factor(draw(points=110, size=(6000, 4000)).pixels) < 1.0
    assert scale_factor(np.full((500, 400), 255, np.uint8)) == 1.0


def test_noisy_paper_with_few_words_is_taken_for_ink() -> None:
    generator = np.random.default_rng(3)
    paper = np.clip(generator.normal(233, 12, (1200, 900)), 0, 255).astype(np.uint8)
    cv2.putText(paper, "1234567890", (80, 120), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 60, 3)
    assert is_taken_for_ink(paper)
    assert not is_taken_for_ink(np.where(paper > 150, 250, paper).astype(np.uint8))
