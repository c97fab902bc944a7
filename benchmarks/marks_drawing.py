"""Paper, print and inks of the drawn pages that measure the detector of marks.

Independent of `benchmarks.render`: a detector tuned on one drawing of signatures learns that drawing. What is drawn
lies beside this file: `marks_signatures`, `marks_stamps`, `marks_decoys`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ImageFont

Points = NDArray[np.float64]
Raster = NDArray[Any]  # mostly uint8; OpenCV's stubs promise no more than numbers
Rectangle = tuple[int, int, int, int]

FONTS = (
    "/usr/share/fonts/truetype/paratype/PTF55F.ttf",
    "/usr/share/fonts/truetype/paratype/PTS55F.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Italic.ttf",
)


def font(path: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, max(6, round(size)))


def available_fonts() -> tuple[str, ...]:
    return tuple(path for path in FONTS if Path(path).exists())


def smooth(points: Points, rounds: int = 3) -> Points:
    """Chaikin's corner cutting: a polyline becomes a curve."""
    for _ in range(rounds):
        near, far = points[:-1], points[1:]
        cut = np.empty((2 * len(near), 2))
        cut[0::2], cut[1::2] = 0.75 * near + 0.25 * far, 0.25 * near + 0.75 * far
        points = np.vstack([points[:1], cut, points[-1:]])
    return points


def cropped(canvas: Raster) -> Raster:
    x, y, wide, high = cv2.boundingRect((canvas > 40).astype(np.uint8))
    return canvas[y : y + max(1, high), x : x + max(1, wide)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pen:
    """An ink: BGR colour and how much of the paper it hides, 0..1."""

    colour: tuple[int, int, int]
    cover: float


def pen_ink(rng: np.random.Generator) -> Pen:
    kind = rng.random()
    if kind < 0.55:
        return Pen(
            colour=(int(rng.integers(120, 200)), int(rng.integers(30, 80)), int(rng.integers(15, 60))),
            cover=rng.uniform(0.75, 0.97),
        )
    if kind < 0.9:
        return Pen(colour=(int(rng.integers(15, 60)),) * 3, cover=rng.uniform(0.75, 0.97))
    return Pen(
        colour=(int(rng.integers(110, 170)), int(rng.integers(20, 60)), int(rng.integers(90, 140))),
        cover=rng.uniform(0.7, 0.95),
    )


def stamp_ink(rng: np.random.Generator) -> Pen:
    kind = rng.random()
    if kind < 0.5:
        return Pen(
            colour=(int(rng.integers(150, 215)), int(rng.integers(50, 110)), int(rng.integers(30, 90))),
            cover=rng.uniform(0.55, 0.95),
        )
    if kind < 0.72:
        return Pen(
            colour=(int(rng.integers(130, 180)), int(rng.integers(30, 80)), int(rng.integers(100, 150))),
            cover=rng.uniform(0.55, 0.95),
        )
    if kind < 0.85:
        return Pen(
            colour=(int(rng.integers(40, 80)), int(rng.integers(30, 70)), int(rng.integers(170, 220))),
            cover=rng.uniform(0.55, 0.95),
        )
    return Pen(colour=(int(rng.integers(40, 90)),) * 3, cover=rng.uniform(0.6, 0.95))


def put(page: Raster, ink: Raster, x: int, y: int, pen: Pen) -> Rectangle:
    """Lays ink on the page as a filter (what is under it shows through) and returns the rectangle it took."""
    high, wide = page.shape[:2]
    x, y = max(0, min(x, wide - ink.shape[1] - 1)), max(0, min(y, high - ink.shape[0] - 1))
    part = ink[: high - y, : wide - x]
    window: Raster = page[y : y + part.shape[0], x : x + part.shape[1]].astype(np.float32)
    cover = (part.astype(np.float32) / 255 * pen.cover)[:, :, None]
    filtered = window * (np.array(pen.colour, np.float32) / 255)
    window = window * (1 - cover) + filtered * cover
    page[y : y + part.shape[0], x : x + part.shape[1]] = np.clip(window, 0, 255).astype(np.uint8)
    tight = cv2.boundingRect((part > 60).astype(np.uint8))
    return x + tight[0], y + tight[1], x + tight[0] + tight[2], y + tight[1] + tight[3]
