from __future__ import annotations

from datetime import date

import pytest

from cases.errors import RegistryRowInvalid, RegistryUnreadable
from cases.organisations import COLUMNS, import_registry, parse_registry, registry_on
from intake.registry import Organisation
from store.database import Database

HEADER = ";".join(COLUMNS)
NORTH = "АО «СК „Север“»;Север;7700000000;1027700000000;insurer;OSAGO,KASKO;2019-06-01;"
SOUTH = "ООО МКК «Юг»;Юг;7800000000;1027800000000;mfo;LOAN;2020-01-01;2025-05-05"


def file(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows)).encode() + b"\n"


def test_rows_as_values() -> None:
    assert parse_registry(b"\xef\xbb\xbf" + file(NORTH, "", SOUTH).replace(b"\n", b"\r\n")) == (
        Organisation(
            inn="7700000000",
            ogrn="1027700000000",
            name="АО «СК „Север“»",
            short_name="Север",
            kind="insurer",
            services=("OSAGO", "KASKO"),
            interaction_from=date(2019, 6, 1),
            licence_revoked=None,
        ),
        Organisation(
            inn="7800000000",
            ogrn="1027800000000",
            name="ООО МКК «Юг»",
            short_name="Юг",
            kind="mfo",
            services=("LOAN",),
            interaction_from=date(2020, 1, 1),
            licence_revoked=date(2025, 5, 5),
        ),
    )


@pytest.mark.parametrize(
    ("rows", "line", "column"),
    [
        ((NORTH, SOUTH.replace("7800000000", "78")), "3", "inn"),
        ((NORTH.replace("1027700000000", "1"),), "2", "ogrn"),
        ((NORTH.replace("2019-06-01", "01.06.2019"),), "2", "interaction_from"),
        ((SOUTH.replace("2025-05-05", "скоро"),), "2", "licence_revoked"),
        ((SOUTH.replace("ООО МКК «Юг»", " "),), "2", "name"),
        ((NORTH, NORTH), "3", "inn"),
    ],
)
def test_a_bad_row_is_named(rows: tuple[str, ...], line: str, column: str) -> None:
    with pytest.raises(RegistryRowInvalid) as refusal:
        parse_registry(file(*rows))
    assert (refusal.value.parameters["line"], refusal.value.parameters["column"]) == (line, column)


@pytest.mark.parametrize(
    "content",
    [b"", file(), file(NORTH).decode().encode("cp1251", "replace"), file(NORTH, header="inn;name"), b'"' + file(NORTH)],
)
def test_a_file_that_is_no_registry(content: bytes) -> None:
    with pytest.raises(RegistryUnreadable):
        parse_registry(content)


def test_before_any_import_there_is_an_empty_registry(database: Database) -> None:
    with database.reading() as session:
        registry = registry_on(session, date(2026, 1, 1))
    assert (registry.as_of, registry.organisations) == (None, ())


def test_import_counts_against_what_answered_before(database: Database) -> None:
    changed = NORTH.replace(";Север;", ";СК Север;")
    with database.writing() as session:
        first = import_registry(session, file(NORTH, SOUTH), date(2025, 1, 1))
        again = import_registry(session, file(NORTH, SOUTH), date(2025, 1, 1))
        later = import_registry(session, file(changed), date(2026, 1, 1))
    assert (first.organisations, first.added, first.unchanged) == (2, 2, False)
    assert (again.added, again.changed, again.removed, again.unchanged) == (0, 0, 0, True)
    assert (later.added, later.changed, later.removed, later.unchanged) == (0, 1, 1, False)


def test_the_snapshot_that_answers_for_a_day(database: Database) -> None:
    with database.writing() as session:
        import_registry(session, file(NORTH), date(2025, 1, 1))
        import_registry(session, file(NORTH, SOUTH), date(2026, 1, 1))
    with database.reading() as session:
        found = [
            registry_on(session, day).as_of
            for day in (date(2024, 1, 1), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), None)
        ]
        newest = registry_on(session)
    assert found == [date(2025, 1, 1)] * 3 + [date(2026, 1, 1)] * 2
    assert [organisation.short_name for organisation in newest.organisations] == ["Север", "Юг"]


def test_a_second_import_for_the_same_day_replaces_the_first(database: Database) -> None:
    with database.writing() as session:
        import_registry(session, file(NORTH, SOUTH), date(2025, 1, 1))
    with database.writing() as session:
        import_registry(session, file(SOUTH), date(2025, 1, 1))
    with database.reading() as session:
        assert [row.short_name for row in registry_on(session).organisations] == ["Юг"]


def test_a_refused_file_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        import_registry(session, file(NORTH), date(2025, 1, 1))
    with pytest.raises(RegistryRowInvalid), database.writing() as session:
        import_registry(session, file(SOUTH, SOUTH), date(2025, 1, 1))
    with database.reading() as session:
        assert [row.short_name for row in registry_on(session).organisations] == ["Север"]
