"""Each criterion: met, not met, cannot tell, and the boundary between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from intake.criteria.inquiry import EarlierCase, Finding, Inquiry
from intake.criteria.judging import PREDICATES, judge
from intake.evidence import Absence, Quote, Record
from intake.facts import FeePayment, Unread
from intake.law.edition import load_law
from intake.outcome import propose_outcome
from intake.registry import Match, Resolved

from .facts_factory import CLAIM, INSURER, POLICY, SOUND, appeal, fact, inquiry, item, paper, quote, sign, silent


def only(criterion: str, asked: Inquiry) -> Finding:
    (finding,) = PREDICATES[criterion](asked)
    return finding


def said(criterion: str, asked: Inquiry) -> tuple[str, str | None]:
    finding = only(criterion, asked)
    return finding.result, finding.cause


def texts(finding: Finding) -> list[str]:
    return [piece.text for piece in finding.evidence if isinstance(piece, Quote)]


MET = ("met", None)
NOT_MET = ("not_met", None)
PERSON = ("cannot_tell", "needs_person")
MISSING = ("cannot_tell", "data_missing")
UNREADABLE = ("cannot_tell", "unreadable")


def test_a_sound_package_meets_everything_and_shows_why() -> None:
    judged = judge(inquiry())
    assert {verdict.criterion for verdict in judged.verdicts} == set(PREDICATES) - {"art16.6.fee"}
    assert {verdict.result for verdict in judged.verdicts} == {"met"}
    assert all(verdict.evidence for verdict in judged.verdicts)
    assert all(verdict.severity is None for verdict in judged.verdicts)
    assert list(judged.not_applicable) == ["art16.6.fee"]
    assert propose_outcome(judged.verdicts, ["страховое возмещение"]).value == "accept"


def test_every_predicate_has_its_entry_in_the_law_and_the_other_way_round() -> None:
    assert [entry.id for entry in load_law().criteria] == list(PREDICATES)


def test_nothing_read_is_never_called_not_met_but_for_what_must_lie_there() -> None:
    empty = replace(SOUND, **{name: None for name in SOUND.__slots__ if name not in _KEPT}, claims=(), papers=())
    judged = judge(replace(inquiry(), facts=empty))
    failed = {verdict.criterion for verdict in judged.verdicts if verdict.result == "not_met"}
    assert failed == {"art16.1.claim_sent", "art17.form"}
    unreadable = judge(replace(inquiry(), facts=replace(empty, any_unreadable=True)))
    assert not [verdict for verdict in unreadable.verdicts if verdict.result == "not_met"]


_POSSIBLE = ("possible_appeals", "possible_claims", "possible_proofs")
_KEPT = ("claims", "papers", "signs", "everything_searched", "any_unreadable", "unread", *_POSSIBLE)


# --- art. 2 and the signature -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"applicant_type": fact("entrepreneur")}, NOT_MET),
        ({"applicant_type": fact("organisation")}, NOT_MET),
        ({"applicant_type": None}, MISSING),
        ({"signs": (sign("business_use", "в полисе такси"),)}, PERSON),
        ({"applicant_type": fact("assignee"), "papers": (paper(3, "CESSION"),)}, MET),
        ({"applicant_type": fact("assignee")}, MISSING),
        (
            {"applicant_type": fact("assignee"), "signs": (sign("business_own_right", "цедент — ООО"),)},
            NOT_MET,
        ),
    ],
)
def test_consumer(changes: dict[str, Any], expected: tuple[str, str | None]) -> None:
    assert said("art2.2.consumer", inquiry(**changes)) == expected


def test_a_sign_of_business_is_shown() -> None:
    assert "в полисе такси" in texts(only("art2.2.consumer", inquiry(signs=(sign("business_use", "в полисе такси"),))))


@pytest.mark.parametrize(
    ("signed", "channel", "form", "right_person"),
    [
        ("handwritten", "paper", MET, MET),
        ("unsigned", "paper", NOT_MET, PERSON),
        ("empty_line", "paper", NOT_MET, PERSON),
        ("unknown", "paper", PERSON, PERSON),
        ("unsigned", "electronic", MET, MET),
        ("electronic", "electronic", MET, MET),
    ],
)
def test_signature(signed: Any, channel: Any, form: tuple[str, str], right_person: tuple[str, str]) -> None:
    asked = inquiry(channel=channel, appeal=appeal(signed=signed))
    assert said("art17.form", asked) == form
    assert said("status.rep", asked) == right_person


def test_a_signature_on_an_unreadable_page_is_unreadable() -> None:
    lost = appeal(signed="unknown")
    asked = inquiry(channel="paper", appeal=replace(lost, paper=replace(lost.paper, readable=False)))
    assert said("art17.form", asked) == UNREADABLE
    assert said("status.rep", asked) == UNREADABLE


@pytest.mark.parametrize(
    ("birth", "expected"), [(date(2008, 5, 20), MET), (date(2008, 5, 21), PERSON), (date(2015, 1, 1), PERSON)]
)
def test_a_minor_does_not_sign_alone(birth: date, expected: tuple[str, str | None]) -> None:
    assert said("status.rep", inquiry(birth_date=fact(birth))) == expected  # filed on 20.05.2026


@pytest.mark.parametrize("kind", ["representative", "minor"])
def test_somebody_else_signed(kind: Any) -> None:
    assert said("status.rep", inquiry(signs=(sign(kind, "подписала дочь"),))) == PERSON


def test_a_complaint_to_another_body_is_no_appeal() -> None:
    finding = only("art17.form", inquiry(appeal=appeal(addressed=False)))
    assert finding.result == "not_met"
    assert "В Центральный банк" in finding.reason
    assert said("art17.form", inquiry(appeal=None)) == NOT_MET
    assert said("art17.form", inquiry(appeal=None, any_unreadable=True)) == UNREADABLE


def test_a_badly_read_addressee_is_still_the_ombudsman() -> None:
    misread = replace(
        appeal(addressed=False), address_quotes=(quote("уполномоченному по травам потребиreлей: финансовых услуг"),)
    )
    assert said("art17.form", inquiry(appeal=misread)) == MET


# --- art. 15 ------------------------------------------------------------------------------------------------------


def resolved(resolution: Any, *organisations: Any) -> Resolved:
    return Resolved(resolution=resolution, matches=tuple(Match(organisation=one, score=0.9) for one in organisations))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"organisation": resolved("absent")}, NOT_MET),
        ({"organisation": resolved("ambiguous", INSURER, replace(INSURER, inn="3933035832"))}, PERSON),
        ({"organisation": resolved("found", replace(INSURER, licence_revoked=date(2025, 1, 1)))}, MET),
        ({"organisation": resolved("found", replace(INSURER, interaction_from=date(2026, 5, 21)))}, NOT_MET),
        ({"organisation": resolved("found", replace(INSURER, interaction_from=date(2026, 5, 20)))}, MET),
        ({"product": fact("DSAGO", document=POLICY)}, PERSON),  # the policy says so
        ({"product": fact("DSAGO")}, MET),  # only the story does
        ({"org_name": None, "org_inn": None, "organisation": None}, MISSING),
        ({"registry_as_of": None}, PERSON),
    ],
)
def test_registry(changes: dict[str, Any], expected: tuple[str, str | None]) -> None:
    assert said("art15.1.registry", inquiry(**changes)) == expected


def test_the_registry_is_quoted_as_a_record_of_its_day() -> None:
    (record,) = [piece for piece in only("art15.1.registry", inquiry()).evidence if isinstance(piece, Record)]
    assert (record.key, record.as_of) == ("3990837423", date(2026, 11, 1))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ((item("неустойка", "10", "penalty"),), MET),
        ((item("выдача направления на ремонт", None, "repair_referral"), item("неустойка", "5", "penalty")), PERSON),
        ((item("списание долга", "184300", "dispute_debt"),), NOT_MET),
        ((item("провести проверку", None, "non_property"),), NOT_MET),
        ((item("провести проверку", None, "non_property"), item("моральный вред", "5", "moral_harm")), NOT_MET),
        ((item("компенсация морального вреда", "60000", "moral_harm"),), MET),
        ((), MISSING),
    ],
)
def test_property(claims: Any, expected: tuple[str, str | None]) -> None:
    assert said("art15.1.property", inquiry(claims=claims)) == expected


def test_a_demand_beside_money_is_named() -> None:
    claims = (item("страховое возмещение", "97300"), item("провести проверку", None, "non_property"))
    finding = only("art15.1.property", inquiry(claims=claims))
    assert finding.result == "met"
    assert "провести проверку" in finding.reason


KASKO = {"product": fact("KASKO", "КАСКО")}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({**KASKO, "claims": (item("возмещение", "500000"),)}, MET),
        ({**KASKO, "claims": (item("возмещение", "500000.01"),)}, NOT_MET),
        ({**KASKO, "claims": (item("а", "300000"), item("неустойка", "200001", "penalty"))}, NOT_MET),
        ({**KASKO, "claims": (item("а", "496000"), item("моральный вред", "30000", "moral_harm"))}, PERSON),
        ({**KASKO, "claims": (item("а", "470000"), item("моральный вред", "30000", "moral_harm"))}, MET),
        ({**KASKO, "claims": (item("а", None),), "amount_claimed": None}, MISSING),
        ({**KASKO, "claims": (item("а", None),), "amount_claimed": fact(Decimal(742300))}, NOT_MET),
        ({"claims": (item("возмещение", "742300"),)}, MET),  # ОСАГО: any sum
        ({"product": fact("NPF"), "claims": (item("доход", "517604.18"),)}, MET),
        ({"product": None, "claims": (item("доход", "517604.18"),)}, NOT_MET),
    ],
)
def test_amount(changes: dict[str, Any], expected: tuple[str, str | None]) -> None:
    assert said("art15.1.amount", inquiry(**changes)) == expected


def test_the_sum_is_worked_out() -> None:
    claims = (item("а", "300000"), item("неустойка", "200001.50", "penalty"))
    computation = only("art15.1.amount", inquiry(**KASKO, claims=claims)).computation
    assert computation == "300 000 ₽ + 200 001,50 ₽ = 500 001,50 ₽; предел 500 000 ₽"


@pytest.mark.parametrize(
    ("filed", "changes", "expected"),
    [
        (date(2025, 7, 11), {}, MET),  # the last day
        (date(2025, 7, 14), {}, NOT_MET),
        (date(2025, 7, 14), {"signs": (sign("restore_petition", "прошу восстановить срок"),)}, PERSON),
        (date(2025, 7, 14), {"any_unreadable": True}, UNREADABLE),
        (date(2025, 7, 14), {"breach_date": None}, PERSON),
        (date(2025, 7, 14), {"breach_date": None, "contract_date": fact(date(2022, 7, 14))}, MET),  # no older breach
        (date(2025, 7, 14), {"breach_date": None, "contract_date": fact(date(2022, 7, 11))}, PERSON),
        (date(2025, 7, 14), {"breach_date": fact(date(2022, 7, 12))}, MET),  # 12.07.2025 is a Saturday
        (date(2025, 7, 14), {"breach_date": fact(date(2016, 7, 12))}, NOT_MET),  # before the calendar's years
        (date(2027, 7, 14), {"breach_date": fact(date(2026, 7, 12))}, MET),  # ends after the calendar's years
        (
            date(2025, 7, 14),
            {"initial_answer_date": fact(date(2025, 1, 9))},
            PERSON,
        ),  # answered later: which day counts?
        (date(2025, 7, 14), {"initial_answer_date": fact(date(2022, 7, 11))}, NOT_MET),
        (date(2025, 7, 14), {"contract_date": fact(date(2023, 2, 1))}, PERSON),  # no breach before the contract
    ],
)
def test_three_years(filed: date, changes: dict[str, Any], expected: tuple[str, str | None]) -> None:
    anchor = {"breach_date": fact(date(2022, 7, 11)), "initial_answer_date": None}
    asked = inquiry(filed=filed, **(anchor | changes))
    assert said("art15.1.term3y", asked) == expected


# --- art. 16 ------------------------------------------------------------------------------------------------------

LETTER = SOUND.claim
assert LETTER is not None
BARE = replace(LETTER, proof=())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (silent(), MET),
        (silent(claim=replace(LETTER, proof=()), claim_received_date=None), NOT_MET),
        (silent(claim=replace(LETTER, proof=()), claim_received_date=None, any_unreadable=True), UNREADABLE),
        ({"claim": replace(LETTER, proof=()), "claim_received_date": None}, MET),  # the reply proves it
        (silent(claim=BARE, claim_received_date=None, papers=(paper(5, "SEND_PROOF"),)), MET),
        (
            silent(claim=replace(BARE, paper=paper(CLAIM, "CLAIM_FO", readable=False)), claim_received_date=None),
            UNREADABLE,
        ),
        ({"claim": replace(LETTER, is_initial_application=True)}, NOT_MET),
        (silent(claim=replace(LETTER, paper=None), papers=()), NOT_MET),
        (silent(claim=replace(LETTER, paper=None)), PERSON),  # a letter of the organisation may answer it
        ({"claim": replace(LETTER, paper=None)}, MET),
        (silent(claim=None), NOT_MET),
        (silent(claim=None, any_unreadable=True), UNREADABLE),
    ],
)
def test_claim_sent(changes: dict[str, Any], expected: tuple[str, str | None]) -> None:
    assert said("art16.1.claim_sent", inquiry(**changes)) == expected


def test_no_claim_leaves_everything_about_it_open() -> None:
    asked = inquiry(**silent(claim=None, claim_date=None, claim_received_date=None, papers=(paper(3, "POLICY_OSAGO"),)))
    for criterion in ("art16.1.claim_match", "art16.1.claim_order", "art16.2.term", "art17.attach"):
        assert said(criterion, asked) == MISSING, criterion


def letter(*items: Any, open_ended: bool = False) -> Any:
    return replace(LETTER, items=items, open_ended=open_ended)


@pytest.mark.parametrize(
    ("claims", "asked_before", "expected"),
    [
        (("возмещение", "97300", "money"), letter(item("возмещение", "97300")), MET),
        (("неустойка", "263472", "penalty"), letter(item("неустойка", "191616", "penalty")), MET),
        (("проценты", "57340", "money"), letter(item("возврат платы за услугу", "23880")), NOT_MET),
        (("утрата товарной стоимости", "46850", "money"), letter(item("страховое возмещение", "90000")), NOT_MET),
        (("страховое возмещение", "90000", "money"), letter(open_ended=True), MET),
        (("расходы на эвакуатор", "8500", "expense"), letter(open_ended=True), NOT_MET),
        (("возмещение", "97300", "money"), letter(), PERSON),
        (("возмещение", "97300", "money"), letter(item("ущерб", "97800")), MET),  # a misread digit
        (("проценты", "57340", "money"), letter(item("взыскание денежной суммы", "23880")), PERSON),
        (("инвестдоход", "57604", "money"), letter(item("накопления", "527604.18")), PERSON),  # both read badly
        (("эвакуатор", "8500", "expense"), replace(LETTER, paper=paper(CLAIM, "CLAIM_FO", readable=False)), UNREADABLE),
        (("возмещение", "97300", "money"), replace(LETTER, paper=None, items=()), MISSING),
    ],
)
def test_claim_match(claims: Any, asked_before: Any, expected: tuple[str, str | None]) -> None:
    assert said("art16.1.claim_match", inquiry(claims=(item(*claims),), claim=asked_before)) == expected


def test_an_item_the_letter_lacks_drops_alone_and_the_lump_sum_covers_its_parts() -> None:
    claims = (item("страховое возмещение", "97300"), item("расходы на эвакуатор", "8500", "expense"))
    finding = only("art16.1.claim_match", inquiry(claims=claims))
    assert (finding.result, finding.item) == ("not_met", "расходы на эвакуатор")
    assert "эвакуатор" in texts(finding)[0]
    lump = letter(item("страховая выплата", "105800"))
    assert said("art16.1.claim_match", inquiry(claims=claims, claim=lump)) == MET


@pytest.mark.parametrize(
    ("claim_date", "expected"),
    [
        (date(2026, 5, 5), NOT_MET),
        (date(2026, 5, 14), NOT_MET),  # the twentieth day without 1 and 9 May
        (date(2026, 5, 15), MET),
    ],
)
def test_claim_order_under_osago(claim_date: date, expected: tuple[str, str | None]) -> None:
    asked = inquiry(
        initial_application_date=fact(date(2026, 4, 22)),
        initial_answer_date=None,
        claim_date=fact(claim_date, document=CLAIM),
    )
    assert said("art16.1.claim_order", asked) == expected
    assert "14.05.2026" in (only("art16.1.claim_order", asked).computation or "")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, MET),  # answered on 20.01, claim of 16.02
        ({"initial_application_date": None, "initial_answer_date": None}, MET),  # the breach came first
        ({"initial_application_date": None, "initial_answer_date": None, "breach_date": None}, PERSON),
        (
            {"initial_application_date": None, "initial_answer_date": None, "breach_date": None}
            | {"product": fact("BANK_CREDIT")},
            MET,  # no application is needed
        ),
        ({**KASKO, "initial_answer_date": None}, MET),  # the breach came first
        ({**KASKO, "initial_answer_date": None, "breach_date": None}, PERSON),
        (
            {**KASKO, "initial_answer_date": None, "breach_date": None}
            | {"initial_application_date": fact(date(2026, 2, 16))},
            MET,  # the claim itself, there was no other letter
        ),
        ({"initial_application_date": None, "initial_answer_date": fact(date(2026, 3, 1))}, PERSON),
        ({"claim_date": None, "claim_received_date": None}, MISSING),
        ({"claim_date": fact(date(2076, 2, 16)), "claim_received_date": None}, MISSING),  # a misread year
        (
            {**KASKO, "initial_answer_date": None, "breach_date": None}
            | {"initial_application_date": fact(date(2025, 9, 1))},
            MET,
        ),  # so long before that no term can run
        ({"initial_application_date": fact(date(2020, 1, 1)), "initial_answer_date": None}, PERSON),  # no calendar
    ],
)
def test_claim_order(changes: dict[str, Any], expected: tuple[str, str | None]) -> None:
    assert said("art16.1.claim_order", inquiry(**changes)) == expected


def waiting(received: date, **changes: Any) -> dict[str, Any]:
    return silent(claim_received_date=fact(received, document=CLAIM)) | changes


ELECTRONIC = {"claim_channel": fact("electronic"), "claim_standard_form": fact(True)}


@pytest.mark.parametrize(
    ("filed", "changes", "expected"),
    [
        # 30 calendar days from 05.05.2026 end on 04.06.2026
        (date(2026, 6, 4), waiting(date(2026, 5, 5)), NOT_MET),
        (date(2026, 6, 5), waiting(date(2026, 5, 5)), MET),
        # … and from 06.03.2026 on Monday 06.04.2026, because 05.04 is a Sunday
        (date(2026, 4, 6), waiting(date(2026, 3, 6)), NOT_MET),
        (date(2026, 4, 7), waiting(date(2026, 3, 6)), MET),
        # 15 working days from 16.02.2026 end on 11.03.2026
        (date(2026, 3, 11), waiting(date(2026, 2, 16), **ELECTRONIC), NOT_MET),
        (date(2026, 3, 12), waiting(date(2026, 2, 16), **ELECTRONIC), MET),
        # the standard form on paper, or after 180 days, does not shorten the term
        (date(2026, 3, 12), waiting(date(2026, 2, 16), claim_standard_form=fact(True)), NOT_MET),
        (date(2026, 3, 12), waiting(date(2026, 2, 16), **ELECTRONIC, breach_date=fact(date(2025, 8, 1))), NOT_MET),
        # electronic, the form unknown: between the two terms a person decides
        (
            date(2026, 3, 12),
            waiting(date(2026, 2, 16), claim_channel=fact("electronic"), claim_standard_form=None),
            PERSON,
        ),
        (date(2026, 3, 12), waiting(date(2026, 2, 16), **ELECTRONIC, breach_date=None), MET),
        # an evasive reply before the term is over is a person's to judge, after it the silence counts
        (
            date(2026, 3, 25),
            waiting(date(2026, 3, 6), reply_kind=fact("other"), reply_date=fact(date(2026, 3, 16))),
            PERSON,
        ),
        (
            date(2026, 4, 7),
            waiting(date(2026, 3, 6), reply_kind=fact("other"), reply_date=fact(date(2026, 3, 16))),
            MET,
        ),
        (date(2026, 3, 25), silent(claim_received_date=None), MISSING),
        (date(2026, 3, 25), waiting(date(2018, 3, 6)), PERSON),  # before the law's data begin
        (date(2026, 3, 2), {}, MET),  # refused on the day of filing
    ],
)
def test_term_of_reply(filed: date, changes: dict[str, Any], expected: tuple[str, str | None]) -> None:
    assert said("art16.2.term", inquiry(filed=filed, **changes)) == expected


def test_a_reply_younger_than_the_appeal_proves_nothing() -> None:
    asked = inquiry(filed=date(2026, 3, 1), reply_date=fact(date(2026, 3, 2), document=4))
    assert said("art16.2.term", asked) == NOT_MET


def test_the_term_is_worked_out_with_its_law_and_calendar() -> None:
    finding = only("art16.2.term", inquiry(filed=date(2026, 4, 6), **waiting(date(2026, 3, 6))))
    assert finding.computation is not None
    assert "06.03.2026 + 30 календарных дней = 06.04.2026 (перенесено с 05.04.2026)" in finding.computation
    assert any(isinstance(piece, Record) and "1466" in piece.text for piece in finding.evidence)


ASSIGNEE = {"applicant_type": fact("assignee"), "papers": (*SOUND.papers, paper(5, "CESSION"), paper(6, "RECEIPT"))}


def payment(**changes: Any) -> FeePayment:
    sound = FeePayment(
        paper=paper(6, "RECEIPT"),
        amount=Decimal(15000),
        paid_on=date(2026, 5, 1),
        executed=True,
        to_service=True,
        for_this_case=True,
        quotes=(quote("ПЛАТЁЖНОЕ ПОРУЧЕНИЕ № 214", 6),),
    )
    return replace(sound, **changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"fee": payment()}, MET),
        ({"fee": payment(for_this_case=False)}, NOT_MET),
        ({"fee": payment(executed=False)}, NOT_MET),
        ({"fee": payment(to_service=False)}, NOT_MET),
        ({"fee": payment(amount=Decimal(14999))}, NOT_MET),
        ({"fee": payment(amount=Decimal(5000))}, PERSON),  # a digit may be lost
        ({"fee": payment(executed=False, paper=paper(6, "RECEIPT", readable=False))}, UNREADABLE),
        ({"fee": payment(for_this_case=None)}, PERSON),
        ({"fee": None}, NOT_MET),
        ({"fee": None, "any_unreadable": True}, UNREADABLE),
        ({"fee": None, "any_unreadable": True, "signs": (sign("fee_missing_promise", "внесём позже"),)}, NOT_MET),
    ],
)
def test_fee(changes: dict[str, Any], expected: tuple[str, str | None]) -> None:
    assert said("art16.6.fee", inquiry(**ASSIGNEE, **changes)) == expected


def test_a_fee_for_another_case_is_attached_and_a_missing_one_is_not() -> None:
    assert said("art17.attach", inquiry(**ASSIGNEE, fee=payment(for_this_case=False))) == MET
    assert said("art17.attach", inquiry(**ASSIGNEE, fee=None)) == MISSING


# --- art. 17 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["applicant_name", "birth_date", "birth_place", "address", "org_name"])
def test_content_that_is_nowhere(name: str) -> None:
    assert said("art17.content", inquiry(**{name: None})) == MISSING
    assert said("art17.content", inquiry(**{name: None}, any_unreadable=True)) == UNREADABLE


def test_a_particular_that_stands_there_illegible_is_not_missing() -> None:
    unread = (Unread(fact="birth_date", quotes=(quote("дата рождения 1?.0?.19?9"),)),)
    assert said("art17.content", inquiry(birth_date=None, unread=unread)) == UNREADABLE
    assert said("art17.content", inquiry(birth_date=None, address=None, unread=unread)) == MISSING


def test_a_company_was_not_born() -> None:
    company = {"applicant_name": fact("ООО «Юрвектор»"), "birth_date": None, "birth_place": None}
    assert said("art17.content", inquiry(**ASSIGNEE, **company)) == MET
    assert said("art17.content", inquiry(**company)) == MISSING


@pytest.mark.parametrize("lost", ["CLAIM_FO", "REPLY_FO", "POLICY_OSAGO", "STS"])
def test_a_paper_that_is_not_there(lost: str) -> None:
    papers = tuple(one for one in SOUND.papers if one.type != lost)
    changes: dict[str, Any] = {"papers": papers}
    if lost == "CLAIM_FO":
        changes["claim"] = replace(LETTER, paper=None)
    assert said("art17.attach", inquiry(**changes)) == MISSING
    assert said("art17.attach", inquiry(**changes, any_unreadable=True)) == UNREADABLE


def test_any_paper_of_the_vehicle_will_do_and_other_products_need_none() -> None:
    without = tuple(one for one in SOUND.papers if one.type != "STS")
    assert said("art17.attach", inquiry(papers=(*without, paper(4, "PTS")))) == MET
    credit = tuple(one for one in without if one.type != "POLICY_OSAGO")
    assert said("art17.attach", inquiry(product=fact("BANK_CREDIT"), papers=credit)) == MISSING
    with_contract = (*credit, paper(3, "CONTRACT_CREDIT"))
    assert said("art17.attach", inquiry(product=fact("BANK_CREDIT"), papers=with_contract)) == MET


def test_the_title_to_a_vehicle_is_not_asked_of_the_injured() -> None:
    """Harm to health, by the classifier's category or by the demand itself: medical papers, no title."""
    papers = (*(one for one in SOUND.papers if one.type not in ("STS", "PTS", "DKP")), paper(4, "MEDICAL"))
    assert said("art17.attach", inquiry(papers=papers)) == MISSING
    assert said("art17.attach", inquiry(papers=papers, category=fact("INS_HEALTH"))) == MET
    harmed = tuple(replace(item, item="возмещение вреда жизни или здоровью") for item in SOUND.claims)
    assert said("art17.attach", inquiry(papers=papers, claims=harmed)) == MET
    assert said("art17.attach", inquiry(papers=papers[:-1], claims=harmed)) == MISSING


def test_without_a_known_product_some_contract_must_be_there() -> None:
    assert said("art17.attach", inquiry(product=None)) == MET
    bare = tuple(one for one in SOUND.papers if one.type != "POLICY_OSAGO")
    assert said("art17.attach", inquiry(product=None, papers=bare)) == MISSING


def test_without_a_reply_the_proof_of_sending_must_be_there() -> None:
    papers = tuple(one for one in SOUND.papers if one.type != "REPLY_FO")
    assert said("art17.attach", inquiry(**silent(papers=papers))) == MET  # the stamp on the letter
    bare = silent(papers=papers, claim=replace(LETTER, proof=()))
    assert said("art17.attach", inquiry(**bare)) == MISSING
    assert said("art17.attach", inquiry(**bare | {"papers": (*papers, paper(5, "SEND_PROOF"))})) == MET


# --- art. 19 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("criterion", "kind", "expected"),
    [
        ("art19.1.3", "court_act", NOT_MET),
        ("art19.1.3", "court_mention", PERSON),
        ("art19.1.3", "court_elsewhere", MET),
        ("art19.1.5", "earlier_decision_same", NOT_MET),
        ("art19.1.5", "earlier_decision_partial", PERSON),
        ("art19.1.7", "bankruptcy_subject", NOT_MET),
        ("art19.1.7", "bankruptcy_person", PERSON),
        ("art19.1.6", "licence_revoked", PERSON),  # the registry says otherwise
    ],
)
def test_obstacles_in_the_papers(criterion: str, kind: Any, expected: tuple[str, str | None]) -> None:
    finding = only(criterion, inquiry(signs=(sign(kind, "след в документах"),)))
    assert (finding.result, finding.cause) == expected
    assert "след в документах" in finding.reason
    assert "след в документах" in texts(finding)


@pytest.mark.parametrize("criterion", ["art19.1.3", "art19.1.5", "art19.1.7", "art19.1.8"])
def test_an_obstacle_not_found_shows_where_it_was_looked_for(criterion: str) -> None:
    (ground,) = only(criterion, inquiry()).evidence
    assert isinstance(ground, Absence)
    assert len(ground.searched) == 5


REVOKED = replace(INSURER, licence_revoked=date(2025, 8, 14))


@pytest.mark.parametrize(
    ("filed", "expected"), [(date(2025, 8, 13), MET), (date(2025, 8, 14), NOT_MET), (date(2026, 2, 10), NOT_MET)]
)
def test_licence_on_the_day_of_filing(filed: date, expected: tuple[str, str | None]) -> None:
    asked = inquiry(filed=filed, organisation=resolved("found", REVOKED))
    assert said("art19.1.6", asked) == expected
    assert only("art19.1.6", asked).evidence[0] == Record(
        source="Реестр организаций",
        key=REVOKED.inn,
        as_of=date(2026, 11, 1),
        text="АО «СК „Янтарный Щит“»: лицензия отозвана 14.08.2025",
    )


def case(**changes: Any) -> EarlierCase:
    sound = EarlierCase(
        number="У-25-100",
        applicant_name="Иванова Анна Петровна",
        org_inn="3990837423",
        contract_number="XXX0418827365",  # Latin letters, no space: the same contract
        vin=None,
        breach_date=date(2026, 1, 20),
        items=("страховое возмещение",),
        decided=date(2025, 9, 1),
        outcome="отказано",
    )
    return replace(sound, **changes)


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        (case(), NOT_MET),
        (case(items=("неустойка",)), PERSON),
        (case(breach_date=date(2024, 1, 20)), PERSON),
        (case(org_inn="5255229318"), MET),
        (case(contract_number="ХХХ 0000000000"), MET),
    ],
)
def test_earlier_cases(earlier: EarlierCase, expected: tuple[str, str | None]) -> None:
    asked = inquiry(earlier=(earlier,))
    assert said("art19.1.5", asked) == expected
    records = [piece for piece in only("art19.1.5", asked).evidence if isinstance(piece, Record)]
    assert bool(records) == (expected != MET)


def test_moral_harm_drops_alone_unless_it_is_all_there_is() -> None:
    beside = (item("утс", "46850"), item("компенсация морального вреда", "15000", "moral_harm"))
    finding = only("art19.1.8", inquiry(claims=beside))
    assert (finding.result, finding.item) == ("not_met", "компенсация морального вреда")
    alone = only("art19.1.8", inquiry(claims=beside[1:]))
    assert (alone.result, alone.item) == ("not_met", None)


def test_an_ambiguous_name_with_a_revoked_licence_among_them() -> None:
    both = resolved("ambiguous", INSURER, replace(REVOKED, inn="3933035832"))
    assert said("art19.1.6", inquiry(organisation=both)) == PERSON
    assert said("art19.1.6", inquiry(organisation=resolved("ambiguous", INSURER, INSURER))) == MET


def test_money_without_a_sum_is_content_that_is_missing() -> None:
    nameless = {"claims": (item("страховое возмещение", None),), "amount_claimed": None}
    assert said("art17.content", inquiry(**nameless)) == MISSING
    referral = {"claims": (item("выдача направления", None, "repair_referral"),), "amount_claimed": None}
    assert said("art17.content", inquiry(**referral)) == MET


# --- all of them --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shift", [0, 40, 400])
def test_predicates_are_pure(shift: int) -> None:
    asked = inquiry(filed=date(2026, 5, 20) + timedelta(days=shift))
    assert judge(asked) == judge(asked)


def test_reasons_are_sentences_in_russian() -> None:
    for verdict in judge(inquiry(**ASSIGNEE, fee=None, **silent())).verdicts:
        assert verdict.reason.endswith((".", "?")), verdict
        assert "None" not in verdict.reason
        assert verdict.reason[0].isupper() or verdict.reason[0] in "«0123456789"
