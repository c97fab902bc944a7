"""What `kazus library import` does, slowly: for tests that kill it in the middle."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from decisions import parts

import library.import_decisions as importing
from library.import_decisions import ImportOptions
from library.prepare import Prepared, prepare
from library.service import open_to_write
from library.sources import SourceRow

ROW_SECONDS = 0.03


def slow_prepare(row: SourceRow, *, anonymised: bool) -> Prepared:
    time.sleep(ROW_SECONDS)
    return prepare(row, anonymised=anonymised)


def child(data_dir: str, file: str) -> None:
    importing.prepare = slow_prepare  # type: ignore[assignment]
    with open_to_write(Path(data_dir), parts=parts()) as library:
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        report = library.import_paths([Path(file)], ImportOptions(anonymised=True, batch=4))
    sys.stdout.write(f"{report.added} {report.unchanged} {len(report.failed)}\n")


if __name__ == "__main__":
    child(*sys.argv[1:])
