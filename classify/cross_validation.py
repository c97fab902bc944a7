"""A whole training in every fold, tested on what it never saw: the figures of a card, and of the benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classify.conformal import label_sets
from classify.evaluation import Predictions
from classify.labels import load_taxonomy
from classify.model import Judged, Model
from classify.train import Prepared, TrainOptions, fit


@dataclass(frozen=True, kw_only=True, slots=True)
class CrossValidated:
    """Predictions for every appeal, in the order of the examples; decisions are never tested. `claimed`
    (n, categories): the chance that each category is claimed at all."""

    product: Predictions
    category: Predictions
    claimed: NDArray[np.float64]


def cross_validate(prepared: Prepared, folds: NDArray[np.int_], options: TrainOptions | None = None) -> CrossValidated:
    """`folds` (n,): the fold in which an example is tested; texts that are no appeals are in every training, unless
    they share a group with a tested one."""
    taxonomy = load_taxonomy()
    appeals = np.flatnonzero([example.is_appeal for example in prepared.examples])
    products = np.zeros((len(prepared.examples), len(taxonomy.products)))
    categories = np.zeros((len(prepared.examples), len(taxonomy.categories)))
    claimed = np.zeros_like(categories)
    inside = (np.zeros(products.shape, np.bool_), np.zeros(categories.shape, np.bool_))
    for training, tested in splits(prepared, folds):
        model = fit(prepared, training, name="fold", options=options)
        judged = predict(model, prepared, tested)
        products[tested], categories[tested], claimed[tested] = judged.product, judged.category, judged.claimed
        inside[0][tested] = label_sets(judged.product, model.product.least)
        inside[1][tested] = label_sets(judged.category, model.category.least)
    gold_products = np.array([prepared.examples[row].product for row in appeals])
    gold_categories = np.array([prepared.examples[row].category for row in appeals])
    return CrossValidated(
        product=Predictions(
            labels=taxonomy.product_codes,
            gold=gold_products,
            probabilities=products[appeals],
            inside=inside[0][appeals],
        ),
        category=Predictions(
            labels=taxonomy.category_codes,
            gold=gold_categories,
            probabilities=categories[appeals],
            inside=inside[1][appeals],
        ),
        claimed=claimed[appeals],
    )


def splits(prepared: Prepared, folds: NDArray[np.int_]) -> Iterator[tuple[NDArray[np.int_], NDArray[np.int_]]]:
    """Rows to train on and rows to test, fold by fold. A group that is tested is wholly out of the training."""
    appeals = np.array([example.is_appeal for example in prepared.examples])
    for number in np.unique(folds[appeals]):
        tested = np.flatnonzero(appeals & (folds == number))
        touched = np.isin(prepared.groups, prepared.groups[tested])
        training = np.flatnonzero(~touched & (~appeals | (folds != number)))
        yield training, tested


def predict(model: Model, prepared: Prepared, rows: NDArray[np.int_]) -> Judged:
    """What the model says of the examples numbered by `rows`."""
    sparse = [model.space.row(prepared.counted[row]) for row in rows]
    return model.judge(sparse, None if prepared.vectors is None else prepared.vectors[rows])
