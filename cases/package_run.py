"""The examination of a package, as a durable job:

    originals are kept (before the job begins: `cases.arrival`)
    → documents are opened → each page is read and kept → the package is examined → the report is kept

Killed at any point and begun again, it goes on at the first page that is not kept. Every step is idempotent: pages
are kept by document, number and reading version, so a page that was kept is not read again, in this package or
another.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from threading import Event

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from cases import repository
from cases.arrival import Arrived
from cases.errors import PageCrashesReader
from cases.package_report import PackageReport
from cases.repository import Opening, ReadPage, RunRecord
from intake.package import CoverSheet, Package
from ocr.document import Document, Grade, Page, Source
from ocr.errors import FileError
from ocr.options import ReadOptions
from ocr.reading import failed_page, open_document
from ocr.workers import PageResult
from ocr.workers import PageTask as PageOrder
from store import progress
from store.blobs import FileBlobs
from store.database import Database
from store.jobs import JobStopped, Running
from store.progress import Pace, PageState, PageTask
from text.errors import ErrorNote

REPORT_SCHEMA = "kazus.intake/1"
_MOST_TRIES = 3
_SUSPECT_FROM = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class PageProgress:
    """A page has just been read.

    `document` is the document's name, `page` of `pages` its page (`pages` None where nothing is kept); `done` of
    `total` count the whole package, pages kept from earlier included. `rate` is in pages a second, `remaining` in
    seconds. `error` is set when the page could not be read.
    """

    document: str
    page: int
    pages: int | None
    done: int
    total: int
    rate: float | None
    remaining: float | None
    grade: Grade
    source: Source
    error: ErrorNote | None


OnProgress = Callable[[PageProgress], None]
ReadPages = Callable[[Iterable[PageOrder], ReadOptions], Iterator[PageResult]]
Examine = Callable[[Package], PackageReport]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """What a run works with. `read_pages` is `ocr.workers.read_pages`; `examine` holds registry, law and earlier
    cases; `read_pages` takes its orders one by one, as readers get free."""

    database: Database
    blobs: FileBlobs
    options: ReadOptions
    read_pages: ReadPages
    examine: Examine
    on_progress: OnProgress | None = None


def run_key(documents: Sequence[Arrived], cover: CoverSheet, pipeline_version: str) -> str:
    """The same documents under the same cover sheet, read and judged by the same rules, are the same run."""
    ids = "\n".join(document.id for document in documents)
    sheet = TypeAdapter(CoverSheet).dump_json(cover).decode()
    return hashlib.sha256("\0".join((ids, sheet, pipeline_version)).encode()).hexdigest()


def package_run(run: RunRecord, tools: Tools, running: Running) -> None:
    running.step("open documents", lambda: _open_documents(run, tools))
    running.step("read pages", lambda: _read_pages(run, tools, running.stopping))
    running.step("examine", lambda: _examine(run, tools))


# --- opening ------------------------------------------------------------------------------------------------------


def _open_documents(run: RunRecord, tools: Tools) -> None:
    with tools.database.reading() as session:
        documents = repository.documents_of(session, run.package)
    for index, document in enumerate(documents):
        if document.copy_of is not None or document.original is None or document.error is not None:
            continue
        with tools.database.reading() as session:
            opening = repository.opening_of(session, document.id, run.reading_version)
        if opening is None:
            opening = _opened(tools.blobs.get(document.original), tools.options)
        with tools.database.writing() as session:
            repository.keep_opening(session, document.id, run.reading_version, opening)
            read = repository.numbers_of_good_pages(session, document.id, run.reading_version)
            pages = range(1, opening.pages + 1)
            progress.plan(session, run.key, [_planned(index, page, page in read) for page in pages])


def _opened(data: bytes, options: ReadOptions) -> Opening:
    try:
        opened = open_document(data, options.limits)
    except FileError as error:
        return Opening(media_type=None, pages=0, error=error.note())
    return Opening(media_type=opened.media_type, pages=opened.page_count, error=None)


def _planned(document: int, page: int, is_read: bool) -> PageTask:
    return PageTask(document=document, page=page, state=PageState.DONE if is_read else PageState.QUEUED)


# --- reading ------------------------------------------------------------------------------------------------------


def _read_pages(run: RunRecord, tools: Tools, stopping: Event) -> None:
    with tools.database.reading() as session:
        documents = repository.documents_of(session, run.package)
        tasks = progress.tasks(session, run.key)
    left = [task for task in tasks if task.state in (PageState.QUEUED, PageState.READING)]
    reading = _Reading(run=run, tools=tools, stopping=stopping, documents=documents, tasks=tasks)
    for task in left:
        if task.tries >= _MOST_TRIES:
            reading.give_up(task)
    # A page that was in a reader's hands each time the process died may be what killed it, or may only have been
    # beside it. Suspects are read after all others and one at a time: then only the culprit is found there again.
    reading.read([task for task in left if task.tries < _SUSPECT_FROM], tools.options)
    alone = tools.options if tools.options.workers == 0 else replace(tools.options, workers=1)
    for task in left:
        if _SUSPECT_FROM <= task.tries < _MOST_TRIES:
            reading.read([task], alone)


class _Reading:
    """The pages of one run on their way to readers and back."""

    def __init__(
        self,
        *,
        run: RunRecord,
        tools: Tools,
        stopping: Event,
        documents: Sequence[Arrived],
        tasks: Sequence[PageTask],
    ) -> None:
        self._run = run
        self._tools = tools
        self._stopping = stopping
        self._documents = documents
        self._pages_of = {index: sum(task.document == index for task in tasks) for index in range(len(documents))}
        self._total = len(tasks)
        self._left = sum(task.state in (PageState.QUEUED, PageState.READING) for task in tasks)
        self._read_now = 0
        self._started = time.monotonic()

    def read(self, tasks: Sequence[PageTask], options: ReadOptions) -> None:
        """Raises JobStopped when the run is asked to stop before the last of them.

        However it ends, if it ends: pages that are still in readers' hands go back to the queue, and their try does
        not count against them.
        """
        try:
            self._read(tasks, options)
        except Exception:
            with self._tools.database.writing() as session:
                progress.take_back(session, self._run.key)
            raise

    def _read(self, tasks: Sequence[PageTask], options: ReadOptions) -> None:
        handed = self._hand_over(tasks)
        for result in self._tools.read_pages(handed, options):
            if self._stopping.is_set() and result.page.error is not None:
                continue  # the interrupt may have hit the reader, not the page
            self._keep(
                result.task.document, ReadPage(page=result.page, seconds=result.seconds, cpu_seconds=result.cpu_seconds)
            )
        if self._stopping.is_set():
            raise JobStopped

    def give_up(self, task: PageTask) -> None:
        error = PageCrashesReader(number=task.page, tries=task.tries)
        self._keep(task.document, ReadPage(page=failed_page(task.page, error), seconds=0.0, cpu_seconds=0.0))

    def _hand_over(self, tasks: Iterable[PageTask]) -> Iterator[PageOrder]:
        for task in tasks:
            if self._stopping.is_set():
                return
            with self._tools.database.writing() as session:
                progress.begin(session, self._run.key, task.document, task.page)
            original = self._documents[task.document].original
            assert original is not None
            load = partial(self._tools.blobs.get, original)
            yield PageOrder(document=task.document, number=task.page, load=load)

    def _keep(self, index: int, read: ReadPage) -> None:
        document = self._documents[index]
        state = PageState.DONE if read.page.error is None else PageState.FAILED
        with self._tools.database.writing() as session:
            repository.keep_page(session, document.id, self._run.reading_version, read, datetime.now(UTC))
            progress.finish(session, self._run.key, index, read.page.number, state)
        self._left -= 1
        self._read_now += 1
        if self._tools.on_progress is not None:
            self._tools.on_progress(self._progress(index, document, read.page))

    def _progress(self, index: int, document: Arrived, page: Page) -> PageProgress:
        pace = Pace(read_now=self._read_now, seconds=time.monotonic() - self._started, left=self._left)
        return PageProgress(
            document=document.name,
            page=page.number,
            pages=self._pages_of[index],
            done=self._total - self._left,
            total=self._total,
            rate=pace.rate,
            remaining=pace.remaining,
            grade=page.grade,
            source=page.source,
            error=page.error,
        )


# --- examining ----------------------------------------------------------------------------------------------------


def _examine(run: RunRecord, tools: Tools) -> None:
    with tools.database.reading() as session:
        documents = read_documents(session, run)
    report = with_reading_time(
        tools.examine(Package(documents=documents, cover=run.cover, received=run.received)), documents
    )
    with tools.database.writing() as session:
        repository.keep_report(session, run.key, REPORT_SCHEMA, report, datetime.now(UTC))


def with_reading_time(report: PackageReport, documents: Sequence[Document]) -> PackageReport:
    """The report's timings with the seconds that reading took, all workers together, in this call or an earlier one."""
    seconds = sum(document.seconds for document in documents if document.copy_of is None)
    return replace(report, timings={"reading": round(seconds, 4), **report.timings})


def read_documents(session: Session, run: RunRecord) -> tuple[Document, ...]:
    """The run's documents with every page kept so far; a copy has the pages of the first."""
    documents: list[Document] = []
    for arrived in repository.documents_of(session, run.package):
        if arrived.copy_of is not None:
            first = documents[arrived.copy_of]
            documents.append(replace(first, path=arrived.path, name=arrived.name, copy_of=arrived.copy_of))
            continue
        opening = repository.opening_of(session, arrived.id, run.reading_version)
        read = repository.pages_of(session, arrived.id, run.reading_version)
        documents.append(
            Document(
                id=arrived.id,
                path=arrived.path,
                name=arrived.name,
                media_type=opening.media_type if opening else None,
                seconds=sum(page.seconds for page in read),
                cpu_seconds=sum(page.cpu_seconds for page in read),
                error=arrived.error or (opening.error if opening else None),
                pages=tuple(page.page for page in read),
            )
        )
    return tuple(documents)
