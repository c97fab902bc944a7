"""A decision as the library keeps it: what search knows of it, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from search.decision import Decision


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredDecision:
    """`decision` is anonymised. `source`: file and line it came from; `content_hash`: SHA-256 of the imported row.

    `version` counts how often its content changed, from 1. `change` is its place in the library's history: the index
    that has seen every change up to N holds exactly the decisions whose `change` is at most N.
    """

    decision: Decision
    source: str
    content_hash: str
    version: int
    change: int
    imported_at: datetime
