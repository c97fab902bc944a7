"""The normal form in which texts enter the encoder. It is a part of an encoder's version: vectors made from another
form are other vectors."""

from __future__ import annotations

import re
import unicodedata

FORM = "nfc, no soft hyphens, line-end hyphenation joined, 1"
"""Names the rules below; a change of them changes the number here."""

QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "

_SOFT_HYPHEN = "\u00ad"
_LINE_END_HYPHEN = re.compile(r"(?<=[A-Za-zА-Яа-яЁё])[-‐‑][ \t]*\r?\n[ \t]*(?=[a-zа-яё])")
_SPACES = re.compile(r"\s+")


def encoder_form(text: str) -> str:
    """NFC (the tokenizer's own map loses й and ё written as letter + mark, as in PDF and macOS texts), no soft
    hyphens, words hyphenated at a line's end joined, every run of white space one space."""
    composed = unicodedata.normalize("NFC", text.replace(_SOFT_HYPHEN, ""))
    return _SPACES.sub(" ", _LINE_END_HYPHEN.sub("", composed)).strip()
