"""What this machine has and lacks: asked by `kazus doctor` and by `kazus setup` before it begins."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kazus.settings import Settings

State = Literal["ok", "missing", "warning"]
_FREE_SPACE_WANTED = 2_000_000_000
_TESSERACT_WANTED = (5, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing looked at. `remedy` says how to get what is missing; None when nothing is."""

    name: str
    state: State
    found: str
    remedy: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckUp:
    """Everything looked at, in order."""

    items: tuple[Finding, ...]


def check_up(settings: Settings) -> Iterator[Finding]:
    """Look at everything Kazus needs; nothing is changed."""
    yield _tesseract()
    yield from _languages(settings)
    yield _space(settings)
    yield from _directory(settings)


def _tesseract() -> Finding:
    name = "tesseract"
    program = shutil.which("tesseract")
    if program is None:
        remedy = "sudo apt-get install tesseract-ocr tesseract-ocr-rus tesseract-ocr-eng tesseract-ocr-osd"
        return Finding(name=name, state="missing", found="—", remedy=remedy)
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    version = (answer.stdout or answer.stderr).partition("\n")[0].removeprefix("tesseract ").strip()
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if numbers < _TESSERACT_WANTED:
        return Finding(name=name, state="warning", found=version, remedy="Tesseract 5: Debian 12, apt-get install")
    return Finding(name=name, state="ok", found=version)


def _languages(settings: Settings) -> Iterator[Finding]:
    program = shutil.which("tesseract")
    if program is None:
        return
    arguments = [program, "--list-langs"]
    if settings.tessdata_dir is not None:
        arguments += ["--tessdata-dir", str(settings.tessdata_dir)]
    listing = subprocess.run(arguments, capture_output=True, text=True, check=False)
    have = set(listing.stdout.split("\n"))
    for language in (*settings.languages.split("+"), "osd"):
        if language in have:
            yield Finding(name=f"tessdata {language}", state="ok", found=language)
        else:
            remedy = f"sudo apt-get install tesseract-ocr-{language}"
            yield Finding(name=f"tessdata {language}", state="missing", found="—", remedy=remedy)


def _space(settings: Settings) -> Finding:
    place = settings.data_dir.absolute()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    found = f"{free / 1e9:.1f} GB"
    if free < _FREE_SPACE_WANTED:
        return Finding(name="disk", state="warning", found=found, remedy=f"{_FREE_SPACE_WANTED / 1e9:.0f} GB: {place}")
    return Finding(name="disk", state="ok", found=found)


def _directory(settings: Settings) -> Iterator[Finding]:
    from cases.service import open_to_read
    from store.errors import StoreError

    name = str(settings.data_dir)
    if settings.data_dir.exists() and not os.access(settings.data_dir, os.W_OK):
        yield Finding(name=name, state="missing", found="read-only", remedy=f"chmod u+w {name}")
        return
    try:
        with open_to_read(settings.data_dir) as service:
            as_of = service.registry().as_of
    except StoreError as error:
        yield Finding(name=name, state="missing", found=error.message("ru"), remedy=error.remedy("ru"))
        return
    yield Finding(name=name, state="ok", found="ready")
    if as_of is None:
        remedy = "kazus registry import FILE --as-of DATE"
        yield Finding(name="registry", state="warning", found="—", remedy=remedy)
    else:
        yield Finding(name="registry", state="ok", found=as_of.isoformat())
