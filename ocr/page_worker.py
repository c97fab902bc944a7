"""A worker process: takes documents and page numbers from one pipe, puts pages into another.

A coded error becomes a page with that error. Any other exception is a fault of ours and ends the process: the parent
says so on the page and starts another worker.
"""

from __future__ import annotations

import errno
import importlib
import os
import resource
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType

from ocr.document import Page
from ocr.options import ReadOptions
from ocr.reading import failed_page
from text.errors import CodedError

READ_PAGE = "ocr.reading:read_page"

ONE_THREAD = dict.fromkeys(("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
"""Pages are what runs side by side; threads inside a page double or triple its CPU time."""

PageReader = Callable[[bytes, int, ReadOptions], Page]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """The worker's first word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Setup:
    options: ReadOptions
    page_reader: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentBytes:
    """The document that the next orders are about."""

    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class PageOrder:
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PageAnswer:
    page: Page
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class OutOfMemory:
    """The worker hit its memory limit on the page it was given; it should be replaced."""


def main() -> None:
    orders = Connection(int(sys.argv[1]), writable=False)
    answers = Connection(int(sys.argv[2]), readable=False)
    parent_alive = Connection(int(sys.argv[3]), writable=False)
    sys.excepthook = _tell_place
    threading.Thread(target=_end_with_parent, args=(parent_alive, Path(sys.argv[4])), daemon=True).start()
    try:
        _serve(orders, answers)
    except (EOFError, BrokenPipeError):
        return  # the parent is gone


def _serve(orders: Connection, answers: Connection) -> None:
    answers.send(Ready())
    setup = orders.recv()
    assert isinstance(setup, Setup)
    _limit_memory(setup.options.memory_bytes)
    read = _page_reader(setup.page_reader)
    data = b""
    while True:
        order = orders.recv()
        if isinstance(order, DocumentBytes):
            data = order.data
        else:
            answers.send(_answer(read, data, order.number, setup.options))


def _answer(read: PageReader, data: bytes, number: int, options: ReadOptions) -> PageAnswer | OutOfMemory:
    started, cpu_started = time.perf_counter(), _cpu_seconds()
    try:
        page = read(data, number, options)
    except CodedError as error:
        page = failed_page(number, error)
    except MemoryError:
        return OutOfMemory()
    except OSError as error:
        if error.errno != errno.ENOMEM:  # the recogniser's process could not be started for want of memory
            raise
        return OutOfMemory()
    return PageAnswer(page=page, seconds=time.perf_counter() - started, cpu_seconds=_cpu_seconds() - cpu_started)


def _end_with_parent(parent_alive: Connection, scratch: Path) -> None:
    """The parent was killed: nobody limits this page any more, and nobody else removes the pictures made of it."""
    wait([parent_alive])
    shutil.rmtree(scratch, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)  # the session is this worker's own: itself and the recogniser


def _tell_place(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """What ended this process: the type and the place, not the words, which may quote a document."""
    where = "?"
    while trace is not None:
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    sys.stderr.write(f"page worker: {kind.__name__} at {where}\n")


def _page_reader(dotted: str) -> PageReader:
    module, name = dotted.split(":")
    found: PageReader = getattr(importlib.import_module(module), name)
    return found


def _cpu_seconds() -> float:
    """This process and its finished children, user and system."""
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        total += usage.ru_utime + usage.ru_stime
    return total


def _limit_memory(limit: int | None) -> None:
    if limit is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
