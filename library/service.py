"""The door to the library's room: what the command line, HTTP, the workplace and the cases call.

`open_to_read` needs no lock; `open_to_write` owns the data directory while it is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from library import index, repository
from library.check import CheckReport, check_index
from library.errors import DecisionNotFound, EncoderAbsent, IndexBehind, IndexBusy, IndexRebuilt
from library.export import ExportedDecision, exported
from library.import_decisions import ImportOptions, ImportReport, import_decisions
from library.index import INDEX_FOLDER, OnNote, OnProgress, OpenEncoder, OpenIndex
from library.no_encoder import NO_ENCODER, NoEncoder
from library.statistics import LibraryStatistics, between, library_statistics
from library.stored_decision import StoredDecision
from search.decision import ESTABLISHED, FINDINGS, QueryClasses
from search.errors import IndexAbsent, IndexDamaged, QueryError
from search.filters import FilterName, Filters, Vocabulary, checked
from search.query import Likeness, Query
from store.data_directory import DataDirectory
from store.database import Database
from store.errors import OwnedByAnother
from store.owner_lock import owned
from store.schema import require_current_revision
from text.errors import CodedError

if TYPE_CHECKING:
    from search import Searcher
    from search.hit import Found, Hit
    from text.encoder.contract import Encoder

ENCODER_FOLDER = "encoder"

Classify = Callable[[Sequence[str]], Sequence[QueryClasses | None]]
"""What texts are probably about, for the ranking; None for a text out of reach."""


def _no_classes(texts: Sequence[str]) -> Sequence[QueryClasses | None]:
    return [None] * len(texts)


def _now() -> datetime:
    return datetime.now(UTC)


def _ignore(note: CodedError) -> None:
    del note


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryParts:
    """What the library works with. `open_encoder` None: the encoder in the data directory's own folder, if there.

    `on_note` hears remarks that are no failures: no encoder, an index that was made anew.
    """

    open_encoder: OpenEncoder | None = None
    encoder_folder: Path | None = None
    classify: Classify = _no_classes
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    on_note: OnNote = _ignore
    now: Callable[[], datetime] = _now


@dataclass(frozen=True, kw_only=True, slots=True)
class HowSimilar:
    """`fold`: near-duplicates stand behind one hit; `exclude`: ids that are not to be found; `statistics`: how the
    similar ones ended."""

    likeness: Likeness = "all"
    fold: bool = True
    statistics: bool = False
    exclude: tuple[str, ...] = ()


class ReadingLibrary:
    """Questions to a library; changes nothing in it but an index that cannot be used as it is."""

    def __init__(
        self, data: DataDirectory, database: Database, parts: LibraryParts, *, caller_owns: bool = False
    ) -> None:
        self._data = data
        self._database = database
        self._parts = parts
        self._index: OpenIndex | None = None
        self._search: Searcher | None = None
        self._encoder: Encoder | None = None
        self._caller_owns = caller_owns

    def find(self, query: Query) -> Found:
        """What an officer's words find. Raises QueryErrors of `search.errors`, IndexBusy."""
        return self._searcher().find(query)

    def find_each(self, queries: Sequence[Query]) -> Iterator[Found | QueryError]:
        """The answer to each query in their order; what is wrong with one stands in its place."""
        for query in queries:
            try:
                yield self.find(query)
            except QueryError as error:
                yield error

    def similar(self, query: Query, how: HowSimilar | None = None) -> Found:
        """The decisions most like a case. Raises QueryErrors, IndexBusy."""
        return self._similar(query, how or HowSimilar(), self._parts.classify([query.text])[0])

    def similar_each(self, queries: Sequence[Query], how: HowSimilar | None = None) -> Iterator[Found | QueryError]:
        """The same for many cases: their texts are classified together."""
        classes = self._parts.classify([query.text for query in queries])
        for query, about in zip(queries, classes, strict=True):
            try:
                yield self._similar(query, how or HowSimilar(), about)
            except QueryError as error:
                yield error

    def most_similar(self, text: str, *, top: int = 5) -> tuple[Hit, ...] | None:
        """For a case that is being examined: the `top` decisions most like its text; None where the library is empty.
        Raises IndexBusy."""
        if not self.count():
            return None
        return self.similar(Query(id="case", text=text, top=top)).hits

    def version(self) -> str:
        """Names what similar decisions depend on: the library's last change, and the encoder its index was made by."""
        with self._database.reading() as session:
            last = repository.last_change(session)
        return f"library {last}, {index.made_by(self._folder)}"

    def _similar(self, query: Query, how: HowSimilar, about: QueryClasses | None) -> Found:
        return self._searcher().similar(
            query,
            likeness=how.likeness,
            fold=how.fold,
            classes=about,
            exclude=how.exclude,
            statistics=how.statistics,
        )

    def decision(self, id_or_number: str) -> StoredDecision:
        """Raises DecisionNotFound."""
        with self._database.reading() as session:
            stored = repository.decision(session, id_or_number) or repository.with_number(session, id_or_number)
        if stored is None:
            raise DecisionNotFound(id=id_or_number)
        return stored

    def has(self, id_: str) -> bool:
        with self._database.reading() as session:
            return bool(repository.known(session, [id_]))

    def count(self) -> int:
        with self._database.reading() as session:
            return repository.count(session)

    def statistics(self, filters: Filters) -> LibraryStatistics:
        """How the decisions that pass ended. Raises UnknownFilterValue, DatesReversed, AmountsReversed."""
        with self._database.reading() as session:
            right = checked(filters, self._parts.vocabulary, self._values(filters))
            return library_statistics(repository.lines(session, between(right)), right)

    def _values(self, filters: Filters) -> dict[FilterName, Sequence[str]]:
        with self._database.reading() as session:
            return repository.values(session, lists=bool(filters.claim_item or filters.disputed_fact))

    def check(self) -> CheckReport:
        """Compare the index with the database. Raises IndexAbsent, IndexDamaged."""
        from search.backends.embedded.engine import open_embedded

        backend = open_embedded(self._folder, None)
        try:
            return check_index(self._database, backend)
        finally:
            backend.close()

    def export(self) -> Iterator[ExportedDecision]:
        """Every decision in the order of ids, anonymised, as `import --anonymised` takes it."""
        with self._database.reading() as session:
            for stored in repository.every(session):
                yield exported(stored.decision)

    def close(self) -> None:
        if self._index is not None:
            self._index.backend.close()
            self._index = self._search = None

    @property
    def _folder(self) -> Path:
        return self._data.root / INDEX_FOLDER

    def _open_encoder(self) -> Encoder | None:
        """Opened once, and said once when it is not there."""
        if self._encoder is None:
            opening = self._parts.open_encoder or self._installed_encoder
            self._encoder = opening()
            if self._encoder is None:
                self._parts.on_note(EncoderAbsent(directory=self._encoder_folder))
                self._encoder = NoEncoder()
        return self._encoder

    @property
    def _encoder_folder(self) -> Path:
        return self._parts.encoder_folder or self._data.root / ENCODER_FOLDER

    def _installed_encoder(self) -> Encoder | None:
        from text.encoder import open_encoder
        from text.encoder.errors import EncoderMissing

        try:
            return open_encoder(self._encoder_folder)
        except EncoderMissing:
            return None

    def _searcher(self) -> Searcher:
        from search import Searcher

        if self._search is None:
            opened = self._opened()
            self._search = Searcher(backend=opened.backend, encoder=opened.encoder, vocabulary=self._parts.vocabulary)
        return self._search

    def _opened(self) -> OpenIndex:
        if self._index is None:
            self._bring_up_to_date()
            encoder = self._open_encoder() or NoEncoder()
            try:
                self._index = index.open_for_reading(self._folder, encoder, self._parts.on_note)
            except (IndexAbsent, IndexDamaged) as error:
                self._mend(error)
                self._index = index.open_for_reading(self._folder, encoder, self._parts.on_note)
        return self._index

    def _bring_up_to_date(self) -> None:
        """An import that was cut off leaves the index behind the database: whoever asks first completes it."""
        with self._database.reading() as session:
            last = repository.last_change(session)
        seen = index.watermark(self._folder)
        if seen is None or seen == last:
            return
        try:
            with self._owning():
                self._catch_up()
        except OwnedByAnother:
            with self._database.reading() as session:
                behind = repository.count_changed_after(session, seen)
            self._parts.on_note(IndexBehind(decisions=behind))

    def _owning(self) -> AbstractContextManager[object]:
        return nullcontext() if self._caller_owns else owned(self._data.root, command="kazus library")

    def _mend(self, error: CodedError) -> None:
        try:
            with self._owning():
                index.rebuild(self._folder, self._database, self._open_encoder() or NoEncoder())
        except OwnedByAnother as busy:
            raise IndexBusy from busy
        if not isinstance(error, IndexAbsent):
            self._parts.on_note(IndexRebuilt(reason=error.message("ru"), decisions=self.count()))

    def _catch_up(self, on_progress: OnProgress | None = None) -> int:
        return index.catch_up(self._folder, self._database, self._open_encoder, self._parts.on_note, on_progress)


def query_text(stored: StoredDecision) -> str:
    """What a decision is compared by: what was established and found, else all there is."""
    sections = stored.decision.sections
    of_the_case = [section.text for section in sections if section.name in (ESTABLISHED, FINDINGS)]
    return "\n".join(of_the_case or [section.text for section in sections])


class WritingLibrary(ReadingLibrary):
    """Everything the owner of a data directory may do."""

    def __init__(self, data: DataDirectory, database: Database, parts: LibraryParts) -> None:
        super().__init__(data, database, parts, caller_owns=True)

    def import_paths(
        self, paths: Sequence[Path], options: ImportOptions, on_progress: OnProgress | None = None
    ) -> ImportReport:
        """Import files and folders, or go on where an earlier call was cut off. What is wrong with a row stands in
        the report. Raises NamesModelMissing, StoreErrors."""
        self.close()  # an index that is open for reading would be read while it is written
        return import_decisions(
            paths,
            options,
            self._database,
            lambda: self._catch_up(on_progress),
            self._parts.now,
            on_progress,
        )

    def complete(self, on_progress: OnProgress | None = None) -> bool:
        """Make the index anew if it was made before the encoder came; whether that was done."""
        made_without = index.made_by(self._folder).startswith(NO_ENCODER)
        if not made_without or isinstance(self._open_encoder() or NoEncoder(), NoEncoder):
            return False
        self.reindex(on_progress)
        return True

    def finds_by_meaning(self) -> bool:
        """Whether the index holds vectors of an encoder, and not words alone."""
        return not index.made_by(self._folder).startswith((NO_ENCODER, index.NO_INDEX))

    def reindex(self, on_progress: OnProgress | None = None) -> CheckReport:
        """Make the index anew from the database, with the encoder that is there now, and compare them."""
        self.close()
        index.rebuild(self._folder, self._database, self._open_encoder() or NoEncoder(), on_progress)
        return self.check()


@contextmanager
def open_to_read(
    data_dir: Path, *, parts: LibraryParts | None = None, caller_owns: bool = False
) -> Iterator[ReadingLibrary]:
    """`caller_owns`: this process owns the directory already (it is examining a package), so an index that is behind
    may be brought up to date without asking.

    Raises NotSetUp, DatabaseOutdated, DatabaseNewer, DirectoryUnreachable."""
    data = DataDirectory(data_dir)
    require_current_revision(data)
    database = data.database()
    library = ReadingLibrary(data, database, parts or LibraryParts(), caller_owns=caller_owns)
    try:
        yield library
    finally:
        library.close()
        database.close()


@contextmanager
def open_to_write(
    data_dir: Path, *, wait: float = 0.0, command: str | None = None, parts: LibraryParts | None = None
) -> Iterator[WritingLibrary]:
    """Own the directory, waiting up to `wait` seconds for another owner to end.

    Raises OwnedByAnother, and what `open_to_read` raises.
    """
    data = DataDirectory(data_dir)
    data.require()
    with owned(data_dir, wait=wait, command=command):
        require_current_revision(data)
        database = data.database()
        library = WritingLibrary(data, database, parts or LibraryParts())
        try:
            yield library
        finally:
            library.close()
            database.close()
