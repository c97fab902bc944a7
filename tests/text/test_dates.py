from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.values.dates import find_date_ranges, find_dates

MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected", "repaired"),
    [
        ("от 12.03.2026 г.", date(2026, 3, 12), False),
        ("12/03/2026", date(2026, 3, 12), False),
        ("2026-03-12", date(2026, 3, 12), False),
        ("28.08.24", date(2024, 8, 28), False),
        ("01.02.98", date(1998, 2, 1), False),
        ("17 06 2025", date(2025, 6, 17), False),
        ("30.09.2025г.", date(2025, 9, 30), False),
        ("14 ноября 2025 года", date(2025, 11, 14), False),
        ("«12» марта 2024 г.", date(2024, 3, 12), False),
        ("«1б» сентя6ря 2025", date(2025, 9, 16), True),
        ("2l.О1.2О22", date(2022, 1, 21), True),
        ("5 дек. 2024", date(2024, 12, 5), True),
        ("7 актября 2024", date(2024, 10, 7), True),
        ("двадцатое мая две тысячи двадцать пятого года", date(2025, 5, 20), False),
        ("двадцать первого сентября две тысячи двадцать четвёртого года", date(2024, 9, 21), False),
        ("Tue, 05 May 2026 20:18", date(2026, 5, 5), False),
    ],
)
def test_a_date_is_read_however_it_is_written(text: str, expected: date, repaired: bool) -> None:
    (found,) = find_dates(text)

    assert (found.value, found.repaired) == (expected, repaired)


@pytest.mark.parametrize(
    "text",
    ["31.02.2025", "45.10.2024", "пункт 4.1.2 методики", "паспорт 20 04 551902", "тел. 8 927 000 55 02",
     "1 марку наклеить", "35 июня 2024", "12.03.1725"],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert [item for item in find_dates(text) if item.complete] == []


def test_a_day_without_a_year_is_incomplete() -> None:
    (found,) = find_dates("письмо отправила 5 мая, молчат")

    assert (found.value, found.complete, found.day, found.month, found.year) == (None, False, 5, 5, None)


def test_offsets_lead_to_the_words() -> None:
    text = "Договор заключён «12»  марта 2024 года в Самаре, оплата 15.04.2024."

    assert [text[item.start : item.end] for item in find_dates(text)] == ["«12»  марта 2024", "15.04.2024"]


def test_ranges_are_pairs_in_order() -> None:
    text = "с 00 ч. 00 мин. 05.04.2025 по 24 ч. 00 мин. 04.04.2026; 18.06.2025–17.06.2026; 10.10.2025 – 01.01.2025"

    assert [(item.first, item.last) for item in find_date_ranges(text)] == [
        (date(2025, 4, 5), date(2026, 4, 4)),
        (date(2025, 6, 18), date(2026, 6, 17)),
    ]


@given(st.integers(0, 72_000).map(lambda days: date(1900, 1, 1) + timedelta(days=days)))
def test_every_day_reads_back(day: date) -> None:
    in_words = f"{day.day} {MONTHS[day.month - 1]} {day.year} года"

    assert [item.value for item in find_dates(f"x {day:%d.%m.%Y} y")] == [day]
    assert [item.value for item in find_dates(in_words)] == [day]
