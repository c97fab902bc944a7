"""The registry of financial organisations as values: pure data, handed in by the caller.

Resolution of a name or ИНН against it lives here too; storage lives in `cases.organisations`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Resolution = Literal["found", "ambiguous", "absent"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """One row of a registry snapshot. `services` are product codes; it answers from `interaction_from` on."""

    inn: str
    ogrn: str
    name: str
    short_name: str
    kind: str
    services: tuple[str, ...]
    interaction_from: date
    licence_revoked: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Registry:
    """A snapshot; `as_of` None means that no registry has been imported."""

    as_of: date | None
    organisations: tuple[Organisation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    organisation: Organisation
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """The answer to "who is this?": `matches` best first; exactly one when `resolution` is "found"."""

    resolution: Resolution
    matches: tuple[Match, ...]
