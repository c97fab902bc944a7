"""The sample package of scans, from pixels to the printed report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.built_encoder import built_encoder

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.slow
def test_the_shipped_report_is_what_the_command_prints() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KAZUS_")}
    environment["KAZUS_ENCODER_DIR"] = str(built_encoder())
    done = subprocess.run(
        [sys.executable, "-m", "kazus.sample_report"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    shipped = (ROOT / "models" / "samples" / "report.txt").read_text(encoding="utf-8")
    assert done.stdout == shipped, "the report has changed: read it, then make example"


def test_the_sample_is_small_and_says_that_it_is_fictional() -> None:
    files = [path for path in (ROOT / "models" / "samples").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 3_000_000
    assert "fictional" in (ROOT / "models" / "samples" / "README.md").read_text(encoding="utf-8")
