from __future__ import annotations

import io

import numpy as np
import pytest
from ocr_samples import (
    A4,
    LETTER,
    ZERO_PAGES,
    letter_pdf,
    noise,
    pdf_of,
    picture,
    printed,
    rotated,
    scan_pdf,
    sideways_pdf,
    write_lines,
)
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ocr.document import Box
from ocr.errors import (
    PageBroken,
    PageMissing,
    PdfBroken,
    PdfEncrypted,
    PdfTruncated,
    PdfWithoutPages,
    TooManyPages,
    TooManyPixels,
)
from ocr.formats import pdf
from ocr.formats.pdf_words import NO_LAYER_TEXT, layer_text, upright
from ocr.formats.raster import Raster
from ocr.image.raster import upright_raster
from ocr.limits import Limits

LIMITS = Limits()


def test_whole_files_are_counted() -> None:
    assert pdf.count_pages(letter_pdf(3), LIMITS) == 3
    assert pdf.count_pages(letter_pdf(1) + b"\r\n\0\0", LIMITS) == 1
    with pytest.raises(TooManyPages):
        pdf.count_pages(letter_pdf(3), Limits(pages=2))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.97])
def test_cut_off_files_are_refused_not_half_read(kept: float) -> None:
    data = letter_pdf(12)
    with pytest.raises(PdfTruncated):
        pdf.count_pages(data[: int(len(data) * kept)], LIMITS)


def test_only_the_end_mark_missing_loses_nothing() -> None:
    data = letter_pdf(2)
    assert pdf.count_pages(data[: data.rindex(b"%%EOF") + 3], LIMITS) == 2


def test_cut_off_after_an_earlier_end_mark() -> None:
    """A file saved incrementally has an end mark inside; what follows it is lost unseen."""
    whole = letter_pdf(1)
    update = b"".join(b"%d 0 obj\n<</A (%s)>>\nendobj\n" % (number, b"x" * 100) for number in range(90, 130))
    with pytest.raises(PdfTruncated):
        pdf.count_pages(whole + update, LIMITS)


def test_linearized_file_knows_its_length() -> None:
    data = pdf_of(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100]>>",
        ]
    )
    first_object = b"%PDF-1.4\n9 0 obj\n<</Linearized 1 /L 99999 /N 1>>\nendobj\n"
    with pytest.raises(PdfTruncated):
        pdf.count_pages(data.replace(b"%PDF-1.4\n", first_object), LIMITS)


def test_encrypted_broken_and_pageless_files_are_told_apart() -> None:
    with pytest.raises(PdfEncrypted):
        pdf.count_pages(letter_pdf(encrypt="secret"), LIMITS)
    with pytest.raises(PdfWithoutPages):
        pdf.count_pages(ZERO_PAGES, LIMITS)
    with pytest.raises(PdfBroken):
        pdf.count_pages(b"%PDF-1.7\n" + b"rubbish " * 40 + b"\n%%EOF\n", LIMITS)


def test_page_numbers_start_at_one() -> None:
    with pytest.raises(PageMissing), pdf.open_page(letter_pdf(1), 2):
        pass
    with pytest.raises(PageMissing), pdf.open_page(letter_pdf(1), 0):
        pass


def test_layer_words_lines_and_text() -> None:
    with pdf.open_page(letter_pdf(), 1) as page:
        layer = layer_text(page)
    words, lines = layer.words, layer.lines
    assert layer.rotation == 0
    assert [line.text for line in lines] == list(LETTER)
    for number, line in enumerate(lines):
        inside = words[line.words[0] : line.words[1] + 1]
        assert line.text == " ".join(word.text for word in inside)
        assert {word.line for word in inside} == {number}


@pytest.mark.parametrize(("turn", "rotation"), [(0, 0), (90, 270), (180, 180), (270, 90)])
def test_layer_of_a_page_with_rotate_is_set_upright(turn: int, rotation: int) -> None:
    """The text ran left to right before /Rotate turned it: the page is turned back, and boxes lie on the ink."""
    with pdf.open_page(letter_pdf(lines=("ОБРАЩЕНИЕ",), turn=turn), 1) as page:
        layer = layer_text(page)
        raster = upright_raster(pdf.raster(page, LIMITS), layer.rotation)
    assert layer.rotation == rotation
    assert [word.text for word in layer.words] == ["ОБРАЩЕНИЕ"]
    assert layer.words[0].box.iou(ink_box(raster)) > 0.85


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_sideways_text_is_set_upright(turn: int) -> None:
    with pdf.open_page(sideways_pdf(turn, ("ОБРАЩЕНИЕ",)), 1) as page:
        layer = layer_text(page)
        raster = upright_raster(pdf.raster(page, LIMITS), layer.rotation)
    assert layer.rotation == turn
    assert [word.text for word in layer.words] == ["ОБРАЩЕНИЕ"]
    assert layer.words[0].box.iou(ink_box(raster)) > 0.85


@pytest.mark.parametrize("turn", [90, 270])
def test_a_rotate_that_sets_sideways_text_upright_needs_no_more(turn: int) -> None:
    with pdf.open_page(rotated(sideways_pdf(turn), turn), 1) as page:
        layer = layer_text(page)
    assert layer.rotation == 0
    assert [line.text for line in layer.lines] == list(LETTER)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_lines_stay_in_order_whichever_way_the_page_lies(turn: int) -> None:
    for data in (letter_pdf(turn=turn), sideways_pdf(turn)):
        with pdf.open_page(data, 1) as page:
            assert [line.text for line in layer_text(page).lines] == list(LETTER)
            assert page.handle.get_rotation() == page.turn


def test_values_typed_into_a_form_are_words_of_the_page() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    write_lines(canvas, LETTER)
    canvas.acroForm.textfield(name="number", value="4512 889900", x=60, y=500, width=250, height=20)
    canvas.save()
    with pdf.open_page(out.getvalue(), 1) as page:
        layer = layer_text(page)
        raster = pdf.raster(page, LIMITS)
    assert layer.lines[-1].text == "4512 889900"
    box = layer.words[-1].box
    dark = raster.pixels[
        int(box.y0 * raster.height) : int(box.y1 * raster.height),
        int(box.x0 * raster.width) : int(box.x1 * raster.width),
    ]
    assert dark.min() < 128


def test_hyphens_at_line_ends_stay() -> None:
    with pdf.open_page(letter_pdf(lines=("Прошу взы-", "скать неу\u00ad", "стойку")), 1) as page:
        assert [line.text for line in layer_text(page).lines] == ["Прошу взы-", "скать неу-", "стойку"]


def test_a_note_along_the_side_keeps_its_words() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    write_lines(canvas, LETTER)
    canvas.rotate(90)
    canvas.drawString(100, -30, "Подписано электронной подписью")
    canvas.save()
    with pdf.open_page(out.getvalue(), 1) as page:
        layer = layer_text(page)
    assert layer.rotation == 0
    assert {"Подписано", "электронной", "подписью"} <= {word.text for word in layer.words}


def ink_box(raster: Raster) -> Box:
    dark = np.argwhere(raster.pixels.mean(axis=2) < 128)
    top, left = dark.min(axis=0) / (raster.height, raster.width)
    bottom, right = dark.max(axis=0) / (raster.height, raster.width)
    return Box(left, top, right, bottom)


def test_upright_turns_clockwise() -> None:
    corner = (0.0, 90.0, 10.0, 100.0)  # the top-left corner of a page of 200 × 100 points
    bounds = (0.0, 0.0, 200.0, 100.0)
    assert upright(corner, bounds, 0) == pytest.approx((0, 0, 0.05, 0.1))
    assert upright(corner, bounds, 90) == pytest.approx((0.9, 0, 1, 0.05))
    assert upright(corner, bounds, 180) == pytest.approx((0.95, 0.9, 1, 1))
    assert upright(corner, bounds, 270) == pytest.approx((0, 0.95, 0.1, 1))


def test_a_scan_is_taken_as_it_was_embedded() -> None:
    sheet = printed(width=620, height=877)
    with pdf.open_page(scan_pdf(sheet), 1) as page:
        raster = pdf.raster(page, LIMITS)
        assert layer_text(page) == NO_LAYER_TEXT
    assert (raster.width, raster.height) == (620, 877)
    assert round(raster.dpi or 0) == 75
    assert np.abs(raster.pixels.reshape(877, 620, -1)[:, :, 0].astype(int) - np.asarray(sheet)).mean() < 2


def test_a_scan_is_turned_by_the_pages_rotate() -> None:
    sheet = Image.new("L", (600, 850), 255)
    sheet.paste(0, (0, 0, 100, 100))
    with pdf.open_page(scan_pdf(sheet, turn=90), 1) as page:
        raster = pdf.raster(page, LIMITS)
    assert (raster.width, raster.height) == (850, 600)
    assert raster.pixels[50, 800].max() == 0
    assert raster.pixels[50, 50].min() == 255


def test_a_scan_with_something_over_it_is_rendered() -> None:
    with pdf.open_page(scan_pdf(printed(), header="Вх. № 318-ФУ от 14.03.2026"), 1) as page:
        raster = pdf.raster(page, LIMITS)
    assert round(raster.dpi or 0) == 300


def test_a_cut_off_jpeg_inside_a_whole_pdf_is_a_broken_page() -> None:
    jpeg = picture(noise(400, 560), "JPEG")
    cut = jpeg[: len(jpeg) // 2]
    image = b"<</Type /XObject /Subtype /Image /Width 400 /Height 560 /ColorSpace /DeviceGray /BitsPerComponent 8"
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 400 560] /Contents 5 0 R /Resources <</XObject <</Im 4 0 R>>>>>>",
        image + b" /Filter /DCTDecode /Length %d>>\nstream\n%s\nendstream" % (len(cut), cut),
        b"<</Length 29>>\nstream\nq 400 0 0 560 0 0 cm /Im Do Q\nendstream",
    ]
    with pytest.raises(PageBroken), pdf.open_page(pdf_of(objects), 1) as page:
        pdf.raster(page, LIMITS)
    whole = [*objects]
    whole[3] = image + b" /Filter /DCTDecode /Length %d>>\nstream\n%s\nendstream" % (len(jpeg), jpeg)
    with pdf.open_page(pdf_of(whole), 1) as page:
        assert pdf.raster(page, LIMITS).width == 400


def test_a_stencil_mask_is_not_read_inverted() -> None:
    """A one-bit mask paints black where its bits are 0: taken bare it might come out white on black."""
    rows = bytearray(b"\xff" * (50 * 70))
    rows[1000:1100] = bytes(100)
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 400 560] /Contents 5 0 R /Resources <</XObject <</Im 4 0 R>>>>>>",
        b"<</Type /XObject /Subtype /Image /Width 400 /Height 70 /ImageMask true /BitsPerComponent 1 /Length 3500>>"
        b"\nstream\n" + bytes(rows) + b"\nendstream",
        b"<</Length 29>>\nstream\nq 400 0 0 560 0 0 cm /Im Do Q\nendstream",
    ]
    with pdf.open_page(pdf_of(objects), 1) as page:
        assert pdf.raster(page, LIMITS).pixels.mean() > 200


def test_large_pages_are_rendered_smaller_and_large_pictures_refused() -> None:
    with pdf.open_page(letter_pdf(), 1) as page:
        raster = pdf.raster(page, Limits(render_pixels=1_000_000))
    assert 900_000 < raster.width * raster.height <= 1_010_000
    with pytest.raises(TooManyPixels), pdf.open_page(scan_pdf(printed()), 1) as page:
        pdf.raster(page, Limits(pixels=1_000_000))


def test_page_that_is_no_page() -> None:
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R 9 0 R] /Count 2>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100]>>",
    ]
    with pytest.raises(PageBroken), pdf.open_page(pdf_of(objects), 2):
        pass
