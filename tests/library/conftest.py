from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))  # the stand-in encoder, also for child processes of test_kill
sys.path.insert(0, str(Path(__file__).parent))

from kazus import migrations


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory as `setup` leaves it."""
    directory = tmp_path / "data"
    migrations.upgrade(directory)
    return directory
