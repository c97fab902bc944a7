"""Training of the ranker: centres are means, weights are a small convex problem. Minutes on one core.

Nothing a query is tested on may have taught what judges it: the second stage is trained on scores of first stages that
never saw the family in question, and the caller gives class probabilities that were made the same way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from search.backends.contract import DecisionFeatures
from search.evaluation import PARTIAL, RELEVANT
from search.ranking.centring import Centring, no_centring
from search.ranking.features import FEATURES, feature_matrix, passage_vectors, scaled
from search.ranking.neighbours import neighbour_matrix
from search.ranking.ranker import ALL_FEATURES, Centres, RankerFile, Stages, Weights, weight_vector
from search.ranking.view import QueryView

if TYPE_CHECKING:
    from text.encoder.contract import EncoderIdentity

_SHORT = 0.5
_FLOOR = {"norms": 1.0}
"""Hardly a query of the training set cites a norm, so nothing can be learned about it; a shared citation is what an
officer looks for, and weighs at least this."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainOptions:
    """`partial`: how much a decision of grade 1 counts beside one of grade 2. `penalty`: of squared weights."""

    penalty: float = 1e-3
    partial: float = 0.35
    temperature: float = 0.35
    folds: int = 4
    seed: int = 0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TrainingQuery:
    """`family`: queries and decisions of one family are never on both sides of a split. `grades`: decision → grade as
    in `search.evaluation`. `weight`: how much the query counts."""

    id: str
    view: QueryView
    family: str
    grades: Mapping[str, float]
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TrainingSet:
    """`families`: of `decisions`, in their order; None where a decision belongs to none that is asked about."""

    queries: tuple[TrainingQuery, ...]
    decisions: tuple[DecisionFeatures, ...]
    families: tuple[str | None, ...]

    def without(self, held_out: frozenset[str]) -> TrainingSet:
        """Without the queries and decisions of these families."""
        kept = [index for index, family in enumerate(self.families) if family not in held_out]
        return TrainingSet(
            queries=tuple(query for query in self.queries if query.family not in held_out),
            decisions=tuple(self.decisions[index] for index in kept),
            families=tuple(self.families[index] for index in kept),
        )


def family_folds(families: Sequence[str], folds: int, seed: int) -> list[frozenset[str]]:
    """The distinct families dealt into `folds` parts at random."""
    names = sorted(set(families))
    order = np.random.default_rng(seed).permutation(len(names))
    return [frozenset(names[index] for index in order[fold::folds]) for fold in range(folds)]


def train(examples: TrainingSet, encoder: EncoderIdentity, options: TrainOptions | None = None) -> RankerFile:
    """A ranker for vectors of `encoder`, and a plain one for any other."""
    chosen = options or TrainOptions()
    centring = centring_of(examples)
    return RankerFile(
        version=_version(examples, chosen),
        encoder_model=encoder.model,
        dimension=encoder.dimension,
        learned=fit_stages(examples, centring, chosen),
        plain=fit_stages(examples, no_centring(encoder.dimension), chosen),
        centres=Centres(
            case=_numbers(centring.case),
            short=_numbers(centring.short),
            decision=_numbers(centring.decision),
            passage=_numbers(centring.passage),
        ),
    )


def centring_of(examples: TrainingSet) -> Centring:
    """Means over the training queries' segments and over decisions and passages."""
    vectors = {
        short: np.concatenate([one.view.vectors for one in examples.queries if (one.view.short >= _SHORT) is short])
        for short in (False, True)
    }
    return Centring(
        case=vectors[False].mean(axis=0),
        short=vectors[True].mean(axis=0),
        decision=np.stack([one.vector for one in examples.decisions]).mean(axis=0),
        passage=np.concatenate([passage_vectors(one) for one in examples.decisions]).mean(axis=0),
    )


def feature_tables(examples: TrainingSet, centring: Centring) -> dict[str, NDArray[np.float32]]:
    """Query → scaled features of every decision: what `fit_stages` reads, made once for several fits."""
    return {one.id: scaled(feature_matrix(one.view, examples.decisions, centring)) for one in examples.queries}


def fit_stages(
    examples: TrainingSet,
    centring: Centring,
    options: TrainOptions,
    leave_out: Sequence[str] = (),
    tables: Mapping[str, NDArray[np.float32]] | None = None,
) -> Stages:
    """Both stages. `leave_out`: features that weigh nothing (for ablations)."""
    shared = tables or feature_tables(examples, centring)
    first = _fit(examples, shared, FEATURES, options, leave_out)
    near: dict[str, NDArray[np.float32]] = {}
    for fold in family_folds([one.family for one in examples.queries], options.folds, options.seed):
        others = examples.without(fold)
        kept = [index for index, family in enumerate(examples.families) if family not in fold]
        seen = {one.id: shared[one.id][kept] for one in others.queries}
        weights = _fit(others, seen, FEATURES, options, leave_out)
        for one in examples.queries:
            if one.family in fold:
                scores = shared[one.id] @ weight_vector(weights, one.view.short, FEATURES)
                near[one.id] = neighbour_matrix(examples.decisions, scores, options.temperature, centring)
    both = {name: np.concatenate([shared[name], near[name]], axis=1) for name in shared}
    second = _fit(examples, both, ALL_FEATURES, options, leave_out)
    return Stages(first=first, second=second, temperature=options.temperature)


def _fit(
    examples: TrainingSet,
    values: Mapping[str, NDArray[np.float32]],
    names: Sequence[str],
    options: TrainOptions,
    leave_out: Sequence[str],
) -> Weights:
    """Listwise softmax (ListNet, Cao et al. 2007) with weights ≥ 0: more of a likeness never ranks lower."""
    from scipy.optimize import minimize

    place = {one.decision.id: index for index, one in enumerate(examples.decisions)}
    rows: list[NDArray[np.float64]] = []
    wanted: list[NDArray[np.float64]] = []
    for query in examples.queries:
        target = np.zeros(len(place))
        for name, grade in query.grades.items():
            if name in place:
                target[place[name]] = {RELEVANT: 1.0, PARTIAL: options.partial}.get(grade, 0.0)
        if target.sum():
            short = query.view.short
            table = values[query.id].astype(np.float64)
            rows.append(np.concatenate([table * (1.0 - short), table * short], axis=1))
            wanted.append(query.weight * target / target.sum())
    x, t = np.stack(rows), np.stack(wanted)
    mass = t.sum(axis=1, keepdims=True)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = x @ weights
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        sums = powers.sum(axis=1, keepdims=True)
        value = -(t * (scores - np.log(sums))).sum() / mass.sum()
        slope = -np.einsum("qd,qdf->f", t - mass * powers / sums, x) / mass.sum()
        return float(value + options.penalty * weights @ weights), slope + 2 * options.penalty * weights

    ends = [(0.0, 0.0) if name in leave_out else (_FLOOR.get(name, 0.0), None) for name in (*names, *names)]
    found = minimize(loss, np.zeros(2 * len(names)), jac=True, method="L-BFGS-B", bounds=ends).x
    half = len(names)
    return Weights(
        long={name: round(float(value), 5) for name, value in zip(names, found[:half], strict=True)},
        short={name: round(float(value), 5) for name, value in zip(names, found[half:], strict=True)},
    )


def _numbers(vector: NDArray[np.float32]) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in vector)


def _version(examples: TrainingSet, options: TrainOptions) -> str:
    said = [[one.id, one.view.parsed.text, sorted(one.grades.items()), one.weight] for one in examples.queries]
    known = [[one.decision.id, one.signature.tolist()] for one in examples.decisions]
    return hashlib.sha256(json.dumps([said, known, repr(options)]).encode()).hexdigest()[:12]
