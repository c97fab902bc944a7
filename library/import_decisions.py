"""Importing decisions, as prose: rows → anonymised → divided → stored → indexed, a batch at a time.

    for batch in batches(rows_of(paths)):
        prepared = [prepare(row) for row in batch that changed]   # a row's content hash says whether it did
        keep(prepared)                                            # one transaction
        catch_up(index)                                           # after the database, up to its last change

Killed at any point, the same command goes on: what is stored is unchanged, what is not indexed is behind the
watermark, and nothing is doubled.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from library import repository
from library.errors import IdRepeated, NamesModelMissing, NumberTaken
from library.index import OnProgress, Progress
from library.prepare import Prepared, prepare, rules
from library.sources import SourceFault, SourceRow, rows_of
from library.stored_decision import StoredDecision
from store.database import Database
from text.errors import CodedError, Language


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportOptions:
    """`anonymised`: the sources are anonymised already and are taken as they are. `limit`: rows read at most.

    `batch`: rows a transaction. `language` is that of the messages of failed rows.
    """

    anonymised: bool = False
    dry_run: bool = False
    limit: int | None = None
    batch: int = 100
    language: Language = "ru"


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedRow:
    """`source`: file, and line where it has several."""

    source: str
    code: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """`read` counts rows, failed ones too. `replaced`: class of personal data → places. `generation`: the index's."""

    read: int
    added: int
    updated: int
    unchanged: int
    failed: tuple[FailedRow, ...]
    replaced: Mapping[str, int]
    seconds: float
    generation: int


@dataclass(kw_only=True, slots=True)
class _Tally:
    language: Language
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: list[FailedRow] = field(default_factory=list)
    replaced: Counter[str] = field(default_factory=Counter)
    hashes: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def fail(self, source: str, error: CodedError) -> None:
        self.failed.append(FailedRow(source=source, code=error.code, message=error.message(self.language)))

    def in_order(self, start: int, sources: Sequence[str]) -> None:
        """Failures from `start` on as their rows stood."""
        place = {source: position for position, source in enumerate(sources)}
        self.failed[start:] = sorted(self.failed[start:], key=lambda failed: place[failed.source])


def import_decisions(
    paths: Sequence[Path],
    options: ImportOptions,
    database: Database,
    catch_up: Callable[[], int],
    now: Callable[[], datetime],
    on_progress: OnProgress | None = None,
) -> ImportReport:
    """Import what lies at `paths`. `catch_up` brings the index up to the database and returns its generation.

    What is wrong with a row stands in the report; the others go on. Raises NamesModelMissing, StoreErrors.
    """
    started = time.monotonic()
    tally = _Tally(language=options.language)
    generation = 0 if options.dry_run else catch_up()
    rows = islice(rows_of(paths), options.limit)
    while batch := list(islice(rows, options.batch)):
        tally.read += len(batch)
        failed_before = len(tally.failed)
        prepared = list(_changed(batch, options, database, tally))
        tally.in_order(failed_before, [row.source for row in batch])
        if not options.dry_run:
            _keep(prepared, database, now())
            generation = catch_up()
        if on_progress is not None:
            on_progress(Progress(stage="store", done=tally.read, total=None))
    return ImportReport(
        read=tally.read,
        added=tally.added,
        updated=tally.updated,
        unchanged=tally.unchanged,
        failed=tuple(tally.failed),
        replaced=dict(sorted(tally.replaced.items())),
        seconds=round(time.monotonic() - started, 3),
        generation=generation,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _New:
    prepared: Prepared
    source: str
    content_hash: str
    version: int


def _changed(
    batch: Sequence[SourceRow | SourceFault], options: ImportOptions, database: Database, tally: _Tally
) -> Iterator[_New]:
    """The rows whose content the library does not have, prepared; the others are counted."""
    rows = []
    for row in batch:
        if isinstance(row, SourceFault):
            tally.fail(row.source, row.error)
        else:
            rows.append((row, row.content_hash(anonymised=options.anonymised, rules=rules())))
    with database.reading() as session:
        known = repository.known(session, [row.id for row, _ in rows])
    new: dict[str, _New] = {}
    for row, digest in rows:
        earlier = tally.hashes.setdefault(row.id, digest)
        stored = known.get(row.id)
        if earlier != digest:
            tally.fail(row.source, IdRepeated(id=row.id))
        elif row.id in new or (stored is not None and stored.content_hash == digest):
            tally.unchanged += 1
        else:
            try:
                prepared = prepare(row, anonymised=options.anonymised)
            except NamesModelMissing:
                raise
            except CodedError as error:
                tally.fail(row.source, error)
                continue
            version = 1 if stored is None else stored.version + 1
            new[row.id] = _New(prepared=prepared, source=row.source, content_hash=digest, version=version)
    changed = list(_really_changed(list(new.values()), database, tally, dry_run=options.dry_run))
    yield from _with_free_numbers(changed, database, tally)


def _really_changed(new: Sequence[_New], database: Database, tally: _Tally, *, dry_run: bool) -> Iterator[_New]:
    """Without those that newer rules, or a key that means nothing, leave as they are stored: their hash is noted."""
    with database.reading() as session:
        stored = repository.decisions(session, [one.prepared.decision.id for one in new if one.version > 1])
    same = {}
    for one in new:
        if stored.get(one.prepared.decision.id) == one.prepared.decision:
            tally.unchanged += 1
            same[one.prepared.decision.id] = one.content_hash
        else:
            yield one
    if same and not dry_run:
        with database.writing() as session:
            repository.note_hashes(session, same)


def _with_free_numbers(new: Sequence[_New], database: Database, tally: _Tally) -> Iterator[_New]:
    numbers = [one.prepared.decision.number for one in new if one.prepared.decision.number is not None]
    with database.reading() as session:
        owners = repository.owners_of_numbers(session, numbers)
    for one in new:
        decision = one.prepared.decision
        if decision.number is not None:
            owner = owners.get(decision.number) or tally.numbers.setdefault(decision.number, decision.id)
            if owner != decision.id:
                tally.fail(one.source, NumberTaken(number=decision.number, other=owner))
                continue
        tally.replaced += one.prepared.replaced
        if one.version == 1:
            tally.added += 1
        else:
            tally.updated += 1
        yield one


def _keep(new: Sequence[_New], database: Database, now: datetime) -> None:
    if not new:
        return
    with database.writing() as session:
        last = repository.last_change(session)
        repository.keep(
            session,
            [
                StoredDecision(
                    decision=one.prepared.decision,
                    source=one.source,
                    content_hash=one.content_hash,
                    version=one.version,
                    change=last + offset,
                    imported_at=now,
                )
                for offset, one in enumerate(new, start=1)
            ],
        )
