"""One owner of a data directory: an operating-system lock on a file that names the owner.

The kernel drops the lock when the owner dies, however it dies, so there is no stale lock to clean up. What stands
in the file is for people only; whether the directory is owned is decided by the lock alone.
"""

from __future__ import annotations

import fcntl
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from store.errors import DirectoryUnreachable, OwnedByAnother

LOCK_FILE = "owner.lock"
_RETRY_SECONDS = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    """Who owns a directory. `address` = host name, or URL of a server; `started` in UTC."""

    pid: int
    command: str
    address: str
    started: datetime


_OWNER = TypeAdapter(Owner)
_held: set[int] = set()


def _drop_inherited_locks() -> None:
    # A forked worker shares the lock's open file: without this, a worker that outlives its killed parent would go
    # on owning the directory.
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_drop_inherited_locks)


def _this_process(command: str | None, address: str | None) -> Owner:
    return Owner(
        pid=os.getpid(),
        # Never the arguments: paths and names among them may be personal data.
        command=command or Path(sys.argv[0] or sys.executable).name,
        address=address or socket.gethostname(),
        started=datetime.now(UTC).replace(microsecond=0),
    )


def owner_of(directory: Path) -> Owner | None:
    """Who stands in the lock file. It does not say that the lock is held: only `owned` knows."""
    try:
        return _OWNER.validate_json((directory / LOCK_FILE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


@contextmanager
def owned(
    directory: Path, *, wait: float = 0.0, command: str | None = None, address: str | None = None
) -> Iterator[Owner]:
    """Own `directory` while the block runs.

    Waits up to `wait` seconds for another owner to end. `command` and `address` are what other processes are told: by
    default the program's name and the host's. Raises OwnedByAnother, and DirectoryUnreachable where the lock file
    cannot be made or locked.
    """
    try:
        descriptor = os.open(directory / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise DirectoryUnreachable(directory=directory, reason=error.strerror) from error
    try:
        _lock(descriptor, directory, wait)
        _held.add(descriptor)
        owner = _this_process(command, address)
        os.pwrite(descriptor, content := _OWNER.dump_json(owner), 0)
        os.ftruncate(descriptor, len(content))
        yield owner
        os.ftruncate(descriptor, 0)
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def _lock(descriptor: int, directory: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if (left := deadline - time.monotonic()) > 0:
                time.sleep(min(_RETRY_SECONDS, left))
                continue
            other = owner_of(directory)
            raise OwnedByAnother(
                directory=directory,
                pid=other.pid if other else "?",
                command=other.command if other else "?",
                address=other.address if other else "?",
                started=other.started.isoformat() if other else "?",
            ) from None
        except OSError as error:
            raise DirectoryUnreachable(directory=directory, reason=error.strerror) from error
        return
