"""Versions of what the machine does, so that what is kept is used again only where it would come out the same.

They are made from the code itself: a number kept by hand would one day be forgotten, and a person would be shown a
report by rules that are no longer there. What an upgrade costs is that papers handed in again are read again.
"""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from ocr.errors import EngineMissing
from ocr.options import ReadOptions

_SOURCES = ("*.py", "*.toml", "*.csv", "*.json")
_DIGITS = 16


def reading_version(options: ReadOptions) -> str:
    """Two readings of a page with the same version are the same: recipe, engine and its data, options, code."""
    # Lazily: pytesseract takes a third of a second to import, and a stored report needs no engine.
    from ocr.engines.tesseract_process import TesseractProcess

    try:
        engine = TesseractProcess(tessdata=options.tessdata).version(options.languages)
        recogniser = f"{engine.name} {engine.version} {engine.data}"
    except EngineMissing:
        recogniser = "no recogniser"
    limits = TypeAdapter(type(options.limits)).dump_json(options.limits).decode()
    told = (recogniser, options.text_layer, options.languages, limits, code_digest("ocr"), code_digest("text"))
    return f"{options.recipe}-{_digest(*told)}"


def pipeline_version(reading: str, registry_digest: str | None, machinery: str = "") -> str:
    """Two examinations of a package with the same version and cover sheet are the same.

    `machinery`: the version of what else was asked, the classifier and the library.
    """
    told = (code_digest("intake"), code_digest("text"), registry_digest or "no registry", machinery)
    return f"{reading}+{_digest(*told)}"


@cache
def code_digest(room: str) -> str:
    """SHA-256 over a room's code and data files."""
    spec = importlib.util.find_spec(room)
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    total = hashlib.sha256()
    for path in sorted(path for pattern in _SOURCES for path in folder.rglob(pattern)):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_DIGITS]
