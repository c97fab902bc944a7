from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import cases.tables
import library.tables
import store.progress
from kazus import migrations
from store import schema
from store.data_directory import DataDirectory
from store.database import Table, open_engine
from store.errors import DatabaseDamaged, DatabaseNewer, DatabaseOutdated, NotSetUp
from store.schema import require_current_revision

ROOMS_WITH_TABLES = (cases.tables, library.tables, store.progress)


@pytest.fixture
def data(tmp_path: Path) -> DataDirectory:
    directory = DataDirectory(tmp_path / "data %s")
    directory.create()
    return directory


def set_revision(data: DataDirectory, revision: str) -> None:
    with closing(sqlite3.connect(data.database_file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()


def test_a_migrated_database_is_what_the_tables_say(data: DataDirectory) -> None:
    migrations.upgrade(data.root)
    engine = open_engine(data.database_file)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
        foreign_keys = {
            table: len(inspect(connection).get_foreign_keys(table)) for table in inspect(connection).get_table_names()
        }
    engine.dispose()
    expected = {name: len(table.foreign_key_constraints) for name, table in Table.metadata.tables.items()}
    assert foreign_keys == expected | {"alembic_version": 0}


def test_upgrade_makes_the_directory_and_says_the_revision(tmp_path: Path) -> None:
    assert migrations.upgrade(tmp_path / "a" / "b") == schema.REVISIONS[-1]
    require_current_revision(DataDirectory(tmp_path / "a" / "b"))


def test_up_again_changes_nothing_and_down_leaves_nothing(data: DataDirectory) -> None:
    migrations.upgrade(data.root)
    migrations.upgrade(data.root)
    assert migrations.current(data.root) == schema.REVISIONS[-1]
    migrations.downgrade(data.root, "base")
    assert migrations.current(data.root) is None
    with closing(sqlite3.connect(data.database_file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert tables == [("alembic_version",)]


def test_listed_revisions_are_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in reversed(list(scripts))) == schema.REVISIONS


def test_a_failing_migration_leaves_nothing_behind(data: DataDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(op, "create_index", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        migrations.upgrade(data.root)
    with closing(sqlite3.connect(data.database_file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []


def test_what_a_directory_must_be_to_work_on_it(data: DataDirectory) -> None:
    with pytest.raises(NotSetUp) as missing:
        require_current_revision(data)
    assert missing.value.exit_code == 4
    assert str(data.root) in missing.value.remedy("ru")
    migrations.upgrade(data.root)
    require_current_revision(data)
    set_revision(data, "9999")
    with pytest.raises(DatabaseNewer):
        require_current_revision(data)
    with pytest.raises(DatabaseNewer):
        migrations.upgrade(data.root)


def test_older_database_asks_for_migrate(data: DataDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    migrations.upgrade(data.root)
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "9998"))
    with pytest.raises(DatabaseOutdated) as outdated:
        require_current_revision(data)
    assert "migrate" in outdated.value.remedy("en")


def test_setup_that_was_killed_counts_as_not_set_up(data: DataDirectory) -> None:
    data.database_file.touch()
    with pytest.raises(NotSetUp):
        require_current_revision(data)
    migrations.upgrade(data.root)
    require_current_revision(data)


def test_file_that_is_no_database(data: DataDirectory) -> None:
    data.database_file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(DatabaseDamaged):
        require_current_revision(data)
