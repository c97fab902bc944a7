"""The ranker: features against a slow second computation, stages, training, and what is shipped."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from search.decision import QueryClasses
from search.errors import RankerInvalid
from search.ranking.centring import no_centring
from search.ranking.features import FEATURES, feature_matrix, scaled
from search.ranking.neighbours import NEIGHBOUR_FEATURES, neighbour_matrix
from search.ranking.ranker import ALL_FEATURES, RANKER_FILE, Ranker, Stages, Weights, read_ranker, shipped_ranker
from search.ranking.train import TrainingQuery, TrainingSet, TrainOptions, family_folds, train
from search.ranking.view import QueryView, view_of
from search.records import index_identity
from search.telling_terms import idf
from tests.search.decisions import ENCODER, FOUR, TRACES, decision, made
from tests.search.memory_backend import MemoryBackend
from text.encoder.contract import EncoderIdentity

CENTRING = no_centring(ENCODER.identity.dimension)
TEXT = "Трасолог решил, что царапины двери не от столкновения; прошу 47 000 руб. по ст. 12 40-ФЗ"


@pytest.fixture
def backend() -> MemoryBackend:
    backend = MemoryBackend(index_identity(ENCODER))
    backend.upsert(made(FOUR))
    backend.commit()
    return backend


def view(backend: MemoryBackend, text: str = TEXT) -> QueryView:
    return view_of(text, backend, ENCODER, QueryClasses(product={"OSAGO": 0.75}, category={"AC_UNAUTH": 0.5}))


def column(values: np.ndarray, name: str) -> list[float]:
    return [float(value) for value in values[:, FEATURES.index(name)]]


def test_features_are_what_they_say(backend: MemoryBackend) -> None:
    seen = view(backend)
    records = made(FOUR)
    values = feature_matrix(seen, [record.features for record in records], CENTRING)
    n, mean = 4, sum(len(record.lemmas) for record in records) / 4
    weights = {
        lemma: weight * idf(n, df)
        for lemma, weight in seen.lemmas.items()
        if (df := sum(lemma in record.lemmas for record in records))
    }
    for record, got in zip(records, column(values, "lemma"), strict=True):
        tf = Counter(record.lemmas)
        saturation = 1.2 * (0.25 + 0.75 * len(record.lemmas) / mean)
        score = sum(weight * tf[lemma] * 2.2 / (tf[lemma] + saturation) for lemma, weight in weights.items())
        assert got == pytest.approx(score / (2.2 * sum(weights.values())), rel=1e-4)
    query = seen.vectors.mean(axis=0) / np.linalg.norm(seen.vectors.mean(axis=0))
    assert column(values, "decision") == pytest.approx([float(record.features.vector @ query) for record in records])
    assert column(values, "product") == [0.75, 0.75, 0.0, 0.0]
    assert column(values, "category") == [0.0, 0.0, 0.5, 0.0]
    assert column(values, "norms") == pytest.approx([1.0, 1.0, 0.0, 0.0])
    assert column(values, "amount") == pytest.approx([0.5, 47000 / 61300.5, 47000 / 500000, 0.0])
    assert column(values, "recency")[2:] == [1.0, 0.0]
    passages = [max((r.features.passages * r.features.scales[:, None]) @ query) for r in records]
    assert column(values, "passage") == pytest.approx([float(value) for value in passages], abs=0.01)


def test_likenesses_of_texts_are_spread_over_the_candidates(backend: MemoryBackend) -> None:
    values = scaled(feature_matrix(view(backend), [record.features for record in made(FOUR)], CENTRING))
    for name in ("lemma", "gram", "decision", "passage"):
        assert min(column(values, name)) == 0.0
        assert max(column(values, name)) == pytest.approx(1.0)
    assert column(values, "product")[0] == 0.75
    alone = scaled(feature_matrix(view(backend), [made([TRACES])[0].features], CENTRING))
    assert np.isfinite(alone).all()


def test_neighbours_of_the_best_are_near() -> None:
    twin = replace(TRACES, id="twin", amount_claimed=Decimal(1))
    features = [record.features for record in made([TRACES, twin, *FOUR[1:]])]
    near = neighbour_matrix(features, np.array([5.0, 0.0, 0.0, 0.0, 0.0]), 0.35, CENTRING)
    assert near.shape == (5, len(NEIGHBOUR_FEATURES))
    assert near[1] == pytest.approx([1.0] * 4, abs=1e-3)
    assert (near[0] == near[1]).all()  # itself as its nearest other
    assert (near[2:] < near[1]).all()
    assert neighbour_matrix(features[:1], np.array([1.0]), 0.35, CENTRING).tolist() == [[0.0] * 4]


def test_contributions_add_up_and_ties_go_by_id(backend: MemoryBackend) -> None:
    ranker = shipped_ranker(ENCODER.identity)
    features = [record.features for record in made(FOUR)]
    for one in ranker.rank(view(backend), features):
        assert sum(one.contributions) == pytest.approx(one.score, abs=1e-5)
    nothing = Weights(long={}, short={})
    blind = Ranker(centring=CENTRING, stages=Stages(first=nothing, second=nothing, temperature=1.0))
    ids = [one.features.decision.id for one in blind.rank(view(backend), features)]
    assert ids == sorted(ids)
    assert ranker.rank(view(backend), []) == []


def test_the_shipped_ranker_has_centres_for_its_own_encoder_only() -> None:
    described = json.loads((Path(__file__).parents[2] / "models" / "ranker" / RANKER_FILE).read_text(encoding="utf-8"))
    own = shipped_ranker(
        EncoderIdentity(model=described["encoder_model"], version="any", dimension=described["dimension"])
    )
    assert own.centring.case.any()
    assert not shipped_ranker(ENCODER.identity).centring.case.any()
    for stages in ("learned", "plain"):
        for kind in ("long", "short"):
            weights = described[stages]["second"][kind]
            assert set(weights) == set(ALL_FEATURES)
            assert min(weights.values()) >= 0


def test_a_ranker_that_cannot_be_read_is_a_coded_error(tmp_path: Path) -> None:
    with pytest.raises(RankerInvalid):
        read_ranker(tmp_path, "any", 4)
    (tmp_path / RANKER_FILE).write_text("{}")
    with pytest.raises(RankerInvalid):
        read_ranker(tmp_path, "other", 4)


def _examples(topics: int = 8) -> TrainingSet:
    """Families of two decisions that share a word; their category says nothing, their norm is misleading."""
    words = ["дверь", "счёт", "износ", "вклад", "премия", "ремонт", "кольцо", "пенсия", "пеня", "осмотр"][:topics]
    decisions = [
        decision(f"{word}-{copy}", f"Дело, где {word} {copy} и другое.", category="SAME", norms=("ст. 15 ГК РФ",))
        for word in words
        for copy in ("первый", "второй")
    ]
    backend = MemoryBackend(index_identity(ENCODER))
    records = made(decisions)
    backend.upsert(records)
    backend.commit()
    classes = QueryClasses(product={}, category={"SAME": 0.9})
    queries = tuple(
        TrainingQuery(
            id=f"{word}-{kind}",
            view=view_of(f"{word} " + filler, backend, ENCODER, classes),
            family=word,
            grades={f"{word}-первый": 2.0, f"{word}-второй": 2.0},
        )
        for word in words
        for kind, filler in (("short", "спор"), ("long", " ".join(f"слово{n}" for n in range(60))))
    )
    families = tuple(word for word in words for _ in range(2))
    return TrainingSet(queries=queries, decisions=tuple(record.features for record in records), families=families)


def test_training_learns_what_tells_families_apart() -> None:
    examples = _examples()
    trained = train(examples, ENCODER.identity)
    assert trained == train(examples, ENCODER.identity)
    for weights in (trained.learned.second.long, trained.learned.second.short):
        assert weights["category"] == 0.0  # the same for all: nothing to learn
        assert weights["lemma"] + weights["gram"] + weights["decision"] + weights["passage"] > 1.0
        assert weights["norms"] >= 1.0
    ranker = Ranker(centring=no_centring(ENCODER.identity.dimension), stages=trained.plain)
    first = ranker.rank(examples.queries[0].view, list(examples.decisions))
    assert {one.features.decision.id for one in first[:2]} == set(examples.queries[0].grades)


def test_a_feature_left_out_weighs_nothing() -> None:
    from search.ranking.train import centring_of, fit_stages

    examples = _examples()
    stages = fit_stages(examples, centring_of(examples), TrainOptions(), ("lemma", "near_words"))
    for weights in (stages.first.long, stages.second.short):
        assert weights["lemma"] == weights.get("near_words", 0.0) == 0.0


def test_no_family_is_on_both_sides_of_a_split() -> None:
    examples = _examples()
    held_out = family_folds([query.family for query in examples.queries], 3, seed=0)
    assert sorted(family for fold in held_out for family in fold) == sorted(set(examples.families))
    for fold in held_out:
        others = examples.without(fold)
        assert not {query.family for query in others.queries} & fold
        assert not {name.decision.id.split("-")[0] for name in others.decisions} & fold
        assert len(others.families) == len(others.decisions)
