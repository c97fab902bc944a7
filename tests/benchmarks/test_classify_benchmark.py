"""The classification benchmark on a small world: every system in the same folds, figures, what had to be reached."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks import classify_benchmark
from benchmarks.classify_benchmark import BASELINE, ENCODED, JOINED, MAJORITY, PEER
from classify.evaluation import Predictions
from tests.classify.small_world import small_world
from tests.encoder_stand_in import HashingEncoder


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> classify_benchmark.Measured:
    path = tmp_path_factory.mktemp("corpus") / "appeals.jsonl"
    rows = [
        {"id": one.id, "text": one.text, "product": one.product, "category": one.category, "author": one.author}
        for one in small_world()
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classify_benchmark, "corpus_files", lambda: (path,))
        return classify_benchmark.run(quick=False, encoder=HashingEncoder(), only=(MAJORITY, PEER, ENCODED, JOINED))


@pytest.mark.slow
def test_every_system_is_tested_on_the_same_texts(measured: classify_benchmark.Measured) -> None:
    for level in classify_benchmark.LEVELS:
        found = [measured.get(system, "random", level) for system in (MAJORITY, PEER, ENCODED, JOINED)]
        gold = [one.gold.tolist() for one in found if one is not None]
        assert len(gold) == 4
        assert all(one == gold[0] for one in gold)


@pytest.mark.slow
def test_the_naive_answer_is_one_label_and_ours_is_better(measured: classify_benchmark.Measured) -> None:
    naive, ours = measured.get(MAJORITY, "random", "product"), measured.get(JOINED, "random", "product")
    assert naive is not None
    assert ours is not None
    assert (ours.said == ours.gold).mean() > 2 * (naive.said == naive.gold).mean()


@pytest.mark.slow
def test_figures_and_demands_name_system_scheme_and_level(measured: classify_benchmark.Measured) -> None:
    rows = classify_benchmark.figures(measured, draws=20)
    assert {row.condition for row in rows if row.system == JOINED} >= {
        "random folds, product",
        "author folds, category",
        "warm, one text",
    }
    assert not [row for row in rows if row.system == PEER and row.metric in ("ECE", "log-loss")]
    assert any(row.system == f"{JOINED} over {PEER}" and row.low is not None for row in rows)
    texts = [must.text for must in classify_benchmark.musts(measured, draws=20)]
    assert any("gains on" in text for text in texts)
    assert any("CPU ms" in text for text in texts)


def test_a_system_that_loses_fails_its_demand() -> None:
    gold = np.array(["a", "b"] * 50)
    right = np.column_stack([gold == "a", gold == "b"]).astype(float)
    good, bad = (Predictions(labels=("a", "b"), gold=gold, probabilities=one) for one in (right, 1 - right))
    tested = tuple(
        classify_benchmark.Tested(system=system, scheme="random", level=level, predictions=one, probable=True)
        for level in classify_benchmark.LEVELS
        for system, one in ((BASELINE, bad), (PEER, good))
    )
    musts = classify_benchmark.musts(classify_benchmark.Measured(tested=tested, speeds=()), draws=20)
    assert [must.passed for must in musts if PEER in must.text or "loses" in must.text] == [False, False]
