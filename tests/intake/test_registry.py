from __future__ import annotations

from datetime import date

import pytest

from intake.errors import RegistryColumnsMissing, RegistryNotText, RegistryRejected
from intake.registry import Registry, read_registry_csv, resolve

# Fictional organisations written for Kazus; their numbers obey the checksums.
HEADER = "name;short_name;inn;ogrn;kind;services;interaction_from;licence_revoked\n"
ROWS = (
    "АО «СК „Янтарный Щит“»;Янтарный Щит;3990837423;1023901604913;insurer;OSAGO,KASKO;2019-06-01;\n"
    "АО «Янтарный Щит Страхование Жизни»;Янтарный Щит Жизнь;3933035832;1143930526651;insurer;"
    "LIFE_ACCIDENT;2019-11-28;\n"
    "АО «Банк „Ясень“»;Банк Ясень;1654299550;1121652264150;bank;BANK_CREDIT;2021-01-01;\n"
    "КПК «Семейный Амбар»;Семейный Амбар;5813500898;1115850655678;kpk;KPK;2021-01-01;2026-02-05\n"
    "ООО «Ломбард Червонец-Плюс»;Червонец-Плюс;2318709709;1192390013672;pawnshop;PAWN;2021-01-01;\n"
)


@pytest.fixture
def registry() -> Registry:
    return read_registry_csv((HEADER + ROWS).encode(), date(2026, 11, 1))


def test_a_snapshot_keeps_every_line(registry: Registry) -> None:
    assert registry.as_of == date(2026, 11, 1)
    assert [organisation.inn[:4] for organisation in registry.organisations] == ["3990", "3933", "1654", "5813", "2318"]
    first, *_, kpk, _ = registry.organisations
    assert first.services == ("OSAGO", "KASKO")
    assert first.interaction_from == date(2019, 6, 1)
    assert first.licence_revoked is None
    assert kpk.licence_revoked == date(2026, 2, 5)


def test_windows_encoding_and_byte_order_mark_and_other_column_order() -> None:
    text = "inn;ogrn;kind;services;interaction_from;licence_revoked;name;short_name;note\n"
    text += "1654299550;1121652264150;bank;BANK_CREDIT;01.01.2021;;АО «Банк „Ясень“»;Банк Ясень;x\n"
    for data in (text.encode("cp1251"), b"\xef\xbb\xbf" + text.encode()):
        (bank,) = read_registry_csv(data, date(2026, 1, 1)).organisations
        assert (bank.short_name, bank.interaction_from) == ("Банк Ясень", date(2021, 1, 1))


def test_every_problem_is_told_with_its_line_and_nothing_is_taken() -> None:
    broken = (
        HEADER
        + ROWS
        + "АО «А»;А;3990837424;1023901604913;insurer;OSAGO;2019-06-01;\n"  # line 7: ИНН
        + "АО «Б»;Б;1654299550;1121652264150;bank;BANK_CREDIT;2021-01-01;\n"  # line 8: twice
        + "АО «В»;В;7711636170;1147758568758;npf;NPF;2021-13-01\n"  # line 9: a value short
        + "АО «Г»;Г;7711636170;1147758568758;fund;NPF;2021-13-01;\n"  # line 10: ОГРН, kind, date
    )
    with pytest.raises(RegistryRejected) as caught:
        read_registry_csv(broken.encode(), date(2026, 11, 1))
    told = [(note.code, note.parameters["line"]) for note in caught.value.problems]
    assert told == [
        ("intake.registry_value_invalid", "7"),
        ("intake.registry_duplicate", "8"),
        ("intake.registry_columns_uneven", "9"),
        ("intake.registry_value_invalid", "10"),
        ("intake.registry_value_invalid", "10"),
        ("intake.registry_value_invalid", "10"),
    ]


def test_columns_and_encoding_are_demanded() -> None:
    with pytest.raises(RegistryColumnsMissing, match="ogrn"):
        read_registry_csv(b"name;inn\n", date(2026, 1, 1))
    with pytest.raises(RegistryNotText):
        read_registry_csv(b"\x89PNG\r\n\x1a\n\0\0\0\x98", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("name", "inn"),
    [
        ("АО «СК „Янтарный Щит“»", "3990837423"),
        ("Акционерное общество Страховая компания «Янтарный Щит»", "3990837423"),
        ("АО «СК „Янтарньй Щиг“»", "3990837423"),  # misread letters
        ("АO «СK „Янтарный Щит“» Калининградский филиал", "3990837423"),  # Latin О and К, a branch
        ("Янтарный Щит Жизнь", "3933035832"),
        ("Янтарный Щит Страхование жизни", "3933035832"),
        ("Акционерное общество «Коммерческий банк Ясень»", "1654299550"),
        ("Ясень", "1654299550"),
        ("ПАО «Bанк „Ясень“»", "1654299550"),  # a Latin B for Б
        ("А0 «Сs „Янтарный Щит Жизнь“»", "3933035832"),
        ("кредитного потребительского кооператива «Семейного Амбара»", "5813500898"),
        ("ломбард «ЧЕРВОНЕЦ–ПЛЮС»", "2318709709"),
    ],
)
def test_a_name_is_found_without_quotes_legal_form_case_and_perfect_letters(
    registry: Registry, name: str, inn: str
) -> None:
    resolved = resolve(registry, name, None)
    assert resolved.resolution == "found"
    assert [match.organisation.inn for match in resolved.matches] == [inn]


@pytest.mark.parametrize("name", ["АО «Янтарный Щит»", "Янтарный Щит", "Страховая компания «Янтарный Щит»"])
def test_a_name_two_organisations_could_bear_is_ambiguous(registry: Registry, name: str) -> None:
    resolved = resolve(registry, name, None)
    assert resolved.resolution == "ambiguous"
    assert [match.organisation.inn for match in resolved.matches] == ["3990837423", "3933035832"]


@pytest.mark.parametrize(
    "name", ["ООО «Ассист-Трасса 24»", "Ломбард «Ясень»", "Центральный банк", "АО «Осина»", "", None]
)
def test_others_are_absent(registry: Registry, name: str | None) -> None:
    assert resolve(registry, name, None).resolution == "absent"


def test_a_number_decides_over_the_name(registry: Registry) -> None:
    by_inn = resolve(registry, "Янтарный Щит", "ИНН 3990837423")
    by_ogrn = resolve(registry, None, "1121652264150")
    assert (by_inn.resolution, by_inn.matches[0].score) == ("found", 1.0)
    assert by_ogrn.matches[0].organisation.short_name == "Банк Ясень"


def test_a_sound_number_outside_the_registry_makes_a_found_name_doubtful(registry: Registry) -> None:
    assert resolve(registry, "Банк «Ясень»", "5589330941").resolution == "ambiguous"
    assert resolve(registry, "Банк «Ясень»", "1654299551").resolution == "found"  # a misread number says nothing
    assert resolve(registry, "ООО «Ассист-Трасса 24»", "5589330941").resolution == "absent"


def test_a_badly_misread_name_or_number_of_a_known_organisation_is_never_absent(registry: Registry) -> None:
    misread_name = resolve(registry, "АО «СК „Янгарнь1й Щиг“»", None)
    assert misread_name.resolution in ("ambiguous", "found")
    misread_number = resolve(registry, "АО «Осина»", "3990837428")
    assert misread_number.resolution == "ambiguous"
    assert misread_number.matches[0].organisation.inn == "3990837423"
    assert resolve(registry, None, "1234567890").resolution == "absent"
