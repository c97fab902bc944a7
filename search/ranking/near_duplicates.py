"""Near-duplicates: decisions that repeat one another nearly word for word are shown once.

MinHash over word shingles (Broder 1997): the share of equal positions of two signatures estimates the Jaccard
similarity of the sets of shingles, with a standard error of about .06 at 64 positions.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from text.tokens import tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIGNATURE = 64
_SHINGLE = 4
_SAME = 0.7
_SEED = 20190103


def signature(text: str) -> NDArray[np.uint32]:
    """MinHash of the 4-word shingles of `text`, uint32 (64,). Numbers count as one word: two decisions that differ in
    sums and dates only are near-duplicates. All ones for a text without a word."""
    import numpy as np

    words = ["#" if token.text.isdigit() else token.text for token in tokens(text)]
    shingles = {" ".join(words[start : start + _SHINGLE]) for start in range(max(1, len(words) - _SHINGLE + 1))}
    if not words:
        return np.full(SIGNATURE, np.iinfo(np.uint32).max, np.uint32)
    hashes = np.fromiter((zlib.crc32(shingle.encode()) for shingle in shingles), np.uint64, len(shingles))
    random = np.random.default_rng(_SEED)
    seeds = random.integers(0, 1 << 63, SIGNATURE, dtype=np.uint64)
    # The finaliser of MurmurHash3: a product alone would leave the order of the hashes nearly as it is in every row.
    mixed = hashes[None, :] ^ seeds[:, None]
    for shift, factor in ((33, 0xFF51AFD7ED558CCD), (33, 0xC4CEB9FE1A85EC53)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    mixed ^= mixed >> np.uint64(33)
    smallest: NDArray[np.uint32] = (mixed.min(axis=1) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    return smallest


def folded(ids: Sequence[str], signatures: NDArray[np.uint32]) -> dict[str, tuple[str, ...]]:
    """`ids` in rank order, each id that is shown → the ids behind it, which repeat it and rank lower.

    `signatures`: uint32 (len(ids), 64). A decision without words is nobody's duplicate.
    """
    import numpy as np

    shown: list[int] = []
    behind: dict[int, list[str]] = {}
    empty = np.iinfo(np.uint32).max
    for index, name in enumerate(ids):
        if shown and not (signatures[index] == empty).all():
            alike = (signatures[shown] == signatures[index]).mean(axis=1)
            best = int(alike.argmax())
            if alike[best] >= _SAME:
                behind[shown[best]].append(name)
                continue
        shown.append(index)
        behind[index] = []
    return {ids[index]: tuple(names) for index, names in behind.items()}
