"""Texts that the OCR benchmark's pages are made of, each a file with a head and a body parted by `---`.

Head lines: `layout`, `signed` yes or no, `part` tune or held (held-out texts are looked at only to measure), `origin`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from benchmarks.render.truth import Layout

TextPart = Literal["tune", "held"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchmarkText:
    name: str
    layout: Layout
    signed: bool
    part: TextPart
    origin: str
    text: str


class BadText(ValueError):
    """A text file whose head does not say what it must."""


def load_texts(folder: Path = Path(__file__).parent) -> tuple[BenchmarkText, ...]:
    """All texts in the order of their names. Raises BadText."""
    return tuple(_load(file) for file in sorted(folder.glob("*.txt")))


def _load(file: Path) -> BenchmarkText:
    head, separator, body = file.read_text(encoding="utf-8").partition("\n---\n")
    entries = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    layouts = {name: name for name in get_args(Layout)}
    parts = {name: name for name in get_args(TextPart)}
    if not separator or entries.get("layout") not in layouts or entries.get("part") not in parts:
        raise BadText(f"{file.name}: head must name a layout of {sorted(layouts)} and a part of {sorted(parts)}")
    return BenchmarkText(
        name=file.stem,
        layout=layouts[entries["layout"]],
        signed=entries.get("signed") == "yes",
        part=parts[entries["part"]],
        origin=entries.get("origin", ""),
        text=body.strip("\n"),
    )
