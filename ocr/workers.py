"""Pages read side by side in worker processes that may be slow, greedy or dead without harm to the rest.

A worker is a Python process that runs `ocr.page_worker.main` on two pipes. It is started as a program of its own,
neither forked nor by `multiprocessing`: a caller need not guard its main module, and no lock of a threaded parent is
inherited. The parent alone decides about life and death: a page beyond its time limit has its worker killed with all
of its children, a worker that dies leaves a coded error on its page, and either is replaced. Memory is limited by the
kernel (RLIMIT_AS in the worker).
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.connection import Pipe as open_pipe
from pathlib import Path

from ocr.document import Page
from ocr.errors import PageOutOfMemory, PageTimedOut, PageWorkerCrashed, WorkersDoNotStart
from ocr.limits import MEGABYTE
from ocr.options import ReadOptions
from ocr.page_worker import ONE_THREAD, READ_PAGE, DocumentBytes, OutOfMemory, PageAnswer, PageOrder, Ready, Setup
from ocr.reading import failed_page, read_page
from text.errors import CodedError

_START_SECONDS = 120.0
_MOST_FAILED_STARTS = 3
# Not `-m`: the messages' classes must live in a module that both sides know by the same name.
_START = "from ocr.page_worker import main; main()"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageTask:
    """Page `number` of the caller's document `document`, whose bytes `load` gives (or raises a CodedError)."""

    document: int
    number: int
    load: Callable[[], bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class PageResult:
    """`seconds` and `cpu_seconds` are the worker's for this page, its recogniser's included."""

    task: PageTask
    page: Page
    seconds: float
    cpu_seconds: float


def core_count() -> int:
    """Cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def read_pages(
    tasks: Iterable[PageTask], options: ReadOptions, *, page_reader: str = READ_PAGE
) -> Generator[PageResult]:
    """Results as they come, one a task, in no promised order; a page that fails is a page with an error.

    `tasks` is taken one by one, as workers get free. `page_reader` is the dotted name (`module:function`) of what a
    worker calls. Raises WorkersDoNotStart.
    Closing the iterator, or an exception in its consumer (Ctrl-C), kills the workers at once.
    """
    if options.workers == 0:
        yield from _read_here(tasks, options)
        return
    crew = _Crew(options, page_reader)
    try:
        yield from crew.run(iter(tasks))
    finally:
        crew.dismiss()


def _read_here(tasks: Iterable[PageTask], options: ReadOptions) -> Iterator[PageResult]:
    for task in tasks:
        started, cpu_started = time.perf_counter(), time.process_time()
        try:
            page = read_page(task.load(), task.number, options)
        except CodedError as error:
            page = failed_page(task.number, error)
        yield PageResult(
            task=task,
            page=page,
            seconds=time.perf_counter() - started,
            cpu_seconds=time.process_time() - cpu_started,
        )


class _Worker:
    """One process: starting until it says it is ready, then idle, then busy with `task` since `since`."""

    def __init__(self, options: ReadOptions, page_reader: str, scratch: Path) -> None:
        child_reads, self.orders = open_pipe(duplex=False)
        self.answers, child_writes = open_pipe(duplex=False)
        child_watches, self._alive = open_pipe(duplex=False)  # nothing is said there: its end is our end
        numbers = (child_reads.fileno(), child_writes.fileno(), child_watches.fileno())
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, *map(str, numbers), str(scratch)],
            pass_fds=numbers,
            stdin=subprocess.DEVNULL,
            env=_environment(scratch),
            start_new_session=True,  # Ctrl-C reaches the parent alone, and a kill reaches the worker's children too
        )
        child_reads.close()
        child_writes.close()
        child_watches.close()
        self.ready = False
        self.task: PageTask | None = None
        self.since = time.monotonic()
        self.pages = 0
        self.document: int | None = None
        self._setup = Setup(options=options, page_reader=page_reader)

    def welcome(self) -> None:
        self.orders.send(self._setup)
        self.ready = True

    def give(self, task: PageTask, data: bytes | None) -> None:
        """`data` is None when the worker has the document already. Raises OSError when the worker is dead."""
        self.task, self.since = task, time.monotonic()
        self.pages += 1
        if data is not None:
            self.orders.send(DocumentBytes(data=data))
            self.document = task.document
        self.orders.send(PageOrder(number=task.number))

    def kill(self) -> None:
        """Kill the process and its children."""
        with contextlib.suppress(ProcessLookupError, PermissionError):  # the group is empty, or all of it is dead
            os.killpg(self.process.pid, signal.SIGKILL)
        self.orders.close()
        self.answers.close()
        self._alive.close()
        self.process.wait()

    def status(self) -> int:
        """The exit status of a worker that closed its pipe; children it may have left are killed."""
        patience = time.monotonic() + 5
        while time.monotonic() < patience:
            # Not reaped before its group is killed: till then the group's number cannot be another's.
            if os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None:
                break
            time.sleep(0.01)
        self.kill()
        return self.process.wait()


class _Crew:
    def __init__(self, options: ReadOptions, page_reader: str) -> None:
        self._options = options
        self._page_reader = page_reader
        self._most = options.workers if options.workers is not None else core_count()
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        # The recogniser's temporary pictures show personal data: a killed worker must not leave them behind.
        self._scratch = tempfile.TemporaryDirectory(prefix="kazus-pages-", ignore_cleanup_errors=True)

    def run(self, tasks: Iterator[PageTask]) -> Iterator[PageResult]:
        waiting = next(tasks, None)
        refused: PageTask | None = None
        while waiting is not None or any(worker.task is not None for worker in self._workers):
            idle = next((worker for worker in self._workers if worker.ready and worker.task is None), None)
            if waiting is not None and idle is not None:
                try:
                    self._hand_over(idle, waiting)
                except CodedError as error:
                    yield self._failed(waiting, error)
                except OSError:
                    how = self._bury(idle)
                    if waiting is not refused:  # it may have died while it had nothing to do: no fault of this page
                        refused = waiting
                        continue
                    yield self._failed(waiting, PageWorkerCrashed(number=waiting.number, how=how))
                waiting = next(tasks, None)
                continue
            starting = any(not worker.ready for worker in self._workers)
            if waiting is not None and not starting and len(self._workers) < self._most:
                self._workers.append(self._hire())
            yield from self._listen()

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.kill()
        self._workers.clear()
        self._scratch.cleanup()

    def _hire(self) -> _Worker:
        return _Worker(self._options, self._page_reader, Path(self._scratch.name))

    def _hand_over(self, worker: _Worker, task: PageTask) -> None:
        """Give `task` to an idle worker. Raises what `task.load` raises, and OSError when the worker is dead."""
        data = task.load() if worker.document != task.document else None
        worker.give(task, data)

    def _listen(self) -> Iterator[PageResult]:
        """Wait for the next answer, death or end of patience."""
        by_pipe = {worker.answers: worker for worker in self._workers}
        now = time.monotonic()
        patience = min((self._deadline(worker) for worker in self._workers if self._bounded(worker)), default=now + 1)
        for pipe in wait(list(by_pipe), timeout=max(0.0, patience - now)):
            assert isinstance(pipe, Connection)
            yield from self._heard(by_pipe[pipe])
        now = time.monotonic()
        for worker in list(self._workers):
            if self._bounded(worker) and now >= self._deadline(worker):
                yield from self._overdue(worker)

    def _heard(self, worker: _Worker) -> Iterator[PageResult]:
        try:
            answer = worker.answers.recv()
            if isinstance(answer, Ready):
                worker.welcome()
                self._failed_starts = 0
                return
        except (EOFError, OSError):
            task, since = worker.task, worker.since
            how = self._bury(worker)
            if task is not None:
                yield self._failed(task, PageWorkerCrashed(number=task.number, how=how), since)
            return
        task = worker.task
        assert task is not None
        worker.task = None
        if isinstance(answer, OutOfMemory):
            yield self._failed(task, self._out_of_memory(task.number), worker.since)
            self._retire(worker)
            return
        assert isinstance(answer, PageAnswer)
        yield PageResult(task=task, page=answer.page, seconds=answer.seconds, cpu_seconds=answer.cpu_seconds)
        if worker.pages >= self._options.pages_a_worker:
            self._retire(worker)

    def _overdue(self, worker: _Worker) -> Iterator[PageResult]:
        task = worker.task
        self._retire(worker)
        if task is None:
            self._count_failed_start("no answer")
        else:
            error = PageTimedOut(number=task.number, seconds=f"{self._options.page_seconds:g}")
            yield self._failed(task, error, worker.since)

    def _bury(self, worker: _Worker) -> str:
        """Forget a dead worker; how it died."""
        self._workers.remove(worker)
        status = worker.status()
        how = signal.Signals(-status).name if status < 0 else f"exit {status}"
        if not worker.ready:
            self._count_failed_start(how)
        return how

    def _count_failed_start(self, how: str) -> None:
        """One start may fail for want of memory; when none succeeds, no page would ever be read."""
        self._failed_starts += 1
        if self._failed_starts >= _MOST_FAILED_STARTS:
            raise WorkersDoNotStart(how=how)

    def _retire(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.kill()

    def _bounded(self, worker: _Worker) -> bool:
        return worker.task is not None or not worker.ready

    def _deadline(self, worker: _Worker) -> float:
        return worker.since + (self._options.page_seconds if worker.ready else _START_SECONDS)

    def _out_of_memory(self, number: int) -> PageOutOfMemory:
        limit = self._options.memory_bytes
        return PageOutOfMemory(number=number, limit_mb=limit // MEGABYTE if limit is not None else "?")

    def _failed(self, task: PageTask, error: CodedError, since: float | None = None) -> PageResult:
        seconds = time.monotonic() - since if since is not None else 0.0
        return PageResult(task=task, page=failed_page(task.number, error), seconds=seconds, cpu_seconds=0.0)


def _environment(scratch: Path) -> dict[str, str]:
    folders = [str(Path(folder).resolve()) if folder else str(Path.cwd()) for folder in sys.path]
    return os.environ | ONE_THREAD | {"PYTHONPATH": os.pathsep.join(folders), "TMPDIR": str(scratch)}
