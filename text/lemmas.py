"""Dictionary forms of Russian words: «выплаченного возмещения» → «выплатить возмещение».

Both search engines index what stands here, so that they get the same tokens; the cut is `text.tokens`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from text.tokens import tokens


@dataclass(frozen=True, slots=True)
class LemmaSpan:
    """`lemma` of the word at text[start:end]; numbers and Latin words are their own lemmas. Positional, because a
    decision has thousands of them."""

    lemma: str
    start: int
    end: int


def lemmas(text: str) -> list[str]:
    """Lemmas of every word and number of `text`, in order, stop words among them: lower case, ё→е."""
    return [_lemma(token.text) for token in tokens(text)]


def lemma_spans(text: str) -> list[LemmaSpan]:
    """`lemmas` with their places, for marking what matched."""
    return [LemmaSpan(_lemma(token.text), token.start, token.end) for token in tokens(text)]


@cache
def stop_lemmas() -> frozenset[str]:
    """Lemmas that say nothing about what a text is about: prepositions, pronouns, auxiliary verbs.

    «не», «без» and other negations are not among them: «не выплатил» and «выплатил» are different cases.
    """
    lists = tomllib.loads(files("text").joinpath("stop_words.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in lists.values() for word in words)


@cache
def _morphology() -> Any:
    """pymorphy3's analyser: 0.3 s and 30 MB, so the first word loads it."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


@lru_cache(maxsize=1 << 17)
def _lemma(word: str) -> str:
    # The dictionary has no entry for words without Cyrillic letters, and its guesser would bend them.
    if not any("а" <= letter <= "я" for letter in word):
        return word
    return str(_morphology().parse(word)[0].normal_form).replace("ё", "е")
