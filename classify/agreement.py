"""Product and category settle each other: what a pair's frequency says beyond the two labels apart.

P(p, c | text) ∝ P(p | text) · P(c | text) · [P(p, c) / (P(p) · P(c))]^κ, then the margins are taken. κ < 1, because
both levels read the same words and are not independent witnesses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classify.labels import Taxonomy

Matrix = NDArray[np.float64]
TRUST = 0.4
_SMOOTHING = 130.0
"""Examples' worth of the taxonomy's own table (which categories arise in which product) mixed into the counts."""
_ELSEWHERE = 0.02
"""How much rarer than its usual products a category is taken to be elsewhere, before any example is seen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """`log_odds` (products, categories): κ · ln [P(p, c) / (P(p) · P(c))]."""

    log_odds: Matrix

    def settle(self, products: Matrix, categories: Matrix) -> tuple[Matrix, Matrix]:
        """(n, products) and (n, categories) probabilities of the two levels apart → the same of them together."""
        joint = products[:, :, None] * categories[:, None, :] * np.exp(self.log_odds)[None]
        joint /= joint.sum(axis=(1, 2), keepdims=True)
        return joint.sum(axis=2), joint.sum(axis=1)


def learn_agreement(
    products: NDArray[np.str_], categories: NDArray[np.str_], taxonomy: Taxonomy, trust: float | None = None
) -> Agreement:
    """`trust` is κ, by default TRUST; 0 leaves both levels as they are."""
    product_place = {code: place for place, code in enumerate(taxonomy.product_codes)}
    category_place = {code: place for place, code in enumerate(taxonomy.category_codes)}
    counts = np.zeros((len(product_place), len(category_place)))
    for product, category in zip(products.tolist(), categories.tolist(), strict=True):
        counts[product_place[product], category_place[category]] += 1
    usual = np.full(counts.shape, _ELSEWHERE)
    for entry in taxonomy.categories:
        for product in entry.products:
            usual[product_place[product], category_place[entry.code]] = 1.0
    share_of_product = (counts.sum(axis=1, keepdims=True) + 1) / (counts.sum() + len(counts))
    share_of_category = (counts.sum(axis=0, keepdims=True) + 1) / (counts.sum() + counts.shape[1])
    prior = usual * share_of_product * share_of_category
    pairs = counts + _SMOOTHING * prior / prior.sum()
    pairs /= pairs.sum()
    odds = pairs / (pairs.sum(axis=1, keepdims=True) * pairs.sum(axis=0, keepdims=True))
    return Agreement(log_odds=(TRUST if trust is None else trust) * np.log(odds))
