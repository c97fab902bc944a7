"""Fields of papers, on texts written for these tests."""

import pytest

from intake.document_types import recognise_types
from intake.evidence import Quote
from intake.fields import extract_fields
from intake.page_text import DocumentText
from intake.report import Field
from tests.factories import document_from_text

APPEAL = """Финансовому уполномоченному
119017, г. Москва, Тихая ул., д. 3
от Рогожиной Веры Павловны, 03.02.1980 г.р., место рождения: пос. Дубки Пермской обл.
живу: 614000, Пермский край, г. Пермь, ул. Садовая, д. 5, кв. 12
тел. 8 912 000-11-22, rogozhina@pochta.example
ОБРАЩЕНИЕ
Финансовая организация: АО «Полюс-Страхование», ИНН 7707083893
Договор: полис ХХХ 0418827365 от 02.04.2025
14 ноября 2025 года в 18:20 произошло ДТП, мой автомобиль О471КВ39, VIN XW8ZZZ61ZKG004471.
Претензию отправила 16.02.2026, ответ от 01.03.2026.
Прошу взыскать 299 400 (двести девяносто девять тысяч четыреста) рублей.
12.03.2026 Рогожина (подпись)"""


def fields(text: str, confidence: float = 0.95) -> tuple[Field, ...]:
    texts = [DocumentText(0, document_from_text(text, confidence=confidence))]
    return extract_fields(texts, recognise_types(texts))


def values(text: str, name: str) -> list[str]:
    return [field.value for field in fields(text) if field.name == name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("applicant_name", "Рогожина Вера Павловна"),
        ("birth_date", "1980-02-03"),
        ("birth_place", "пос. Дубки Пермской обл."),
        ("address", "614000, Пермский край, г. Пермь, ул. Садовая, д. 5, кв. 12"),
        ("phone", "79120001122"),
        ("email", "rogozhina@pochta.example"),
        ("org_name", "АО «Полюс-Страхование»"),
        ("org_inn", "7707083893"),
        ("policy_number", "ХХХ0418827365"),
        ("contract_number", "ХХХ 0418827365"),
        ("contract_date", "2025-04-02"),
        ("event_date", "2025-11-14"),
        ("plate", "О471КВ39"),
        ("vin", "XW8ZZZ61ZKG004471"),
        ("claim_date", "2026-02-16"),
        ("reply_date", "2026-03-01"),
        ("amount", "299400.00"),
        ("appeal_date", "2026-03-12"),
    ],
)
def test_an_appeal_gives_every_fact_in_it(name: str, value: str) -> None:
    assert value in values(APPEAL, name)


def test_the_addressee_is_not_the_applicants_address() -> None:
    assert all("Москва" not in value for value in values(APPEAL, "address"))


def test_a_name_in_another_case_keeps_its_words_beside_the_nominative() -> None:
    (field,) = [field for field in fields(APPEAL) if field.name == "applicant_name"]

    assert (field.raw, field.value) == ("Рогожиной Веры Павловны", "Рогожина Вера Павловна")


def test_evidence_shows_the_words_on_the_page() -> None:
    field = next(field for field in fields("лист\f" + APPEAL) if field.name == "org_inn")
    (quote,) = field.evidence

    assert isinstance(quote, Quote)
    assert (quote.page, quote.text.rstrip(".")) == (2, "7707083893")


@pytest.mark.parametrize(
    ("shown", "check", "repaired"),
    [("7707083893", "passed", False), ("77О7О8З893", "passed", True), ("7707083894", "failed", False)],
)
def test_check_digits_speak_for_and_against(shown: str, check: str, repaired: bool) -> None:
    (field,) = [f for f in fields(f"ООО «Заря», ИНН {shown}", confidence=0.6) if f.name == "org_inn"]

    assert (field.check, field.repaired) == (check, repaired)
    assert field.confidence >= 0.9 if check == "passed" else field.confidence <= 0.3


def test_confidence_follows_the_words() -> None:
    (sure,) = [f for f in fields("Заявитель: Рогожина Вера Павловна", confidence=0.9) if f.name == "applicant_name"]
    (unsure,) = [f for f in fields("Заявитель: Рогожина Вера Павловна", confidence=0.4) if f.name == "applicant_name"]

    assert sure.confidence == pytest.approx(0.855)
    assert unsure.confidence == pytest.approx(0.38)


def test_digits_that_disagree_with_the_words_fail() -> None:
    (field,) = [f for f in fields("выплатить 118 400 (сто восемнадцать тысяч пятьсот) руб.") if f.name == "amount"]

    assert field.check == "failed"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ЗАЛОГОВЫЙ БИЛЕТ серия ЗК 004418", "ЗК 004418"),
        ("Договор микрозайма МФ-22/0904417 09.04.2025", "МФ-22/0904417"),
        ("ДОГОВОР ЗАЙМА № 74-З/23 с пайщиком", "74-З/23"),
        ("по договору страхования от несчастных случаев № УГ-НС-118812", "УГ-НС-118812"),
        ("договор ИФЛ 54-0088316.", "ИФЛ 54-0088316"),
        ("индивидуальные условия договора потребительского кредита № 0412-ПК/23 от 30.05.2023", "0412-ПК/23"),
        ("заключён договор 4410-КС/19-077. Далее", "4410-КС/19-077"),
    ],
)
def test_contract_numbers_are_whole(text: str, number: str) -> None:
    assert number in values(text, "contract_number")


def test_a_date_is_no_contract_number() -> None:
    assert values("договор от 12.03.2025 заключён", "contract_number") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("АО «СК „Янтарный Щит“», г. Калининград", "АО «СК „Янтарный Щит“»"),
        ('АО "СК "Янтарный Щит""', "АО «СК „Янтарный Щит“»"),
        ("ПАО «Кедр Банк»", "ПАО «Кедр Банк»"),
    ],
)
def test_quotes_of_an_organisation_are_written_one_way(text: str, value: str) -> None:
    assert values(text, "org_name") == [value]


def test_officials_are_not_the_applicant() -> None:
    text = "Заявитель: Рогожина Вера Павловна\nГенеральный директор Бочаров И.И.\nСудья Старцева Е.И."

    assert values(text, "applicant_name") == ["Рогожина Вера Павловна"]


def test_a_representative_is_told_from_the_person_represented() -> None:
    text = "ДОВЕРЕННОСТЬ\nЯ, Мкртчян Ануш Самвеловна, настоящей доверенностью уполномочиваю Лобова Виталия Егоровича"

    assert values(text, "representative_name") == ["Лобов Виталий Егорович"]
    assert values(text, "applicant_name") == ["Мкртчян Ануш Самвеловна"]


def test_copies_give_no_fields_twice() -> None:
    from dataclasses import replace

    first = document_from_text(APPEAL)
    texts = [DocumentText(0, first), DocumentText(1, replace(first, copy_of=0))]

    assert {field.document for field in extract_fields(texts, recognise_types(texts))} == {0}


def test_a_company_may_be_the_applicant() -> None:
    text = "Заявитель (лицо, которому уступлено право требования): ООО «Юрвектор», ИНН 7707083893"

    assert "ООО «Юрвектор»" in values(text, "applicant_name")


def test_dates_of_statutes_are_no_dates_of_the_case() -> None:
    text = "ПРЕТЕНЗИЯ\nв порядке ст. 16 закона от 04.06.2018 № 123-ФЗ прошу доплатить 5 000 руб.\n02.12.2024"

    assert {field.value for field in fields(text) if field.name.endswith("_date")} == {"2024-12-02"}


def test_a_sentence_ends_what_a_word_says_about_dates() -> None:
    text = "Финансовому уполномоченному\nНаписала претензию, не помогло. 12.05.2026 мне зачислили 90 100 рублей."

    assert values(text, "claim_date") == []
    assert values(text, "payment_date") == ["2026-05-12"]


def test_a_place_of_birth_goes_on_over_a_line_break() -> None:
    text = "Рогожина Вера Павловна, родилась 03.02.1980 в пос. Дубки\nПермской области\nг. Пермь, ул. Садовая, д. 5"

    assert values(text, "birth_place") == ["пос. Дубки Пермской области"]


def test_an_address_with_its_label_is_surer() -> None:
    labelled, bare = (
        next(field for field in fields(text) if field.name == "address")
        for text in ("прописка\nадрес: г. Пермь, ул. Садовая, д. 5", "осмотр\nг. Пермь, ул. Садовая, д. 5")
    )

    assert labelled.value == bare.value == "г. Пермь, ул. Садовая, д. 5"
    assert labelled.confidence > bare.confidence
