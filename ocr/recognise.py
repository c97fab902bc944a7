"""One page raster becomes words in the upright page.

The recogniser never sees the page as it arrived but a working copy: sheet found and flattened, shadows divided away,
set upright, coloured ink faded, levelled, brought to a good size, rules removed. Each geometric step hands back its
matrix; the inverse of their product takes every word home.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ocr.alphabet import mended
from ocr.document import Box, Engine, Grade, Line, Rotation, Word
from ocr.engines.contract import OcrEngine, PixelWord
from ocr.engines.tesseract_process import TesseractProcess
from ocr.grade import grade_page
from ocr.image import background, crop, deskew, despeckle, ink, leaders, orient, rules, scale, transform
from ocr.image.raster import Pixels, Raster, grey, turned, upright_raster
from ocr.image.transform import Homography
from ocr.layout import LaidLine, engine_order, reading_order
from ocr.numbers import NumberReading, read_numbers_again
from ocr.recipe import STANDARD, Recipe
from ocr.strays import without_strays
from ocr.thousands import with_thousands_apart

__all__ = ["Raster", "RecogniseOptions", "Recognised", "recognise", "upright_raster"]

_WHOLE_PAGE = 3
_ONE_BLOCK = 6
_FAIR_WORD = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class RecogniseOptions:
    recipe: Recipe = STANDARD
    engine: OcrEngine = field(default_factory=TesseractProcess)
    languages: str = "rus+eng"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recognised:
    """`rotation` is clockwise degrees from the raster as it arrived to the upright page; `width`, `height` are the
    upright raster's pixels; boxes of words and lines are fractions of them."""

    rotation: Rotation
    width: int
    height: int
    words: tuple[Word, ...]
    lines: tuple[Line, ...]
    grade: Grade
    grade_reason: str | None
    recipe: str
    engine: Engine

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Working:
    """The working copy and the matrix that took the arrived page's pixels to it."""

    pixels: Pixels
    from_arrived: Homography


def recognise(raster: Raster, options: RecogniseOptions | None = None) -> Recognised:
    """Reads one page.

    Raises EngineMissing, LanguageDataMissing, EngineTimedOut or EngineFailed.
    """
    options = options or RecogniseOptions()
    recipe, engine = options.recipe, options.engine
    engine_version = engine.version(options.languages)
    page = _flattened(raster.pixels, recipe)
    page, rotation = _set_upright(page, options)
    page = _levelled(page, recipe)
    horizontal, vertical = rules.find_rules(page.pixels) if recipe.rules else (None, None)
    grids: tuple[rules.Grid, ...] = ()
    clean = page.pixels
    if horizontal is not None and vertical is not None:
        grids = rules.find_grids(horizontal, vertical)
        clean = rules.without_rules(page.pixels, horizontal, vertical)
    if recipe.leaders:
        clean = leaders.without_leaders(grey(clean))
    found = engine.recognise(clean, options.languages, _WHOLE_PAGE)
    if recipe.strays:
        found = without_strays(found)
    if recipe.thousands:
        found = with_thousands_apart(grey(clean), found)
    if recipe.numbers:
        readings = read_numbers_again(grey(clean), found, engine, options.languages)
    else:
        readings = tuple(NumberReading(word=word, doubt=None) for word in found)
    order = reading_order(found, grids) if recipe.order else engine_order(found)
    width, height = (raster.width, raster.height) if rotation in (0, 180) else (raster.height, raster.width)
    upright_from_working = transform.compose(
        transform.inverse(page.from_arrived), transform.quarter_turns(rotation, raster.width, raster.height)
    )
    if recipe.alphabet:
        readings = _in_one_alphabet(readings, order)
    words, lines = _brought_home(readings, order, upright_from_working, width, height)
    graded = grade_page(words, float(deskew.ink_of(grey(page.pixels)).mean()))
    return Recognised(
        rotation=rotation,
        width=width,
        height=height,
        words=words,
        lines=lines,
        grade=graded.grade,
        grade_reason=graded.reason,
        recipe=recipe.id,
        engine=engine_version,
    )


def _flattened(pixels: Pixels, recipe: Recipe) -> _Working:
    """The sheet cut out of its photograph, evenly lit, without coloured ink.

    Cutting and dividing belong together: division without cutting makes the desk's grain as black as ink.
    """
    matrix = transform.IDENTITY
    sheet = crop.find_sheet(pixels) if recipe.crop else None
    if sheet is not None:
        matrix = transform.quad_to_rectangle(sheet.corners, sheet.width, sheet.height)
        pixels = transform.warp(pixels, matrix, (sheet.width, sheet.height))
    if recipe.background and (background.is_uneven(pixels) or background.is_taken_for_ink(pixels)):
        pixels = background.divided(pixels)
    if recipe.ink and ink.has_coloured_ink(pixels):
        pixels = ink.without_coloured_ink(pixels)
    return _Working(pixels=grey(pixels) if recipe.ink or recipe.background else pixels, from_arrived=matrix)


def _set_upright(page: _Working, options: RecogniseOptions) -> tuple[_Working, Rotation]:
    if not options.recipe.orient:
        return page, 0

    def readable(band: Pixels) -> float:
        return _legibility(options.engine.recognise(_band_at_reading_size(band), options.languages, _ONE_BLOCK))

    rotation = orient.find_rotation(grey(page.pixels), readable, options.engine.detect_rotation)
    height, width = page.pixels.shape[:2]
    turn = transform.quarter_turns(rotation, width, height)
    matrix = transform.compose(page.from_arrived, turn)
    return _Working(pixels=turned(page.pixels, rotation), from_arrived=matrix), rotation


def _band_at_reading_size(band: Pixels) -> Pixels:
    factor = scale.scale_factor(band)
    if factor == 1.0:
        return band
    size = (round(band.shape[1] * factor), round(band.shape[0] * factor))
    return transform.warp(band, transform.scaling(factor, factor), size)


def _legibility(words: Sequence[PixelWord]) -> float:
    """Letters in words of three letters or more that were read with some certainty, weighted by it."""
    score = 0.0
    for word in words:
        letters = sum(char.isalpha() for char in word.text)
        if letters >= 3 and letters >= 0.8 * len(word.text) and word.confidence >= _FAIR_WORD:
            score += letters * (word.confidence - _FAIR_WORD) / (1 - _FAIR_WORD)
    return score


def _levelled(page: _Working, recipe: Recipe) -> _Working:
    """Specks removed, lines level, letters of a good size: angle and size in one resampling."""
    pixels = grey(page.pixels) if recipe.despeckle or recipe.deskew or recipe.scale else page.pixels
    if recipe.despeckle:
        pixels = despeckle.softened(despeckle.despeckled(despeckle.without_streaks(pixels)))
    height, width = pixels.shape[:2]
    matrix, size = transform.IDENTITY, (width, height)
    angle = deskew.skew_angle(pixels) if recipe.deskew else 0.0
    if angle:
        matrix, size = transform.rotation_about_centre(angle, width, height)
    factor = scale.scale_factor(pixels) if recipe.scale else 1.0
    if factor != 1.0:
        size = (round(size[0] * factor), round(size[1] * factor))
        matrix = transform.compose(matrix, transform.scaling(factor, factor))
    if angle or factor != 1.0:
        pixels = transform.warp(pixels, matrix, size)
    return _Working(pixels=pixels, from_arrived=transform.compose(page.from_arrived, matrix))


def _in_one_alphabet(readings: Sequence[NumberReading], order: Sequence[LaidLine]) -> tuple[NumberReading, ...]:
    changed = list(readings)
    for laid in order:
        texts = mended([readings[index].word.text for index in laid.words])
        for index, text in zip(laid.words, texts, strict=True):
            changed[index] = replace(readings[index], word=replace(readings[index].word, text=text))
    return tuple(changed)


def _brought_home(
    readings: Sequence[NumberReading],
    order: Sequence[LaidLine],
    upright_from_working: Homography,
    width: int,
    height: int,
) -> tuple[tuple[Word, ...], tuple[Line, ...]]:
    words: list[Word] = []
    lines: list[Line] = []
    for number, laid in enumerate(order):
        first = len(words)
        for index in laid.words:
            reading = readings[index]
            seen = reading.word
            quad = transform.box_to_quad(
                upright_from_working, (seen.left, seen.top, seen.right, seen.bottom), width, height
            )
            words.append(
                Word(
                    text=seen.text,
                    box=quad.hull,
                    quad=quad,
                    confidence=seen.confidence,
                    doubt=reading.doubt,
                    line=number,
                )
            )
        hull: Box = words[first].box
        for word in words[first + 1 :]:
            hull = hull.union(word.box)
        text = " ".join(word.text for word in words[first:])
        lines.append(Line(text=text, box=hull, words=(first, len(words) - 1), block=laid.block))
    return tuple(words), tuple(lines)
