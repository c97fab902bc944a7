"""How far a run has come, page by page: rows of our own, so that the job engine stays replaceable.

A page is `queued`, then `reading` each time it is handed to a reader (and counted), then `done` or `failed`. A page
that is found `reading` when a run resumes was in the hands of a process that died.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import String, Update, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.columns import UtcDateTime
from store.database import Table


class PageState(StrEnum):
    QUEUED = "queued"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class PageProgressRow(Table):
    __tablename__ = "page_progress"

    run: Mapped[str] = mapped_column(String(64), primary_key=True)
    document: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    tries: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageTask:
    """A page of a run: `document` is its index in the package, `page` counts from 1; `tries` so far."""

    document: int
    page: int
    state: PageState = PageState.QUEUED
    tries: int = 0


def plan(session: Session, run: str, pages: Iterable[PageTask]) -> None:
    """Enter a run's pages; those that are already entered stay as they are."""
    rows = [
        {"run": run, "document": page.document, "page": page.page, "state": page.state, "tries": page.tries}
        for page in pages
    ]
    if rows:
        session.execute(insert(PageProgressRow).on_conflict_do_nothing(), rows)


def tasks(session: Session, run: str) -> Sequence[PageTask]:
    """Every page of the run, in the order of the package."""
    rows = session.scalars(
        select(PageProgressRow)
        .where(PageProgressRow.run == run)
        .order_by(PageProgressRow.document, PageProgressRow.page)
    )
    return [PageTask(document=row.document, page=row.page, state=PageState(row.state), tries=row.tries) for row in rows]


def begin(session: Session, run: str, document: int, page: int) -> None:
    """The page goes to a reader. Committed before it does, so that a page that kills its reader is known by name."""
    session.execute(
        _of(run, document, page).values(
            state=PageState.READING, tries=PageProgressRow.tries + 1, started_at=datetime.now(UTC)
        )
    )


def take_back(session: Session, run: str) -> None:
    """Pages in readers' hands return to the queue, their last try not counted: the run is being stopped in order."""
    session.execute(
        update(PageProgressRow)
        .where(PageProgressRow.run == run, PageProgressRow.state == PageState.READING)
        .values(state=PageState.QUEUED, tries=PageProgressRow.tries - 1)
    )


def finish(session: Session, run: str, document: int, page: int, state: PageState) -> None:
    """The page is done or has failed."""
    session.execute(_of(run, document, page).values(state=state, finished_at=datetime.now(UTC)))


def _of(run: str, document: int, page: int) -> Update:
    return update(PageProgressRow).where(
        PageProgressRow.run == run, PageProgressRow.document == document, PageProgressRow.page == page
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Rate and remaining time of the pages read in this process. Pages read earlier count as done, not as speed."""

    read_now: int
    seconds: float
    left: int

    @property
    def rate(self) -> float | None:
        """Pages a second; None before the first page."""
        return self.read_now / self.seconds if self.read_now and self.seconds > 0 else None

    @property
    def remaining(self) -> float | None:
        """Seconds to the last page at this rate; None before the first page."""
        return None if self.rate is None else self.left / self.rate
