from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from drawn_page import LINES, Drawn, draw, faxed, photographed, turned_and_stamped
from rapidfuzz.distance import Levenshtein

from ocr.document import Box, Engine, Rotation
from ocr.engines.contract import PixelWord
from ocr.engines.tesseract_process import TesseractProcess
from ocr.errors import EngineMissing, LanguageDataMissing
from ocr.formats.raster import Raster
from ocr.image.raster import Pixels
from ocr.recipe import PLAIN
from ocr.recognise import Recognised, RecogniseOptions, recognise

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


class _DarkSquareReader:
    """Reads every dark square as the word «квадрат»: what the pipeline does to boxes can be seen without an engine."""

    def recognise(self, image: Pixels, languages: str, layout: int) -> tuple[PixelWord, ...]:
        assert (languages, image.ndim) == ("rus+eng", 2)
        if layout == 6:  # a band is being looked at for its direction: legible only with the mark on its left
            columns = np.flatnonzero((image < 100).any(axis=0))
            legible = len(columns) and columns[0] < image.shape[1] - columns[-1]
            return tuple(_word("читается", 0.99, (0, 0, 50, 20)) for _ in range(8)) if legible else ()
        _, _, stats, _ = cv2.connectedComponentsWithStats((image < 100).astype(np.uint8))
        squares = [s for s in stats[1:] if s[4] > 300]
        return tuple(_word("квадрат", 0.9, (s[0], s[1], s[0] + s[2], s[1] + s[3])) for s in squares)

    def recognise_many(
        self, images: Sequence[Pixels], languages: str, layout: int
    ) -> tuple[tuple[PixelWord, ...], ...]:
        assert not images, (languages, layout)
        return ()

    def detect_rotation(self, image: Pixels) -> Rotation | None:
        assert image.size
        return None

    def version(self, languages: str) -> Engine:
        return Engine(name="squares", version="1", data=languages)


def _word(text: str, confidence: float, box: tuple[float, float, float, float]) -> PixelWord:
    return PixelWord(
        text=text,
        left=box[0],
        top=box[1],
        right=box[2],
        bottom=box[3],
        confidence=confidence,
        block=1,
        paragraph=1,
        line=int(box[1]),
    )


def _squares() -> np.ndarray:
    page = np.full((1400, 1000), 255, np.uint8)
    for row in range(18):
        for column in range(22 - row % 5):
            cv2.rectangle(page, (60 + 38 * column, 80 + 64 * row), (60 + 38 * column + 25, 80 + 64 * row + 25), 0, -1)
    return page


@pytest.mark.parametrize("back", [None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE])
def test_boxes_live_in_the_upright_page_whichever_way_it_arrived(back: int | None) -> None:
    page = _squares()
    arrived = page if back is None else np.asarray(cv2.rotate(page, back), dtype=np.uint8)
    result = recognise(Raster(pixels=arrived, dpi=None), RecogniseOptions(engine=_DarkSquareReader()))
    expected = {None: 0, cv2.ROTATE_90_CLOCKWISE: 270, cv2.ROTATE_180: 180, cv2.ROTATE_90_COUNTERCLOCKWISE: 90}
    assert result.rotation == expected[back]
    assert (result.width, result.height) == (1000, 1400)
    assert len(result.words) == sum(22 - row % 5 for row in range(18))
    first = result.words[0].box
    assert first == pytest.approx((60 / 1000, 80 / 1400, 86 / 1000, 106 / 1400), abs=0.002)


def test_a_skewed_page_gives_back_tilted_quads() -> None:
    page = _squares()
    matrix = cv2.getRotationMatrix2D((500, 700), 2.0, 1.0)
    skewed = cv2.warpAffine(page, matrix, (1000, 1400), borderValue=255)
    result = recognise(
        Raster(pixels=np.asarray(skewed, np.uint8), dpi=None), RecogniseOptions(engine=_DarkSquareReader())
    )
    corner = matrix @ np.array([60, 80, 1])
    nearest = min(result.words, key=lambda w: abs(w.quad.a.x - corner[0] / 1000) + abs(w.quad.a.y - corner[1] / 1400))
    assert nearest.quad.a == pytest.approx((corner[0] / 1000, corner[1] / 1400), abs=0.003)
    assert nearest.quad.b.y < nearest.quad.a.y


def test_a_blank_page_says_so() -> None:
    result = recognise(
        Raster(pixels=np.full((1400, 1000, 3), 250, np.uint8), dpi=300), RecogniseOptions(engine=_DarkSquareReader())
    )
    assert (result.words, result.lines, result.text) == ((), (), "")
    assert (result.grade, result.grade_reason) == ("unreadable", "пустая страница")


def test_a_missing_engine_and_missing_language_are_named() -> None:
    page = Raster(pixels=np.full((40, 40), 255, np.uint8), dpi=None)
    with pytest.raises(EngineMissing):
        recognise(page, RecogniseOptions(engine=TesseractProcess(command="no-such-tesseract")))


@needs_tesseract
def test_missing_language_data_is_named(tmp_path: Path) -> None:
    page = Raster(pixels=np.full((40, 40), 255, np.uint8), dpi=None)
    with pytest.raises(LanguageDataMissing):
        recognise(page, RecogniseOptions(engine=TesseractProcess(tessdata=tmp_path)))


def _errors(result: Recognised) -> float:
    truth = "\n".join(LINES)
    return Levenshtein.distance(truth, result.text) / len(truth)


def _well_placed(result: Recognised, boxes: Sequence[tuple[str, Box]]) -> float:
    read = [(text, box) for text, box in boxes if any(word.text == text for word in result.words)]
    hits = sum(any(word.text == text and word.box.iou(box) >= 0.5 for word in result.words) for text, box in read)
    return hits / len(read)


def _fractions(drawn: Drawn, matrix: np.ndarray, width: int, height: int) -> list[tuple[str, Box]]:
    out = []
    for text, left, top, right, bottom in drawn.boxes:
        corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], np.float32)
        mapped = cv2.perspectiveTransform(corners, matrix)[0]
        low, high = mapped.min(axis=0), mapped.max(axis=0)
        out.append((text, Box(low[0] / width, low[1] / height, high[0] / width, high[1] / height)))
    return out


@needs_tesseract
@pytest.mark.slow
def test_a_photograph_is_read_and_its_words_placed() -> None:
    drawn = draw()
    photo, matrix = photographed(drawn.pixels)
    result = recognise(Raster(pixels=photo, dpi=None))
    assert result.rotation == 0
    assert _errors(result) < 0.03
    assert _well_placed(result, _fractions(drawn, matrix, result.width, result.height)) >= 0.95
    assert all(
        line.text == " ".join(w.text for w in result.words[line.words[0] : line.words[1] + 1]) for line in result.lines
    )
    assert all(
        result.lines[word.line].words[0] <= index <= result.lines[word.line].words[1]
        for index, word in enumerate(result.words)
    )
    plain = recognise(Raster(pixels=photo, dpi=None), RecogniseOptions(recipe=PLAIN))
    assert _errors(plain) > 2 * _errors(result)


@needs_tesseract
@pytest.mark.slow
def test_a_turned_and_stamped_page_is_read_and_its_words_placed() -> None:
    drawn = draw()
    result = recognise(Raster(pixels=turned_and_stamped(drawn.pixels), dpi=150))
    assert result.rotation == 270
    assert _errors(result) < 0.03
    assert _well_placed(result, _fractions(drawn, np.eye(3), result.width, result.height)) >= 0.95
    assert result.grade in ("good", "usable")


@needs_tesseract
@pytest.mark.slow
def test_a_fax_is_read() -> None:
    result = recognise(Raster(pixels=faxed(draw(points=26).pixels), dpi=None))
    assert _errors(result) < 0.05
    assert result.engine.name == "tesseract"
    assert result.engine.data.startswith("rus@")
