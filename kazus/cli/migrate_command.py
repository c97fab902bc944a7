"""`kazus migrate`: the database to this program's version."""

from __future__ import annotations

from typing import Any

import click

from kazus.cli.context import invocation_of


@click.command("migrate")
def command(**options: Any) -> int:
    """Bring the database of an existing data directory to this program's version. Running it again changes nothing."""
    from kazus.migrations import upgrade
    from store.data_directory import DataDirectory
    from store.owner_lock import owned

    invocation = invocation_of(options)
    settings = invocation.settings()
    directory = DataDirectory(settings.data_dir)
    directory.require()
    with owned(settings.data_dir, wait=settings.wait):
        version = upgrade(settings.data_dir)
    invocation.remark({"ru": "База данных: версия {}", "en": "Database: version {}"}[settings.lang].format(version))
    return 0
