"""The road of a whole case: its text, the past decisions most like it, why, and how they ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from search.answering import counted, hits_of, page_of, statistics_of
from search.candidates import candidates
from search.cursor import fingerprint
from search.decision import QueryClasses
from search.hit import Found
from search.norms import ancestors
from search.parts import SearchParts, Watch, checked_query
from search.query import Likeness, Query
from search.ranking.ranker import Ranked
from search.ranking.view import QueryView, norm_weight, view_of

_TAUGHT_BY = 5
"""So many of the decisions most like a case that cites no norms say which norms it is about."""
_AGREED = 2


def find_similar(
    query: Query,
    parts: SearchParts,
    *,
    likeness: Likeness = "all",
    fold: bool = True,
    classes: QueryClasses | None = None,
    exclude: Collection[str] = (),
    statistics: bool = False,
) -> Found:
    """`exclude`: ids that are not to be found, such as the case's own decision.

    Raises UnknownFilterValue, DatesReversed, AmountsReversed, TopInvalid, CursorInvalid.
    """
    watch = Watch()
    query = checked_query(query, parts)
    view = view_of(query.text, parts.backend, parts.encoder, classes)
    centring = parts.ranker.centring
    found = candidates(view, parts.backend, centring, query.filters, frozenset(exclude), parts.limits)
    if likeness == "norms" and not view.norms:
        view = with_norms_of(parts.ranker.rank(view, found)[:_TAUGHT_BY], view, parts)
        found = candidates(view, parts.backend, centring, query.filters, frozenset(exclude), parts.limits)
    ranked = parts.ranker.rank(view, found, likeness)
    belongs_to = fingerprint("similar", query.text, query.filters, query.sort, likeness, fold, sorted(exclude))
    page = page_of(ranked, query, fold, belongs_to)
    counts = counted(parts.backend, query.filters)
    return Found(
        id=query.id,
        total=counts.total,
        hits=hits_of(page, ranked, view, parts.backend, centring),
        counts=counts.values,
        statistics=statistics_of(ranked) if statistics else None,
        cursor=page.cursor,
        backend=parts.backend.name,
        generation=parts.backend.generation,
        milliseconds=watch.milliseconds(),
    )


def with_norms_of(best: Sequence[Ranked], view: QueryView, parts: SearchParts) -> QueryView:
    """`view` as if its case cited what at least 2 of the decisions most like it cite."""
    cited = Counter(
        wider for one in best for wider in {part for norm in one.features.norms for part in ancestors(norm)}
    )
    norms = frozenset(norm for norm, n in cited.items() if n >= min(_AGREED, len(best)))
    statistics = parts.backend.term_statistics([("norm", norm) for norm in norms])
    weights = {norm: norm_weight(statistics, norm) for norm in norms}
    return replace(view, norms=norms, norm_weights=weights)
