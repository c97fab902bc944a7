"""Labelled texts to learn from: read from JSON lines, checked against the taxonomy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from classify.errors import ExamplesUnreadable, LabelUnknown
from classify.labels import Taxonomy, load_taxonomy

DECISION_WEIGHT = 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """`categories`: everything claimed, the primary `category` among them. `group`: texts of one dispute share it and
    are never on both sides of a split; `author`: who wrote it, for folds that hold one author out.

    `weight` below 1 marks texts of another kind (decisions): they help to learn words, and neither probabilities nor
    thresholds are fitted on them.
    """

    id: str
    text: str
    product: str
    category: str
    categories: tuple[str, ...] = ()
    group: str | None = None
    author: str | None = None
    weight: float = 1.0

    @property
    def is_appeal(self) -> bool:
        return self.weight >= 1

    @property
    def claimed(self) -> tuple[str, ...]:
        return self.categories or (self.category,)


_ROW = TypeAdapter(Example)


def read_examples(path: Path) -> tuple[Example, ...]:
    """From JSON lines; keys that are not fields of `Example` are ignored. Raises ExamplesUnreadable, LabelUnknown."""
    found: list[Example] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(_ROW.validate_python(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            problem = error.msg if isinstance(error, json.JSONDecodeError) else error.errors()[0]["msg"]
            raise ExamplesUnreadable(line=number, problem=problem) from error
    check_labels(found, load_taxonomy())
    return tuple(found)


def check_labels(examples: Iterable[Example], taxonomy: Taxonomy) -> None:
    products, categories = set(taxonomy.product_codes), set(taxonomy.category_codes)
    for example in examples:
        if example.product not in products:
            raise LabelUnknown(label=example.product)
        for category in (example.category, *example.claimed):
            if category not in categories:
                raise LabelUnknown(label=category)


def data_hash(examples: Sequence[Example]) -> str:
    """SHA-256 over texts, labels and weights, whatever the order of the examples."""
    lines = sorted(
        json.dumps([one.text, one.product, one.category, sorted(one.claimed), one.weight], ensure_ascii=False)
        for one in examples
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
