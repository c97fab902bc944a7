"""Character n-grams inside words: what still matches when a recogniser has misread a letter or the case differs."""

from __future__ import annotations

from text.tokens import tokens


def word_grams(text: str, n: int = 4) -> list[str]:
    """Every `n`-gram of every word of `text`, in order and with repeats, the word padded by `_` at both ends.

    «Суд ОСАГО» → _суд суд_ _оса осаг саго аго_. A padded word not longer than `n` is one gram.
    """
    grams: list[str] = []
    for token in tokens(text):
        padded = f"_{token.text}_"
        grams += [padded[start : start + n] for start in range(max(1, len(padded) - n + 1))]
    return grams
