"""Pages from bytes to words, marks and tables; those that need the recogniser are slow."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from ocr_samples import A4, LETTER, letter_pdf, picture, printed, scan_pdf, write_lines
from PIL import Image, ImageDraw
from rapidfuzz.distance import Levenshtein
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ocr import Box, Page, ReadOptions, read_page
from ocr.formats import pdf
from ocr.limits import Limits

OPTIONS = ReadOptions(workers=0)


def check(page: Page) -> None:
    """What every page promises."""
    assert page.text == "\n".join(line.text for line in page.lines)
    for number, line in enumerate(page.lines):
        words = page.words[line.words[0] : line.words[1] + 1]
        assert line.text == " ".join(word.text for word in words)
        assert {word.line for word in words} == {number}
    assert sum(line.words[1] - line.words[0] + 1 for line in page.lines) == len(page.words)
    for word in page.words:
        assert all(-0.01 <= edge <= 1.01 for edge in word.box)
        assert word.box == word.quad.hull


def signed_letter() -> bytes:
    """A digital letter with a picture of a signature under it."""
    ink = Image.new("RGB", (600, 200), "white")
    pen = ImageDraw.Draw(ink)
    points = [(20, 120), (60, 30), (90, 160), (140, 40), (170, 150), (230, 60), (260, 140), (330, 90), (420, 130)]
    pen.line([*points, (560, 70)], fill=(20, 30, 140), width=7, joint="curve")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    write_lines(canvas, LETTER)
    canvas.drawImage(ImageReader(ink), 350, 600, 180, 60)
    canvas.save()
    return out.getvalue()


def test_size_of_a_page_that_is_not_rendered_is_that_of_its_rendering() -> None:
    for data in (letter_pdf(), letter_pdf(turn=90)):
        page = read_page(data, 1, OPTIONS)
        check(page)
        with pdf.open_page(data, 1) as opened:
            assert pdf.holds_only_text(opened)
            raster = pdf.raster(opened, Limits())
        assert {page.width, page.height} == {raster.width, raster.height}
        assert page.width < page.height


def test_a_page_with_a_picture_is_looked_at() -> None:
    with pdf.open_page(signed_letter(), 1) as opened:
        assert not pdf.holds_only_text(opened)
    page = read_page(signed_letter(), 1, OPTIONS)
    check(page)
    assert page.source == "text_layer"
    assert [mark.kind for mark in page.marks] == ["signature"]
    assert page.marks[0].box.iou(Box(350 / 595, 182 / 842, 530 / 595, 242 / 842)) > 0.3


@pytest.mark.slow
def test_a_picture_is_recognised() -> None:
    page = read_page(picture(printed(), "JPEG", quality=90, dpi=(150, 150)), 1, OPTIONS)
    check(page)
    assert (page.source, page.rotation, page.width, page.height) == ("ocr", 0, 1240, 1754)
    assert page.engine is not None
    assert page.recipe == "standard-2"
    wanted = "\n".join(LETTER)
    assert Levenshtein.distance(page.text, wanted) < 0.03 * len(wanted)
    head = next(word for word in page.words if word.text == "ОБРАЩЕНИЕ")
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (9, 9))).textbbox(
        (110, 150), "ОБРАЩЕНИЕ", font=sample_font()
    )
    assert head.box.iou(Box(left / 1240, top / 1754, right / 1240, bottom / 1754)) > 0.7


def sample_font() -> object:
    from ocr_samples import FONT_FILE
    from PIL import ImageFont

    return ImageFont.truetype(FONT_FILE, 26)


@pytest.mark.slow
def test_a_scan_in_a_pdf_that_stands_on_its_head() -> None:
    page = read_page(scan_pdf(printed(LETTER * 3).rotate(180)), 1, OPTIONS)
    check(page)
    assert page.rotation == 180
    assert "Вологде" in page.text


@pytest.mark.slow
def test_a_header_over_a_scan_keeps_the_headers_words_and_reads_the_rest() -> None:
    header = "Вх. № 318-ФУ от 14 марта 2026 года, приём через личный кабинет потребителя"
    page = read_page(scan_pdf(printed(LETTER * 2), header=header), 1, OPTIONS)
    check(page)
    assert page.source == "mixed"
    assert page.lines[0].text == header
    assert page.text.count("Вологде") == 2
    assert "вне его" in page.source_reason


@pytest.mark.slow
def test_a_layer_can_be_ignored() -> None:
    page = read_page(letter_pdf(), 1, replace(OPTIONS, text_layer="ignore"))
    check(page)
    assert page.source == "ocr"
    assert "велено" in page.source_reason
    assert "взыскать" in page.text


@pytest.mark.slow
def test_a_blank_sheet_is_unreadable_without_error() -> None:
    page = read_page(picture(Image.new("L", (1240, 1754), 255), "PNG"), 1, OPTIONS)
    assert (page.grade, page.error, page.words, page.source) == ("unreadable", None, (), "none")
    assert page.grade_reason is not None
    assert page.grade_reason.startswith("пустая страница")
