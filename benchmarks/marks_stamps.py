"""Round seals and rectangular stamps as worn rubber leaves them: ink coverage 0..255."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PIL import Image, ImageDraw

from benchmarks.marks_drawing import Raster, available_fonts, font

STAMP_WORDS = (
    "Страховая компания",
    "Общество с ограниченной ответственностью",
    "Отделение почтовой связи",
    "Банк «Заря»",
)


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
