"""A whole package: who, against whom, what, and when; then what each paper changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from intake.facts import Facts
from intake.report import Field
from tests.intake.papers import APPEAL, CLAIM, INSURER, PACKAGE, POLICY, REPLY, facts_of


@pytest.fixture(scope="module")
def facts() -> Facts:
    return facts_of(PACKAGE)


def test_the_applicant(facts: Facts) -> None:
    assert facts.applicant_name is not None
    assert facts.applicant_name.value == "Рябинина Ольга Петровна"
    assert facts.applicant_type is not None
    assert facts.applicant_type.value == "consumer"
    assert facts.birth_date is not None
    assert facts.birth_date.value == date(1979, 3, 14)
    assert facts.birth_place is not None
    assert facts.birth_place.value == "г. Галич Костромской области"
    assert facts.address is not None
    assert facts.address.value == "156000, г. Кострома, ул. Лесная, д. 4, кв. 17"
    assert facts.phone is not None
    assert facts.phone.value == "+79150001234"
    assert facts.email is not None
    assert facts.email.value == "ryabinina@pochta.example"


def test_the_organisation(facts: Facts) -> None:
    assert facts.org_name is not None
    assert facts.org_name.value == "АО «СК „Тихий Берег“»"
    assert facts.org_inn is not None
    assert facts.org_inn.value == INSURER.inn
    assert facts.organisation is not None
    assert [match.organisation for match in facts.organisation.matches] == [INSURER]


def test_the_contract(facts: Facts) -> None:
    assert facts.contract_number is not None
    assert facts.contract_number.value == "ХХХ 0500112233"
    assert facts.contract_date is not None
    assert facts.contract_date.value == date(2025, 6, 5)
    assert facts.product is not None
    assert facts.product.value == "OSAGO"


def test_the_claims(facts: Facts) -> None:
    assert [(item.kind, item.amount) for item in facts.claims] == [
        ("money", Decimal("56500.00")),
        ("expense", Decimal("6000.00")),
    ]
    assert facts.amount_claimed is not None
    assert facts.amount_claimed.value == Decimal("62500.00")
    assert facts.claim is not None
    assert [item.amount for item in facts.claim.items] == [Decimal("56500.00"), Decimal("6000.00")]
    assert not facts.claim.open_ended


def test_the_course_of_the_dispute(facts: Facts) -> None:
    days = {
        name: getattr(facts, name).value
        for name in (
            "initial_application_date",
            "initial_answer_date",
            "breach_date",
            "claim_date",
            "claim_received_date",
            "reply_date",
        )
    }
    assert days == {
        "initial_application_date": date(2026, 1, 19),
        "initial_answer_date": date(2026, 2, 9),
        "breach_date": date(2026, 2, 9),
        "claim_date": date(2026, 3, 2),
        "claim_received_date": date(2026, 3, 10),
        "reply_date": date(2026, 3, 27),
    }
    assert facts.reply_kind is not None
    assert facts.reply_kind.value == "refusal"
    assert facts.claim_channel is not None
    assert facts.claim_channel.value == "paper"
    assert facts.claim_standard_form is not None
    assert not facts.claim_standard_form.value


def test_every_quote_stands_on_its_page(facts: Facts) -> None:
    texts = [text for _, text in PACKAGE]
    quotes = [
        quote
        for name in ("breach_date", "claim_date", "claim_received_date", "reply_date", "reply_kind", "org_name")
        for quote in getattr(facts, name).quotes
    ]
    assert quotes
    for quote in quotes:
        assert quote.text in " ".join(texts[quote.document].split())
        assert quote.boxes
    assert "09.02.2026 перечислили" in facts.breach_date.quotes[0].text if facts.breach_date else False


def test_nothing_is_wrong_with_a_plain_package(facts: Facts) -> None:
    assert facts.signs == ()
    assert facts.appeal is not None
    assert facts.appeal.addressed
    assert facts.appeal.paper.signed == "handwritten"
    assert not facts.any_unreadable
    assert facts.everything_searched is not None
    assert [searched.document for searched in facts.everything_searched.searched] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("взыскать", "взыскатъ"),
        ("Претензию отправила", "Лретензию отнравила"),
        ("ПРЕТЕНЗИЯ", "ПРЕТЕНЗИЛ"),
        ("Финансовому уполномоченному", "Финансовсму уполномоченнсму"),
        ("АО «СК „Тихий Берег“», ИНН 7707083893", 'AO «CK „Тихнй Берег", ИНН 7707083893'),
        ("перечислили", "перечислипи"),
        ("вручено", "врученс"),
        ("обязательного страхования", "обязательнсго стпахования"),
    ],
)
def test_a_misread_word_changes_no_fact(right: str, wrong: str) -> None:
    papers = [(type_, text.replace(right, wrong)) for type_, text in PACKAGE]
    assert papers != list(PACKAGE)
    facts = facts_of(papers)
    assert facts.product is not None
    assert facts.product.value == "OSAGO"
    assert [item.amount for item in facts.claims] == [Decimal("56500.00"), Decimal("6000.00")]
    assert facts.claim_received_date is not None
    assert facts.claim_received_date.value == date(2026, 3, 10)
    assert facts.breach_date is not None
    assert facts.breach_date.value == date(2026, 2, 9)
    assert facts.organisation is not None
    assert facts.organisation.resolution == "found"
    assert facts.appeal is not None
    assert facts.appeal.addressed


def test_an_earlier_letter_is_the_answer_to_the_first_application_and_no_reply_to_the_claim() -> None:
    early = REPLY.replace("27.03.2026", "09.02.2026").replace(
        "На Вашу претензию, поступившую 10.03.2026", "На Ваше заявление от 19.01.2026"
    )
    facts = facts_of([("APPEAL_FU", APPEAL.replace(", отказ от 27.03.2026", ", ответа нет")), ("CLAIM_FO", CLAIM),
                      ("REPLY_FO", early), ("POLICY_OSAGO", POLICY)])  # fmt: skip
    assert facts.reply_date is None
    assert facts.reply_kind is not None
    assert facts.reply_kind.value == "none"
    assert "ответа нет" in facts.reply_kind.quotes[0].text
    assert facts.initial_answer_date is not None
    assert facts.initial_answer_date.value == date(2026, 2, 9)


def test_an_evasive_letter_without_letterhead_is_no_refusal() -> None:
    evasive = """Тихий Берег
27.03.2026
Уважаемая Ольга Петровна! Мы изучили Вашу претензию от 02.03.2026. Вопрос может быть рассмотрен после
дополнительной проверки, о результате сообщим.
(файл Word, без бланка и подписи)
"""
    facts = facts_of([("APPEAL_FU", APPEAL), ("CLAIM_FO", CLAIM), ("REPLY_FO", evasive), ("POLICY_OSAGO", POLICY)])
    assert facts.reply_kind is not None
    assert facts.reply_kind.value == "other"


def test_a_first_application_that_the_applicant_calls_a_claim() -> None:
    application = """АО «СК „Тихий Берег“»
ЗАЯВЛЕНИЕ о страховом случае
Прошу провести осмотр и произвести выплату
Рябинина (подпись)
Принял: Сомов, 19.01.2026, вх. 15
"""
    text = APPEAL.replace("Претензию отправила 02.03.2026, вручена 10.03.2026, отказ от 27.03.2026.",
                          "Претензию подала сразу, 19.01.2026.")  # fmt: skip
    facts = facts_of([("APPEAL_FU", text), ("INITIAL_APP", application), ("POLICY_OSAGO", POLICY)])
    assert facts.claim is not None
    assert facts.claim.is_initial_application
    assert facts.claim_date is None
    assert facts.initial_application_date is not None
    assert facts.initial_application_date.value == date(2026, 1, 19)


def test_a_copy_of_the_claim_without_a_trace_of_sending_has_no_proof() -> None:
    bare = CLAIM.replace("РПО 15600012345678, вручено 10.03.2026\n", "")
    text = APPEAL.replace("вручена 10.03.2026, отказ от 27.03.2026", "ответа нет")
    facts = facts_of([("APPEAL_FU", text), ("CLAIM_FO", bare), ("POLICY_OSAGO", POLICY)])
    assert facts.claim is not None
    assert facts.claim.proof == ()
    assert facts.claim_received_date is None


def test_the_claim_by_email_and_its_automatic_answer() -> None:
    mail = """Кому: info@tihij-bereg.example
От: ryabinina@pochta.example
Дата: 2 марта 2026 г., 10:15
Тема: претензия по полису ХХХ 0500112233
Прошу доплатить 56 500 рублей.
Рябинина О.П.
"""
    answer = """От: info@tihij-bereg.example
Кому: ryabinina@pochta.example
Тема: Ваше обращение принято
Письмо получено 02.03.2026, номер Э-77.
"""
    facts = facts_of([("APPEAL_FU", APPEAL), ("CLAIM_FO", mail), ("SEND_PROOF", answer), ("POLICY_OSAGO", POLICY)])
    assert facts.claim_channel is not None
    assert facts.claim_channel.value == "electronic"
    assert facts.claim_date is not None
    assert facts.claim_date.value == date(2026, 3, 2)
    assert facts.claim_received_date is not None
    assert facts.claim_received_date.value == date(2026, 3, 2)


def test_the_standard_form_names_the_day_of_the_breach() -> None:
    form = """Стандартная форма заявления, утв. Советом службы финансового уполномоченного
Кому: АО «СК „Тихий Берег“»
Заявитель: Рябинина Ольга Петровна
Дата, когда узнала о нарушении: 09.02.2026
Требование: доплата страхового возмещения 56 500 рублей
Дата: 02.03.2026
Подпись: простая электронная
"""
    facts = facts_of([("APPEAL_FU", APPEAL), ("CLAIM_STD", form), ("REPLY_FO", REPLY), ("POLICY_OSAGO", POLICY)])
    assert facts.claim_standard_form is not None
    assert facts.claim_standard_form.value
    assert facts.claim_date is not None
    assert facts.claim_date.value == date(2026, 3, 2)
    assert facts.breach_date is not None
    assert "узнала о нарушении" in facts.breach_date.quotes[0].text


def test_a_complaint_to_another_office_is_no_appeal_but_is_read() -> None:
    text = APPEAL.replace("Финансовому уполномоченному", "В Центральный банк Российской Федерации").replace(
        "ОБРАЩЕНИЕ", "ЖАЛОБА"
    )
    facts = facts_of([("OTHER", text), ("CLAIM_FO", CLAIM), ("POLICY_OSAGO", POLICY)])
    assert facts.appeal is not None
    assert not facts.appeal.addressed
    assert "Центральный банк" in facts.appeal.address_quotes[0].text
    assert facts.amount_claimed is not None


def test_fields_that_say_the_same_are_named_and_fill_what_the_letter_left_open() -> None:
    def field(name: str, value: str, document: int = 0) -> Field:
        return Field(name=name, document=document, raw=value, value=value, confidence=0.9, check="none",
                     repaired=False, evidence=())  # fmt: skip

    fields = [field("plate", "А001АА44"), field("contract_number", "ХХХ0500112233", 3), field("phone", "79150001234")]
    text = APPEAL.replace("тел. +7 915 000-12-34, ", "")
    facts = facts_of([("APPEAL_FU", text), *PACKAGE[1:]], fields=fields)
    assert facts.contract_number is not None
    assert facts.contract_number.fields == (1,)
    assert facts.phone is not None
    assert (facts.phone.value, facts.phone.fields) == ("+79150001234", (2,))


def test_an_empty_package_has_no_facts_and_no_error() -> None:
    facts = facts_of([])
    assert facts.appeal is None
    assert facts.claims == ()
