"""Sets of labels that hold the true one for 90 % of the texts *of every label* (class-conditional cross-conformal).

A label is in the set when its probability reaches the label's own threshold: the ⌊α·(n+1)⌋-th smallest probability
that left-out examples of the label gave to it. Ordinary (unconditional) sets keep 90 % on average and fail rare labels.
Vovk (2015), Cross-conformal predictors; Sadinle, Lei, Wasserman (2019), Least ambiguous set-valued classifiers.
"""

from __future__ import annotations

from math import floor

import numpy as np
from numpy.typing import NDArray

COVERAGE = 0.9


def thresholds(
    probabilities: NDArray[np.float64], labels: NDArray[np.str_], order: tuple[str, ...], coverage: float = COVERAGE
) -> NDArray[np.float64]:
    """(len(order),) least probabilities. A label with too few examples to promise anything gets 0: always in the set.

    `probabilities` (n, labels) must come from models and calibrations that never saw the example.
    """
    out = np.zeros(len(order))
    for place, label in enumerate(order):
        own = np.sort(probabilities[labels == label, place])
        rank = floor((1 - coverage) * (len(own) + 1) + 1e-9)
        out[place] = own[rank - 1] if rank >= 1 else 0.0
    return out


def label_sets(probabilities: NDArray[np.float64], least: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n, labels): True where the label cannot be ruled out."""
    return np.asarray(probabilities >= least, np.bool_)
