"""How well signatures and stamps are found: `python -m benchmarks.marks [--pages N] [--split …] [--out DIR]`.

Pages come from `benchmarks.marks_pages` and are read as the product reads them: marks are looked for with the words
of its own recognition, faults and all. The held-out split has seeds no tuning ever saw and, on every third page,
signatures of a source kept from tuning. A detection is right when it has the truth's kind and IoU ≥ .3 with it, or
lies by two thirds inside it and covers a fifth of it (a stroke over a stamp is often seen only where it leaves the
stamp). Precision and recall count marks; `page` rows count pages: is there a signature at all.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import cv2

from benchmarks.marks_pages import CONDITIONS, MarksPage, Truth, make_page
from benchmarks.marks_readings import as_read
from benchmarks.report import BenchmarkReport, Must, Row, commit, machine, table, write
from ocr.document import Box, Mark
from ocr.marks import find_marks

HELD_OUT_SEED = 1_000_000
KINDS = ("signature", "stamp")


@dataclass(kw_only=True, slots=True)
class Count:
    right: int = 0
    found: int = 0
    true: int = 0
    matched: int = 0


@dataclass(kw_only=True, slots=True)
class Tally:
    """Counts of one condition by kind of mark, and of pages that have a mark of the kind."""

    marks: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})
    pages: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})
    seconds: float = 0.0
    n: int = 0


def wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share seen in n trials."""
    if n == 0:
        return 0.0, 1.0
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def fits(found: Box, true: Box) -> bool:
    common = found.intersection(true)
    return found.iou(true) >= 0.3 or (common >= 0.66 * found.area and common >= 0.2 * true.area)


def score(page: MarksPage, marks: Iterable[Mark], tally: Tally) -> None:
    """Adds one page to the tally; detections on marks too faint to ask for are left out."""
    tally.n += 1
    for kind in KINDS:
        truth = [t for t in page.truth if t.kind == kind]
        found = [m for m in marks if m.kind == kind and not _on(m.box, page.faint)]
        count = tally.marks[kind]
        count.found += len(found)
        count.true += len(truth)
        count.right += sum(any(fits(m.box, t.box) for t in truth) for m in found)
        count.matched += sum(any(fits(m.box, t.box) for m in found) for t in truth)
        whole = tally.pages[kind]
        if not truth and any(t.kind == kind for t in page.faint):
            continue
        whole.found += bool(found)
        whole.true += bool(truth)
        whole.right += bool(found) and bool(truth)
        whole.matched += bool(found) and bool(truth)


def _on(box: Box, faint: Iterable[Truth]) -> bool:
    return any(box.intersection(t.box) > 0.3 * box.area for t in faint)


def measure(condition: str, pages: int, split: str, *, any_reading: bool = False) -> Tally:
    tally = Tally()
    base = HELD_OUT_SEED if split == "held_out" else 0
    for number in range(pages):
        drawn = make_page(base + number, condition, held_out_source=split == "held_out" and number % 3 == 0)
        page = as_read(drawn, any_reading=any_reading)
        start = time.process_time()
        marks = find_marks(page.upright, page.words)
        tally.seconds += time.process_time() - start
        score(page, marks, tally)
    return tally


def rows(condition: str, tally: Tally) -> list[Row]:
    out: list[Row] = []
    for level, counts in (("", tally.marks), ("page ", tally.pages)):
        for kind in KINDS:
            count = counts[kind]
            for metric, hits, n in (("precision", count.right, count.found), ("recall", count.matched, count.true)):
                low, high = wilson(hits / n, n) if n else (None, None)
                out.append(
                    Row(
                        system="ocr.marks",
                        condition=condition,
                        metric=f"{level}{kind} {metric}",
                        value=hits / n if n else None,
                        low=low,
                        high=high,
                        n=n,
                    )
                )
    # The naive answer: every page is signed.
    signed, pages = tally.pages["signature"].true, tally.n
    low, high = wilson(signed / pages, pages) if pages else (None, None)
    naive = signed / pages if pages else None
    out.append(
        Row(
            system="every page signed",
            condition=condition,
            metric="page signature precision",
            value=naive,
            low=low,
            high=high,
            n=pages,
        )
    )
    seconds = tally.seconds / pages if pages else None
    out.append(Row(system="ocr.marks", condition=condition, metric="CPU-s a page", value=seconds, n=pages))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=120, help="pages per condition")
    parser.add_argument("--split", choices=("held_out", "tuning"), default="held_out")
    parser.add_argument("--only", choices=CONDITIONS, help="one condition")
    parser.add_argument("--any-reading", action="store_true", help="kept readings of an older state of ocr will do")
    parser.add_argument("--out", type=Path, help="directory for marks.json")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    figures: list[Row] = []
    for condition in [options.only] if options.only else CONDITIONS:
        figures += rows(condition, measure(condition, options.pages, options.split, any_reading=options.any_reading))
    musts = []
    for row in figures:
        floor = 0.85 if row.condition in ("fax", "photo") else 0.95
        if row.system == "ocr.marks" and row.metric.startswith("page "):
            text = f"{row.condition}: {row.metric} at least {floor}"
            musts.append(Must(text=text, value=row.value, passed=row.value is not None and row.value >= floor))
    report = BenchmarkReport(name="marks", commit=commit(), machine=machine(), rows=tuple(figures), must=tuple(musts))
    print(table(report))
    if options.out:
        write(report, options.out)


if __name__ == "__main__":
    main()
