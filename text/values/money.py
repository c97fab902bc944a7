"""Sums of money: digits, digits with words in parentheses, words alone; roubles as exact decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from text.look_alikes import digit_view
from text.normalise import fold
from text.words import NumberInWords, find_numbers_in_words

_GROUPED = r"\d{1,3}(?:[ .'’]\d{3})+"
_ROUBLES = r"руб(?:л[а-я]{1,3}|\.|\b)|рyб\.?|р\.(?! ?[а-я]\.)|₽|р(?=[\s,;.)]|$)|rub\b"
_SUM = re.compile(
    rf"(?<![\d.,№])(?<!\d[/\-])(?P<whole>{_GROUPED}|\d+)"
    r"(?:\s?[,.]\s?(?P<kopecks>\d{1,2})(?!\d|[.,]\d)|(?P<dash>[-=])(?P<dashed>\d\d)(?!\d|[-/.]\d))?"
    r"(?:\s?(?P<scale>тыс(?:\.|яч[а-я]*)?|млн\.?|миллион[а-я]*|т\.\s?(?=р)))?"
    r"(?P<words>\s?\((?P<inside>[^)(\d]{4,160})\))?"
    rf"(?P<money>\s?(?:{_ROUBLES}))?"
    r"(?P<words_after>\s?\((?P<inside_after>[^)(\d]{4,160})\))?"
    r"(?:\s?,?\s?(?P<coins>\d{2})\s?коп)?"
)
_AFTER_WORDS = re.compile(rf"[)\s]*(?:{_ROUBLES})(?:\s?(?P<coins>\d\d)\s?коп[а-я.]*)?")
_SCALES = {"т": 1000, "м": 1_000_000}


@dataclass(frozen=True, kw_only=True, slots=True)
class SumValue:
    """text[start:end] is a sum of `value` roubles.

    `marked`: the word рубль (or ₽, р.) or an amount's own form (15 000-00) stands there, not a bare number.
    `words_agree`: None without words in parentheses; False when they say another number than the digits.
    """

    start: int
    end: int
    value: Decimal
    marked: bool
    words_agree: bool | None
    repaired: bool


def _words_value(phrase: str | None) -> int | None:
    numbers = list(find_numbers_in_words(phrase)) if phrase else []
    return numbers[0].value if numbers else None


def _from_digits(match: re.Match[str], text: str, view: str) -> SumValue:
    whole = int(re.sub(r"\D", "", match["whole"]))
    kopecks = match["kopecks"] or match["dashed"] or match["coins"] or "0"
    value = Decimal(whole)
    if match["scale"]:
        fraction = Decimal(f"0.{match['kopecks']}") if match["kopecks"] else Decimal(0)
        value = (value + fraction) * _SCALES[match["scale"][0]]
    else:
        value += Decimal(int(kopecks.ljust(2, "0"))) / 100
    said = _words_value(match["inside"] or match["inside_after"])
    start, end = match.span()
    while end > start and view[end - 1].isspace():
        end -= 1
    return SumValue(
        start=start,
        end=end,
        value=value.quantize(Decimal("0.01")),
        marked=bool(match["money"] or match["dashed"] or match["coins"]),
        words_agree=None if said is None else said == int(value),
        repaired=view[start:end] != fold(text[start:end]),
    )


def _from_words(number: NumberInWords, folded: str) -> SumValue | None:
    after = _AFTER_WORDS.match(folded, number.end)
    if after is None:
        return None
    value = Decimal(number.value) + Decimal(int(after["coins"] or 0)) / 100
    return SumValue(
        start=number.start,
        end=after.end(),
        value=value.quantize(Decimal("0.01")),
        marked=True,
        words_agree=None,
        repaired=number.repaired,
    )


def find_sums(text: str, *, bare: bool = False) -> list[SumValue]:
    """Sums of `text` in order. With `bare` also grouped or two-decimal numbers without the word рубль (table cells).

    Digits and words of one sum («118 400 (сто восемнадцать тысяч четыреста) рублей») are one value.
    """
    view = fold(digit_view(text))
    found: list[SumValue] = []
    for match in _SUM.finditer(view):
        if re.match(r"0\d", match["whole"]):
            continue  # «000 руб.» is the rest of a number whose beginning was lost
        item = _from_digits(match, text, view)
        formatted = (
            " " in match["whole"] or "." in match["whole"] or bool(match["kopecks"] and len(match["kopecks"]) == 2)
        )
        if item.marked or (bare and formatted):
            found.append(item)
    taken = [(item.start, item.end) for item in found]
    for number in find_numbers_in_words(text):
        if any(number.start < end and number.end > start for start, end in taken):
            continue
        item_in_words = _from_words(number, view)
        if item_in_words is not None:
            found.append(item_in_words)
    return sorted(found, key=lambda item: item.start)
