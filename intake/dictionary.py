"""The dictionary of Russian: whether a word is one, for whoever must tell another word from a misread one."""

from __future__ import annotations

from functools import lru_cache

import pymorphy3


@lru_cache(maxsize=1)
def _morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=65536)
def is_word(word: str) -> bool:
    """Whether the dictionary of Russian knows the word (lower case)."""
    return bool(_morphology().word_is_known(word))
