"""How far a word may be trusted."""

from __future__ import annotations

from collections.abc import Iterable

DOUBTED_AT_MOST = 0.6
"""A word two readers read differently is never trusted more than this: confidence alone catches only 30 % of wrong
numbers, the disagreement most of the others."""


def doubted(confidence: float) -> float:
    """Confidence 0..1 of a word after two readers differed over it."""
    return min(confidence, DOUBTED_AT_MOST)


def mean_by_length(words: Iterable[tuple[str, float]]) -> float | None:
    """Mean confidence of (text, confidence) by length, so that stray dots weigh little; None without words."""
    letters = total = 0.0
    for text, confidence in words:
        letters += len(text)
        total += len(text) * confidence
    return total / letters if letters else None
