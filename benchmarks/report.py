"""The one form in which every figure of the project is given: rows with intervals, and what had to be reached.

JSON (`to_json`) and table (`table`) say the same. Named peers and the naive answer are systems like any other, so a
figure never stands alone.
"""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One figure. `low`, `high`: ends of its 95 % interval, None where none was computed; `n`: what it was counted
    over; `value` None: nothing to count."""

    system: str
    condition: str
    metric: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Must:
    """A demand: its text, what was measured (None: nothing to measure it on), whether it holds."""

    text: str
    value: float | None
    passed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchmarkReport:
    name: str
    commit: str
    machine: str
    rows: tuple[Row, ...]
    must: tuple[Must, ...]

    @property
    def passed(self) -> bool:
        return all(must.passed for must in self.must)


_REPORT = TypeAdapter(BenchmarkReport)


def to_json(report: BenchmarkReport) -> str:
    return _REPORT.dump_json(report, indent=2).decode()


def from_json(text: str) -> BenchmarkReport:
    return _REPORT.validate_json(text)


def write(report: BenchmarkReport, folder: Path) -> Path:
    """`folder`/<name>.json"""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report.name}.json"
    path.write_text(to_json(report), encoding="utf-8")
    return path


def commit(folder: Path | None = None) -> str:
    """Short hash of the checked-out commit, with `+` when tracked files differ from it; `unknown` outside git."""
    where = folder or Path(__file__).parent
    try:
        head = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"], cwd=where, capture_output=True, text=True, check=True
        ).stdout.strip()
        changed = subprocess.run(
            ["git", "status", "--porcelain", "--untracked-files=no"],
            cwd=where,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head + ("+" if changed else "")


def machine() -> str:
    """What the figures were counted on: system, architecture, cores, Python. Names no host."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value == int(value) and abs(value) >= 2 else f"{value:.3f}"


def table(report: BenchmarkReport) -> str:
    """The report as text: a line a figure, interval in brackets, then what had to be reached."""
    head = ("system", "condition", "metric", "value", "95 % interval", "n")
    cells = [
        (
            row.system,
            row.condition,
            row.metric,
            _figure(row.value),
            f"{_figure(row.low)} … {_figure(row.high)}" if row.low is not None else "",
            str(row.n),
        )
        for row in report.rows
    ]
    widths = [max(len(line[column]) for line in [head, *cells]) for column in range(len(head))]
    lines = [f"{report.name} · commit {report.commit} · {report.machine}", ""]
    for line in [head, tuple("-" * width for width in widths), *cells]:
        lines.append("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    if report.must:
        lines.append("")
        lines += [
            f"{'passed' if must.passed else 'FAILED'}  {must.text}: {_figure(must.value)}" for must in report.must
        ]
    return "\n".join(lines)
