"""The database: one SQLite file in WAL mode, sessions that write at once or only read.

A writing session takes SQLite's write lock when it begins ("BEGIN IMMEDIATE"): a session that read first and
wrote later could fail half-way because someone else wrote in between. A reading session sees one snapshot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import DeclarativeBase, Session

from store.errors import DatabaseBusy, DatabaseDamaged, DirectoryUnreachable, DiskFull, StoreError

DATABASE_FILE = "kazus.sqlite"
_BUSY_MILLISECONDS = 30_000
_PRIMARY_CODE = 0xFF  # SQLite's extended codes carry the primary one in their low byte


class Table(DeclarativeBase):
    """Every table of every room derives from it, so that one migration knows them all."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def _prepare_connection(connection: sqlite3.Connection, record: object) -> None:
    del record
    connection.isolation_level = None  # transactions begin where `_begin` says so, not where the driver guesses
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")  # a committed page survives a power cut, not only a crash
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("kazus_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def open_engine(path: Path) -> Engine:
    """An engine on the SQLite file; the file is made when it is first written."""
    engine = create_engine(f"sqlite:///{path}", pool_pre_ping=False)
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def sqlite_errors_told(path: Path) -> Iterator[None]:
    """SQLite's errors that people can do something about, as coded errors."""
    try:
        yield
    except DatabaseError as error:
        coded = _coded(error.orig, path)
        if coded is None:
            raise
        raise coded from error


def _coded(error: Any, path: Path) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & _PRIMARY_CODE
    if primary == sqlite3.SQLITE_FULL:
        return DiskFull(directory=path.parent)
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return DirectoryUnreachable(directory=path.parent, reason=error)
    if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return DatabaseDamaged(path=path, reason=error)
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusy(path=path)
    return None


class Database:
    """Sessions on the database file. Usable from several threads; one session belongs to one thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = open_engine(path)
        self._writing_engine = self.engine.execution_options(kazus_writes=True)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that writes: committed when the block ends, undone when it raises."""
        with (
            sqlite_errors_told(self.path),
            Session(self._writing_engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One snapshot to read from."""
        with sqlite_errors_told(self.path), Session(self.engine, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()
