"""Which words speak for the two labels of a text, and which against them.

A feature's share in a label's score is its value times its coefficient, exactly; it is divided evenly among the places
where the feature stands, and at each place given to the words there. Shares for product and category are added.
"""

from __future__ import annotations

from collections import defaultdict

from classify.classification import Explanation, WordWeight
from classify.features import BLOCKS, CutText, FeatureSpace
from classify.input_text import ReadText
from classify.model import Level

SHOWN = 8


def explain(
    read: ReadText, given: str, text: CutText, space: FeatureSpace, chosen: tuple[tuple[Level, int], ...]
) -> Explanation:
    """`chosen`: the levels with the column of the label that was given. Places are places of `given`."""
    row = space.row(text.counted())
    effect = {
        column: float(value) * sum(float(level.coefficients[column, label]) for level, label in chosen)
        for column, value in zip(row.columns.tolist(), row.values.tolist(), strict=True)
    }
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for block in BLOCKS:
        places: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for one in text.block(block):
            column = space.column(block, one.term)
            if column is not None:
                places[column].append((one.start, one.end))
        for column, spans in places.items():
            for span in spans:
                weights[span] += effect[column] / len(spans)
    ranked = sorted(_by_word(weights, read, given), key=lambda word: (-abs(word.weight), word.start))
    return Explanation(
        for_=tuple(word for word in ranked if word.weight > 0)[:SHOWN],
        against=tuple(word for word in ranked if word.weight < 0)[:SHOWN],
    )


def _by_word(weights: dict[tuple[int, int], float], read: ReadText, given: str) -> list[WordWeight]:
    """Words and pairs; the same words in several places count together and are shown where they stand first."""
    together: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end in sorted(weights):
        together[read.text[start:end].lower()].append((start, end))
    found: list[WordWeight] = []
    for spans in together.values():
        start, end = read.place(*spans[0])
        weight = sum(weights[span] for span in spans)
        found.append(WordWeight(text=given[start:end], start=start, end=end, weight=round(weight, 4)))
    return found
