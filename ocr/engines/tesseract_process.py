"""Tesseract as a process of its own, through pytesseract."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytesseract
from PIL import Image

from ocr.document import Engine, Rotation
from ocr.engines.contract import LayoutMode, PixelWord
from ocr.errors import EngineFailed, EngineMissing, EngineTimedOut, LanguageDataMissing
from ocr.image.raster import Pixels

_WORD_LEVEL = "5"
_ROTATE = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_DATA_FOLDER = re.compile(r'in "?(.+?)"? \(\d+\)')


@dataclass(frozen=True, kw_only=True, slots=True)
class TesseractProcess:
    """`tessdata` is the directory of language data (None = Tesseract's own); `timeout` is seconds a call.

    One process, one thread: pages are what runs in parallel, and Tesseract's own threads double or triple the CPU
    spent on a page.
    """

    command: str = "tesseract"
    tessdata: Path | None = None
    timeout: float = 120.0

    def recognise(self, image: Pixels, languages: str, layout: LayoutMode) -> tuple[PixelWord, ...]:
        picture = Image.fromarray(image if image.ndim == 2 else image[:, :, ::-1])
        picture.format = "PPM"  # pytesseract would write a PNG: up to 3.6 CPU-s for a photograph
        table = self._run(picture, "tsv", languages, f"--psm {layout} --dpi 300 -c tessedit_create_tsv=1")
        return _words_by_page(table).get(1, ())

    def recognise_many(
        self, images: Sequence[Pixels], languages: str, layout: LayoutMode
    ) -> tuple[tuple[PixelWord, ...], ...]:
        if not images:
            return ()
        with tempfile.TemporaryDirectory(prefix="kazus-ocr-") as folder:
            paths = []
            for number, image in enumerate(images):
                path = Path(folder) / f"{number}.ppm"
                Image.fromarray(image if image.ndim == 2 else image[:, :, ::-1]).save(path, format="PPM")
                paths.append(str(path))
            listing = Path(folder) / "pictures.txt"
            listing.write_text("\n".join(paths), encoding="utf-8")
            options = f"--psm {layout} --dpi 300 -c tessedit_create_tsv=1"
            pages = _words_by_page(self._run(str(listing), "tsv", languages, options))
        return tuple(pages.get(number, ()) for number in range(1, len(images) + 1))

    def detect_rotation(self, image: Pixels) -> Rotation | None:
        picture = Image.fromarray(image if image.ndim == 2 else image[:, :, ::-1])
        picture.format = "PPM"
        try:
            answer = self._run(picture, "osd", "osd", "--psm 0 --dpi 300")
        except EngineFailed:
            return None  # "Too few characters": Tesseract's way of having no opinion
        found = _ROTATE.search(answer)
        for rotation in _ROTATIONS:
            if found and int(found.group(1)) == rotation:
                return rotation
        return None

    def version(self, languages: str) -> Engine:
        version, folder = _installation(self.command, self.tessdata)
        data = "+".join(f"{name}@{_fingerprint(folder / f'{name}.traineddata')}" for name in languages.split("+"))
        return Engine(name="tesseract", version=version, data=data)

    def _run(self, source: Image.Image | str, extension: str, languages: str, options: str) -> str:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        if self.tessdata is not None:
            options = f'--tessdata-dir "{self.tessdata}" {options}'
        pytesseract.pytesseract.tesseract_cmd = self.command
        try:
            answer = pytesseract.pytesseract.run_and_get_output(source, extension, languages, options, 0, self.timeout)
        except pytesseract.TesseractNotFoundError as error:
            raise EngineMissing() from error
        except pytesseract.TesseractError as error:
            missing = re.search(r"Failed loading language '(\w+)'", error.message)
            if missing:
                raise LanguageDataMissing(language=missing.group(1)) from error
            raise EngineFailed(reason=error.message.strip()[:200]) from error
        except RuntimeError as error:  # pytesseract's timeout has no class of its own
            raise EngineTimedOut(seconds=f"{self.timeout:g}") from error
        return str(answer)


_ROTATIONS: tuple[Rotation, ...] = (0, 90, 180, 270)


def _words_by_page(table: str) -> dict[int, tuple[PixelWord, ...]]:
    """Word rows of Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, conf, text."""
    pages: dict[int, list[PixelWord]] = {}
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        pages.setdefault(int(cells[1]), []).append(
            PixelWord(
                text=cells[11].strip(),
                left=left,
                top=top,
                right=left + width,
                bottom=top + height,
                confidence=min(1.0, max(0.0, float(cells[10]) / 100)),
                block=int(cells[2]),
                paragraph=int(cells[3]),
                line=int(cells[4]),
            )
        )
    return {number: tuple(words) for number, words in pages.items()}


@lru_cache(maxsize=8)
def _installation(command: str, tessdata: Path | None) -> tuple[str, Path]:
    """Tesseract's version and the directory its language data come from."""
    pytesseract.pytesseract.tesseract_cmd = command
    try:
        version = str(pytesseract.get_tesseract_version())
    except pytesseract.TesseractNotFoundError as error:
        raise EngineMissing() from error
    if tessdata is not None:
        return version, tessdata
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        return version, Path(prefix)
    return version, _default_tessdata(command)


def _default_tessdata(command: str) -> Path:
    listing = subprocess.run([command, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    found = _DATA_FOLDER.search(listing.stdout or listing.stderr)
    if found is None:
        raise EngineFailed(reason="tesseract --list-langs")
    return Path(found.group(1))


@lru_cache(maxsize=32)
def _fingerprint(path: Path) -> str:
    """First eight hex digits of the data file's SHA-256: Debian's files carry no version one could quote."""
    if not path.is_file():
        raise LanguageDataMissing(language=path.stem)
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
