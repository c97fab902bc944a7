from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from store.errors import JobFailed, StoreError
from store.jobs import Job, JobStopped, Running, UnfinishedJob, running_jobs

KILLED_IN_ITS_SECOND_STEP = """
import os, signal, sys
from pathlib import Path
from store.jobs import running_jobs

def work(running):
    running.step("first", lambda: print("first", flush=True))
    running.step("second", lambda: os.kill(os.getpid(), signal.SIGKILL))

with running_jobs(Path(sys.argv[1]), {"work": work}) as jobs:
    jobs.run("work", "one")
"""


class Refused(StoreError):
    code = "test.refused"
    message_ru = "нет"
    message_en = "no"
    remedy_ru = "нет"
    remedy_en = "no"


def run(file: Path, job: Job, id: str = "one") -> list[UnfinishedJob]:
    with running_jobs(file, {"work": job}) as jobs:
        jobs.run("work", id)
        return jobs.unfinished()


def two_steps(done: list[str]) -> Job:
    def work(running: Running) -> None:
        running.step("first", lambda: done.append(f"{running.id} first"))
        running.step("second", lambda: done.append(f"{running.id} second"))

    return work


def test_a_finished_job_is_not_run_again(tmp_path: Path) -> None:
    done: list[str] = []
    assert run(tmp_path / "jobs.sqlite", two_steps(done)) == []
    run(tmp_path / "jobs.sqlite", two_steps(done))
    assert done == ["one first", "one second"]
    run(tmp_path / "jobs.sqlite", two_steps(done), "two")
    assert done[2:] == ["two first", "two second"]


def test_after_kill_9_only_the_unfinished_step_runs_however_often_it_happens(tmp_path: Path) -> None:
    file = tmp_path / "jobs.sqlite"
    said = []
    for _ in range(4):
        killed = subprocess.run(
            [sys.executable, "-c", KILLED_IN_ITS_SECOND_STEP, str(file)], stdout=subprocess.PIPE, text=True, check=False
        )
        assert killed.returncode == -signal.SIGKILL
        said.append(killed.stdout)
    assert said == ["first\n", "", "", ""]
    done: list[str] = []
    with running_jobs(file, {"work": two_steps(done)}) as jobs:
        assert jobs.unfinished() == [UnfinishedJob(name="work", id="one")]
        time.sleep(2)  # the engine would need one second to take it up by itself
        assert done == []
        jobs.run("work", "one")
        assert jobs.unfinished() == []
    assert done == ["one second"]


def test_the_error_itself_comes_out_and_the_job_can_be_run_again(tmp_path: Path) -> None:
    def refuse(running: Running) -> None:
        def work() -> None:
            raise Refused

        running.step("first", work)

    with pytest.raises(Refused):
        run(tmp_path / "jobs.sqlite", refuse)
    done: list[str] = []
    run(tmp_path / "jobs.sqlite", two_steps(done))
    assert done == ["one first", "one second"]


def test_an_unforeseen_error_is_named_without_its_words(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fail(running: Running) -> None:
        raise ValueError(f"паспорт 4509 123456 of {running.id}")

    with pytest.raises(JobFailed) as failure:
        run(tmp_path / "jobs.sqlite", fail)
    assert isinstance(failure.value.__cause__, ValueError)
    assert "ValueError, test_jobs.py:" in failure.value.message("en")
    assert "4509" not in failure.value.message("en")
    assert caplog.records == []


def test_an_interrupt_stops_the_job_in_order(tmp_path: Path) -> None:
    stopped = []
    begun = threading.Event()

    def wait_for_stop(running: Running) -> None:
        begun.set()
        stopped.append(running.stopping.wait(timeout=20))
        raise JobStopped

    def interrupt() -> None:
        begun.wait(timeout=20)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "jobs.sqlite", wait_for_stop)
    assert stopped == [True]
    done: list[str] = []
    run(tmp_path / "jobs.sqlite", two_steps(done))
    assert done == ["one first", "one second"]


def test_the_engine_uses_wal(tmp_path: Path) -> None:
    with running_jobs(tmp_path / "jobs.sqlite", {"work": two_steps([])}):
        assert (tmp_path / "jobs.sqlite-wal").exists()
