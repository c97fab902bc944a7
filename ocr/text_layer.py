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
_CYRILLIC_VOWELS = frozenset("аеёиоуыэюяіїє")
_CASE_JUMP = re.compile(r"[a-zа-яё][A-ZА-ЯЁ]")
_ENGLISH = frozenset(
    {"the", "of", "and", "to", "in", "a", "is", "for", "on", "by", "with", "that", "as", "at", "be", "or", "from"}
    | {"are", "this", "it", "not", "an", "was", "your", "you", "we", "shall", "any", "has", "have", "which", "will"}
    | {"date", "page", "number", "name", "address", "no", "type", "total", "amount"}
)

_MOST_BROKEN = 0.01  # of the characters
_MOST_GARBLED = 0.08  # of the words
_MOST_FOREIGN = 0.1  # of the letters
_LEAST_CYRILLIC = 0.5  # of the letters, else the page must be plausible English
_VOWEL_SHARE = (0.28, 0.60)  # of the Cyrillic letters; Russian prose has 0.42
_ENOUGH_LETTERS = 60  # below, shares say nothing
_LEAST_ENGLISH = 0.08  # of the Latin words are among the commonest of business English
_LEAST_UNREAD = 60  # glyph-like spots outside the layer's words: two lines of print
_MIXED_FROM = 0.12  # share of such spots among all
_LAYER_WORTHLESS = 0.9


LayerCause = Literal[
    "sound",
    "told_to_trust",
    "told_to_ignore",
    "no_layer",
    "unmapped_characters",
    "garbled_words",
    "foreign_letters",
    "latin_without_english",
    "cyrillic_without_words",
    "layer_covers_little",
    "print_outside_layer",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class LayerVerdict:
    """`use`: take the layer, take it and recognise what it leaves out ("mixed"), or recognise the whole page.

    `reason` is a Russian sentence with the figure that decided; it goes into `Page.source_reason`.
    """

    use: Literal["layer", "mixed", "ocr"]
    cause: LayerCause
    reason: str


NO_LAYER = LayerVerdict(use="ocr", cause="no_layer", reason="текстового слоя нет")


def judge_text_layer(words: Sequence[Word], pixels: Pixels | None) -> LayerVerdict:
    """Decide by the layer's `words` and the page's raster `pixels` (upright, grey or BGR).

    `pixels` is None for a page that draws nothing but its text: then nothing can be printed outside the layer.
    """
    texts = [word.text for word in words if not word.text.isspace()]
    if not texts:
        return NO_LAYER
    refusal = _refusal(texts)
    if refusal is not None:
        return refusal
    inside, outside = _glyphs(words, pixels) if pixels is not None else (len(texts), 0)
    share = outside / max(1, inside + outside)
    if outside >= _LEAST_UNREAD and share >= _LAYER_WORTHLESS:
        return _refused("layer_covers_little", f"слой покрывает лишь {_percent(1 - share)} напечатанного")
    if outside >= _LEAST_UNREAD and share >= _MIXED_FROM:
        reason = f"слой годен, но {_percent(share)} напечатанного стоит вне его и распознано"
        return LayerVerdict(use="mixed", cause="print_outside_layer", reason=reason)
    return LayerVerdict(use="layer", cause="sound", reason=f"слой годен, слов: {len(texts)}")


def _refusal(texts: Sequence[str]) -> LayerVerdict | None:
    """Why these words cannot be what is printed, or None."""
    joined = "".join(texts)
    broken = len(_BROKEN.findall(joined)) / max(1, len(joined))
    if broken > _MOST_BROKEN:
        return _refused("unmapped_characters", f"в слое {_percent(broken)} знаков без значения")
    lettered = [text for text in texts if _OTHER_LETTER.search(text)]
    garbled = sum(_is_garbled(text) for text in lettered)
    share = garbled / max(1, len(lettered))
    letters = sum(char.isalpha() for char in joined)
    if garbled and (letters < _ENOUGH_LETTERS or (share > _MOST_GARBLED and len(lettered) >= 5)):
        return _refused("garbled_words", f"в слое {_percent(share)} слов из мешанины знаков")
    if letters < _ENOUGH_LETTERS:
        return None
    cyrillic, latin = len(_CYRILLIC.findall(joined)), len(_LATIN.findall(joined))
    foreign = (letters - cyrillic - latin) / letters
    if foreign > _MOST_FOREIGN:
        return _refused("foreign_letters", f"в слое {_percent(foreign)} букв чужих алфавитов")
    if cyrillic < _LEAST_CYRILLIC * letters:
        latin_words = [word.lower().strip(".,:;()\"'") for word in lettered if _LATIN.search(word)]
        english = sum(word in _ENGLISH for word in latin_words) / max(1, len(latin_words))
        if english >= _LEAST_ENGLISH:
            return None
        reason = f"слой из латинских букв, но не английский: кириллицы {_percent(cyrillic / letters)}"
        return _refused("latin_without_english", reason)
    vowels = sum(char in _CYRILLIC_VOWELS for char in joined.lower()) / cyrillic
    if not _VOWEL_SHARE[0] <= vowels <= _VOWEL_SHARE[1]:
        return _refused("cyrillic_without_words", f"буквы слоя не складываются в слова: гласных {_percent(vowels)}")
    return None


def _refused(cause: LayerCause, reason: str) -> LayerVerdict:
    return LayerVerdict(use="ocr", cause=cause, reason=reason)


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


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
