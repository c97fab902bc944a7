"""Two systems on the same texts: the difference, with a paired bootstrap interval (both are resampled together)."""

from __future__ import annotations

import numpy as np

from classify.evaluation import Confusion, Interval, Predictions, text_losses

_DRAWS = 2000


def macro_f1_gain(ours: Predictions, theirs: Predictions, draws: int = _DRAWS, seed: int = 0) -> Interval:
    """How much higher our macro-F1 is; 95 % percentile interval."""
    left, right = Confusion.of(ours), Confusion.of(theirs)
    rng = np.random.default_rng(seed)
    samples = [rng.integers(0, len(ours.gold), len(ours.gold)) for _ in range(draws)]
    gains = [left.macro_f1(sample) - right.macro_f1(sample) for sample in samples]
    low, high = np.quantile(gains, [0.025, 0.975])
    return Interval(value=left.macro_f1() - right.macro_f1(), low=float(low), high=float(high))


def log_loss_gain(ours: Predictions, theirs: Predictions, draws: int = _DRAWS, seed: int = 0) -> Interval:
    """How much lower our log-loss is; 95 % percentile interval."""
    gains = text_losses(theirs) - text_losses(ours)
    rng = np.random.default_rng(seed)
    means = [float(gains[rng.integers(0, len(gains), len(gains))].mean()) for _ in range(draws)]
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(value=float(gains.mean()), low=float(low), high=float(high))
