"""Words and numbers of a text with their places: the one cut that lemmas and character grams are made from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from text.normalise import fold

_LINE_END = r"[-‐‑][ \t]*\r?\n[ \t]*"
_JOINT = rf"\u00ad|[\u0300-\u036f]|{_LINE_END}(?=[a-zа-яё])"
"""What may stand inside a word without ending it: a soft hyphen, a combining mark, a hyphen at a line's end."""
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|{_JOINT})*")
_DROPPED = re.compile(rf"\u00ad|{_LINE_END}")


@dataclass(frozen=True, slots=True)
class Token:
    """`text` folded and joined; `start`, `end`: its place in the text it was cut from."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Runs of letters and digits: lower case, ё→е, look-alikes as Cyrillic inside Cyrillic words, NFC.

    Hyphenated words are cut at the hyphen, except that a hyphen at a line's end joins: «дого-⏎вор» → «договор».
    """
    folded = fold(text)
    for match in _TOKEN.finditer(text):  # not in `folded`: a capital after the line's end is a second name
        word = folded[match.start() : match.end()]
        if not word.isalnum():
            word = unicodedata.normalize("NFC", _DROPPED.sub("", word)).replace("ё", "е")
        yield Token(word, match.start(), match.end())
