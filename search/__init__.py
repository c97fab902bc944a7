"""Query → candidates → ranking → reasons, over exchangeable engines. Imports `text` only.

    from search import Filters, Query, Searcher, Vocabulary, open_embedded, rebuild_embedded
    from search.records import index_identity, make_records

    with rebuild_embedded(folder, index_identity(encoder)) as backend:    # a fresh index beside the old one
        backend.upsert(make_records(decisions, encoder))
        backend.commit(watermark="42")                                    # the first commit takes the old one's place

    backend = open_embedded(folder, index_identity(encoder), writable=True)   # IndexAbsent, IndexDamaged, IndexMismatch
    backend.upsert(make_records(more, encoder)); backend.delete(["dec-7"]); backend.commit()

    searcher = Searcher(backend=backend, encoder=encoder, vocabulary=Vocabulary(product=…, category=…))
    found = searcher.find(Query(id="1", text="возврат премии период охлаждения", filters=Filters(product=("OSAGO",))))
    found = searcher.similar(Query(id="2", text=case), likeness="all", fold=True, classes=None, exclude=(),
                             statistics=True)

Importing this package is light: the engines and the encoder's libraries are imported when an index is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from search.decision import Decision, QueryClasses, Section
from search.filters import Filters, Vocabulary
from search.hit import Found, Hit
from search.query import Likeness, Query, Sort

if TYPE_CHECKING:
    from search.backends.embedded.engine import open_embedded, rebuild_embedded
    from search.records import index_identity, make_records
    from search.searcher import Searcher

__all__ = [
    "Decision",
    "Filters",
    "Found",
    "Hit",
    "Likeness",
    "Query",
    "QueryClasses",
    "Searcher",
    "Section",
    "Sort",
    "Vocabulary",
    "index_identity",
    "make_records",
    "open_embedded",
    "rebuild_embedded",
]

_HEAVY = {
    "Searcher": "search.searcher",
    "index_identity": "search.records",
    "make_records": "search.records",
    "open_embedded": "search.backends.embedded.engine",
    "rebuild_embedded": "search.backends.embedded.engine",
}


def __getattr__(name: str) -> Any:
    # Commands that never search must not wait for numpy, tantivy and FAISS.
    if name in _HEAVY:
        from importlib import import_module

        return getattr(import_module(_HEAVY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
