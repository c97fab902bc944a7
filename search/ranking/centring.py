"""Appeals, officers' words, decisions and passages lie in different corners of the encoder's space: each kind is moved
to its own centre before they are compared.

On the dense queries this alone lifts e5 from .43 to .53 nDCG@10 for appeals and from .59 to .69 for officers. A learned
384×384 matrix a side, trained contrastively on other families, added nothing to it that could be measured
(docs/decisions/0009), so there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Centring:
    """The mean vectors, float32 (dimension,): of cases, of short queries, of decisions, of passages. Valid for the
    encoder they were taken with only."""

    case: NDArray[np.float32]
    short: NDArray[np.float32]
    decision: NDArray[np.float32]
    passage: NDArray[np.float32]

    def of_query(self, vectors: NDArray[np.float32], short: float) -> NDArray[np.float32]:
        """(n, dimension) → rows of length 1 around the queries' centre. `short`: 1 for an officer's few words, 0 for a
        case. A row of zeros, which no encoder makes, stays zeros."""
        centre = short * self.short + (1.0 - short) * self.case
        return unit((vectors - centre) * vectors.any(axis=1, keepdims=True))

    def of_decision(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, dimension) → rows of length 1 around the decisions' centre."""
        return unit(vectors - self.decision)

    def of_passages(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, dimension) → rows of length 1 around the passages' centre."""
        return unit(vectors - self.passage)


def no_centring(dimension: int) -> Centring:
    """Plain cosine, for an encoder whose centres were never taken."""
    import numpy as np

    nowhere = np.zeros(dimension, np.float32)
    return Centring(case=nowhere, short=nowhere, decision=nowhere, passage=nowhere)


def unit(vectors: NDArray[Any]) -> NDArray[np.float32]:
    """Rows of length 1; a row of nothing stays nothing."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-9)
    return np.asarray(scaled, np.float32)
