"""The sample package that ships with Kazus: from `models/samples/source` to scans in `models/samples/package`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

from pydantic import TypeAdapter

from benchmarks.render.rendering import SourceDocument, SourcePackage, render_package, truth_path
from benchmarks.render.truth import Layout, PackageTruth

SAMPLES = Path(__file__).parent.parent.parent / "models" / "samples"
LARGEST_BYTES = 3_000_000
SEED = 7


def sample_package(source: Path = SAMPLES / "source") -> SourcePackage:
    """The documents of the sample, in the order of their file names."""
    return SourcePackage(id="sample", documents=tuple(_document(file) for file in sorted(source.glob("*.txt"))))


def _document(file: Path) -> SourceDocument:
    head, _, body = file.read_text(encoding="utf-8").partition("\n---\n")
    entries = dict(line.split(": ", 1) for line in head.splitlines())
    layouts = {name: name for name in get_args(Layout)}
    return SourceDocument(
        name=file.stem,
        kind=entries["kind"],
        layout=layouts[entries["layout"]],
        signed=entries["signed"] == "yes",
        text=body.strip("\n"),
    )


def render_sample(folder: Path = SAMPLES / "package") -> PackageTruth:
    """Renders the sample as scans; the same sources and seed give the same bytes."""
    for old in folder.glob("*"):
        old.unlink()
    truth = replace(render_package(sample_package(), "scan", SEED, folder), folder=Path(folder.name))
    truth_path(folder).write_bytes(TypeAdapter(PackageTruth).dump_json(truth))
    return truth
