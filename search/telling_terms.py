"""Of the many words of a long query, the few that tell it from other cases."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from search.backends.contract import TermField, TermStatistics, WeightedTerm


def idf(decisions: int, frequency: int) -> float:
    """The inverse document frequency of BM25 (Robertson and Spärck Jones 1976, kept above 0 as Lucene does)."""
    return math.log1p((decisions - frequency + 0.5) / (frequency + 0.5)) if decisions else 0.0


def telling_terms(field: TermField, terms: Iterable[str], statistics: TermStatistics, most: int) -> list[WeightedTerm]:
    """At most `most` terms by tf·idf, a repeat counting by its logarithm; those no decision has are left out.

    Weights are for BM25, which brings the idf itself: 1 + ln(tf). Ties by the term.
    """
    weighted: list[tuple[float, str, float]] = []
    for term, n in Counter(terms).items():
        frequency = statistics.frequency.get((field, term), 0)
        if frequency:
            weight = 1.0 + math.log(n)
            weighted.append((weight * idf(statistics.decisions, frequency), term, weight))
    weighted.sort(key=lambda one: (-one[0], one[1]))
    return [WeightedTerm(field=field, text=term, weight=weight) for _, term, weight in weighted[:most]]
