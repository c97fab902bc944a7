"""Reading, as prose: paths → sources → documents → pages.

    for source in expand(path, limits):          # folders, ZIP members, single files
        data = source.load()
        opened = open_document(data, limits)     # what it is, how many pages
        for number in range(1, opened.page_count + 1):
            page = read_page(data, number, options)

`read` and `read_all` do this with worker processes and turn every coded error into a document or page that says so.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ocr.document import Document, Page
from ocr.errors import (
    FileEmpty,
    FileError,
    FileMissing,
    FileTooLarge,
    FileUnreadable,
    FolderEmpty,
    ZipNested,
)
from ocr.formats.archive import Member, members, natural, unpack
from ocr.formats.detect import MEDIA_TYPES, detect
from ocr.limits import MEGABYTE, Limits
from ocr.options import ReadOptions
from text.errors import CodedError

if TYPE_CHECKING:
    from ocr.workers import PageResult

MEMBER_OF = "!/"
"""Between an archive's path and the name of a file in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One file to read. `load` gives its bytes or raises a FileError; `name` is without folder and extension."""

    path: str
    name: str
    load: Callable[[], bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    media_type: str
    page_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PageDone:
    """Progress: page `page` of document `document` (index in the result) is read; `done` of `total` pages are."""

    document: int
    path: str
    page: Page
    done: int
    total: int


OnPage = Callable[[PageDone], None]


def expand(path: Path, limits: Limits) -> Iterator[Source]:
    """The files behind `path` in natural order: a folder's, recursively, an archive's members, or the file itself.

    Never raises a coded error: what cannot be read is a source whose `load` raises. Hidden files and the litter of
    desktop systems are left out.
    """
    if path.is_dir():
        files = _files_below(path)
        if not files:
            yield _failing(str(path), FolderEmpty())
        for file in files:
            yield from _expand_file(file, limits)
    else:
        yield from _expand_file(path, limits)


def open_document(data: bytes, limits: Limits) -> Opened:
    """What `data` is and how many pages it has. Raises a FileError."""
    kind = detect(data)
    if kind == "zip":
        raise ZipNested()
    if kind == "pdf":
        from ocr.formats import pdf

        pages = pdf.count_pages(data, limits)
    elif kind == "text":
        from ocr.formats import plain

        pages = plain.count_pages(data, limits)
    else:
        from ocr.formats import image

        pages = image.count_pages(data, limits)
    return Opened(media_type=MEDIA_TYPES[kind], page_count=pages)


def read_page(data: bytes, number: int, options: ReadOptions) -> Page:
    """Page `number` (from 1) of the document `data`. Raises a CodedError.

    Marks are looked for on the raster of every page that has one; plain text has none.
    """
    kind = detect(data)
    if kind == "zip":
        raise ZipNested()
    if kind == "text":
        from ocr.formats import plain

        return plain.read_sheet(data, number)
    from ocr import page_reading

    if kind == "pdf":
        return page_reading.read_pdf_page(data, number, options)
    return page_reading.read_image_page(data, number, options)


def failed_page(number: int, error: CodedError) -> Page:
    """A page that could not be read, as it stands in its document."""
    return Page(
        number=number,
        width=0,
        height=0,
        source="none",
        source_reason="страница не прочитана",
        grade="unreadable",
        grade_reason=error.message("ru"),
        text="",
        error=error.note(),
    )


def read(source: Path | str | bytes, options: ReadOptions | None = None, on_page: OnPage | None = None) -> Document:
    """One document: a file, or its bytes. Coded errors stand in the document, they are not raised.

    Raises ValueError when the path is a folder or an archive of several files: those are for `read_all`.
    """
    options = options or ReadOptions()
    if isinstance(source, bytes):
        sources = [Source(path="", name="", load=lambda: source)]
    else:
        sources = list(expand(Path(source), options.limits))
    if len(sources) != 1:
        raise ValueError(f"{source!s} holds {len(sources)} files: read_all reads them")
    (document,) = _read_sources(sources, options, on_page)
    return document


def read_all(
    paths: Sequence[Path | str], options: ReadOptions | None = None, on_page: OnPage | None = None
) -> list[Document]:
    """Every file behind `paths`, in their order; pages are read side by side, `on_page` hears of each as it comes.

    A file identical to an earlier one is not read again: it gets the same id and pages, and `copy_of`.
    """
    return list(read_each(paths, options, on_page))


def read_each(
    paths: Sequence[Path | str], options: ReadOptions | None = None, on_page: OnPage | None = None
) -> Iterator[Document]:
    """As `read_all`; a document comes as soon as it and all before it are read."""
    options = options or ReadOptions()
    sources = [source for path in paths for source in expand(Path(path), options.limits)]
    yield from _read_sources(sources, options, on_page)


@dataclass(slots=True)
class _Draft:
    """A document while its pages come in."""

    document: Document
    load: Callable[[], bytes]
    numbers: range
    pages: dict[int, Page]

    @property
    def complete(self) -> bool:
        return len(self.pages) == len(self.numbers)

    def take(self, result: PageResult) -> None:
        self.pages[result.task.number] = result.page
        self.document = replace(
            self.document,
            seconds=self.document.seconds + result.seconds,
            cpu_seconds=self.document.cpu_seconds + result.cpu_seconds,
        )


def _read_sources(sources: Sequence[Source], options: ReadOptions, on_page: OnPage | None) -> Iterator[Document]:
    from ocr.workers import PageTask, read_pages

    drafts = _drafts(sources, options)
    tasks = [
        PageTask(document=index, number=number, load=draft.load)
        for index, draft in enumerate(drafts)
        for number in draft.numbers
    ]
    given = 0
    done = 0
    with closing(read_pages(tasks, options)) as results:
        for result in results:
            draft = drafts[result.task.document]
            draft.take(result)
            done += 1
            if on_page is not None:
                on_page(
                    PageDone(
                        document=result.task.document,
                        path=draft.document.path,
                        page=result.page,
                        done=done,
                        total=len(tasks),
                    )
                )
            while given < len(drafts) and drafts[given].complete:
                yield _finished(drafts, given)
                given += 1
    for index in range(given, len(drafts)):
        yield _finished(drafts, index)


def _drafts(sources: Sequence[Source], options: ReadOptions) -> list[_Draft]:
    drafts: list[_Draft] = []
    first_of: dict[str, int] = {}
    for source in sources:
        draft = _drafted(source, options)
        earlier = first_of.setdefault(draft.document.id, len(drafts))
        if earlier != len(drafts):
            draft.document = replace(draft.document, copy_of=earlier)
            draft.numbers = range(0)
        drafts.append(draft)
    return drafts


def _finished(drafts: Sequence[_Draft], index: int) -> Document:
    document = drafts[index].document
    original = drafts[index if document.copy_of is None else document.copy_of]
    return replace(document, pages=tuple(original.pages[number] for number in original.numbers))


def _drafted(source: Source, options: ReadOptions) -> _Draft:
    """The document without its pages, or with the error that keeps it from having any."""
    started, cpu_started = time.perf_counter(), time.process_time()
    # What has no bytes to hash is told apart by where it stands.
    document_id = hashlib.sha256(source.path.encode("utf-8", errors="surrogateescape")).hexdigest()
    media_type = None
    error: FileError | None = None
    numbers = range(0)
    try:
        data = source.load()
        document_id = document_hash(data)
        opened = open_document(data, options.limits)
        media_type = opened.media_type
        numbers = _asked(opened.page_count, options.pages)
    except FileError as failure:
        error = failure
    document = Document(
        id=document_id,
        path=source.path,
        name=source.name,
        media_type=media_type,
        seconds=time.perf_counter() - started,
        cpu_seconds=time.process_time() - cpu_started,
        error=error.note() if error is not None else None,
    )
    return _Draft(document=document, load=source.load, numbers=numbers, pages={})


def document_hash(data: bytes) -> str:
    """A document's id: the SHA-256 of its bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _asked(page_count: int, pages: tuple[int, int] | None) -> range:
    if pages is None:
        return range(1, page_count + 1)
    return range(max(1, pages[0]), min(page_count, pages[1]) + 1)


def _files_below(folder: Path) -> list[Path]:
    found: list[Path] = []
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__MACOSX"]
        found.extend(
            Path(here) / name
            for name in files
            if not name.startswith(".") and name.lower() not in ("thumbs.db", "desktop.ini")
        )
    return sorted(found, key=lambda file: natural(file.relative_to(folder).as_posix()))


def _expand_file(path: Path, limits: Limits) -> Iterator[Source]:
    load = partial(load_file, path, limits)
    try:
        archive = load() if _starts_like_archive(path) else None
        if archive is None or detect(archive) != "zip":
            yield Source(path=str(path), name=path.stem, load=load)
            return
        listed = members(archive, limits)
    except FileError as error:
        yield _failing(str(path), error)
        return
    for member in listed:
        yield _member_source(path, archive, member, limits)


def _member_source(path: Path, archive: bytes, member: Member, limits: Limits) -> Source:
    where = f"{path}{MEMBER_OF}{member.name}"
    if member.error is not None:
        return _failing(where, member.error)
    return Source(path=where, name=_stem(member.name), load=partial(unpack, archive, member.index, limits))


def _stem(name: str) -> str:
    return Path(name.replace("\\", "/").rsplit("/", 1)[-1]).stem


def _failing(path: str, error: FileError) -> Source:
    return Source(path=path, name=_stem(path), load=partial(_raise, error))


def _raise(error: FileError) -> bytes:
    raise error


def load_file(path: Path, limits: Limits) -> bytes:
    """A file's bytes. Raises FileMissing, FileUnreadable, FileEmpty, FileTooLarge."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # opening a pipe or a device could wait for ever
            raise FileUnreadable(reason="not a regular file")
        if found.st_size == 0:
            raise FileEmpty()
        if found.st_size > limits.file_bytes:
            raise FileTooLarge(size_mb=found.st_size // MEGABYTE, limit_mb=limits.file_bytes // MEGABYTE)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileMissing() from error
    except OSError as error:
        raise FileUnreadable(reason=error.strerror or type(error).__name__) from error


def _starts_like_archive(path: Path) -> bool:
    """Only archives are read while paths are expanded; unreadable files say so when they are loaded."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError:
        return False
