"""What a person sees of a package: the grounds with what was found, doubts about types, and what an interrupt says."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from kazus import migrations
from kazus.cli.interruption import said_when_interrupted
from kazus.cli.main import run

APPEAL = """Финансовому уполномоченному
ОБРАЩЕНИЕ
Заявитель: Ковригина Анна Сергеевна, родилась 04.05.1981 в г. Торжок Тверской области
Адрес: 172002, Тверская область, г. Торжок, ул. Луначарского, д. 4, кв. 9, тел. +7 910 000-12-34
Финансовая организация: ООО «Банк „Тверской Мещанин“», ИНН 6931782182
Прошу взыскать 12 500 рублей.
10.06.2026 Ковригина А.С. (подпись)
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KAZUS_DATA_DIR", str(tmp_path / "data"))
    migrations.upgrade(tmp_path / "data")
    return tmp_path


def test_grounds_say_what_was_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = data / "package"
    package.mkdir()
    (package / "обращение.txt").write_text(APPEAL, encoding="utf-8")
    assert run(["intake", str(package), "--filed", "10.06.2026", "--quiet", "--workers", "1"]) == 0
    printed = capsys.readouterr().out
    head = printed.split("Документы")[0]
    assert "подано 10.06.2026 (указано)" in head
    assert head.count("  не выполнен: ") == 1
    assert "основания" not in head
    assert "тип под вопросом" not in printed


def test_a_folder_without_files_is_one_error_and_no_report(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "empty" / "inner").mkdir(parents=True)
    (data / "empty" / ".hidden").write_text("x", encoding="utf-8")
    assert run(["intake", str(data / "empty"), "--workers", "1"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "ocr.folder_empty" in said.err


def test_an_interrupt_is_answered_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), said_when_interrupted("Прерываю"):
        os.kill(os.getpid(), signal.SIGINT)
    assert capsys.readouterr().err == "\nПрерываю\n"
    assert signal.getsignal(signal.SIGINT) is before
