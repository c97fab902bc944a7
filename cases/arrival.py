"""A package arrives: its files are found, told apart by their bytes, and the originals kept before anything else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ocr.errors import FileError
from ocr.limits import Limits
from ocr.reading import MEMBER_OF, Source, document_hash, expand
from store.blobs import FileBlobs
from text.errors import ErrorNote


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """One document of a package as it came in.

    `id` is the SHA-256 of its bytes; what has no bytes (a file that cannot be read, a name that leads out of its
    archive) is told apart by where it stood. `copy_of` is the index of an identical earlier document. `original` is
    the blob that keeps what came: the document's own bytes, or the archive around one that could not be taken out;
    None when there was nothing to keep.
    """

    id: str
    path: str
    name: str
    copy_of: int | None
    original: str | None
    size: int
    error: ErrorNote | None


def receive(paths: Iterable[Path], limits: Limits, blobs: FileBlobs) -> tuple[Arrived, ...]:
    """Every document behind `paths`, in their order, its original kept. Raises DiskFull, DirectoryUnreachable."""
    arrived: list[Arrived] = []
    first_of: dict[str, int] = {}
    for path in paths:
        for source in expand(path, limits):
            document = _received(source, blobs, first_of)
            first_of.setdefault(document.id, len(arrived))
            arrived.append(document)
    return tuple(arrived)


def package_id(documents: Sequence[Arrived]) -> str:
    """SHA-256 over the documents' ids in their order."""
    return hashlib.sha256("\n".join(document.id for document in documents).encode()).hexdigest()


def _received(source: Source, blobs: FileBlobs, first_of: dict[str, int]) -> Arrived:
    error: FileError | None = None
    size = 0
    original: str | None
    try:
        data = source.load()
        size = len(data)
        document_id = document_hash(data)
        original = blobs.put(data)
    except FileError as failure:
        error = failure
        document_id = hashlib.sha256(source.path.encode("utf-8", errors="surrogateescape")).hexdigest()
        original, size = _keep_what_stands_there(source.path, blobs)
    return Arrived(
        id=document_id,
        # A name in another encoding reaches us as lone surrogates, which no database and no JSON takes.
        path=_sayable(source.path),
        name=_sayable(source.name),
        copy_of=first_of.get(document_id),
        original=original,
        size=size,
        error=None if error is None else error.note(),
    )


def _keep_what_stands_there(path: str, blobs: FileBlobs) -> tuple[str | None, int]:
    """The file, or the archive around a member, whatever is wrong with it."""
    file = Path(path.partition(MEMBER_OF)[0])
    try:
        if not file.is_file():
            return None, 0
        return blobs.put_file(file), file.stat().st_size
    except PermissionError:
        return None, 0


def _sayable(name: str) -> str:
    return name.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
