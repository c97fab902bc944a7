"""One line a page, on stderr: which page, how it was read, how fast, how long it still takes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from kazus.cli.context import Invocation, Language
from kazus.cli.labels import label
from ocr.document import Page


@dataclass(kw_only=True, slots=True)
class PageLines:
    """Counts pages as they come; the rate is over the whole run, so it settles quickly."""

    invocation: Invocation
    language: Language
    total: int | None = None
    done: int = 0
    started: float = field(default_factory=time.monotonic)

    def page(self, document: str, page: Page, pages: int) -> None:
        self.done += 1
        elapsed = max(1e-6, time.monotonic() - self.started)
        rate = self.done / elapsed
        counted = f"{self.done}/{self.total}" if self.total else f"{self.done}"
        how = label("source", page.source, self.language)
        grade = label("grade", page.grade, self.language)
        line = f"[{counted}] {document}, {_PAGE[self.language]} {page.number}/{pages}: {how}, {grade}"
        if page.error is not None:
            line += f" · {page.error.message}"
        line += f" · {rate:.2f} {_RATE[self.language]}"
        if self.total and self.total > self.done:
            line += f" · {_LEFT[self.language]} {_duration((self.total - self.done) / rate)}"
        self.invocation.remark(line)


_PAGE = {"ru": "с.", "en": "p."}
_RATE = {"ru": "с./с", "en": "pages/s"}
_LEFT = {"ru": "осталось", "en": "left"}


def _duration(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
