"""Text → product and category, or an abstention. Reads as prose from `classify` down; trained models come from
`classify.artefact`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classify.abstention import decide, doubt_of, not_russian
from classify.artefact import load
from classify.classification import (
    Classification,
    Explanation,
    LabelProbability,
    ModelName,
    NearestExample,
)
from classify.disputed import speaks_of
from classify.errors import EncoderDiffers, EncoderMissing
from classify.explain import explain
from classify.features import CutText, cut, encode
from classify.input_text import ReadText, read_text
from classify.labels import OUT_OF_SCOPE_PRODUCT, load_disputed_facts
from classify.model import Judged, Model
from text.encoder.contract import Encoder

NEAREST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassifyOptions:
    """`top`: how many categories are listed by their chance to be claimed; `explain`: name the words that decided."""

    top: int = 5
    explain: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Probabilities:
    """`product` (n, products), `category` (n, categories); rows sum to 1. What ranking takes as plain values."""

    product: NDArray[np.float64]
    category: NDArray[np.float64]
    product_labels: tuple[str, ...]
    category_labels: tuple[str, ...]


class Classifier:
    """A model in memory, with the encoder it needs. Safe to share between threads: nothing in it changes."""

    def __init__(self, model: Model, encoder: Encoder | None = None) -> None:
        """Raises EncoderMissing or EncoderDiffers when the model reads vectors that `encoder` does not make."""
        if model.encoder is not None:
            wanted = f"{model.encoder.model}@{model.encoder.version}"
            if encoder is None:
                raise EncoderMissing(model=model.name, encoder=wanted)
            if encoder.identity != model.encoder:
                found = f"{encoder.identity.model}@{encoder.identity.version}"
                raise EncoderDiffers(model=model.name, expected=wanted, found=found)
        self.model = model
        self._encoder = encoder if model.encoder is not None else None

    @classmethod
    def open(cls, directory: Path, encoder: Encoder | None = None) -> Classifier:
        """The model in `directory`. Raises ModelNotFound, ModelDamaged, EncoderMissing, EncoderDiffers."""
        return cls(load(directory), encoder)

    def classify(
        self, texts: Sequence[str], options: ClassifyOptions | None = None, ids: Sequence[str] | None = None
    ) -> list[Classification]:
        """One classification a text, in order; `ids` default to the texts' numbers from 1.

        Raises the TextError of the first text that cannot be read: callers with many texts give them one by one.
        """
        chosen = options or ClassifyOptions()
        began = time.perf_counter()
        read = [read_text(text) for text in texts]
        cuts = [cut(one.text) for one in read]
        judged, vectors = self._judge([one.text for one in read], cuts)
        vector = [None] * len(read) if vectors is None else list(vectors)
        found: list[Classification] = []
        for place, (given, one, pieces) in enumerate(zip(texts, read, cuts, strict=True)):
            name = ids[place] if ids is not None else str(place + 1)
            found.append(self._answer(name, given, one, pieces, judged, place, vector[place], chosen))
        share = 1000 * (time.perf_counter() - began) / max(1, len(texts))
        return [_timed(one, share) for one in found]

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        """Calibrated probabilities of every label, whatever the language or length: for ranking, not for people."""
        read = [read_text(text) for text in texts]
        judged, _ = self._judge([one.text for one in read], [cut(one.text) for one in read])
        return Probabilities(
            product=judged.product,
            category=judged.category,
            product_labels=self.model.product.labels,
            category_labels=self.model.category.labels,
        )

    def _judge(self, texts: Sequence[str], cuts: Sequence[CutText]) -> tuple[Judged, NDArray[np.float32] | None]:
        """Probabilities, and the encoder's vectors if the model reads them."""
        rows = [self.model.space.row(pieces.counted()) for pieces in cuts]
        vectors = encode(self._encoder, texts) if self._encoder is not None else None
        return self.model.judge(rows, vectors), vectors

    def _answer(
        self,
        name: str,
        given: str,
        read: ReadText,
        pieces: CutText,
        judged: Judged,
        place: int,
        vector: NDArray[np.float32] | None,
        options: ClassifyOptions,
    ) -> Classification:
        model = self.model
        called = ModelName(name=model.name, version=model.version)
        if read.language == "other":
            return Classification(
                id=name,
                product=not_russian(),
                category=not_russian(),
                categories=None,
                disputed_facts=None,
                in_scope_probability=None,
                language=read.language,
                explanation=None,
                nearest=None,
                model=called,
                milliseconds=0.0,
            )
        product, category = judged.product[place], judged.category[place]
        known = model.space.known_share(pieces.counted())
        doubt = doubt_of(read, len(pieces.content), known, model.least_known)
        claimed = judged.claimed[place]
        order = np.argsort(-claimed, kind="stable")[: options.top]
        outside = model.product.labels.index(OUT_OF_SCOPE_PRODUCT)
        return Classification(
            id=name,
            product=decide(model.product, product, doubt),
            category=decide(model.category, category, doubt),
            categories=tuple(
                LabelProbability(label=model.category.labels[one], probability=round(float(claimed[one]), 6))
                for one in order
            ),
            disputed_facts=self._disputed(pieces),
            in_scope_probability=round(1 - float(product[outside]), 6),
            language=read.language,
            explanation=self._explained(given, read, pieces, product, category) if options.explain else None,
            nearest=self._nearest(vector),
            model=called,
            milliseconds=0.0,
        )

    def _explained(
        self,
        given: str,
        read: ReadText,
        pieces: CutText,
        product: NDArray[np.float64],
        category: NDArray[np.float64],
    ) -> Explanation:
        chosen = ((self.model.product, int(product.argmax())), (self.model.category, int(category.argmax())))
        return explain(read, given, pieces, self.model.space, chosen)

    def _disputed(self, pieces: CutText) -> tuple[LabelProbability, ...] | None:
        if not self.model.trust:
            return None
        trust = {one.tag: one for one in self.model.trust}
        said = [word.term for word in pieces.words]
        found = [
            LabelProbability(
                label=fact.tag,
                probability=round(
                    trust[fact.tag].with_words if speaks_of(fact, said) else trust[fact.tag].without_words, 4
                ),
            )
            for fact in load_disputed_facts()
            if fact.tag in trust
        ]
        return tuple(sorted(found, key=lambda one: -one.probability))

    def _nearest(self, vector: NDArray[np.float32] | None) -> tuple[NearestExample, ...] | None:
        near = self.model.neighbours
        if near is None or vector is None:
            return None
        likeness = near.vectors.astype(np.float32) @ vector * (near.scale / 127)
        return tuple(
            NearestExample(
                id=near.ids[one],
                product=near.products[one],
                category=near.categories[one],
                similarity=round(float(min(1.0, likeness[one])), 4),
            )
            for one in np.argsort(-likeness, kind="stable")[:NEAREST]
        )


def _timed(one: Classification, milliseconds: float) -> Classification:
    return replace(one, milliseconds=round(milliseconds, 2))
