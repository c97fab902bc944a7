"""Where parts are chosen and joined: settings in, options of the rooms out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from kazus.settings import Settings
from ocr.options import ReadOptions

if TYPE_CHECKING:
    from library.index import OnNote
    from library.service import LibraryParts


def read_options(
    settings: Settings,
    *,
    pages: tuple[int, int] | None = None,
    text_layer: Literal["auto", "trust", "ignore"] = "auto",
    recipe: str | None = None,
    workers: int | None = None,
) -> ReadOptions:
    """How pages are read, from the settings and what a command says over them."""
    chosen = settings.workers if workers is None else workers
    return replace(
        ReadOptions(),
        text_layer=text_layer,
        recipe=recipe or settings.recipe,
        pages=pages,
        languages=settings.languages,
        tessdata=settings.tessdata_dir,
        page_seconds=settings.page_time_limit,
        memory_bytes=settings.page_memory_limit * 1_000_000,
        workers=chosen or None,
    )


def library_parts(settings: Settings, on_note: OnNote | None = None) -> LibraryParts:
    """What the library works with: the encoder's place, the taxonomy's words, who hears its remarks."""
    from classify.labels import load_taxonomy
    from library.service import LibraryParts
    from search.filters import Vocabulary

    taxonomy = load_taxonomy()
    parts = LibraryParts(
        encoder_folder=settings.encoder_dir,
        vocabulary=Vocabulary(product=taxonomy.product_codes, category=taxonomy.category_codes),
    )
    return parts if on_note is None else replace(parts, on_note=on_note)
