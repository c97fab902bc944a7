"""The encoder that serves: the 8-bit model in ONNX Runtime. Imports neither torch nor transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from text.encoder.contract import Encoder, EncoderIdentity
from text.encoder.errors import EncoderDamaged
from text.encoder.form import encoder_form
from text.encoder.manifest import MODEL, TOKENIZER, Manifest, read_manifest, verify_files

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer


def open_encoder(directory: Path, *, threads: int = 1) -> Encoder:
    """The encoder built in `directory`, on `threads` threads a call; safe to call from several threads.

    Raises EncoderMissing, EncoderDamaged, EncoderMismatch (built for an older form of text).
    """
    manifest = read_manifest(directory)
    verify_files(directory, manifest)
    return OnnxEncoder(
        manifest=manifest,
        tokenizer=open_tokenizer(directory / TOKENIZER, manifest.max_tokens),
        session=open_session(directory / MODEL, threads=threads),
    )


def open_session(model: Path, *, threads: int = 1) -> InferenceSession:
    """Raises EncoderDamaged."""
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except (Fail, InvalidGraph, InvalidProtobuf) as broken:
        raise EncoderDamaged(file=model) from broken


def open_tokenizer(path: Path, max_tokens: int) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


class OnnxEncoder:
    """An `Encoder` over a session with inputs `input_ids`, `attention_mask` (int64, (texts, tokens)) and one output,
    (texts, dimension).

    Texts run one by one, without padding: 20 % faster on CPU than batches of eight, and the 8-bit scales, which are
    taken over a whole batch, cannot depend on a text's neighbours.
    """

    def __init__(self, *, manifest: Manifest, tokenizer: Tokenizer, session: InferenceSession) -> None:
        self._manifest = manifest
        self._tokenizer = tokenizer
        self._session = session

    @property
    def identity(self) -> EncoderIdentity:
        return self._manifest.identity

    @property
    def max_tokens(self) -> int:
        return self._manifest.max_tokens

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded(self._manifest.prefixes.query, texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded(self._manifest.prefixes.passage, texts)

    def count_tokens(self, text: str) -> int:
        encoding = self._tokenizer.encode(self._manifest.prefixes.passage + encoder_form(text))
        # What truncation cut off stands in the overflowing parts, each with both end marks again.
        return len(encoding.ids) + sum(len(part.ids) - 2 for part in encoding.overflowing)

    def _encoded(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.identity.dimension), np.float32)
        seen: dict[str, int] = {}
        for row, text in enumerate(texts):
            entering = prefix + encoder_form(text)
            first = seen.setdefault(entering, row)
            vectors[row] = self._vector(entering) if first == row else vectors[first]
        return vectors

    def _vector(self, entering: str) -> NDArray[np.float32]:
        ids = np.array([self._tokenizer.encode(entering).ids], np.int64)
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        vector: NDArray[np.float32] = vectors[0]
        return vector / max(float(np.linalg.norm(vector)), 1e-12)
