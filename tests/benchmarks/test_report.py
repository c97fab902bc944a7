"""One form for every figure: nothing is lost on the way to JSON and back, and a failed demand is seen."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.report import BenchmarkReport, Must, Row, from_json, machine, table, to_json, write

REPORT = BenchmarkReport(
    name="ocr",
    commit="abc",
    machine=machine(),
    rows=(
        Row(system="kazus", condition="scan", metric="CER", value=0.0123, low=0.01, high=0.02, n=12),
        Row(system="naive", condition="scan", metric="CER", value=None, n=0),
    ),
    must=(Must(text="CER ≤ 0.02", value=0.0123, passed=True), Must(text="kept", value=None, passed=False)),
)


def test_json_brings_the_report_back(tmp_path: Path) -> None:
    assert from_json(to_json(REPORT)) == REPORT
    assert json.loads(write(REPORT, tmp_path / "out").read_text())["rows"][1]["low"] is None


def test_the_table_says_what_the_json_says() -> None:
    text = table(REPORT)
    assert "0.010 … 0.020" in text
    assert "FAILED  kept: –" in text
    assert not REPORT.passed
