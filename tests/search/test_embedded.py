"""The embedded engine's files: damage, crashes, other makers, readers beside a writer."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from search.backends.contract import WeightedTerm
from search.backends.embedded.engine import EmbeddedBackend, current, open_embedded, rebuild_embedded
from search.errors import IndexAbsent, IndexDamaged, IndexMismatch, IndexReadOnly
from search.filters import Filters
from search.records import index_identity
from tests.search.decisions import BARE, ENCODER, FOUR, made

IDENTITY = index_identity(ENCODER)
ONES = np.ones(IDENTITY.dimension, np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "index"
    with rebuild_embedded(place, IDENTITY) as backend:
        backend.upsert(made(FOUR))
        backend.commit(watermark="4")
    return place


def ids(backend: EmbeddedBackend) -> set[str]:
    dense = {one.id for one in backend.dense(ONES, Filters(), 99)}
    words = [WeightedTerm(field="lemma", text=text) for text in ("заявитель", "страховщик", "премия", "дверь")]
    assert {one.id for one in backend.lexical(words, Filters(), 99)} == dense
    assert set(backend.features(dense)) == dense
    return dense


def test_an_index_is_the_same_when_opened_again(folder: Path) -> None:
    backend = open_embedded(folder, IDENTITY)
    assert ids(backend) == {one.id for one in FOUR}
    assert backend.health().watermark == "4"
    backend.verify()
    backend.close()


def test_where_there_is_none_it_is_absent(tmp_path: Path) -> None:
    with pytest.raises(IndexAbsent):
        open_embedded(tmp_path / "index", IDENTITY)


@pytest.mark.parametrize("what", ["encoder_model", "encoder_version", "dimension", "chunker"])
def test_an_index_made_otherwise_is_refused(folder: Path, what: str) -> None:
    other = replace(IDENTITY, **{what: 7 if what == "dimension" else "other"})
    with pytest.raises(IndexMismatch) as caught:
        open_embedded(folder, other)
    assert caught.value.parameters["what"] == what


@pytest.mark.parametrize("pattern", ["vectors-*", "facets-*", "manifest.json", "features.sqlite", "lexical/*.term"])
@pytest.mark.parametrize("damage", ["flip", "cut"])
def test_damage_is_seen_when_the_index_is_opened(folder: Path, pattern: str, damage: str) -> None:
    path = next((folder / current(folder)).glob(pattern))
    content = bytearray(path.read_bytes())
    if damage == "flip":
        # In a feature row, not in a page that SQLite leaves unused.
        middle = content.find("трасология".encode()) if path.suffix == ".sqlite" else len(content) // 2
        content[middle] ^= 0xFF
    path.write_bytes(content if damage == "flip" else content[: len(content) // 2])
    with pytest.raises((IndexDamaged, IndexMismatch)):
        open_embedded(folder, IDENTITY)


@pytest.mark.parametrize("gone", ["vectors-*", "facets-*", "features.sqlite"])
def test_a_missing_file_is_seen_when_the_index_is_opened(folder: Path, gone: str) -> None:
    next((folder / current(folder)).glob(gone)).unlink()
    with pytest.raises((IndexDamaged, IndexAbsent)):
        open_embedded(folder, IDENTITY)


def test_a_reader_does_not_write(folder: Path) -> None:
    backend = open_embedded(folder, IDENTITY)
    for write in (lambda: backend.upsert([]), lambda: backend.delete(["bare"]), backend.commit):
        with pytest.raises(IndexReadOnly):
            write()
    backend.close()


def test_one_process_writes(folder: Path) -> None:
    writer = open_embedded(folder, IDENTITY, writable=True)
    with pytest.raises(IndexReadOnly):
        open_embedded(folder, IDENTITY, writable=True)
    writer.close()
    open_embedded(folder, IDENTITY, writable=True).close()


def test_readers_follow_a_commit_and_a_rebuild(folder: Path) -> None:
    reader = open_embedded(folder, IDENTITY)
    writer = open_embedded(folder, IDENTITY, writable=True)
    writer.delete(["traces"])
    assert len(ids(reader)) == 4
    writer.commit()
    assert ids(reader) == {"wear", "transfer", "bare"}
    assert reader.generation == writer.generation == 2
    writer.close()
    with rebuild_embedded(folder, IDENTITY) as fresh:
        fresh.upsert(made([BARE]))
        assert len(ids(reader)) == 3
        fresh.commit()
    assert ids(reader) == {"bare"}
    assert len(list(folder.glob("i-*"))) == 1
    reader.close()


def test_a_rebuild_that_fails_leaves_the_old_index_in_place(folder: Path) -> None:
    before = current(folder)
    with rebuild_embedded(folder, IDENTITY) as fresh:
        fresh.upsert(made([BARE]))  # and its process goes on to something else without a commit
    assert current(folder) == before
    assert [path.name for path in folder.glob("i-*")] == [before]
    assert len(ids(open_embedded(folder, IDENTITY))) == 4


def _before_words(backend: EmbeddedBackend, stop: Callable[[], None]) -> None:
    backend._lexical.commit = stop  # type: ignore[method-assign]


def _before_snapshot(backend: EmbeddedBackend, stop: Callable[[], None]) -> None:
    backend._snapshot = lambda _: stop()  # type: ignore[method-assign]


@pytest.mark.parametrize("cut", [_before_words, _before_snapshot])
def test_a_commit_that_is_cut_off_is_done_again(
    folder: Path, tmp_path: Path, cut: Callable[[EmbeddedBackend, Callable[[], None]], None]
) -> None:
    class Killed(RuntimeError):
        pass

    def stop() -> None:
        raise Killed

    writer = open_embedded(folder, IDENTITY, writable=True)
    writer.upsert(made([replace(BARE, id="new")]))
    writer.delete(["traces"])
    cut(writer, stop)
    with pytest.raises(Killed):
        writer.commit()
    # What is on the disk at this moment is what a killed process leaves.
    left = tmp_path / "left"
    shutil.copytree(folder, left, ignore=shutil.ignore_patterns(".tantivy-*.lock"))
    with sqlite3.connect(left / current(left) / "features.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM decisions").fetchone() == (4,)
    mended = open_embedded(left, IDENTITY, writable=True)
    assert ids(mended) == {"wear", "transfer", "bare", "new"}
    assert mended.health().watermark == "4"
    mended.close()


def test_what_was_not_committed_is_lost_whole(folder: Path, tmp_path: Path) -> None:
    writer = open_embedded(folder, IDENTITY, writable=True)
    writer.upsert(made([replace(BARE, id="new")]))
    left = tmp_path / "left"
    shutil.copytree(folder, left, ignore=shutil.ignore_patterns(".tantivy-*.lock"))
    backend = open_embedded(left, IDENTITY, writable=True)
    assert ids(backend) == {one.id for one in FOUR}
    backend.close()
    writer.close()


def test_many_commits_leave_one_snapshot(folder: Path) -> None:
    backend = open_embedded(folder, IDENTITY, writable=True)
    for number in range(12):
        backend.upsert(made([replace(BARE, id=f"n{number:02d}")]))
        backend.commit(watermark=str(number))
    backend.close()
    assert len(list((folder / current(folder)).glob("vectors-*"))) == 1
    again = open_embedded(folder, IDENTITY)
    assert len(ids(again)) == 16
    again.close()
