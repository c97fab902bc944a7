"""What lies where in a data directory."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from store.blobs import FileBlobs
from store.database import DATABASE_FILE, Database
from store.errors import DirectoryUnreachable, DiskFull, NotSetUp

BLOBS_FOLDER = "blobs"
JOBS_FILE = "jobs.sqlite"


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """`root` holds the database, the blobs, the job engine's own file and the owner's lock."""

    root: Path

    @property
    def database_file(self) -> Path:
        return self.root / DATABASE_FILE

    @property
    def jobs_file(self) -> Path:
        return self.root / JOBS_FILE

    def create(self) -> None:
        """Make the folders; what exists stays. A new directory is its owner's alone: it will hold people's papers.

        Raises DirectoryUnreachable, DiskFull.
        """
        try:
            self.root.parent.mkdir(parents=True, exist_ok=True)
            self.root.mkdir(exist_ok=True, mode=0o700)
            (self.root / BLOBS_FOLDER).mkdir(exist_ok=True)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFull(directory=self.root) from error
            raise DirectoryUnreachable(directory=self.root, reason=error.strerror) from error

    def require(self) -> None:
        """Raises NotSetUp when there is no database here, DirectoryUnreachable when that cannot be told."""
        try:
            present = self.database_file.is_file()
        except OSError as error:
            raise DirectoryUnreachable(directory=self.root, reason=error.strerror) from error
        if not present:
            raise NotSetUp(directory=self.root)

    def database(self) -> Database:
        return Database(self.database_file)

    def blobs(self) -> FileBlobs:
        return FileBlobs(self.root / BLOBS_FOLDER)
