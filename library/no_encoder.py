"""What stands in for the sentence encoder where none is installed: every vector is zero, so nothing is near anything.

An index made with it finds by words, grams and norms; its identity says so, and an encoder that comes later cannot
mistake its zeros for vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from text.encoder.contract import EncoderIdentity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_ENCODER = "none"
_DIMENSION = 384


class NoEncoder:
    """See `text.encoder.contract.Encoder`; vectors here have length 0, not 1."""

    @property
    def identity(self) -> EncoderIdentity:
        return EncoderIdentity(model=NO_ENCODER, version="1", dimension=_DIMENSION)

    @property
    def max_tokens(self) -> int:
        return 512

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        return np.zeros((len(texts), _DIMENSION), np.float32)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_queries(texts)

    def count_tokens(self, text: str) -> int:
        return len(text.split())
