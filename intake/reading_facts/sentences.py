"""Sentences and clauses of a paper, found without trusting line breaks or exact punctuation."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from functools import cached_property

from intake.reading_facts.words import Span, Words

_ABBREVIATIONS = frozenset(
    [
        "г",
        "гг",
        "ул",
        "д",
        "кв",
        "ст",
        "п",
        "пп",
        "ч",
        "т",
        "тел",
        "руб",
        "коп",
        "им",
        "корп",
        "к",
        "тыс",
        "млн",
        "пос",
        "с",
        "обл",
        "р",
        "стр",
        "пр",
        "пер",
        "пл",
        "респ",
        "рн",
        "др",
        "прил",
        "вх",
        "исх",
        "дер",
        "ред",
        "х",
        "м",
        "сч",
        "оф",
        "б",
        "бул",
        "наб",
        "ш",
        "просп",
        "род",
        "рожд",
        "моб",
        "мин",
        "сек",
        "час",
        "зав",
        "нач",
        "инд",
        "рег",
        "гос",
        "см",
        "абз",
        "ред",
        "пом",
        "эл",
        "эт",
    ]
)
_STOP = re.compile(r"[.!?…]+[\"')\]]*(?=\s)|\f|(?<=[:;])(?=\s*\n)")
_LAST_WORD = re.compile(r"([^\W_]+)\W*\Z")
_NEXT = re.compile(r"\s*[\"'(\[<>–-]*\s*(\S)")
_LIST_ITEM = re.compile(r"\n(?=\s*(?:\d{1,2}\s*[.)]|[-•*]|[a-zа-я]\))\s)")


class Sentences:
    """Splits a paper into sentences; a numbered or dashed line begins a new one."""

    def __init__(self, words: Words) -> None:
        self._folded = words.folded
        self._text = words.paper.text

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        cuts = {0, len(self._folded)}
        for stop in _STOP.finditer(self._folded):
            if self._ends(stop):
                cuts.add(stop.end())
        cuts.update(item.end() for item in _LIST_ITEM.finditer(self._folded))
        ordered = sorted(cuts)
        spans = []
        for start, end in itertools.pairwise(ordered):
            trimmed = self._trim(start, end)
            if trimmed.end > trimmed.start:
                spans.append(trimmed)
        return tuple(spans)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.spans]

    def around(self, offset: int) -> Span:
        """The sentence that holds the offset."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        return self.spans[index] if self.spans else Span(0, len(self._folded))

    def after(self, span: Span) -> Span | None:
        index = bisect_right(self._starts, span.start)
        return self.spans[index] if index < len(self.spans) else None

    def line(self, offset: int) -> Span:
        """The printed line that holds the offset."""
        start = max(self._folded.rfind("\n", 0, offset), self._folded.rfind("\f", 0, offset)) + 1
        ends = [at for at in (self._folded.find("\n", offset), self._folded.find("\f", offset)) if at >= 0]
        return self._trim(start, min(ends, default=len(self._folded)))

    def _trim(self, start: int, end: int) -> Span:
        while start < end and self._folded[start].isspace():
            start += 1
        while end > start and self._folded[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def _ends(self, stop: re.Match[str]) -> bool:
        if not stop.group().startswith("."):
            return True
        before = _LAST_WORD.search(self._folded, max(0, stop.start() - 24), stop.start())
        following = _NEXT.match(self._text, stop.end())
        if following is None:
            return True
        next_char = following.group(1)
        if before is not None:
            word = before.group(1)
            if word in _ABBREVIATIONS:
                # «руб. Ответа нет» ends a sentence, «г. Самара» does not.
                if word not in ("руб", "коп", "г", "гг", "р", "тыс", "вх", "исх"):
                    return False
                if word in ("г", "вх", "исх") and not self._preceded_by_digit(before.start(1)):
                    return False
                return next_char.isupper()
            if len(word) == 1 and word.isalpha():
                return False
            if word.isdigit() and len(word) <= 2 and (next_char.isdigit() or self._opens_line(before.start(1))):
                return False
        return next_char.isupper() or next_char.isdigit() or next_char in "[•-–"

    def _opens_line(self, at: int) -> bool:
        return at == 0 or self._folded[:at].rstrip(" ")[-1:] in ("\n", "\f", "")

    def _preceded_by_digit(self, at: int) -> bool:
        return self._folded[max(0, at - 6) : at].strip().rpartition(" ")[2][-1:].isdigit()
