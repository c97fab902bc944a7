"""How near a candidate stands to those that rank best: decisions on one question come together, so what is like the
likely ones is likely too (cluster-based re-ranking, Kurland and Lee 2004).

Everyday words meet legal words here: a case told in the first finds one decision, and that decision's own words find
its siblings.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from search.backends.contract import DecisionFeatures
from search.norms import ancestors
from search.records import label_lemmas, term_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search.ranking.centring import Centring

NEIGHBOUR_FEATURES = ("near_words", "near_meaning", "near_norms", "near_labels")
_BEST = 24
"""Candidates whose neighbourhood is looked at: the weight of what ranks below is next to nothing."""


def neighbour_matrix(
    candidates: Sequence[DecisionFeatures],
    scores: NDArray[np.float64],
    temperature: float,
    centring: Centring,
) -> NDArray[np.float32]:
    """float32 (candidates, 4), columns as in NEIGHBOUR_FEATURES: mean likeness to the best by `scores`, (candidates,),
    weighted by softmax(scores / temperature). A decision counts as like itself as its nearest other is."""
    import numpy as np

    if len(candidates) < 2:
        return np.zeros((len(candidates), len(NEIGHBOUR_FEATURES)), np.float32)
    best = np.argsort(-scores, kind="stable")[:_BEST]
    weights = np.exp((scores[best] - scores[best[0]]) / temperature)
    weights /= weights.sum()
    vectors = centring.of_decision(np.stack([one.vector for one in candidates]))
    words = [(one.lemmas.keys, one.lemmas.counts) for one in candidates]
    columns = (
        _words_likeness(words, best),
        vectors[best] @ vectors.T,
        _words_likeness([_once(_norm_keys(one.norms)) for one in candidates], best),
        _words_likeness([_once(_label_keys(one)) for one in candidates], best),
    )
    return np.stack([weights @ _without_self(likeness, best) for likeness in columns], axis=1).astype(np.float32)


def _without_self(likeness: NDArray[np.float32], best: NDArray[np.int64]) -> NDArray[np.float32]:
    import numpy as np

    likeness = np.array(likeness, np.float32)
    rows = np.arange(len(best))
    likeness[rows, best] = -1.0
    likeness[rows, best] = likeness.max(axis=1)
    return likeness


def _words_likeness(
    documents: Sequence[tuple[NDArray[np.uint32], NDArray[np.uint8]]], best: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Cosine of tf·idf, (len(best), documents): 1 + ln tf, idf over the candidates themselves; terms that one candidate
    alone has say nothing about likeness and are left out."""
    import numpy as np
    from scipy.sparse import csr_matrix

    n = len(documents)
    sizes = [len(keys) for keys, _ in documents]
    owners = np.repeat(np.arange(n), sizes)
    keys, columns = np.unique(np.concatenate([keys for keys, _ in documents]), return_inverse=True)
    counts = np.concatenate([counts for _, counts in documents])
    if not len(keys):
        return np.zeros((len(best), n), np.float32)
    frequency = np.bincount(columns, minlength=len(keys))
    idf = np.where(frequency > 1, np.log((1 + n) / (1 + frequency)) + 1, 0.0).astype(np.float32)
    weighted = (1 + np.log(counts.astype(np.float64))) * idf[columns]
    lengths = np.sqrt(np.bincount(owners, weights=weighted**2, minlength=n))
    matrix = csr_matrix((weighted / np.maximum(lengths[owners], 1e-9), (owners, columns)), shape=(n, len(keys)))
    return np.asarray((matrix[best] @ matrix.T).toarray(), np.float32)


def _once(keys: tuple[int, ...]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    import numpy as np

    return np.array(keys, np.uint32), np.ones(len(keys), np.uint8)


@lru_cache(maxsize=1 << 16)
def _norm_keys(norms: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(sorted({term_key(wider) for norm in norms for wider in ancestors(norm)}))


def _label_keys(features: DecisionFeatures) -> tuple[int, ...]:
    labels = (*features.decision.claim_items, *features.decision.disputed_facts)
    return tuple(sorted({term_key(lemma) for label in labels for lemma in label_lemmas(label)}))
