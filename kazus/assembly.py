"""Where parts are chosen and joined: settings in, options of the rooms out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kazus.settings import Settings
from models import FOLDER
from ocr.options import ReadOptions

if TYPE_CHECKING:
    from classify.classifier import Classifier
    from classify.disputed import TagTrust
    from library.index import OnNote
    from library.service import LibraryParts
    from text.encoder.contract import Encoder


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
    from library.query_classes import QueryClassifier
    from library.service import LibraryParts
    from search.filters import Vocabulary

    taxonomy = load_taxonomy()
    parts = LibraryParts(
        open_encoder=lambda: installed_encoder(settings),
        encoder_folder=encoder_folder(settings),
        classify=QueryClassifier(lambda: _ranking_classifier(settings)),
        vocabulary=Vocabulary(product=taxonomy.product_codes, category=taxonomy.category_codes),
    )
    return parts if on_note is None else replace(parts, on_note=on_note)


def _ranking_classifier(settings: Settings) -> Classifier | None:
    """The classifier that tells the ranking what a case is about; which one it is, is no remark of the library's."""
    if not (FOLDER / SHIPPED_MODELS).is_dir():
        return None
    return open_classifier(settings, None, lambda _: None)


SHIPPED_MODELS = "classifier"
"""Folder of `models/` whose sub-folders are the shipped classifiers."""


def shipped_classifiers() -> dict[str, Path]:
    """Name → directory of every shipped classifier."""
    folder = FOLDER / SHIPPED_MODELS
    return {path.name: path for path in sorted(folder.iterdir()) if (path / "manifest.json").is_file()}


def classifier_directory(wanted: str) -> Path:
    """NAME, NAME@VERSION or a directory → the directory. Raises ModelNotFound."""
    from classify.artefact import read_manifest
    from classify.errors import ModelNotFound

    name, _, version = wanted.partition("@")
    directory = shipped_classifiers().get(name) or Path(wanted)
    if directory.name == name and version and read_manifest(directory).version != version:
        raise ModelNotFound(model=wanted)
    read_manifest(directory)
    return directory


def encoder_folder(settings: Settings) -> Path:
    """Where the sentence encoder lies or is to be built."""
    return settings.encoder_dir or settings.data_dir / "encoder"


def installed_encoder(settings: Settings) -> Encoder | None:
    """The encoder of the settings' directory, None where there is none. Raises EncoderDamaged, EncoderMismatch."""
    folder = encoder_folder(settings)
    return _opened_encoder(folder.resolve()) if (folder / "manifest.json").is_file() else None


@cache
def _opened_encoder(folder: Path) -> Encoder:
    """Once a process: the classifier and the library share it, and it holds half a gigabyte."""
    from text.encoder import open_encoder

    return open_encoder(folder)


def open_classifier(settings: Settings, wanted: str | None, remark: Callable[[str], None]) -> Classifier:
    """The model named `wanted`; without a name `joined` where its encoder is installed, else `baseline`.

    `remark` hears which model is taken for want of the better one. Raises ModelNotFound, ModelDamaged, and, for a
    model asked for by name, EncoderMissing or EncoderDiffers.
    """
    from classify.artefact import read_manifest
    from classify.classifier import Classifier

    if wanted is not None:
        directory = classifier_directory(wanted)
        needs = read_manifest(directory).encoder is not None
        return Classifier.open(directory, installed_encoder(settings) if needs else None)
    shipped = shipped_classifiers()
    joined = shipped.get("joined")
    encoder = installed_encoder(settings) if joined is not None else None
    if joined is not None and encoder is not None and read_manifest(joined).encoder == encoder.identity:
        return Classifier.open(joined, encoder)
    if joined is not None:
        remark(
            {
                "ru": "Кодировщик не установлен: отвечает модель baseline. Лучшую включит kazus setup.",
                "en": "The encoder is not installed: the model baseline answers. kazus setup enables the better one.",
            }[settings.lang]
        )
    return Classifier.open(shipped["baseline"])


def corpus_files() -> tuple[Path, ...]:
    """The labelled texts that ship with Kazus: appeals, and the facts of decisions at a lower weight."""
    folder = FOLDER / "corpora"
    return (folder / "appeals.jsonl", folder / "decisions.jsonl")


def corpus_trust() -> tuple[TagTrust, ...]:
    """How far the words of disputed facts may be trusted, counted on the shipped decisions."""
    from classify.disputed import learn_trust, read_labelled_facts

    return learn_trust(read_labelled_facts(corpus_files()[1]))
