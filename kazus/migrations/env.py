"""Run by Alembic, with the connection that `kazus.migrations` hands it."""

from __future__ import annotations

from alembic import context

import cases.tables
import library.tables
import store.progress
from store.database import Table

ROOMS_WITH_TABLES = (cases.tables, library.tables, store.progress)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    # SQLite can undo a CREATE TABLE; Alembic assumes that it cannot.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
