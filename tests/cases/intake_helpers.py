"""A report that says nothing but what was read: for tests of keeping and resuming, which no rule of law concerns."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

import cases.versions
from cases.service import IntakeOptions, Machinery, open_to_write
from intake.package import CoverSheet, Package
from intake.registry import Registry
from intake.report import Outcome, Report, ReportedFact, TypedDocument
from ocr.document import Page
from ocr.options import ReadOptions
from ocr.reading import document_hash, read_page
from ocr.workers import read_pages


def simple_report(package: Package, registry: Registry) -> Report:
    return Report(
        filed=package.cover.filed or package.received,
        filed_source="given" if package.cover.filed else "received",
        channel=package.cover.channel or "paper",
        sender=package.cover.sender,
        documents=tuple(
            TypedDocument(
                id=document.id,
                path=document.path,
                name=document.name,
                copy_of=document.copy_of,
                type=None,
                type_probability=None,
                type_set=(),
                type_abstained=True,
                parts=(),
                pages=len(document.pages),
                grade=document.pages[0].grade if document.pages else None,
                error=document.error,
            )
            for document in package.documents
        ),
        fields=(),
        facts={
            "texts": ReportedFact(
                value=[[page.text for page in document.pages] for document in package.documents], fields=()
            ),
            "registry": ReportedFact(value=str(registry.as_of or date.min), fields=()),
        },
        conflicts=(),
        verdicts=(),
        not_applicable={},
        outcome=Outcome(value="human", grounds=()),
        deadlines=(),
    )


READ_LOG = "KAZUS_TEST_READ_LOG"
PAGE_SECONDS = 0.12


def slow_page(data: bytes, number: int, options: ReadOptions) -> Page:
    """A page reader for workers: notes which page it was given before it begins, and takes its time."""
    with Path(os.environ[READ_LOG]).open("a") as log:
        log.write(f"{document_hash(data)} {number}\n")
    time.sleep(PAGE_SECONDS)
    return read_page(data, number, options)


def child(data_dir: str, package: str) -> None:
    """What `kazus intake` does, with slow pages: says when the work begins, prints the report."""
    # Whoever edits the code while this test runs must not see its pages read anew for it.
    cases.versions.code_digest = lambda _room: "the same"  # type: ignore[assignment]
    machinery = Machinery(read_pages=partial(read_pages, page_reader="intake_helpers:slow_page"), examine=simple_report)
    options = IntakeOptions(read=ReadOptions(workers=2))
    with open_to_write(Path(data_dir), machinery=machinery) as service:
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        result = service.intake_package([Path(package)], CoverSheet(filed=date(2026, 3, 12)), options)
    sys.stdout.write(TypeAdapter(Report).dump_json(result.report).decode() + "\n")


if __name__ == "__main__":
    child(*sys.argv[1:])
