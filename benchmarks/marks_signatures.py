"""Signatures as a pen writes them, from five sources; `HELD_OUT_SOURCE` is never shown while tuning.

A source gives polylines in a unit square, y down.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np

from benchmarks.marks_drawing import Points, Raster, cropped, smooth

HELD_OUT_SOURCE = "script"


def bezier(rng: np.random.Generator) -> list[Points]:
    """Two to five cubic curves chained smoothly, mostly to the right."""
    strokes = []
    at = np.array([0.05, rng.uniform(0.3, 0.7)])
    heading = rng.uniform(-1.2, 1.2)
    chain = [at]
    for _ in range(int(rng.integers(3, 7))):
        ahead = np.array([math.cos(heading), math.sin(heading)])
        step = np.array([rng.uniform(-0.05, 0.3), rng.uniform(-0.45, 0.45)])
        turn = rng.uniform(-2.4, 2.4)
        end = at + step
        handles = (
            at,
            at + ahead * rng.uniform(0.1, 0.5),
            end - np.array([math.cos(turn), math.sin(turn)]) * rng.uniform(0.1, 0.5),
            end,
        )
        t = np.linspace(0, 1, 24)[:, None]
        curve = (
            (1 - t) ** 3 * handles[0]
            + 3 * (1 - t) ** 2 * t * handles[1]
            + 3 * (1 - t) * t**2 * handles[2]
            + t**3 * handles[3]
        )
        chain.extend(curve[1:])
        at, heading = end, turn
    strokes.append(np.array(chain))
    return strokes


def loops(rng: np.random.Generator) -> list[Points]:
    """A capital's big loop and a run of small ones dying away: a prolate cycloid with a shrinking wheel."""
    turns = rng.uniform(3, 8)
    t = np.linspace(0, turns * 2 * math.pi, 260)
    wheel = 0.34 * np.exp(-t / rng.uniform(6, 22)) + 0.05
    x = t / t[-1] * rng.uniform(0.7, 1.2) + wheel * np.cos(t + rng.uniform(0, 3)) * rng.uniform(0.25, 0.8)
    y = 0.5 + wheel * np.sin(t) + 0.12 * np.sin(t / rng.uniform(4, 9))
    strokes = [np.stack([x, y], axis=1)]
    if rng.random() < 0.4:
        strokes.append(_flourish(rng))
    return strokes


def zigzag(rng: np.random.Generator) -> list[Points]:
    """A slanting saw of uneven teeth with a long tail."""
    teeth = int(rng.integers(4, 11))
    xs = np.cumsum(rng.uniform(0.02, 0.09, 2 * teeth))
    highs = rng.uniform(0.1, 0.45, 2 * teeth) * np.linspace(1, rng.uniform(0.3, 1), 2 * teeth)
    ys = 0.5 + highs * np.where(np.arange(2 * teeth) % 2, 1, -1)
    xs = xs - 0.25 * (ys - 0.5) * rng.uniform(0, 1)
    tail = np.array([[xs[-1] + rng.uniform(0.1, 0.4), rng.uniform(0.2, 0.8)]])
    strokes = [smooth(np.vstack([np.stack([xs, ys], axis=1), tail]), int(rng.integers(1, 4)))]
    if rng.random() < 0.35:
        strokes.append(_flourish(rng))
    return strokes


def wander(rng: np.random.Generator) -> list[Points]:
    """A point whose curvature drifts: now a straight dash, now a curl."""
    strokes = []
    for _ in range(int(rng.integers(1, 4))):
        at = np.array([rng.uniform(0, 0.5), rng.uniform(0.3, 0.7)])
        heading, bend, pull = rng.uniform(-0.8, 0.8), rng.uniform(-6, 6), rng.uniform(0.05, 0.2)
        chain = [at]
        for _ in range(int(rng.integers(60, 170))):
            bend += rng.normal(0, 3.2) - pull * bend
            heading += bend * 0.018
            at = at + 0.018 * np.array([math.cos(heading) + 0.25, math.sin(heading)])
            chain.append(at)
        strokes.append(np.array(chain))
    return strokes


def _flourish(rng: np.random.Generator) -> Points:
    level = rng.uniform(0.6, 0.9)
    knots = np.array([[0.05, level], [0.4, level + rng.uniform(-0.1, 0.1)], [0.95, level - rng.uniform(0, 0.2)]])
    return smooth(knots)


SOURCES: dict[str, Callable[[np.random.Generator], list[Points]]] = {
    "bezier": bezier,
    "loops": loops,
    "zigzag": zigzag,
    "wander": wander,
}


def signature(rng: np.random.Generator, source: str, dpi: float) -> Raster:
    """Ink coverage 0..255 of one signature, cropped to its strokes: 18–70 mm wide, 7–28 mm high."""
    width, height = rng.uniform(18, 70) / 25.4 * dpi, rng.uniform(7, 28) / 25.4 * dpi
    if source == HELD_OUT_SOURCE:
        return _script(rng, width, height, dpi)
    strokes = SOURCES[source](rng)
    everything = np.vstack(strokes)
    low, span = everything.min(axis=0), np.maximum(np.ptp(everything, axis=0), 1e-3)
    pen = rng.uniform(0.35, 0.9) / 25.4 * dpi
    pad = math.ceil(pen) + 3
    canvas = np.zeros((math.ceil(height) + 2 * pad, math.ceil(width) + 2 * pad), np.uint8)
    slant = rng.uniform(-0.1, 0.5)
    for stroke in strokes:
        unit = (stroke - low) / span
        xy = np.stack([unit[:, 0] * width, unit[:, 1] * height], axis=1)
        xy[:, 0] += slant * (height / 2 - xy[:, 1]) * min(1.0, width / (3 * height))
        xy[:, 0] = np.clip(xy[:, 0], 0, width)
        pressure = 0.75 + 0.25 * np.sin(np.linspace(0, rng.uniform(4, 20), len(xy)) + rng.uniform(0, 6))
        for a, b, force in zip(xy[:-1], xy[1:], pressure[1:], strict=True):
            start = (round(float(a[0]) * 16 + pad * 16), round(float(a[1]) * 16 + pad * 16))
            end = (round(float(b[0]) * 16 + pad * 16), round(float(b[1]) * 16 + pad * 16))
            cv2.line(canvas, start, end, 255, max(1, round(pen * force)), cv2.LINE_AA, 4)
    return cropped(canvas)


# Joined-up letters as knots of one stroke each, x to the right, y down, 0 = the line of the small letters' tops,
# 1 = the base line; a letter starts and ends on the base line at its left and right.
_LETTERS: tuple[tuple[tuple[float, float], ...], ...] = (
    ((0, 1), (0.5, 0.4), (0.4, 0), (0.1, 0.3), (0.2, 0.9), (0.6, 1)),  # е
    ((0, 1), (0.3, 0.6), (0.5, 0), (0.6, 1), (0.8, 1)),  # л
    ((0, 1), (0.2, 0), (0.25, 0.8), (0.5, 0.9), (0.7, 0), (0.75, 1), (0.9, 1)),  # и
    ((0, 1), (0.2, 0), (0.3, 1), (0.5, 0.1), (0.6, 1), (0.8, 0.1), (0.9, 1), (1.1, 1)),  # т
    ((0, 1), (0.6, 0), (0.2, 0), (0.1, 0.8), (0.5, 1), (0.6, 0), (0.6, 1.8), (0.3, 2.1), (0.2, 1.6), (0.9, 1)),  # д
    ((0, 1), (0.1, 0), (0.3, 0.9), (0.6, 0), (0.5, 1.9), (0.2, 2), (0.3, 1.5), (0.9, 1)),  # у
    ((0, 1), (0.4, -1), (0.2, -1.2), (0.2, 0.9), (0.5, 1), (0.6, 0.5), (0.3, 0.4), (0.8, 0.9)),  # в
    ((0, 1), (0.3, 0), (0.5, 0.1), (0.1, 0.6), (0.4, 1), (0.7, 0.2), (0.8, 0.2)),  # о
)
_CAPITALS: tuple[tuple[tuple[float, float], ...], ...] = (
    ((-0.6, 0.6), (-0.3, 1), (0.4, -1.2), (0.6, -1.2), (0.5, 1), (0.3, 0.2), (0.8, 0.3), (1.0, 1)),  # А
    ((0.6, -1), (0.2, -1.3), (-0.3, 0.2), (0.1, 1.1), (0.7, 0.9)),  # С
    ((0.0, 1), (0.2, -1.2), (0.8, -1.1), (0.7, -0.4), (0.1, -0.1), (0.6, 0.2), (1.0, 1)),  # Р
)


def _script(rng: np.random.Generator, width: float, height: float, dpi: float) -> Raster:
    """A name in joined-up letters, the later the flatter: the source kept from tuning."""
    knots = [np.array(_CAPITALS[int(rng.integers(len(_CAPITALS)))], np.float64)]
    letters = int(rng.integers(3, 8))
    fade = rng.uniform(0.5, 1.0)
    for number in range(letters):
        letter = np.array(_LETTERS[int(rng.integers(len(_LETTERS)))], np.float64)
        letter[:, 1] = 1 + (letter[:, 1] - 1) * fade ** (number / 2) * rng.uniform(0.8, 1.2)
        letter[:, 0] = letter[:, 0] * rng.uniform(0.8, 1.4) + knots[-1][-1, 0]
        knots.append(letter)
    line = np.vstack(knots) + rng.normal(0, 0.05, (sum(len(k) for k in knots), 2))
    if rng.random() < 0.6:
        flourish = np.array([[0.8, -0.8], [rng.uniform(-3, 0), 0.6], [rng.uniform(0.5, 2), 0.3]])
        line = np.vstack([line, line[-1] + flourish])
    line = smooth(line, 3)
    line[:, 0] += rng.uniform(0, 0.6) * (1 - line[:, 1])
    low, span = line.min(axis=0), np.ptp(line, axis=0)
    scale = min(width / span[0], height / span[1])
    pen = max(1, round(rng.uniform(0.35, 0.8) / 25.4 * dpi))
    xy = ((line - low) * scale + pen + 4) * 16
    size = np.ceil(span * scale).astype(int) + 2 * (pen + 4)
    canvas: Raster = np.zeros((size[1], size[0]), np.uint8)
    cv2.polylines(canvas, [xy.round().astype(np.int32)], False, 255, pen, cv2.LINE_AA, 4)
    return cropped(canvas)
