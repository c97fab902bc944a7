"""Latin letters that slipped into Russian words.

Reading with Russian and English data together saves foreign words but writes «Ha», «OOO» and «y» in Latin. Only whole
words without digits are mended here; plates, policy series and case numbers are normalised where fields are found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TO_CYRILLIC = str.maketrans("aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ")
_LIKE = frozenset("aceopxyABCEHKMOPTXY")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_DIGIT = re.compile(r"\d")
_NOT_A_WORD = re.compile(r"[\d@/\\]|[a-z]\.\w")
_SHORT = 3
_LIMITED = re.compile("[0OО]{3}")  # «ООО», read as noughts
_OPENING_QUOTES = frozenset('«„“"')


def mended(line: Sequence[str]) -> tuple[str, ...]:
    """The words of one line with look-alikes set in Cyrillic.

    A word that mixes alphabets is Russian if all its Latin letters have a Russian twin; a short all-Latin word of such
    letters is Russian on a line that is otherwise mostly Russian.
    """
    return tuple(_mended(word, line, index) for index, word in enumerate(line))


def _opens_a_name(line: Sequence[str], index: int) -> bool:
    return index + 1 < len(line) and line[index + 1][:1] in _OPENING_QUOTES


def _mended(word: str, line: Sequence[str], index: int) -> str:
    if _LIMITED.fullmatch(word) and _opens_a_name(line, index):
        return "ООО"
    latin = _LATIN.findall(word)
    if not latin or _NOT_A_WORD.search(word) or not all(char in _LIKE for char in latin):
        return word
    if _CYRILLIC.search(word):
        return word.translate(_TO_CYRILLIC)
    others = " ".join(other for other in (*line[:index], *line[index + 1 :]) if not _DIGIT.search(other))
    russian, foreign = len(_CYRILLIC.findall(others)), len(_LATIN.findall(others))
    if len(latin) <= _SHORT and russian > foreign and russian >= _SHORT:
        return word.translate(_TO_CYRILLIC)
    return word
