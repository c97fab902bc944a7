"""What an outside program relies on: the commands of the contract, in an empty directory, by process alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kazus.schemas import command_schemas, element_schema

ROOT = Path(__file__).parent.parent.parent
KAZUS = Path(sys.executable).parent / "kazus"
SAMPLES = ROOT / "models" / "samples"

APPEAL = """Финансовому уполномоченному
ОБРАЩЕНИЕ
Заявитель: Ковригина Анна Сергеевна, родилась 04.05.1981 в г. Торжок Тверской области
Адрес: 172002, Тверская область, г. Торжок, ул. Луначарского, д. 4, кв. 9, тел. +7 910 000-12-34
Финансовая организация: ООО «Банк „Тверской Мещанин“», ИНН 6931782182
Прошу взыскать 12 500 рублей.
10.06.2026 Ковригина А.С. (подпись)
"""


def run(folder: Path, *arguments: str, expect: int = 0) -> list[dict[str, Any]]:
    """Run `kazus` in `folder`; returns the JSON objects it printed, a line each."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KAZUS_")}
    done = subprocess.run(
        [KAZUS, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == expect, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def valid(name: str, value: dict[str, Any]) -> None:
    command = next(command for command in command_schemas() if command.name == name)
    jsonschema.validate(value, element_schema(command), cls=jsonschema.Draft202012Validator)


@pytest.mark.slow
def test_the_lines_of_the_contract_work_in_an_empty_directory(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    sample = sorted(path for path in (SAMPLES / "package").iterdir() if path.is_file())[:2]
    for path in sample:
        (scans / path.name).write_bytes(path.read_bytes())
    (scans / "a.txt").write_text(APPEAL, encoding="utf-8")
    (scans / "empty.pdf").write_bytes(b"")
    (tmp_path / "r.csv").write_bytes((SAMPLES / "registry.csv").read_bytes())
    rows = [
        {"id": "первый", "path": "scans", "filed": "2026-06-10", "channel": "paper", "sender": None, "outcome": "gold"},
        {"id": "нет такого", "path": "missing", "filed": None, "channel": None, "sender": None},
        {"id": "третий", "path": "scans/a.txt", "filed": None, "channel": None, "sender": "МФЦ"},
    ]
    (tmp_path / "p.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")

    run(tmp_path, "--data-dir", "D", "setup", "--no-sample")
    run(tmp_path, "--data-dir", "D", "registry", "import", "r.csv", "--as-of", "2026-11-01")
    names = sorted(path.name for path in scans.iterdir())
    read = run(tmp_path, "--data-dir", "D", "read", *(f"scans/{name}" for name in names), "--jsonl", expect=1)
    assert [Path(item["path"]).name for item in read] == names
    for item in read:
        valid("kazus.read/1", item)
    empty = next(item for item in read if item["name"] == "empty")
    assert empty["error"]["code"] == "ocr.file_empty"
    assert not empty["pages"]

    reports = run(tmp_path, "--data-dir", "D", "intake", "--manifest", "p.jsonl", "--jsonl", expect=1)
    assert [report["id"] for report in reports] == ["первый", "нет такого", "третий"]
    for report in reports:
        valid("kazus.intake/1", report)
    assert reports[0]["filed_source"] == "given"
    assert reports[0]["channel"] == "paper"
    assert reports[1]["verdicts"] is None
    assert reports[1]["error"]["code"]
    assert reports[2]["filed_source"] == "received"
    assert reports[2]["sender"] == "МФЦ"
    again = run(tmp_path, "--data-dir", "D", "intake", "--manifest", "p.jsonl", "--json", expect=1)
    assert [item["outcome"] for item in again[0]["items"]] == [report["outcome"] for report in reports]


def test_read_needs_no_data_directory(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(APPEAL, encoding="utf-8")
    (answer,) = run(tmp_path, "read", "a.txt", "--json")
    assert answer["schema"] == "kazus.read/1"
    (item,) = answer["items"]
    valid("kazus.read/1", item)
    assert item["pages"][0]["source"] == "text_layer"
    assert "Ковригина" in item["pages"][0]["text"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_exit_codes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(APPEAL, encoding="utf-8")
    run(tmp_path, "intake", "a.txt", expect=4)
    run(tmp_path, "intake", expect=2)
    run(tmp_path, "read", "--pages", "3-1", "a.txt", expect=1)
    run(tmp_path, "nothing-like-this", expect=2)


def test_the_doctor_names_what_is_missing_and_its_remedy(tmp_path: Path) -> None:
    (before,) = run(tmp_path, "--data-dir", "D", "doctor", "--json", expect=4)
    valid("kazus.doctor/1", before)
    missing = [finding for finding in before["items"] if finding["state"] == "missing"]
    assert any("setup" in finding["remedy"] for finding in missing)
    run(tmp_path, "--data-dir", "D", "setup", "--no-sample")
    (after,) = run(tmp_path, "--data-dir", "D", "doctor", "--json")
    valid("kazus.doctor/1", after)
    assert {finding["state"] for finding in after["items"]} <= {"ok", "warning"}


def test_global_options_stand_before_or_after(tmp_path: Path) -> None:
    before = run(tmp_path, "--json", "calendar", "add", "2026-04-27", "15")
    after = run(tmp_path, "calendar", "add", "2026-04-27", "15", "--json")
    assert before == after
    assert before[0]["last_day"] == "2026-05-20"
    valid("kazus.calendar.add/1", before[0])


def test_criteria_and_calendar_year_obey_their_schemas(tmp_path: Path) -> None:
    (criteria,) = run(tmp_path, "criteria", "--json", "--on", "2026-06-01")
    valid("kazus.criteria/1", criteria)
    assert len(criteria["items"]) >= 19
    (year,) = run(tmp_path, "calendar", "year", "2026", "--json")
    valid("kazus.calendar.year/1", year)
    assert year["working_days"] == 247


def test_an_owned_directory_ends_with_3_and_names_the_owner(tmp_path: Path) -> None:
    from store.owner_lock import owned

    (tmp_path / "a.txt").write_text(APPEAL, encoding="utf-8")
    run(tmp_path, "--data-dir", "D", "setup", "--no-sample")
    with owned(tmp_path / "D"):
        done = subprocess.run(
            [KAZUS, "--data-dir", "D", "--wait", "0.2", "intake", "a.txt"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert str(os.getpid()) in done.stderr
    assert "--wait" in done.stderr
    run(tmp_path, "--data-dir", "D", "intake", "a.txt")
