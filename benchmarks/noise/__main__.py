"""`python -m benchmarks.noise count`: counts confusions anew; `… corrupt --rate 0.03` makes noise of standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import click
import pytesseract
from PIL import Image

from benchmarks.noise import confusions
from benchmarks.noise.corrupting import corrupt
from benchmarks.render.rendering import render_document, upright
from benchmarks.render.truth import Condition
from benchmarks.texts import load_texts

LANGUAGES = "rus+eng"
CONDITIONS: tuple[Condition, ...] = ("scan", "fax", "photo", "stamped")


@click.group()
def main() -> None:
    """OCR noise in the proportions in which a real recogniser errs."""


@main.command("count")
@click.option("--seeds", default=2, show_default=True, help="renderings of every text and condition")
def count_confusions(seeds: int) -> None:
    """Renders the texts that are not held out, reads the upright pages with plain Tesseract, counts what differs."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    found = confusions.count(
        _pages(seeds), f"tesseract {pytesseract.get_tesseract_version()} {LANGUAGES}, {', '.join(CONDITIONS)}"
    )
    confusions.save(found)
    errors = sum(sum(results.values()) for results in found.read.values())
    print(f"{found.pages} pages, {found.characters} characters, {errors} errors, {len(found.read)} sources")


def _pages(seeds: int) -> Iterator[tuple[str, str]]:
    for seed in range(100, 100 + seeds):
        for text in load_texts():
            for condition in CONDITIONS if text.part == "tune" else ():
                for page in render_document(text.text, text.layout, text.signed, condition, seed):
                    image = upright(page)
                    picture = Image.fromarray(image if image.ndim == 2 else image[:, :, ::-1])
                    yield page.text, pytesseract.image_to_string(picture, lang=LANGUAGES)


@main.command("corrupt")
@click.option("--rate", type=float, default=0.03, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def corrupt_input(rate: float, seed: int) -> None:
    """Standard input with character errors."""
    sys.stdout.write(corrupt(sys.stdin.read(), rate, seed))


if __name__ == "__main__":
    main()
