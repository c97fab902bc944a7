"""The database's schema, step by step: `upgrade` a data directory, ask for its `current` revision.

Alembic without an ini file: the scripts are part of the installed package.
"""

from __future__ import annotations

from pathlib import Path

from store.data_directory import DataDirectory
from store.errors import DatabaseNewer
from store.schema import REVISIONS, current_revision


def current(data_dir: Path) -> str | None:
    """The revision a data directory is at; None when nothing has been set up. Raises DatabaseDamaged."""
    return current_revision(DataDirectory(data_dir))


def upgrade(data_dir: Path, revision: str = "head") -> str:
    """Bring the database to `revision`, in one transaction; returns the revision it is then at.

    Makes the folders that are missing. The caller owns the directory. Raises DatabaseNewer, DatabaseDamaged,
    DirectoryUnreachable, DiskFull.
    """
    data = DataDirectory(data_dir)
    data.create()
    found = current_revision(data)
    if found is not None and found not in REVISIONS:
        raise DatabaseNewer(found=found)
    _run("upgrade", data, revision)
    return current_revision(data) or ""


def downgrade(data_dir: Path, revision: str) -> None:
    """Take the database back to `revision` ("base" for empty). Data that the older schema has no place for is lost."""
    _run("downgrade", DataDirectory(data_dir), revision)


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
