"""Keeping and resuming, in this process; death by kill -9 is tested in test_kill.py."""

from __future__ import annotations

import io
import os
import shutil
import signal
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from intake_helpers import simple_report
from sqlalchemy import func, select

from cases import repository
from cases.package_run import OnProgress, PageProgress
from cases.service import IntakeOptions, IntakeResult, Machinery, open_to_read, open_to_write
from cases.tables import DocumentRow, PackageRunRow, PageRow
from intake.package import CoverSheet
from ocr.errors import PageBroken
from ocr.options import ReadOptions
from ocr.reading import failed_page
from ocr.workers import PageResult, PageTask, read_pages
from store import progress
from store.data_directory import DataDirectory
from store.database import Database
from store.errors import BlobDamaged, DiskFull, JobFailed
from store.progress import PageProgressRow, PageState

OPTIONS = IntakeOptions(read=ReadOptions(workers=0))
COVER = CoverSheet(filed=date(2026, 3, 12), channel="paper")
MIDNIGHT_IN_MOSCOW = datetime(2026, 3, 11, 21, 30, tzinfo=UTC)


class Crash(Exception):
    """Stands for the death of the process: `Office` sees to it that nobody tidies up after it."""


@dataclass(kw_only=True)
class CountingReader:
    """Reads pages in this process, notes which, and may fail or die at given ones."""

    read: list[tuple[int, int]] = field(default_factory=list)
    dies_at: tuple[int, int] | None = None
    fails_at: tuple[int, int] | None = None
    interrupts_at: tuple[int, int] | None = None

    def __call__(self, tasks: Iterable[PageTask], options: ReadOptions) -> Iterator[PageResult]:
        for task in tasks:
            here = (task.document, task.number)
            if here == self.dies_at:
                raise Crash
            if here == self.interrupts_at:
                os.kill(os.getpid(), signal.SIGINT)
            self.read.append(here)
            if here == self.fails_at:
                page = failed_page(task.number, PageBroken(number=task.number))
                yield PageResult(task=task, page=page, seconds=0.0, cpu_seconds=0.0)
            else:
                yield from read_pages([task], options)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """An appeal of three pages, a reply of one and a copy of the reply."""
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "1 обращение.txt").write_text("Обращение\fПросьба\fПодпись", encoding="utf-8")
    (folder / "2 ответ.txt").write_text("Ответ банка", encoding="utf-8")
    (folder / "3 ответ ещё раз.txt").write_text("Ответ банка", encoding="utf-8")
    return folder


ALL_PAGES = [(0, 1), (0, 2), (0, 3), (1, 1)]


@dataclass(kw_only=True)
class Office:
    """A data directory; every call is a new start of the command."""

    data: DataDirectory
    now: datetime = MIDNIGHT_IN_MOSCOW

    def intake(
        self,
        *paths: Path,
        reader: CountingReader | None = None,
        cover: CoverSheet = COVER,
        options: IntakeOptions = OPTIONS,
        on_progress: OnProgress | None = None,
    ) -> IntakeResult:
        machinery = Machinery(read_pages=reader or CountingReader(), examine=simple_report, now=lambda: self.now)
        with pytest.MonkeyPatch.context() as patch, open_to_write(self.data.root, machinery=machinery) as service:
            if reader is not None and reader.dies_at is not None:
                patch.setattr(progress, "take_back", lambda _session, _run: None)
            return service.intake_package(paths, cover, options, on_progress)


@pytest.fixture
def office(data: DataDirectory) -> Office:
    return Office(data=data)


def texts(result: IntakeResult) -> list[list[str]]:
    found: list[list[str]] = result.report.facts["texts"].value
    return found


def test_a_package_is_read_and_its_report_kept(office: Office, package: Path, database: Database) -> None:
    reader = CountingReader()
    result = office.intake(package, reader=reader)
    assert reader.read == ALL_PAGES  # the copy is not read
    assert texts(result) == [["Обращение", "Просьба", "Подпись"], ["Ответ банка"], ["Ответ банка"]]
    assert [document.copy_of for document in result.report.documents] == [None, None, 1]
    assert [document.name for document in result.report.documents] == ["1 обращение", "2 ответ", "3 ответ ещё раз"]
    assert (result.from_store, result.has_failures) == (False, False)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PageRow)) == 4
        assert session.scalar(select(func.count()).select_from(DocumentRow)) == 2
        assert session.scalars(select(PackageRunRow)).one().finished_at is not None


def test_originals_are_kept_unaltered(office: Office, package: Path, data: DataDirectory) -> None:
    result = office.intake(package)
    shutil.rmtree(package)
    blobs = data.blobs()
    assert blobs.get(result.report.documents[1].id) == "Ответ банка".encode()


def test_the_same_package_again_is_its_stored_report(office: Office, package: Path) -> None:
    first = office.intake(package)
    reader = CountingReader()
    told: list[PageProgress] = []
    again = office.intake(package, reader=reader, on_progress=told.append)
    assert (again.from_store, reader.read, told) == (True, [], [])
    assert again.report == first.report
    assert again.run == first.run


def test_the_report_says_how_long_reading_took_whenever_it_was_done(office: Office, package: Path) -> None:
    first = office.intake(package).report.timings["reading"]
    second = office.intake(package, cover=replace(COVER, sender="МФЦ")).report.timings["reading"]
    assert first == second > 0


def test_a_stored_report_bears_todays_names(office: Office, package: Path, database: Database) -> None:
    office.intake(package)
    renamed = package.rename(package.parent / "renamed")
    (renamed / "2 ответ.txt").rename(renamed / "2 reply.txt")
    again = office.intake(renamed)
    assert again.from_store
    assert again.report.documents[1].name == "2 reply"
    assert again.report.documents[0].path == str(renamed / "1 обращение.txt")
    with database.reading() as session:
        kept = repository.documents_of(session, session.scalars(select(PackageRunRow.package)).one())
    assert [document.name for document in kept] == [document.name for document in again.report.documents]


def test_another_cover_sheet_is_another_run_and_reads_nothing(office: Office, package: Path) -> None:
    first = office.intake(package)
    reader = CountingReader()
    second = office.intake(package, reader=reader, cover=replace(COVER, filed=date(2026, 3, 13)))
    assert (second.from_store, reader.read) == (False, [])
    assert second.run != first.run
    assert second.report.filed == date(2026, 3, 13)
    assert texts(second) == texts(first)


def test_a_new_registry_is_another_run_and_reads_nothing(office: Office, package: Path, data: DataDirectory) -> None:
    office.intake(package)
    row = "АО «СК „Северный Ветер“»;Северный Ветер;7700000009;1027700000008;insurer;OSAGO;2019-06-01;"
    with open_to_write(data.root) as service:
        header = "name;short_name;inn;ogrn;kind;services;interaction_from;licence_revoked"
        service.import_registry(f"{header}\n{row}\n".encode(), date(2026, 1, 1))
    reader = CountingReader()
    second = office.intake(package, reader=reader)
    assert (second.from_store, reader.read) == (False, [])
    assert second.report.facts["registry"].value == "2026-01-01"


def test_a_page_read_for_one_package_is_not_read_for_another(office: Office, package: Path) -> None:
    office.intake(package)
    (package / "2 ответ.txt").unlink()
    (package / "4 чек.txt").write_text("Чек")
    reader = CountingReader()
    result = office.intake(package, reader=reader)
    assert reader.read == [(2, 1)]
    assert texts(result) == [["Обращение", "Просьба", "Подпись"], ["Ответ банка"], ["Чек"]]


def test_other_options_of_reading_read_anew(office: Office, package: Path) -> None:
    office.intake(package)
    reader = CountingReader()
    options = IntakeOptions(read=replace(OPTIONS.read, text_layer="ignore"))
    result = office.intake(package, reader=reader, options=options)
    assert (reader.read, result.from_store) == (ALL_PAGES, False)


def test_more_workers_or_time_are_not_another_way_of_reading(office: Office, package: Path) -> None:
    office.intake(package)
    options = IntakeOptions(read=replace(OPTIONS.read, workers=1, page_seconds=5.0))
    assert office.intake(package, options=options).from_store


@pytest.mark.parametrize("page", ALL_PAGES)
def test_after_a_crash_reading_goes_on_at_the_page_it_was_at(
    office: Office, package: Path, page: tuple[int, int]
) -> None:
    before = CountingReader(dies_at=page)
    with pytest.raises(JobFailed):
        office.intake(package, reader=before)
    after = CountingReader()
    result = office.intake(package, reader=after)
    assert before.read + after.read == ALL_PAGES
    assert texts(result) == [["Обращение", "Просьба", "Подпись"], ["Ответ банка"], ["Ответ банка"]]


def test_the_day_of_receipt_is_the_first_ones_and_counted_in_moscow(office: Office, package: Path) -> None:
    unknown = CoverSheet()
    with pytest.raises(JobFailed):
        office.intake(package, cover=unknown, reader=CountingReader(dies_at=(0, 3)))
    office.now = datetime(2026, 3, 20, 12, tzinfo=UTC)
    result = office.intake(package, cover=unknown)
    assert (result.report.filed, result.report.filed_source) == (date(2026, 3, 12), "received")


def test_a_page_that_keeps_killing_the_process_is_given_up_and_its_neighbours_are_not(
    office: Office, package: Path
) -> None:
    for _ in range(3):
        with pytest.raises(JobFailed):
            office.intake(package, reader=CountingReader(dies_at=(0, 2)))
    result = office.intake(package, reader=CountingReader(dies_at=(0, 2)))
    assert [(page.document, page.page, page.error.code) for page in result.failed_pages] == [
        (0, 2, "cases.page_crashes_reader")
    ]
    assert texts(result) == [["Обращение", "", "Подпись"], ["Ответ банка"], ["Ответ банка"]]
    assert result.has_failures


def test_suspects_are_read_last_and_alone(office: Office, package: Path) -> None:
    for _ in range(2):
        with pytest.raises(JobFailed):
            office.intake(package, reader=CountingReader(dies_at=(0, 1)))
    reader = CountingReader()
    office.intake(package, reader=reader)
    assert reader.read == [(0, 2), (0, 3), (1, 1), (0, 1)]


def test_a_page_with_an_error_is_reported_and_the_rest_goes_on(office: Office, package: Path) -> None:
    reader = CountingReader(fails_at=(0, 2))
    result = office.intake(package, reader=reader)
    assert reader.read == ALL_PAGES
    assert [(page.document, page.page, page.error.code) for page in result.failed_pages] == [(0, 2, "ocr.page_broken")]
    again = office.intake(package)
    assert (again.from_store, again.failed_pages) == (True, result.failed_pages)


def test_a_failed_page_is_tried_again_in_another_run(office: Office, package: Path) -> None:
    office.intake(package, reader=CountingReader(fails_at=(0, 2)))
    reader = CountingReader()
    result = office.intake(package, reader=reader, cover=replace(COVER, sender="МФЦ"))
    assert reader.read == [(0, 2)]
    assert texts(result)[0] == ["Обращение", "Просьба", "Подпись"]


def test_an_interrupt_keeps_what_is_read_and_counts_no_try(office: Office, package: Path, database: Database) -> None:
    before = CountingReader(interrupts_at=(0, 2))
    with pytest.raises(KeyboardInterrupt):
        office.intake(package, reader=before)
    with database.reading() as session:
        rows = session.scalars(select(PageProgressRow).order_by(PageProgressRow.document, PageProgressRow.page)).all()
    states = [(row.document, row.page, row.state, row.tries) for row in rows]
    assert states[0] == (0, 1, PageState.DONE, 1)
    assert states[3] == (1, 1, PageState.QUEUED, 0)
    assert all(state != PageState.READING for _, _, state, _ in states)
    after = CountingReader()
    office.intake(package, reader=after)
    assert before.read + after.read == ALL_PAGES


def test_progress_counts_the_whole_package(office: Office, package: Path) -> None:
    with pytest.raises(JobFailed):
        office.intake(package, reader=CountingReader(dies_at=(0, 3)))
    told: list[PageProgress] = []
    office.intake(package, on_progress=told.append)
    assert [(page.document, page.page, page.pages, page.done, page.total) for page in told] == [
        ("1 обращение", 3, 3, 3, 4),
        ("2 ответ", 1, 1, 4, 4),
    ]
    assert told[0].rate is not None
    assert told[0].rate > 0
    assert told[-1].remaining == 0
    assert told[0].grade == "good"


def test_bad_documents_are_kept_and_reported_and_the_rest_goes_on(
    office: Office, package: Path, data: DataDirectory
) -> None:
    (package / "0 пусто.pdf").touch()
    (package / "5 обрыв.pdf").write_bytes(b"%PDF-1.7\nno end")
    (package / "6 архив.zip").write_bytes(archive := zip_of({"../../x.txt": b"x", "ok.txt": b"inside"}))
    (package / "7 лом.zip").write_bytes(b"PK\x03\x04 broken")
    result = office.intake(package)
    codes = {Path(d.path).name: d.error.code if d.error else None for d in result.report.documents}
    assert codes["0 пусто.pdf"] == "ocr.file_empty"
    assert codes["5 обрыв.pdf"].startswith("ocr.pdf_")
    assert codes["ok.txt"] is None
    assert codes["1 обращение.txt"] is None
    assert sum(code == "ocr.zip_path_traversal" for code in codes.values()) == 1
    assert codes["7 лом.zip"] == "ocr.zip_broken"
    assert result.has_failures
    blobs = data.blobs()
    kept = {blobs.get(digest) for digest in blobs.digests()}
    assert {b"", b"%PDF-1.7\nno end", archive, b"PK\x03\x04 broken", b"inside"} <= kept
    assert office.intake(package).from_store


def test_errors_that_are_no_death_count_no_try(office: Office, package: Path, database: Database) -> None:
    class Full(CountingReader):
        def __call__(self, tasks: Iterable[PageTask], options: ReadOptions) -> Iterator[PageResult]:
            yield from super().__call__(list(tasks)[:2], options)
            raise DiskFull(directory="/data")

    with pytest.raises(DiskFull):
        office.intake(package, reader=Full())
    with database.reading() as session:
        found = session.scalars(select(PageProgressRow).order_by(PageProgressRow.document, PageProgressRow.page))
        assert [(row.state, row.tries) for row in found] == [("done", 1), ("done", 1), ("queued", 0), ("queued", 0)]


def test_a_damaged_original_is_mended_when_the_package_comes_again(
    office: Office, package: Path, data: DataDirectory
) -> None:
    with pytest.raises(JobFailed):
        office.intake(package, reader=CountingReader(dies_at=(1, 1)))
    blobs = data.blobs()
    for digest in blobs.digests():
        blobs.path(digest).chmod(0o644)
        blobs.path(digest).write_bytes(b"damaged")
    assert texts(office.intake(package))[1] == ["Ответ банка"]


def test_an_original_damaged_while_reading_ends_the_run(office: Office, package: Path, data: DataDirectory) -> None:
    class Vandal(CountingReader):
        def __call__(self, tasks: Iterable[PageTask], options: ReadOptions) -> Iterator[PageResult]:
            for digest in data.blobs().digests():
                data.blobs().path(digest).chmod(0o644)
                data.blobs().path(digest).write_bytes(b"damaged")
            return super().__call__(tasks, options)

    with pytest.raises(BlobDamaged):
        office.intake(package, reader=Vandal())
    assert not office.intake(package).has_failures


def test_a_restored_database_is_worked_up_again(office: Office, package: Path, data: DataDirectory) -> None:
    """A backup of the database may be older than the job engine's file, which then thinks that all is done."""
    backup = data.database_file.read_bytes()
    first = office.intake(package)
    for file in data.root.glob("kazus.sqlite*"):
        file.unlink()
    data.database_file.write_bytes(backup)
    again = office.intake(package)
    assert not again.from_store
    assert replace(again.report, timings={}) == replace(first.report, timings={})


def test_nothing_is_kept_when_told_so(office: Office, package: Path, data: DataDirectory, database: Database) -> None:
    kept = office.intake(package)
    (package / "4 чек.txt").write_text("Чек")
    told: list[PageProgress] = []
    machinery = Machinery(examine=simple_report, now=lambda: MIDNIGHT_IN_MOSCOW)
    blobs_before = list(data.blobs().digests())
    with open_to_read(data.root, machinery=machinery) as service:
        result = service.examine_package([package], COVER, OPTIONS, told.append)
    assert texts(result) == [*texts(kept), ["Чек"]]
    assert (result.run, result.from_store, result.has_failures) == (None, False, False)
    assert [(page.document, page.page, page.done, page.total) for page in told][-1] == ("4 чек", 1, 5, 5)
    assert list(data.blobs().digests()) == blobs_before
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PackageRunRow)) == 1


def zip_of(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()
