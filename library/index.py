"""The search index of the library: derived from the database, caught up after it, made anew when it cannot be used.

The database numbers its changes; the index's watermark is the last change it has seen, written by the same commit that
made the change visible. So an index that was cut off goes on where it stopped, and nothing is indexed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from library import repository
from library.errors import IndexAhead, IndexRebuilt, IndexWithoutVectors
from library.no_encoder import NO_ENCODER, NoEncoder
from search.errors import IndexAbsent, IndexDamaged, IndexMismatch
from store.database import Database
from text.errors import CodedError

if TYPE_CHECKING:
    from search.backends.contract import Backend
    from search.decision import Decision
    from text.encoder.contract import Encoder

INDEX_FOLDER = "index"
NO_INDEX = "no index"
_AT_ONCE = 128

OpenEncoder = Callable[[], "Encoder | None"]
"""None where none is installed."""
OnNote = Callable[[CodedError], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """`done` of `total` (None: not known yet) decisions have been stored, or indexed."""

    stage: Literal["store", "index"]
    done: int
    total: int | None


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenIndex:
    """An index with the encoder it was made with."""

    backend: Backend
    encoder: Encoder


def watermark(folder: Path) -> int | None:
    """The last change the index has seen; None where there is no index that can be read."""
    from search.backends.embedded.engine import open_embedded

    try:
        backend = open_embedded(folder, None)
    except (IndexAbsent, IndexDamaged, IndexMismatch):
        return None
    try:
        return int(backend.health().watermark or 0)
    finally:
        backend.close()


def made_by(folder: Path) -> str:
    """The encoder an index was made with, with its version; «no index» where there is none that can be read."""
    from search.backends.embedded.engine import open_embedded

    try:
        backend = open_embedded(folder, None)
    except (IndexAbsent, IndexDamaged, IndexMismatch):
        return NO_INDEX
    try:
        identity = backend.health().identity
        return f"{identity.encoder_model}@{identity.encoder_version}, {identity.chunker}"
    finally:
        backend.close()


def open_for_reading(folder: Path, encoder: Encoder, on_note: OnNote) -> OpenIndex:
    """Raises IndexAbsent, IndexDamaged, and IndexMismatch when the index was made by another encoder."""
    from search.backends.embedded.engine import open_embedded
    from search.records import index_identity

    try:
        return OpenIndex(backend=open_embedded(folder, index_identity(encoder)), encoder=encoder)
    except IndexMismatch:
        without = NoEncoder()
        backend = open_embedded(folder, index_identity(without))  # raises IndexMismatch again where that is not why
        on_note(IndexWithoutVectors())
        return OpenIndex(backend=backend, encoder=without)


def catch_up(
    folder: Path, database: Database, open_encoder: OpenEncoder, on_note: OnNote, on_progress: OnProgress | None = None
) -> int:
    """Bring the index up to the database; returns its generation. The caller owns the data directory.

    An index that is damaged, of another encoder, or ahead of the database is made anew.
    """
    with database.reading() as session:
        last = repository.last_change(session)
        decisions = repository.count(session)
    seen = watermark(folder)
    if seen is not None and seen == last:
        return generation(folder)
    if last == 0 and seen is None:
        return 0
    encoder = open_encoder() or NoEncoder()
    reason: CodedError | None = None
    opened: OpenIndex | None = None
    try:
        opened = _open_for_writing(folder, encoder, on_note)
    except (IndexAbsent, IndexDamaged, IndexMismatch) as error:
        reason = error
    if opened is not None and int(opened.backend.health().watermark or 0) > last:
        opened.backend.close()
        opened, reason = None, IndexAhead()
    if opened is None:
        made = rebuild(folder, database, encoder, on_progress)
        if reason is not None and not isinstance(reason, IndexAbsent):
            on_note(IndexRebuilt(reason=reason.message("ru"), decisions=decisions))
        return made
    try:
        return _go_on(opened, database, on_progress)
    finally:
        opened.backend.close()


def _open_for_writing(folder: Path, encoder: Encoder, on_note: OnNote) -> OpenIndex:
    from search.backends.embedded.engine import open_embedded
    from search.records import index_identity

    try:
        return OpenIndex(backend=open_embedded(folder, index_identity(encoder), writable=True), encoder=encoder)
    except IndexMismatch:
        if encoder.identity.model == NO_ENCODER:
            raise
        without = NoEncoder()
        backend = open_embedded(folder, index_identity(without), writable=True)
        on_note(IndexWithoutVectors())
        return OpenIndex(backend=backend, encoder=without)


def _go_on(index: OpenIndex, database: Database, on_progress: OnProgress | None) -> int:
    from search.records import make_records

    seen = int(index.backend.health().watermark or 0)
    with database.reading() as session:
        total = repository.count_changed_after(session, seen)
    done = 0
    while True:
        with database.reading() as session:
            batch = repository.changed_after(session, seen, _AT_ONCE)
        if not batch:
            return index.backend.generation
        index.backend.upsert(make_records([stored.decision for stored in batch], index.encoder))
        seen = batch[-1].change
        index.backend.commit(watermark=str(seen))
        done += len(batch)
        if on_progress is not None:
            on_progress(Progress(stage="index", done=done, total=max(total, done)))


def rebuild(folder: Path, database: Database, encoder: Encoder, on_progress: OnProgress | None = None) -> int:
    """A fresh index from the database beside the old one, which stays in use until the fresh one is whole."""
    from search.backends.embedded.engine import rebuild_embedded
    from search.records import index_identity, make_records

    with database.reading() as session:
        last = repository.last_change(session)
        total = repository.count(session)
    with rebuild_embedded(folder, index_identity(encoder)) as backend:
        backend.upsert(make_records(_decisions(database, last, total, on_progress), encoder))
        return backend.commit(watermark=str(last))


def _decisions(database: Database, last: int, total: int, on_progress: OnProgress | None) -> Iterator[Decision]:
    seen = done = 0
    while seen < last:
        with database.reading() as session:
            batch = repository.changed_after(session, seen, _AT_ONCE)
        if not batch:
            return
        for stored in batch:
            if stored.change <= last:
                yield stored.decision
        seen = batch[-1].change
        done += len(batch)
        if on_progress is not None:
            on_progress(Progress(stage="index", done=done, total=max(total, done)))


def generation(folder: Path) -> int:
    """0 where there is no index."""
    from search.backends.embedded.engine import open_embedded

    try:
        backend = open_embedded(folder, None)
    except (IndexAbsent, IndexDamaged, IndexMismatch):
        return 0
    try:
        return backend.generation
    finally:
        backend.close()
