"""Evidence: whatever Kazus says, a person can click and see, or see where it looked in vain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from ocr.document import Box

_COMPLETE = ConfigDict(json_schema_serialization_defaults_required=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Words on a page: `document` is an index into the package, `page` counts from 1, boxes in the upright page."""

    __pydantic_config__ = _COMPLETE
    kind: Literal["quote"] = "quote"
    document: int
    page: int
    boxes: tuple[Box, ...]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Searched:
    document: int
    pages: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """Something that is not there, with every page that was looked through for it."""

    __pydantic_config__ = _COMPLETE
    kind: Literal["absence"] = "absence"
    what: str
    searched: tuple[Searched, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A row of a dated outside source: the registry, the calendar, an earlier case."""

    __pydantic_config__ = _COMPLETE
    kind: Literal["record"] = "record"
    source: str
    key: str
    as_of: date
    text: str


Evidence = Annotated[Quote | Absence | Record, Field(discriminator="kind")]
