"""The database's schema, step by step: `upgrade` a data directory, ask for its `current` revision.

Alembic without an ini file: the scripts are part of the installed package.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store.data_directory import DataDirectory
from store.errors import DatabaseDamaged, DatabaseNewer, DatabaseOutdated, DirectoryUnreachable, NotSetUp

REVISIONS = ("0001",)
"""Every revision this program knows, oldest first; kept here so that asking needs no Alembic (a test compares)."""


def current(data: DataDirectory) -> str | None:
    """The revision a data directory is at; None when nothing has been set up. Raises DatabaseDamaged."""
    if not data.database_file.is_file():
        return None
    try:
        with closing(sqlite3.connect(data.database_file)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_ERROR:  # no such table: a setup that never finished
            return None
        raise DirectoryUnreachable(directory=data.root, reason=error) from error
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged(path=data.database_file, reason=error) from error
    return None if row is None else str(row[0])


def require_current(data: DataDirectory) -> None:
    """Raises NotSetUp, DatabaseOutdated or DatabaseNewer unless the database is at this program's revision."""
    data.require()
    found = current(data)
    if found is None:
        raise NotSetUp(directory=data.root)
    if found not in REVISIONS:
        raise DatabaseNewer(found=found)
    if found != REVISIONS[-1]:
        raise DatabaseOutdated(directory=data.root, found=found, expected=REVISIONS[-1])


def upgrade(data: DataDirectory, revision: str = "head") -> None:
    """Bring the database to `revision`, in one transaction. The caller owns the directory. Raises DatabaseNewer."""
    if (found := current(data)) is not None and found not in REVISIONS:
        raise DatabaseNewer(found=found)
    _run("upgrade", data, revision)


def downgrade(data: DataDirectory, revision: str) -> None:
    """Take the database back to `revision` ("base" for empty). Data that the older schema has no place for is lost."""
    _run("downgrade", data, revision)


def _run(direction: str, data: DataDirectory, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    from store.database import open_engine, sqlite_errors_told

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    engine = open_engine(data.database_file)
    try:
        with sqlite_errors_told(data.database_file), engine.execution_options(kazus_writes=True).begin() as connection:
            config.attributes["connection"] = connection
            (command.upgrade if direction == "upgrade" else command.downgrade)(config, revision)
    finally:
        engine.dispose()
