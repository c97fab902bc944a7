import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.encoder import first_ten, judged_queries, mean_with_interval, ndcg, overlap, texts_of_length
from tests.encoder_stand_in import HashingEncoder


def test_the_first_ten_come_nearest_first_and_ties_by_row() -> None:
    passages = np.zeros((12, 2), np.float32)
    passages[3] = [1, 0]
    passages[7] = [0.5, 0]
    (found,) = first_ten(np.array([[1, 0]], np.float32), passages)
    assert found == [3, 7, 0, 1, 2, 4, 5, 6, 8, 9]


def test_overlap_is_the_share_of_common_results() -> None:
    assert overlap([[1, 2, 3, 4]], [[4, 3, 9, 8]]) == [0.5]


def test_ndcg_is_one_for_the_best_order_and_less_for_another() -> None:
    ids, grades = ["a", "b", "c"], {"a": 2, "b": 1}
    assert ndcg([0, 1, 2], ids, grades) == pytest.approx(1.0)
    assert ndcg([1, 0, 2], ids, grades) == pytest.approx((1 + 3 / np.log2(3)) / (3 + 1 / np.log2(3)))
    assert ndcg([2], ids, grades) == 0.0


def test_an_interval_holds_its_mean() -> None:
    value, low, high = mean_with_interval([0.0, 1.0, 1.0, 1.0])
    assert low <= value == 0.75 <= high


def test_texts_have_the_length_asked_for_and_differ() -> None:
    encoder = HashingEncoder()
    texts = texts_of_length(encoder, 146, 30)
    assert len(set(texts)) == 30
    assert all(146 <= encoder.count_tokens(text) < 160 for text in texts)


def test_relevant_decisions_have_grade_two_and_related_ones_grade_one(tmp_path: Path) -> None:
    decisions = [{"id": f"d{n}", "established": "e", "findings": "f"} for n in range(2)]
    queries = [
        {"text": "q", "relevant": ["d0", "d1"]},
        {"text": "r", "relevant": ["d0"], "partial": ["d1"]},
    ]
    for name, rows in (("decisions_x.jsonl", decisions), ("queries_x.jsonl", queries)):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ids, passages, judged = judged_queries(tmp_path)
    assert (ids, passages) == (["d0", "d1"], ["e f", "e f"])
    assert [query.grades for query in judged] == [{"d0": 2, "d1": 2}, {"d0": 2, "d1": 1}]
