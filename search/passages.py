"""A text cut into passages the encoder can read whole, each with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.decision import ESTABLISHED, FINDINGS, OPERATIVE, TEXT, Decision
from text.lemmas import lemmas

CHUNKER = "sentences to 110 words, 12 passages, 1"
"""Names the rules below; a change of them changes the number here, and indexes built before are refused."""

MOST_PASSAGES = 12
_WORDS = 110
"""About 200 of the encoder's tokens: long enough to hold a fact with its circumstances, short enough to name it."""
_QUERY_WORDS = 180
_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»)]*\s+(?=[«\"(]?[А-ЯЁA-Z0-9])|\n+")
_ABBREVIATION = re.compile(r"\b(?:ст|п|пп|ч|г|гг|руб|коп|тыс|млн|им|ул|д|кв|др|пр|абз|подп|см|т|е|[А-ЯЁ])\.$")
_SENSE = {FINDINGS: 0, ESTABLISHED: 0, TEXT: 1, OPERATIVE: 2}


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """text[start:end] of the text that was cut."""

    start: int
    end: int


def sentences(text: str) -> list[Span]:
    """Sentences of `text` without the white space around them; «ст. 15» and «100 руб. 50 коп.» are not cut."""
    spans: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if "\n" not in match.group() and _ABBREVIATION.search(text, max(start, match.start() - 8), match.start()):
            continue
        spans += _trimmed(text, start, match.start())
        start = match.end()
    return spans + _trimmed(text, start, len(text))


def passages(text: str, words: int = _WORDS) -> list[Span]:
    """Runs of whole sentences of at most `words` words, of even length; a longer sentence is cut by words.

    Empty for a text without a word.
    """
    pieces = [piece for sentence in sentences(text) for piece in _short(text, sentence, words)]
    lengths = [len(_WORD.findall(text, piece.start, piece.end)) for piece in pieces]
    total = sum(lengths)
    if not total:
        return []
    # Even runs: a last passage of three words would be a vector of nothing.
    aim = total / -(-total // words)
    runs: list[Span] = []
    held = 0
    for piece, length in zip(pieces, lengths, strict=True):
        if runs and held + length / 2 <= aim and held + length <= words:
            runs[-1] = Span(start=runs[-1].start, end=piece.end)
            held += length
        else:
            runs.append(piece)
            held = length
    return runs


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedPassage:
    section: str
    start: int
    end: int
    text: str


def decision_passages(decision: Decision) -> list[PlacedPassage]:
    """At most MOST_PASSAGES passages, what was found and established before what was ordered; in the order they stand.

    A decision with more keeps a part of every section that makes sense, evenly spread.
    """
    placed = [
        PlacedPassage(section=section.name, start=span.start, end=span.end, text=section.text[span.start : span.end])
        for section in decision.sections
        for span in passages(section.text)
    ]
    if len(placed) <= MOST_PASSAGES:
        return placed
    ranked = sorted(range(len(placed)), key=lambda index: (_SENSE.get(placed[index].section, 3), index))
    best = [index for index in ranked if _SENSE.get(placed[index].section, 3) <= 1] or ranked
    return [placed[index] for index in sorted(_spread(best, MOST_PASSAGES))]


def query_segments(text: str, weights: Mapping[str, float]) -> list[Span]:
    """At most 2 segments that say what a query is about: the whole of a text that fits, else its beginning and the
    part of the rest whose lemmas weigh most (`weights`: lemma → tf·idf).

    One empty segment for a text without a word, because an encoder takes that too.
    """
    runs = passages(text, _QUERY_WORDS)
    if not runs:
        return [Span(start=0, end=0)]
    if len(runs) <= 2:
        return runs
    said = [sum(weights.get(lemma, 0.0) for lemma in set(lemmas(text[run.start : run.end]))) for run in runs[1:]]
    return [runs[0], runs[1 + said.index(max(said))]]


def _spread(items: Sequence[int], n: int) -> list[int]:
    if len(items) <= n:
        return list(items)
    return [items[round(step * (len(items) - 1) / (n - 1))] for step in range(n)]


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    body = text[start:end]
    left = start + len(body) - len(body.lstrip())
    right = end - (len(body) - len(body.rstrip()))
    return [Span(start=left, end=right)] if left < right else []


def _short(text: str, span: Span, words: int) -> list[Span]:
    places = [match.span() for match in _WORD.finditer(text, span.start, span.end)]
    return [
        Span(start=places[first][0], end=places[min(first + words, len(places)) - 1][1])
        for first in range(0, len(places), words)
    ]
