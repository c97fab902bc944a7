"""A package as it came in: read documents and the cover sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ocr.document import Document

Channel = Literal["electronic", "paper"]


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverSheet:
    """`filed`: the day the appeal was filed, None when nobody said (the day of receipt is used then);
    `channel` None: electronic if the appeal carries a line of electronic signature, else paper."""

    filed: date | None = None
    channel: Channel | None = None
    sender: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    documents: tuple[Document, ...]
    cover: CoverSheet
    received: date
