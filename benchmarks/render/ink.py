"""What people put on a printed page by hand: signatures, seals and office stamps, as ink over paper.

Each drawing is an `Ink`: how much ink lies on each pixel, and its colour. Ink darkens what lies under it, so print
stays visible through a stamp.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from benchmarks.render.fonts import Typeface, cut
from benchmarks.render.truth import Raster

Colour = tuple[int, int, int]

PENS: tuple[Colour, ...] = ((150, 50, 20), (170, 70, 30), (120, 30, 30), (40, 35, 35), (60, 50, 45), (190, 80, 20))
STAMP_PADS: tuple[Colour, ...] = ((170, 60, 40), (180, 70, 90), (60, 40, 190), (150, 90, 20), (160, 50, 110))


@dataclass(frozen=True, kw_only=True, slots=True)
class Ink:
    """`cover` (H, W) 0..1: how much of the paper is inked; `colour` BGR."""

    cover: NDArray[np.float32]
    colour: Colour

    def extent(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of the pixels that are really inked."""
        rows = np.flatnonzero((self.cover > 0.15).any(axis=1))
        columns = np.flatnonzero((self.cover > 0.15).any(axis=0))
        return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1

    def put(self, sheet: Raster, left: int, top: int) -> None:
        """Darkens the BGR `sheet` in place; what falls off its edge is lost."""
        height, width = self.cover.shape
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(sheet.shape[1], left + width), min(sheet.shape[0], top + height)
        if x1 <= x0 or y1 <= y0:
            return
        cover = self.cover[y0 - top : y1 - top, x0 - left : x1 - left, None]
        under = sheet[y0:y1, x0:x1].astype(np.float32)
        tint = np.array(self.colour, np.float32) / 255
        sheet[y0:y1, x0:x1] = np.clip(under * (1 - cover + cover * tint), 0, 255).astype(np.uint8)


def _bezier(points: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    """A smooth path through `points` (N, 2): cubic Béziers whose handles follow the neighbours (Catmull–Rom)."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    path = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        first, second = start + (end - before) / 6, end - (after - start) / 6
        path.append((1 - t) ** 3 * start + 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t**2 * second + t**3 * end)
    return np.vstack([*path, points[-1:]])


def _strokes(style: int, width: float, height: float, rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """Key points of the pen's strokes, each (N, 2), in a box of `width` by `height` pixels."""
    if style == 0:  # a tall first letter, then a wave that dies away
        count = int(rng.integers(5, 9))
        xs = np.linspace(0.22, 0.85, 2 * count)
        amplitude = np.linspace(0.22, 0.05, 2 * count) * rng.uniform(0.6, 1.3, 2 * count)
        wave = np.column_stack(
            [xs + rng.uniform(-0.02, 0.02, 2 * count), 0.62 + amplitude * (-1) ** np.arange(2 * count)]
        )
        first = np.array([[0.05, 0.75], [0.12, 0.1], [0.22, 0.05], [0.18, 0.85], [0.08, 0.8], [0.2, 0.5]])
        tail = np.array([[0.9, 0.55], [1.0, rng.uniform(0.2, 0.6)]])
        strokes = [np.vstack([first, wave, tail])]
    elif style == 1:  # sharp zigzag and a long underline coming back
        count = int(rng.integers(3, 6))
        xs = np.linspace(0.05, 0.7, 2 * count)
        zigzag = np.column_stack(
            [xs, np.where(np.arange(2 * count) % 2, 0.7, 0.2) + rng.uniform(-0.12, 0.12, 2 * count)]
        )
        flourish = np.array([[0.95, 0.35], [0.9, 0.75], [0.3, 0.9], [0.05, 0.85], [0.98, 0.78]])
        strokes = [np.vstack([zigzag, flourish])]
    elif style == 2:  # loops like a row of written «е»
        count = int(rng.integers(3, 7))
        angle = np.linspace(0, 2 * np.pi * count, 9 * count)
        drift = np.linspace(0.12, 0.8, angle.size)
        shrink = np.linspace(1, rng.uniform(0.3, 0.9), angle.size)
        loops = np.column_stack([drift + 0.09 * np.cos(angle + 2.2), 0.55 + 0.36 * shrink * np.sin(angle + 2.2)])
        strokes = [np.vstack([loops, [[0.93, 0.6], [1.0, 0.35]]])]
    elif style == 3:  # a big oval crossed by a line
        angle = np.linspace(-0.5, 2 * np.pi - 0.2, 10)
        oval = np.column_stack([0.3 + 0.24 * np.cos(angle), 0.5 + 0.42 * np.sin(angle)])
        run = np.column_stack([np.linspace(0.5, 0.95, 7), 0.55 + rng.uniform(-0.14, 0.14, 7)])
        strokes = [np.vstack([oval, run]), np.array([[0.02, 0.7], [0.35, 0.62], [1.0, rng.uniform(0.3, 0.7)]])]
    else:  # two letters written apart and a hook
        one = np.array([[0.06, 0.9], [0.14, 0.15], [0.22, 0.1], [0.26, 0.85]])
        bar = np.array([[0.04, 0.6], [0.18, 0.52], [0.34, 0.5]])
        two = np.array([[0.42, 0.2], [0.38, 0.85], [0.5, 0.8], [0.55, 0.4], [0.6, 0.8], [0.68, 0.5], [0.74, 0.75]])
        hook = np.array([[0.78, 0.6], [0.9, 0.65], [0.97, 0.3], [0.84, 0.15], [0.8, 0.95]])
        strokes = [one, bar, np.vstack([two, hook])]
    scale = np.array([width, height])
    return [(stroke + rng.normal(0, 0.018, stroke.shape)) * scale for stroke in strokes]


SIGNATURE_STYLES = 5


def signature(rng: np.random.Generator, width: int) -> Ink:
    """A pen's signature about `width` pixels wide, in one of five hands, slanted, with pressure that varies."""
    height = int(width * rng.uniform(0.3, 0.48))
    margin = 14
    slant, tilt = rng.uniform(-0.05, 0.45), rng.uniform(-0.16, 0.08)
    pen = rng.uniform(2.6, 5.2)
    cover = np.zeros((2 * height + 2 * margin, width + height + 2 * margin), np.float32)
    for keys in _strokes(int(rng.integers(SIGNATURE_STYLES)), width, height, rng):
        path = _bezier(keys, 14)
        path[:, 0] += slant * (height - path[:, 1])
        path[:, 1] += tilt * path[:, 0] + height * 0.45
        speed = np.linalg.norm(np.diff(path, axis=0), axis=1)
        pressure = np.clip(1.35 - speed / (speed.mean() * 3 + 1e-6), 0.55, 1.25)
        for start, end, weight in zip(path[:-1] + margin, path[1:] + margin, pressure, strict=True):
            cv2.line(
                cover,
                (round(start[0] * 16), round(start[1] * 16)),
                (round(end[0] * 16), round(end[1] * 16)),
                1.0,
                max(1, round(pen * weight)),
                cv2.LINE_AA,
                4,
            )
    cover = cv2.GaussianBlur(cover, (0, 0), 0.8) * rng.uniform(0.82, 0.97)
    ink = Ink(cover=cover, colour=PENS[int(rng.integers(len(PENS)))])
    x0, y0, x1, y1 = ink.extent()
    return Ink(cover=cover[y0:y1, x0:x1].copy(), colour=ink.colour)


def _worn(cover: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """A pad never inks evenly: patches are pale, grains are missing."""
    small = rng.uniform(0.35, 1.0, (max(2, cover.shape[0] // 60), max(2, cover.shape[1] // 60))).astype(np.float32)
    patches = cv2.resize(small, (cover.shape[1], cover.shape[0]), interpolation=cv2.INTER_CUBIC)
    grain = (rng.random(cover.shape, np.float32) > 0.08).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(cover * np.clip(patches, 0.25, 1) * grain, (0, 0), 0.9), np.float32)


def _turned(cover: NDArray[np.float32], degrees: float) -> NDArray[np.float32]:
    height, width = cover.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(cover, matrix, (width, height), flags=cv2.INTER_LINEAR), np.float32)


def seal(rng: np.random.Generator, face: Typeface, ring: str, middle: str, diameter: int) -> Ink:
    """A round seal with `ring` written around and `middle` in its heart."""
    size = diameter + 20
    centre = size / 2
    picture = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(picture)
    for radius, pen in ((diameter / 2, 6), (diameter / 2 - 14, 2), (diameter / 2 - 74, 3)):
        draw.ellipse((centre - radius, centre - radius, centre + radius, centre + radius), outline=255, width=pen)
    letters = ring + " "
    font = cut(face, 36, False)
    for order, letter in enumerate(letters):
        angle = 360 * order / len(letters)
        tile = Image.new("L", (60, 60), 0)
        ImageDraw.Draw(tile).text((30, 30), letter, font=font, fill=255, anchor="mm")
        tile = tile.rotate(-angle, resample=Image.Resampling.BICUBIC)
        radius = diameter / 2 - 44
        x = centre + radius * np.sin(np.radians(angle))
        y = centre - radius * np.cos(np.radians(angle))
        picture.paste(255, (round(x) - 30, round(y) - 30), tile)
    words = middle.split()
    for order, word in enumerate(words):
        at = centre + (order - (len(words) - 1) / 2) * 44
        draw.text((centre, at), word, font=cut(face, 34, True), fill=255, anchor="mm")
    cover = np.asarray(picture, np.float32) * np.float32(rng.uniform(0.5, 0.8) / 255)
    return Ink(
        cover=_turned(_worn(cover, rng), rng.uniform(-25, 25)), colour=STAMP_PADS[int(rng.integers(len(STAMP_PADS)))]
    )


def office_stamp(rng: np.random.Generator, face: Typeface, lines: tuple[str, ...], size: int) -> Ink:
    """A rectangular stamp of `lines`, letters of `size` pixels, slightly turned."""
    fonts = [cut(face, size, order == 0) for order in range(len(lines))]
    width = int(max(font.getlength(line) for font, line in zip(fonts, lines, strict=True))) + 60
    height = int(size * 1.35 * len(lines)) + 44
    room = int(width * 0.3)
    picture = Image.new("L", (width + 40, height + room), 0)
    draw = ImageDraw.Draw(picture)
    top = room // 2
    draw.rectangle((20, top, 20 + width, top + height - 1), outline=255, width=6)
    for order, (font, line) in enumerate(zip(fonts, lines, strict=True)):
        at = top + 22 + size * 1.35 * (order + 0.5)
        draw.text((20 + width / 2, at), line, font=font, fill=255, anchor="mm")
    cover = np.asarray(picture, np.float32) * np.float32(rng.uniform(0.55, 0.85) / 255)
    return Ink(
        cover=_turned(_worn(cover, rng), rng.uniform(-12, 12)), colour=STAMP_PADS[int(rng.integers(len(STAMP_PADS)))]
    )
