"""The embedded engine: one directory, one writer, readers that follow.

    index/
      CURRENT                     the name of the directory in use, switched atomically
      i-<number>/
        manifest.json             identity, generation, watermark, checksums; replaced last by every commit
        features.sqlite           a row a decision: the source of the rest
        lexical/                  tantivy
        vectors-<generation>      FAISS        } snapshots by position, the same order of ids,
        facets-<generation>       filters, ids } checked by checksum when opened

A commit writes features, terms, snapshots and the manifest in this order. What is torn between them is done again from
the features when the index is next opened for writing.
"""

from __future__ import annotations

import shutil
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from search.backends.contract import (
    Candidate,
    Counts,
    DecisionFeatures,
    Health,
    IndexIdentity,
    Record,
    TermField,
    TermStatistics,
    WeightedTerm,
)
from search.backends.embedded import vectors as flat
from search.backends.embedded.facets import Facets, FacetTable, facets_of
from search.backends.embedded.lexical import LexicalIndex
from search.backends.embedded.manifest import MANIFEST, Manifest, check_identity, read_manifest, write_durably
from search.backends.embedded.table import FeatureTable
from search.decision import Section
from search.errors import IndexAbsent, IndexDamaged, IndexReadOnly
from search.filters import FILTER_NAMES, Filters
from search.records import text_terms, whole_text

_CURRENT = "CURRENT"
_ROWS = TypeAdapter(list[tuple[str, Facets]])
_BATCH = 256
_SEGMENTS = "lexical/"
_SEGMENT_SUFFIXES = {".idx", ".term", ".store", ".fast", ".fieldnorm", ".pos"}
_CHECKED_WHOLE = 64 << 20
"""Up to this size of the table every row is checked when the index is opened; larger ones are checked as they are read,
and by `verify`."""


def open_embedded(folder: Path, identity: IndexIdentity | None, *, writable: bool = False) -> EmbeddedBackend:
    """The index in use in `folder`; `identity` None takes whatever it was made with.

    Raises IndexAbsent, IndexDamaged, IndexMismatch; IndexReadOnly when another process is writing.
    """
    return EmbeddedBackend(folder, current(folder), identity, writable=writable)


@contextmanager
def rebuild_embedded(folder: Path, identity: IndexIdentity) -> Iterator[EmbeddedBackend]:
    """A fresh, empty index beside the one in use; its first commit takes that one's place at once.

    Readers of the old one go on until they look again. Left without a commit, it is thrown away.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"i-{max((_number(path) for path in folder.glob('i-*')), default=0) + 1:06d}"
    backend = EmbeddedBackend(folder, name, identity, writable=True, fresh=True)
    try:
        yield backend
    finally:
        backend.close()
        in_use = current(folder) if (folder / _CURRENT).exists() else None
        for path in folder.glob("i-*"):
            if path.name != in_use:
                shutil.rmtree(path, ignore_errors=True)


def current(folder: Path) -> str:
    """The name of the directory in use. Raises IndexAbsent."""
    try:
        return (folder / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexAbsent() from error


class EmbeddedBackend:
    """See `search.backends.contract.Backend`, which this is."""

    name = "embedded"

    def __init__(
        self, folder: Path, name: str, identity: IndexIdentity | None, *, writable: bool, fresh: bool = False
    ) -> None:
        self._root, self._folder = folder, folder / name
        self._identity = identity
        self._writable, self._fresh, self._changed = writable, fresh, False
        self._lock = threading.RLock()
        if fresh:
            if identity is None:
                raise IndexAbsent()
            self._folder.mkdir()
            self._manifest = Manifest(identity=identity)
        self._open()
        if writable and not fresh:
            self._mend()

    @property
    def generation(self) -> int:
        self._follow()
        return self._manifest.generation

    def lexical(self, terms: Sequence[WeightedTerm], filters: Filters, k: int) -> list[Candidate]:
        self._follow()
        return self._lexical.search(terms, filters, k)

    def dense(self, vector: NDArray[np.float32], filters: Filters, k: int) -> list[Candidate]:
        self._follow()
        return flat.nearest(self._vectors, self._ids, vector, self._facets.mask(filters), k)

    def counts(self, filters: Filters) -> Counts:
        self._follow()
        return self._facets.counts(filters)

    def values(self) -> Mapping[str, Sequence[str]]:
        self._follow()
        return {name: sorted(self._facets.display.get(name, {}).values()) for name in FILTER_NAMES if name != "norm"}

    def features(self, ids: Iterable[str]) -> dict[str, DecisionFeatures]:
        with self._lock:
            return self._table.features(ids)

    def sections(self, ids: Iterable[str]) -> dict[str, tuple[Section, ...]]:
        with self._lock:
            return self._table.sections(ids)

    def term_statistics(self, terms: Iterable[tuple[TermField, str]]) -> TermStatistics:
        self._follow()
        decisions = max(1, self._manifest.decisions)
        return TermStatistics(
            decisions=self._manifest.decisions,
            mean_lemmas=self._manifest.lemmas / decisions,
            mean_grams=self._manifest.grams / decisions,
            frequency=self._lexical.frequencies(terms),
        )

    def upsert(self, records: Iterable[Record]) -> None:
        self._must_write()
        batch: list[Record] = []
        for record in records:
            batch.append(record)
            if len(batch) == _BATCH:
                self._write(batch)
                batch = []
        self._write(batch)

    def delete(self, ids: Iterable[str]) -> None:
        self._must_write()
        names = list(ids)
        with self._lock:
            self._table.delete(names, self._manifest.generation + 1)
            self._lexical.delete(names)
            self._changed = True

    def commit(self, watermark: str | None = None) -> int:
        self._must_write()
        with self._lock:
            if not self._changed and not self._fresh and watermark in (None, self._manifest.watermark):
                return self._manifest.generation
            self._table.commit()
            self._lexical.commit()
            self._snapshot(watermark)
            self._table.forget_deleted()
            self._changed = False
            if self._fresh:
                write_durably(self._root / _CURRENT, self._folder.name.encode())
                self._fresh = False
            return self._manifest.generation

    def health(self) -> Health:
        self._follow()
        return Health(
            backend=self.name,
            identity=self._manifest.identity,
            decisions=self._manifest.decisions,
            generation=self._manifest.generation,
            watermark=self._manifest.watermark,
            bytes=sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file()),
        )

    def verify(self) -> None:
        """Reads every row and file. Raises IndexDamaged."""
        with self._lock:
            self._check_files()
            self._table.check()

    def close(self) -> None:
        """Lets the directory go. A writer's background merges are waited for, so that checksums are of what stays."""
        with self._lock:
            self._lexical.close()
            if self._writable and (self._folder / MANIFEST).exists():
                self._manifest = replace(self._manifest, checksums=self._snapshots() | self._segments())
                self._manifest.write(self._folder)
            self._table.close()

    def _open(self) -> None:
        if not self._fresh:
            self._manifest = read_manifest(self._folder)
            check_identity(self._identity, self._manifest.identity)
            self._check_files()
        self._seen = self._marks()
        self._table = FeatureTable(self._folder / "features.sqlite", self._writable)
        self._lexical = LexicalIndex(self._folder / "lexical", self._writable)
        self._load_snapshots()
        if not self._fresh and (self._folder / "features.sqlite").stat().st_size <= _CHECKED_WHOLE:
            self._table.check()

    def _follow(self) -> None:
        """A reader looks whether a writer has committed, or put another directory in place, since it last looked."""
        if self._writable or self._marks() == self._seen:
            return
        with self._lock:
            if self._marks() == self._seen:
                return
            self._table.close()
            self._folder = self._root / current(self._root)
            self._open()

    def _marks(self) -> tuple[int, ...]:
        places = (self._root / _CURRENT, self._folder / MANIFEST)
        return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in places)

    def _must_write(self) -> None:
        if not self._writable:
            raise IndexReadOnly()

    def _write(self, batch: list[Record]) -> None:
        if not batch:
            return
        with self._lock:
            self._table.upsert(batch, self._manifest.generation + 1)
            self._lexical.upsert(batch)
            self._changed = True

    def _mend(self) -> None:
        """Does again what a commit had begun when its process died."""
        written, deleted = self._table.torn(self._manifest.generation)
        if not written and not deleted:
            return
        self._lexical.upsert(self._again(written))
        self._lexical.delete(deleted)
        self._changed = True
        self.commit()

    def _again(self, ids: Sequence[str]) -> Iterator[Record]:
        sections = self._table.sections(ids)
        for name, features in self._table.features(ids).items():
            decision = replace(features.decision, sections=sections[name])
            lemmas, grams = text_terms(whole_text(decision))
            yield Record(decision=decision, features=features, lemmas=lemmas, grams=grams)

    def _snapshot(self, watermark: str | None) -> None:
        """Writes vectors and facets of everything, then the manifest that names them."""
        rows: list[tuple[str, Facets]] = []
        vectors: list[NDArray[np.float32]] = []
        for one in self._table.all_features():
            rows.append((one.decision.id, facets_of(one.decision, one.norms)))
            vectors.append(one.vector)
        old = self._manifest
        generation = old.generation + 1
        stacked = np.stack(vectors) if vectors else np.zeros((0, old.identity.dimension), np.float32)
        contents = {
            f"vectors-{generation}": flat.written(flat.built(stacked)),
            f"facets-{generation}": zlib.compress(_ROWS.dump_json(rows), 3),
        }
        for name, content in contents.items():
            write_durably(self._folder / name, content)
        decisions, lemmas, grams = self._table.totals()
        self._manifest = Manifest(
            identity=old.identity,
            generation=generation,
            watermark=old.watermark if watermark is None else watermark,
            decisions=decisions,
            lemmas=lemmas,
            grams=grams,
            checksums={name: zlib.crc32(content) for name, content in contents.items()} | self._segments(),
        )
        self._manifest.write(self._folder)
        self._load_snapshots()
        for path in (*self._folder.glob("vectors-*"), *self._folder.glob("facets-*")):
            if path.name not in contents:
                path.unlink(missing_ok=True)

    def _load_snapshots(self) -> None:
        rows: list[tuple[str, Facets]] = []
        self._vectors = flat.built(np.zeros((0, self._manifest.identity.dimension), np.float32))
        generation = self._manifest.generation
        if generation:
            rows = _ROWS.validate_json(zlib.decompress((self._folder / f"facets-{generation}").read_bytes()))
            self._vectors = flat.read(self._folder / f"vectors-{generation}")
        self._ids = [name for name, _ in rows]
        self._facets = FacetTable([facets for _, facets in rows])

    def _check_files(self) -> None:
        """Raises IndexDamaged. A segment of tantivy's that is gone was merged into another: tantivy itself knows which
        it needs."""
        for name, checksum in self._manifest.checksums.items():
            path = self._folder / name
            if not path.exists():
                if name.startswith(_SEGMENTS):
                    continue
                raise IndexDamaged(what=name)
            if zlib.crc32(path.read_bytes()) != checksum:
                raise IndexDamaged(what=name)

    def _snapshots(self) -> dict[str, int]:
        return {name: value for name, value in self._manifest.checksums.items() if not name.startswith(_SEGMENTS)}

    def _segments(self) -> dict[str, int]:
        return {
            f"{_SEGMENTS}{path.name}": zlib.crc32(path.read_bytes())
            for path in sorted((self._folder / "lexical").iterdir())
            if path.suffix in _SEGMENT_SUFFIXES
        }


def _number(path: Path) -> int:
    digits = path.name.removeprefix("i-")
    return int(digits) if digits.isdigit() else 0
