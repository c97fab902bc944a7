"""Numbers written out in Russian words, cardinal and ordinal, with tolerance for a misread letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from text.look_alikes import word_view
from text.normalise import fold

_UNITS = {
    "ноль": 0, "один": 1, "одна": 1, "одно": 1, "одного": 1, "одной": 1, "два": 2, "две": 2, "двух": 2, "три": 3,
    "трех": 3, "четыре": 4, "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7, "семи": 7,
    "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "одиннадцать": 11,
    "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16,
    "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19,
}  # fmt: skip
_TENS = {
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70,
    "восемьдесят": 80, "девяносто": 90, "двадцати": 20, "тридцати": 30, "сорока": 40, "пятидесяти": 50,
    "шестидесяти": 60, "семидесяти": 70, "восьмидесяти": 80, "девяноста": 90, "одиннадцати": 11,
    "двенадцати": 12, "тринадцати": 13, "четырнадцати": 14, "пятнадцати": 15, "шестнадцати": 16,
    "семнадцати": 17, "восемнадцати": 18, "девятнадцати": 19,
}  # fmt: skip
_HUNDREDS = {
    "сто": 100, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700,
    "восемьсот": 800, "девятьсот": 900, "ста": 100, "двухсот": 200, "трехсот": 300, "четырехсот": 400,
    "пятисот": 500, "шестисот": 600, "семисот": 700, "восьмисот": 800, "девятисот": 900,
}  # fmt: skip
_SCALES = {
    "тысяча": 1000, "тысячи": 1000, "тысяч": 1000, "тысячу": 1000, "тыс": 1000,
    "миллион": 10**6, "миллиона": 10**6, "миллионов": 10**6, "млн": 10**6,
}  # fmt: skip
_ORDINAL_STEMS = {
    "перв": 1, "втор": 2, "треть": 3, "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8,
    "девят": 9, "десят": 10, "одиннадцат": 11, "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14,
    "пятнадцат": 15, "шестнадцат": 16, "семнадцат": 17, "восемнадцат": 18, "девятнадцат": 19, "двадцат": 20,
    "тридцат": 30, "сороков": 40, "пятидесят": 50, "шестидесят": 60, "семидесят": 70, "восьмидесят": 80,
    "девяност": 90, "двухтысячн": 2000,
}  # fmt: skip
_ORDINAL_ENDINGS = ("ого", "его", "ье", "ьего", "ое", "ый", "ий", "ому", "ым", "ом", "ой", "ая", "ем")
_CARDINALS = {**_UNITS, **_TENS, **_HUNDREDS}
_WORD = re.compile(r"[а-я]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberInWords:
    """A run of number words: text[start:end] says `value`; `repaired` when a word was read with a letter wrong."""

    start: int
    end: int
    value: int
    repaired: bool


@lru_cache(maxsize=4096)
def _known(word: str, vocabulary: str) -> tuple[str, bool] | None:
    words: dict[str, int] = _SCALES if vocabulary == "scale" else _CARDINALS
    if word in words:
        return word, False
    if len(word) < 5:
        return None
    near = [known for known in words if abs(len(known) - len(word)) <= 1 and Levenshtein.distance(word, known) == 1]
    values = {words[known] for known in near}
    return (near[0], True) if len(values) == 1 else None


def ordinal(word: str) -> int | None:
    """The number of an ordinal in any case: «двадцатого» → 20; `word` is folded."""
    for ending in _ORDINAL_ENDINGS:
        if word.endswith(ending) and word[: -len(ending)] in _ORDINAL_STEMS:
            return _ORDINAL_STEMS[word[: -len(ending)]]
    return None


_ONE_OF_A_SCALE = ("тысяча", "тысячу", "миллион", "миллиард")
"""«тысяча» alone is 1000; «тысяч» alone has lost its number, and says nothing."""


def find_numbers_in_words(text: str) -> Iterator[NumberInWords]:
    """Every cardinal written in words, longest runs first come: «сто восемнадцать тысяч четыреста» → 118400.

    A run whose words do not make a number in order («пять семь») is cut where the order breaks.
    """
    folded = word_view(fold(text))
    total = current = 0
    last_size = last_scale = 10**9
    start = end = -1
    repaired = False

    def done() -> Iterator[NumberInWords]:
        if start >= 0:
            yield NumberInWords(start=start, end=end, value=total + current, repaired=repaired)

    for match in _WORD.finditer(folded):
        word = match.group()
        gap = folded[end : match.start()] if end >= 0 else ""
        if end >= 0 and gap.strip(" \n\t") != "":
            yield from done()
            total, current, last_size, last_scale, start, end, repaired = 0, 0, 10**9, 10**9, -1, -1, False
        scale = _known(word, "scale")
        number = _known(word, "cardinal")
        alone = end < 0 and scale is not None and scale[0] in _ONE_OF_A_SCALE
        if scale is not None and (current or alone) and _SCALES[scale[0]] < last_scale and len(word) > 3:
            last_scale = _SCALES[scale[0]]
            total += (current or 1) * last_scale
            current, last_size = 0, 10**9
            repaired |= scale[1]
        elif number is not None:
            value = _CARDINALS[number[0]]
            size = 3 if value >= 100 else 2 if value >= 20 else 1
            if size >= last_size or (last_size == 1):
                yield from done()
                total, current, last_scale, start, repaired = 0, 0, 10**9, -1, False
            current += value
            last_size = size
            repaired |= number[1]
        else:
            yield from done()
            total, current, last_size, last_scale, start, end, repaired = 0, 0, 10**9, 10**9, -1, -1, False
            continue
        if start < 0:
            start = match.start()
        end = match.end()
    yield from done()
