"""Fits `ocr/marks_pen.toml`: `python -m benchmarks.marks_train [--pages N] [--write]`.

Groups of strokes are collected from the tuning pages of `benchmarks.marks_pages` (never the held-out seeds, never the
held-out source of signatures), labelled by whether they fit a drawn signature, and an additive logistic model is
fitted by Newton's method: for each measure a curve linear between knots at the measure's quantiles, with a ridge on
its values and on their second differences. Same pages, same fonts, same figures.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.marks import fits
from benchmarks.marks_pages import CONDITIONS, MarksPage, make_page
from ocr.marks_ink import find_ink
from ocr.marks_scorer import MEASURES
from ocr.marks_seals import find_stamps
from ocr.marks_strokes import Group, find_groups

TARGET = Path(__file__).parent.parent / "ocr" / "marks_pen.toml"
KNOTS = 7
RIDGE, BEND = 0.6, 1.5
MISS_COST = 1.65  # a missed signature calls a signed paper unsigned; a false one leaves the check to a person


def labelled(page: MarksPage) -> list[tuple[Group, bool]]:
    """The page's groups with their labels; a fragment of a signature too small to count as found is left out."""
    ink = find_ink(page.upright, page.words)
    out: list[tuple[Group, bool]] = []
    for group in find_groups(ink, find_stamps(ink)):
        box = ink.upright_box(*group.box)
        signatures = [t.box for t in (*page.truth, *page.faint) if t.kind == "signature"]
        if any(fits(box, true) for true in signatures):
            out.append((group, True))
        elif all(box.intersection(true) < 0.1 * box.area for true in signatures):
            out.append((group, False))
    return out


def knots_of(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.unique(np.round(np.quantile(values, np.linspace(0.02, 0.98, KNOTS)), 4))


def hats(values: NDArray[np.float64], knots: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each value as weights of its two neighbouring knots: N×len(knots)."""
    return np.stack([np.interp(values, knots, row) for row in np.eye(len(knots))], axis=1)


def fit(groups: list[Group], labels: NDArray[np.float64]) -> tuple[float, dict[str, tuple[list[float], list[float]]]]:
    """Bias and, for each measure, knots and values."""
    columns, spans, knots_by = [np.ones((len(groups), 1))], {}, {}
    at = 1
    for measure in MEASURES:
        values = np.array([getattr(group, measure) for group in groups], np.float64)
        knots = knots_of(values)
        knots_by[measure] = knots
        columns.append(hats(values, knots))
        spans[measure] = slice(at, at + len(knots))
        at += len(knots)
    design = np.hstack(columns)
    penalty = np.zeros((at, at))
    for span in spans.values():
        size = span.stop - span.start
        bend = np.diff(np.eye(size), n=2, axis=0) if size > 2 else np.zeros((0, size))
        penalty[span, span] = RIDGE * np.eye(size) + BEND * bend.T @ bend
    weights = np.zeros(at)
    for _ in range(40):
        share = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (labels - share) - penalty @ weights
        curvature = design.T @ (design * (share * (1 - share))[:, None]) + penalty + 1e-9 * np.eye(at)
        step = np.linalg.solve(curvature, slope)
        weights += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return float(weights[0]) + math.log(MISS_COST), {
        measure: ([float(k) for k in knots_by[measure]], [float(v) for v in weights[span]])
        for measure, span in spans.items()
    }


def toml(bias: float, curves: dict[str, tuple[list[float], list[float]]], groups: int, signatures: int) -> str:
    lines = [
        "# Log-odds that a group of strokes is a signature: bias + one curve a measure (see ocr/marks_scorer.py).",
        f"# Fitted by benchmarks/marks_train.py to {groups} groups on drawn pages, {signatures} of them signatures.",
        f"bias = {bias:.3f}",
    ]
    for measure, (knots, values) in curves.items():
        lines += [
            "",
            f"[curves.{measure}]",
            f"knots = [{', '.join(f'{k:.4g}' for k in knots)}]",
            f"values = [{', '.join(f'{v:.3f}' for v in values)}]",
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200, help="tuning pages per condition")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}; otherwise print it")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    pairs = [
        pair
        for condition in CONDITIONS
        for seed in range(options.pages)
        for pair in labelled(make_page(seed, condition, held_out_source=False))
    ]
    labels = np.array([float(label) for _, label in pairs])
    bias, curves = fit([group for group, _ in pairs], labels)
    text = toml(bias, curves, len(pairs), int(labels.sum()))
    if options.write:
        TARGET.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
