from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.errors import DirectoryUnreachable, OwnedByAnother
from store.owner_lock import owned, owner_of

HOLD = """
import sys, time
from pathlib import Path
from store.owner_lock import owned
with owned(Path(sys.argv[1]), address="http://127.0.0.1:8000"):
    print("held", flush=True)
    time.sleep(60)
"""
HOLD_WITH_A_FORKED_CHILD = """
import os, sys, time
from pathlib import Path
from store.owner_lock import owned
with owned(Path(sys.argv[1])):
    if os.fork() == 0:
        print("held", os.getpid(), flush=True)
        time.sleep(60)
    time.sleep(60)
"""


def start_holder(code: str, directory: Path) -> tuple[subprocess.Popen[str], str]:
    holder = subprocess.Popen([sys.executable, "-c", code, str(directory)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    said = holder.stdout.readline()
    assert said.startswith("held")
    return holder, said


def end(holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.communicate()


def test_second_process_is_told_who_owns_the_directory(tmp_path: Path) -> None:
    holder, _ = start_holder(HOLD, tmp_path)
    try:
        began = time.monotonic()
        with pytest.raises(OwnedByAnother) as refusal, owned(tmp_path, wait=0.3):
            pass
        assert time.monotonic() - began >= 0.3
        assert refusal.value.parameters["pid"] == str(holder.pid)
        assert refusal.value.parameters["address"] == "http://127.0.0.1:8000"
        assert str(holder.pid) in refusal.value.message("ru")
        assert refusal.value.exit_code == 3
    finally:
        end(holder)


def test_killed_owner_leaves_the_directory_free_at_once(tmp_path: Path) -> None:
    holder, _ = start_holder(HOLD, tmp_path)
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert owner_of(tmp_path) is not None  # its name still stands in the file
    with owned(tmp_path) as owner:
        assert owner.pid == os.getpid()


def test_worker_that_outlives_its_killed_parent_does_not_own(tmp_path: Path) -> None:
    holder, said = start_holder(HOLD_WITH_A_FORKED_CHILD, tmp_path)
    orphan = int(said.split()[1])
    try:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        os.kill(orphan, 0)  # the orphan is alive
        with owned(tmp_path):
            pass
    finally:
        os.kill(orphan, signal.SIGKILL)
        holder.communicate()


def test_waiting_ends_when_the_owner_does(tmp_path: Path) -> None:
    holder, _ = start_holder(HOLD.replace("sleep(60)", "sleep(0.5)"), tmp_path)
    with owned(tmp_path, wait=10) as owner:
        assert owner.pid == os.getpid()
    end(holder)


def test_released_lock_names_nobody(tmp_path: Path) -> None:
    with owned(tmp_path):
        found = owner_of(tmp_path)
        assert found is not None
        assert found.pid == os.getpid()
    assert owner_of(tmp_path) is None


def test_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DirectoryUnreachable), owned(tmp_path / "nowhere"):
        pass


def test_command_line_arguments_are_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/kazus", "intake", "/home/a/Иванов Иван.pdf"])
    with owned(tmp_path) as owner:
        assert owner.command == "kazus"
    with owned(tmp_path, command="kazus intake"):
        found = owner_of(tmp_path)
        assert found is not None
        assert found.command == "kazus intake"
