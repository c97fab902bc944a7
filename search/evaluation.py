"""How good a ranking is: nDCG with grades, reciprocal rank, recall; intervals and paired comparisons by bootstrap."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RELEVANT = 2.0
PARTIAL = 1.0
"""Grades: decided on the same fact; the same kind of dispute, decided on another fact."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """A mean over `n` queries with its 95 % percentile interval."""

    value: float
    low: float
    high: float
    n: int


def ndcg(ranked: Sequence[str], grades: Mapping[str, float], k: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), gain = grade. 0 when nothing is graded."""
    gain = sum(grades.get(name, 0.0) / math.log2(place + 2) for place, name in enumerate(ranked[:k]))
    best = sorted(grades.values(), reverse=True)[:k]
    ideal = sum(grade / math.log2(place + 2) for place, grade in enumerate(best))
    return gain / ideal if ideal else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: frozenset[str]) -> float:
    """1 / the rank of the first relevant one; 0 when none is there."""
    return next((1.0 / (place + 1) for place, name in enumerate(ranked) if name in relevant), 0.0)


def recall(ranked: Sequence[str], relevant: frozenset[str], k: int) -> float:
    """The share of the relevant that stand among the first `k`. 0 when nothing is relevant."""
    return len(relevant.intersection(ranked[:k])) / len(relevant) if relevant else 0.0


def mean_interval(
    values: Sequence[float], groups: Sequence[str] | None = None, draws: int = 2000, seed: int = 1
) -> Interval:
    """The mean with the percentile bootstrap's interval. `groups`: queries of one group (a family) are drawn together,
    because they are no independent observations. Raises ValueError on no values."""
    import numpy as np

    if not values:
        raise ValueError("no values")
    means = _drawn_means(np.asarray(values, float), groups, draws, seed)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(value=float(np.mean(values)), low=float(low), high=float(high), n=len(values))


def paired_difference(
    ours: Sequence[float],
    theirs: Sequence[float],
    groups: Sequence[str] | None = None,
    draws: int = 2000,
    seed: int = 1,
) -> Interval:
    """Mean of ours − theirs over the same queries; an interval above 0 says that ours is better."""
    return mean_interval([a - b for a, b in zip(ours, theirs, strict=True)], groups, draws, seed)


def _drawn_means(
    values: NDArray[np.float64], groups: Sequence[str] | None, draws: int, seed: int
) -> NDArray[np.float64]:
    import numpy as np

    random = np.random.default_rng(seed)
    if groups is None:
        means: NDArray[np.float64] = values[random.integers(0, len(values), (draws, len(values)))].mean(axis=1)
        return means
    names = sorted(set(groups))
    place = {name: index for index, name in enumerate(names)}
    owners = np.array([place[name] for name in groups])
    sums = np.bincount(owners, weights=values, minlength=len(names))
    sizes = np.bincount(owners, minlength=len(names))
    drawn = random.integers(0, len(names), (draws, len(names)))
    return np.asarray(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1), np.float64)
