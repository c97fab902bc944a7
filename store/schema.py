"""Which revision of the schema a database is at. The migrations themselves belong to the shell."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from store.data_directory import DataDirectory
from store.errors import DatabaseDamaged, DatabaseNewer, DatabaseOutdated, DirectoryUnreachable, NotSetUp

REVISIONS = ("0001", "0002")
"""Every revision this program knows, oldest first: kept here so that asking needs no Alembic (a test compares)."""


def current_revision(data: DataDirectory) -> str | None:
    """The revision a data directory is at; None when nothing has been set up.

    Raises DatabaseDamaged, DirectoryUnreachable.
    """
    if not data.database_file.is_file():
        return None
    try:
        with closing(sqlite3.connect(data.database_file)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # no such table: a setup that never finished
            return None
        raise DirectoryUnreachable(directory=data.root, reason=error) from error
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged(path=data.database_file, reason=error) from error
    return None if row is None else str(row[0])


def require_current_revision(data: DataDirectory) -> None:
    """Raises NotSetUp, DatabaseOutdated or DatabaseNewer unless the database is at this program's revision."""
    data.require()
    found = current_revision(data)
    if found is None:
        raise NotSetUp(directory=data.root)
    if found not in REVISIONS:
        raise DatabaseNewer(found=found)
    if found != REVISIONS[-1]:
        raise DatabaseOutdated(directory=data.root, found=found, expected=REVISIONS[-1])
