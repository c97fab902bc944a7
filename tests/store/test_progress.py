from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import progress
from store.database import Database, Table
from store.progress import Pace, PageState, PageTask

RUN = "a" * 64
PAGES = [PageTask(document=document, page=page) for document, page in ((0, 1), (0, 2), (1, 1))]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "a.sqlite")
    with database.writing() as session:
        Table.metadata.create_all(session.connection(), tables=[progress.PageProgressRow.__table__])  # type: ignore[list-item]
        progress.plan(session, RUN, PAGES)
    yield database
    database.close()


def states(database: Database, run: str = RUN) -> list[tuple[int, int, str, int]]:
    with database.reading() as session:
        return [(task.document, task.page, task.state.value, task.tries) for task in progress.tasks(session, run)]


def test_a_page_goes_from_queued_through_reading_to_done_or_failed(database: Database) -> None:
    with database.writing() as session:
        progress.begin(session, RUN, 0, 1)
        progress.begin(session, RUN, 0, 2)
        progress.finish(session, RUN, 0, 2, PageState.DONE)
        progress.finish(session, RUN, 1, 1, PageState.FAILED)
    assert states(database) == [(0, 1, "reading", 1), (0, 2, "done", 1), (1, 1, "failed", 0)]


def test_planning_again_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        progress.begin(session, RUN, 0, 1)
        progress.plan(session, RUN, PAGES)
    assert states(database)[0] == (0, 1, "reading", 1)


def test_tries_add_up_unless_the_run_was_stopped_in_order(database: Database) -> None:
    with database.writing() as session:
        progress.begin(session, RUN, 0, 1)
        progress.begin(session, RUN, 0, 1)
    assert states(database)[0] == (0, 1, "reading", 2)
    with database.writing() as session:
        progress.take_back(session, RUN)
    assert states(database)[0] == (0, 1, "queued", 1)


def test_runs_do_not_mix(database: Database) -> None:
    with database.writing() as session:
        progress.plan(session, "b" * 64, PAGES[:1])
        progress.begin(session, "b" * 64, 0, 1)
    assert states(database)[0] == (0, 1, "queued", 0)


def test_pace() -> None:
    pace = Pace(read_now=4, seconds=8.0, left=6)
    assert (pace.rate, pace.remaining) == (0.5, 12.0)
    assert Pace(read_now=0, seconds=8.0, left=6).remaining is None
