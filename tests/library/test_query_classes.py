from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from library.query_classes import QueryClassifier


def test_likely_labels_of_each_text_in_order() -> None:
    opened: list[Any] = []

    def open_classifier() -> Any:
        said = SimpleNamespace(
            product=np.array([[0.995, 0.005], [0.4, 0.6]]),
            category=np.array([[1.0], [1.0]]),
            product_labels=("OSAGO", "KASKO"),
            category_labels=("INS_WEAR",),
        )
        opened.append(SimpleNamespace(probabilities=lambda _: said))
        return cast(Any, opened[-1])

    classify = QueryClassifier(open_classifier)
    assert classify([]) == []
    assert not opened
    first, second = classify(["a", "b"])
    assert first is not None
    assert second is not None
    assert dict(first.product) == {"OSAGO": 0.995}
    assert dict(second.product) == {"OSAGO": 0.4, "KASKO": 0.6}
    classify(["a", "b"])
    assert len(opened) == 1


def test_without_a_model_nothing_is_said_of_a_text() -> None:
    assert QueryClassifier(lambda: None)(["a", "b"]) == [None, None]
