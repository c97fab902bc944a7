"""Packages rendered and read, kept on disk, so that the rules above can be measured again in seconds.

Pages are kept by condition, seed and the code that draws them; readings also by the code of `ocr`. Two conditions
need no recognition: `text` (the documents as TXT files, no word boxes known) and `perfect` (what an OCR without an
error would see on the rendered sheet, marks included).
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import TypeAdapter

from benchmarks.render.layouts import compose
from benchmarks.render.rendering import SIGNED_TYPES, SourcePackage, load_truth, render_package, truth_path
from benchmarks.render.truth import DocumentTruth, PackageTruth, PageTruth, TruthMark, TruthWord
from benchmarks.render.typeset import Sheet
from ocr.document import Box, Document, Line, Mark, Page, Quad, Word
from ocr.options import ReadOptions
from ocr.reading import PageDone, read_all

ReadCondition = Literal["text", "perfect", "clean", "scan", "fax", "photo", "stamped"]
READ_CONDITIONS: tuple[ReadCondition, ...] = ("text", "perfect", "clean", "scan", "fax", "photo", "stamped")
CACHE = Path(__file__).parent / ".cache"
_ROOT = Path(__file__).parent.parent
_NOT_READING = ("evaluation.py", "__main__.py", "sample.py")
_DOCUMENTS = TypeAdapter(tuple[Document, ...])


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPackage:
    """`truth` is None where the condition has no page truth (text)."""

    documents: tuple[Document, ...]
    truth: PackageTruth | None


@cache
def code_hash(room: str) -> str:
    """Hash of a room's Python sources: a reading is as good as the code that made it."""
    digest = hashlib.sha256()
    for file in sorted((_ROOT / room).rglob("*.py")):
        if file.name not in _NOT_READING:
            digest.update(file.relative_to(_ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def read_package(
    row: Mapping[str, Any],
    condition: ReadCondition,
    seed: int,
    *,
    reread: bool = False,
    any_reading: bool = False,
    workers: int = 1,
    on_page: Callable[[PageDone], None] | None = None,
) -> ReadPackage:
    """The package of a row of `packages.jsonl`, rendered and read under `condition`, from the cache where it is there.

    `any_reading`: the newest reading will do, whatever state of `ocr` made it. `reread`: read again in any case.
    """
    package = SourcePackage.of(row)
    if condition == "perfect":
        return _perfect(package, seed)
    if condition == "text":
        return ReadPackage(documents=_read_texts(package), truth=None)
    drawn = CACHE / "pages" / f"{condition}-{seed}-{code_hash('benchmarks/render')}"
    folder = drawn / package.id
    source = hashlib.sha256("\0".join(one.text for one in package.documents).encode()).hexdigest()[:8]
    kept = CACHE / "readings" / f"{condition}-{seed}-{code_hash('benchmarks/render')}"
    file = kept / f"{package.id}-{source}-{code_hash('ocr')}.json"
    if any_reading and not file.exists():
        earlier = sorted(kept.glob(f"{package.id}-{source}-*.json"), key=lambda path: path.stat().st_mtime)
        file = earlier[-1] if earlier else file
    if file.exists() and truth_path(folder).exists() and not reread:
        return ReadPackage(documents=_DOCUMENTS.validate_json(file.read_bytes()), truth=load_truth(folder))
    if not truth_path(folder).exists():
        shutil.rmtree(folder, ignore_errors=True)
        render_package(package, condition, seed, folder)
    truth = load_truth(folder)
    documents = _in_order(
        read_all([folder], ReadOptions(workers=workers), on_page), [one.name for one in package.documents]
    )
    kept.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    draft.write_bytes(_DOCUMENTS.dump_json(documents))
    draft.replace(file)
    return ReadPackage(documents=documents, truth=truth)


def _in_order(documents: list[Document], names: list[str]) -> tuple[Document, ...]:
    by_name = {document.name: document for document in documents}
    return tuple(by_name[name] for name in names)


def _read_texts(package: SourcePackage) -> tuple[Document, ...]:
    folder = CACHE / "texts" / package.id
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for document in package.documents:
        (folder / f"{document.name}.txt").write_text(document.text, encoding="utf-8")
    return _in_order(read_all([folder], ReadOptions(workers=0)), [one.name for one in package.documents])


# --- reading without an error -------------------------------------------------------------------------------------


def _perfect(package: SourcePackage, seed: int) -> ReadPackage:
    file = CACHE / "perfect" / f"{seed}-{code_hash('benchmarks/render')}" / f"{package.id}.json"
    if file.exists():
        truth = _TRUTH.validate_json(file.read_bytes())
    else:
        documents = []
        for document in package.documents:
            rng = np.random.default_rng([seed, zlib.crc32(document.text.encode())])
            signable = None if document.kind is None else document.kind in SIGNED_TYPES
            sheets = compose(document.text, document.layout, document.signed, signable, rng)
            documents.append(
                DocumentTruth(
                    name=document.name,
                    file=f"{document.name}.pdf",
                    source=document.text,
                    signed=document.signed,
                    pages=tuple(_sheet_truth(sheet) for sheet in sheets),
                )
            )
        truth = PackageTruth(
            id=package.id, condition="clean", seed=seed, folder=file.parent, documents=tuple(documents)
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_TRUTH.dump_json(truth))
    return ReadPackage(documents=tuple(as_read(document) for document in truth.documents), truth=truth)


_TRUTH = TypeAdapter(PackageTruth)


def _fraction(box: Box, sheet: Sheet) -> Box:
    width, height = sheet.picture.size
    return Box(box.x0 / width, box.y0 / height, box.x1 / width, box.y1 / height)


def _sheet_truth(sheet: Sheet) -> PageTruth:
    words = tuple(
        TruthWord(
            text=word.token.text,
            box=_fraction(word.box, sheet),
            line=word.line,
            start=word.token.start,
            end=word.token.end,
        )
        for word in sheet.words
    )
    marks = tuple(
        TruthMark(kind=mark.kind, box=_fraction(mark.box, sheet), start=mark.start, end=mark.end)
        for mark in sheet.marks
    )
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    width, height = sheet.picture.size
    return PageTruth(
        width=width,
        height=height,
        rotation=0,
        words=words,
        marks=marks,
        text="\n".join(" ".join(line) for _, line in sorted(lines.items())),
    )


def as_read(truth: DocumentTruth) -> Document:
    """The document as a reader without an error would hand it over."""
    pages = []
    for number, page in enumerate(truth.pages, start=1):
        ordered = sorted(page.words, key=lambda word: word.line)
        lines: list[Line] = []
        words: list[Word] = []
        for word in ordered:
            if not words or ordered[len(words) - 1].line != word.line:
                lines.append(Line(text=word.text, box=word.box, words=(len(words), len(words)), block=0))
            else:
                last = lines[-1]
                lines[-1] = Line(
                    text=f"{last.text} {word.text}",
                    box=last.box.union(word.box),
                    words=(last.words[0], len(words)),
                    block=0,
                )
            words.append(
                Word(text=word.text, box=word.box, quad=Quad.of(word.box), confidence=1.0, line=len(lines) - 1)
            )
        pages.append(
            Page(
                number=number,
                width=page.width,
                height=page.height,
                rotation=page.rotation,
                source="ocr",
                source_reason="страница без текстового слоя",
                grade="good",
                text=page.text,
                words=tuple(words),
                lines=tuple(lines),
                marks=tuple(Mark(kind=mark.kind, box=mark.box, confidence=1.0) for mark in page.marks),
            )
        )
    return Document(
        id=hashlib.sha256(truth.source.encode()).hexdigest(),
        path=truth.file,
        name=truth.name,
        media_type="application/pdf",
        pages=tuple(pages),
    )


def main(conditions: tuple[str, ...]) -> None:
    """`python -m benchmarks.readings scan photo`: fills the cache, so that `intake` only has to examine."""
    from benchmarks.data import shared_data
    from benchmarks.render.rendering import packages

    for condition in READ_CONDITIONS:
        if condition in conditions:
            for row in packages(shared_data() / "packages.jsonl"):
                read = read_package(row, condition, 1)
                pages = [page for document in read.documents for page in document.pages]
                print(
                    condition, row["id"], len(pages), "pages,", sum(page.error is not None for page in pages), "failed"
                )


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
