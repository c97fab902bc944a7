"""The door to the cases' room: what the command line, HTTP and the workplace call.

`open_to_read` needs no lock; `open_to_write` owns the data directory while it is open.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cases import organisations, repository
from cases.arrival import Arrived, package_id, receive
from cases.organisations import ImportedRegistry, RegistryAnswer
from cases.package_report import PackageReport, with_similar
from cases.package_run import (
    REPORT_SCHEMA,
    OnProgress,
    PageProgress,
    ReadPages,
    Tools,
    package_run,
    read_documents,
    run_key,
    with_reading_time,
)
from cases.repository import RunRecord
from cases.versions import pipeline_version, reading_version
from intake.package import CoverSheet, Package
from intake.registry import Registry
from intake.report import Report
from intake.subject import appeal_text
from ocr.options import ReadOptions
from ocr.reading import OnPage, PageDone, read_all
from ocr.workers import read_pages
from search.hit import Hit
from store import progress
from store.data_directory import DataDirectory
from store.database import Database
from store.errors import JobFailed
from store.owner_lock import owned
from store.progress import Pace, PageState
from store.schema import require_current_revision
from text.errors import ErrorNote

if TYPE_CHECKING:
    from store.jobs import Jobs, Running

_PACKAGE_RUN = "package run"

Examine = Callable[[Package, Registry], Report]
FindSimilar = Callable[[str], tuple[Hit, ...] | None]
"""The past decisions most like an appeal's text; None where there is no library to look in."""


def _examine(package: Package, registry: Registry) -> Report:
    # Lazily: asking for a stored report needs neither the law nor a dictionary. No earlier cases are handed in: a
    # package that was examined is not a case yet, and a second scan of the same papers is not a second dispute.
    from intake.examination import examine

    return examine(package, registry)


def _no_library(text: str) -> None:
    del text


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Machinery:
    """The parts an examination is made of, and the clock; tests put slower or simpler ones in their place.

    `version`: of the classifier and the library that `examine` and `find_similar` ask; a report made with others is
    made anew.
    """

    read_pages: ReadPages = read_pages
    examine: Examine = _examine
    find_similar: FindSimilar = _no_library
    version: str = ""
    now: Callable[[], datetime] = _now


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeOptions:
    """`read` says how pages are read; `timezone` is where the day of receipt is counted."""

    read: ReadOptions = field(default_factory=ReadOptions)
    timezone: str = "Europe/Moscow"


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedPage:
    """A page that could not be read: `document` is an index into the report's documents, `page` counts from 1."""

    document: int
    page: int
    error: ErrorNote


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeResult:
    """`run` is the run's key, None when nothing was kept; `from_store`: the report was made by an earlier call.
    `failed_pages` are pages with errors; documents with errors stand in the report."""

    report: PackageReport
    run: str | None
    from_store: bool
    failed_pages: tuple[FailedPage, ...]

    @property
    def has_failures(self) -> bool:
        """Some input could not be read: the command ends with exit code 1."""
        return bool(self.failed_pages) or any(document.error is not None for document in self.report.documents)


class ReadingService:
    """Questions to a data directory; changes nothing in it."""

    def __init__(self, data: DataDirectory, database: Database, machinery: Machinery) -> None:
        self._data = data
        self._database = database
        self._machinery = machinery

    def registry(self, on: date | None = None) -> Registry:
        """The registry that answers for `on` (None: the newest); `as_of` is None before any import."""
        with self._database.reading() as session:
            return organisations.registry_on(session, on)

    def find_organisation(self, name_or_inn: str, on: date | None = None) -> RegistryAnswer:
        """Who is meant by a name, an ИНН or an ОГРН. Raises RegistryNotImported."""
        with self._database.reading() as session:
            return organisations.find_organisation(session, name_or_inn, on)

    def examine_package(
        self,
        paths: Sequence[Path],
        cover: CoverSheet,
        options: IntakeOptions,
        on_progress: OnProgress | None = None,
    ) -> IntakeResult:
        """Read and examine a package without keeping anything of it."""
        received = self._received(options)
        documents = tuple(read_all(paths, options.read, on_page=_told_page_by_page(on_progress)))
        package = Package(documents=documents, cover=cover, received=received)
        report = self._examined(package, self.registry(cover.filed or received))
        report = with_reading_time(report, documents)
        failed = [
            FailedPage(document=index, page=page.number, error=page.error)
            for index, document in enumerate(documents)
            if document.copy_of is None
            for page in document.pages
            if page.error is not None
        ]
        return IntakeResult(report=report, run=None, from_store=False, failed_pages=tuple(failed))

    def _examined(self, package: Package, registry: Registry) -> PackageReport:
        report = self._machinery.examine(package, registry)
        text = appeal_text(package.documents, report.documents)
        return with_similar(report, self._machinery.find_similar(text) if text is not None else None)

    def _received(self, options: IntakeOptions) -> date:
        return self._machinery.now().astimezone(ZoneInfo(options.timezone)).date()


class WritingService(ReadingService):
    """Everything the owner of a data directory may do."""

    def __init__(self, data: DataDirectory, database: Database, machinery: Machinery, until_closed: ExitStack) -> None:
        super().__init__(data, database, machinery)
        self._blobs = data.blobs()
        self._until_closed = until_closed
        self._jobs: Jobs | None = None
        self._at_work: dict[str, tuple[RunRecord, Tools]] = {}

    def import_registry(self, content: bytes, as_of: date) -> ImportedRegistry:
        """Take a registry file (CSV, `;`) as the snapshot of `as_of`, whole or not at all."""
        with self._database.writing() as session:
            return organisations.import_registry(session, content, as_of)

    def intake_package(
        self,
        paths: Sequence[Path],
        cover: CoverSheet,
        options: IntakeOptions,
        on_progress: OnProgress | None = None,
    ) -> IntakeResult:
        """Keep a package's originals, read it and examine it, or go on where an earlier call was cut off.

        The same documents under the same cover sheet, with nothing changed in the rules, the registry and the way of
        reading: the report that was made then. Raises StoreErrors; what is wrong with a document stands in the report.
        """
        documents = receive(paths, options.read.limits, self._blobs)
        run = self._begin(documents, cover, options)
        report = self._stored_report(run)
        from_store = report is not None
        if report is None:
            report = self._run(run, options, on_progress)
        return IntakeResult(
            report=_under_todays_names(report, documents),
            run=run.key,
            from_store=from_store,
            failed_pages=self._failed_pages(run),
        )

    def _begin(self, documents: Sequence[Arrived], cover: CoverSheet, options: IntakeOptions) -> RunRecord:
        now = self._machinery.now()
        received = self._received(options)
        reading = reading_version(options.read)
        with self._database.writing() as session:
            registry_digest = organisations.registry_digest_on(session, cover.filed or received)
            pipeline = pipeline_version(reading, registry_digest, self._machinery.version)
            package = package_id(documents)
            repository.keep_package(session, package, documents, now)
            asked = RunRecord(
                key=run_key(documents, cover, pipeline),
                package=package,
                cover=cover,
                received=received,
                pipeline_version=pipeline,
                reading_version=reading,
            )
            return repository.begin_run(session, asked, now)

    def _run(self, run: RunRecord, options: IntakeOptions, on_progress: OnProgress | None) -> PackageReport:
        registry = self.registry(run.cover.filed or run.received)
        tools = Tools(
            database=self._database,
            blobs=self._blobs,
            options=options.read,
            read_pages=self._machinery.read_pages,
            examine=lambda package: self._examined(package, registry),
            on_progress=on_progress,
        )
        jobs = self._running_jobs()
        self._at_work[run.key] = (run, tools)
        try:
            jobs.run(_PACKAGE_RUN, run.key)
            report = self._stored_report(run)
            if report is None:
                # The engine's file is newer than the database, as after a restored backup: what it remembers is gone.
                jobs.forget(run.key)
                jobs.run(_PACKAGE_RUN, run.key)
                report = self._stored_report(run)
        finally:
            del self._at_work[run.key]
        if report is None:
            raise JobFailed(job=run.key, reason="no report")
        return report

    def _running_jobs(self) -> Jobs:
        if self._jobs is None:
            # Lazily: the engine takes a second to start and to stop, and a stored report needs no engine.
            from store.jobs import running_jobs

            engine = running_jobs(self._data.jobs_file, {_PACKAGE_RUN: self._package_run})
            self._jobs = self._until_closed.enter_context(engine)
        return self._jobs

    def _package_run(self, running: Running) -> None:
        package_run(*self._at_work[running.id], running)

    def _stored_report(self, run: RunRecord) -> PackageReport | None:
        with self._database.reading() as session:
            return repository.report_of(session, run.key, REPORT_SCHEMA)

    def _failed_pages(self, run: RunRecord) -> tuple[FailedPage, ...]:
        with self._database.reading() as session:
            failed = {
                (task.document, task.page)
                for task in progress.tasks(session, run.key)
                if task.state == PageState.FAILED
            }
            documents = read_documents(session, run) if failed else ()
        return tuple(
            FailedPage(document=index, page=page.number, error=page.error)
            for index, document in enumerate(documents)
            for page in document.pages
            if (index, page.number) in failed and page.error is not None
        )


def _told_page_by_page(on_progress: OnProgress | None) -> OnPage | None:
    """Progress of `ocr.reading` as progress of a package."""
    if on_progress is None:
        return None
    started = time.monotonic()

    def told(done: PageDone) -> None:
        pace = Pace(read_now=done.done, seconds=time.monotonic() - started, left=done.total - done.done)
        on_progress(
            PageProgress(
                document=Path(done.path).stem,
                page=done.page.number,
                pages=None,
                done=done.done,
                total=done.total,
                rate=pace.rate,
                remaining=pace.remaining,
                grade=done.page.grade,
                source=done.page.source,
                error=done.page.error,
            )
        )

    return told


def _under_todays_names(report: PackageReport, documents: Sequence[Arrived]) -> PackageReport:
    """A stored report knows its documents by the names they came under then; people know today's."""
    pairs = zip(report.documents, documents, strict=True)
    named = tuple(replace(typed, path=arrived.path, name=arrived.name) for typed, arrived in pairs)
    return replace(report, documents=named)


@contextmanager
def open_to_read(data_dir: Path, *, machinery: Machinery | None = None) -> Iterator[ReadingService]:
    """Raises NotSetUp, DatabaseOutdated, DatabaseNewer, DirectoryUnreachable."""
    data = DataDirectory(data_dir)
    require_current_revision(data)
    database = data.database()
    try:
        yield ReadingService(data, database, machinery or Machinery())
    finally:
        database.close()


@contextmanager
def open_to_write(
    data_dir: Path, *, wait: float = 0.0, command: str | None = None, machinery: Machinery | None = None
) -> Iterator[WritingService]:
    """Own the directory, waiting up to `wait` seconds for another owner to end.

    `command` is what others who want the directory are told (`kazus intake`); never put its arguments there.

    Raises OwnedByAnother, and what `open_to_read` raises.
    """
    data = DataDirectory(data_dir)
    data.require()
    with ExitStack() as until_closed:
        until_closed.enter_context(owned(data_dir, wait=wait, command=command))
        require_current_revision(data)
        data.blobs().sweep()
        database = data.database()
        until_closed.callback(database.close)
        yield WritingService(data, database, machinery or Machinery(), until_closed)
