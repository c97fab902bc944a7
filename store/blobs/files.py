"""Blobs in a folder: `ab/cd/abcd…`, read-only files that are written once and never altered."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from store.errors import BlobDamaged, BlobMissing, DirectoryUnreachable, DiskFull

_READ_ONLY = 0o444
_UNFINISHED = ".unfinished"
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


def digest_of(content: bytes) -> str:
    """SHA-256 in lower-case hexadecimal: the id of a blob and of a document."""
    return hashlib.sha256(content).hexdigest()


class FileBlobs:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the blob lies or would lie; for processes that read it themselves."""
        return self.folder / digest[:2] / digest[2:4] / digest

    def __contains__(self, digest: str) -> bool:
        return self.path(digest).exists()

    def put(self, content: bytes) -> str:
        """Keep `content`; returns its digest. On disk, flushed, before this returns; a damaged copy is replaced.

        Raises DiskFull, and DirectoryUnreachable where the folder cannot be written.
        """
        digest = digest_of(content)
        self._keep(digest, io.BytesIO(content))
        return digest

    def put_file(self, path: Path) -> str:
        """The same for a file that may be larger than memory. Raises PermissionError when it may not be read."""
        with path.open("rb") as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
            source.seek(0)
            self._keep(digest, source)
        return digest

    def _keep(self, digest: str, source: BinaryIO) -> None:
        target = self.path(digest)
        with self._write_errors_told():
            if self._holds(target, digest):
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = self.folder / _UNFINISHED
            unfinished.mkdir(exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=unfinished)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    shutil.copyfileobj(source, file)
                    file.flush()
                    os.fchmod(file.fileno(), _READ_ONLY)
                    os.fsync(file.fileno())
                Path(temporary).replace(target)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
            for folder in (target.parent, target.parent.parent, self.folder):
                _flush_folder(folder)

    def get(self, digest: str) -> bytes:
        """The content, checked against its digest. Raises BlobMissing, BlobDamaged."""
        try:
            content = self.path(digest).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(digest=digest) from None
        except OSError as error:
            raise DirectoryUnreachable(directory=self.folder, reason=error.strerror) from error
        if digest_of(content) != digest:
            raise BlobDamaged(digest=digest)
        return content

    def digests(self) -> Iterator[str]:
        """Every blob's digest, in order."""
        for path in sorted(self.folder.glob("??/??/*")):
            yield path.name

    def sweep(self) -> int:
        """Remove what a killed writer left half-written; returns how many. Only the owner of the directory may."""
        leftovers = list((self.folder / _UNFINISHED).glob("*"))
        for leftover in leftovers:
            leftover.unlink()
        return len(leftovers)

    @staticmethod
    def _holds(target: Path, digest: str) -> bool:
        try:
            with target.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == digest
        except FileNotFoundError:
            return False

    @contextmanager
    def _write_errors_told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _NO_SPACE:
                raise DiskFull(directory=self.folder.parent) from error
            raise DirectoryUnreachable(directory=self.folder.parent, reason=error.strerror) from error


def _flush_folder(folder: Path) -> None:
    # A renamed file survives a power cut only when its folder's entry is flushed too.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
