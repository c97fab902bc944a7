"""The door to the cases' room: what the command line, HTTP and the workplace call.

`open_to_read` needs no lock; `open_to_write` owns the data directory while it is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from cases import organisations
from cases.organisations import ImportedRegistry, RegistryAnswer
from intake.registry import Registry
from store.data_directory import DataDirectory
from store.database import Database
from store.owner_lock import owned
from store.schema import require_current_revision


class ReadingService:
    """Questions to a data directory; changes nothing in it."""

    def __init__(self, data: DataDirectory, database: Database) -> None:
        self._data = data
        self._database = database

    def registry(self, on: date | None = None) -> Registry:
        """The registry that answers for `on` (None: the newest); `as_of` is None before any import."""
        with self._database.reading() as session:
            return organisations.registry_on(session, on)

    def find_organisation(self, name_or_inn: str, on: date | None = None) -> RegistryAnswer:
        """Who is meant by a name, an ИНН or an ОГРН. Raises RegistryNotImported."""
        with self._database.reading() as session:
            return organisations.find_organisation(session, name_or_inn, on)


class WritingService(ReadingService):
    """Everything the owner of a data directory may do."""

    def import_registry(self, content: bytes, as_of: date) -> ImportedRegistry:
        """Take a registry file (CSV, `;`) as the snapshot of `as_of`, whole or not at all."""
        with self._database.writing() as session:
            return organisations.import_registry(session, content, as_of)


@contextmanager
def open_to_read(data_dir: Path) -> Iterator[ReadingService]:
    """Raises NotSetUp, DatabaseOutdated, DatabaseNewer, DirectoryUnreachable."""
    data = DataDirectory(data_dir)
    require_current_revision(data)
    database = data.database()
    try:
        yield ReadingService(data, database)
    finally:
        database.close()


@contextmanager
def open_to_write(data_dir: Path, *, wait: float = 0.0) -> Iterator[WritingService]:
    """Own the directory, waiting up to `wait` seconds for another owner to end.

    Raises OwnedByAnother, and what `open_to_read` raises.
    """
    data = DataDirectory(data_dir)
    data.require()
    with owned(data_dir, wait=wait):
        require_current_revision(data)
        database = data.database()
        try:
            yield WritingService(data, database)
        finally:
            database.close()
