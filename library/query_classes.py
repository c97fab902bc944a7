"""What a case is probably about, as the ranking of similar decisions takes it: the classifier's own probabilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from search.decision import QueryClasses

if TYPE_CHECKING:
    from classify.classifier import Classifier

_LIKELY = 0.01
"""Labels below it say nothing to the ranking."""


class QueryClassifier:
    """Opens the classifier with the first text, and only then. `open_classifier` None: where no model is installed."""

    def __init__(self, open_classifier: Callable[[], Classifier | None]) -> None:
        self._open = open_classifier

    def __call__(self, texts: Sequence[str]) -> list[QueryClasses | None]:
        """One answer a text, in their order; None throughout where there is no model."""
        if not texts:
            return []
        if self._classifier is None:
            return [None] * len(texts)
        said = self._classifier.probabilities(texts)
        return [
            QueryClasses(
                product=_likely(said.product_labels, product), category=_likely(said.category_labels, category)
            )
            for product, category in zip(said.product.tolist(), said.category.tolist(), strict=True)
        ]

    @cached_property
    def _classifier(self) -> Classifier | None:
        return self._open()


def _likely(labels: Sequence[str], probabilities: Sequence[float]) -> dict[str, float]:
    return {label: chance for label, chance in zip(labels, probabilities, strict=True) if chance >= _LIKELY}
