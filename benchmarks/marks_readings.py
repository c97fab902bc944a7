"""What the reading makes of a drawn page before marks are looked for on it: its words and its rotation, kept on disk.

The product looks for marks with the words of its own recognition, faults and all (`ocr.page_reading`), so the benchmark
does too. Recognition takes seconds a page and does not depend on the code of marks: a reading is kept by the pixels of
the page and by the code of `ocr` without that of marks.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.marks_pages import MarksPage, Truth
from ocr.document import Box, Rotation, Word
from ocr.formats.raster import Raster
from ocr.image.raster import turned
from ocr.recognise import recognise

CACHE = Path(__file__).parent / ".cache" / "marks"
_OCR = Path(__file__).parent.parent / "ocr"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """`rotation`: degrees clockwise from the drawn page to what recognition takes for upright; `words` lie in the
    page turned so."""

    rotation: Rotation
    words: tuple[Word, ...]


_READING = TypeAdapter(Reading)


@cache
def reading_code() -> str:
    """Hash of the sources of `ocr`, those of marks left out."""
    digest = hashlib.sha256()
    for file in sorted(_OCR.rglob("*.py")):
        if not file.name.startswith("marks"):
            digest.update(file.relative_to(_OCR).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def as_read(page: MarksPage, *, any_reading: bool = False) -> MarksPage:
    """The page as `ocr.page_reading` hands it to `find_marks`: turned as recognition turned it, with its words.

    `any_reading`: the newest kept reading will do, whatever state of `ocr` made it. Raises what `recognise` raises.
    """
    reading = _kept_reading(page, any_reading)
    return replace(
        page,
        upright=turned(page.upright, reading.rotation),
        words=reading.words,
        truth=tuple(_turned(one, reading.rotation) for one in page.truth),
        faint=tuple(_turned(one, reading.rotation) for one in page.faint),
    )


def _kept_reading(page: MarksPage, any_reading: bool) -> Reading:
    pixels = hashlib.sha256(str(page.upright.shape).encode() + page.upright.tobytes()).hexdigest()[:16]
    file = CACHE / f"{pixels}-{reading_code()}.json"
    if any_reading and not file.exists():
        earlier = sorted(CACHE.glob(f"{pixels}-*.json"), key=lambda path: path.stat().st_mtime)
        file = earlier[-1] if earlier else file
    if file.exists():
        return _READING.validate_json(file.read_bytes())
    seen = recognise(Raster(pixels=page.upright, dpi=None))
    reading = Reading(rotation=seen.rotation, words=seen.words)
    CACHE.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    draft.write_bytes(_READING.dump_json(reading))
    draft.replace(file)
    return reading


def _turned(truth: Truth, rotation: Rotation) -> Truth:
    box = truth.box
    for _ in range(rotation // 90):
        box = Box(1 - box.y1, box.x0, 1 - box.y0, box.x1)
    return replace(truth, box=box)
