"""Where parts are chosen and joined: settings in, options of the rooms out."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kazus.settings import Settings
from ocr.options import ReadOptions


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
