"""The roles of the papers of a package."""

from __future__ import annotations

from dataclasses import dataclass

from intake.reading_facts.sheets import Sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """The roles of the papers; `claim` None when no claim letter lies in the package."""

    main: Sheet | None
    claim: Sheet | None
    proofs: tuple[Sheet, ...]
    replies: tuple[Sheet, ...]
    initial: Sheet | None
