"""The learned ranker: two linear scores, each with weights for a case and for an officer's words.

The first reads what query and decision share. The second reads the same and how near the decision stands to those that
the first ranks best. What is shipped is data: `models/ranker/ranker.json`; its card says on what it was trained and how
well it ranks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from models import FOLDER
from search.backends.contract import DecisionFeatures
from search.errors import RankerInvalid
from search.query import Likeness
from search.ranking.centring import Centring, no_centring
from search.ranking.features import FEATURES, feature_matrix, scaled
from search.ranking.neighbours import NEIGHBOUR_FEATURES, neighbour_matrix
from search.ranking.view import QueryView

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from text.encoder.contract import EncoderIdentity

ALL_FEATURES = (*FEATURES, *NEIGHBOUR_FEATURES)
_OF_TEXT = ("lemma", "gram", "decision", "passage", "near_words", "near_meaning")
COUNTED_BY: Mapping[Likeness, tuple[str, ...]] = {
    "all": ALL_FEATURES,
    "facts": (*_OF_TEXT, "disputed_facts", "claim_items", "amount", "near_labels"),
    "text": _OF_TEXT,
    "norms": ("norms",),
}
"""The features each kind of likeness counts."""
_TIE = 1e-3
"""How much everything else counts where only norms do: enough to order decisions that share the same ones."""
RANKER_FILE = "ranker.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """Feature → weight: for a case (`long`), and for an officer's few words (`short`)."""

    long: Mapping[str, float]
    short: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stages:
    first: Weights
    second: Weights
    temperature: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Centres:
    """`search.ranking.centring.Centring` as numbers."""

    case: tuple[float, ...]
    short: tuple[float, ...]
    decision: tuple[float, ...]
    passage: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RankerFile:
    """`ranker.json`. `learned` and `centres` are for vectors of `encoder_model`; `plain` ranks without centres, for any
    other encoder and for none. `version`: a hash of what it was trained on."""

    version: str
    encoder_model: str
    dimension: int
    learned: Stages
    plain: Stages
    centres: Centres


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """One candidate with its score, and what every feature adds to it (ALL_FEATURES order)."""

    features: DecisionFeatures
    score: float
    contributions: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ranker:
    centring: Centring
    stages: Stages

    def rank(self, view: QueryView, candidates: Sequence[DecisionFeatures], likeness: Likeness = "all") -> list[Ranked]:
        """Best first; equal scores by id."""
        import numpy as np

        counted = np.array([name in COUNTED_BY[likeness] or likeness == "norms" for name in ALL_FEATURES])
        shared = scaled(feature_matrix(view, candidates, self.centring))
        first = shared @ (weight_vector(self.stages.first, view.short, FEATURES) * counted[: len(FEATURES)])
        near = neighbour_matrix(candidates, first, self.stages.temperature, self.centring)
        values = np.concatenate([shared, near], axis=1)
        added = values * (weight_vector(self.stages.second, view.short, ALL_FEATURES) * counted)
        scores = added.sum(axis=1)
        if likeness == "norms":
            norms = ALL_FEATURES.index("norms")
            scores = values[:, norms] + _TIE * scores
            added = np.where(np.arange(len(ALL_FEATURES)) == norms, values, _TIE * added)
        ranked = [
            Ranked(features=one, score=round(float(score), 6), contributions=tuple(parts.tolist()))
            for one, score, parts in zip(candidates, scores, added, strict=True)
        ]
        return sorted(ranked, key=lambda one: (-one.score, one.features.decision.id))


def weight_vector(weights: Weights, short: float, names: Sequence[str]) -> NDArray[np.float64]:
    """The weights for a query that is `short` (0..1), in the order of `names`; what has no weight weighs nothing."""
    import numpy as np

    return np.array([short * weights.short.get(n, 0.0) + (1.0 - short) * weights.long.get(n, 0.0) for n in names])


def shipped_ranker(encoder: EncoderIdentity) -> Ranker:
    """The ranker in `models/ranker`, with its centres where `encoder` is the one they were taken with.

    Raises RankerInvalid.
    """
    return read_ranker(FOLDER / "ranker", encoder.model, encoder.dimension)


@lru_cache(maxsize=8)
def read_ranker(folder: Path, encoder_model: str, dimension: int) -> Ranker:
    """Raises RankerInvalid."""
    try:
        described = TypeAdapter(RankerFile).validate_json((folder / RANKER_FILE).read_bytes())
    except (OSError, ValidationError) as error:
        raise RankerInvalid(what=str(error)) from error
    return ranker_of(described, encoder_model, dimension)


def ranker_of(described: RankerFile, encoder_model: str, dimension: int) -> Ranker:
    """The ranker for vectors of this encoder. Raises RankerInvalid for centres of another length than they say."""
    import numpy as np

    if (described.encoder_model, described.dimension) != (encoder_model, dimension):
        return Ranker(centring=no_centring(dimension), stages=described.plain)
    centres = described.centres
    held = [np.array(one, np.float32) for one in (centres.case, centres.short, centres.decision, centres.passage)]
    if any(len(one) != dimension for one in held):
        raise RankerInvalid(what=RANKER_FILE)
    return Ranker(
        centring=Centring(case=held[0], short=held[1], decision=held[2], passage=held[3]), stages=described.learned
    )
