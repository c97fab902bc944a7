"""The same encoder in full precision: sentence-transformers on torch, for building, training and checking.

Takes 8 s to import and a gigabyte; the server runs `text.encoder.onnx` instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from text.encoder.contract import EncoderIdentity
from text.encoder.errors import EncoderMissing
from text.encoder.form import encoder_form
from text.encoder.manifest import identity_of, prefixes_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer


@contextmanager
def quiet_loading() -> Iterator[None]:
    """transformers prints a bar and a report to standard error while it loads."""
    from logging import ERROR

    from transformers.utils import logging

    level, bar = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity(ERROR)
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bar:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def open_full_encoder(directory: Path, *, threads: int = 1, batch: int = 8) -> SentenceTransformersEncoder:
    """The encoder of a sentence-transformers directory, without a network. `threads` are torch's, of the whole
    process. Raises EncoderMissing."""
    if not (directory / "modules.json").is_file():
        raise EncoderMissing(directory=directory)
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    with quiet_loading():
        # "eager": the attention that the ONNX export knows; on CPU at these lengths no slower.
        model = SentenceTransformer(
            str(directory), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "eager"}
        )
    return SentenceTransformersEncoder(model=model.eval(), directory=directory, batch=batch)


class SentenceTransformersEncoder:
    """An `Encoder`; `model` is open for training. Batches hold texts of like length."""

    def __init__(self, *, model: SentenceTransformer, directory: Path, batch: int) -> None:
        self.model = model
        self._batch = batch
        self._prefixes = prefixes_of(directory)
        self._identity = identity_of(directory, dimension=int(model.get_embedding_dimension() or 0))

    @property
    def identity(self) -> EncoderIdentity:
        return self._identity

    @property
    def max_tokens(self) -> int:
        return int(self.model.max_seq_length or 512)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded(self._prefixes.query, texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded(self._prefixes.passage, texts)

    def count_tokens(self, text: str) -> int:
        ids = self.model.tokenizer(self._prefixes.passage + encoder_form(text), truncation=False, verbose=False)
        return len(ids["input_ids"])

    def _encoded(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self._identity.dimension), np.float32)
        vectors: NDArray[np.float32] = self.model.encode(
            [prefix + encoder_form(text) for text in texts],
            prompt="",  # the prefix is there already
            batch_size=self._batch,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return vectors.astype(np.float32, copy=False)
