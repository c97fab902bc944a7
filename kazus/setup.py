"""The steps of `kazus setup`. Each looks first whether it is done, so that the whole can be repeated and resumed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from kazus.settings import Settings
from models import FOLDER

SAMPLE_REGISTRY_AS_OF = date(2026, 11, 1)
SAMPLE_DECISION = "dec-ins-001"
"""One of the sample library: where it is missing from a library that holds others, the library is somebody's own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step that is done: what it did, in both languages, how large it is and how long it took. `failed`: Kazus works
    without it, but less well."""

    russian: str
    english: str
    seconds: float
    bytes: int | None = None
    failed: bool = False

    def said(self, language: Literal["ru", "en"]) -> str:
        return self.russian if language == "ru" else self.english


OnProgress = Callable[[str], None]
"""Told what begins within a long step, in the settings' language."""


def _silent(what: str) -> None:
    """Nobody listens."""


def samples() -> Path:
    """The folder of fictional samples that ships with Kazus."""
    return FOLDER / "samples"


def set_up(settings: Settings, *, sample: bool, on_progress: OnProgress = _silent) -> Iterator[Step]:
    """Create and migrate the data directory, import the sample registry where no registry is, and the sample
    decisions where the library is empty or an earlier setup began to fill it.

    Raises OwnedByAnother, DirectoryUnreachable, DatabaseNewer, DatabaseDamaged, DiskFull.
    """
    from kazus.migrations import current, upgrade
    from store.data_directory import DataDirectory
    from store.owner_lock import owned

    started = time.monotonic()
    directory = DataDirectory(settings.data_dir)
    directory.create()
    with owned(settings.data_dir, wait=settings.wait):
        before = current(settings.data_dir)
        version = upgrade(settings.data_dir)
    made = "на месте" if before == version else "создана" if before is None else f"обновлена с {before}"
    made_en = "in place" if before == version else "created" if before is None else f"brought up from {before}"
    yield Step(
        russian=f"База данных {made}: версия {version}",
        english=f"Database {made_en}: version {version}",
        seconds=time.monotonic() - started,
        bytes=directory.database_file.stat().st_size,
    )
    yield _encoder(settings, on_progress)
    if sample:
        yield _sample_registry(settings)
        yield _sample_library(settings)


def _encoder(settings: Settings, on_progress: OnProgress) -> Step:
    """Without the encoder all the rest works, by words alone: so what hinders it is said, and the setup goes on."""
    from kazus.assembly import encoder_folder
    from text.encoder.build import BuildStep, build
    from text.errors import CodedError

    def began(done: int, total: int, what: BuildStep) -> None:
        if done < total:
            on_progress(f"  [{done + 1}/{total}] {what.said(settings.lang)}")

    started = time.monotonic()
    try:
        built = build(encoder_folder(settings), source=settings.encoder, progress=began)
    except CodedError as error:
        return Step(
            russian=f"Модель векторов не собрана: {error.message('ru')} {error.remedy('ru')}",
            english=f"No sentence encoder: {error.message('en')} {error.remedy('en')}",
            seconds=time.monotonic() - started,
            failed=True,
        )
    return Step(
        russian=f"Модель векторов {'на месте' if built.reused else 'собрана'}: {built.identity.model}",
        english=f"Sentence encoder {'in place' if built.reused else 'built'}: {built.identity.model}",
        seconds=time.monotonic() - started,
        bytes=built.bytes,
    )


def _sample_registry(settings: Settings) -> Step:
    from cases.service import open_to_write

    started = time.monotonic()
    content = (samples() / "registry.csv").read_bytes()
    with open_to_write(settings.data_dir, wait=settings.wait) as service:
        present = service.registry()
        if present.as_of is not None:
            n, day = len(present.organisations), f"{present.as_of:%d.%m.%Y}"
            return Step(
                russian=f"Реестр организаций на месте: {n}, на {day}",
                english=f"Registry of organisations in place: {n}, as of {day}",
                seconds=time.monotonic() - started,
            )
        imported = service.import_registry(content, SAMPLE_REGISTRY_AS_OF)
    return Step(
        russian=f"Образец реестра (вымышленный): организаций {imported.organisations}",
        english=f"Sample registry (fictional): {imported.organisations} organisations",
        seconds=time.monotonic() - started,
        bytes=len(content),
    )


def _sample_library(settings: Settings) -> Step:
    """Goes on where an earlier setup was stopped: what is there is not imported twice."""
    from kazus.assembly import library_parts
    from library.import_decisions import ImportOptions
    from library.service import open_to_write

    started = time.monotonic()
    file = FOLDER / "library" / "decisions.jsonl"
    with open_to_write(settings.data_dir, wait=settings.wait, parts=library_parts(settings)) as library:
        before = library.count()
        library.complete()
        if before and not library.has(SAMPLE_DECISION):
            return Step(
                russian=f"Библиотека решений на месте: {before}",
                english=f"Library of decisions in place: {before}",
                seconds=time.monotonic() - started,
            )
        report = library.import_paths([file], ImportOptions(anonymised=True, language=settings.lang))
        n, by_meaning = library.count(), library.finds_by_meaning()
    remark = "" if by_meaning else " (поиск только по словам: нет модели)"
    remark_en = "" if by_meaning else " (words only: no encoder)"
    return Step(
        russian=f"Образец библиотеки (вымышленный): решений {n}, новых {report.added}{remark}",
        english=f"Sample library (fictional): {n} decisions, {report.added} new{remark_en}",
        seconds=time.monotonic() - started,
        bytes=file.stat().st_size,
    )
