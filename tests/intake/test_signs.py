"""Signs that bear on a criterion, and words like them that do not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from intake.facts import Facts
from tests.intake.papers import APPEAL, CLAIM, PACKAGE, POLICY, facts_of

REST = PACKAGE[1:]


def kinds(facts: Facts) -> set[str]:
    return {sign.kind for sign in facts.signs}


def appeal_with(sentence: str) -> str:
    return APPEAL.replace("Прошу взыскать", sentence + " Прошу взыскать")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("В мировой суд я тоже носила заявление.", "court_mention"),
        ("Финансовый управляющий по моему банкротству велел разобраться.", "bankruptcy_person"),
        ("Я на ней и работаю, и семью вожу.", "business_use"),
        ("Прошу восстановить срок, я болела.", "restore_petition"),
    ],
)
def test_a_sentence_of_the_appeal_is_a_sign(sentence: str, kind: str) -> None:
    facts = facts_of([("APPEAL_FU", appeal_with(sentence)), *REST])
    assert kinds(facts) == {kind}
    assert facts.signs[0].quotes


@pytest.mark.parametrize(
    "sentence",
    [
        "В суд и к медиатору не обращалась.",
        "По разъяснению пленума Верховного суда износ не вычитают.",
        "Если откажете, обращусь в суд.",
        "В суде у нас с ними ничего нет.",
        "Исков к ним никто не предъявлял.",
        "Знакомые советуют идти в суд, а я не хочу.",
        "Пока суд да дело, зима прошла.",
        "Суд над угонщиком назначен на осень.",
        "Суд установил мне опеку над братом по делу о недееспособности.",
    ],
)
def test_a_court_without_a_case_about_the_dispute_is_told_as_harmless(sentence: str) -> None:
    assert kinds(facts_of([("APPEAL_FU", appeal_with(sentence)), *REST])) <= {"court_elsewhere"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Мировой судья мне отказал, и больше я никуда не обращалась.",
        "Мой иск лежит в районном суде, решения пока нет.",
        "Суд не удовлетворил мои требования.",
        "Решения районного суда по моему делу пока ещё нет.",
        "У мирового судьи назначено слушание, в другие суды не ходила.",
        "Пришлось судиться, суд отложили, но ответа я не получила.",
    ],
)
def test_a_court_that_has_or_had_the_dispute_is_for_a_person(sentence: str) -> None:
    assert kinds(facts_of([("APPEAL_FU", appeal_with(sentence)), *REST])) == {"court_mention"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Виновник сам без денег, его имущество продаёт финансовый управляющий.", set()),
        ("У брата долги, он признан банкротом.", set()),
        ("Мой финансовый управляющий обо всём знает.", {"bankruptcy_person"}),
        ("В прошлом году я признана банкротом.", {"bankruptcy_person"}),
    ],
)
def test_only_the_bankruptcy_of_the_applicant_counts(sentence: str, expected: set[str]) -> None:
    assert kinds(facts_of([("APPEAL_FU", appeal_with(sentence)), *REST])) == expected


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("Цель использования: личная [X] такси [ ] прокат [ ]", set()),
        ("Цель использования: личная [ ] такси [X] прокат [ ]", {"business_use"}),
        ("Использование: коммерческие перевозки", {"business_use"}),
        ("Использование: личные поездки (прокат и такси не разрешены)", set()),
        ("Цель использования: учебное вождение", {"business_use"}),
    ],
)
def test_the_use_named_in_the_policy(use: str, expected: set[str]) -> None:
    policy = POLICY.replace("Цель использования: личная", use)
    assert kinds(facts_of([*PACKAGE[:3], ("POLICY_OSAGO", policy)])) == expected


def test_an_entrepreneur_acts_in_their_own_right() -> None:
    text = APPEAL.replace("Рябинина Ольга Петровна,", "Индивидуальный предприниматель Рябинина Ольга Петровна,")
    facts = facts_of([("APPEAL_FU", text), *REST])
    assert facts.applicant_type is not None
    assert facts.applicant_type.value == "entrepreneur"
    assert "business_own_right" in kinds(facts)


def test_a_proxy_signs_for_the_applicant() -> None:
    text = APPEAL.replace("20.05.2026 Рябинина (подпись)", "20.05.2026 по доверенности Сомова Е.Г. (подпись)")
    facts = facts_of([("APPEAL_FU", text), *REST])
    assert facts.applicant_type is not None
    assert facts.applicant_type.value == "representative"
    assert kinds(facts) == {"representative"}
    assert facts.applicant_name is not None
    assert facts.applicant_name.value == "Рябинина Ольга Петровна"


def test_an_applicant_under_eighteen() -> None:
    text = APPEAL.replace("14.03.1979", "14.03.2011")
    assert "minor" in kinds(facts_of([("APPEAL_FU", text), *REST]))


DECISION = """СЛУЖБА ФИНАНСОВОГО УПОЛНОМОЧЕННОГО
РЕШЕНИЕ
12.01.2026 № У-25-60418/5010-003 г. Москва
по обращению Рябининой Ольги Петровны в отношении АО «СК „Тихий Берег“»
УСТАНОВИЛ: Заявитель просит взыскать {asked}.
РЕШИЛ: взыскать {asked}.
"""


def test_an_earlier_decision_on_the_same_or_on_another_demand() -> None:
    same = DECISION.format(asked="страховое возмещение в размере 56 500 рублей")
    other = DECISION.format(asked="неустойку в размере 12 000 рублей")
    assert kinds(facts_of([*PACKAGE, ("OTHER", same)])) == {"earlier_decision_same"}
    assert kinds(facts_of([*PACKAGE, ("OTHER", other)])) == {"earlier_decision_partial"}


COURT = """Дело № 2-86/2026
РЕШЕНИЕ
Именем Российской Федерации
12 февраля 2026 г.
районный суд рассмотрел дело по иску Рябининой Ольги Петровны к АО «СК „Тихий Берег“» о взыскании возмещения.
РЕШИЛ: в иске отказать.
Судья (подпись)
"""


def test_a_judicial_act_between_the_same_parties() -> None:
    assert "court_act" in kinds(facts_of([*PACKAGE, ("COURT_ACT", COURT)]))


def test_a_judicial_act_between_others_is_harmless() -> None:
    others = COURT.replace("Рябининой Ольги Петровны", "Кротова Ивана Ильича").replace("Тихий Берег", "Крутой Яр")
    found = kinds(facts_of([*PACKAGE, ("COURT_ACT", others)]))
    assert found == {"court_elsewhere"}


def test_a_judicial_act_that_names_the_applicant_only_is_for_a_person() -> None:
    found = kinds(facts_of([*PACKAGE, ("COURT_ACT", COURT.replace("Тихий Берег", "Крутой Яр"))]))
    assert found == {"court_mention"}


def test_a_judicial_act_about_incapacity_is_harmless() -> None:
    act = COURT.replace("к АО «СК „Тихий Берег“» о взыскании возмещения", "о признании сестры недееспособной")
    assert kinds(facts_of([*PACKAGE, ("COURT_ACT", act)])) == {"court_elsewhere"}


def test_a_revoked_licence_told_by_a_letter() -> None:
    letter = "Российский союз автостраховщиков\nЛицензия на осуществление страхования у общества отозвана приказом."
    assert kinds(facts_of([*PACKAGE, ("OTHER", letter)])) == {"licence_revoked"}


def test_the_organisation_is_insolvent() -> None:
    letter = "Сообщение\nОрганизация признана банкротом, открыто конкурсное производство."
    assert kinds(facts_of([*PACKAGE, ("OTHER", letter)])) == {"bankruptcy_subject"}


CESSION = """ДОГОВОР уступки права требования № 31/25 от 07.04.2026
Рябинина Ольга Петровна, Цедент, и ООО «Праводом», Цессионарий.
Автомобиль использовался для семейных нужд.
Цедент: Рябинина (подпись) Цессионарий: Ярыгин (подпись)
"""
ASSIGNEE = APPEAL.replace(
    "Рябинина Ольга Петровна, 14.03.1979 г.р., место рождения: г. Галич Костромской области",
    "Заявитель (лицо, которому уступлено право требования): ООО «Праводом», ИНН 6476443431",
)
PAYMENT = """ПЛАТЁЖНОЕ ПОРУЧЕНИЕ № 214 15.05.2026
Сумма 15 000-00
Получатель: АНО «Служба обеспечения деятельности финансового уполномоченного»
Назначение платежа: плата за рассмотрение финансовым уполномоченным обращения, договор уступки № {number} от 07.04.2026
ИСПОЛНЕНО 15.05.2026
"""


def test_the_fee_of_an_assignee() -> None:
    facts = facts_of([("APPEAL_FU", ASSIGNEE), *REST, ("CESSION", CESSION),
                      ("RECEIPT", PAYMENT.format(number="31/25"))])  # fmt: skip
    assert facts.applicant_type is not None
    assert facts.applicant_type.value == "assignee"
    assert facts.applicant_name is not None
    assert facts.applicant_name.value == "ООО «Праводом»"
    assert facts.fee is not None
    assert (facts.fee.amount, facts.fee.paid_on) == (Decimal("15000.00"), date(2026, 5, 15))
    assert facts.fee.executed
    assert facts.fee.to_service
    assert facts.fee.for_this_case is True


def test_a_fee_paid_for_another_case() -> None:
    facts = facts_of([("APPEAL_FU", ASSIGNEE), *REST, ("CESSION", CESSION),
                      ("RECEIPT", PAYMENT.format(number="77/24"))])  # fmt: skip
    assert facts.fee is not None
    assert facts.fee.for_this_case is False


def test_a_fee_only_promised() -> None:
    text = ASSIGNEE.replace("Прошу взыскать", "Плату внесём после принятия обращения. Прошу взыскать")
    facts = facts_of([("APPEAL_FU", text), ("CLAIM_FO", CLAIM), ("CESSION", CESSION)])
    assert facts.fee is None
    assert facts.fee_paid is not None
    assert not facts.fee_paid.value
    assert "fee_missing_promise" in kinds(facts)
