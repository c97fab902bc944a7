"""Whose appeal it is, when and where they were born, what it is about: words near the right ones that are others'."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from classify.classification import Classification, Decided, ModelName
from intake.criteria.claim_matching import pair_items
from intake.facts import ClaimItem, Facts
from intake.reading_facts.claims import read_petition
from intake.reading_facts.item_kinds import GENERIC
from intake.reading_facts.named_sums import within_trade
from intake.reading_facts.roles import claim_letter
from intake.subject import with_subject
from tests.intake.papers import APPEAL, CLAIM, PACKAGE, facts_of, sheet

NAME = "Рябинина Ольга Петровна, 14.03.1979 г.р., место рождения: г. Галич Костромской области"


def appeal_of(head: str) -> Facts:
    return facts_of([("APPEAL_FU", APPEAL.replace(NAME, head)), *PACKAGE[1:]])


@pytest.mark.parametrize(
    "head",
    [
        "Заявитель: Рябинина (урожд. Сомова) Ольга Петровна, 14.03.1979 г.р., место рождения: г. Галич",
        "Отец, Рябинин Пётр Ильич, 02.02.1950 г.р., умер.\nЗаявитель: Рябинина Ольга Петровна, 14.03.1979 г.р., Галич",
    ],
)
def test_a_former_name_or_another_person_is_not_the_applicant(head: str) -> None:
    facts = appeal_of(head)
    assert facts.applicant_name is not None
    assert facts.applicant_name.value == "Рябинина Ольга Петровна"
    assert facts.birth_date is not None
    assert facts.birth_date.value == date(1979, 3, 14)


def test_an_offer_to_act_by_proxy_is_no_signature() -> None:
    text = APPEAL.replace("20.05.2026", "Дочь хотела подать жалобу по доверенности, но я всё сделала сама.\n20.05.2026")
    facts = facts_of([("APPEAL_FU", text), *PACKAGE[1:]])
    assert facts.applicant_type is not None
    assert facts.applicant_type.value == "consumer"
    assert not facts.signs_of("representative")


@pytest.mark.parametrize(
    "head",
    [
        "Рябинина Ольга Петровна, жен., д.р. 14.03.1979, м.р. г. Галич Костромской области",
        "ФИО | Рябинина Ольга Петровна\nДата рождения / место | 14.03.1979 / г. Галич Костромской области",
    ],
)
def test_birth_in_short_and_in_a_table(head: str) -> None:
    facts = appeal_of(head)
    assert facts.birth_date is not None
    assert facts.birth_place is not None
    assert (facts.birth_date.value, facts.birth_place.value) == (date(1979, 3, 14), "г. Галич Костромской области")


def test_a_conversation_with_a_robot_is_no_claim() -> None:
    chat = ("Выгрузка чата\n[10:01] Робот: Выберите: карта / кредит / претензия / иное\n[10:02] Анна: требую ответа\n"
            "[10:03] Оператор: подождите\n[10:09] Анна: жду\n")  # fmt: skip
    letter = "ПРЕТЕНЗИЯ\nТребую вернуть 5 000 рублей."
    assert claim_letter([sheet(chat, "OTHER")], None) is None
    assert claim_letter([sheet(letter, "OTHER")], None) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Прошу снизить ежемесячный платёж до 9 000 рублей.",
        "Прошу уменьшить ставку и платёж, чтобы он был не больше 9 000 рублей. Денег не требую.",
    ],
)
def test_what_a_payment_is_to_become_is_not_owed(text: str) -> None:
    assert [(item.kind, item.amount) for item in read_petition(sheet(text)).items] == [("non_property", None)]


def test_a_signature_below_the_last_sum_is_not_part_of_it() -> None:
    found = read_petition(sheet("Требую выплатить:\nвклад – 430 000 руб.,\nпроценты – 38 270 руб.\n\n(подпись) Зимин"))
    assert [item.amount for item in found.items] == [Decimal(430000), Decimal(38270)]


def money(item: str, amount: int) -> ClaimItem:
    return ClaimItem(item=item, amount=Decimal(amount), kind="money", quotes=())


def test_only_insurers_owe_an_insurance_payment() -> None:
    items = (money("страховое возмещение", 5000), money("возврат комиссии", 300))
    assert [item.item for item in within_trade(items, "bank")] == [GENERIC, "возврат комиссии"]
    assert within_trade(items, "insurer") == items
    assert within_trade(items, None) == items


def test_a_demand_of_the_letter_is_the_partner_of_the_item_with_its_sum() -> None:
    pairs = pair_items((money("проценты", 9000), money("проценты", 400)), (money("проценты", 9000),), open_ended=False)
    assert [pair.fit for pair in pairs] == ["same", "none"]


BANK_APPEAL = (
    APPEAL.replace("АО «СК „Тихий Берег“», ИНН 7707083893", "ПАО «Банк „Речной Вокзал“», ИНН 7728168971")
    .replace("полис ХХХ 0500112233", "кредит КД-55/8812")
    .replace("страховом возмещении", "возврате комиссии")
)


def said_of(product: str) -> Classification:
    sure = Decided(label=product, set=(product,), abstained=False, reason=None, probabilities=None)
    return Classification(
        id="1",
        product=sure,
        category=replace(sure, label=None, abstained=True),
        categories=None,
        disputed_facts=None,
        in_scope_probability=None,
        language="ru",
        explanation=None,
        nearest=None,
        model=ModelName(name="given", version="1"),
        milliseconds=0.0,
    )


def product_of(facts: Facts, said: str) -> str | None:
    changed, _ = with_subject(facts, "текст", lambda _: said_of(said))
    return changed.product.value if changed.product is not None else None


def test_the_classifier_decides_where_no_contract_names_the_product() -> None:
    facts = facts_of([("APPEAL_FU", BANK_APPEAL), ("CLAIM_FO", CLAIM)])
    assert facts.product is not None
    assert facts.product.value == "BANK_CREDIT"
    assert product_of(facts, "BANK_ACCOUNT") == "BANK_ACCOUNT"
    assert product_of(facts, "OSAGO") == "BANK_CREDIT"  # the bank offers none


def test_what_the_contract_names_stands_over_the_classifier() -> None:
    assert product_of(facts_of(PACKAGE), "KASKO") == "OSAGO"
