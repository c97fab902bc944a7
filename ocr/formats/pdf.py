"""PDF: is it whole, how many pages, the words of a page's text layer, and a page's pixels.

PDFium is not thread-safe: everything that touches it runs under one lock.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from ocr.document import Rotation
from ocr.errors import PageBroken, PageMissing, PdfBroken, PdfEncrypted, PdfTruncated, PdfWithoutPages, TooManyPages
from ocr.formats.image import check_pixels
from ocr.formats.raster import Raster
from ocr.limits import Limits

RENDER_DPI = 300

_PDFIUM = threading.RLock()
_END = b"%%EOF"
_MOST_TRAILER = 2048  # bytes of harmless trailing matter after the end mark (mail footers, padding)
_LINEARIZED = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d+)")
_START_OF_XREF = re.compile(rb"startxref\s+(\d+)\s*\Z")
_COVERS = 0.95  # of the page's width and of its height
_SAME_BRIGHTNESS = 40.0  # grey levels between an extracted image and the page as rendered
_INVISIBLE_TEXT = 3
_RULING_POINTS = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfPage:
    """An open page: PDFium's handle, its /Rotate (clockwise) and the bytes it came from."""

    handle: Any
    number: int
    turn: Rotation


def count_pages(data: bytes, limits: Limits) -> int:
    """Raises PdfEncrypted, PdfTruncated, PdfBroken, PdfWithoutPages, TooManyPages."""
    with _PDFIUM, _opened(data) as document:
        pages = len(document)
    if _cut_off(data):
        raise PdfTruncated()
    if pages > limits.pages:
        raise TooManyPages(pages=pages, limit=limits.pages)
    return pages


@contextmanager
def open_page(data: bytes, number: int) -> Iterator[PdfPage]:
    """Page `number` (from 1). Raises PageMissing, PageBroken and what `count_pages` raises of a whole file."""
    with _PDFIUM, _opened(data) as document:
        if not 1 <= number <= len(document):
            raise PageMissing(number=number)
        try:
            handle = _flattened(document, number - 1)
        except pypdfium2.PdfiumError as error:
            raise PageBroken(number=number) from error
        try:
            yield PdfPage(handle=handle, number=number, turn=handle.get_rotation())
        finally:
            handle.close()


def raster(page: PdfPage, limits: Limits) -> Raster:
    """The page's pixels, /Rotate applied: its one embedded scan where it is nothing else, else a 300 dpi rendering.

    Raises TooManyPixels and PageBroken.
    """
    try:
        scan = _embedded_scan(page, limits)
        return scan if scan is not None else _rendered(page, limits)
    except (pypdfium2.PdfiumError, UnicodeDecodeError) as error:  # the latter: a filter's name is damaged
        raise PageBroken(number=page.number) from error


def holds_only_text(page: PdfPage) -> bool:
    """True when the page draws nothing but text and thin straight rulings: no picture, no curve, no annotation.

    Such a page can bear neither a signature nor a stamp nor print that its layer does not know.
    """
    for item in page.handle.get_objects():
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = item.get_bounds()
            if min(right - left, top - bottom) > _RULING_POINTS:
                return False
        elif item.type not in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM):
            return False
    return True


def render_size(page: PdfPage, limits: Limits) -> tuple[int, int]:
    """Width and height in pixels that `raster` would give the page, were it rendered."""
    width, height = page.handle.get_size()
    scale = _render_scale(page, limits)
    return math.ceil(width * scale), math.ceil(height * scale)


def count_rulings(page: PdfPage) -> int:
    """Drawn paths that are thin straight lines or frames: a page without them has no ruled table."""
    rulings = 0
    for item in page.handle.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        width, height = right - left, top - bottom
        if max(width, height) > 15 and (
            min(width, height) < _RULING_POINTS or pdfium.FPDFPath_CountSegments(item) in (4, 5)
        ):
            rulings += 1
    return rulings


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        # Asked only after a failure: PDFium does not reset it, a success leaves the error of an earlier file.
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise PdfEncrypted()
        raise PdfTruncated() if _cut_off(data) else PdfBroken()
    document = pypdfium2.PdfDocument(handle)
    try:
        if len(document) == 0:
            raise PdfTruncated() if _cut_off(data) else PdfWithoutPages()
        yield document
    finally:
        document.close()


def _flattened(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """The page with its annotations made a part of it: values typed into a form's fields, stamps, typewriter notes are
    drawn by a viewer but are neither in the text layer nor among the page's objects."""
    page = document[index]
    if pdfium.FPDFPage_GetAnnotCount(page) <= 0:
        return page
    if document.get_formtype() != pdfium.FORMTYPE_NONE and document.formenv is None:
        page.close()
        document.init_forms()  # before a page is loaded, else its fields are not known
        page = document[index]
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[index]


def _cut_off(data: bytes) -> bool:
    """True when the end of the file is missing. PDFium would silently rebuild what is left of such a file.

    A whole file ends with the mark %%EOF (ISO 32000-1, 7.5.5), or at least with a cross-reference offset that
    leads into the file; a linearized one says its length in its first object (annex F.3.3).
    """
    linearized = _LINEARIZED.search(data[:_MOST_TRAILER])
    if linearized and int(linearized.group(1)) > len(data):
        return True
    end = data.rfind(_END)
    if end >= 0:
        rest = data[end + len(_END) :]
        return len(rest) > _MOST_TRAILER and b" obj" in rest
    bare = _START_OF_XREF.search(data[-_MOST_TRAILER:].rstrip(b"%EOF\r\n\0 "))
    return not (bare and 0 < int(bare.group(1)) < len(data))


def _embedded_scan(page: PdfPage, limits: Limits) -> Raster | None:
    image = _only_image(page)
    if image is None:
        return None
    width, height = image.get_px_size()
    check_pixels(width, height, limits)
    matrix = image.get_matrix()
    if matrix.a <= 0 or matrix.d <= 0 or abs(matrix.b) + abs(matrix.c) > 0.01 * (matrix.a + matrix.d):
        return None
    filters = image.get_filters()
    if filters and filters[-1] == "DCTDecode":
        _check_embedded_jpeg(image, page.number)
    pixels = _array(image.get_bitmap())
    if filters[-1:] != ["DCTDecode"] and not _looks_like(pixels, page):
        return None
    dpi = width / (matrix.a / 72)
    return Raster(pixels=np.ascontiguousarray(np.rot90(pixels, -(page.turn // 90))), dpi=dpi)


def _only_image(page: PdfPage) -> Any | None:
    """The page's image when it covers the page and nothing else on it is visible."""
    found = None
    left, bottom, right, top = page.handle.get_bbox()
    for item in page.handle.get_objects(max_depth=2):
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            if pdfium.FPDFTextObj_GetTextRenderMode(item) != _INVISIBLE_TEXT:
                return None
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE and found is None and item.level == 0:
            found = item
        else:
            return None
    if found is None:
        return None
    x0, y0, x1, y1 = found.get_bounds()
    inside_x = min(x1, right) - max(x0, left)
    inside_y = min(y1, top) - max(y0, bottom)
    shown = inside_x >= _COVERS * (right - left) and inside_y >= _COVERS * (top - bottom)
    whole = inside_x >= _COVERS * (x1 - x0) and inside_y >= _COVERS * (y1 - y0)
    return found if shown and whole else None


def _check_embedded_jpeg(image: Any, number: int) -> None:
    """PDFium paints a cut-off JPEG grey from the cut on; such a page is an error, not half a page."""
    body = bytes(image.get_data(decode_simple=False))
    if not body.startswith(b"\xff\xd8\xff") or b"\xff\xd9" in body[-1024:]:
        return
    from ocr.errors import ImageBroken, ImageTruncated
    from ocr.formats import image as images

    try:
        images.load(body, 1, Limits(pixels=2**62))
    except (ImageTruncated, ImageBroken) as error:
        raise PageBroken(number=number) from error


def _looks_like(pixels: np.ndarray, page: PdfPage) -> bool:
    """Stencil masks and odd colour spaces come out inverted or bare: compare with the page as rendered, coarsely."""
    scale = 64 / max(page.handle.get_size())
    coarse = _array(page.handle.render(scale=scale, grayscale=True))
    return abs(float(coarse.mean()) - float(pixels.mean())) < _SAME_BRIGHTNESS


def _rendered(page: PdfPage, limits: Limits) -> Raster:
    scale = _render_scale(page, limits)
    return Raster(pixels=_array(page.handle.render(scale=scale)), dpi=scale * 72)


def _render_scale(page: PdfPage, limits: Limits) -> float:
    width, height = page.handle.get_size()
    scale = RENDER_DPI / 72
    pixels = width * height * scale * scale
    return scale if pixels <= limits.render_pixels else scale * (limits.render_pixels / pixels) ** 0.5


def _array(bitmap: Any) -> np.ndarray:
    """A copy that outlives PDFium's buffer: grey (h, w) or BGR (h, w, 3)."""
    view = bitmap.to_numpy()
    if view.ndim == 3:
        view = view[:, :, 0] if view.shape[2] == 1 else view[:, :, :3]
    return np.array(view, dtype=np.uint8, order="C")
