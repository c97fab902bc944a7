"""The library's commands by their own entry: exit codes, JSON that obeys its schema, what people read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kazus import migrations
from kazus.cli.main import run
from kazus.schemas import command_schemas, element_schema

ROWS = [
    {
        "id": f"dec-{number}",
        "number": f"У-23-{number}/5010-003",
        "date": f"2023-0{number}-10",
        "product": product,
        "category": category,
        "outcome": outcome,
        "amount_claimed": 100_000,
        "amount_awarded": {"satisfied": 100_000, "refused": 0}[outcome],
        "norms": ["п. 21 ст. 12 40-ФЗ"],
        "established": text,
        "findings": f"Проверено: {text}",
    }
    for number, product, category, outcome, text in (
        (1, "OSAGO", "INS_WEAR", "satisfied", "Страховщик выплатил возмещение за вычетом износа вместо ремонта."),
        (2, "OSAGO", "INS_DELAY", "refused", "Неустойка за просрочку выплаты страхового возмещения не начислена."),
        (3, "BANK_CREDIT", "CR_ADDON", "satisfied", "При выдаче кредита навязан сертификат юридической помощи."),
    )
]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    migrations.upgrade(tmp_path / "D")
    file = tmp_path / "d.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    assert run(["--data-dir", str(tmp_path / "D"), "--quiet", "library", "import", str(file), "--anonymised"]) == 0
    return tmp_path / "D"


def valid(name: str, value: dict[str, Any]) -> dict[str, Any]:
    command = next(command for command in command_schemas() if command.name == name)
    jsonschema.validate(value, element_schema(command), cls=jsonschema.Draft202012Validator)
    return value


def asked(data_dir: Path, capsys: pytest.CaptureFixture[str], *arguments: str, expect: int = 0) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["--data-dir", str(data_dir), "--quiet", "library", *arguments]) == expect
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def said(data_dir: Path, capsys: pytest.CaptureFixture[str], *arguments: str, expect: int = 0) -> str:
    capsys.readouterr()
    assert run(["--data-dir", str(data_dir), "--quiet", "library", *arguments]) == expect
    return capsys.readouterr().out


def test_an_import_counts_and_names_what_failed(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "e.jsonl").write_text('{broken\n{"id": "t", "text": "Текст."}\n', encoding="utf-8")
    file = str(tmp_path / "e.jsonl")
    (report,) = asked(data_dir, capsys, "import", file, "--anonymised", "--json", expect=1)
    valid("kazus.library.import/1", report)
    assert (report["read"], report["added"], report["failed"][0]["source"]) == (2, 1, "e.jsonl:1")
    (again,) = asked(data_dir, capsys, "import", file, "--anonymised", "--json", expect=1)
    assert (again["added"], again["unchanged"]) == (0, 1)
    assert "e.jsonl:1" in said(data_dir, capsys, "import", file, "--anonymised", expect=1)


def test_statistics_as_json_and_for_people(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (answer,) = asked(data_dir, capsys, "stats", "--product", "OSAGO", "--norm", "ст. 12 40-ФЗ", "--json")
    valid("kazus.library.stats/1", answer)
    assert answer["total"] == 2
    text = said(data_dir, capsys, "stats")
    assert "удовлетворено" in text
    assert "67\u00a0%" in text
    assert "OSAGO (ОСАГО) 2" in text
    assert "satisfied" in said(data_dir, capsys, "stats", "--lang", "en")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["stats", "--product", "OSGO"], 1, "search.unknown_filter_value"),
        (["stats", "--from", "2024-01-01", "--to", "2023-01-01"], 1, "search.dates_reversed"),
        (["stats", "--amount", "5"], 2, "--amount 5"),
        (["stats", "--amount", "a..b"], 2, "--amount a..b"),
        (["import", "missing.jsonl"], 1, "kazus.path_not_found"),
        (["search"], 2, "--queries"),
        (["search", "износ", "--queries", "q.jsonl"], 2, "--queries"),
        (["search", "--queries", "missing.jsonl"], 1, "kazus.path_not_found"),
        (["similar", "--decision", "dec-99"], 1, "library.decision_not_found"),
        (["similar", "текст", "--decision", "dec-1"], 2, "--decision"),
    ],
)
def test_what_was_asked_wrongly_is_said(
    data_dir: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, says: str
) -> None:
    capsys.readouterr()
    assert run(["--data-dir", str(data_dir), "--quiet", "library", *arguments]) == code
    assert says in capsys.readouterr().err


def test_check_and_reindex_agree(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (check,) = asked(data_dir, capsys, "check", "--json")
    assert valid("kazus.library.check/1", check)["agrees"]
    (made,) = asked(data_dir, capsys, "reindex", "--json")
    assert valid("kazus.library.reindex/1", made)["indexed"] == 3
    assert "Индекс и база согласны" in said(data_dir, capsys, "check")


def test_an_export_is_imported_unchanged(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = asked(data_dir, capsys, "export")
    for line in lines:
        valid("kazus.library.export/1", line)
    (tmp_path / "export.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    migrations.upgrade(tmp_path / "other")
    (report,) = asked(tmp_path / "other", capsys, "import", str(tmp_path / "export.jsonl"), "--anonymised", "--json")
    assert report["added"] == 3
    assert asked(tmp_path / "other", capsys, "export") == lines


def test_anonymise_needs_no_data_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Заявитель Крутикова Маргарита Эдуардовна, СНИЛС 106-782-322 55."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (answer,) = asked(tmp_path / "none", capsys, "anonymise", str(tmp_path / "a.txt"), "--jsonl")
    valid("kazus.library.anonymise/1", answer)
    assert answer["id"] == "a"
    assert answer["text"] == "Заявитель ФИО1, СНИЛС <СНИЛС>."
    found = {one["class"]: text[one["start"] : one["end"]] for one in answer["replacements"]}
    assert found == {"name": "Крутикова Маргарита Эдуардовна", "snils": "106-782-322 55"}
    items = asked(tmp_path / "none", capsys, "anonymise", str(tmp_path), "--json", expect=1)[0]["items"]
    assert [item["error"] and item["error"]["code"] for item in items] == [None, "library.file_empty"]
    assert not (tmp_path / "none").exists()


def test_rows_of_queries_carry_their_own_filters(tmp_path: Path) -> None:
    from decimal import Decimal

    from kazus.cli.library_filters import query_rows
    from library.errors import QueriesUnreadable

    file = tmp_path / "q.jsonl"
    own = {"claim-item": "неустойка", "from": "2023-01-01", "amount": "..500000", "expertise": True}
    rows = [
        {"id": "a", "text": "износ", "filters": own, "relevant": ["gold"]},
        {"id": "b", "text": "x", "filters": None},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (first, filters), (second, none) = query_rows(file)
    assert (first.id, second.id, none) == ("a", "b", None)
    assert filters is not None
    assert (filters.claim_item, filters.amount_min, filters.amount_max) == (("неустойка",), None, Decimal(500_000))
    assert (str(filters.date_from), filters.expertise) == ("2023-01-01", True)
    for broken in ('{"id": "a"}', "[1]", '{"id": "a", "text": "x", "filters": {"colour": "red"}}', "{"):
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(QueriesUnreadable):
            query_rows(file)


def test_help_imports_none_of_the_engines() -> None:
    import subprocess
    import sys

    script = (
        "import sys; from kazus.cli.main import run; run(['library', '--help']); "
        "print(sorted({'tantivy', 'faiss', 'numpy', 'slovnet', 'sqlalchemy', 'pymorphy3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")
    assert "similar" in done.stdout


def test_search_and_similar_answer_for_people_and_programs(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(data_dir, capsys, "search", "износ вместо ремонта", "--top", "2")
    first = next(line for line in text.splitlines() if "1. " in line)
    assert "У-23-1/5010-003 · dec-1 · 10.01.2023 · удовлетворено: 100\u00a0000\u00a0₽ из 100\u00a0000\u00a0₽" in first
    assert "Почему:" in text
    assert "--product: OSAGO (ОСАГО) 2" in text
    assert "satisfied" in said(data_dir, capsys, "search", "износ", "--lang", "en")
    (answer,) = asked(data_dir, capsys, "search", "износ", "--json")
    item = valid("kazus.library.search/1", answer["items"][0])
    assert (item["id"], item["total"], item["statistics"], item["error"]) == ("query", 3, None, None)
    rows = [
        {"id": "первый", "text": "Страховщик вычел износ.", "product": "KASKO", "relevant": ["dec-3"]},
        {"id": "второй", "text": "x", "filters": {"product": "OSGO"}},
        {"id": "третий", "text": "Навязали сертификат при кредите.", "filters": {"product": "BANK_CREDIT"}},
    ]
    file = tmp_path / "q.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    arguments = ["similar", "--queries", str(file), "--top", "100", "--no-fold", "--statistics"]
    answers = asked(data_dir, capsys, *arguments, "--jsonl", expect=1)
    assert [answer["id"] for answer in answers] == ["первый", "второй", "третий"]
    for answer in answers:
        valid("kazus.library.similar/1", answer)
    assert answers[1]["error"]["code"] == "search.unknown_filter_value"
    assert answers[1]["hits"] is None
    assert answers[0]["total"] == 3
    assert [hit["decision"] for hit in answers[2]["hits"]] == ["dec-3"]
    assert answers[0]["statistics"]["n"] > 0
    people = said(data_dir, capsys, *arguments, expect=1)
    assert "══ третий" in people
    assert "Чем закончились (решений:" in people


def test_pages_follow_one_another_by_cursor(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[str] = []
    cursor: list[str] = []
    for _ in range(3):
        (answer,) = asked(data_dir, capsys, "search", "страховое возмещение кредит", "--top", "1", "--json", *cursor)
        (item,) = answer["items"]
        seen += [hit["decision"] for hit in item["hits"]]
        if item["cursor"] is None:
            break
        cursor = ["--cursor", item["cursor"]]
    assert len(seen) == len(set(seen)) >= 2
    assert run(["--data-dir", str(data_dir), "library", "search", "другое", "--cursor", "abc"]) == 1


def test_like_a_decision_leaves_it_out(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (answer,) = asked(data_dir, capsys, "similar", "--decision", "У-23-1/5010-003", "--json")
    (item,) = answer["items"]
    assert item["id"] == "dec-1"
    assert "dec-1" not in [hit["decision"] for hit in item["hits"]]


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    migrations.upgrade(tmp_path / "D")
    assert "kazus library import" in said(tmp_path / "D", capsys, "stats")
