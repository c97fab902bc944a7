"""Of the sums in a demand those that are asked for, not the numbers they were computed from."""

from __future__ import annotations

import re

from intake.reading_facts.sheets import Sheet, SumAt
from intake.reading_facts.words import Span

_AFTER_FACTOR = re.compile(r"\s*(?:руб[а-я]*\.?|р\.)?\s*(?:[×*хx]\s*\d|\S?\s*\d{1,2}(?:[.,]\d)?\s?%"
                           r"|[ \t]*(?:минус|[−–-])[ \t]*\d|[ \t]*(?:руб[а-я]*\.?)?[ \t]+за\s+вычетом)")  # fmt: skip
_BEFORE_FACTOR = re.compile(
    r"(?:[×*]|(?<![а-яa-z])[хx]|\bпо|из расчета(?:\s+по)?|\bвместо|\bиз|\bминус|\d[^;\n]{0,8}[-−–])\s*\Z"
)
_EXPLAINED = re.compile(
    r"[а-я]{0,4}\.?\s*(?:руб[а-я]*\.?|р\.)?(?:\s*(?:\d\d\s*)?коп[а-я]*\.?)?\s*(?:\([^)]*\))?\s*(?:руб[а-я]*\.?)?\s*"
    r"(?:[:,=—–-]|это|то есть|т\.\s?е\.)\s*"
    r"(?=\d[\d\s.,]*(?:руб[а-я]*\.?|р\.)?\s*(?:минус|плюс|[+×*/−–-]|[хx]\s?\d|умнож))"
)
_EQUALS = re.compile(r"(?:=|то есть|\bт\.\s?е\.|итого)\s*\Z")
_MONTHLY = re.compile(r"\s*(?:руб[а-я]*\.?|р\.)?\s*(?:в|за)\s+(?:день|сутки|месяц|кажд)")
# «снизить платёж до 12 000 рублей»: what a term of the contract is to become is no sum that is owed.
_BECOMES = re.compile(
    r"(?:снизи|снижен|уменьши|уменьшен|сократи|сокращен|ограничи|установи|зафиксир)[^.;:]{0,60}?"
    r"\b(?:до|не более|не больше|не выше|в размере)\s*\Z"
)
_BETWEEN = ("между", "разницу между")


def meant(sheet: Sheet, region: Span) -> list[SumAt]:
    """The sums that are asked for, not the numbers they were computed from."""
    text = sheet.folded
    kept: list[SumAt] = []
    sums = list(sheet.sums_in(region))
    depth = _parentheses(text, region)
    explained = region.start
    for item in sums:
        if item.start < explained:
            continue  # «86 600 рублей, 137 900 минус 51 300»: how the sum that is asked for was reached
        before, after = text[region.start : item.start], text[item.end : region.end]
        if any(low < item.start < high for low, high in depth) and kept:
            continue
        if any(low < item.start < high for low, high in depth) and _EQUALS.search(before) is None:
            continue
        if _BECOMES.search(before[-90:]):
            continue
        if _AFTER_FACTOR.match(after) or _BEFORE_FACTOR.search(before) or _MONTHLY.match(after):
            continue
        if _is_computed_from(text, item, sums):
            continue
        if sheet.words.has(_BETWEEN, max(region.start, item.start - 120), item.start) and kept:
            continue  # «46 300 рублей, разницу между рыночной стоимостью 89 240 рублей и моим долгом»
        if not item.marked and not _stands_as_sum(text, item, region):
            continue
        kept.append(item)
        reached = _EXPLAINED.match(text, item.end, region.end)
        if reached is not None:
            stop = re.search(
                r";|\n\s*(?:\n|\d{1,2}[.)]\s|[-–—•*])|[.](?=\s)|\sи\s(?!это)", text[reached.end() : region.end]
            )
            explained = reached.end() + stop.start() if stop else region.end
    return kept


def _is_computed_from(text: str, item: SumAt, sums: list[SumAt]) -> bool:
    """«88 дней × 2 994 = 263 472»: what stands before the equals sign is not what is asked for."""
    following = next((other for other in sums if other.start >= item.end), None)
    if following is None:
        return False
    between = text[item.end : following.start]
    if _EXPLAINED.match(text, item.end) is not None:
        return False  # «22 900 = 30 700 − 7 800»: the result stands first
    return "=" in between and not re.search(r"[;\n]|\sи\s", between)


def _stands_as_sum(text: str, item: SumAt, region: Span) -> bool:
    """A bare number is a sum only from a thousand on and not as a number of something."""
    if item.value < 1000:
        return False
    before = text[max(region.start, item.start - 14) : item.start]
    return re.search(r"(?:№|n|номер|договор\S*|полис\S*|счет\S*|рпо)\s*\Z", before) is None


def _parentheses(text: str, region: Span) -> list[tuple[int, int]]:
    spans = []
    opened: int | None = None
    for at in range(region.start, region.end):
        if text[at] == "(":
            opened = at
        elif text[at] == ")" and opened is not None:
            if at - opened > 3:
                spans.append((opened, at))
            opened = None
    return spans
