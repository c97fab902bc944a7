"""Documents as text into pages as pixels, with the truth; whole packages into folders of files."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from pydantic import TypeAdapter

from benchmarks.render.conditions import Arrived, Matrix, arrive
from benchmarks.render.fonts import covering
from benchmarks.render.layouts import compose
from benchmarks.render.pdf import write_pdf
from benchmarks.render.truth import (
    Condition,
    DocumentTruth,
    Layout,
    PackageTruth,
    PageTruth,
    Raster,
    RenderedPage,
    TruthMark,
    TruthWord,
)
from benchmarks.render.typeset import Sheet
from ocr.document import Box

SIGNED_TYPES = frozenset(
    {
        "APPEAL_FU",
        "CLAIM_FO",
        "CLAIM_STD",
        "CESSION",
        "CONTRACT_CREDIT",
        "CONTRACT_INS",
        "INITIAL_APP",
        "INSPECTION",
        "NPF_CONTRACT",
        "POA",
        "REPLY_FO",
        "RESTORE_PET",
    }
)
"""Papers on which a person expects a signature: unsigned, they show an empty printed line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceDocument:
    """A document to render. `kind`: its type if known, None where the layout must say whether people sign it."""

    name: str
    kind: str | None
    layout: Layout
    signed: bool
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcePackage:
    id: str
    documents: tuple[SourceDocument, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> SourcePackage:
        """From a row of `packages.jsonl`."""
        return cls(
            id=row["id"],
            documents=tuple(
                SourceDocument(
                    name=document["name"],
                    kind=document.get("type"),
                    layout=document["layout"],
                    signed=document["signed"],
                    text=document["text"],
                )
                for document in row["documents"]
            ),
        )


def render_document(
    text: str, layout: Layout, signed: bool, condition: Condition, seed: int, *, signable: bool | None = None
) -> list[RenderedPage]:
    """Pages of a document as they would arrive under `condition`; the same arguments give the same bytes.

    `text`: lines by newline, table cells by ` | `, pages by form feed; «(подпись)» becomes a pen mark when `signed`.
    `signable`: people sign such papers, so an unsigned one shows an empty line; None lets the layout say.
    Raises `fonts.NoTypeface` when no installed font has every letter.
    """
    rng = np.random.default_rng([seed, zlib.crc32(text.encode())])
    sheets = compose(text, layout, signed, signable, rng)
    face = covering("", ("sans",))[0]
    weather = np.random.default_rng([seed, zlib.crc32(f"{condition}\n{text}".encode())])
    return [_page(sheet, arrive(sheet.raster(), condition, face, weather)) for sheet in sheets]


def _mapped(box: Box, matrix: Matrix, size: tuple[int, int]) -> Box:
    corners = np.array([[box.x0, box.y0, 1], [box.x1, box.y0, 1], [box.x1, box.y1, 1], [box.x0, box.y1, 1]], np.float64)
    moved = corners @ matrix.T
    points = moved[:, :2] / moved[:, 2:] / size
    low, high = np.clip(points.min(axis=0), 0, 1), np.clip(points.max(axis=0), 0, 1)
    return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _page(sheet: Sheet, arrived: Arrived) -> RenderedPage:
    words = tuple(
        TruthWord(
            text=word.token.text,
            box=_mapped(word.box, arrived.matrix, arrived.upright),
            line=word.line,
            start=word.token.start,
            end=word.token.end,
        )
        for word in sheet.words
    )
    marks = tuple(
        TruthMark(
            kind=mark.kind, box=_mapped(mark.box, arrived.matrix, arrived.upright), start=mark.start, end=mark.end
        )
        for mark in (*sheet.marks, *arrived.extra_marks)
    )
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    image, jpeg = arrived.image, None
    if arrived.quality is not None:
        jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, arrived.quality])[1].tobytes()
        mode = cv2.IMREAD_GRAYSCALE if image.ndim == 2 else cv2.IMREAD_COLOR
        image = np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), mode), np.uint8)
    return RenderedPage(
        image=image,
        rotation=arrived.rotation,
        dpi=arrived.dpi,
        jpeg=jpeg,
        words=words,
        marks=marks,
        text="\n".join(" ".join(line) for _, line in sorted(lines.items())),
    )


def _page_truth(page: RenderedPage) -> PageTruth:
    height, width = page.image.shape[:2]
    if page.rotation in (90, 270):
        height, width = width, height
    return PageTruth(
        width=width, height=height, rotation=page.rotation, words=page.words, marks=page.marks, text=page.text
    )


def upright(page: RenderedPage) -> Raster:
    """The page's image turned upright: the raster whose fractions the boxes are."""
    turns = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if page.rotation == 0:
        return page.image
    return np.asarray(cv2.rotate(page.image, turns[page.rotation]), np.uint8)


def write_document(document: SourceDocument, condition: Condition, seed: int, folder: Path) -> DocumentTruth:
    """Renders one document into one file of `folder`: a JPEG when it is a single photographed page, else a PDF."""
    signable = None if document.kind is None else document.kind in SIGNED_TYPES
    pages = render_document(document.text, document.layout, document.signed, condition, seed, signable=signable)
    jpeg = pages[0].jpeg
    if condition == "photo" and len(pages) == 1 and jpeg is not None:
        path = folder / f"{document.name}.jpg"
        path.write_bytes(jpeg)
    else:
        path = folder / f"{document.name}.pdf"
        path.write_bytes(write_pdf(pages))
    return DocumentTruth(
        name=document.name,
        file=path.name,
        source=document.text,
        signed=document.signed,
        pages=tuple(_page_truth(page) for page in pages),
    )


def render_package(
    package: SourcePackage | Mapping[str, Any], condition: Condition, seed: int, folder: Path
) -> PackageTruth:
    """Writes a package as `folder`/files (one a document) and its truth beside it as `<folder>.truth.json`.

    `package`: a `SourcePackage` or a row of `packages.jsonl`.
    """
    if not isinstance(package, SourcePackage):
        package = SourcePackage.of(package)
    folder.mkdir(parents=True, exist_ok=True)
    documents = tuple(write_document(document, condition, seed, folder) for document in package.documents)
    truth = PackageTruth(id=package.id, condition=condition, seed=seed, folder=folder, documents=documents)
    truth_path(folder).write_bytes(_TRUTH.dump_json(truth))
    return truth


_TRUTH = TypeAdapter(PackageTruth)


def truth_path(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.truth.json")


def load_truth(folder: Path) -> PackageTruth:
    """The truth that `render_package` wrote beside `folder`."""
    return _TRUTH.validate_json(truth_path(folder).read_bytes())


def packages(file: Path, only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Rows of a `packages.jsonl`, all or those whose ids are in `only`."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if not only or row["id"] in only]
