"""Where the outside data lies: the folder that the variable KAZUS_SHARED names."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "KAZUS_SHARED"


class NoSharedData(RuntimeError):
    """KAZUS_SHARED is not set or holds no packages."""


def shared_data() -> Path:
    """The `data` folder inside KAZUS_SHARED. Raises NoSharedData, in a sentence for people, when it is not there."""
    root = os.environ.get(VARIABLE)
    if not root:
        raise NoSharedData(f"{VARIABLE} is not set: it names the folder whose data/ holds packages.jsonl")
    folder = Path(root) / "data"
    if not (folder / "packages.jsonl").exists():
        raise NoSharedData(f"{folder} holds no packages.jsonl ({VARIABLE}={root})")
    return folder
