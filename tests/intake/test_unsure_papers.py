"""What is said of a paper must not rest on a paper whose type is not sure; what seems missing may be that paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake.criteria.inquiry import Finding
from intake.criteria.judging import PREDICATES
from intake.facts import ClaimLetter, Facts
from intake.package import CoverSheet, Package
from intake.page_text import DocumentText
from intake.reading_facts import read_facts
from intake.report import TypedDocument
from tests.factories import document_from_text
from tests.intake.facts_factory import CLAIM as CLAIM_PAPER
from tests.intake.facts_factory import POLICY as POLICY_PAPER
from tests.intake.facts_factory import SOUND, fact, inquiry, paper, silent
from tests.intake.papers import APPEAL, CLAIM, FILED, POLICY, REGISTRY, facts_of


def _facts(*papers: tuple[str, str, tuple[str, ...]]) -> Facts:
    """The facts of a package of (type, text, types it may be); more than one of these is a type that is not sure."""
    documents = tuple(document_from_text(text, name=str(number)) for number, (_, text, _) in enumerate(papers))
    kinds = [
        TypedDocument(
            id=document.id,
            path=document.path,
            name=document.name,
            copy_of=None,
            type=type_,
            type_probability=0.4 if len(types) > 1 else 1.0,
            type_set=types,
            type_abstained=len(types) > 1,
            parts=(),
            pages=1,
            grade="good",
            error=None,
        )
        for document, (type_, _, types) in zip(documents, papers, strict=True)
    ]
    texts = [DocumentText(index, document) for index, document in enumerate(documents)]
    package = Package(documents=documents, cover=CoverSheet(filed=FILED), received=FILED)
    return read_facts(package, texts, kinds, (), REGISTRY)


def _sure(type_: str, text: str) -> tuple[str, str, tuple[str, ...]]:
    return type_, text, (type_,)


CONTRACT = "АО «СК „Тихий Берег“»\nДОГОВОР № ТБ/08-11907 от 14.09.2021\nРябинина Ольга Петровна, взнос ежегодный"
BARE_CLAIM = "\n".join(line for line in CLAIM.splitlines() if "РПО" not in line)
NOTE = "Тихий Берег\nПисьмо Рябининой получено, зарегистрировано под № 5517"


def test_a_paper_of_no_sure_type_tells_no_day_of_the_breach() -> None:
    facts = _facts(_sure("APPEAL_FU", APPEAL), _sure("CLAIM_FO", CLAIM), ("REPLY_FO", CONTRACT, ("REPLY_FO", "OTHER")))
    assert facts.breach_date is not None
    assert facts.breach_date.value == date(2026, 2, 9)


def test_a_letter_that_may_prove_the_sending() -> None:
    facts = _facts(_sure("APPEAL_FU", APPEAL), _sure("CLAIM_FO", BARE_CLAIM), ("OTHER", NOTE, ("OTHER", "SEND_PROOF")))
    assert [one.document for one in facts.possible_proofs] == [2]
    facts = _facts(_sure("APPEAL_FU", APPEAL), _sure("CLAIM_FO", BARE_CLAIM), _sure("POLICY_OSAGO", POLICY))
    assert facts.possible_proofs == ()


def test_a_paper_that_may_be_the_claim() -> None:
    facts = _facts(
        _sure("APPEAL_FU", APPEAL), ("PAWN_TICKET", "Верните мне 58 600 рублей", ("PAWN_TICKET", "CLAIM_FO"))
    )
    assert [one.document for one in facts.possible_claims] == [1]


def _said(name: str, **changes: object) -> Finding:
    (finding,) = PREDICATES[name](inquiry(**changes))
    return finding


@pytest.mark.parametrize(
    ("criterion", "changes", "kind"),
    [
        ("art16.1.claim_sent", {"claim": None}, "possible_claims"),
        ("art17.form", {"appeal": None}, "possible_appeals"),
    ],
)
def test_what_seems_missing_may_be_an_unsure_paper(criterion: str, changes: dict[str, object], kind: str) -> None:
    assert _said(criterion, **changes).result == "not_met"
    unsure = (paper(POLICY_PAPER, "OTHER"),)
    finding = _said(criterion, **changes, **{kind: unsure})
    assert (finding.result, finding.cause) == ("cannot_tell", "needs_person")


def test_a_bare_copy_of_the_claim_beside_an_unsure_letter() -> None:
    letter = ClaimLetter(
        paper=paper(CLAIM_PAPER, "CLAIM_FO"), is_initial_application=False, items=(), open_ended=False, proof=()
    )
    bare: dict[str, object] = {**silent(), "claim": letter, "claim_received_date": None}
    assert _said("art16.1.claim_sent", **bare).result == "not_met"
    unsure = (paper(POLICY_PAPER, "OTHER"),)
    assert _said("art16.1.claim_sent", **bare, possible_proofs=unsure).result == "cannot_tell"


def test_a_day_known_only_from_an_unsure_paper_refuses_nobody() -> None:
    old = fact(date(2021, 9, 14), document=POLICY_PAPER)
    changes: dict[str, object] = {"breach_date": old, "initial_answer_date": None}
    assert _said("art15.1.term3y", **changes).result == "not_met"
    papers = tuple(replace(one, type_certain=one.document != POLICY_PAPER) for one in SOUND.papers)
    finding = _said("art15.1.term3y", **changes, papers=papers)
    assert (finding.result, finding.cause) == ("cannot_tell", "needs_person")


def test_the_day_that_the_appeal_says_was_learned_wins() -> None:
    told = APPEAL.replace("09.02.2026 перечислили", "Узнали мы об этом 15 февраля 2026 г. 09.02.2026 перечислили")
    facts = facts_of((("APPEAL_FU", told), ("CLAIM_FO", CLAIM)))
    assert facts.breach_date is not None
    assert facts.breach_date.value == date(2026, 2, 15)


def test_the_birthday_beside_the_applicants_name_not_the_childs() -> None:
    told = APPEAL.replace(
        "Рябинина Ольга Петровна, 14.03.1979 г.р., место рождения: г. Галич Костромской области",
        "Рябинина Ольга Петровна, 14.03.1979, г. Галич Костромской области,\n"
        "действую как мать Рябинина Матвея Ильича, 11.06.2016 г.р.",
    )
    facts = facts_of((("APPEAL_FU", told),))
    assert facts.birth_date is not None
    assert facts.birth_date.value == date(1979, 3, 14)


def test_together_with_a_loan_is_no_total() -> None:
    told = APPEAL.replace("Прошу взыскать 56 500", "Размер требования | 62 500 руб.\nВместе с кредитом оформили "
                          "страхование, премия 86 700 рублей.\nПрошу взыскать 56 500")  # fmt: skip
    facts = facts_of((("APPEAL_FU", told),))
    assert "86700" not in "".join(str(item.amount) for item in facts.claims)
