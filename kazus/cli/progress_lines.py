"""One line a page, on stderr: which page, how it was read, how fast, how long it still takes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kazus.cli.context import Invocation, Language
from kazus.cli.labels import label

if TYPE_CHECKING:
    from cases.package_run import PageProgress
    from ocr.document import Grade, Source
    from ocr.reading import PageDone
    from text.errors import ErrorNote

_PAGE = {"ru": "с.", "en": "p."}
_RATE = {"ru": "с./с", "en": "pages/s"}
_LEFT = {"ru": "осталось", "en": "left"}


@dataclass(kw_only=True, slots=True)
class PageLines:
    """Prints pages as they come, in the words of `kazus read` and of a package run."""

    invocation: Invocation
    language: Language
    started: float = field(default_factory=time.monotonic)

    def read(self, done: PageDone) -> None:
        """A page of `ocr.read_all`; the rate is over the whole call."""
        rate = done.done / max(1e-6, time.monotonic() - self.started)
        left = (done.total - done.done) / rate
        page = done.page
        place = f"{Path(done.path).name}, {_PAGE[self.language]} {page.number}"
        self._print(done.done, done.total, place, page.source, page.grade, page.error, rate, left)

    def intake(self, progress: PageProgress) -> None:
        of = f"/{progress.pages}" if progress.pages is not None else ""
        place = f"{progress.document}, {_PAGE[self.language]} {progress.page}{of}"
        rate, left = progress.rate, progress.remaining
        self._print(progress.done, progress.total, place, progress.source, progress.grade, progress.error, rate, left)

    def _print(
        self,
        done: int,
        total: int,
        place: str,
        source: Source,
        grade: Grade,
        error: ErrorNote | None,
        rate: float | None,
        left: float | None,
    ) -> None:
        line = f"[{done}/{total}] {place}: {label('source', source, self.language)}"
        line += f", {label('grade', grade, self.language)}"
        if error is not None:
            line += f" · {error.message} [{error.code}]"
        if rate is not None:
            line += f" · {rate:.2f} {_RATE[self.language]}"
        if left is not None and done < total:
            line += f" · {_LEFT[self.language]} {duration(left)}"
        self.invocation.remark(line)


def duration(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
