"""Ridge, calibration, sets and pairs against what they promise, computed another way."""

from __future__ import annotations

import numpy as np
import pytest

from classify.agreement import learn_agreement
from classify.calibrate import cross_calibrated, fit_calibration
from classify.compare import log_loss_gain, macro_f1_gain
from classify.conformal import label_sets, thresholds
from classify.evaluation import Confusion, Predictions, ece, evaluate
from classify.labels import load_taxonomy
from classify.ridge import balanced_weights, fit_ridge, indicators

RNG = np.random.default_rng(3)


def cloud(n: int, labels: tuple[str, ...], spread: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    gold = np.array([labels[place % len(labels)] for place in range(n)])
    centres = np.eye(len(labels)) * 2
    points = np.array([centres[labels.index(label)] for label in gold]) + RNG.normal(0, spread, (n, len(labels)))
    return points, gold


def test_left_out_scores_are_those_of_a_fit_without_the_example() -> None:
    points, gold = cloud(30, ("a", "b", "c"))
    gram = points @ points.T
    targets, weights = indicators(gold, ("a", "b", "c")), RNG.uniform(0.5, 2, 30)
    whole = fit_ridge(gram, targets, weights, penalty=0.4)
    for place in (0, 7, 29):
        rest = np.delete(np.arange(30), place)
        system = gram[np.ix_(rest, rest)] + np.diag(0.4 / weights[rest])
        dual = np.linalg.solve(system, targets[rest] - whole.intercept)  # the intercept is kept
        np.testing.assert_allclose(whole.left_out[place], gram[place, rest] @ dual + whole.intercept, atol=1e-9)


def test_ridge_agrees_with_scikit_learn() -> None:
    from sklearn.linear_model import Ridge

    points, gold = cloud(40, ("a", "b"))
    targets, weights = indicators(gold, ("a", "b")), RNG.uniform(0.5, 2, 40)
    ours = fit_ridge(points @ points.T, targets, weights, penalty=0.7)
    theirs = Ridge(alpha=0.7, fit_intercept=False).fit(points, targets - ours.intercept, sample_weight=weights)
    np.testing.assert_allclose(points.T @ ours.dual, theirs.coef_.T, atol=1e-8)


def test_balanced_weights_give_every_label_the_same_sum() -> None:
    labels = np.array(["a"] * 9 + ["b"])
    weights = balanced_weights(labels, np.ones(10))
    assert weights[:9].sum() == pytest.approx(weights[9:].sum())
    assert weights.mean() == pytest.approx(1)


def test_calibrated_probabilities_beat_the_mixture_and_know_labels_never_seen() -> None:
    points, gold = cloud(200, ("a", "b", "c"))
    folds = np.arange(200) // 3 % 5
    scores = np.column_stack([points / 3, np.zeros(200)])
    unseen = cross_calibrated(scores, gold, ("a", "b", "c", "d"), folds)
    assert unseen.sum(axis=1) == pytest.approx(1)
    assert unseen[:, 3].max() < 1e-4
    places = np.array(["abc".index(label) for label in gold])
    assert -np.log(unseen[np.arange(200), places]).mean() < 0.8 * np.log(3)


def test_calibration_of_two_labels_is_symmetric() -> None:
    points, gold = cloud(80, ("a", "b"))
    found = fit_calibration(points, gold, ("a", "b")).probabilities(points)
    assert found.sum(axis=1) == pytest.approx(1)
    assert ((found[:, 0] > 0.5) == (gold == "a")).mean() > 0.8


def test_sets_cover_rare_labels_as_well_as_common_ones() -> None:
    labels = ("common", "rare")
    gold = np.array(["common"] * 4000 + ["rare"] * 400)
    own = np.concatenate([RNG.beta(8, 2, 4000), RNG.beta(2, 4, 400)])  # rare labels get low probabilities
    probabilities = np.column_stack([np.where(gold == "common", own, 1 - own), np.where(gold == "rare", own, 1 - own)])
    half = np.arange(len(gold)) % 2 == 0
    inside = label_sets(probabilities[~half], thresholds(probabilities[half], gold[half], labels))
    for place, label in enumerate(labels):
        assert inside[gold[~half] == label, place].mean() == pytest.approx(0.9, abs=0.05)


def test_a_label_with_too_few_examples_is_never_ruled_out() -> None:
    probabilities = np.array([[0.9, 0.1]] * 20 + [[0.2, 0.8]] * 8)
    least = thresholds(probabilities, np.array(["a"] * 20 + ["b"] * 8), ("a", "b"))
    assert least[0] > 0
    assert least[1] == 0


def test_levels_settle_each_other_and_keep_summing_to_one() -> None:
    taxonomy = load_taxonomy()
    agreement = learn_agreement(
        np.array(["PAWN"] * 50 + ["KASKO"] * 50), np.array(["PAWN_SALE"] * 50 + ["INS_UTS"] * 50), taxonomy
    )
    products, categories = np.full((1, 13), 0.0), np.full((1, 30), 0.0)
    products[0, taxonomy.product_codes.index("PAWN")] = products[0, taxonomy.product_codes.index("KASKO")] = 0.5
    categories[0, taxonomy.category_codes.index("INS_UTS")] = 0.9
    categories[0, taxonomy.category_codes.index("PAWN_SALE")] = 0.1
    settled, both = agreement.settle(products, categories)
    assert settled.sum() == pytest.approx(1)
    assert both.sum() == pytest.approx(1)
    assert settled[0, taxonomy.product_codes.index("KASKO")] > 0.7


def predictions(right: float, n: int = 300) -> Predictions:
    gold = np.array(["ab"[place % 2] for place in range(n)])
    hit = np.arange(n) / n < right
    first = np.where((gold == "a") == hit, 0.8, 0.2)
    return Predictions(labels=("a", "b"), gold=gold, probabilities=np.column_stack([first, 1 - first]))


def test_macro_f1_agrees_with_scikit_learn() -> None:
    from sklearn.metrics import f1_score

    one = predictions(0.7)
    assert Confusion.of(one).macro_f1() == pytest.approx(f1_score(one.gold, one.said, average="macro"))


def test_calibration_error_of_known_bins_and_its_floor() -> None:
    assert ece(np.full(10, 0.8), np.array([True] * 8 + [False] * 2)) == pytest.approx(0)
    assert ece(np.full(10, 0.8), np.array([True] * 3 + [False] * 7)) == pytest.approx(0.5)
    found = evaluate(predictions(0.8), draws=200)
    assert found.ece.value == pytest.approx(0, abs=1e-9)
    assert found.ece.floor == pytest.approx(0.0185, abs=0.006)  # E|binomial(300, .8)/300 − .8|


def test_a_better_system_gains_and_the_interval_says_so() -> None:
    gain = macro_f1_gain(predictions(0.9), predictions(0.7))
    assert gain.low > 0.1 < gain.value < gain.high
    assert macro_f1_gain(predictions(0.7), predictions(0.7)).high == 0
    assert log_loss_gain(predictions(0.9), predictions(0.7)).low > 0
