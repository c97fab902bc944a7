"""A fault of ours on one package of a batch: that package says so, the others get their reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import intake.examination
from intake.package import Package
from intake.registry import Registry
from intake.report import Report
from intake.subject import Classify
from kazus import migrations
from kazus.cli.main import run
from store.owner_lock import owned


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "packages"
    for name in ("a", "b", "c"):
        (folder / name).mkdir(parents=True)
        (folder / name / "письмо.txt").write_text(f"Письмо {name}", encoding="utf-8")
    monkeypatch.setenv("KAZUS_DATA_DIR", str(tmp_path / "data"))
    migrations.upgrade(tmp_path / "data")
    return folder


def test_the_others_go_on(packages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    sound = intake.examination.examine

    def faulty(package: Package, registry: Registry, classify: Classify | None = None) -> Report:
        if package.documents[0].pages[0].text == "Письмо b":
            raise ZeroDivisionError("Письмо b")
        return sound(package, registry, classify=classify)

    monkeypatch.setattr(intake.examination, "examine", faulty)
    assert run(["intake", "--each", str(packages), "--jsonl", "--workers", "1"]) == 1
    said = capsys.readouterr()
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [(line["id"], line["error"] and line["error"]["code"]) for line in lines] == [
        ("a", None),
        ("b", "store.job_failed"),
        ("c", None),
    ]
    assert set(lines[1]) == set(lines[0])
    assert "Письмо" not in json.dumps(lines[1], ensure_ascii=False)
    assert "Traceback" not in said.err

    monkeypatch.setattr(intake.examination, "examine", sound)
    assert run(["intake", "--each", str(packages), "--jsonl", "--workers", "1", "--quiet"]) == 0


def test_an_owned_directory_is_exit_code_3_and_names_its_owner(
    packages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with owned(tmp_path / "data", command="kazus serve", address="http://127.0.0.1:8000"):
        assert run(["--wait", "0", "intake", str(packages / "a")]) == 3
    said = capsys.readouterr().err
    assert "kazus serve" in said
    assert "http://127.0.0.1:8000" in said
