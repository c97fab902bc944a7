from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from store.blobs import FileBlobs, digest_of
from store.errors import BlobDamaged, BlobMissing, DiskFull

CONTENT = "Обращение".encode()


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobs:
    return FileBlobs(tmp_path / "blobs")


def test_content_comes_back_under_its_sha256(blobs: FileBlobs) -> None:
    digest = blobs.put(CONTENT)
    assert digest == hashlib.sha256(CONTENT).hexdigest() == digest_of(CONTENT)
    assert blobs.get(digest) == CONTENT
    assert digest in blobs
    assert list(blobs.digests()) == [digest]


def test_file_lies_in_shards_and_is_read_only(blobs: FileBlobs) -> None:
    digest = blobs.put(CONTENT)
    path = blobs.path(digest)
    assert path.relative_to(blobs.folder).parts == (digest[:2], digest[2:4], digest)
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_the_same_content_twice_is_one_file(blobs: FileBlobs) -> None:
    first = blobs.path(blobs.put(CONTENT)).stat()
    second = blobs.path(blobs.put(CONTENT)).stat()
    assert (first.st_ino, first.st_mtime_ns) == (second.st_ino, second.st_mtime_ns)


def test_damage_is_noticed_and_mended_by_the_same_content(blobs: FileBlobs) -> None:
    digest = blobs.put(CONTENT)
    path = blobs.path(digest)
    path.chmod(0o644)
    path.write_bytes(b"x" + CONTENT[1:])
    with pytest.raises(BlobDamaged) as damage:
        blobs.get(digest)
    assert damage.value.parameters == {"digest": digest}
    blobs.put(CONTENT)
    assert blobs.get(digest) == CONTENT


def test_missing_blob(blobs: FileBlobs) -> None:
    with pytest.raises(BlobMissing):
        blobs.get("0" * 64)


def test_a_file_is_kept_like_its_bytes(blobs: FileBlobs, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(CONTENT)
    assert blobs.put_file(file) == digest_of(CONTENT)
    assert blobs.get(digest_of(CONTENT)) == CONTENT


def test_full_disk_leaves_no_half_file(blobs: FileBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(DiskFull):
        blobs.put(CONTENT)
    assert [path for path in blobs.folder.rglob("*") if path.is_file()] == []


def test_sweep_removes_what_a_killed_writer_left(blobs: FileBlobs) -> None:
    digest = blobs.put(CONTENT)
    leftover = blobs.folder / ".unfinished" / "abc"
    leftover.write_bytes(b"half")
    assert list(blobs.digests()) == [digest]
    assert blobs.sweep() == 1
    assert not leftover.exists()
    assert blobs.get(digest) == CONTENT
