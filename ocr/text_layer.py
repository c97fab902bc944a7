"""Is a page's text layer to be believed? Decided by what it says and by what is printed beside it, never by tags.

Some Russian PDFs decode to Latin garbage because their fonts carry no map to Unicode; some have a digital header,
number or electronic-signature stamp over a scanned body. A wrongly refused layer costs seconds of recognition, a
wrongly believed one costs the page: in doubt the layer is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ocr.document import Word
from ocr.image.raster import Pixels

_CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґЎўӘәҒғҚқҢңӨөҰұҮүҺһ]")
_LATIN = re.compile(r"[A-Za-z]")
_OTHER_LETTER = re.compile(r"[^\W\d_]")
# A letter, then a sign that never stands inside a Russian or English word, then a letter. Hyphens, dots, slashes,
# apostrophes, @ and & do stand there (addresses, initials, numbers of contracts).
_SIGN_INSIDE = re.compile(r"[^\W\d_][<>?\[\\\]^`{|}~=;:!]+[^\W\d_]")
_BROKEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ue000-\uf8ff]|\(cid:\d+\)")
_VOWELS = frozenset("аеёиоуыэюяaeiouy")
_CASE_JUMP = re.compile(r"[a-zа-яё][A-ZА-ЯЁ]")
_ENGLISH = frozenset(
    "the of and to in a is for on by with that as at be or from are this it not an was your you we shall any has have "
    "which will date page number name address no type total amount".split()
)

_MOST_BROKEN = 0.01  # of the characters
_MOST_GARBLED = 0.08  # of the words
_LEAST_CYRILLIC = 0.5  # of the letters, else the page must be plausible English
_VOWEL_SHARE = (0.28, 0.60)  # of the Cyrillic letters; Russian prose has 0.42
_ENOUGH_LETTERS = 60  # below, shares say nothing
_LEAST_ENGLISH = 0.08  # of the Latin words are among the commonest of business English
_LEAST_UNREAD = 60  # glyph-like spots outside the layer's words: two lines of print
_MIXED_FROM = 0.12  # share of such spots among all
_LAYER_WORTHLESS = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class LayerVerdict:
    """`use`: take the layer, take it and recognise what it leaves out ("mixed"), or recognise the whole page.

    `reason` starts with a fixed word of this module, figures follow; it goes into `Page.source_reason`.
    """

    use: Literal["layer", "mixed", "ocr"]
    reason: str


def judge_text_layer(words: Sequence[Word], pixels: Pixels) -> LayerVerdict:
    """Decide by the layer's `words` and the page's raster `pixels` (upright, grey or BGR, about 300 dpi)."""
    texts = [word.text for word in words if not word.text.isspace()]
    if not texts:
        return LayerVerdict(use="ocr", reason="no_text_layer")
    refusal = _refusal(texts)
    if refusal:
        return LayerVerdict(use="ocr", reason=refusal)
    inside, outside = _glyphs(words, pixels)
    share = outside / max(1, inside + outside)
    if outside >= _LEAST_UNREAD and share >= _LAYER_WORTHLESS:
        return LayerVerdict(use="ocr", reason=f"layer_covers_little: {1 - share:.2f} of the print")
    if outside >= _LEAST_UNREAD and share >= _MIXED_FROM:
        return LayerVerdict(use="mixed", reason=f"print_outside_layer: {share:.2f} of the print")
    return LayerVerdict(use="layer", reason=f"sound_layer: {len(texts)} words")


def _refusal(texts: Sequence[str]) -> str | None:
    """Why these words cannot be what is printed, or None."""
    joined = "".join(texts)
    broken = len(_BROKEN.findall(joined)) / max(1, len(joined))
    if broken > _MOST_BROKEN:
        return f"unmapped_characters: {broken:.2f}"
    lettered = [text for text in texts if _OTHER_LETTER.search(text)]
    garbled = sum(_is_garbled(text) for text in lettered) / max(1, len(lettered))
    if garbled > _MOST_GARBLED and len(lettered) >= 5:
        return f"garbled_words: {garbled:.2f}"
    cyrillic, latin = len(_CYRILLIC.findall(joined)), len(_LATIN.findall(joined))
    letters = sum(char.isalpha() for char in joined)
    if letters < _ENOUGH_LETTERS:
        return f"garbled_words: {garbled:.2f}" if garbled > 0 else None
    if letters - cyrillic - latin > 0.1 * letters:
        return f"foreign_letters: {(letters - cyrillic - latin) / letters:.2f}"
    if cyrillic < _LEAST_CYRILLIC * letters:
        latin_words = [word.lower().strip(".,:;()\"'") for word in lettered if _LATIN.search(word)]
        english = sum(word in _ENGLISH for word in latin_words) / max(1, len(latin_words))
        return None if english >= _LEAST_ENGLISH else f"latin_without_english: cyrillic {cyrillic / letters:.2f}"
    lowered = joined.lower()
    vowels = sum(char in _VOWELS for char in lowered if "а" <= char <= "я" or char == "ё") / max(1, cyrillic)
    if not _VOWEL_SHARE[0] <= vowels <= _VOWEL_SHARE[1]:
        return f"cyrillic_without_words: vowels {vowels:.2f}"
    return None


def _is_garbled(text: str) -> bool:
    """Both alphabets in one run of letters, a sign inside a word, or capitals strewn into it."""
    if "://" in text or "@" in text or "www." in text.lower():
        return False
    if _SIGN_INSIDE.search(text):
        return True
    for run in re.findall(r"[^\W\d_]+", text):
        mixed = bool(_CYRILLIC.search(run)) and bool(_LATIN.search(run))
        if (mixed and len(run) > 2) or len(_CASE_JUMP.findall(run)) > 1:
            return True
    return False


def _glyphs(words: Sequence[Word], pixels: Pixels) -> tuple[int, int]:
    """Glyph-like dark spots inside and outside the words' boxes.

    The page is looked at with 1200 rows or so (about 100 dpi), where letters of 8 to 14 points are spots of 4 to
    20 pixels; rulings, photographs' bodies and stamps' rings are larger, noise is smaller.
    """
    import cv2

    grey = pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))
    factor = min(1.0, 1200 / max(grey.shape))
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    dark = ((paper.astype(np.int16) - small) > 60).astype(np.uint8)
    count, _, stats, centres = cv2.connectedComponentsWithStats(dark, connectivity=8)
    if count <= 1:
        return 0, 0
    widths, heights, areas = stats[1:, 2], stats[1:, 3], stats[1:, 4]
    glyphs = (heights >= 4) & (heights <= 24) & (widths >= 2) & (widths <= 40) & (areas >= 6)
    covered = np.zeros(small.shape, np.uint8)
    height, width = small.shape
    for word in words:
        box = word.box
        covered[
            max(0, int(box.y0 * height) - 3) : int(box.y1 * height) + 4,
            max(0, int(box.x0 * width) - 3) : int(box.x1 * width) + 4,
        ] = 1
    spots = centres[1:][glyphs]
    rows = np.clip(spots[:, 1].astype(int), 0, height - 1)
    columns = np.clip(spots[:, 0].astype(int), 0, width - 1)
    inside = int(covered[rows, columns].sum())
    return inside, len(spots) - inside
