"""The learned ranker: a linear score over the features, one set of weights for a case and one for an officer's words.

What is shipped is data: `models/ranker/ranker.json` with the weights and `models/ranker/projection.npz` with the maps;
their card says on what they were trained and how well they rank.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from search.backends.contract import DecisionFeatures
from search.errors import RankerInvalid
from search.query import Likeness
from search.ranking.features import FEATURES, feature_matrix
from search.ranking.projection import Projection, identity
from search.ranking.view import QueryView

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from text.encoder.contract import EncoderIdentity

COUNTED_BY: Mapping[Likeness, tuple[str, ...]] = {
    "all": FEATURES,
    "facts": ("lemma", "gram", "decision", "passage", "disputed_facts", "claim_items", "amount"),
    "text": ("lemma", "gram", "decision", "passage"),
    "norms": ("norms",),
}
"""The features each kind of likeness counts."""
_ARRAYS = ("query", "decision", "case_centre", "short_centre", "decision_centre", "passage_centre")
_TIE = 1e-3
"""How much everything else counts where only norms do: enough to order decisions that share the same ones."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """Feature → weight: for a case (`long`), and for an officer's few words (`short`)."""

    long: Mapping[str, float]
    short: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class RankerFile:
    """`ranker.json`. `plain`: weights for encoders other than the one the projection was trained on."""

    encoder_model: str
    dimension: int
    learned: Weights
    plain: Weights
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """One candidate with its score, and what every feature adds to it (FEATURES order)."""

    features: DecisionFeatures
    score: float
    contributions: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ranker:
    projection: Projection
    weights: Weights

    def rank(self, view: QueryView, candidates: Sequence[DecisionFeatures], likeness: Likeness = "all") -> list[Ranked]:
        """Best first; equal scores by id."""
        import numpy as np

        values = feature_matrix(view, candidates, self.projection)
        added = values * self._vector(view.short)
        counted = np.array([name in COUNTED_BY[likeness] for name in FEATURES])
        scores = added[:, counted].sum(axis=1)
        if likeness == "norms":
            scores = values[:, FEATURES.index("norms")] + _TIE * added.sum(axis=1)
        ranked = [
            Ranked(features=one, score=round(float(score), 6), contributions=tuple(map(float, parts * counted)))
            for one, score, parts in zip(candidates, scores, added, strict=True)
        ]
        return sorted(ranked, key=lambda one: (-one.score, one.features.decision.id))

    def _vector(self, short: float) -> NDArray[np.float32]:
        import numpy as np

        return np.array(
            [short * self.weights.short.get(n, 0.0) + (1 - short) * self.weights.long.get(n, 0.0) for n in FEATURES],
            np.float32,
        )


def shipped_ranker(encoder: EncoderIdentity) -> Ranker:
    """The ranker in `models/ranker`, with its projection where `encoder` is the one it was trained on.

    Raises RankerInvalid.
    """
    return read_ranker(Path(str(files("models").joinpath("ranker"))), encoder.model, encoder.dimension)


@lru_cache(maxsize=8)
def read_ranker(folder: Path, encoder_model: str, dimension: int) -> Ranker:
    """Raises RankerInvalid."""
    import numpy as np

    try:
        described = TypeAdapter(RankerFile).validate_json((folder / "ranker.json").read_bytes())
        if (described.encoder_model, described.dimension) != (encoder_model, dimension):
            return Ranker(projection=identity(dimension), weights=described.plain)
        with np.load(folder / "projection.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in _ARRAYS}
    except (OSError, ValidationError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise RankerInvalid(what=str(error)) from error
    if any(array.shape[0] != dimension for array in arrays.values()):
        raise RankerInvalid(what="projection.npz")
    return Ranker(projection=Projection(**arrays), weights=described.learned)


def write_ranker(folder: Path, described: RankerFile, projection: Projection) -> None:
    """Writes `ranker.json` and `projection.npz`, half precision: 0.6 MB at 384 dimensions."""
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    plain = TypeAdapter(RankerFile).dump_python(described)
    (folder / "ranker.json").write_text(json.dumps(plain, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    arrays = {name: getattr(projection, name).astype(np.float16) for name in _ARRAYS}
    np.savez_compressed(folder / "projection.npz", **arrays)
