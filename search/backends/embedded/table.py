"""The embedded engine's table of features and texts: SQLite, a row a decision. From it everything else is rebuilt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from search.backends.contract import DecisionFeatures, Record
from search.backends.embedded.packing import packed_features, packed_sections, unpacked_features, unpacked_sections
from search.decision import Section
from search.errors import IndexAbsent, IndexDamaged

_TABLES = """
CREATE TABLE IF NOT EXISTS decisions (id TEXT PRIMARY KEY, generation INTEGER NOT NULL, lemmas INTEGER NOT NULL,
    grams INTEGER NOT NULL, features BLOB NOT NULL, sections BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS by_generation ON decisions (generation);
CREATE TABLE IF NOT EXISTS deleted (id TEXT PRIMARY KEY, generation INTEGER NOT NULL);
"""
_AT_ONCE = 400
"""Ids in one statement, under SQLite's oldest limit on variables."""


class FeatureTable:
    """Rows carry the generation they were written in; what a torn commit wrote is found by it and done again."""

    def __init__(self, path: Path, writable: bool) -> None:
        self._path = path
        if not writable and not path.exists():
            raise IndexAbsent()
        with self._damage():
            # Several threads read; SQLite serialises them itself in this mode.
            self._connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
            self._connection.execute("PRAGMA journal_mode=WAL" if writable else "PRAGMA query_only=ON")
            if writable:
                self._connection.executescript(_TABLES)
            self._connection.execute("SELECT count(*) FROM deleted").fetchone()

    def upsert(self, records: Iterable[Record], generation: int) -> None:
        with self._damage():
            for record in records:
                self._connection.execute(
                    "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        record.decision.id,
                        generation,
                        len(record.lemmas),
                        len(record.grams),
                        packed_features(record.features),
                        packed_sections(record.decision.sections),
                    ),
                )
                self._connection.execute("DELETE FROM deleted WHERE id = ?", (record.decision.id,))

    def delete(self, ids: Iterable[str], generation: int) -> None:
        with self._damage():
            for name in ids:
                gone = self._connection.execute("DELETE FROM decisions WHERE id = ?", (name,)).rowcount
                if gone:
                    self._connection.execute("INSERT OR REPLACE INTO deleted VALUES (?, ?)", (name, generation))

    def commit(self) -> None:
        with self._damage():
            self._connection.commit()

    def forget_deleted(self) -> None:
        """Called when every part of the index knows what was deleted."""
        with self._damage():
            self._connection.execute("DELETE FROM deleted")
            self._connection.commit()

    def torn(self, generation: int) -> tuple[list[str], list[str]]:
        """What was written, and what deleted, after `generation`."""
        with self._damage():
            written = self._connection.execute("SELECT id FROM decisions WHERE generation > ?", (generation,))
            deleted = self._connection.execute("SELECT id FROM deleted WHERE generation > ?", (generation,))
            return [row[0] for row in written], [row[0] for row in deleted]

    def totals(self) -> tuple[int, int, int]:
        """Decisions, lemmas in all of them, grams in all of them."""
        with self._damage():
            row = self._connection.execute(
                "SELECT count(*), coalesce(sum(lemmas), 0), coalesce(sum(grams), 0) FROM decisions"
            ).fetchone()
            return int(row[0]), int(row[1]), int(row[2])

    def all_features(self) -> Iterator[DecisionFeatures]:
        """Every decision's, in the order of ids."""
        with self._damage():
            for row in self._connection.execute("SELECT features FROM decisions ORDER BY id"):
                yield unpacked_features(row[0])

    def check(self) -> None:
        """Reads every row. Raises IndexDamaged."""
        with self._damage():
            for features, sections in self._connection.execute("SELECT features, sections FROM decisions"):
                unpacked_features(features)
                unpacked_sections(sections)

    def features(self, ids: Iterable[str]) -> dict[str, DecisionFeatures]:
        return {name: unpacked_features(packed) for name, packed in self._column("features", ids)}

    def sections(self, ids: Iterable[str]) -> dict[str, tuple[Section, ...]]:
        return {name: unpacked_sections(packed) for name, packed in self._column("sections", ids)}

    def close(self) -> None:
        self._connection.close()

    def _column(self, column: str, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        wanted = list(ids)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            with self._damage():
                rows = self._connection.execute(f"SELECT id, {column} FROM decisions WHERE id IN ({marks})", some)
                yield from rows.fetchall()

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(what=f"{self._path.name}: {error}") from error
