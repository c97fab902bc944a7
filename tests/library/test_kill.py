"""kill -9 in the middle of an import and the same command again: nothing is lost, nothing doubled, the index agrees."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import library_child
import pytest
from decisions import jsonl, parts, row

from library.service import open_to_read

ROWS = 24
POINTS = 6


def start(data_dir: Path, file: Path) -> subprocess.Popen[str]:
    path = os.pathsep.join(part for part in sys.path if part)
    command = [sys.executable, library_child.__file__, str(data_dir), str(file)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path})
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


@pytest.mark.slow
def test_killed_at_random_points(tmp_path: Path) -> None:
    from kazus import migrations

    seed = random.randrange(10**6)
    chance = random.Random(seed)
    file = jsonl(tmp_path / "d.jsonl", *(row(number) for number in range(ROWS)))
    in_the_middle = 0
    for point in range(POINTS):
        data_dir = tmp_path / f"data-{point}"
        migrations.upgrade(data_dir)
        process = start(data_dir, file)
        time.sleep(chance.uniform(0.05, 1.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with open_to_read(data_dir, parts=parts()) as library:
            kept = library.count()
        in_the_middle += 0 < kept < ROWS
        said = f"seed {seed}, point {point}, {kept} kept"

        process = start(data_dir, file)
        counted, _ = process.communicate(timeout=120)

        assert process.returncode == 0, said
        assert counted.split() == [str(ROWS - kept), str(kept), "0"], said
        with open_to_read(data_dir, parts=parts()) as library:
            assert library.count() == ROWS, said
            check = library.check()
            assert check.agrees, said
            assert check.indexed == ROWS, said
    assert in_the_middle >= 2, f"seed {seed}: the points missed the import"
