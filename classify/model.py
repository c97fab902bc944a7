"""A trained model: plain arrays and names, nothing that runs. `classify.artefact` keeps it, `Classifier` uses it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classify.agreement import Agreement
from classify.calibrate import Calibration, ClaimedCurve, sharpened
from classify.disputed import TagTrust
from classify.features import FeatureSpace, SparseRow
from text.encoder.contract import EncoderIdentity


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """One level of the taxonomy. `coefficients` (columns, labels) float32: the columns of the feature space, then the
    encoder's; `sharpness`: the power of `calibrate.sharpened` after both levels have settled; `least` (labels,): a
    label is in the set when its probability reaches it."""

    labels: tuple[str, ...]
    coefficients: NDArray[np.float32]
    intercept: NDArray[np.float64]
    calibration: Calibration
    sharpness: float
    least: NDArray[np.float64]

    def scores(self, rows: list[SparseRow], encoded: NDArray[np.float32] | None) -> NDArray[np.float64]:
        """(n, labels) scores of rows of the feature space, with the encoder's columns (n, dimension) if it has any."""
        out = np.empty((len(rows), len(self.labels)))
        for place, row in enumerate(rows):
            out[place] = row.values @ self.coefficients[row.columns]
        if encoded is not None:
            out += encoded @ self.coefficients[-encoded.shape[1] :]
        return out + self.intercept


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """Final probabilities of both levels, and the chance of every category to be claimed at all; (n, labels) each."""

    product: NDArray[np.float64]
    category: NDArray[np.float64]
    claimed: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    """Vectors of the training texts, int8 = round(127 · component / scale), with their names and labels."""

    ids: tuple[str, ...]
    products: tuple[str, ...]
    categories: tuple[str, ...]
    vectors: NDArray[np.int8]
    scale: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """`version` is a hash of everything else. `least_known`: a text whose share of known content words is below it is
    unlike the appeals that the model has learnt. `encoder`: whose vectors it reads, None when it reads words alone."""

    name: str
    version: str
    space: FeatureSpace
    product: Level
    category: Level
    agreement: Agreement
    claimed: ClaimedCurve
    least_known: float
    trust: tuple[TagTrust, ...]
    encoder: EncoderIdentity | None
    neighbours: Neighbours | None
    taxonomy_version: str
    data_hash: str
    examples: int

    def judge(self, rows: list[SparseRow], vectors: NDArray[np.float32] | None) -> Judged:
        """`rows` of the feature space, and the encoder's `vectors` (n, dimension) for a model that reads them."""
        encoded = None if vectors is None else self.space.encoded(vectors)
        scores = self.category.scores(rows, encoded)
        product, category = self.agreement.settle(
            self.product.calibration.probabilities(self.product.scores(rows, encoded)),
            self.category.calibration.probabilities(scores),
        )
        product = sharpened(product, self.product.sharpness)
        category = sharpened(category, self.category.sharpness)
        return Judged(product=product, category=category, claimed=self.claimed.probabilities(scores, category))
