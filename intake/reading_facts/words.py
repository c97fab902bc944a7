"""The words of a paper, searched by cues that survive recognition errors.

A cue is a few stems written as in a dictionary entry: ``"отказ* в выплат*"``. A word matches a stem when it is
equal to it (or begins with it, where the stem ends in ``*``), or when it differs by one or two letters *and* is no
word of Russian itself: «нолучено» is a misread «получено», while «поручено» is another word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from intake.dictionary import is_word
from intake.page_text import DocumentText

_WORD = re.compile(r"[^\W_]+")


_DIGITS_IN_WORDS = str.maketrans("03468", "озчбв")


class Span(NamedTuple):
    """Offsets into a paper's text, end exclusive."""

    start: int
    end: int


class _Token(NamedTuple):
    start: int
    end: int
    text: str


def _tolerance(length: int) -> int:
    if length < 4:
        return 0
    return 1 if length < 8 else 2


@lru_cache(maxsize=262144)
def matches_stem(word: str, stem: str) -> bool:
    """Whether `word` (folded) is the stem, or the stem misread. A trailing ``*`` lets any ending follow, a leading
    ``=`` forgives nothing (for abbreviations one letter apart)."""
    if stem.startswith("="):
        return word.startswith(stem[1:-1]) if stem.endswith("*") else word == stem[1:]
    if stem.endswith("*"):
        bare = stem[:-1]
        if word.startswith(bare):
            return True
        head = word[: len(bare)]
    else:
        bare, head = stem, word
        if word == bare:
            return True
    if any(char.isdigit() for char in head) and any(char.isalpha() for char in head):
        head = head.translate(_DIGITS_IN_WORDS)
    allowed = _tolerance(len(bare))
    if not allowed or abs(len(head) - len(bare)) > allowed:
        return False
    if Levenshtein.distance(head, bare, score_cutoff=allowed) > allowed:
        return False
    return not is_word(word)


def _is_small(word: str, stem: str) -> bool:
    """A preposition inside a cue, one of its two letters misread; never another word, never a negation."""
    if len(stem) > 2 or len(word) != len(stem) or not stem.isalpha() or word.isdigit() or stem in ("не", "ни"):
        return False
    return Levenshtein.distance(word, stem) <= 1 and not is_word(word)


@lru_cache(maxsize=4096)
def _alternatives(cue: str) -> tuple[tuple[str, ...], ...]:
    """The words of a cue; each may hold alternatives parted by ``|``."""
    return tuple(tuple(part.split("|")) for part in cue.split())


class Words:
    """The words of one paper with their places; every search is by cue and remembers what it found."""

    def __init__(self, text: DocumentText) -> None:
        self.paper = text
        self.folded = text.folded
        self.tokens = tuple(_Token(m.start(), m.end(), m.group()) for m in _WORD.finditer(self.folded))
        self._found: dict[tuple[str, int], tuple[Span, ...]] = {}

    @cached_property
    def length(self) -> int:
        return len(self.folded)

    def all(self, cue: str, gap: int = 0) -> tuple[Span, ...]:
        """Every place of the cue; `gap` words may stand between two of its words."""
        key = (cue, gap)
        if key not in self._found:
            self._found[key] = tuple(self._search(_alternatives(cue), gap))
        return self._found[key]

    def within(self, cues: Iterable[str], start: int = 0, end: int | None = None, gap: int = 0) -> tuple[Span, ...]:
        """Places of any of the cues inside text[start:end], in reading order."""
        stop = self.length if end is None else end
        spans = {span for cue in cues for span in self.all(cue, gap) if span.start >= start and span.end <= stop}
        return tuple(sorted(spans))

    def first(self, cues: Iterable[str], start: int = 0, end: int | None = None, gap: int = 0) -> Span | None:
        spans = self.within(cues, start, end, gap)
        return spans[0] if spans else None

    def has(self, cues: Iterable[str], start: int = 0, end: int | None = None, gap: int = 0) -> bool:
        stop = self.length if end is None else end
        return any(span.start >= start and span.end <= stop for cue in cues for span in self.all(cue, gap))

    def near(self, phrase: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Places of a fixed expression of at least ten letters, up to a fifth of them misread, its words split or
        joined: so long a phrase is no other one, whatever words of the dictionary its misreading makes."""
        bare = phrase.replace(" ", "")
        allowed = len(bare) // 5
        most = phrase.count(" ") + 2
        stop = self.length if end is None else end
        found: list[tuple[int, Span]] = []
        for index, token in enumerate(self.tokens):
            if token.start < start or token.end > stop or token.text[0].isdigit():
                continue
            joined = ""
            for following in self.tokens[index : index + most]:
                joined += following.text
                if following.end > stop or len(joined) > len(bare) + allowed:
                    break
                distance = Levenshtein.distance(joined, bare, score_cutoff=allowed)
                if distance <= allowed:
                    found.append((distance, Span(token.start, following.end)))
        kept: list[Span] = []
        for _, span in sorted(found):
            if all(span.end <= other.start or span.start >= other.end for other in kept):
                kept.append(span)
        return tuple(sorted(kept))

    def _search(self, parts: tuple[tuple[str, ...], ...], gap: int) -> Iterator[Span]:
        for index, token in enumerate(self.tokens):
            if not any(matches_stem(token.text, stem) for stem in parts[0]):
                continue
            position = index
            for part in parts[1:]:
                for step in range(1, gap + 2):
                    following = position + step
                    if following < len(self.tokens) and any(
                        matches_stem(self.tokens[following].text, stem) or _is_small(self.tokens[following].text, stem)
                        for stem in part
                    ):
                        position = following
                        break
                else:
                    position = -1
                    break
            if position >= 0:
                yield Span(token.start, self.tokens[position].end)
