from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases.errors import RegistryNotImported
from cases.organisations import find_organisation, import_registry, registry_on
from cases.service import open_to_read, open_to_write
from intake.errors import RegistryRejected
from store.data_directory import DataDirectory
from store.database import Database
from store.errors import NotSetUp, OwnedByAnother

# Fictional organisations; the numbers obey their check digits.
HEADER = "name;short_name;inn;ogrn;kind;services;interaction_from;licence_revoked"
NORTH = "АО «СК „Северный Ветер“»;Северный Ветер;7700000009;1027700000008;insurer;OSAGO,KASKO;2019-06-01;"
SOUTH = "ООО МКК «Южный Берег»;Южный Берег;7800000002;1027800000007;mfo;LOAN;2020-01-01;2025-05-05"


def file(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows, "")).encode()


def test_before_any_import_there_is_an_empty_registry(database: Database) -> None:
    with database.reading() as session:
        registry = registry_on(session, date(2026, 1, 1))
        with pytest.raises(RegistryNotImported):
            find_organisation(session, "Северный Ветер")
    assert (registry.as_of, registry.organisations) == (None, ())


def test_rows_come_back_as_they_were_read(database: Database) -> None:
    with database.writing() as session:
        import_registry(session, file(NORTH, SOUTH), date(2025, 1, 1))
    with database.reading() as session:
        north, south = registry_on(session).organisations
    assert (north.name, north.services, north.licence_revoked) == (
        "АО «СК „Северный Ветер“»",
        ("OSAGO", "KASKO"),
        None,
    )
    assert (south.inn, south.ogrn, south.kind) == ("7800000002", "1027800000007", "mfo")
    assert (south.interaction_from, south.licence_revoked) == (date(2020, 1, 1), date(2025, 5, 5))


def test_import_counts_against_what_answered_before(database: Database) -> None:
    changed = NORTH.replace(";Северный Ветер;", ";СК Северный Ветер;")
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
    assert [organisation.short_name for organisation in newest.organisations] == ["Северный Ветер", "Южный Берег"]


def test_a_second_import_for_the_same_day_replaces_the_first(database: Database) -> None:
    with database.writing() as session:
        import_registry(session, file(NORTH, SOUTH), date(2025, 1, 1))
    with database.writing() as session:
        import_registry(session, file(SOUTH), date(2025, 1, 1))
    with database.reading() as session:
        assert [row.short_name for row in registry_on(session).organisations] == ["Южный Берег"]


def test_a_refused_file_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        import_registry(session, file(NORTH), date(2025, 1, 1))
    with pytest.raises(RegistryRejected), database.writing() as session:
        import_registry(session, file(SOUTH, SOUTH), date(2025, 1, 1))
    with database.reading() as session:
        assert [row.short_name for row in registry_on(session).organisations] == ["Северный Ветер"]


@pytest.mark.parametrize("asked", ["7700000009", "1027700000008", "АО «Северный Ветер»", "ИНН 7700000009"])
def test_found_by_name_or_number(data: DataDirectory, asked: str) -> None:
    with open_to_write(data.root) as service:
        service.import_registry(file(NORTH, SOUTH), date(2025, 1, 1))
    with open_to_read(data.root) as service:
        answer = service.find_organisation(asked)
    assert (answer.as_of, answer.resolved.resolution) == (date(2025, 1, 1), "found")
    assert answer.resolved.matches[0].organisation.inn == "7700000009"


def test_reading_needs_no_lock_and_writing_does(data: DataDirectory) -> None:
    with open_to_write(data.root):
        with open_to_read(data.root) as service:
            assert service.registry().as_of is None
        with pytest.raises(OwnedByAnother), open_to_write(data.root):
            pass
    with open_to_write(data.root):
        pass


def test_a_directory_that_was_not_set_up(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp), open_to_write(tmp_path):
        pass
    with pytest.raises(NotSetUp), open_to_read(tmp_path / "nowhere"):
        pass
    assert list(tmp_path.iterdir()) == []
