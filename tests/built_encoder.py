"""The real encoder for tests: built once a machine, in a minute, under a lock because the suite runs in two workers."""

from __future__ import annotations

import fcntl
import os
from functools import cache
from pathlib import Path

from text.encoder.build import build
from text.encoder.manifest import FULL

ROOT = Path(__file__).parent.parent
DIRECTORY = Path(os.environ.get("KAZUS_ENCODER_DIR") or ROOT / ".venv" / "encoder")
"""Read when the module is imported: the suite hides KAZUS_* from the tests themselves."""


@cache
def built_encoder() -> Path:
    """The directory of the 8-bit encoder; the full one lies in it, see `full_encoder`."""
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    with (DIRECTORY / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build(DIRECTORY, keep_full=True)
    return DIRECTORY


def full_encoder() -> Path:
    """The sentence-transformers directory the 8-bit encoder was built from."""
    return built_encoder() / FULL
