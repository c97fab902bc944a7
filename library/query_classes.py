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
        """One answer a text, in their order; None for a text without words, and throughout where there is no model."""
        about: list[QueryClasses | None] = [None] * len(texts)
        readable = [place for place, text in enumerate(texts) if _says_something(text)]
        if not readable or self._classifier is None:
            return about
        said = self._classifier.probabilities([texts[place] for place in readable])
        for place, product, category in zip(readable, said.product.tolist(), said.category.tolist(), strict=True):
            about[place] = QueryClasses(
                product=_likely(said.product_labels, product), category=_likely(said.category_labels, category)
            )
        return about

    @cached_property
    def _classifier(self) -> Classifier | None:
        return self._open()


def _says_something(text: str) -> bool:
    from classify.errors import TextError
    from classify.input_text import read_text

    try:
        read_text(text)
    except TextError:  # what is wrong with it as a query, the search says in its own words
        return False
    return True


def _likely(labels: Sequence[str], probabilities: Sequence[float]) -> dict[str, float]:
    return {label: chance for label, chance in zip(labels, probabilities, strict=True) if chance >= _LIKELY}
