"""FAISS's part of the embedded engine: one vector a decision at 8 bits, scanned exactly, filtered by a bitmap.

An exact scan serves to about 200 000 decisions (26 ms of one core); a filter that few pass makes it faster.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from search.backends.contract import Candidate
from search.errors import IndexDamaged


def built(vectors: NDArray[np.float32]) -> Any:
    """An index over `vectors`, float32 (n, dimension), by position. The range of its 8 bits is learned anew each time:
    a range learned from the first few decisions would clip the later ones."""
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    if len(vectors):
        index.train(vectors)
        index.add(vectors)
    return index


def written(index: Any) -> bytes:
    return bytes(faiss.serialize_index(index).tobytes())


def read(path: Path) -> Any:
    """Raises IndexDamaged when this is no FAISS index."""
    try:
        return faiss.deserialize_index(np.frombuffer(path.read_bytes(), np.uint8))
    except RuntimeError as error:
        raise IndexDamaged(what=path.name) from error


def nearest(
    index: Any, ids: list[str], vector: NDArray[np.float32], passing: NDArray[np.bool_] | None, k: int
) -> list[Candidate]:
    """The `k` best of those that pass, ties by id. `ids` are sorted: position order is id order."""
    k = min(k, index.ntotal if passing is None else int(passing.sum()))
    if k < 1:
        return []
    parameters = None
    if passing is not None:
        parameters = _selecting(passing)
    scores, positions = index.search(vector[None, :].astype(np.float32), k, params=parameters)
    found = [
        Candidate(id=ids[position], score=float(score))
        for score, position in zip(scores[0], positions[0], strict=True)
        if position >= 0
    ]
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.id))


def _selecting(passing: NDArray[np.bool_]) -> Any:
    # FAISS's Python classes are generated and know no types of their own.
    library: Any = faiss
    return library.SearchParameters(sel=library.IDSelectorBitmap(np.packbits(passing, bitorder="little")))
