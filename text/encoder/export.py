"""A sentence-transformers model as an ONNX graph, and the graph at 8 bits."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

QUANTISATION = "int8 weights a channel, 7 bits used; activations 8 bit a text"
"""Per channel: one scale a matrix costs .02 of cosine. 7 of the 8 bits: processors without VNNI add the products of
two full ones in 16 bits and saturate; measured cost .0003 of mean cosine, none of speed."""

_OPSET = 17


def export_graph(model: SentenceTransformer, path: Path) -> None:
    """Write `model` at full precision: `input_ids`, `attention_mask` (texts, tokens) → `vector` (texts, dimension).

    By tracing: the newer exporter of torch needs a package that no index here has.
    """
    import torch

    class Vector(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            vector: torch.Tensor = self.model(features)["sentence_embedding"]
            return vector

    ids = torch.full((2, 16), 5, dtype=torch.int64)
    mask = torch.ones_like(ids)
    mask[1, 8:] = 0
    axes = {0: "texts", 1: "tokens"}
    part = path.with_suffix(".part")
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # of the tracer, about shapes; agreement is what decides
        torch.onnx.export(
            Vector().eval(),
            (ids, mask),
            part,
            dynamo=False,
            opset_version=_OPSET,
            input_names=["input_ids", "attention_mask"],
            output_names=["vector"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vector": {0: "texts"}},
        )
    part.replace(path)


def quantise(graph: Path, path: Path) -> None:
    """Write `graph` with its matrices and embedding tables at 8 bits: a quarter of the size."""
    part = path.with_suffix(".part")
    with _without_advice():
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(
            graph,
            part,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
    part.replace(path)


@contextmanager
def _without_advice() -> Iterator[None]:
    """ONNX Runtime advises, through the root logger, a preparation that only static quantisation needs; and it puts
    a folder of its own on the path, in which a package named `models` would be found before ours."""
    before, path = logging.root.manager.disable, list(sys.path)
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
        sys.path[:] = path
