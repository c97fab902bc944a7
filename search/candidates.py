"""Where candidates come from: several short lists of an engine, joined. Ranking reads only what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from search.backends.contract import Backend, DecisionFeatures, WeightedTerm
from search.filters import Filters
from search.ranking.centring import Centring
from search.ranking.view import QueryView
from search.telling_terms import telling_terms


@dataclass(frozen=True, kw_only=True, slots=True)
class CandidateLimits:
    """How long each list is, and how many of a query's terms are asked for."""

    lemmas: int = 200
    grams: int = 150
    norms: int = 100
    nearest: int = 200
    telling_lemmas: int = 64
    telling_grams: int = 64


def candidates(
    view: QueryView,
    backend: Backend,
    centring: Centring,
    filters: Filters,
    exclude: frozenset[str],
    limits: CandidateLimits,
) -> list[DecisionFeatures]:
    """Decisions that share telling words, parts of words or norms with the query, or lie near it, by id. To a query
    without a word nothing is like."""
    if not view.lemmas:
        return []
    lemmas = telling_terms("lemma", view.parsed.lemmas, view.statistics, limits.telling_lemmas)
    grams = telling_terms("gram", view.parsed.grams, view.statistics, limits.telling_grams)
    norms = [WeightedTerm(field="norm", text=norm, weight=weight) for norm, weight in sorted(view.norm_weights.items())]
    found = [
        *backend.lexical(lemmas, filters, limits.lemmas),
        *backend.lexical(grams, filters, limits.grams),
        *backend.lexical(norms, filters, limits.norms),
    ]
    # Inner products with the centred query order plain vectors as the centred space does, but for their lengths.
    asked = centring.of_query(view.vectors.mean(axis=0, keepdims=True), view.short)[0]
    if asked.any():
        found += backend.dense(asked, filters, limits.nearest)
    names = sorted({one.id for one in found} - exclude)
    features = backend.features(names)
    return [features[name] for name in names if name in features]


def everything(backend: Backend, filters: Filters, most: int) -> list[DecisionFeatures]:
    """At most `most` of the decisions that pass, for a query that says nothing."""
    import numpy as np

    nowhere = np.zeros(backend.health().identity.dimension, np.float32)
    names = sorted(one.id for one in backend.dense(nowhere, filters, most))
    features = backend.features(names)
    return [features[name] for name in names if name in features]
