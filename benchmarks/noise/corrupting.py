"""OCR noise for clean texts, in the proportions in which a real recogniser errs."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np
from rapidfuzz.distance import Levenshtein

from benchmarks.noise.confusions import Confusions, load


@dataclass(frozen=True, slots=True)
class _Error:
    """What stands instead of some characters: `chance` of any error at them, results with running shares."""

    chance: float
    results: tuple[str, ...]
    shares: tuple[float, ...]
    cost: float


def _errors(confusions: Confusions) -> dict[str, _Error]:
    table = {}
    for source, results in confusions.read.items():
        printed = min(confusions.seen.get(char, 0) for char in source)
        total = sum(results.values())
        if not printed:
            continue
        cost = sum(count * Levenshtein.distance(source, result) for result, count in results.items()) / total
        shares = tuple(accumulate(count / total for count in results.values()))
        table[source] = _Error(min(1.0, total / printed), tuple(results), shares, cost)
    return table


def corrupt(text: str, rate: float, seed: int, confusions: Confusions | None = None) -> str:
    """`text` with about `rate` (0..1) character errors a character: letters taken for others, lost, added, words
    split and joined. Line breaks stay. The same arguments give the same text.

    Raises ValueError for a rate outside 0..1.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"a rate lies between 0 and 1, not at {rate}")
    table = _errors(confusions) if confusions is not None else _shipped()
    places = [
        (at, error)
        for at in range(len(text))
        for width in (1, 2)
        if (error := table.get(text[at : at + width])) is not None and len(text[at : at + width]) == width
    ]
    strength = _strength([(error.chance, error.cost) for _, error in places], rate * len(text))
    rng = np.random.default_rng(seed)
    chances, picks = rng.random(len(places)), rng.random(len(places))
    out: list[str] = []
    done = 0
    for (at, error), chance, pick in zip(places, chances, picks, strict=True):
        if at < done or chance >= min(1.0, strength * error.chance):
            continue
        width = 2 if text[at : at + 2] in table and table[text[at : at + 2]] is error else 1
        out.append(text[done:at])
        out.append(error.results[min(bisect_left(error.shares, pick), len(error.results) - 1)])
        done = at + width
    out.append(text[done:])
    return "".join(out)


def _strength(errors: list[tuple[float, float]], wanted: float) -> float:
    """The factor on all chances that brings the expected number of character errors to `wanted`."""
    if not errors or wanted <= 0:
        return 0.0
    factor = 1.0
    for _ in range(40):  # chances end at 1, so the factor is found step by step
        expected = sum(min(1.0, factor * chance) * cost for chance, cost in errors)
        if abs(expected - wanted) < 1e-3 * wanted:
            break
        factor *= wanted / expected
    return factor


@cache
def _shipped() -> dict[str, _Error]:
    return _errors(load())
