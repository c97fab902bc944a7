"""How likely a group of strokes is a signature: a sum of curves, one for each measure of the group.

The curves are data (`marks_pen.toml`), fitted by `benchmarks.marks_train` to drawn pages: for each measure the
contribution to the log-odds at some knots, linear between them and constant beyond. They can be read and drawn.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from ocr.marks_strokes import Group

# Not `pen`: how thick a pen writes says who sells it; fitted to drawings, it only learns the drawings' pens.
# Nor `tall`: the height of the group says the same.
MEASURES = (
    "reach",
    "wide",
    "coils",
    "uneven",
    "holes",
    "mirror",
    "height",
    "width",
    "fill",
    "straight",
    "even",
    "main",
    "pieces",
    "in_line",
)

WIDEST_PEN = 0.7  # text heights: fine loops run together under a broad pen; wider are photographs and codes


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """Log-odds `values` at ascending `knots` of one measure."""

    measure: str
    knots: tuple[float, ...]
    values: tuple[float, ...]

    def at(self, group: Group) -> float:
        return float(np.interp(getattr(group, self.measure), self.knots, self.values))


@dataclass(frozen=True, kw_only=True, slots=True)
class PenScorer:
    bias: float
    curves: tuple[Curve, ...]

    def confidence(self, group: Group) -> float:
        """Probability, 0..1, that the group is a signature; 0 for patches that no pen fills."""
        if group.pen > WIDEST_PEN and group.fill > 0.3:
            return 0.0
        odds = self.bias + sum(curve.at(group) for curve in self.curves)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def pen_scorer() -> PenScorer:
    """The fitted scorer; `ValueError` where the data file lacks a measure or has crossing knots."""
    data = tomllib.loads(resources.files("ocr").joinpath("marks_pen.toml").read_text(encoding="utf-8"))
    curves = []
    for measure in MEASURES:
        curve = Curve(
            measure=measure,
            knots=tuple(data["curves"][measure]["knots"]),
            values=tuple(data["curves"][measure]["values"]),
        )
        if len(curve.knots) != len(curve.values) or list(curve.knots) != sorted(set(curve.knots)):
            raise ValueError(f"marks_pen.toml: the curve of {measure} is not a function")
        curves.append(curve)
    return PenScorer(bias=float(data["bias"]), curves=tuple(curves))
