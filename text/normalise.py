"""Length-preserving folding of Russian text, so that offsets found in the folded text are valid in the original."""

from __future__ import annotations

import re

_LATIN_LIKE = "aAbBcCeEhHkKmMoOpPtTxXyYëË"
_CYRILLIC = "аАьВсСеЕнНкКмМоОрРтТхХуУёЁ"
_TO_CYRILLIC = str.maketrans(_LATIN_LIKE, _CYRILLIC)
_MIXED_WORD = re.compile(r"[A-Za-zА-Яа-яЁёËë]+")
_HAS_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_ALL_LIKE = re.compile(rf"[{_LATIN_LIKE}]+\Z")
_FOLD = str.maketrans('ёЁ\u00a0\u2009\u202f«»„“”"–—−‑', 'ее   """"""----')


def _cyrillic_word(match: re.Match[str]) -> str:
    word = match.group()
    if _HAS_CYRILLIC.search(word) or (len(word) > 2 and _ALL_LIKE.match(word)):
        return word.translate(_TO_CYRILLIC)
    return word


def fold(text: str) -> str:
    """Lower case, ё→е, one kind of quote, dash and space, Latin look-alikes inside Cyrillic words as Cyrillic.

    The result has exactly the length of `text`.
    """
    folded = _MIXED_WORD.sub(_cyrillic_word, text).translate(_FOLD)
    lowered = folded.lower()
    if len(lowered) != len(folded):  # a few letters (İ) grow when lowered
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in folded)
    return lowered
