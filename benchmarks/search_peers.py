"""The systems search is measured against: the usual ones, and those that know what no system can know."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.search_data import LabelledLibrary, LabelledQuery
from search.backends.contract import DecisionFeatures
from search.decision import Decision
from search.ranking.centring import no_centring
from search.ranking.features import FEATURES, feature_matrix, scaled
from search.ranking.view import QueryView

BM25, E5, RRF, MIN_MAX = "Snowball BM25", "e5 alone", "RRF(BM25, e5)", "min-max .5 e5 + .25 lemma + .25 gram"
GOLD, GOLD_BM25 = "gold category, random order", "gold category + BM25"
PEERS = (BM25, E5, RRF, MIN_MAX, GOLD, GOLD_BM25)
_RRF = 60
_WORD = re.compile(r"\w+")

Scores = Mapping[str, NDArray[np.float64]]
"""Query → a score a decision, in the library's order."""


def peer_scores(
    library: LabelledLibrary, features: Sequence[DecisionFeatures], seen: Mapping[str, QueryView]
) -> dict[str, Scores]:
    """Every peer's scores for every query of the library."""
    bm25 = _snowball_bm25(library.decisions, library.queries)
    e5: dict[str, NDArray[np.float64]] = {}
    fused: dict[str, NDArray[np.float64]] = {}
    plain = no_centring(len(features[0].vector))
    column = FEATURES.index
    for query in library.queries:
        values = feature_matrix(seen[query.id], features, plain)
        spread = scaled(values)
        e5[query.id] = values[:, column("decision")].astype(float)
        weights = {"decision": 0.5, "lemma": 0.25, "gram": 0.25}
        fused[query.id] = np.sum([weight * spread[:, column(name)] for name, weight in weights.items()], axis=0)
    categories = np.array([decision.category for decision in library.decisions])
    gold = {query.id: (categories == query.category).astype(float) for query in library.queries}
    # Ids tell families: the order inside the category has to forget them.
    shuffled = np.random.default_rng(0)
    return {
        BM25: bm25,
        E5: e5,
        RRF: {name: _reciprocal(bm25[name]) + _reciprocal(e5[name]) for name in bm25},
        MIN_MAX: fused,
        GOLD: {name: gold[name] + 0.5 * shuffled.random(len(categories)) for name in gold},
        GOLD_BM25: {name: gold[name] * 1e6 + bm25[name] for name in gold},
    }


def ranked(scores: NDArray[np.float64], decisions: Sequence[Decision]) -> list[str]:
    """Ids by falling score, ties by id."""
    order = sorted(range(len(decisions)), key=lambda index: (-scores[index], decisions[index].id))
    return [decisions[index].id for index in order]


def _snowball_bm25(decisions: Sequence[Decision], queries: Sequence[LabelledQuery]) -> Scores:
    """bm25s as its manual shows it, with PyStemmer's Russian stemmer."""
    import bm25s
    import Stemmer

    stem: Callable[[list[str]], list[str]] = Stemmer.Stemmer("russian").stemWords

    def words(text: str) -> list[str]:
        return stem(_WORD.findall(text.lower().replace("ё", "е")))

    index = bm25s.BM25()
    index.index([words(" ".join(s.text for s in decision.sections)) for decision in decisions], show_progress=False)
    return {query.id: np.asarray(index.get_scores(words(query.text)), float) for query in queries}


def _reciprocal(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return 1.0 / (_RRF + ranks)
