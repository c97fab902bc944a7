"""Days of which one character was misread: only where one day can be meant."""

from __future__ import annotations

from datetime import date

import pytest

from intake.reading_facts.birth import birth_date_unread, place_value, read_birth
from intake.reading_facts.misread_dates import misread_dates
from intake.reading_facts.person import Applicant
from tests.intake.papers import sheet

EARLIEST, LATEST = date(1916, 1, 1), date(2027, 12, 31)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("рожд. 30.11.1$51 г. кимры", date(1951, 11, 30)),  # one sign unread
        ("10.04.22026 № 11-04", date(2026, 4, 10)),  # one digit too many
        ("отказ 14.11.225", date(2025, 11, 14)),  # one too few
        ("19.95.1948, уроженец", date(1948, 5, 19)),  # one that cannot be
        ("96.05.1982 г.р.", date(1982, 5, 6)),  # 0 is read as 9; 1 and 2 are not
        ("27.12.4989", date(1989, 12, 27)),
        ("дата рождения 09.021969", date(1969, 2, 9)),  # a stop lost
        ("родился: 08. 03.1 995, г.", date(1995, 3, 8)),  # blanks
        ("штамп 02:03.2026", date(2026, 3, 2)),
        ("вручено 24. _11.2025", date(2025, 11, 24)),
    ],
)
def test_one_day_can_be_meant(printed: str, day: date) -> None:
    found = misread_dates(printed, EARLIEST, LATEST)
    assert [value for _, value in found] == [day]


@pytest.mark.parametrize(
    "printed",
    [
        "19.0.2026",  # any month but one
        "20.11.20229",  # 2022 or 2029
        "31.02.202?",
        "43 200 рублей",
        "тел. 8-904-000-93-50",
        "инн 5412378506",
        "07.07.2077",  # no day of the time in question
    ],
)
def test_several_days_or_none(printed: str) -> None:
    assert misread_dates(printed, EARLIEST, LATEST) == []


def test_a_misread_day_of_the_dispute_is_a_guess() -> None:
    (item,) = sheet("Отказ получен 14.11.225, дальше тишина.").dates
    assert (item.value, item.guessed) == (date(2025, 11, 14), True)


def _applicant(at: int = 0) -> Applicant:
    return Applicant(name=None, type=None, person=None, at=at)


@pytest.mark.parametrize(
    "label", ["место рождения", "мест рождения", "месте рождения", "месо рожления", "место рожп ния", "местс рожденин"]
)
def test_the_label_of_the_birth_place_survives_misreading(label: str) -> None:
    main = sheet(f"Рябинина Ольга Петровна, 14.03.1979 г.р.\nпроживает давно, {label}: г. Галич Костромской области")
    _, place = read_birth(main, _applicant(), [main])
    assert place is not None
    assert place.value == "г. Галич Костромской области"


@pytest.mark.parametrize(
    "text",
    [
        "Рябинина Ольга Петровна, родилась 14.03.1$79 в г. Галич",
        "Рябинина Ольга Петровна, 14:03.1979, место рождения г. Галич",
        "Рябинина Ольга Петровна, 1979 года рожд ния, 14 марта, родом из г. Галич",
    ],
)
def test_a_day_of_birth_behind_one_misread_sign(text: str) -> None:
    main = sheet(text)
    born, place = read_birth(main, _applicant(), [main])
    assert born is not None
    assert born.value == date(1979, 3, 14)
    assert place is not None
    assert place.value == "г. Галич"


def test_a_place_whose_kind_of_settlement_was_misread() -> None:
    main = sheet("Рябинина Ольга Петровна, родилась 14.03.1979 в гороAе Галиче Костромской области, адрес 156000")
    _, place = read_birth(main, _applicant(), [main])
    assert place is not None
    assert "Галиче Костромской области" in place.value


def test_where_one_lives_is_no_place_of_birth() -> None:
    main = sheet("Рябинина Ольга Петровна, родилась 14.03.1979, проживает в доме сестры, ул. Лесная, 4")
    _, place = read_birth(main, _applicant(), [main])
    assert place is None


def test_an_illegible_day_of_birth_is_seen() -> None:
    main = sheet("Рябинина Ольга Петровна, дата рождения 1?.0?.19?9, г. Галич")
    assert read_birth(main, _applicant(), [main])[0] is None
    (quote,) = birth_date_unread(main, _applicant())
    assert "1?.0?.19?9" in quote.text
    assert birth_date_unread(sheet("Рябинина Ольга Петровна, г. Галич, полис 0500112233"), _applicant()) == ()


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("236029, г Калининград, ул Горная, д. 12, кв 48", "236029, г. Калининград, ул. Горная, д. 12, кв. 48"),
        ("г. Галич Костромской обл.,", "г. Галич Костромской обл."),
        ("с. = Чадан", "с. Чадан"),
        ("г. Болотное,\nНовосибирская область.", "г. Болотное, Новосибирская область"),
    ],
)
def test_a_place_has_its_dots(printed: str, value: str) -> None:
    assert place_value(printed) == value
