"""Cross-validated figures of a training, in the two ways that a card shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classify.card import SchemeReport
from classify.cross_validation import cross_validate
from classify.evaluation import evaluate
from classify.examples import Example
from classify.folds import author_folds, random_folds
from classify.train import Prepared, TrainOptions


def fold_schemes(prepared: Prepared) -> dict[str, NDArray[np.int_]]:
    """`random` and, where several authors are named, `author`: the fold of every example."""
    examples = prepared.examples
    appeals = np.array([example.is_appeal for example in examples])
    categories = np.array([example.category for example in examples])
    schemes = {"random": np.zeros(len(examples), np.int_)}
    schemes["random"][appeals] = random_folds(categories[appeals], prepared.groups[appeals])
    if len(_authors(examples)) > 1:
        schemes["author"] = author_folds(examples)
    return schemes


def _authors(examples: tuple[Example, ...]) -> set[str]:
    return {example.author or "" for example in examples if example.is_appeal}


def reports(prepared: Prepared, options: TrainOptions | None = None) -> tuple[SchemeReport, ...]:
    """One report a scheme of folds."""
    done: list[SchemeReport] = []
    for scheme, folds in fold_schemes(prepared).items():
        found = cross_validate(prepared, folds, options)
        done.append(SchemeReport(scheme=scheme, product=evaluate(found.product), category=evaluate(found.category)))
    return tuple(done)
