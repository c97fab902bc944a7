"""The shipped sample is what its sources make, and it is small."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.render.pdf import write_pdf
from benchmarks.render.rendering import SIGNED_TYPES, load_truth, render_document
from benchmarks.render.sample import LARGEST_BYTES, SAMPLES, SEED, sample_package
from intake.registry import read_registry_csv


def test_the_shipped_scans_come_from_the_shipped_sources() -> None:
    package = sample_package()
    truth = load_truth(SAMPLES / "package")
    assert [document.source for document in truth.documents] == [document.text for document in package.documents]
    last = package.documents[-1]
    pages = render_document(last.text, last.layout, last.signed, "scan", SEED, signable=last.kind in SIGNED_TYPES)
    assert (SAMPLES / "package" / f"{last.name}.pdf").read_bytes() == write_pdf(pages)


def test_the_sample_is_small_and_names_no_folder_of_its_maker() -> None:
    assert sum(file.stat().st_size for file in (SAMPLES / "package").iterdir()) <= LARGEST_BYTES
    assert load_truth(SAMPLES / "package").folder == Path("package")


def test_the_registry_has_the_insurer_that_the_papers_name() -> None:
    registry = read_registry_csv((SAMPLES / "registry.csv").read_bytes(), date(2026, 3, 1))
    inns = {organisation.inn for organisation in registry.organisations if organisation.kind == "insurer"}
    assert any(inn in document.text for inn in inns for document in sample_package().documents)
