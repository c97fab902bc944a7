"""The typefaces of the pages: those Debian's packages install, and only ones that have every letter of a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import ImageFont

FONT_FOLDER = Path("/usr/share/fonts/truetype")


@dataclass(frozen=True, kw_only=True, slots=True)
class Typeface:
    name: str
    regular: str
    bold: str
    kind: Literal["serif", "sans", "mono"]


TYPEFACES = (
    Typeface(name="PT Serif", regular="paratype/PTF55F.ttf", bold="paratype/PTF75F.ttf", kind="serif"),
    Typeface(name="PT Sans", regular="paratype/PTS55F.ttf", bold="paratype/PTS75F.ttf", kind="sans"),
    Typeface(
        name="Liberation Serif",
        regular="liberation/LiberationSerif-Regular.ttf",
        bold="liberation/LiberationSerif-Bold.ttf",
        kind="serif",
    ),
    Typeface(
        name="Liberation Sans",
        regular="liberation/LiberationSans-Regular.ttf",
        bold="liberation/LiberationSans-Bold.ttf",
        kind="sans",
    ),
    Typeface(name="Free Serif", regular="freefont/FreeSerif.ttf", bold="freefont/FreeSerifBold.ttf", kind="serif"),
    Typeface(name="DejaVu Sans", regular="dejavu/DejaVuSans.ttf", bold="dejavu/DejaVuSans-Bold.ttf", kind="sans"),
    Typeface(name="DejaVu Serif", regular="dejavu/DejaVuSerif.ttf", bold="dejavu/DejaVuSerif-Bold.ttf", kind="serif"),
    Typeface(name="Noto Sans", regular="noto/NotoSans-Regular.ttf", bold="noto/NotoSans-Bold.ttf", kind="sans"),
    Typeface(name="Noto Serif", regular="noto/NotoSerif-Regular.ttf", bold="noto/NotoSerif-Bold.ttf", kind="serif"),
    Typeface(
        name="Roboto",
        regular="roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
        bold="roboto/unhinted/RobotoTTF/Roboto-Bold.ttf",
        kind="sans",
    ),
    Typeface(
        name="Open Sans", regular="open-sans/OpenSans-Regular.ttf", bold="open-sans/OpenSans-Bold.ttf", kind="sans"
    ),
    Typeface(
        name="Liberation Mono",
        regular="liberation/LiberationMono-Regular.ttf",
        bold="liberation/LiberationMono-Bold.ttf",
        kind="mono",
    ),
    Typeface(
        name="DejaVu Sans Mono", regular="dejavu/DejaVuSansMono.ttf", bold="dejavu/DejaVuSansMono-Bold.ttf", kind="mono"
    ),
    Typeface(name="PT Mono", regular="paratype/PTM55F.ttf", bold="paratype/PTM75F.ttf", kind="mono"),
)


class NoTypeface(LookupError):
    """No installed typeface of the wanted kind has every letter of the text."""


@lru_cache(maxsize=64)
def _letters(file: str) -> frozenset[int]:
    with TTFont(FONT_FOLDER / file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def covering(text: str, kinds: tuple[str, ...]) -> tuple[Typeface, ...]:
    """The installed typefaces of `kinds` whose regular and bold cuts hold every printable character of `text`.

    Raises NoTypeface when there is none.
    """
    needed = {ord(char) for char in text if not char.isspace()}
    found = tuple(
        face
        for face in TYPEFACES
        if face.kind in kinds
        and (FONT_FOLDER / face.regular).exists()
        and needed <= _letters(face.regular)
        and needed <= _letters(face.bold)
    )
    if not found:
        raise NoTypeface(f"{kinds}: {''.join(sorted(map(chr, needed)))}")
    return found


@lru_cache(maxsize=256)
def cut(face: Typeface, size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """The typeface at `size` pixels an em."""
    return ImageFont.truetype(
        str(FONT_FOLDER / (face.bold if bold else face.regular)), size, layout_engine=ImageFont.Layout.BASIC
    )
