"""How to read: one frozen value that every stage of reading gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ocr.errors import RecipeUnknown
from ocr.limits import Limits
from ocr.recipe import RECIPES

TextLayerUse = Literal["auto", "trust", "ignore"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadOptions:
    """Options of one reading.

    `text_layer`: "auto" judges each page's layer by what it says, "trust" takes any layer that has words,
    "ignore" recognises every page.
    `recipe`: name of the preprocessing recipe, a key of `ocr.recipe.RECIPES`.
    `pages`: first and last page to read, from 1, both inclusive; None = all.
    `languages`: language data of the recogniser, in its own notation.
    `tessdata`: directory of the language data; None = the engine's own.
    `page_seconds`: wall time one page may take in a worker before the worker is killed.
    `memory_bytes`: address space one worker process may take; None = no limit.
    `workers`: processes; None = one a core, 0 = read in this process, without time and memory limits.
    `pages_a_worker`: a worker is replaced after so many pages, because recognisers leak.
    """

    text_layer: TextLayerUse = "auto"
    recipe: str = "standard"
    pages: tuple[int, int] | None = None
    languages: str = "rus+eng"
    tessdata: Path | None = None
    page_seconds: float = 120.0
    memory_bytes: int | None = 4_000_000_000
    workers: int | None = None
    pages_a_worker: int = 100
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Raises RecipeUnknown: better at once than on every page."""
        if self.recipe not in RECIPES:
            raise RecipeUnknown(recipe=self.recipe, known=", ".join(sorted(RECIPES)))
