"""Which steps a page goes through before and after the recogniser, as one named value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """Each switch turns one step on. `version` changes whenever the result of a step changes, so that readings kept
    from an earlier version are known to be old."""

    name: str
    version: int
    orient: bool = True
    crop: bool = True
    background: bool = True
    ink: bool = True
    despeckle: bool = True
    deskew: bool = True
    scale: bool = True
    rules: bool = True
    leaders: bool = True
    strays: bool = True
    thousands: bool = True
    numbers: bool = True
    alphabet: bool = True
    order: bool = True

    @property
    def id(self) -> str:
        return f"{self.name}-{self.version}"


STANDARD = Recipe(name="standard", version=2)

PLAIN = Recipe(
    name="plain",
    version=1,
    orient=False,
    crop=False,
    background=False,
    ink=False,
    despeckle=False,
    deskew=False,
    scale=False,
    rules=False,
    leaders=False,
    strays=False,
    thousands=False,
    numbers=False,
    alphabet=False,
    order=False,
)
"""Nothing but the recogniser: what every step is measured against."""

RECIPES = {recipe.name: recipe for recipe in (STANDARD, PLAIN)}
