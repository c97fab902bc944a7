"""A query as the ranking sees it: its terms, its vectors, what it cites and what it is probably about."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from search.backends.contract import Backend, TermStatistics
from search.boilerplate import without_boilerplate
from search.decision import QueryClasses
from search.norms import ancestors
from search.parse import ParsedQuery, parse
from search.passages import Span, query_segments
from search.telling_terms import idf
from text.values.money import find_sums

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from text.encoder.contract import Encoder

_FEW_WORDS, _MANY_WORDS = 18, 40
"""Lemmas of an officer's query and of an appeal: below the one a query is wholly short, above the other not at all."""
_LEAST_SUM = Decimal(500)
_QUOTED_WEIGHT = 2.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class QueryView:
    """`lemmas`, `grams`: term → weight (1 + ln tf). `segments` of `parsed.text` with their `vectors`, float32
    (segments, dimension), of length 1 or, without an encoder, 0. `norms`: cited, with what they are a part of.
    `amounts`: roubles. `short`: 1 for an officer's few words, 0 for a case."""

    parsed: ParsedQuery
    lemmas: Mapping[str, float]
    grams: Mapping[str, float]
    segments: tuple[Span, ...]
    vectors: NDArray[np.float32]
    norms: frozenset[str]
    amounts: tuple[Decimal, ...]
    classes: QueryClasses | None
    short: float
    statistics: TermStatistics
    norm_weights: Mapping[str, float] = field(default_factory=dict)


def view_of(text: str, backend: Backend, encoder: Encoder, classes: QueryClasses | None) -> QueryView:
    """Everything ranking asks of a query, computed once. Never raises for any text."""
    import numpy as np

    parsed = parse(text)
    telling = parse(without_boilerplate(parsed.text))
    terms = telling if telling.lemmas else parsed
    lemmas = {term: 1.0 + math.log(n) for term, n in Counter(terms.lemmas).items()}
    for term in parsed.quoted & lemmas.keys():
        lemmas[term] *= _QUOTED_WEIGHT
    grams = {term: 1.0 + math.log(n) for term, n in Counter(terms.grams).items()}
    norms = frozenset(wider for norm in parsed.norms for wider in ancestors(norm.norm))
    statistics = backend.term_statistics(
        [("lemma", term) for term in lemmas] + [("gram", term) for term in grams] + [("norm", norm) for norm in norms]
    )
    weigh = _density(lemmas, statistics)
    segments = tuple(query_segments(parsed.text, weigh))
    vectors = encoder.encode_queries([parsed.text[span.start : span.end] for span in segments])
    return QueryView(
        parsed=parsed,
        lemmas=lemmas,
        grams=grams,
        segments=segments,
        vectors=np.asarray(vectors, np.float32),
        norms=norms,
        amounts=tuple(sum_.value for sum_ in find_sums(parsed.text) if sum_.value >= _LEAST_SUM),
        classes=classes,
        short=float(np.clip((_MANY_WORDS - parsed.words) / (_MANY_WORDS - _FEW_WORDS), 0.0, 1.0)),
        statistics=statistics,
        norm_weights={norm: norm_weight(statistics, norm) for norm in norms},
    )


def norm_weight(statistics: TermStatistics, norm: str) -> float:
    return idf(statistics.decisions, statistics.frequency.get(("norm", norm), 0))


def _density(lemmas: Mapping[str, float], statistics: TermStatistics) -> Mapping[str, float]:
    """Term → tf·idf, for choosing the segments of a long query that say most."""
    return {
        term: weight * idf(statistics.decisions, statistics.frequency.get(("lemma", term), 0))
        for term, weight in lemmas.items()
    }
