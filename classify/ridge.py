"""Linear scores of labels by weighted ridge regression on indicator targets, solved in the space of the examples.

min over w, b:  Σᵢ vᵢ · ‖yᵢ − b − w·xᵢ‖² + λ·‖w‖²,  with b the weighted mean of y. With K = X·Xᵀ and V = diag(v):
α = (K + λ·V⁻¹)⁻¹ (y − b), scores = K·α + b, and the score of example i by a model that never saw it is
yᵢ − αᵢ / [(K + λ·V⁻¹)⁻¹]ᵢᵢ (leave-one-out in closed form; b is kept). With fewer examples than features this is the
short way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class RidgeFit:
    """`dual` (n, labels), `intercept` (labels,), `left_out` (n, labels): each example's scores without it."""

    dual: Matrix
    intercept: Matrix
    left_out: Matrix


def balanced_weights(labels: NDArray[np.str_], base: Matrix) -> Matrix:
    """`base` rescaled so that every label weighs the same in all; mean 1."""
    names, inverse = np.unique(labels, return_inverse=True)
    totals = np.bincount(inverse, weights=base, minlength=len(names))
    weights = base / totals[inverse]
    return np.asarray(weights / weights.mean(), np.float64)


def indicators(labels: NDArray[np.str_], order: tuple[str, ...]) -> Matrix:
    """(n, len(order)) of 0 and 1."""
    return np.asarray(labels[:, None] == np.array(order)[None, :], np.float64)


def fit_ridge(gram: Matrix, targets: Matrix, weights: Matrix, penalty: float) -> RidgeFit:
    """`gram` (n, n), `targets` (n, labels), `weights` (n,) positive, `penalty` = λ."""
    from scipy.linalg import cho_factor, cho_solve

    intercept = np.average(targets, axis=0, weights=weights)
    system = gram.astype(np.float64, copy=True)
    system[np.diag_indices(len(gram))] += penalty / weights
    factor = cho_factor(system, lower=True, overwrite_a=True)
    inverse = cho_solve(factor, np.eye(len(gram)))
    dual = inverse @ (targets - intercept)
    left_out = targets - dual / np.diag(inverse)[:, None]
    return RidgeFit(dual=dual, intercept=intercept, left_out=left_out)
