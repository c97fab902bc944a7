"""What a pen, a stamp and a printer leave on a page, drawn for measuring the detector of marks.

Independent of `benchmarks.render`: a detector tuned on one drawing of signatures learns that drawing. Five sources
of signatures are here; `HELD_OUT_SOURCE` is never shown while tuning.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

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
HELD_OUT_SOURCE = "script"
STAMP_WORDS = (
    "Страховая компания",
    "Общество с ограниченной ответственностью",
    "Отделение почтовой связи",
    "Банк «Заря»",
)


def font(path: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, max(6, round(size)))


def available_fonts() -> tuple[str, ...]:
    return tuple(path for path in FONTS if Path(path).exists())


# --- signatures: polylines in a unit square, y down -------------------------------------------------------------


def _smooth(points: Points, rounds: int = 3) -> Points:
    """Chaikin's corner cutting: a polyline becomes a curve."""
    for _ in range(rounds):
        near, far = points[:-1], points[1:]
        cut = np.empty((2 * len(near), 2))
        cut[0::2], cut[1::2] = 0.75 * near + 0.25 * far, 0.25 * near + 0.75 * far
        points = np.vstack([points[:1], cut, points[-1:]])
    return points


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
    strokes = [_smooth(np.vstack([np.stack([xs, ys], axis=1), tail]), int(rng.integers(1, 4)))]
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
    return _smooth(knots)


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
    return _cropped(canvas)


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
    line = _smooth(line, 3)
    line[:, 0] += rng.uniform(0, 0.6) * (1 - line[:, 1])
    low, span = line.min(axis=0), np.ptp(line, axis=0)
    scale = min(width / span[0], height / span[1])
    pen = max(1, round(rng.uniform(0.35, 0.8) / 25.4 * dpi))
    xy = ((line - low) * scale + pen + 4) * 16
    size = np.ceil(span * scale).astype(int) + 2 * (pen + 4)
    canvas: Raster = np.zeros((size[1], size[0]), np.uint8)
    cv2.polylines(canvas, [xy.round().astype(np.int32)], False, 255, pen, cv2.LINE_AA, 4)
    return _cropped(canvas)


def _cropped(canvas: Raster) -> Raster:
    x, y, wide, high = cv2.boundingRect((canvas > 40).astype(np.uint8))
    return canvas[y : y + max(1, high), x : x + max(1, wide)]


# --- stamps -----------------------------------------------------------------------------------------------------


def seal(rng: np.random.Generator, dpi: float) -> Raster:
    """A round seal: one or two rings, text along the inner side, a short text or an emblem in the middle."""
    radius = rng.uniform(15, 22.5) / 25.4 * dpi
    side = round(2 * radius) + 12
    plate = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(plate)
    middle = side / 2
    thick = max(2, round(rng.uniform(0.35, 0.9) / 25.4 * dpi))
    rings = [1.0] + ([0.92] if rng.random() < 0.4 else []) + ([rng.uniform(0.55, 0.66)] if rng.random() < 0.8 else [])
    for share in rings:
        r = radius * share
        draw.ellipse((middle - r, middle - r, middle + r, middle + r), outline=255, width=thick)
    face = font(str(rng.choice(available_fonts()[:5])), radius * rng.uniform(0.17, 0.24))
    text = (str(rng.choice(STAMP_WORDS)).upper() + " * ") * 3
    around = radius * 0.79
    angle = 0.0
    for letter in text:
        advance = face.getlength(letter) * 1.12 / around
        if angle + advance > 2 * math.pi:
            break
        tile = Image.new("L", (round(face.size * 1.6),) * 2, 0)
        ImageDraw.Draw(tile).text((tile.width / 2, tile.height / 2), letter, font=face, fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        x, y = middle + around * math.sin(angle), middle - around * math.cos(angle)
        plate.paste(255, (round(x - tile.width / 2), round(y - tile.height / 2)), tile)
        angle += advance
    if rng.random() < 0.5:
        inner = font(str(rng.choice(available_fonts()[:5])), radius * 0.2)
        for row, line in enumerate(rng.choice(["«Заря»", "ОГРН", "Для", "документов", "№ 3", "Отдел"], 3)):
            draw.text((middle, middle + (row - 1) * radius * 0.26), str(line), font=inner, fill=255, anchor="mm")
    else:
        spikes = int(rng.integers(5, 11))
        star = [
            (
                middle + radius * (0.4 if k % 2 else 0.18) * math.sin(k * math.pi / spikes),
                middle - radius * (0.4 if k % 2 else 0.18) * math.cos(k * math.pi / spikes),
            )
            for k in range(2 * spikes)
        ]
        draw.polygon(star, outline=255, width=thick)
    turned = plate.rotate(rng.uniform(-180, 180), resample=Image.Resampling.BICUBIC)
    return _worn(rng, np.array(turned, dtype=np.uint8))


def plate(rng: np.random.Generator, dpi: float) -> Raster:
    """A rectangular stamp: frame, two to four lines, often a date, put down up to six degrees askew."""
    wide, high = round(rng.uniform(38, 74) / 25.4 * dpi), round(rng.uniform(15, 34) / 25.4 * dpi)
    image = Image.new("L", (wide, high), 0)
    draw = ImageDraw.Draw(image)
    thick = max(2, round(rng.uniform(0.4, 0.9) / 25.4 * dpi))
    draw.rectangle((1, 1, wide - 2, high - 2), outline=255, width=thick)
    if rng.random() < 0.3:
        inset = thick + max(3, round(0.8 / 25.4 * dpi))
        draw.rectangle((inset, inset, wide - inset, high - inset), outline=255, width=max(1, thick - 1))
    lines = [
        str(rng.choice(STAMP_WORDS)),
        str(rng.choice(["ПОЛУЧЕНО", "ВХОДЯЩИЙ", "ПРИНЯТО", "ОПЛАЧЕНО", "КОПИЯ ВЕРНА"])),
    ]
    lines.append(f"{rng.integers(1, 29):02d}.{rng.integers(1, 13):02d}.202{rng.integers(3, 7)}")
    if rng.random() < 0.5:
        lines.append(f"вх. № {rng.integers(100, 9999)}")
    face_path = str(rng.choice(available_fonts()[:5]))
    for row, line in enumerate(lines):
        size = min(0.62 * high / len(lines), 3.6 / 25.4 * dpi)
        face = font(face_path, size)
        while face.getlength(line) > 0.86 * wide and face.size > 7:
            face = font(face_path, face.size - 1)
        draw.text((wide / 2, high * (row + 0.75) / (len(lines) + 0.5)), line, font=face, fill=255, anchor="mm")
    turned = image.rotate(rng.uniform(-6, 6), resample=Image.Resampling.BICUBIC, expand=True)
    return _worn(rng, np.array(turned, dtype=np.uint8))


def _worn(rng: np.random.Generator, ink: Raster) -> Raster:
    """Uneven pressure and bald spots, as rubber leaves them."""
    high, wide = ink.shape
    coarse = rng.uniform(0.55, 1.15, (max(2, high // 40), max(2, wide // 40))).astype(np.float32)
    pressure = cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC)
    grain = cv2.GaussianBlur(rng.normal(0, 1, ink.shape).astype(np.float32), (0, 0), 1.3)
    bald = (grain > rng.uniform(0.75, 1.3)).astype(np.float32)
    worn: Raster = np.clip(ink * np.clip(pressure, 0.45, 1.0) * (1 - 0.8 * bald), 0, 255).astype(np.uint8)
    return worn


# --- what is neither --------------------------------------------------------------------------------------------


def barcode(rng: np.random.Generator, dpi: float) -> Raster:
    width, height = round(rng.uniform(25, 50) / 25.4 * dpi), round(rng.uniform(7, 14) / 25.4 * dpi)
    bars = np.zeros((height, width), np.uint8)
    x = 0
    while x < width:
        bar, gap = (int(v) for v in rng.integers(1, 5, 2) * max(1, round(dpi / 150)))
        bars[:, x : x + bar] = 255
        x += bar + gap
    return bars


def matrix_code(rng: np.random.Generator, dpi: float) -> Raster:
    cells = int(rng.integers(21, 38))
    code = (rng.random((cells, cells)) < 0.5).astype(np.uint8) * 255
    for y, x in ((0, 0), (0, cells - 7), (cells - 7, 0)):
        code[y : y + 7, x : x + 7] = 255
        code[y + 1 : y + 6, x + 1 : x + 6] = 0
        code[y + 2 : y + 5, x + 2 : x + 5] = 255
    side = round(rng.uniform(16, 28) / 25.4 * dpi)
    return cv2.resize(code, (side, side), interpolation=cv2.INTER_NEAREST).astype(np.uint8)


def logo(rng: np.random.Generator, dpi: float) -> Raster:
    """A company's device: filled and outlined shapes."""
    side = round(rng.uniform(10, 20) / 25.4 * dpi)
    canvas = np.zeros((side, side), np.uint8)
    for _ in range(int(rng.integers(2, 5))):
        centre = tuple(int(v) for v in rng.uniform(0.3, 0.7, 2) * side)
        thick = -1 if rng.random() < 0.6 else max(2, round(0.06 * side))
        if rng.random() < 0.5:
            cv2.ellipse(
                canvas,
                centre,
                tuple(int(v) for v in rng.uniform(0.12, 0.3, 2) * side),
                rng.uniform(0, 180),
                0,
                360,
                int(rng.choice([255, 255, 0])),
                thick,
                cv2.LINE_AA,
            )
        else:
            corners = (rng.uniform(0.05, 0.95, (int(rng.integers(3, 6)), 2)) * side).astype(np.int32)
            cv2.fillPoly(canvas, [cv2.convexHull(corners)], int(rng.choice([255, 255, 0])), cv2.LINE_AA)
    return canvas


def arms(rng: np.random.Generator, dpi: float) -> Raster:
    """Something like a coat of arms: a dense drawing of short curves, the same on both sides, in a shield."""
    side = round(rng.uniform(14, 22) / 25.4 * dpi)
    half = np.zeros((side, side // 2), np.uint8)
    for _ in range(int(rng.integers(14, 30))):
        centre = (int(rng.uniform(0.1, 1.0) * side / 2), int(rng.uniform(0.1, 0.9) * side))
        size = (int(rng.uniform(0.04, 0.2) * side), int(rng.uniform(0.03, 0.16) * side))
        start = int(rng.integers(0, 360))
        thick = -1 if rng.random() < 0.25 else max(1, round(dpi / 130))
        cv2.ellipse(
            half, centre, size, int(rng.integers(0, 180)), start, start + int(rng.integers(120, 360)), 255, thick
        )
    whole = np.hstack([half, half[:, ::-1]])
    if rng.random() < 0.6:
        wide = whole.shape[1]
        shield = np.array(
            [[2, 2], [wide - 3, 2], [wide - 3, 0.7 * side], [wide / 2, side - 3], [2, 0.7 * side]], np.int32
        )
        cv2.polylines(whole, [shield], True, 255, max(2, round(dpi / 100)), cv2.LINE_AA)
    return whole.astype(np.uint8)


def tick(rng: np.random.Generator, dpi: float) -> Raster:
    """A box of 4 mm with V or X put in it by a pen."""
    side = round(4 / 25.4 * dpi)
    canvas = np.zeros((2 * side, 2 * side), np.uint8)
    start, end = side // 2, side // 2 + side
    cv2.rectangle(canvas, (start, start), (end, end), 255, max(1, round(dpi / 150)))
    pen = max(1, round(0.5 / 25.4 * dpi))
    wobble = rng.integers(-side // 5, side // 5 + 1, 6)
    if rng.random() < 0.5:
        cv2.line(
            canvas, (start + wobble[0], start + side // 2), (start + side // 2, end + wobble[1]), 255, pen, cv2.LINE_AA
        )
        cv2.line(
            canvas, (start + side // 2, end + wobble[1]), (end + wobble[2], start + wobble[3]), 255, pen, cv2.LINE_AA
        )
    else:
        cv2.line(
            canvas, (start + wobble[0], start + wobble[1]), (end + wobble[2], end + wobble[3]), 255, pen, cv2.LINE_AA
        )
        cv2.line(
            canvas, (end + wobble[2], start + wobble[4]), (start + wobble[5], end + wobble[0]), 255, pen, cv2.LINE_AA
        )
    return canvas


def lettering(rng: np.random.Generator, dpi: float) -> Raster:
    """A line of display type that no recogniser made out: a firm's name, a heading in italics, capitals set wide."""
    faces = [*available_fonts(), "/usr/share/fonts/truetype/liberation/LiberationSans-BoldItalic.ttf"]
    face = font(str(rng.choice([f for f in faces if Path(f).exists()])), rng.uniform(3.2, 9) / 25.4 * dpi)
    text = str(rng.choice(["Янтарь", "ГАРАНТ", "Ваш банк", "Согласие", "ПОЛИС", "Северный путь", "Orbita", "ДОВЕРИЕ"]))
    if rng.random() < 0.3:
        text = " ".join(text)
    left, top, right, bottom = face.getbbox(text)
    canvas = Image.new("L", (round(right - left) + 8, round(bottom - top) + 8), 0)
    ImageDraw.Draw(canvas).text((4 - left, 4 - top), text, font=face, fill=255)
    return np.array(canvas, dtype=np.uint8)


def picture(rng: np.random.Generator, dpi: float) -> Raster:
    """A photograph pasted on the page, such as a passport's."""
    width, height = round(rng.uniform(20, 40) / 25.4 * dpi), round(rng.uniform(20, 45) / 25.4 * dpi)
    tones: Raster = rng.normal(0, 1, (height, width)).astype(np.float32)
    tones = cv2.GaussianBlur(tones, (0, 0), rng.uniform(4, 14))
    tones = (tones - tones.min()) / max(1e-6, float(np.ptp(tones)))
    shown: Raster = np.clip(tones * 230 + 15, 0, 255).astype(np.uint8)
    return shown


DECOYS: dict[str, Callable[[np.random.Generator, float], Raster]] = {
    "barcode": barcode,
    "matrix_code": matrix_code,
    "logo": logo,
    "arms": arms,
    "tick": tick,
    "lettering": lettering,
    "picture": picture,
}


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
