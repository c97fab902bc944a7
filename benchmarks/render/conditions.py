"""What happens to a paper on its way: scanners, fax machines, phone cameras, incoming-mail stamps.

Each condition takes the sheet's BGR raster at 300 dots an inch and gives the raster as it would arrive, together with
the homography (3, 3) from sheet pixels to pixels of the *upright* raster, so the truth can follow.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.render.fonts import Typeface
from benchmarks.render.ink import office_stamp, seal
from benchmarks.render.truth import Condition, Raster
from benchmarks.render.typeset import DPI, PlacedMark
from ocr.document import Box, Rotation

Matrix = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """`image` as it arrived; `matrix`: sheet pixels → pixels of the upright raster of `upright` (width, height);
    `quality`: JPEG quality of the file, None where the file loses nothing; `extra_marks`: stamps set on the sheet."""

    image: Raster
    matrix: Matrix
    upright: tuple[int, int]
    rotation: Rotation
    dpi: float
    quality: int | None
    extra_marks: tuple[PlacedMark, ...] = ()


def arrive(sheet: Raster, condition: Condition, face: Typeface, rng: np.random.Generator) -> Arrived:
    if condition == "clean":
        return _clean(sheet, rng)
    if condition == "scan":
        return _scan(sheet, rng)
    if condition == "fax":
        return _fax(sheet, rng)
    if condition == "photo":
        return _photo(sheet, rng)
    return _stamped(sheet, face, rng)


def _grey(image: Raster) -> Raster:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


def _bytes(image: NDArray[np.float32]) -> Raster:
    return np.clip(image, 0, 255).astype(np.uint8)


def _noise(shape: tuple[int, ...], sigma: float, rng: np.random.Generator) -> NDArray[np.float32]:
    return rng.standard_normal(shape, np.float32) * np.float32(sigma)


def _cloud(height: int, width: int, cells: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Smooth random field 0..1 with about `cells` hills along its longer side."""
    small = rng.random(
        (max(2, cells * height // max(height, width)) + 1, max(2, cells * width // max(height, width)) + 1)
    )
    return np.asarray(
        np.clip(cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC), 0, 1), np.float32
    )


def _laid(sheet: Raster, dpi: float, degrees: float, rng: np.random.Generator, fill: int) -> tuple[Raster, Matrix]:
    """The sheet on a scanner's glass: scaled to `dpi`, turned by `degrees`, not quite in the corner."""
    scale = dpi / DPI
    height, width = round(sheet.shape[0] * scale), round(sheet.shape[1] * scale)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turn[:, 2] += rng.uniform(-0.006, 0.006, 2) * (width, height)
    matrix = np.vstack([turn, [0, 0, 1]]) @ np.diag([scale, scale, 1.0])
    shrunk = cv2.resize(sheet, (width, height), interpolation=cv2.INTER_AREA)
    image = cv2.warpAffine(shrunk, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(fill, fill, fill))
    return np.asarray(image, np.uint8), matrix


def _clean(sheet: Raster, rng: np.random.Generator) -> Arrived:
    height, width = sheet.shape[:2]
    coloured = bool((sheet.max(axis=2).astype(int) - sheet.min(axis=2) > 12).any())
    image = np.asarray(cv2.GaussianBlur(sheet, (0, 0), float(rng.uniform(0.4, 0.9))), np.uint8)
    return Arrived(
        image=image if coloured else _grey(image),
        matrix=np.eye(3),
        upright=(width, height),
        rotation=0,
        dpi=DPI,
        quality=92,
    )


def _speckle(image: NDArray[np.float32], count: int, largest: float, rng: np.random.Generator) -> None:
    """Dust: dark and light dots, in place."""
    height, width = image.shape[:2]
    for _ in range(count):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        tone = float(rng.choice([40.0, 90.0, 250.0]))
        cv2.circle(image, centre, max(1, round(float(rng.uniform(0.4, largest)))), (tone, tone, tone), -1)


def _scanned(sheet: Raster, dpi: float, colour: bool, rng: np.random.Generator) -> tuple[NDArray[np.float32], Matrix]:
    degrees = float(rng.normal(0, 0.9))
    laid, matrix = _laid(sheet, dpi, degrees, rng, int(rng.integers(215, 250)))
    image = (laid if colour else _grey(laid)).astype(np.float32)
    height, width = image.shape[:2]
    blur = float(rng.uniform(0.5, 1.0)) * dpi / 250
    image = np.asarray(cv2.GaussianBlur(image, (0, 0), blur), np.float32)
    # Toner is uneven, paper is not white, and the light bar falls off towards the gutter.
    ink = 1 - image / 255
    toner = 0.62 + 0.36 * _cloud(height, width, 9, rng)
    paper = float(rng.uniform(212, 246)) - float(rng.uniform(6, 26)) * _cloud(height, width, 4, rng)
    if colour:
        toner, paper = toner[:, :, None], paper[:, :, None]
    image = paper - ink * toner * (paper - float(rng.uniform(15, 50)))
    if rng.random() < 0.5:
        edge = np.exp(-np.linspace(0, float(rng.uniform(25, 60)), width, dtype=np.float32)) * float(
            rng.uniform(30, 120)
        )
        edge = edge if rng.random() < 0.5 else edge[::-1]
        image -= edge[None, :, None] if colour else edge[None, :]
    image += _noise(image.shape, float(rng.uniform(6, 13)), rng)
    _speckle(image, int(rng.integers(60, 420)), dpi / 110, rng)
    return image, matrix


def _scan(sheet: Raster, rng: np.random.Generator) -> Arrived:
    dpi = float(rng.choice([200, 200, 240, 300]))
    image, matrix = _scanned(sheet, dpi, bool(rng.random() < 0.25), rng)
    height, width = image.shape[:2]
    return Arrived(
        image=_bytes(image),
        matrix=matrix,
        upright=(width, height),
        rotation=0,
        dpi=dpi,
        quality=int(rng.integers(45, 72)),
    )


def _fax(sheet: Raster, rng: np.random.Generator) -> Arrived:
    dpi = 150.0
    laid, matrix = _laid(sheet, dpi, float(rng.normal(0, 0.6)), rng, 255)
    image = _grey(laid).astype(np.float32)
    height, width = image.shape
    image = np.asarray(cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.45, 0.7))), np.float32)
    image += _noise(image.shape, float(rng.uniform(8, 18)), rng)
    threshold = float(rng.uniform(168, 200)) + 18 * (_cloud(height, width, 8, rng) - 0.5)
    black = image < threshold
    black |= rng.random(image.shape) < rng.uniform(0.0003, 0.0012)
    black &= rng.random(image.shape) > rng.uniform(0.001, 0.006)
    # The line drops for a moment: rows are lost or repeat the row before.
    for _ in range(int(rng.integers(1, 6))):
        row = int(rng.integers(1, height - 4))
        count = int(rng.integers(1, 3))
        if rng.random() < 0.5:
            start = int(rng.integers(0, width // 2))
            black[row : row + count, start : start + int(rng.integers(width // 8, width // 2))] = False
        else:
            black[row : row + count] = black[row - 1]
    if rng.random() < 0.4:  # a dirty sensor draws a line down the whole page
        black[:, int(rng.integers(width // 20, width))] |= rng.random(height) < 0.8
    return Arrived(
        image=np.where(black, 0, 255).astype(np.uint8),
        matrix=matrix,
        upright=(width, height),
        rotation=0,
        dpi=dpi,
        quality=None,
    )


_DESKS = ((60, 90, 130), (45, 60, 85), (120, 130, 140), (90, 70, 60), (40, 45, 50), (150, 165, 185))


def _desk(height: int, width: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """A table top: wood grain or plain, in BGR."""
    colour = np.array(_DESKS[int(rng.integers(len(_DESKS)))], np.float32)
    base = np.ones((height, width, 1), np.float32) * colour
    grain = rng.standard_normal((height // 6 + 1, 8)).astype(np.float32)
    stripes = cv2.resize(cv2.GaussianBlur(grain, (0, 0), 1.2), (width, height), interpolation=cv2.INTER_CUBIC)
    base += float(rng.uniform(4, 22)) * stripes[:, :, None]
    return base + 18 * (_cloud(height, width, 6, rng)[:, :, None] - 0.5)


def _photo(sheet: Raster, rng: np.random.Generator) -> Arrived:
    page_height, page_width = sheet.shape[:2]
    scale = float(rng.uniform(0.68, 0.86))
    paper_width, paper_height = page_width * scale, page_height * scale
    margin = rng.uniform(0.05, 0.16, 2) * min(paper_width, paper_height)
    width, height = round(paper_width + 2 * margin[0]), round(paper_height + 2 * margin[1])
    corners = (
        np.array([[0, 0], [paper_width, 0], [paper_width, paper_height], [0, paper_height]], np.float64)
        - np.array([paper_width, paper_height]) / 2
    )
    angle = np.radians(float(rng.normal(0, 2.2)))
    corners = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners += rng.uniform(-0.038, 0.038, (4, 2)) * [paper_width, paper_height]
    half = np.array([width, height]) / 2
    corners *= min(1.0, 0.985 / float((np.abs(corners) / half).max()))  # people take care to have the whole sheet in
    corners += half
    source = np.array([[0, 0], [page_width, 0], [page_width, page_height], [0, page_height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    paper = cv2.warpPerspective(
        cv2.GaussianBlur(sheet, (0, 0), 0.5 / scale), matrix, (width, height), flags=cv2.INTER_AREA
    ).astype(np.float32)
    cover = cv2.warpPerspective(np.full((page_height, page_width), 255, np.uint8), matrix, (width, height))
    cover = cv2.GaussianBlur(cover, (0, 0), 1.2).astype(np.float32)[:, :, None] / 255
    ink_floor = float(rng.uniform(25, 60))
    paper = np.float32(ink_floor) + paper * np.float32((float(rng.uniform(220, 245)) - ink_floor) / 255)
    desk = _desk(height, width, rng)
    drop = cv2.GaussianBlur(1 - 0.45 * cover[:, :, 0], (0, 0), 14)[:, :, None]
    image: NDArray[np.float32] = np.asarray(desk * drop * (1 - cover) + paper * cover, np.float32)
    image *= _light(height, width, rng)[:, :, None]
    image *= np.array([rng.uniform(0.8, 1.0), rng.uniform(0.92, 1.0), 1.0], np.float32)
    image = np.asarray(cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.7, 1.35))), np.float32)
    if rng.random() < 0.35:
        image = _shaken(image, rng)
    image += cv2.GaussianBlur(_noise(image.shape, float(rng.uniform(6, 14)), rng), (0, 0), 0.6)
    return Arrived(
        image=_bytes(np.asarray(image, np.float32)),
        matrix=np.asarray(matrix, np.float64),
        upright=(width, height),
        rotation=0,
        dpi=DPI * scale,
        quality=int(rng.integers(55, 82)),
    )


def _light(height: int, width: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """A lamp from one side, and the shadow of a hand or a phone with a soft edge."""
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    xs, ys = xs / width - 0.5, ys / height - 0.5
    direction = float(rng.uniform(0, 2 * np.pi))
    light = 0.86 + float(rng.uniform(0.15, 0.5)) * (xs * np.cos(direction) + ys * np.sin(direction))
    light += 0.1 * (_cloud(height, width, 3, rng) - 0.5)
    for _ in range(int(rng.integers(1, 3))):
        direction, offset = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0.05, 0.4))
        edge = xs * np.cos(direction) + ys * np.sin(direction) + 0.05 * np.sin(9 * (xs - ys)) - offset
        depth = float(rng.uniform(0.2, 0.52))
        light *= 1 - depth / (1 + np.exp(-edge * float(rng.uniform(18, 70))))
    return np.asarray(np.clip(light, 0.2, 1.12), np.float32)


def _shaken(image: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """The hand moved by a few pixels."""
    length = int(rng.integers(2, 5))
    kernel = np.zeros((9, 9), np.float32)
    angle = float(rng.uniform(0, np.pi))
    end = (round(4 + length * np.cos(angle)), round(4 + length * np.sin(angle)))
    cv2.line(kernel, (4, 4), end, 1.0, 1)
    return np.asarray(cv2.filter2D(image, -1, kernel / kernel.sum()), np.float32)


_STAMP_TEXTS = (
    ("ПОЛУЧЕНО", "вх. № {number}", "{date}"),
    ("КОПИЯ ВЕРНА", "{date}"),
    ("ПРИНЯТО В РАБОТУ", "{date}  № {number}"),
    ("КАНЦЕЛЯРИЯ", "ВХОДЯЩИЙ № {number}"),
)


def _stamped(sheet: Raster, face: Typeface, rng: np.random.Generator) -> Arrived:
    sheet = sheet.copy()
    height, width = sheet.shape[:2]
    printed = np.flatnonzero((sheet.min(axis=2) < 128).any(axis=1))
    top, bottom = (int(printed[0]), int(printed[-1])) if printed.size else (0, height)
    marks = []
    for _ in range(int(rng.integers(1, 3))):
        if rng.random() < 0.6:
            lines = _STAMP_TEXTS[int(rng.integers(len(_STAMP_TEXTS)))]
            number, date = rng.integers(100, 9999), f"{rng.integers(1, 29):02d}.{rng.integers(1, 13):02d}.2026"
            ink = office_stamp(
                rng, face, tuple(line.format(number=number, date=date) for line in lines), int(rng.integers(50, 74))
            )
        else:
            ink = seal(rng, face, "ВХОДЯЩАЯ КОРРЕСПОНДЕНЦИЯ * ОТДЕЛ № 3 *", "ПРИНЯТО", int(rng.integers(420, 560)))
        x0, y0, x1, y1 = ink.extent()
        left = int(rng.uniform(0.05, max(0.06, 0.95 - ink.cover.shape[1] / width)) * width)
        at = int(rng.uniform(top, max(top + 1, bottom - ink.cover.shape[0] * 0.5)))
        ink.put(sheet, left, at)
        marks.append(
            PlacedMark(
                "stamp",
                Box(max(0, left + x0), max(0, at + y0), min(width, left + x1), min(height, at + y1)),
                None,
                None,
            )
        )
    dpi = float(rng.choice([200, 240, 300]))
    scanned, matrix = _scanned(sheet, dpi, True, rng)
    image = _bytes(scanned)
    turns: tuple[tuple[Rotation, int], ...] = (
        (90, cv2.ROTATE_90_COUNTERCLOCKWISE),
        (180, cv2.ROTATE_180),
        (270, cv2.ROTATE_90_CLOCKWISE),
    )
    turned, flag = turns[int(rng.integers(3))]
    return Arrived(
        image=np.asarray(cv2.rotate(image, flag), np.uint8),
        matrix=matrix,
        upright=(image.shape[1], image.shape[0]),
        rotation=turned,
        dpi=dpi,
        quality=int(rng.integers(50, 75)),
        extra_marks=tuple(marks),
    )
