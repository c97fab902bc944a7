"""The door to this room: one object that answers both kinds of question."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from search.backends.contract import Backend
from search.decision import QueryClasses
from search.filters import Vocabulary
from search.finding import find
from search.hit import Found
from search.likeness import find_similar
from search.parts import SearchParts
from search.query import Likeness, Query
from search.ranking.ranker import Ranker, shipped_ranker

if TYPE_CHECKING:
    from text.encoder.contract import Encoder


class Searcher:
    """`encoder` must be the one the index was made with; `ranker` None takes the shipped one.

    Safe to call from several threads. Raises RankerInvalid when the shipped ranker cannot be read.
    """

    def __init__(
        self,
        *,
        backend: Backend,
        encoder: Encoder,
        vocabulary: Vocabulary | None = None,
        ranker: Ranker | None = None,
    ) -> None:
        self._parts = SearchParts(
            backend=backend,
            encoder=encoder,
            ranker=ranker or shipped_ranker(encoder.identity),
            vocabulary=vocabulary or Vocabulary(),
        )

    def find(self, query: Query, *, fold: bool = True) -> Found:
        """See `search.finding.find`."""
        return find(query, self._parts, fold)

    def similar(
        self,
        query: Query,
        *,
        likeness: Likeness = "all",
        fold: bool = True,
        classes: QueryClasses | None = None,
        exclude: Collection[str] = (),
        statistics: bool = False,
    ) -> Found:
        """See `search.likeness.find_similar`."""
        return find_similar(
            query,
            self._parts,
            likeness=likeness,
            fold=fold,
            classes=classes,
            exclude=exclude,
            statistics=statistics,
        )
