"""One page of a PDF or an image: its layer is judged, its raster recognised where needed, marks and tables found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import cv2

from ocr.document import Line, Mark, Page, Rotation, Table, Word
from ocr.engines.tesseract_process import TesseractProcess
from ocr.formats import image, pdf
from ocr.formats.pdf_words import NO_LAYER_TEXT, LayerText, layer_text
from ocr.formats.raster import Raster
from ocr.image.raster import Pixels, upright_raster
from ocr.marks import find_marks
from ocr.mixed import joined
from ocr.options import ReadOptions
from ocr.recipe import RECIPES
from ocr.recognise import RecogniseOptions, recognise
from ocr.text_layer import NO_LAYER, LayerVerdict, judge_text_layer


@contextmanager
def _memory_errors() -> Iterator[None]:
    """OpenCV has an error of its own for what Python calls MemoryError."""
    try:
        yield
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem:
            raise MemoryError from error
        raise


@_memory_errors()
def read_pdf_page(data: bytes, number: int, options: ReadOptions) -> Page:
    """Raises a CodedError of `ocr.errors`."""
    with pdf.open_page(data, number) as opened:
        layer = layer_text(opened) if options.text_layer != "ignore" else NO_LAYER_TEXT
        if layer.words and pdf.holds_only_text(opened):
            verdict = _verdict(layer.words, None, options)
            if verdict.use == "layer":
                size = pdf.render_size(opened, options.limits)
                if layer.rotation in (90, 270):
                    size = (size[1], size[0])
                ruled = pdf.count_rulings(opened) >= _RULINGS_OF_A_TABLE
                return _layer_page(data, number, layer, verdict, size, ruled, marks=())
        raster = pdf.raster(opened, options.limits)
        ruled = pdf.count_rulings(opened) >= _RULINGS_OF_A_TABLE
    raster = upright_raster(raster, layer.rotation)
    verdict = _verdict(layer.words, raster.pixels, options)
    if verdict.use == "layer":
        marks = find_marks(raster.pixels, layer.words)
        return _layer_page(data, number, layer, verdict, (raster.width, raster.height), ruled, marks)
    page = _recognised(raster, number, verdict, options)
    if verdict.use == "mixed":
        words, lines = joined(layer.words, layer.lines, page.words, page.lines, page.rotation)
        page = replace(page, source="mixed", words=words, lines=lines, text=_text(lines))
    return replace(page, rotation=_ROTATIONS[(layer.rotation + page.rotation) % 360 // 90])


@_memory_errors()
def read_image_page(data: bytes, number: int, options: ReadOptions) -> Page:
    """Raises a CodedError of `ocr.errors`."""
    raster = image.load(data, number, options.limits)
    return _recognised(raster, number, NO_LAYER, options)


_RULINGS_OF_A_TABLE = 4
_ROTATIONS: tuple[Rotation, ...] = (0, 90, 180, 270)


def _layer_page(
    data: bytes,
    number: int,
    layer: LayerText,
    verdict: LayerVerdict,
    size: tuple[int, int],
    ruled: bool,
    marks: tuple[Mark, ...],
) -> Page:
    return Page(
        number=number,
        width=size[0],
        height=size[1],
        rotation=layer.rotation,
        source="text_layer",
        source_reason=verdict.reason,
        grade="good",
        text=_text(layer.lines),
        words=layer.words,
        lines=layer.lines,
        tables=_tables(data, number, layer) if ruled else (),
        marks=marks,
    )


def _verdict(words: Sequence[Word], pixels: Pixels | None, options: ReadOptions) -> LayerVerdict:
    if options.text_layer == "ignore":
        return LayerVerdict(use="ocr", cause="told_to_ignore", reason="текстовый слой не смотрели: так велено")
    if options.text_layer == "trust":
        if not words:
            return NO_LAYER
        return LayerVerdict(use="layer", cause="told_to_trust", reason="текстовый слой взят без проверки: так велено")
    return judge_text_layer(words, pixels)


def _recognised(raster: Raster, number: int, verdict: LayerVerdict, options: ReadOptions) -> Page:
    engine = TesseractProcess(tessdata=options.tessdata, timeout=options.page_seconds)
    how = RecogniseOptions(recipe=RECIPES[options.recipe], engine=engine, languages=options.languages)
    seen = recognise(raster, how)
    upright = upright_raster(raster, seen.rotation)
    return Page(
        number=number,
        width=seen.width,
        height=seen.height,
        rotation=seen.rotation,
        source="ocr" if seen.words else "none",
        source_reason=verdict.reason,
        grade=seen.grade,
        grade_reason=seen.grade_reason,
        recipe=seen.recipe,
        engine=seen.engine,
        text=seen.text,
        words=seen.words,
        lines=seen.lines,
        marks=find_marks(upright.pixels, seen.words),
    )


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _tables(data: bytes, number: int, layer: LayerText) -> tuple[Table, ...]:
    if layer.rotation:
        return ()  # pdfplumber knows the page's /Rotate, but not the way its text runs
    from ocr.tables import ruled_tables

    return ruled_tables(data, number, layer.words)
