import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.values.identifiers import (
    account_is_valid,
    corr_account_is_valid,
    find_identifiers,
    inn_is_valid,
    luhn_is_valid,
    ogrn_is_valid,
    snils_is_valid,
    tracking_is_valid,
)

DIGITS = "0123456789"


def found(text: str) -> list[tuple[str, str, str]]:
    return [(item.kind, item.value, item.check) for item in find_identifiers(text)]


def complete(digits: str, valid: object) -> str:
    return next(digits + last for last in DIGITS if valid(digits + last))  # type: ignore[operator]


@given(st.text(DIGITS, min_size=9, max_size=9))
def test_exactly_one_control_digit_suits_an_inn(digits: str) -> None:
    assert sum(inn_is_valid(digits + last) for last in DIGITS) == 1


@given(st.text(DIGITS, min_size=9, max_size=9).filter(lambda text: text[0] != "0"), st.integers(0, 9))
def test_a_labelled_inn_reads_back_and_a_wrong_one_fails(digits: str, shift: int) -> None:
    inn = complete(digits, inn_is_valid)
    shown = inn[:-1] + DIGITS[(int(inn[-1]) + shift) % 10]

    assert found(f"ИНН {shown} г. Тверь") == [("inn", shown, "passed" if shift == 0 else "failed")]


def test_a_word_after_the_number_is_none_of_its_digits() -> None:
    inn = complete("772816897", inn_is_valid)

    assert found(f"ИНН {inn} от 12.05.2026") == [("inn", inn, "passed")]
    assert found(f"ИНН {inn} о возврате") == [("inn", inn, "passed")]


@given(st.integers(10**11, 10**12 - 1))
def test_ogrn_control_digit(number: int) -> None:
    good = f"{number}{number % 11 % 10}"

    assert ogrn_is_valid(good)
    assert not ogrn_is_valid(good[:-1] + DIGITS[(int(good[-1]) + 1) % 10])


@given(st.text(DIGITS, min_size=15, max_size=15))
def test_luhn_has_one_last_digit(digits: str) -> None:
    assert sum(luhn_is_valid(digits + last) for last in DIGITS) == 1


def test_published_examples() -> None:
    assert inn_is_valid("7707083893")
    assert ogrn_is_valid("1027700132195")
    assert snils_is_valid("11223344595")
    assert not snils_is_valid("11223344596")
    assert corr_account_is_valid("30101810400000000225", "044525225")
    assert not account_is_valid("40702810000000000001", "044525225") or account_is_valid(
        "40702810000000000001", "044525225"
    ) != account_is_valid("40702810000000000002", "044525225")
    assert tracking_is_valid("80110199550173")


@pytest.mark.parametrize("text", ["ИНН 77О7О8З893", "ИНН: 77070838 93", "и н н 7707083893", "ИНН|7707083893"])
def test_look_alikes_are_repaired_when_the_check_digit_agrees(text: str) -> None:
    (item,) = find_identifiers(text)

    assert (item.value, item.check) == ("7707083893", "passed")
    assert item.repaired == ("О" in text)


def test_a_repair_that_does_not_pass_is_marked_failed() -> None:
    (item,) = find_identifiers("ИНН 77О7О8З894")

    assert (item.check, item.repaired) == ("failed", True)


def test_a_card_is_masked() -> None:
    (item,) = find_identifiers("карта 4111 1111 1111 1111")

    assert (item.kind, item.value) == ("card", "411111******1111")


def test_an_account_is_checked_by_the_bik_beside_it() -> None:
    account = complete("4081781065611636996", lambda number: account_is_valid(number, "044525225"))
    wrong = account[:-1] + DIGITS[(int(account[-1]) + 1) % 10]

    assert ("account", account, "passed") in found(f"р/с {account}, БИК 044525225")
    assert ("account", wrong, "failed") in found(f"р/с {wrong}, БИК 044525225")
    assert found(f"р/с {account}") == [("account", account, "none")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("полис ХХХ 0418827365", ("policy_number", "ХХХ0418827365")),
        ("полис XXX № 0418827365", ("policy_number", "ХХХ0418827365")),
        ("обращение № У-26-11852/5010-004", ("fu_number", "У-26-11852/5010-004")),
        ("обращение Y–26–11852", ("fu_number", "У-26-11852")),
        ("УИД 74RS0028-01-2025-001184-40", ("case_uid", "74RS0028-01-2025-001184-40")),
        ("дело № 2-1234/2025", ("court_case", "2-1234/2025")),
        ("паспорт 63 14 902217", ("passport", "6314902217")),
        ("Код подразделения 740-011", ("passport_code", "740011")),
        ("ИНН 5255229318 КПП 525501001", ("kpp", "525501001")),
        ("УИН 18810058240005511902", ("uin", "18810058240005511902")),
    ],
)
def test_numbers_of_a_fixed_shape(text: str, expected: tuple[str, str]) -> None:
    assert expected in [(item.kind, item.value) for item in find_identifiers(text)]


@pytest.mark.parametrize("text", ["тел. 8 927 000 55 02", "12.03.2025", "итого 1 234 567,89 руб.", "дом 5, кв. 12"])
def test_other_numbers_are_none_of_these(text: str) -> None:
    assert find_identifiers(text) == []
