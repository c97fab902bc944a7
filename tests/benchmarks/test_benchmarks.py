"""What stands between pages and figures: spans become places, numbers are counted, texts say what they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks import ocr_benchmark, readings
from benchmarks.data import NoSharedData, shared_data
from benchmarks.intake_benchmark import FRESH, SEVEN, Examined, evidence_truth, figures, musts
from benchmarks.readings import as_read, read_package
from benchmarks.render.rendering import packages
from benchmarks.texts import BadText, load_texts
from intake.evaluation import Labels, PackageScore, Pair, all_met
from intake.page_text import DocumentText
from intake.registry import read_registry_csv

ROW = {
    "id": "case",
    "documents": [
        {
            "name": "claim",
            "type": "CLAIM_FO",
            "layout": "letter",
            "signed": True,
            "text": "ПРЕТЕНЗИЯ\n\nПрошу выплатить 1 500 рублей, всего 1 500 рублей.\n\n"
            "01.02.2026      Иванова (подпись)",
        }
    ],
}
SPANS = {
    "fact_spans": [{"fact": "claims[0]", "document": "claim", "text": "1 500 рублей", "n": 1}],
    "evidence": {
        "art17.form": [{"document": "claim", "text": "Иванова (подпись)", "n": 0}],
        "art19.1.3": [],
    },
}


@pytest.fixture(autouse=True)
def _cache_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "CACHE", tmp_path)


def test_a_perfect_reading_says_what_the_page_says() -> None:
    read = read_package(ROW, "perfect", 1)
    assert read.truth is not None
    text = DocumentText(0, read.documents[0]).text
    assert "Прошу выплатить 1 500 рублей, всего 1 500 рублей." in text
    assert "(подпись)" not in text
    assert [mark.kind for mark in read.documents[0].pages[0].marks] == ["signature"]
    assert read_package(ROW, "perfect", 1) == read, "what was kept is what was made"


def test_spans_become_the_places_people_must_see() -> None:
    read = read_package(ROW, "perfect", 1)
    assert read.truth is not None
    truth = evidence_truth(read.truth, SPANS)
    form = truth.must_see["art17.form"]
    assert sorted(place.mark for place in form) == [False, True]
    assert truth.must_see["art19.1.3"] == frozenset()
    second = truth.facts["claims"][0]
    assert len(second) == 3
    placed = DocumentText(0, read.documents[0])
    start = placed.text.rindex("1 500 рублей")
    quote = placed.quote(start, start + len("1 500 рублей"))
    assert quote is not None
    hull = quote.boxes[0]
    assert all(hull.intersection(place.box) == pytest.approx(place.box.area) for place in second)


def test_a_reading_keeps_lines_and_words_together() -> None:
    read = read_package(ROW, "perfect", 1)
    page = as_read(read.truth.documents[0]).pages[0] if read.truth else None
    assert page is not None
    for line in page.lines:
        assert line.text == " ".join(word.text for word in page.words[line.words[0] : line.words[1] + 1])
    assert page.lines[-1].words[1] == len(page.words) - 1


def test_numbers_are_fields_each_occurrence_once() -> None:
    true = "ИНН 7203418850 от 14.01.2026, 4 800,00 и 4 800,00 руб., VIN XWERH81BDM0004726, Т155ЕУ72"
    found = ocr_benchmark.key_numbers(true, true.replace("4 800,00", "4 300,00", 1))
    assert {one.true for one in found} == {
        "7203418850",
        "14.01.2026",
        "4 800,00",
        "XWERH81BDM0004726",
        "Т155ЕУ72",
    }
    assert [one.read for one in found if one.true == "4 800,00"] == ["4 800,00", None]


def test_a_signature_line_is_no_letter() -> None:
    assert ocr_benchmark.without_rules("подпись ______ Иванов_а").split() == ["подпись", "Иванов_а"]


def test_the_texts_are_enough_and_half_of_them_are_held_out() -> None:
    texts = load_texts()
    assert len(texts) * 5 >= 100
    assert len({text.layout for text in texts}) == 7
    held = sum(text.part == "held" for text in texts)
    assert abs(2 * held - len(texts)) <= 2
    assert all(text.origin for text in texts)


def test_a_text_without_a_layout_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("signed: yes\n---\nтекст", encoding="utf-8")
    with pytest.raises(BadText, match=r"a\.txt"):
        load_texts(tmp_path)


def test_absent_data_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAZUS_SHARED", raising=False)
    with pytest.raises(NoSharedData, match="KAZUS_SHARED is not set"):
        shared_data()
    monkeypatch.setenv("KAZUS_SHARED", str(tmp_path))
    with pytest.raises(NoSharedData, match=r"holds no packages\.jsonl"):
        shared_data()


def _examined(package: str, said: str) -> Examined:
    labels = Labels(id=package, verdicts={"art16.2.term": "not_met"}, outcome="refuse_premature", facts={})
    right = PackageScore(
        id=package,
        verdicts=(Pair(name="art16.2.term", truth="not_met", said=said),),
        outcome=Pair(name="outcome", truth="refuse_premature", said="refuse_premature"),
        facts=(),
        evidence=(),
        fact_evidence=(),
    )
    return Examined(condition="scan", score=right, naive=all_met(labels), report=None)


def test_a_demand_is_made_only_of_a_whole_group_and_can_fail() -> None:
    seven = [_examined(package, "not_met") for package in SEVEN]
    assert musts(seven[:6]) == ()
    assert [must.passed for must in musts(seven)] == [True]
    failed = musts([*seven[:6], _examined(SEVEN[6], "met")])
    assert [(must.value, must.passed) for must in failed] == [(1.0, False)]


def test_the_naive_answer_stands_beside_every_figure() -> None:
    rows = figures([_examined(package, "not_met") for package in SEVEN], draws=20)
    right = {(row.system, row.condition): row.value for row in rows if row.metric == "verdicts right"}
    assert right[("kazus", "scan, seven")] == 1
    assert right[("all met", "scan, seven")] == 0


def test_the_fresh_packages_are_whole_and_their_organisations_are_registered() -> None:
    rows = packages(FRESH / "fresh.jsonl")
    registry = read_registry_csv((FRESH / "registry.csv").read_bytes(), date(2026, 11, 1))
    known = {organisation.inn for organisation in registry.organisations}
    assert len(rows) == len({row["id"] for row in rows}) >= 55
    for row in rows:
        assert set(row["verdicts"].values()) <= {"met", "not_met", "cannot_tell"}
        assert row["verdict_why"] or set(row["verdicts"].values()) == {"met"}
        inn = row["facts"].get("org_inn")  # not every package has all its facts labelled
        assert inn is None or inn in known or row["verdicts"]["art15.1.registry"] != "met"
        assert any(document["type"] == "APPEAL_FU" for document in row["documents"])
