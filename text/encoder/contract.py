"""What the rooms above ask of a sentence encoder. Two implementations pass `tests/conformance/encoder_suite.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from text.encoder.errors import EncoderMismatch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class EncoderIdentity:
    """Which encoder made a vector: vectors of different identities must never be compared.

    `version` is a short hash over the weights, the tokenizer, the pooling and the form of the text that enters;
    `dimension` is the length of every vector.
    """

    model: str
    version: str
    dimension: int

    def __str__(self) -> str:
        return f"{self.model}@{self.version}, {self.dimension}"


def require_same_encoder(made_with: EncoderIdentity, present: EncoderIdentity) -> None:
    """Raises EncoderMismatch when vectors made with one are about to be compared with vectors of the other."""
    if made_with != present:
        raise EncoderMismatch(made_with=made_with, present=present)


class Encoder(Protocol):
    """Sentences to vectors.

    The text enters in normal form (`text.encoder.form.encoder_form`) behind the prefix the model was trained with.
    Tokens beyond `max_tokens` are not read. A text's vector does not depend on what else is in the call (beyond
    rounding, 1e-5), and the same call gives the same bytes. An empty text has a vector too: that of the prefix alone.
    """

    @property
    def identity(self) -> EncoderIdentity: ...

    @property
    def max_tokens(self) -> int:
        """The longest input in tokens, prefix and both end marks included."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of what is looked for, shape (len(texts), dimension), each of length 1, in the order given."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of what is found, shape (len(texts), dimension), each of length 1, in the order given."""
        ...

    def count_tokens(self, text: str) -> int:
        """Tokens `encode_passages` would read of `text` if it had no limit, prefix and both end marks included."""
        ...
