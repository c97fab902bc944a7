"""Pages drawn for tests: Russian text with the box of every word, and what cameras and scanners do to them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
LINES = (
    "Финансовому уполномоченному по правам потребителей",
    "от Журавлёвой Марины Петровны, 14.03.1983 года рождения",
    "Прошу взыскать со страховой организации 118 437,50 рубля",
    "по договору от 03.10.2024 № 5310/7731, претензия вручена",
    "страховщику 26 ноября 2025 года, ответа до сих пор нет.",
    "Автомобиль повреждён при столкновении на перекрёстке,",
    "осмотр проведён, направление на ремонт не выдано.",
    "К обращению прилагаю копии полиса и переписки.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """`boxes`: (text, left, top, right, bottom) in pixels of the drawn page."""

    pixels: np.ndarray
    boxes: tuple[tuple[str, float, float, float, float], ...]


def draw(lines: tuple[str, ...] = LINES, size: tuple[int, int] = (1240, 1754), points: int = 28) -> Drawn:
    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, points)
    boxes = []
    for number, line in enumerate(lines):
        x, y = 110.0, 130 + number * points * 1.9
        for word in line.split():
            left, top, right, bottom = pen.textbbox((x, y), word, font=font)
            pen.text((x, y), word, font=font, fill=0)
            boxes.append((word, left, top, right, bottom))
            x = right + 0.35 * points
    return Drawn(pixels=np.asarray(image), boxes=tuple(boxes))


def photographed(page: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The page on a dark grained desk, seen at an angle under uneven light; and the photograph-from-page matrix."""
    rng = np.random.default_rng(7)
    height, width = page.shape
    frame_w, frame_h = int(width * 1.35), int(height * 1.25)
    grain = cv2.resize(rng.normal(0, 1, (frame_h // 6, 12)).astype(np.float32), (frame_w, frame_h))
    desk = np.stack([40 + 6 * grain, 60 + 9 * grain, 90 + 12 * grain], axis=2)
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    target = np.array(
        [
            [0.13 * frame_w, 0.09 * frame_h],
            [0.88 * frame_w, 0.06 * frame_h],
            [0.91 * frame_w, 0.94 * frame_h],
            [0.09 * frame_w, 0.91 * frame_h],
        ],
        np.float32,
    )
    matrix = cv2.getPerspectiveTransform(source, target)
    sheet = np.stack([page * 0.88, page * 0.95, page * 0.97], axis=2)
    laid = cv2.warpPerspective(sheet, matrix, (frame_w, frame_h), flags=cv2.INTER_AREA)
    inside = cv2.warpPerspective(np.ones_like(page), matrix, (frame_w, frame_h)) > 0
    photo = np.where(inside[:, :, None], laid, desk)
    light = np.linspace(0.55, 1.0, frame_w)[None, :, None] * np.linspace(1.0, 0.8, frame_h)[:, None, None]
    noisy = photo * light + rng.normal(0, 4, photo.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8), matrix


def turned_and_stamped(page: np.ndarray) -> np.ndarray:
    """The page in colour with a red ring and a blue pen line over its text, lying on its right side (turn 270 back)."""
    colour = cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)
    ink = np.full_like(colour, 255)
    cv2.circle(ink, (420, 330), 150, (70, 60, 205), 9)
    cv2.putText(ink, "PECHAT", (330, 340), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (70, 60, 205), 6)
    cv2.polylines(
        ink, [np.array([[700, 420], [760, 360], [800, 450], [860, 370], [930, 430]])], False, (170, 60, 40), 6
    )
    together = (colour.astype(np.uint16) * ink // 255).astype(np.uint8)
    return np.asarray(cv2.rotate(together, cv2.ROTATE_90_CLOCKWISE))


def faxed(page: np.ndarray) -> np.ndarray:
    """The page at half the resolution, 1-bit, with specks."""
    rng = np.random.default_rng(3)
    small = cv2.resize(page, None, fx=0.62, fy=0.62, interpolation=cv2.INTER_AREA)
    bits = np.where(small < 150, 0, 255).astype(np.uint8)
    ys, xs = rng.integers(0, bits.shape[0], 500), rng.integers(0, bits.shape[1], 500)
    bits[ys, xs] = 0
    return bits
