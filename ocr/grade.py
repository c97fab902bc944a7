"""How well a page could be read, in one word and one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocr.confidence import mean_by_length
from ocr.document import Grade, Word

_GOOD = 0.88
_USABLE = 0.75
_POOR = 0.5
_UNSURE_WORD = 0.6
_BLANK_INK = 0.0008
_FEW_LETTERS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Graded:
    """`reason` is a Russian sentence for the person who decides whether to look at the page; None for a good page."""

    grade: Grade
    reason: str | None


def grade_page(words: Sequence[Word], ink: float) -> Graded:
    """Grade of a recognised page; `ink` is the share of the page that is dark, 0..1."""
    mean = mean_by_length((word.text, word.confidence) for word in words)
    letters = sum(char.isalnum() for word in words for char in word.text)
    if mean is None or letters == 0:
        if ink < _BLANK_INK:
            return Graded(grade="unreadable", reason="пустая страница")
        return Graded(grade="unreadable", reason="на странице есть изображение, но текст не найден")
    if letters < _FEW_LETTERS and mean < _USABLE and ink < 4 * _BLANK_INK:
        return Graded(grade="unreadable", reason="пустая страница: только отдельные пятна")
    unsure = sum(word.confidence < _UNSURE_WORD for word in words) / len(words)
    share = f"{unsure:.0%}".replace("%", " %")
    if mean < _POOR:
        return Graded(grade="unreadable", reason=f"текст не разобрать: неуверенно прочитано {share} слов")
    if mean < _USABLE:
        return Graded(grade="poor", reason=f"читается плохо: неуверенно прочитано {share} слов")
    if mean < _GOOD:
        return Graded(grade="usable", reason=f"часть слов прочитана неуверенно: {share}")
    return Graded(grade="good", reason=None)
