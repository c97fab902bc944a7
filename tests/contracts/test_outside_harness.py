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
from tests.built_encoder import built_encoder

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


def run(folder: Path, *arguments: str, expect: int = 0, encoder: Path | None = None) -> list[dict[str, Any]]:
    """Run `kazus` in `folder`; returns the JSON objects it printed, a line each. Without `encoder` by words alone."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KAZUS_")}
    environment |= {"KAZUS_ENCODER_DIR": str(encoder)} if encoder else {"KAZUS_ENCODER": "./none"}
    done = subprocess.run(
        [KAZUS, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == expect, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def valid(name: str, value: dict[str, Any]) -> None:
    command = next(command for command in command_schemas() if command.name == name)
    jsonschema.validate(value, element_schema(command), cls=jsonschema.Draft202012Validator)


DECISIONS = [
    {
        "id": f"d-{number}",
        "date": f"2024-0{number}-15",
        "product": product,
        "category": category,
        "claim_items": [item],
        "organisation_type": kind,
        "outcome": outcome,
        "amount_claimed": claimed,
        "amount_awarded": awarded,
        "norms": [norm],
        "disputed_facts": [],
        "established": established,
        "findings": findings,
        "operative": "Требование рассмотрено.",
    }
    for number, (product, category, item, kind, outcome, claimed, awarded, norm, established, findings) in enumerate(
        [
            (
                "OSAGO", "INS_WEAR", "страховое возмещение", "insurer", "satisfied", 54000, 54000, "ст. 12 40-ФЗ",
                "Страховщик выплатил возмещение с учётом износа, направление на ремонт не выдал.",
                "Натуральная форма возмещения обязательна, износ деталей не учитывается.",
            ),
            (
                "BANK_CREDIT", "CR_ADDON", "возврат платы за дополнительную услугу", "bank", "refused", 90000, 0,
                "ст. 7 353-ФЗ",
                "При выдаче кредита Заявитель купил карту помощи на дорогах, отказа в течение тридцати дней не подал.",
                "Срок для отказа от дополнительной услуги пропущен, оснований для возврата платы нет.",
            ),
            (
                "LIFE_ACCIDENT", "INS_COOLING", "возврат страховой премии", "insurer", "partial", 30000, 28000,
                "п. 3 ст. 958 ГК РФ",
                "Заявитель отказался от договора страхования жизни на девятый день.",
                "В период охлаждения премия возвращается за вычетом дней действия договора.",
            ),
        ],
        start=1,
    )
]  # fmt: skip
QUERIES = [
    {"id": "износ", "text": "Страховая заплатила за ремонт с вычетом износа, а на станцию машину не взяла."},
    {"id": "карта", "text": "Вместе с кредитом продали карту помощи, верните за неё деньги.", "relevant": ["d-2"]},
    {"id": "пусто", "text": ""},
]


def lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.mark.slow
def test_the_lines_of_the_contract_work_in_an_empty_directory(tmp_path: Path) -> None:
    encoder = built_encoder()
    scans = tmp_path / "scans"
    scans.mkdir()
    sample = sorted(path for path in (SAMPLES / "package").iterdir() if path.is_file())[:2]
    for path in sample:
        (scans / path.name).write_bytes(path.read_bytes())
    (scans / "a.txt").write_text(APPEAL, encoding="utf-8")
    (scans / "empty.pdf").write_bytes(b"")
    (tmp_path / "r.csv").write_bytes((SAMPLES / "registry.csv").read_bytes())
    packages = [
        {"id": "первый", "path": "scans", "filed": "2026-06-10", "channel": "paper", "sender": None, "outcome": "gold"},
        {"id": "нет такого", "path": "missing", "filed": None, "channel": None, "sender": None},
        {"id": "третий", "path": "scans/a.txt", "filed": None, "channel": None, "sender": "МФЦ"},
    ]
    lines(tmp_path / "p.jsonl", packages)
    lines(tmp_path / "d.jsonl", DECISIONS)
    lines(tmp_path / "q.jsonl", QUERIES)
    lines(tmp_path / "a.jsonl", [{"id": "1", "text": QUERIES[0]["text"], "product": "KPK"}, {"id": "2", "text": ""}])

    def kazus(*arguments: str, expect: int = 0) -> list[dict[str, Any]]:
        return run(tmp_path, "--data-dir", "D", *arguments, expect=expect, encoder=encoder)

    kazus("setup", "--no-sample")
    kazus("registry", "import", "r.csv", "--as-of", "2026-11-01")
    (imported,) = kazus("library", "import", "d.jsonl", "--anonymised", "--json")
    valid("kazus.library.import/1", imported)
    assert (imported["added"], imported["failed"]) == (3, [])
    (again,) = kazus("library", "import", "d.jsonl", "--anonymised", "--json")
    assert (again["added"], again["unchanged"]) == (0, 3)

    names = sorted(path.name for path in scans.iterdir())
    read = kazus("read", *(f"scans/{name}" for name in names), "--jsonl", expect=1)
    assert [Path(item["path"]).name for item in read] == names
    for item in read:
        valid("kazus.read/1", item)
    empty = next(item for item in read if item["name"] == "empty")
    assert empty["error"]["code"] == "ocr.file_empty"
    assert not empty["pages"]

    reports = kazus("intake", "--manifest", "p.jsonl", "--jsonl", expect=1)
    assert [report["id"] for report in reports] == ["первый", "нет такого", "третий"]
    for report in reports:
        valid("kazus.intake/1", report)
    assert reports[0]["filed_source"] == "given"
    assert reports[0]["channel"] == "paper"
    assert reports[0]["classification"]["product"]["label"] == "OSAGO"
    assert reports[0]["similar"][0]["decision"] == "d-1"
    assert reports[1]["verdicts"] is None
    assert reports[1]["error"]["code"]
    assert reports[2]["filed_source"] == "received"
    assert reports[2]["sender"] == "МФЦ"
    again = kazus("intake", "--manifest", "p.jsonl", "--json", expect=1)
    assert [item["outcome"] for item in again[0]["items"]] == [report["outcome"] for report in reports]

    labels = kazus("classify", "--input", "a.jsonl", "--jsonl", expect=1)
    for item in labels:
        valid("kazus.classify/1", item)
    assert [item["id"] for item in labels] == ["1", "2"]
    assert labels[0]["product"]["label"] == "OSAGO"  # and not the gold label of the row
    assert labels[0]["model"]["name"] == "joined"
    assert labels[1]["error"]["code"]

    found = kazus("library", "similar", "--queries", "q.jsonl", "--top", "100", "--no-fold", "--jsonl")
    for item in found:
        valid("kazus.library.similar/1", item)
    assert [item["id"] for item in found] == ["износ", "карта", "пусто"]
    assert [item["hits"][0]["decision"] for item in found[:2]] == ["d-1", "d-2"]
    assert len(found[0]["hits"]) == 3
    assert found[2]["hits"] == []  # nothing asked, nothing found, and the others go on

    serving = """
import sys
from kazus.cli.main import run
for command in (
    ["classify", "Страховая выплатила с учётом износа."],
    ["library", "similar", "Страховая выплатила с учётом износа."],
    ["intake", "scans/a.txt", "--no-keep"],
):
    assert run(["--data-dir", "D", *command]) == 0, command
print(sorted({"torch", "transformers", "sentence_transformers", "sklearn"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", serving],
        cwd=tmp_path,
        env={**os.environ, "KAZUS_ENCODER_DIR": str(encoder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stdout[-300:] + done.stderr[-300:]


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
