"""What is asked for, and which sums are only told of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intake.reading_facts.claims import read_petition
from intake.reading_facts.item_kinds import GENERIC
from tests.intake.papers import sheet


def amounts(text: str) -> list[tuple[str, Decimal | None]]:
    return [(item.kind, item.amount) for item in read_petition(sheet(text)).items]


def money(*sums: str) -> list[tuple[str, Decimal | None]]:
    return [("money", Decimal(value)) for value in sums]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Прошу взыскать страховое возмещение 97 500 рублей.", money("97500")),
        ("Мне перевели 61 100 рублей, а надо 97 500. Взыщите с них 36 400 рублей.", money("36400")),
        ("Разница 46 300 рублей, её и прошу взыскать.", money("46300")),
        ("Прошу вернуть страховую премию 84 600 (восемьдесят четыре тысячи шестьсот) рублей.", money("84600")),
        ("Прошу взыскать 71 802 руб. 74 коп.", money("71802.74")),
        ("Сколько просите: 11 900 рублей", money("11900")),
        ("Прошу взыскать страховое возмещение 742 300 рублей (сумма 890 000 минус износ 147 700).", money("742300")),
        (
            "Требую выплатить 46 300 рублей, разницу между стоимостью 89 240 рублей и моим долгом, 42 940 рублей.",
            money("46300"),
        ),
    ],
)
def test_one_sum(text: str, expected: list[tuple[str, Decimal | None]]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Прошу взыскать неустойку: 118 400 × 1 % × 131 = 155 104 рубля.",
        "Прошу взыскать неустойку 1 % в день, 131 день по 1 184 руб., то есть 155 104 рубля.",
        "Прошу взыскать неустойку за 131 деньх 1 184 = 155 104 рубля.",
    ],
)
def test_the_result_is_asked_for_not_its_factors(text: str) -> None:
    assert amounts(text) == [("penalty", Decimal(155104))]


@pytest.mark.parametrize(
    "text",
    [
        "Прошу взыскать 40 300 рублей, 97 500 минус 57 200.",
        "Верните мне 40 300 рублей 00 копеек: 97 500 минус 57 200 будет 40 300, и ни рублём меньше.",
        "Требую вернуть 40 300 руб. = 97 500 − 57 200.",
        "К кому требование | АО «Берег»\nПри кредите на 970 000 руб. удержали плату.\nПросим взыскать 40 300 руб.",
    ],
)
def test_how_a_sum_was_reached_and_what_is_told_are_no_items(text: str) -> None:
    assert amounts(text) == money("40300")


def test_a_noun_heads_the_list_and_the_total_is_no_item() -> None:
    petition = read_petition(sheet("8. Требования: 1) остаток премии 21 400 руб.; 2) моральный вред 3 000 руб.\n"
                                   "9. Всего: 24 400 руб."))  # fmt: skip
    assert [(item.kind, item.amount) for item in petition.items] == [
        ("money", Decimal(21400)),
        ("moral_harm", Decimal(3000)),
    ]
    assert petition.total == Decimal(24400)


def test_each_item_of_a_numbered_list_bears_its_own_name() -> None:
    items = read_petition(sheet("Прошу взыскать:\n1. 73 200 р. возмещения;\n2. 12 000 р. за экспертизу;\n"
                                "всего 85 200 р.")).items  # fmt: skip
    assert [(item.item, item.amount) for item in items] == [
        ("страховое возмещение", Decimal(73200)),
        ("расходы на независимую экспертизу", Decimal(12000)),
    ]


def test_a_dashed_list_may_begin_with_what_has_no_sum() -> None:
    text = ("Из-за них нам отказали в ипотеке на 2 900 000 рублей.\nПрошу:\n– предоставить льготный период;\n"
            "– снять с меня начисленные 8 400 рублей;\n– исправить запись в бюро.\n")  # fmt: skip
    assert amounts(text) == [("dispute_debt", Decimal(8400)), ("non_property", None)]


def test_names_stand_before_or_after_the_sums() -> None:
    before = amounts("Прошу взыскать УТС 46 850 рублей и моральный вред 15 000 рублей. Всего 61 850 рублей.")
    after = amounts("Прошу взыскать 84 200 руб. возмещения и 9 000 руб. расходов на экспертизу, всего 93 200 руб.")
    assert before == [("money", Decimal(46850)), ("moral_harm", Decimal(15000))]
    assert after == [("money", Decimal(84200)), ("expense", Decimal(9000))]


def test_a_list_goes_on_over_lines_and_ends_with_its_total() -> None:
    petition = read_petition(
        sheet(
            "Чего я хочу\n1) доплату 299 400 руб.;\n2) неустойку 88 дней × 2 994 = 263 472 руб.\n"
            "Итого 562 872 руб.\nПриложения: 5 файлов, квитанция на 700 рублей."
        )
    )
    assert [item.amount for item in petition.items] == [Decimal(299400), Decimal(263472)]
    assert petition.total == Decimal(562872)


def test_a_total_that_adds_up_is_one_without_the_word() -> None:
    petition = read_petition(
        sheet("Прошу ремонт по чекам 164 900 рублей и эвакуатор 7 000 рублей, вот и 171 900 рублей.")
    )
    assert [item.amount for item in petition.items] == [Decimal(164900), Decimal(7000)]
    assert petition.total == Decimal(171900)


def test_demands_without_a_sum() -> None:
    assert amounts("Требования:\n– выдать направление на ремонт;\n– неустойку 38 220 рублей.") == [
        ("penalty", Decimal(38220)),
        ("repair_referral", None),
    ]
    assert amounts("ПРОШУ: признать договор незаключённым, долг 184 300 руб. с меня снять.") == [
        ("dispute_debt", Decimal(184300))
    ]
    assert amounts("Прошу провести проверку и принять меры к сотрудникам.") == [("non_property", None)]


def test_asking_for_the_register_of_creditors_is_no_item_beside_money() -> None:
    found = amounts("Прошу включить меня в реестр кредиторов и вернуть 312 000 сбережений и 24 960 процентов.")
    assert found == money("312000", "24960")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Недоплата составила 73 900 рублей, машина стоит 640 000 рублей. Прошу взыскать.", "73900"),
        ("Премия 18 900 рублей. Верните всё до копейки.", "18900"),
        ("Больше самой страховки не положено, это 41 300 рублей, их и прошу. Просрочка 119 дней.", "41300"),
    ],
)
def test_a_demand_without_a_sum_takes_the_one_that_is_owing(text: str, value: str) -> None:
    assert [item.amount for item in read_petition(sheet(text)).items] == [Decimal(value)]


def test_a_telephone_and_a_date_are_no_sums() -> None:
    assert amounts("К кому требования: АО, тел. +7 904 000-61-27. Прошу взыскать 5 000 рублей. 12.03.2026") == money(
        "5000"
    )


def test_a_request_that_is_no_demand() -> None:
    assert amounts("Прошу восстановить срок. Прошу направить реквизиты для платы 15 000 рублей.") == []


def test_an_unnamed_sum_says_so() -> None:
    assert read_petition(sheet("Прошу взыскать 5 000 рублей.")).items[0].item == GENERIC


def test_the_quote_is_the_demand() -> None:
    item = read_petition(sheet("Авария была зимой. Прошу взыскать неустойку 38 220 рублей. Ответа нет.")).items[0]
    assert item.quotes[0].text == "Прошу взыскать неустойку 38 220 рублей."
