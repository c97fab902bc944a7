"""Importing: every row counted once, broken ones named, the same again changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from decisions import jsonl, parts, row

from library.import_decisions import ImportOptions, ImportReport
from library.service import open_to_read, open_to_write
from search.filters import Filters
from store.errors import NotSetUp, OwnedByAnother
from store.owner_lock import owned
from text.errors import CodedError

ANONYMISED = ImportOptions(anonymised=True, batch=3)


def imported(data_dir: Path, *paths: Path, how: ImportOptions = ANONYMISED) -> ImportReport:
    with open_to_write(data_dir, parts=parts()) as library:
        return library.import_paths(paths, how)


def codes(report: ImportReport) -> list[tuple[str, str]]:
    return [(failed.source, failed.code) for failed in report.failed]


def test_rows_come_back_as_they_were_written(data_dir: Path, tmp_path: Path) -> None:
    report = imported(data_dir, jsonl(tmp_path / "d.jsonl", *(row(number) for number in range(8))))
    assert (report.read, report.added, report.updated, report.unchanged) == (8, 8, 0, 0)
    assert report.failed == ()
    assert report.generation >= 1
    with open_to_read(data_dir, parts=parts()) as library:
        stored = library.decision("dec-0002")
        assert library.decision("У-23-1002/5010-003") == stored
        assert library.check().agrees
    decision = stored.decision
    assert (decision.product, decision.outcome, str(decision.amount_claimed)) == ("BANK_CREDIT", "refused", "100000")
    assert [section.name for section in decision.sections] == ["established", "findings", "operative"]
    assert (stored.source, stored.version) == ("d.jsonl:3", 1)


def test_the_same_again_changes_nothing_and_a_changed_row_is_updated(data_dir: Path, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "d.jsonl", *(row(number) for number in range(5)))
    first = imported(data_dir, file)
    again = imported(data_dir, file)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 5)
    assert again.generation == first.generation
    changed = imported(data_dir, jsonl(file, row(0), row(1, outcome="terminated"), row(2)))
    assert (changed.added, changed.updated, changed.unchanged) == (0, 1, 2)
    with open_to_read(data_dir, parts=parts()) as library:
        stored = library.decision("dec-0001")
        assert (stored.version, stored.decision.outcome) == (2, "terminated")
        assert library.check().agrees
        assert library.count() == 5


def test_broken_lines_are_named_and_the_rest_goes_on(data_dir: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_bytes(b"\n")
    file = jsonl(
        tmp_path / "d.jsonl", "{broken", row(1), "[1]", row(2, outcome="won"), {"id": "x"}, row(3, date="вчера"), row(4)
    )
    report = imported(data_dir, file, empty)
    assert report.added == 2
    assert codes(report) == [
        ("d.jsonl:1", "library.line_broken"),
        ("d.jsonl:3", "library.line_broken"),
        ("d.jsonl:4", "library.field_invalid"),
        ("d.jsonl:5", "library.no_decision_text"),
        ("d.jsonl:6", "library.field_invalid"),
        ("empty.jsonl", "library.file_empty"),
    ]
    assert report.read == 8
    assert "4" in next(failed.message for failed in report.failed if failed.source == "d.jsonl:4")


def test_two_decisions_with_one_number(data_dir: Path, tmp_path: Path) -> None:
    twin = row(5, number=row(1)["number"])
    report = imported(data_dir, jsonl(tmp_path / "d.jsonl", row(1), twin))
    assert codes(report) == [("d.jsonl:2", "library.number_taken")]
    later = imported(data_dir, jsonl(tmp_path / "e.jsonl", row(6, number=row(1)["number"])))
    assert codes(later) == [("e.jsonl:1", "library.number_taken")]
    assert "dec-0001" in later.failed[0].message


def test_one_id_twice(data_dir: Path, tmp_path: Path) -> None:
    report = imported(data_dir, jsonl(tmp_path / "d.jsonl", row(1), row(1), row(1, outcome="terminated")))
    assert (report.added, report.unchanged) == (1, 1)
    assert codes(report) == [("d.jsonl:3", "library.id_repeated")]


def test_gold_labels_of_a_row_are_not_looked_at(data_dir: Path, tmp_path: Path) -> None:
    gold = row(1) | {"family": "fam-1", "relevant": ["dec-0002"], "partial": []}
    imported(data_dir, jsonl(tmp_path / "d.jsonl", row(1)))
    assert imported(data_dir, jsonl(tmp_path / "d.jsonl", gold)).unchanged == 1


def test_a_dry_run_writes_nothing(data_dir: Path, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "d.jsonl", row(1), row(2))
    report = imported(data_dir, file, how=ImportOptions(anonymised=True, dry_run=True))
    assert (report.read, report.added, report.generation) == (2, 2, 0)
    with open_to_read(data_dir, parts=parts()) as library:
        assert library.count() == 0
    assert not (data_dir / "index").exists()


def test_a_limit_counts_rows(data_dir: Path, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "d.jsonl", *(row(number) for number in range(5)))
    assert imported(data_dir, file, how=ImportOptions(anonymised=True, limit=2)).read == 2


def test_a_decision_without_sections_is_kept_as_text(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "заметка.txt").write_text("Спор о двух процентах. Ст. 12 40-ФЗ.", encoding="utf-8")
    imported(data_dir, tmp_path / "заметка.txt")
    with open_to_read(data_dir, parts=parts()) as library:
        decision = library.decision("заметка").decision
    assert [(section.name, section.text[:4]) for section in decision.sections] == [("text", "Спор")]
    assert decision.norms == ("ст. 12 40-ФЗ",)


def test_personal_data_is_replaced_before_anything_is_stored(data_dir: Path, tmp_path: Path) -> None:
    established = "Заявитель Крутикова Маргарита Эдуардовна (тел. +7 910 203-44-17) просит выплату."
    report = imported(data_dir, jsonl(tmp_path / "d.jsonl", row(1, established=established)), how=ImportOptions())
    assert report.replaced == {"name": 1, "phone": 1}
    for file in data_dir.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert "Крутиков".encode() not in content
            assert b"203-44-17" not in content
    with open_to_read(data_dir, parts=parts()) as library:
        text = library.decision("dec-0001").decision.sections[0].text
    assert text == "Заявитель ФИО1 (тел. <телефон>) просит выплату."


def test_what_still_shows_personal_data_is_not_imported(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from library.anonymise import pseudonyms

    monkeypatch.setattr(pseudonyms, "find_patterns", lambda _: [])
    leaking = row(1, established="Звонил с номера +7 910 203-44-17, почта a.b@mail.example.")
    report = imported(data_dir, jsonl(tmp_path / "d.jsonl", leaking, row(2)), how=ImportOptions())
    assert codes(report) == [("d.jsonl:1", "library.personal_data_left")]
    assert "203" not in report.failed[0].message
    assert report.added == 1


def test_exported_is_what_import_takes(data_dir: Path, tmp_path: Path) -> None:
    from pydantic import TypeAdapter

    from library.export import ExportedDecision

    imported(data_dir, jsonl(tmp_path / "d.jsonl", row(1), row(2), {"id": "t", "text": "Текст без разделов."}))
    with open_to_read(data_dir, parts=parts()) as library:
        lines = [TypeAdapter(ExportedDecision).dump_json(one).decode() for one in library.export()]
        before = [library.decision(id_).decision for id_ in ("dec-0001", "dec-0002", "t")]
    other = tmp_path / "other"
    from kazus import migrations

    migrations.upgrade(other)
    assert imported(other, jsonl(tmp_path / "export.jsonl", *lines)).added == 3
    with open_to_read(other, parts=parts()) as library:
        assert [library.decision(id_).decision for id_ in ("dec-0001", "dec-0002", "t")] == before


def test_an_index_made_without_the_encoder_is_completed_when_it_comes(data_dir: Path, tmp_path: Path) -> None:
    notes: list[CodedError] = []
    file = jsonl(tmp_path / "d.jsonl", row(1), row(2))
    with open_to_write(data_dir, parts=parts(notes, encoder=False)) as library:
        assert library.import_paths([file], ANONYMISED).added == 2
        assert library.check().encoder == "none"
    assert [note.code for note in notes] == ["library.encoder_absent"]
    more = jsonl(tmp_path / "e.jsonl", row(3))
    notes.clear()
    with open_to_write(data_dir, parts=parts(notes)) as library:  # the encoder has come: the index stays as it is
        assert library.import_paths([more], ANONYMISED).added == 1
        assert library.check().encoder == "none"
        assert not library.finds_by_meaning()
        assert library.complete()
        assert not library.complete()
        assert library.finds_by_meaning()
        assert library.check().encoder == "hashing-stand-in"
        assert library.check().agrees
    assert [note.code for note in notes] == ["library.index_without_vectors"]


def test_a_damaged_index_is_made_anew_by_the_next_import(data_dir: Path, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "d.jsonl", row(1), row(2))
    imported(data_dir, file)
    for manifest in (data_dir / "index").rglob("manifest.json"):
        manifest.write_text("{", encoding="utf-8")
    notes: list[CodedError] = []
    with open_to_write(data_dir, parts=parts(notes)) as library:
        assert library.import_paths([file], ANONYMISED).unchanged == 2
        assert library.check().agrees
    assert [note.code for note in notes] == ["library.index_rebuilt"]


def test_an_index_ahead_of_a_restored_database_is_made_anew(data_dir: Path, tmp_path: Path) -> None:
    import sqlite3

    imported(data_dir, jsonl(tmp_path / "d.jsonl", *(row(number) for number in range(4))))
    with sqlite3.connect(data_dir / "kazus.sqlite") as connection:
        connection.execute("DELETE FROM library_decisions WHERE id > 'dec-0001'")
    connection.close()
    with open_to_write(data_dir, parts=parts()) as library:
        assert not library.check().agrees
        assert library.check().surplus == 2
        library.import_paths([], ANONYMISED)
        assert library.check().agrees


def test_statistics_count_what_passes(data_dir: Path, tmp_path: Path) -> None:
    imported(data_dir, jsonl(tmp_path / "d.jsonl", *(row(number) for number in range(12))))
    with open_to_read(data_dir, parts=parts()) as library:
        all_of_them = library.statistics(Filters())
        osago = library.statistics(Filters(product=("OSAGO",), norm=("40-ФЗ",)))
    assert all_of_them.total == 12
    assert [(share.outcome, share.n) for share in all_of_them.statistics.outcomes] == [
        ("satisfied", 4),
        ("partial", 4),
        ("refused", 4),
    ]
    assert all_of_them.statistics.awarded_ratio.median == 0.4
    assert osago.total == 3
    assert osago.counts["product"] == {"OSAGO": 3}


def test_an_owned_directory_and_one_that_is_not_set_up(data_dir: Path, tmp_path: Path) -> None:
    with owned(data_dir), pytest.raises(OwnedByAnother), open_to_write(data_dir):
        pass
    with pytest.raises(NotSetUp), open_to_read(tmp_path / "nothing"):
        pass


def test_rows_may_have_a_bom_and_empty_strings(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    sparse = {"id": 7, "text": "Решение по спору.", "outcome": "", "norms": None}
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(sparse).encode() + b"\r\n")
    assert imported(data_dir, file).added == 1
    with open_to_read(data_dir, parts=parts()) as library:
        assert library.decision("7").decision.outcome is None


@pytest.mark.parametrize(
    "changes",
    [
        {"id": ""},
        {"id": "x" * 201},
        {"amount_claimed": -1},
        {"amount_claimed": "NaN"},
        {"amount_claimed": "1.234"},
        {"product": "x" * 41},
        {"text": 5},
        {"claim_items": "неустойка"},
        {"findings": "\ud800"},
    ],
)
def test_a_field_that_cannot_be_kept_fails_its_row_only(
    data_dir: Path, tmp_path: Path, changes: dict[str, object]
) -> None:
    broken = row(1) | changes
    line = json.dumps(broken)  # as ASCII: a lone surrogate can only come escaped
    report = imported(data_dir, jsonl(tmp_path / "d.jsonl", line, row(2)))
    assert report.added == 1 + (changes == {"id": ""})
    if changes != {"id": ""}:  # empty is how exports write «not known»: the number stands for it
        assert codes(report) == [("d.jsonl:1", "library.field_invalid")]


def test_a_zero_character_is_a_space(data_dir: Path, tmp_path: Path) -> None:
    imported(data_dir, jsonl(tmp_path / "d.jsonl", row(1, findings="до\x00после")))
    with open_to_read(data_dir, parts=parts()) as library:
        assert library.decision("dec-0001").decision.sections[1].text == "до после"


def test_newer_rules_look_again_and_change_only_what_they_read_otherwise(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import library.import_decisions as importing
    import library.prepare as preparing

    file = jsonl(tmp_path / "d.jsonl", row(1, expertise=True), row(2, findings="Организована экспертиза."))
    first = imported(data_dir, file)
    monkeypatch.setattr(importing, "rules", lambda: "newer")
    monkeypatch.setattr(preparing, "expertise_of", lambda _: False)
    again = imported(data_dir, file)
    assert (again.updated, again.unchanged, again.generation) == (1, 1, first.generation + 1)
    assert imported(data_dir, file).unchanged == 2
    with open_to_read(data_dir, parts=parts()) as library:
        assert library.decision("dec-0001").version == 1
        assert library.decision("dec-0002").decision.expertise is False
