"""`python -m kazus.sample_report`: the report of the sample package, as the README shows it.

A data directory of its own, made for the purpose and thrown away, so that nothing on this machine changes the answer.
"""

from __future__ import annotations

import os
import sys
import tempfile

from kazus.cli.main import run
from kazus.setup import samples

WIDTH = "100"


def main() -> int:
    """Set up, examine, print; the exit code of the first command that fails."""
    os.environ["COLUMNS"] = WIDTH
    with tempfile.TemporaryDirectory(prefix="kazus-sample-") as folder:
        shared = ["--data-dir", folder, "--quiet"]
        return run([*shared, "setup"]) or run([*shared, "intake", "--manifest", str(samples() / "manifest.jsonl")])


if __name__ == "__main__":
    sys.exit(main())
