from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.values.money import find_sums
from text.words import find_numbers_in_words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234 567,89 руб.", "1234567.89"),
        ("15 000-00", "15000.00"),
        ("15000-00", "15000.00"),
        ("9 940 руб. 17 коп.", "9940.17"),
        ("400 тыс. руб.", "400000.00"),
        ("до 250 т.р.", "250000.00"),
        ("1,5 млн руб.", "1500000.00"),
        ("22 314,00 ₽", "22314.00"),
        ("лишние 8 314 р прошу вернуть", "8314.00"),
        ("15О ООО,ОО руб.", "150000.00"),
        ("Пятнадцать тысяч рублей 00 копеек", "15000.00"),
        ("сто восемьдесят семь тысяч четыреста рублей", "187400.00"),
        ("46.850 руб.", "46850.00"),
    ],
)
def test_a_sum_is_read_however_it_is_written(text: str, value: str) -> None:
    (found,) = find_sums(text)

    assert found.value == Decimal(value)
    assert found.marked


def test_bare_numbers_are_sums_only_where_asked() -> None:
    text = "Детали | 268 140\nРаботы | 91 260,50\nДата 12.03.2025, дом 5"

    assert find_sums(text) == []
    assert [item.value for item in find_sums(text, bare=True)] == [Decimal("268140.00"), Decimal("91260.50")]


@pytest.mark.parametrize(
    ("text", "agree"),
    [
        ("118 400 (сто восемнадцать тысяч четыреста) рублей", True),
        ("118 400 (сто восемнадцать тысяч пятьсот) рублей", False),
        ("118 400 рублей (сто восемнадцать тысяч четыреста)", True),
        ("118 400 рублей", None),
        ("30 000 (тридцать тысяч) руб. 00 коп.", True),
        ("30 000 (тридцатъ тысач) руб.", True),
    ],
)
def test_words_in_parentheses_check_the_digits(text: str, agree: bool | None) -> None:
    (found,) = find_sums(text)

    assert found.words_agree is agree


def test_the_organisation_form_is_no_number() -> None:
    assert find_sums("пункт 2 ООО «Ромашка» и 5 ООО") == []


@given(st.integers(1, 9_999_999))
def test_grouped_digits_read_back(roubles: int) -> None:
    written = f"{roubles:,}".replace(",", " ")

    (found,) = find_sums(f"итого {written} руб.")

    assert found.value == roubles


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("два миллиона триста тысяч пять", [2_300_005]),
        ("тысяча девятьсот", [1900]),
        ("пять семь", [5, 7]),
        ("сорок две тысячи", [42_000]),
        ("стол стоит у стены", []),
    ],
)
def test_numbers_in_words(text: str, values: list[int]) -> None:
    assert [item.value for item in find_numbers_in_words(text)] == values


def test_a_scale_that_lost_its_number_is_no_sum() -> None:
    assert [found.value for found in find_sums("Сумма прописью: ААА. тысяч рублей 00 копеек")] == []
    assert [found.value for found in find_sums("тысяча рублей")] == [Decimal("1000.00")]
