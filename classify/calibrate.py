"""Scores to probabilities: multinomial logistic regression on the scores of all labels of a level, and one pooled
logistic curve for «is this category claimed at all». Both are learnt on scores of examples left out of the fit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
SCORE_SCALE = 3.0
"""Ridge scores lie in 0..1; the regression's penalty of 1 expects features of about this spread."""
DOUBT = 0.002
"""On left-out texts it takes .003–.008 off the log-loss of products and leaves that of categories as it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """`weights` (labels, labels): rows are probabilities' labels, columns scores; `intercept` (labels,)."""

    weights: Matrix
    intercept: Matrix

    def probabilities(self, scores: Matrix) -> Matrix:
        """(n, labels) scores → (n, labels) probabilities, rows sum to 1."""
        return softmax(scores * SCORE_SCALE @ self.weights.T + self.intercept)


def softmax(logits: Matrix) -> Matrix:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float64)


def fit_calibration(
    scores: Matrix, labels: NDArray[np.str_], order: tuple[str, ...], *, inverse_penalty: float = 2.0
) -> Calibration:
    """Examples weigh 1/√(frequency of their label): halfway between the corpus's own mixture and an even one, because
    nobody knows the mixture of the appeals to come."""
    from sklearn.linear_model import LogisticRegression

    counts = Counter(labels.tolist())
    weights = np.array([counts[label] ** -0.5 for label in labels.tolist()])
    model = LogisticRegression(C=inverse_penalty, max_iter=1000, tol=1e-4)
    model.fit(scores * SCORE_SCALE, labels, sample_weight=weights / weights.mean())
    found = {label: place for place, label in enumerate(model.classes_.tolist())}
    coefficients = np.zeros((len(order), len(order)))
    intercept = np.full(len(order), -20.0)
    binary = len(found) == 2
    for place, label in enumerate(order):
        if label not in found:
            continue
        sign = (1.0 if found[label] else -1.0) / 2 if binary else 1.0
        row = 0 if binary else found[label]
        coefficients[place], intercept[place] = sign * model.coef_[row], sign * model.intercept_[row]
    return Calibration(weights=coefficients, intercept=intercept)


def sharpened(probabilities: Matrix, power: float) -> Matrix:
    """Rows raised to `power` and made to sum to 1 again: above 1 surer, below 1 less sure. A share of DOUBT is spread
    evenly: a label is never impossible."""
    raised = np.clip(probabilities, 1e-12, 1) ** power
    even = DOUBT / probabilities.shape[1]
    return np.asarray((1 - DOUBT) * raised / raised.sum(axis=1, keepdims=True) + even, np.float64)


def fit_sharpness(probabilities: Matrix, labels: NDArray[np.str_], order: tuple[str, ...]) -> float:
    """The power of `sharpened` with the least log-loss on left-out probabilities: two levels that settled each other
    have counted some evidence twice."""
    from scipy.optimize import minimize_scalar

    places = np.array([order.index(label) for label in labels.tolist()])

    def loss(power: float) -> float:
        return -float(np.log(sharpened(probabilities, power)[np.arange(len(places)), places]).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 2.0), method="bounded", options={"xatol": 1e-3}).x)


def cross_calibrated(
    scores: Matrix, labels: NDArray[np.str_], order: tuple[str, ...], folds: NDArray[np.int_]
) -> Matrix:
    """Probabilities of every example by a calibration that never saw it. `folds` (n,): the fold each example is in."""
    out = np.zeros((len(scores), len(order)))
    for fold in np.unique(folds):
        inside, outside = folds == fold, folds != fold
        out[inside] = fit_calibration(scores[outside], labels[outside], order).probabilities(scores[inside])
    return out


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimedCurve:
    """The chance that a category stands among the claims: logistic in its score and the logit of its probability."""

    score: float
    logit: float
    intercept: float

    def probabilities(self, scores: Matrix, primary: Matrix) -> Matrix:
        logits = self.score * scores + self.logit * _logit(primary) + self.intercept
        return np.asarray(1 / (1 + np.exp(-logits)), np.float64)


def fit_claimed(scores: Matrix, primary: Matrix, claimed: Matrix) -> ClaimedCurve:
    """All of shape (n, labels); `claimed` is 1 where the example claims the label."""
    from sklearn.linear_model import LogisticRegression

    features = np.column_stack([scores.ravel(), _logit(primary).ravel()])
    model = LogisticRegression(C=100.0, max_iter=1000).fit(features, claimed.ravel() > 0)
    return ClaimedCurve(
        score=float(model.coef_[0][0]), logit=float(model.coef_[0][1]), intercept=float(model.intercept_[0])
    )


def _logit(probabilities: Matrix) -> Matrix:
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)), np.float64)
