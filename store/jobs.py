"""Durable work: a job is a named function of an id that survives the death of its process.

The engine (DBOS, on a SQLite file of its own) remembers which jobs were begun and which of their steps are finished.
What is asked of it is small, so that it stays replaceable: a job is given an id and nothing else, its steps are
idempotent, and what it yields lies in our own tables.

Only this file knows the engine. Rules that its kill -9 tests taught:

- the application version is pinned: the default is a hash of the code, and after an edit nothing pending would run;
- every process has an executor id of its own, so that the engine does not take up other people's unfinished jobs by
  itself when a command begins: the caller, who owns the data directory, says which job to take up;
- SQLite is put into WAL mode here, which the engine does not do;
- the payload format is JSON, not pickle.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import traceback
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID, WorkflowHandle

from store.errors import JobFailed

JOBS_VERSION = "1"
"""Raised when the steps of a job change their names or order: what an older version left half-done starts anew."""

_MAX_TAKE_UPS = 3
_FRAMES_TOLD = 4
_LISTEN_SECONDS = 0.2  # the engine ends only when its listener next wakes; by default that is a second for nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """A job's view of the engine while it runs."""

    id: str
    stopping: threading.Event

    def step(self, name: str, work: Callable[[], None]) -> None:
        """Run `work` unless this job has already finished that step. The work must be idempotent: a process may die
        between the work's last commit and the engine's note of it."""
        DBOS.run_step({"name": name}, work)


class JobStopped(Exception):
    """Raised by a job that found `Running.stopping` set and left its work in order, to be taken up again."""


Job = Callable[[Running], None]
"""The prose of the work: everything with an effect happens inside steps."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnfinishedJob:
    name: str
    id: str


class Jobs:
    """The running engine: made by `running_jobs`."""

    def __init__(self, jobs: Mapping[str, Job]) -> None:
        self._stopping = threading.Event()
        self._failures: dict[str, Exception] = {}
        self._workflows = {name: self._workflow(name, job) for name, job in jobs.items()}

    def run(self, name: str, id: str) -> None:
        """Begin the job, or take it up where it was left, and wait for its end; a finished job does nothing.

        An interrupt from the keyboard asks the job to stop in order, waits until it has, and is raised again.
        Raises the coded error that ended the job; JobFailed, caused by the error itself, for one that nobody foresaw.
        """
        status = DBOS.get_workflow_status(id)
        same_version = status is not None and status.app_version == JOBS_VERSION
        if status is not None and status.status == "SUCCESS" and same_version:
            return
        if status is not None and (status.status == "ERROR" or not same_version):
            # Only the engine's memory of it goes: what its steps have done stays done, because they are idempotent.
            DBOS.delete_workflow(id)
            status = None
        handle: WorkflowHandle[None]
        if status is None:
            with SetWorkflowID(id):
                handle = DBOS.start_workflow(self._workflows[name], id)
        else:
            handle = DBOS.resume_workflow(id)
        try:
            self._wait(handle)
        except KeyboardInterrupt:
            self._stopping.set()
            with suppress(JobStopped):
                self._wait(handle)
            raise

    def forget(self, id: str) -> None:
        """Take the job for one that was never begun: what it had yielded is gone."""
        DBOS.delete_workflow(id)

    def unfinished(self) -> list[UnfinishedJob]:
        """Jobs that a dead process has left, oldest first."""
        left = DBOS.list_workflows(status=["PENDING", "ENQUEUED"], load_input=False, load_output=False)
        return [UnfinishedJob(name=job.name, id=job.workflow_id) for job in left if job.name in self._workflows]

    def _wait(self, handle: WorkflowHandle[None]) -> None:
        try:
            handle.get_result(polling_interval_sec=0.1)
        except Exception as error:  # noqa: BLE001  # whatever the job raised comes out here, and is raised again
            known = self._failures.pop(handle.get_workflow_id(), None)
            if known is not None and (isinstance(known, JobStopped) or hasattr(known, "code")):
                raise known from None
            raise JobFailed(job=handle.get_workflow_id(), reason=_place_of(known or error)) from (known or error)

    def _workflow(self, name: str, job: Job) -> Callable[[str], None]:
        @DBOS.workflow(name=name, max_recovery_attempts=_MAX_TAKE_UPS)
        def workflow(id: str) -> None:
            try:
                job(Running(id=id, stopping=self._stopping))
            except Exception as error:
                # The engine stores an error as a sentence; whoever waits in this process gets the error itself.
                self._failures[id] = error
                raise

        return workflow


def _place_of(error: Exception) -> str:
    # Not the error's text: it may quote a document, and this sentence goes to screens and logs.
    frames = traceback.extract_tb(error.__traceback__)
    return (
        f"{type(error).__name__}, {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else repr(type(error))
    )


@contextmanager
def running_jobs(file: Path, jobs: Mapping[str, Job]) -> Iterator[Jobs]:
    """The engine on its SQLite file while the block runs.

    One at a time in a process, and only in the process that owns the data directory. Nothing is taken up by itself:
    `Jobs.run` a job of `Jobs.unfinished` for that.
    """
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    config: DBOSConfig = {
        "name": "kazus",
        "system_database_url": f"sqlite:///{file}",
        "application_version": JOBS_VERSION,
        "executor_id": uuid.uuid4().hex,
        # It logs every error of a job with its traceback and words, which may quote a document; whoever waits for the
        # job is told anyway.
        "log_level": "CRITICAL",
        "console_log_level": "CRITICAL",
        "notification_listener_polling_interval_sec": _LISTEN_SECONDS,
        "serializer": DBOSPortableJSONSerializer(),
    }
    # The engine flushes the handlers it finds; one left by an earlier engine may hold a stream that is closed by now.
    logging.getLogger("dbos").handlers.clear()
    DBOS(config=config)
    try:
        engine = Jobs(jobs)
        DBOS.launch()
        yield engine
    finally:
        DBOS.destroy(destroy_registry=True)
