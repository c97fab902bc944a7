from __future__ import annotations

import os
from pathlib import Path

import pytest

from cases.arrival import package_id, receive
from ocr.limits import Limits
from store.blobs import FileBlobs, digest_of


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobs:
    return FileBlobs(tmp_path / "blobs")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    return folder


def test_documents_are_told_apart_by_their_bytes(folder: Path, blobs: FileBlobs) -> None:
    for name, text in (("a.txt", "один"), ("b.txt", "два"), ("c.txt", "один")):
        (folder / name).write_text(text)
    a, b, c = receive([folder], Limits(), blobs)
    assert (a.id, a.original, a.size) == (digest_of("один".encode()), a.id, 8)
    assert (a.name, a.path) == ("a", str(folder / "a.txt"))
    assert [document.copy_of for document in (a, b, c)] == [None, None, 0]
    assert c.id == a.id


def test_a_copy_is_found_across_paths(folder: Path, blobs: FileBlobs, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("один")
    other = tmp_path / "other.txt"
    other.write_text("один")
    assert [document.copy_of for document in receive([folder, other], Limits(), blobs)] == [None, 0]


def test_a_file_too_large_to_read_is_kept_all_the_same(folder: Path, blobs: FileBlobs) -> None:
    (folder / "a.txt").write_text("длинное письмо")
    (document,) = receive([folder], Limits(file_bytes=10), blobs)
    assert document.error is not None
    assert document.error.code == "ocr.file_too_large"
    assert document.original is not None
    assert blobs.get(document.original) == "длинное письмо".encode()


def test_what_is_not_there_leaves_nothing_to_keep(folder: Path, blobs: FileBlobs) -> None:
    gone, empty = receive([folder / "gone.pdf", folder], Limits(), blobs)
    assert (gone.original, gone.error.code if gone.error else None) == (None, "ocr.file_missing")
    assert (empty.original, empty.error.code if empty.error else None) == (None, "ocr.folder_empty")
    assert gone.id != empty.id


def test_a_name_in_another_encoding_is_made_sayable(folder: Path, blobs: FileBlobs) -> None:
    (folder / os.fsdecode("письмо.txt".encode("cp1251"))).write_text("текст")
    (document,) = receive([folder], Limits(), blobs)
    assert document.error is None
    assert document.name.encode()
    assert document.path.endswith(".txt")


def test_a_package_is_its_documents_in_their_order(folder: Path, blobs: FileBlobs) -> None:
    (folder / "a.txt").write_text("один")
    (folder / "b.txt").write_text("два")
    a, b = receive([folder], Limits(), blobs)
    (folder / "a.txt").rename(folder / "c.txt")
    renamed = receive([folder], Limits(), blobs)
    assert package_id([a, b]) != package_id([b, a]) == package_id(renamed)
