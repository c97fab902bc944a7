"""`python -m benchmarks search`: similar cases and officers' queries over the sample library, Kazus beside its peers.

Kazus is cross-validated by family: weights, centres and class probabilities that judge a query come from other
families. Candidates and ranking are the product's own, near-duplicates unfolded.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.report import Must, Row
from benchmarks.search_data import (
    LabelledLibrary,
    LabelledQuery,
    LeftOutClasses,
    benchmark_encoder,
    labelled_library,
)
from benchmarks.search_peers import BM25, E5, GOLD_BM25, RRF, peer_scores, ranked
from benchmarks.search_train import SEED
from benchmarks.search_training import Fold, folds, left_out_classes, training_set, views
from search import Filters, Query, Searcher
from search.backends.contract import Backend
from search.backends.embedded.engine import rebuild_embedded
from search.candidates import CandidateLimits, candidates
from search.evaluation import RELEVANT, Interval, mean_interval, ndcg, paired_difference, recall, reciprocal_rank
from search.ranking.ranker import Ranker
from search.ranking.train import TrainOptions, centring_of, feature_tables, fit_stages
from search.ranking.view import QueryView
from search.records import index_identity, make_records
from text.encoder.contract import Encoder

KAZUS = "kazus"
MILLISECONDS = 250.0
_TIMED = 60
_CONDITIONS = ("dense appeals", "dense officers", "sparse appeals", "sparse officers")
ABLATIONS: Mapping[str, tuple[str, ...]] = {
    "words": ("lemma", "gram", "near_words"),
    "meaning": ("decision", "passage", "near_meaning"),
    "neighbours": ("near_words", "near_meaning", "near_norms", "near_labels"),
    "classes": ("category", "product"),
    "labels": ("disputed_facts", "claim_items", "near_labels"),
    "norms": ("norms", "near_norms"),
    "amount, recency": ("amount", "recency"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """System → query → ids as ranked; CPU milliseconds of single warm queries."""

    library: LabelledLibrary
    ranked: Mapping[str, Mapping[str, Sequence[str]]]
    milliseconds: Sequence[float]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Bench:
    library: LabelledLibrary
    encoder: Encoder
    backend: Backend
    seen: Mapping[str, QueryView]


def run(*, ablations: bool) -> Measured:
    with _bench() as bench:
        names = [decision.id for decision in bench.library.decisions]
        features = bench.backend.features(names)
        systems: dict[str, dict[str, Sequence[str]]] = {
            system: {name: ranked(scores[name], bench.library.decisions) for name in scores}
            for system, scores in peer_scores(bench.library, [features[name] for name in names], bench.seen).items()
        }
        families = dict(zip(names, bench.library.families, strict=True))
        classes = left_out_classes(bench.library, LeftOutClasses(bench.encoder, families), SEED)
        whole = training_set(bench.library, bench.backend, bench.seen, classes)
        systems[KAZUS] = {}
        milliseconds: list[float] = []
        for fold in folds(bench.library, whole, classes, SEED):
            options = TrainOptions()
            centring = centring_of(fold.training)
            tables = feature_tables(fold.training, centring)
            ranker = Ranker(centring=centring, stages=fit_stages(fold.training, centring, options, tables=tables))
            systems[KAZUS] |= _answers(bench, ranker, fold)
            if not milliseconds:
                milliseconds = _cpu_milliseconds(bench, ranker, fold)
            for name, left_out in ABLATIONS.items() if ablations else ():
                stages = fit_stages(fold.training, centring, options, left_out, tables)
                without = _answers(bench, Ranker(centring=centring, stages=stages), fold)
                systems.setdefault(f"{KAZUS} without {name}", {}).update(without)
    return Measured(library=bench.library, ranked=systems, milliseconds=milliseconds)


@contextmanager
def _bench() -> Iterator[_Bench]:
    library = labelled_library()
    encoder = benchmark_encoder()
    with (
        tempfile.TemporaryDirectory() as folder,
        rebuild_embedded(Path(folder), index_identity(encoder)) as backend,
    ):
        backend.upsert(make_records(library.decisions, encoder))
        backend.commit()
        yield _Bench(library=library, encoder=encoder, backend=backend, seen=views(library.queries, backend, encoder))


def _answers(bench: _Bench, ranker: Ranker, fold: Fold) -> dict[str, Sequence[str]]:
    """What the product ranks for the fold's queries, without the words that explain it."""
    answers: dict[str, Sequence[str]] = {}
    for query in fold.tested:
        view = replace(bench.seen[query.id], classes=fold.classes[query.id])
        found = candidates(view, bench.backend, ranker.centring, Filters(), frozenset(), CandidateLimits())
        answers[query.id] = [one.features.decision.id for one in ranker.rank(view, found)]
    return answers


def _cpu_milliseconds(bench: _Bench, ranker: Ranker, fold: Fold) -> list[float]:
    """Of whole answers, ten hits with passages and reasons, encoder included, after a first one that warms up."""
    searcher = Searcher(backend=bench.backend, encoder=bench.encoder, ranker=ranker)
    spent: list[float] = []
    for query in (fold.tested[0], *fold.tested[:_TIMED]):
        began = time.process_time()
        searcher.similar(Query(id=query.id, text=query.text), classes=fold.classes[query.id], statistics=True)
        spent.append(1000 * (time.process_time() - began))
    return spent[1:]


def figures(measured: Measured, draws: int) -> tuple[Row, ...]:
    rows: list[Row] = []
    for system, answers in measured.ranked.items():
        for condition in _CONDITIONS:
            asked = _asked(measured, condition)
            for metric in ("nDCG@10", "MRR", "recall@10"):
                interval = mean_interval(
                    [_value(metric, query, answers) for query in asked], [query.family for query in asked], draws
                )
                rows.append(
                    Row(
                        system=system,
                        condition=condition,
                        metric=metric,
                        value=interval.value,
                        low=interval.low,
                        high=interval.high,
                        n=interval.n,
                    )
                )
    spent = mean_interval(measured.milliseconds, draws=draws)
    rows.append(
        Row(
            system=KAZUS,
            condition=f"{len(measured.library.decisions)} decisions, warm, encoder included",
            metric="CPU-ms a query",
            value=spent.value,
            low=spent.low,
            high=spent.high,
            n=spent.n,
        )
    )
    return tuple(rows)


def musts(measured: Measured, draws: int) -> tuple[Must, ...]:
    """Better than each usual peer by a paired interval above 0; not below knowing the category."""
    found: list[Must] = []
    for condition in _CONDITIONS[:2]:
        for peer in (BM25, E5, RRF):
            gain = _gain(measured, condition, peer, draws)
            found.append(
                Must(
                    text=f"{condition}: nDCG@10 above {peer}, paired 95 % interval {gain.low:.3f} … {gain.high:.3f}",
                    value=gain.value,
                    passed=gain.low > 0,
                )
            )
        gain = _gain(measured, condition, GOLD_BM25, draws)
        found.append(
            Must(
                text=f"{condition}: not below {GOLD_BM25}, paired 95 % interval {gain.low:.3f} … {gain.high:.3f}",
                value=gain.value,
                passed=gain.high > 0,
            )
        )
    mean = sum(measured.milliseconds) / len(measured.milliseconds)
    found.append(Must(text=f"CPU-ms a query at most {MILLISECONDS:.0f}", value=mean, passed=mean <= MILLISECONDS))
    return tuple(found)


def _gain(measured: Measured, condition: str, peer: str, draws: int) -> Interval:
    asked = _asked(measured, condition)
    ours, theirs = ([_value("nDCG@10", query, measured.ranked[system]) for query in asked] for system in (KAZUS, peer))
    return paired_difference(ours, theirs, [query.family for query in asked], draws)


def _asked(measured: Measured, condition: str) -> list[LabelledQuery]:
    dense, kind = condition.startswith("dense"), condition.split()[1].removesuffix("s")
    return [query for query in measured.library.queries if query.dense is dense and query.kind == kind]


def _value(metric: str, query: LabelledQuery, answers: Mapping[str, Sequence[str]]) -> float:
    ids = answers[query.id]
    relevant = frozenset(name for name, grade in query.grades.items() if grade == RELEVANT)
    if metric == "MRR":
        return reciprocal_rank(ids, relevant)
    return recall(ids, relevant, 10) if metric == "recall@10" else ndcg(ids, query.grades)
