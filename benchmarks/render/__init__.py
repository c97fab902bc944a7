"""Page images with the truth about every word, made from texts: what the OCR and intake figures are measured on."""

from benchmarks.render.rendering import (
    SourceDocument,
    SourcePackage,
    load_truth,
    packages,
    render_document,
    render_package,
    upright,
)
from benchmarks.render.truth import (
    CONDITIONS,
    LAYOUTS,
    Condition,
    DocumentTruth,
    Layout,
    PackageTruth,
    PageTruth,
    RenderedPage,
    SpanBoxes,
    SpanNotFound,
    TruthMark,
    TruthWord,
    locate,
)

__all__ = [
    "CONDITIONS",
    "LAYOUTS",
    "Condition",
    "DocumentTruth",
    "Layout",
    "PackageTruth",
    "PageTruth",
    "RenderedPage",
    "SourceDocument",
    "SourcePackage",
    "SpanBoxes",
    "SpanNotFound",
    "TruthMark",
    "TruthWord",
    "load_truth",
    "locate",
    "packages",
    "render_document",
    "render_package",
    "upright",
]
