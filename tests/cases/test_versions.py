from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cases.versions import code_digest, pipeline_version, reading_version
from ocr.engines.tesseract_process import TesseractProcess
from ocr.errors import EngineMissing
from ocr.options import ReadOptions


def test_a_room_changes_with_its_code_and_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "a_room_for_tests"
    room.mkdir()
    (room / "__init__.py").write_text("")
    (room / "rule.toml").write_text("days = 15")
    monkeypatch.syspath_prepend(tmp_path)
    digests = []
    for name, content in (
        ("rule.toml", "days = 15"),
        ("rule.toml", "days = 16"),
        ("__init__.py", "x = 1"),
        ("picture.png", "no code"),
    ):
        (room / name).write_text(content)
        code_digest.cache_clear()
        digests.append(code_digest("a_room_for_tests"))
    assert len(set(digests)) == 3
    assert digests[2] == digests[3]


@pytest.mark.parametrize(
    ("change", "is_another"),
    [
        ({"text_layer": "ignore"}, True),
        ({"recipe": "plain"}, True),
        ({"languages": "rus"}, True),
        ({"workers": 7, "page_seconds": 1.0, "memory_bytes": None, "pages_a_worker": 3}, False),
    ],
)
def test_what_makes_another_way_of_reading(change: dict[str, object], is_another: bool) -> None:
    usual = reading_version(ReadOptions())
    assert (reading_version(replace(ReadOptions(), **change)) != usual) is is_another  # type: ignore[arg-type]


def test_without_a_recogniser_it_is_another_way_of_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    with_engine = reading_version(ReadOptions())

    def missing(_self: TesseractProcess, _languages: str) -> None:
        raise EngineMissing

    monkeypatch.setattr(TesseractProcess, "version", missing)
    assert reading_version(ReadOptions()) != with_engine


def test_a_pipeline_knows_its_reading_its_rules_and_its_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {pipeline_version("a", None), pipeline_version("b", None), pipeline_version("a", "registry")}
    monkeypatch.setattr("cases.versions.code_digest", lambda room: f"new {room}")
    assert len(found | {pipeline_version("a", None)}) == 4
