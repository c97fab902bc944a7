"""What is on a page and is neither print nor mark: codes, devices, pictures, ticks. Ink coverage 0..255."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from benchmarks.marks_drawing import Raster, available_fonts, font


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
