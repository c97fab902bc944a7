"""Honest splits: texts of one dispute, and texts nearly alike, are never on both sides."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classify.examples import Example
from text.normalise import fold

NEARLY_ALIKE = 0.5
"""Jaccard similarity of the sets of character 4-grams from which two texts count as one."""


def groups(examples: Sequence[Example]) -> NDArray[np.int_]:
    """(n,) numbers: equal where two examples share `group` or are nearly alike, directly or through others."""
    parent = list(range(len(examples)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    first_of: dict[str, int] = {}
    for place, example in enumerate(examples):
        if example.group is not None:
            parent[root(place)] = root(first_of.setdefault(example.group, place))
    for left, right in _near_pairs([example.text for example in examples]):
        parent[root(left)] = root(right)
    return np.array([root(place) for place in range(len(examples))])


def _near_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    from scipy import sparse

    numbers: dict[str, int] = {}
    columns: list[int] = []
    starts = [0]
    for text in texts:
        letters = "".join(letter if letter.isalnum() else " " for letter in fold(text))
        letters = " ".join(letters.split())
        grams = {letters[start : start + 4] for start in range(max(1, len(letters) - 3))}
        columns += [numbers.setdefault(gram, len(numbers)) for gram in grams]
        starts.append(len(columns))
    shape = (len(texts), max(1, len(numbers)))
    table = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=shape)
    shared = (table @ table.T).tocoo()
    sizes = np.diff(starts)
    union = sizes[shared.row] + sizes[shared.col] - shared.data
    near = (shared.row < shared.col) & (shared.data >= NEARLY_ALIKE * union)
    return list(zip(shared.row[near].tolist(), shared.col[near].tolist(), strict=True))


def random_folds(
    labels: NDArray[np.str_], group_numbers: NDArray[np.int_], count: int = 5, seed: int = 0
) -> NDArray[np.int_]:
    """(n,) the fold each example is tested in: labels spread evenly, groups kept whole."""
    from sklearn.model_selection import StratifiedGroupKFold

    out = np.zeros(len(labels), np.int_)
    splitter = StratifiedGroupKFold(n_splits=count, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The least populated class")  # a rare label misses some folds
        for number, (_, tested) in enumerate(splitter.split(np.zeros(len(labels)), labels, group_numbers)):
            out[tested] = number
    return out


def author_folds(examples: Sequence[Example]) -> NDArray[np.int_]:
    """(n,) a fold an author: the model is always tested on somebody it has not read."""
    authors = sorted({example.author or "" for example in examples})
    return np.array([authors.index(example.author or "") for example in examples])
