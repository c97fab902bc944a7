from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # intake_helpers is shared with the child processes of test_kill

from kazus import migrations
from store.data_directory import DataDirectory
from store.database import Database


@pytest.fixture
def data(tmp_path: Path) -> DataDirectory:
    """A data directory as `setup` leaves it."""
    directory = DataDirectory(tmp_path / "data")
    migrations.upgrade(directory.root)
    return directory


@pytest.fixture
def database(data: DataDirectory) -> Iterator[Database]:
    database = data.database()
    yield database
    database.close()
