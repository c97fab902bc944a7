"""Training sets for the ranker from the sample library, and folds in which no family is on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.search_data import LabelledLibrary, LabelledQuery, LeftOutClasses
from search.backends.contract import Backend
from search.decision import QueryClasses
from search.ranking.train import TrainingQuery, TrainingSet, family_folds
from search.ranking.view import QueryView, view_of
from text.encoder.contract import Encoder

FOLDS = 5
_DENSE = 6.0
"""How much a dense query counts in training: the sparse ones are mostly answered by the category alone, and there are
twice as many of them (1: .684 and .710 nDCG@10 for dense and sparse appeals; 6: .730 and .733)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fold:
    """`training` knows nothing of the families of `tested`; classes of all are by classifiers that did not either."""

    training: TrainingSet
    tested: tuple[LabelledQuery, ...]
    classes: Mapping[str, QueryClasses]


def views(queries: Sequence[LabelledQuery], backend: Backend, encoder: Encoder) -> dict[str, QueryView]:
    """Query → view, without classes."""
    return {query.id: view_of(query.text, backend, encoder, None) for query in queries}


def left_out_classes(library: LabelledLibrary, classes: LeftOutClasses, seed: int) -> dict[str, QueryClasses]:
    """Every query's classes, by a classifier that read nothing of its family."""
    said: dict[str, QueryClasses] = {}
    for held_out in family_folds([query.family for query in library.queries], FOLDS, seed):
        said |= classes.of([query for query in library.queries if query.family in held_out], held_out)
    return said


def training_set(
    library: LabelledLibrary,
    backend: Backend,
    seen: Mapping[str, QueryView],
    classes: Mapping[str, QueryClasses],
) -> TrainingSet:
    """All of the library's queries with their views and classes."""
    features = backend.features([decision.id for decision in library.decisions])
    return TrainingSet(
        queries=tuple(
            TrainingQuery(
                id=query.id,
                view=replace(seen[query.id], classes=classes[query.id]),
                family=query.family,
                grades=query.grades,
                weight=_DENSE if query.dense else 1.0,
            )
            for query in library.queries
        ),
        decisions=tuple(features[decision.id] for decision in library.decisions),
        families=library.families,
    )


def folds(
    library: LabelledLibrary, whole: TrainingSet, classes: Mapping[str, QueryClasses], seed: int
) -> Iterator[Fold]:
    """`seed` as in `left_out_classes`: a fold's queries have their classes from the classifier that left it out."""
    for held_out in family_folds([query.family for query in library.queries], FOLDS, seed):
        yield Fold(
            training=whole.without(held_out),
            tested=tuple(query for query in library.queries if query.family in held_out),
            classes=classes,
        )
