"""What is asked: a query, its filters, how many answers and in which order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from search.filters import Filters

Sort = Literal["relevance", "date", "amount"]
Likeness = Literal["all", "facts", "norms", "text"]
"""Which likeness counts: everything; what happened; which norms are cited; the wording alone."""

SORTS: tuple[Sort, ...] = get_args(Sort)
LIKENESSES: tuple[Likeness, ...] = get_args(Likeness)


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """`text`: an officer's words (`Search.find`) or a whole case (`Search.similar`). `cursor`: of the page before.

    `sort` by date or amount claimed orders the best candidates anew, highest first.
    """

    id: str
    text: str
    filters: Filters = field(default_factory=Filters)
    top: int = 10
    cursor: str | None = None
    sort: Sort = "relevance"
