"""Figures about reports: counted by hand on two small packages."""

from __future__ import annotations

from datetime import date

import pytest

from intake import evaluation
from intake.evaluation import ABSENT, EvidenceTruth, Labels, PackageScore, Place, all_met, figure, score
from intake.evidence import Quote
from intake.report import Field, Outcome, Report, ReportedFact, Result, Verdict
from ocr.document import Box

LEFT, RIGHT, INK = Box(0.1, 0.1, 0.2, 0.12), Box(0.5, 0.1, 0.6, 0.12), Box(0.3, 0.5, 0.5, 0.6)


def quote(box: Box, page: int = 1) -> Quote:
    return Quote(document=0, page=page, boxes=(box,), text="слово")


def verdict(criterion: str, result: Result, *quotes: Quote, item: str | None = None) -> Verdict:
    return Verdict(
        criterion=criterion,
        edition="e",
        law="l",
        verified=False,
        item=item,
        result=result,
        cause="needs_person" if result == "cannot_tell" else None,
        severity="fatal" if result == "not_met" else None,
        reason="так",
        evidence=quotes,
    )


def report(
    *verdicts: Verdict, outcome: str = "accept", fields: tuple[Field, ...] = (), **facts: ReportedFact
) -> Report:
    return Report(
        filed=date(2026, 1, 1),
        filed_source="given",
        channel="paper",
        sender=None,
        documents=(),
        fields=fields,
        facts=facts,
        conflicts=(),
        verdicts=verdicts,
        not_applicable={},
        outcome=Outcome(value=outcome, grounds=()),  # type: ignore[arg-type]
        deadlines=(),
    )


LABELS = Labels(
    id="a",
    verdicts={"one": "met", "two": "not_met", "three": "cannot_tell", "four": "met"},
    outcome="refuse_fatal",
    facts={"applicant_name": "Пётр Иванов", "amount_claimed": 155104, "email": None},
)


def scored() -> PackageScore:
    said = report(
        verdict("one", "not_met", item="x"),
        verdict("one", "met", item="y"),
        verdict("two", "not_met"),
        verdict("three", "met"),
        outcome="refuse_fatal",
        applicant_name=ReportedFact(value="Петр  Иванов", fields=()),
        amount_claimed=ReportedFact(value="155104.00", fields=()),
        email=ReportedFact(value="a@b.example", fields=()),
    )
    return score(said, LABELS)


def test_the_worst_item_speaks_for_a_criterion_and_silence_is_wrong() -> None:
    assert {pair.name: pair.said for pair in scored().verdicts} == {
        "one": "not_met",
        "two": "not_met",
        "three": "met",
        "four": ABSENT,
    }


def test_counts_over_verdicts() -> None:
    scores = [scored()]
    assert evaluation.accuracy(scores) == 1 / 4
    assert evaluation.precision("not_met")(scores) == 1 / 2
    assert evaluation.recall("not_met")(scores) == 1
    assert evaluation.f1("not_met")(scores) == pytest.approx(2 / 3)
    assert evaluation.f1("cannot_tell")(scores) == 0
    assert evaluation.precision("cannot_tell")(scores) is None
    assert evaluation.wrongly_failed(scores) == 1
    assert evaluation.outcomes_right(scores) == 1
    assert evaluation.wholly_right(scores) == 0


def test_facts_are_compared_in_one_form() -> None:
    scores = [scored()]
    assert evaluation.facts_exact(scores) == 1
    assert evaluation.facts_invented(scores) == 1
    assert evaluation.plain("claims", [{"item": "а", "amount": 5}, {"item": "б", "amount": None}]) == "5.00 + ?"


def test_the_naive_answer_is_scored_the_same_way() -> None:
    naive = all_met(LABELS)
    assert evaluation.accuracy([naive]) == 1 / 2
    assert evaluation.outcomes_right([naive]) == 0


def test_evidence_is_counted_by_words_whose_middle_a_box_holds() -> None:
    left, right = Place(document=0, page=1, box=LEFT), Place(document=0, page=1, box=RIGHT)
    other_page = Place(document=0, page=2, box=LEFT)
    truth = EvidenceTruth(
        must_see={"one": frozenset({left, other_page}), "two": frozenset()},
        facts={},
        places=(left, right, other_page),
    )
    whole_line = Box(0.05, 0.09, 0.7, 0.13)
    found = score(report(verdict("one", "met", quote(whole_line)), verdict("two", "not_met")), LABELS, truth)
    assert [(part.name, part.wanted, part.seen, part.covered) for part in found.evidence] == [("one", 2, 1, 2)]
    assert evaluation.evidence_recall([found]) == 1 / 2
    assert evaluation.evidence_precision([found]) == 1 / 2


def test_a_pen_mark_is_seen_by_a_box_over_a_part_of_it_and_a_word_is_not() -> None:
    part_of_it = Box(0.42, 0.5, 0.52, 0.6)
    for mark, seen in ((True, 1), (False, 0)):
        place = Place(document=0, page=1, box=INK, mark=mark)
        truth = EvidenceTruth(must_see={"one": frozenset({place})}, facts={}, places=(place,))
        found = score(report(verdict("one", "met", quote(part_of_it))), LABELS, truth)
        assert found.evidence[0].seen == seen


def test_a_fact_is_shown_when_its_field_lies_on_one_of_its_spans() -> None:
    left, right = Place(document=0, page=1, box=LEFT), Place(document=0, page=1, box=RIGHT)
    truth = EvidenceTruth(
        must_see={}, facts={"applicant_name": (frozenset({right}), frozenset({left}))}, places=(left, right)
    )
    field = Field(
        name="applicant_name",
        document=0,
        raw="Пётр",
        value="Пётр",
        confidence=1,
        check="none",
        repaired=False,
        evidence=(quote(LEFT),),
    )
    said = report(fields=(field,), applicant_name=ReportedFact(value="Пётр", fields=(0,)))
    assert evaluation.facts_shown([score(said, LABELS, truth)]) == 1
    elsewhere = EvidenceTruth(must_see={}, facts={"applicant_name": (frozenset({right}),)}, places=(left, right))
    assert evaluation.facts_shown([score(said, LABELS, elsewhere)]) == 0


def test_intervals_hold_the_value_and_are_the_same_each_time() -> None:
    scores = [scored(), all_met(LABELS)] * 5
    first, again = (figure(scores, evaluation.accuracy, draws=200) for _ in range(2))
    assert first == again
    assert first.value == 3 / 8
    assert first.low is not None
    assert first.high is not None
    assert 1 / 4 <= first.low < first.value < first.high <= 1 / 2
