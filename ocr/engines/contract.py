"""What a recogniser must do to read pages for Kazus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ocr.document import Engine, Rotation
from ocr.image.raster import Pixels

LayoutMode = int
"""Tesseract's page segmentation mode: 3 = a page, 6 = one block, 7 = one line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PixelWord:
    """A word in the picture handed over: pixels, `confidence` 0..1; block, paragraph and line as the engine grouped."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    block: int
    paragraph: int
    line: int


class OcrEngine(Protocol):
    """Pictures are uint8, height x width (grey) or height x width x 3 (BGR)."""

    def recognise(self, image: Pixels, languages: str, layout: LayoutMode) -> tuple[PixelWord, ...]:
        """The words of one picture in the engine's reading order; `languages` as in "rus+eng".

        Raises EngineMissing, LanguageDataMissing, EngineTimedOut or EngineFailed.
        """
        ...

    def recognise_many(
        self, images: Sequence[Pixels], languages: str, layout: LayoutMode
    ) -> tuple[tuple[PixelWord, ...], ...]:
        """The words of several small pictures, one tuple a picture. Raises as `recognise`."""
        ...

    def detect_rotation(self, image: Pixels) -> Rotation | None:
        """Clockwise degrees that set the picture upright, None = no opinion; raises as `recognise`."""
        ...

    def version(self, languages: str) -> Engine:
        """Name, version and language data. Raises EngineMissing or LanguageDataMissing."""
        ...
