"""The sentence encoder: text to vectors in which what is said alike lies near.

Serving runs an 8-bit ONNX model and imports no torch; building, training and checking use sentence-transformers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from text.encoder.contract import Encoder, EncoderIdentity

if TYPE_CHECKING:
    from text.encoder.onnx import open_encoder

__all__ = ["Encoder", "EncoderIdentity", "open_encoder"]


def __getattr__(name: str) -> Any:
    # Commands that never encode must not wait for ONNX Runtime.
    if name == "open_encoder":
        from text.encoder.onnx import open_encoder

        return open_encoder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
