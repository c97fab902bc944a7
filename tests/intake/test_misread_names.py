"""Names and organisations behind misread letters: the value is the better reading, the registry's where it is known."""

from __future__ import annotations

import pytest

from tests.intake.papers import APPEAL, CLAIM, INSURER, POLICY, facts_of, sheet


def test_latin_letters_and_digits_inside_a_name() -> None:
    told = APPEAL.replace("Рябинина Ольга Петровна", "Рябинина Oльгa Пeтр0вна")
    facts = facts_of((("APPEAL_FU", told),))
    assert facts.applicant_name is not None
    assert facts.applicant_name.value == "Рябинина Ольга Петровна"


def test_a_view_of_the_text_keeps_its_length_and_its_numbers() -> None:
    told = sheet("Пeтр0в, А471КВ39, ХХХ 0500112233, Hyundai, ПРЕТЕН3ИЯ")
    assert told.spelled == "Петров, А471КВ39, ХХХ 0500112233, Hyundai, ПРЕТЕНЗИЯ"
    assert len(told.spelled) == len(told.text.text)


def test_of_two_readings_of_a_name_the_one_whose_words_are_words() -> None:
    told = APPEAL.replace("Ольга Петровна", "Ольга Петрсвна")
    facts = facts_of((("APPEAL_FU", told), ("POLICY_OSAGO", POLICY)))
    assert facts.applicant_name is not None
    assert facts.applicant_name.value == "Рябинина Ольга Петровна"


@pytest.mark.parametrize("misread", ["АО «СК „Тихий Берег»", "А0 «СК. „Тихий Верег“»"])
def test_a_found_organisation_bears_its_registered_name(misread: str) -> None:
    facts = facts_of((("APPEAL_FU", APPEAL.replace("АО «СК „Тихий Берег“»", misread)), ("CLAIM_FO", CLAIM)))
    assert facts.org_name is not None
    assert facts.org_name.value == INSURER.name


@pytest.mark.parametrize(
    ("after", "address"),
    [
        ("ИНН 7707083893, г. Москва, ул. Озёрная, д. 3\nОБРАЩЕНИЕ", "г. Москва, ул. Озёрная, д. 3"),
        ("г. Москва, ул. Озёрная, 3, ИНН 7707083893) 15.07.2025 отказало мне", "г. Москва, ул. Озёрная, 3"),
        (
            "(ИНН 7707083893, 119180, Москва, Озёрная ул., 3) Договор от 03.10.2025",
            "119180, Москва, Озёрная ул., 3",
        ),
        ("г. Москва, ул. Озёрная, 3 20 февраля 2026 г. сдала вещи", "г. Москва, ул. Озёрная, 3"),
    ],
)
def test_the_address_of_the_organisation_ends_with_its_house(after: str, address: str) -> None:
    told = APPEAL.replace("ИНН 7707083893, г. Москва, ул. Озёрная, д. 3\nОБРАЩЕНИЕ", after)
    facts = facts_of((("APPEAL_FU", told),))
    assert facts.org_address is not None
    assert facts.org_address.value == address


def test_the_last_demand_is_shown_to_the_end_of_its_sentence() -> None:
    told = APPEAL.replace(
        "Прошу взыскать 56 500 рублей доплаты и 6 000 рублей расходов на экспертизу, всего 62 500 рублей.",
        "Разница 56 500 рублей, её и прошу взыскать.",
    )
    facts = facts_of((("APPEAL_FU", told),))
    assert [quote.text for item in facts.claims for quote in item.quotes] == [
        "Разница 56 500 рублей, её и прошу взыскать."
    ]
