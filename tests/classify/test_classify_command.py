"""`kazus classify` and `kazus model` as an outside program calls them, with the shipped baseline."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kazus.cli.main import run
from kazus.schemas import command_schemas, element_schema
from tests.classify.small_world import small_world

PAWN = "Ломбард продал моё кольцо раньше льготного месяца и занизил оценку, прошу вернуть разницу."
OSAGO = "Страховая по ОСАГО перевела деньги с учётом износа вместо ремонта, соглашения я не подписывал."


def valid(value: dict[str, Any]) -> dict[str, Any]:
    command = next(command for command in command_schemas() if command.name == value["schema"])
    jsonschema.validate(value, element_schema(command), cls=jsonschema.Draft202012Validator)
    return value


def called(capsys: pytest.CaptureFixture[str], *arguments: str, expect: int = 0) -> list[dict[str, Any]]:
    assert run(list(arguments)) == expect
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def without_clock(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "milliseconds"}


def test_texts_are_classified_without_a_data_directory(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (answer,) = called(capsys, "classify", PAWN, OSAGO, "--json", "--explain", "--top-k", "2")
    assert answer["schema"] == "kazus.classify/1"
    first, second = (valid(item) for item in answer["items"])
    assert (first["product"]["label"], first["category"]["label"]) == ("PAWN", "PAWN_SALE")
    assert (second["product"]["label"], second["category"]["label"]) == ("OSAGO", "INS_WEAR")
    assert len(first["categories"]) == 2
    assert first["explanation"]["for"]
    assert all(PAWN[word["start"] : word["end"]] == word["text"] for word in first["explanation"]["for"])
    assert len(first["product"]["probabilities"]) == 13
    assert first["model"]["name"] == "baseline"
    assert list(tmp_path.iterdir()) == []


def test_gold_labels_of_a_row_are_ignored(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plain = {"id": "строка", "text": PAWN}
    gold = plain | {"product": "KASKO", "category": "INS_UTS", "categories": ["INS_UTS"], "label": "x", "amount": 5}
    answers = []
    for name, row in (("plain", plain), ("gold", gold)):
        (tmp_path / name).write_text(json.dumps(row) + "\n", encoding="utf-8")
        answers += called(capsys, "classify", "--input", name, "--jsonl")
    assert without_clock(answers[0]) == without_clock(answers[1])
    assert answers[0]["id"] == "строка"


def test_a_row_that_cannot_be_judged_keeps_its_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    texts = ["", PAWN, "12 345", "My insurer refuses to pay and the bank is of no help", "Банк"]
    rows = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    items = called(capsys, "classify", "--input", "a.jsonl", "--jsonl", expect=1)
    assert [item["id"] for item in items] == ["0", "1", "2", "3", "4"]
    for item in items:
        valid(item)
    assert items[0]["error"]["code"] == "classify.text_empty"
    assert items[0]["product"] is None
    assert items[2]["error"]["code"] == "classify.text_without_words"
    assert items[3]["product"]["label"] is None
    assert items[3]["product"]["abstained"]
    assert items[4]["product"]["abstained"]


def test_files_and_standard_input(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(OSAGO, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(PAWN))
    items = called(capsys, "classify", "a.txt", "-", "--jsonl")
    assert [(item["id"], item["product"]["label"]) for item in items] == [("a.txt", "OSAGO"), ("-", "PAWN")]


def test_of_a_package_the_appeal_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    reply = f"ООО «Страховая»\nИсх. № 5 от 01.02.2026\nНа Ваше обращение сообщаем: в выплате отказано.\n{OSAGO}\n"
    appeal = f"Финансовому уполномоченному\nОБРАЩЕНИЕ\nЗаявитель: Ковригина Анна Сергеевна\n{PAWN}\n"
    (package / "1.txt").write_text(reply, encoding="utf-8")
    (package / "2.txt").write_text(appeal, encoding="utf-8")
    (item,) = called(capsys, "classify", "package", "--jsonl")
    assert item["product"]["label"] == "PAWN"
    (package / "2.txt").unlink()
    (package / "3.txt").write_text("Чек\nИтого 500 рублей\n", encoding="utf-8")
    (item,) = called(capsys, "classify", "package", "--jsonl", expect=1)
    assert valid(item)["error"]["code"] == "kazus.appeal_not_found"


def test_people_get_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["classify", PAWN, "--explain"]) == 0
    out = capsys.readouterr().out
    assert "Ломбард" in out
    assert "PAWN_SALE" in out
    assert "за:" in out


def test_models_are_named_and_wrong_names_refused(capsys: pytest.CaptureFixture[str]) -> None:
    (listed,) = called(capsys, "model", "list", "--json")
    baseline = next(item for item in valid(listed)["items"] if item["name"] == "baseline")
    assert baseline["usable"]
    named = f"baseline@{baseline['version']}"
    (item,) = called(capsys, "classify", PAWN, "--model", named, "--jsonl")
    assert item["model"] == {"name": "baseline", "version": baseline["version"]}
    called(capsys, "classify", PAWN, "--model", "baseline@0", "--jsonl", expect=1)
    called(capsys, "classify", PAWN, "--model", "joined", "--jsonl", expect=1)
    called(capsys, "classify", "--jsonl", expect=2)
    called(capsys, "classify", PAWN, "--input", "x.jsonl", expect=2)


def test_training_and_figures(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [
        {"id": one.id, "text": one.text, "product": one.product, "category": one.category, "author": one.author}
        for one in small_world()
    ]
    (tmp_path / "e.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (trained,) = called(
        capsys, "model", "train", "--input", "e.jsonl", "--out", "m", "--words-only", "--no-figures", "--json"
    )
    assert valid(trained)["examples"] == len(rows)
    assert "Learnt from" in (tmp_path / "m" / "card.md").read_text(encoding="utf-8")
    (figures,) = called(capsys, "model", "evaluate", "--input", "e.jsonl", "--model", "m", "--json")
    levels = {item["id"]: valid(item) for item in figures["items"]}
    assert set(levels) == {"product", "category"}
    assert levels["product"]["macro_f1"]["low"] <= levels["product"]["macro_f1"]["value"] <= 1
    assert levels["product"]["model"]["version"] == trained["version"]
    assert len(levels["category"]["per_class"]) == 30
