"""A tiny encoder for tests of the rooms above the encoder: no weights, similar texts are near, nothing to download."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from text.encoder.contract import EncoderIdentity
from text.encoder.form import encoder_form
from text.grams import word_grams
from text.tokens import tokens


class HashingEncoder:
    """Character trigrams and tetragrams of words hashed into `dimension` signed cells: an `Encoder` in every respect
    but knowledge. Two texts are near when they share the stems of words."""

    def __init__(self, dimension: int = 64) -> None:
        self._identity = EncoderIdentity(model="hashing-stand-in", version="1", dimension=dimension)

    @property
    def identity(self) -> EncoderIdentity:
        return self._identity

    @property
    def max_tokens(self) -> int:
        return 512

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded("query: ", texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded("passage: ", texts)

    def count_tokens(self, text: str) -> int:
        return 4 + sum(1 for _ in tokens(encoder_form(text)))

    def _encoded(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self._identity.dimension), np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            words = [token.text for token in tokens(encoder_form(text))][: self.max_tokens - 4]
            read = " ".join(words)
            # The prefix alone is a twentieth of a gram: it gives the empty text a vector and moves no other.
            for gram, weight in [(prefix, 0.05), *((gram, 1.0) for n in (3, 4) for gram in word_grams(read, n))]:
                number = int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "little")
                vector[number % self._identity.dimension] += weight if number >> 63 else -weight
            length = float(np.linalg.norm(vector))
            if length < 1e-6:  # every gram cancelled another
                vector[0] = length = 1.0
            vector /= length
        return vectors
