"""How good probabilities and labels are, with intervals, and beside what a perfect model of that size would show.

Intervals are 95 % percentile bootstrap over texts. ECE: 15 bins of equal width over the probability of the label that
was given (Guo et al. 2017). Its floor is the mean ECE of labels drawn from the very probabilities: what chance alone
makes of a perfectly calibrated model with as many texts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 15
_DRAWS = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Predictions:
    """What a system said of `n` texts by models that never saw them. `probabilities` (n, labels), rows sum to 1;
    `inside` (n, labels): the label sets, None for a system without them."""

    labels: tuple[str, ...]
    gold: NDArray[np.str_]
    probabilities: NDArray[np.float64]
    inside: NDArray[np.bool_] | None = None

    @property
    def said(self) -> NDArray[np.str_]:
        return np.asarray(np.array(self.labels)[self.probabilities.argmax(axis=1)], np.str_)


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class CalibrationError:
    """`floor`: the expected value for a perfectly calibrated model with as many texts."""

    value: float
    low: float
    high: float
    floor: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassFigures:
    label: str
    n: int
    precision: float | None
    recall: float | None
    f1: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassCoverage:
    """`covered`: the share of the label's texts whose set holds it."""

    label: str
    n: int
    covered: float


@dataclass(frozen=True, kw_only=True, slots=True)
class SetSize:
    """`single`: the share of texts whose set has exactly one label."""

    mean: float
    single: float
    empty: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """Of one level. `coverage` and `set_size` are None for a system without sets."""

    per_class: tuple[ClassFigures, ...]
    macro_f1: Interval
    log_loss: Interval
    ece: CalibrationError
    coverage: tuple[ClassCoverage, ...] | None
    set_size: SetSize | None
    n: int


def evaluate(predictions: Predictions, draws: int = _DRAWS, seed: int = 0) -> Evaluation:
    rng = np.random.default_rng(seed)
    samples = [rng.integers(0, len(predictions.gold), len(predictions.gold)) for _ in range(draws)]
    counts = Confusion.of(predictions)
    losses = text_losses(predictions)
    return Evaluation(
        per_class=tuple(_class_figures(predictions)),
        macro_f1=_interval(counts.macro_f1(), [counts.macro_f1(sample) for sample in samples]),
        log_loss=_interval(float(losses.mean()), [float(losses[sample].mean()) for sample in samples]),
        ece=_calibration_error(predictions, samples, rng),
        coverage=_coverage(predictions),
        set_size=_set_size(predictions),
        n=len(predictions.gold),
    )


def text_losses(predictions: Predictions) -> NDArray[np.float64]:
    """(n,) −ln of the probability given to the true label."""
    places = _gold_places(predictions)
    given = predictions.probabilities[np.arange(len(places)), places]
    return np.asarray(-np.log(np.clip(given, 1e-12, 1)), np.float64)


@dataclass(frozen=True, kw_only=True, slots=True)
class Confusion:
    """`gold`, `said` (n,): numbers of labels. Counting by numbers makes a thousand resamplings cheap."""

    gold: NDArray[np.int_]
    said: NDArray[np.int_]
    labels: int

    @classmethod
    def of(cls, predictions: Predictions) -> Confusion:
        said = predictions.probabilities.argmax(axis=1)
        return cls(gold=_gold_places(predictions), said=said, labels=len(predictions.labels))

    def macro_f1(self, sample: NDArray[np.int_] | None = None) -> float:
        """Mean F1 over labels that stand among the gold ones; `sample`: numbers of texts, with repeats."""
        gold = self.gold if sample is None else self.gold[sample]
        said = self.said if sample is None else self.said[sample]
        right = np.bincount(gold[gold == said], minlength=self.labels)
        truth = np.bincount(gold, minlength=self.labels)
        found = np.bincount(said, minlength=self.labels)
        present = truth > 0
        return float((2 * right[present] / (truth[present] + found[present])).mean())


def ece(probabilities: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error of the given probabilities (n,) of labels that were right or not (n,)."""
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=probabilities - right, minlength=BINS)
    return float(np.abs(gaps).sum() / max(1, len(probabilities)))


def _calibration_error(
    predictions: Predictions, samples: list[NDArray[np.int_]], rng: np.random.Generator
) -> CalibrationError:
    given = predictions.probabilities.max(axis=1)
    right = predictions.said == predictions.gold
    found = _interval(ece(given, right), [ece(given[sample], right[sample]) for sample in samples])
    perfect = [ece(given, rng.random(len(given)) < given) for _ in samples]
    return CalibrationError(value=found.value, low=found.low, high=found.high, floor=float(np.mean(perfect)))


def _class_figures(predictions: Predictions) -> list[ClassFigures]:
    said = predictions.said
    rows: list[ClassFigures] = []
    for label in predictions.labels:
        right = int(((said == label) & (predictions.gold == label)).sum())
        truth, found = int((predictions.gold == label).sum()), int((said == label).sum())
        rows.append(
            ClassFigures(
                label=label,
                n=truth,
                precision=right / found if found else None,
                recall=right / truth if truth else None,
                f1=2 * right / (truth + found) if truth + found else 0.0,
            )
        )
    return rows


def _coverage(predictions: Predictions) -> tuple[ClassCoverage, ...] | None:
    if predictions.inside is None:
        return None
    rows: list[ClassCoverage] = []
    for place, label in enumerate(predictions.labels):
        own = predictions.gold == label
        if own.any():
            covered = float(predictions.inside[own, place].mean())
            rows.append(ClassCoverage(label=label, n=int(own.sum()), covered=covered))
    return tuple(rows)


def _set_size(predictions: Predictions) -> SetSize | None:
    if predictions.inside is None:
        return None
    sizes = predictions.inside.sum(axis=1)
    return SetSize(mean=float(sizes.mean()), single=float((sizes == 1).mean()), empty=float((sizes == 0).mean()))


def _gold_places(predictions: Predictions) -> NDArray[np.int_]:
    places = {label: place for place, label in enumerate(predictions.labels)}
    return np.array([places[label] for label in predictions.gold.tolist()])


def _interval(value: float, resampled: list[float]) -> Interval:
    low, high = np.quantile(resampled, [0.025, 0.975])
    return Interval(value=value, low=float(low), high=float(high))
