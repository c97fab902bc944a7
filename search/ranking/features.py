"""Every feature of a query and a decision, from `Backend.features` alone: the same on every engine.

All are about 0..1:

    lemma, gram      BM25 over the query's lemmas and 4-grams, as a share of the most they could reach
    decision         cosine of the query and the whole decision, each around its centre (`search.ranking.centring`)
    passage          the same with the best passage, a mean over the query's segments
    norms            shared norms by idf, as a share of the query's
    category,product the probability that the query has the decision's label
    disputed_facts,  share (by idf) of the words of the decision's best label of this kind that the query has
    claim_items
    amount           nearest sum of the query by the amount claimed: smaller / larger
    recency          1 today's, halved every 8 years before the newest candidate
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from search.backends.contract import DecisionFeatures, TermCounts, TermField
from search.decision import QueryClasses
from search.norms import ancestors
from search.records import label_lemmas, term_key
from search.telling_terms import idf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search.ranking.centring import Centring
    from search.ranking.view import QueryView

FEATURES = (
    "lemma",
    "gram",
    "decision",
    "passage",
    "norms",
    "category",
    "product",
    "disputed_facts",
    "claim_items",
    "amount",
    "recency",
)
_SCALED = ("lemma", "gram", "decision", "passage")
_K1, _B = 1.2, 0.75
_HALVED_AFTER_DAYS = 8 * 365.25


def feature_matrix(view: QueryView, candidates: Sequence[DecisionFeatures], centring: Centring) -> NDArray[np.float32]:
    """float32 (candidates, len(FEATURES)), columns as in FEATURES."""
    import numpy as np

    if not candidates:
        return np.zeros((0, len(FEATURES)), np.float32)
    statistics = view.statistics
    classes = view.classes or QueryClasses(product={}, category={})
    columns = {
        "lemma": _bm25(view, "lemma", view.lemmas, [one.lemmas for one in candidates], statistics.mean_lemmas),
        "gram": _bm25(view, "gram", view.grams, [one.grams for one in candidates], statistics.mean_grams),
        "decision": decision_likeness(view, candidates, centring),
        "passage": _passage_likeness(view, candidates, centring),
        "norms": [shared_norms(view, one) for one in candidates],
        "category": _agreement(classes.category, [one.decision.category for one in candidates]),
        "product": _agreement(classes.product, [one.decision.product for one in candidates]),
        "disputed_facts": [label_overlap(view, one.decision.disputed_facts) for one in candidates],
        "claim_items": [label_overlap(view, one.decision.claim_items) for one in candidates],
        "amount": [_amount_likeness(view, one) for one in candidates],
        "recency": _recency(candidates),
    }
    return np.stack([np.asarray(columns[name], np.float32) for name in FEATURES], axis=1)


def scaled(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """`values` (candidates, len(FEATURES)) with the likenesses of texts spread over 0..1 among the candidates: how far
    apart they lie differs from query to query (min-max; .02 nDCG@10 on the dense queries)."""
    import numpy as np

    spread = values.copy()
    if not len(values):
        return spread
    columns = [FEATURES.index(name) for name in _SCALED]
    low, high = values[:, columns].min(axis=0), values[:, columns].max(axis=0)
    spread[:, columns] = (values[:, columns] - low) / np.maximum(high - low, 1e-9)
    return spread


def decision_likeness(
    view: QueryView, candidates: Sequence[DecisionFeatures], centring: Centring
) -> NDArray[np.float32]:
    import numpy as np

    query = centring.of_query(view.vectors.mean(axis=0, keepdims=True), view.short)[0]
    likeness: NDArray[np.float32] = centring.of_decision(np.stack([one.vector for one in candidates])) @ query
    return likeness


def passage_likeness(view: QueryView, candidate: DecisionFeatures, centring: Centring) -> NDArray[np.float32]:
    """Cosines around the centres, float32 (segments of the query, passages of the decision)."""
    passages = centring.of_passages(passage_vectors(candidate))
    likeness: NDArray[np.float32] = centring.of_query(view.vectors, view.short) @ passages.T
    return likeness


def passage_vectors(candidate: DecisionFeatures) -> NDArray[np.float32]:
    import numpy as np

    vectors: NDArray[np.float32] = candidate.passages.astype(np.float32) * candidate.scales[:, None]
    return vectors


def shared_norms(view: QueryView, candidate: DecisionFeatures) -> float:
    total = sum(view.norm_weights.values())
    if not total:
        return 0.0
    cited = {wider for norm in candidate.norms for wider in ancestors(norm)}
    return sum(weight for norm, weight in view.norm_weights.items() if norm in cited) / total


def label_overlap(view: QueryView, labels: Sequence[str]) -> float:
    """The best label's share of words that stand in the query, by idf."""
    return max((_share(view, label) for label in labels), default=0.0)


def _share(view: QueryView, label: str) -> float:
    weights = {lemma: _lemma_idf(view, lemma) for lemma in label_lemmas(label)}
    total = sum(weights.values())
    return sum(weight for lemma, weight in weights.items() if lemma in view.lemmas) / total if total else 0.0


def _lemma_idf(view: QueryView, lemma: str) -> float:
    # Only the query's terms were asked about; a label's other words count as rare ones.
    return idf(view.statistics.decisions, view.statistics.frequency.get(("lemma", lemma), 1))


def _bm25(
    view: QueryView, field: TermField, terms: Mapping[str, float], documents: Sequence[TermCounts], mean: float
) -> NDArray[np.float32]:
    """BM25 (Robertson and Spärck Jones, as in Lucene) of every document, divided by its limit for the query."""
    import numpy as np

    frequency = view.statistics.frequency
    weighed = {
        term_key(term): weight * idf(view.statistics.decisions, frequency[(field, term)])
        for term, weight in terms.items()
        if frequency.get((field, term), 0)
    }
    if not weighed:
        return np.zeros(len(documents), np.float32)
    keys = np.array(sorted(weighed), np.uint32)
    weights = np.array([weighed[int(key)] for key in keys], np.float32)
    sizes = [len(document.keys) for document in documents]
    owners = np.repeat(np.arange(len(documents)), sizes)
    found_keys = np.concatenate([document.keys for document in documents])
    counts = np.concatenate([document.counts for document in documents]).astype(np.float32)
    places = np.minimum(np.searchsorted(keys, found_keys), len(keys) - 1)
    held = keys[places] == found_keys
    lengths = np.bincount(owners, weights=counts, minlength=len(documents))
    owners, counts, places = owners[held], counts[held], places[held]
    saturation = _K1 * (1 - _B + _B * lengths / max(mean, 1.0))
    parts = weights[places] * counts * (_K1 + 1) / (counts + saturation[owners])
    sums = np.bincount(owners, weights=parts, minlength=len(documents))
    scores: NDArray[np.float32] = (sums / (weights.sum() * (_K1 + 1))).astype(np.float32)
    return scores


def _passage_likeness(
    view: QueryView, candidates: Sequence[DecisionFeatures], centring: Centring
) -> NDArray[np.float32]:
    import numpy as np

    query = centring.of_query(view.vectors, view.short)
    sizes = np.array([len(one.passages) for one in candidates])
    likeness = np.zeros(len(candidates), np.float32)
    having = [index for index, size in enumerate(sizes.tolist()) if size]
    if not having:
        return likeness
    vectors = np.concatenate(
        [candidates[i].passages.astype(np.float32) * candidates[i].scales[:, None] for i in having]
    )
    starts = np.concatenate([[0], np.cumsum(sizes[having])[:-1]])
    best = np.maximum.reduceat(query @ centring.of_passages(vectors).T, starts, axis=1)
    likeness[having] = best.mean(axis=0)
    return likeness


def _agreement(probabilities: Mapping[str, float], labels: Sequence[str | None]) -> list[float]:
    return [probabilities.get(label, 0.0) if label else 0.0 for label in labels]


def _amount_likeness(view: QueryView, candidate: DecisionFeatures) -> float:
    claimed = candidate.decision.amount_claimed
    if not claimed or not view.amounts:
        return 0.0
    return max(float(min(claimed, amount) / max(claimed, amount)) for amount in view.amounts)


def _recency(candidates: Sequence[DecisionFeatures]) -> list[float]:
    days = [one.decision.date.toordinal() if one.decision.date else None for one in candidates]
    newest = max((day for day in days if day is not None), default=0)
    return [0.0 if day is None else 0.5 ** ((newest - day) / _HALVED_AFTER_DAYS) for day in days]
