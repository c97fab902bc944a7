from __future__ import annotations

import stat
from pathlib import Path

import pytest

from store.data_directory import DataDirectory
from store.errors import DirectoryUnreachable, NotSetUp


def test_a_new_directory_is_its_owners_alone(tmp_path: Path) -> None:
    data = DataDirectory(tmp_path / "a" / "data")
    data.create()
    assert stat.S_IMODE(data.root.stat().st_mode) == 0o700
    assert data.blobs().folder.is_dir()


def test_what_exists_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    (tmp_path / "note.txt").write_text("mine")
    DataDirectory(tmp_path).create()
    DataDirectory(tmp_path).create()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750
    assert (tmp_path / "note.txt").read_text() == "mine"


def test_a_file_stands_where_the_directory_should(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(DirectoryUnreachable) as refusal:
        DataDirectory(tmp_path / "data").create()
    assert refusal.value.exit_code == 3


def test_without_a_database_it_is_not_set_up(tmp_path: Path) -> None:
    data = DataDirectory(tmp_path)
    data.create()
    with pytest.raises(NotSetUp):
        data.require()
    data.database_file.touch()
    data.require()
