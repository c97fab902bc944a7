"""kill -9 in the middle of a package and the same command again: it finishes, and what was read is not read again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import intake_helpers
import pytest
from sqlalchemy import select

from cases.tables import PageRow
from kazus import migrations
from store.data_directory import DataDirectory
from store.owner_lock import owned, owner_of

PAGES = 14
POINTS = 10

Read = tuple[str, int]


class Place:
    """A data directory and the log of pages that readers were given."""

    def __init__(self, folder: Path, package: Path) -> None:
        self.data = DataDirectory(folder / "data")
        self.log = folder / "read.log"
        self.package = package
        migrations.upgrade(self.data.root)

    def start(self) -> subprocess.Popen[str]:
        command = [sys.executable, intake_helpers.__file__, str(self.data.root), str(self.package)]
        environment = os.environ | {intake_helpers.READ_LOG: str(self.log)}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        return process

    def finish(self) -> dict[str, Any]:
        process = self.start()
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        report: dict[str, Any] = json.loads(said)
        del report["timings"]
        return report

    def given(self) -> Counter[Read]:
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return Counter((line.split()[0], int(line.split()[1])) for line in lines)

    def kept(self) -> set[Read]:
        database = self.data.database()
        with database.reading() as session:
            found = {(row.document, row.number) for row in session.scalars(select(PageRow))}
        database.close()
        return found


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    for number in range(4):
        pages = [f"Документ {number}, страница {page}" for page in range(1, 5)]
        (folder / f"{number}.txt").write_text("\f".join(pages), encoding="utf-8")
    (folder / "3.txt").write_text("Последний\fдокумент", encoding="utf-8")
    (folder / "4 повтор.txt").write_text("Последний\fдокумент", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def uninterrupted(package: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    place = Place(tmp_path_factory.mktemp("uninterrupted"), package)
    report = place.finish()
    assert set(place.given().values()) == {1}
    assert len(place.kept()) == PAGES
    return report


@pytest.mark.slow
def test_killed_at_ten_random_points(
    package: Path, uninterrupted: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    in_the_middle = 0
    for point in sorted(chance.sample(range(PAGES + 1), POINTS)):  # so many pages given to readers, and a moment more
        place = Place(tmp_path_factory.mktemp(f"killed-{point}"), package)
        process = place.start()
        while sum(place.given().values()) < point and process.poll() is None:
            time.sleep(0.005)
        time.sleep(chance.random() * 2 * intake_helpers.PAGE_SECONDS)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kept = place.kept()
        before = place.given()
        in_the_middle += 0 < len(kept) < PAGES
        said = f"seed {seed}, point {point}, {len(kept)} pages kept"

        report = place.finish()

        assert report == uninterrupted, said
        assert all(before[page] == place.given()[page] == 1 for page in kept), said
        assert len(place.kept()) == PAGES, said
        assert max(place.given().values()) <= 2, said
        assert owner_of(place.data.root) is None, said
    assert in_the_middle >= 3, f"seed {seed}: the points missed the reading"


@pytest.mark.slow
def test_the_directory_is_free_as_soon_as_its_owner_is_killed(package: Path, tmp_path: Path) -> None:
    place = Place(tmp_path, package)
    process = place.start()
    while not place.given():
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with owned(place.data.root, wait=0):  # though its page readers may still be alive
        pass
    process.communicate()
