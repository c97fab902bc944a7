"""The road of an officer's words: a few terms typed, the decisions that speak of them."""

from __future__ import annotations

from dataclasses import replace

from search.answering import counted, hits_of, page_of
from search.candidates import candidates, everything
from search.cursor import fingerprint
from search.hit import Found
from search.parts import MOST_HITS, SearchParts, Watch, checked_query
from search.query import Query
from search.ranking.view import view_of


def find(query: Query, parts: SearchParts, fold: bool = True) -> Found:
    """Raises UnknownFilterValue, DatesReversed, AmountsReversed, TopInvalid, CursorInvalid.

    Whatever is typed is searched for as words. A query without a word shows what passes the filters, newest first.
    """
    watch = Watch()
    query = checked_query(query, parts)
    view = view_of(query.text, parts.backend, parts.encoder, None)
    if view.lemmas:
        found = candidates(view, parts.backend, parts.ranker.centring, query.filters, frozenset(), parts.limits)
    else:
        found = everything(parts.backend, query.filters, MOST_HITS)
        query = replace(query, sort="date" if query.sort == "relevance" else query.sort)
    ranked = parts.ranker.rank(view, found)
    page = page_of(ranked, query, fold, fingerprint("find", query.text, query.filters, query.sort, fold))
    counts = counted(parts.backend, query.filters)
    return Found(
        id=query.id,
        total=counts.total,
        hits=hits_of(page, ranked, view, parts.backend, parts.ranker.centring),
        counts=counts.values,
        statistics=None,
        cursor=page.cursor,
        backend=parts.backend.name,
        generation=parts.backend.generation,
        milliseconds=watch.milliseconds(),
    )
