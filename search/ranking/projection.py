"""A learned pair of maps into a space where everyday words and legal words meet.

The encoder is frozen. Appeals, officers' words and decisions lie in different corners of its space; each kind is moved
to its own centre, then goes through a matrix trained contrastively on pairs of a query and a decision like it
(`search.ranking.train`). Serving subtracts, multiplies and normalises, nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Projection:
    """`query`, `decision`: float32 (dimension, rank). The centres, float32 (dimension,): of cases, of short queries,
    of decision vectors, of passage vectors. Valid for vectors of the encoder it was trained on only."""

    query: NDArray[np.float32]
    decision: NDArray[np.float32]
    case_centre: NDArray[np.float32]
    short_centre: NDArray[np.float32]
    decision_centre: NDArray[np.float32]
    passage_centre: NDArray[np.float32]

    def of_query(self, vectors: NDArray[np.float32], short: float) -> NDArray[np.float32]:
        """(n, dimension) → (n, rank), rows of length 1. `short`: 1 for an officer's few words, 0 for a case."""
        centre = short * self.short_centre + (1.0 - short) * self.case_centre
        return unit((vectors - centre) @ self.query)

    def of_decision(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, dimension) → (n, rank), rows of length 1."""
        return unit((vectors - self.decision_centre) @ self.decision)

    def of_passages(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, dimension) → (n, rank), rows of length 1."""
        return unit((vectors - self.passage_centre) @ self.decision)

    def as_asked(self, projected: NDArray[np.float32]) -> NDArray[np.float32]:
        """The vector to ask an engine for, so that its inner products with plain decision vectors order them as the
        learned space does, but for the length of a decision's image: (rank,) → (dimension,)."""
        asked: NDArray[np.float32] = self.decision @ projected
        return asked


def identity(dimension: int) -> Projection:
    """Plain cosine, for an encoder that nothing was learned for."""
    import numpy as np

    same, nowhere = np.eye(dimension, dtype=np.float32), np.zeros(dimension, np.float32)
    return Projection(
        query=same,
        decision=same,
        case_centre=nowhere,
        short_centre=nowhere,
        decision_centre=nowhere,
        passage_centre=nowhere,
    )


def unit(vectors: NDArray[Any]) -> NDArray[np.float32]:
    """Rows of length 1; a row of nothing stays nothing."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-9)
    return np.asarray(scaled, np.float32)
