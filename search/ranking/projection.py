"""A pair of learned maps into a space where everyday words and legal words meet.

The encoder is frozen; queries and decisions go through one matrix each, trained contrastively on pairs of a query and a
decision that is like it (`search.ranking.train`). Serving multiplies and normalises, nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Projection:
    """`query`, `decision`: float32 (dimension, rank). Valid for vectors of the encoder it was trained on only."""

    query: NDArray[np.float32]
    decision: NDArray[np.float32]

    def of_query(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, dimension) → (n, rank), rows of length 1."""
        return _unit(vectors @ self.query)

    def of_decision(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, dimension) → (n, rank), rows of length 1."""
        return _unit(vectors @ self.decision)

    def as_asked(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The vector to ask an engine for, so that its inner products with plain decision vectors are those of the
        learned space (but for the length of the decision's image): (dimension,) → (dimension,)."""
        asked: NDArray[np.float32] = self.decision @ self.of_query(vector[None, :])[0]
        return asked


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    lengths: NDArray[np.float32] = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9).astype(np.float32)
    return vectors / lengths
