from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import ForeignKey, MetaData, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from store.columns import CompressedJson, DecimalText, Json, UtcDateTime
from store.database import Database
from store.errors import DatabaseDamaged, DirectoryUnreachable, DiskFull


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    name: str
    pages: tuple[int, ...]


class Base(DeclarativeBase):
    metadata = MetaData()


class Row(Base):
    __tablename__ = "rows"
    id: Mapped[int] = mapped_column(primary_key=True)
    paper: Mapped[Paper | None] = mapped_column(Json(Paper))
    packed: Mapped[Paper | None] = mapped_column(CompressedJson(Paper))
    moment: Mapped[datetime | None] = mapped_column(UtcDateTime)
    money: Mapped[Decimal | None] = mapped_column(DecimalText)
    parent: Mapped[int | None] = mapped_column(ForeignKey("rows.id"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "a.sqlite")
    with database.writing() as session:
        Base.metadata.create_all(session.connection())
    yield database
    database.close()


def test_values_come_back_whole(database: Database) -> None:
    paper = Paper(name="претензия", pages=(1, 2))
    moscow = datetime(2026, 3, 12, 2, 30, tzinfo=timezone(timedelta(hours=3)))
    with database.writing() as session:
        session.add(Row(id=1, paper=paper, packed=paper, moment=moscow, money=Decimal("299400.10")))
    with database.reading() as session:
        row = session.scalars(select(Row)).one()
        stored = session.execute(text("SELECT paper, moment, money FROM rows")).one()
    assert (row.paper, row.packed) == (paper, paper)
    assert row.moment == moscow
    assert row.moment.tzinfo is UTC
    assert (row.money, str(row.money)) == (Decimal("299400.10"), "299400.10")
    assert stored == ('{"name":"претензия","pages":[1,2]}', "2026-03-11T23:30:00.000000Z", "299400.10")


def test_moment_without_a_time_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"), database.writing() as session:
        session.add(Row(id=1, moment=datetime(2026, 3, 12)))


def test_wal_foreign_keys_and_full_sync(database: Database) -> None:
    with database.reading() as session:
        found = [session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")]
        synchronous = session.execute(text("PRAGMA synchronous")).scalar()
    assert found == ["wal", 1]
    assert synchronous == 2
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(Row(id=1, parent=7))


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    def write_and_fail() -> None:
        with database.writing() as session:
            session.add(Row(id=1))
            session.flush()
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        write_and_fail()
    with database.reading() as session:
        assert session.scalars(select(Row)).all() == []


def test_writers_from_two_threads_queue_up(database: Database) -> None:
    def add_one() -> None:
        for _ in range(20):
            with database.writing() as session:
                count = len(session.scalars(select(Row)).all())
                session.add(Row(id=count + 1))

    threads = [threading.Thread(target=add_one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert len(session.scalars(select(Row)).all()) == 40


def test_reader_sees_one_snapshot_while_another_writes(database: Database) -> None:
    with database.reading() as reader:
        assert reader.scalars(select(Row.id)).all() == []
        with database.writing() as writer:
            writer.add(Row(id=1))
        assert reader.scalars(select(Row.id)).all() == []


def test_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "b.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    database = Database(path)
    with pytest.raises(DatabaseDamaged), database.reading() as session:
        session.execute(text("SELECT 1 FROM sqlite_master"))
    database.close()


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    database = Database(tmp_path / "nowhere" / "c.sqlite")
    with pytest.raises(DirectoryUnreachable), database.writing() as session:
        session.execute(text("SELECT 1"))


def test_full_disk_is_told_as_such(database: Database) -> None:
    with database.reading() as session:
        session.execute(text("PRAGMA max_page_count=4"))  # holds for the pooled connection
    with pytest.raises(DiskFull), database.writing() as session:
        session.add(Row(id=1, paper=Paper(name="x" * 200_000, pages=())))
