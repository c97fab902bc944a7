"""The manifest of an index directory: written last by every commit, read first by everyone who opens it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from search.backends.contract import IndexIdentity
from search.errors import IndexAbsent, IndexDamaged, IndexMismatch

FORMAT = 1
"""Grows when files are laid out or packed otherwise; another format is refused and has to be built anew."""
MANIFEST = "manifest.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """`lemmas`, `grams`: how many stand in all decisions together. `checksums`: CRC-32 of files by name."""

    format: int = FORMAT
    identity: IndexIdentity
    generation: int = 0
    watermark: str | None = None
    decisions: int = 0
    lemmas: int = 0
    grams: int = 0
    checksums: Mapping[str, int] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        write_durably(folder / MANIFEST, _MANIFEST.dump_json(self, indent=1))


_MANIFEST = TypeAdapter(Manifest)


def read_manifest(folder: Path) -> Manifest:
    """Raises IndexAbsent, IndexDamaged, and IndexMismatch for another format."""
    try:
        manifest = _MANIFEST.validate_json((folder / MANIFEST).read_bytes())
    except FileNotFoundError as error:
        raise IndexAbsent() from error
    except ValidationError as error:
        raise IndexDamaged(what=MANIFEST) from error
    if manifest.format != FORMAT:
        raise IndexMismatch(what="format", found=manifest.format, expected=FORMAT)
    return manifest


def check_identity(wanted: IndexIdentity | None, found: IndexIdentity) -> None:
    """Raises IndexMismatch, naming the first thing that differs. None wants nothing in particular."""
    if wanted is None:
        return
    for what in ("encoder_model", "encoder_version", "dimension", "chunker"):
        if getattr(wanted, what) != getattr(found, what):
            raise IndexMismatch(what=what, found=getattr(found, what), expected=getattr(wanted, what))


def write_durably(path: Path, content: bytes) -> None:
    """The whole content or the old file, also after power is lost."""
    beside = path.with_name(path.name + ".tmp")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
