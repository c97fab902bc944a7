"""The ways a page arrives: each gives the image and the 3×3 matrix that took the sheet's pixels to its own."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.marks_drawing import Raster


def resized(image: Raster, scale: float) -> tuple[Raster, NDArray[np.float64]]:
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=way).astype(np.uint8), np.diag([scale, scale, 1.0])


def _turned(image: Raster, degrees: float, paper: tuple[float, float, float]) -> tuple[Raster, NDArray[np.float64]]:
    high, wide = image.shape[:2]
    turn = np.vstack([cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0), [0, 0, 1]])
    turned = cv2.warpAffine(image, turn[:2], (wide, high), flags=cv2.INTER_LINEAR, borderValue=paper)
    return turned.astype(np.uint8), turn


def scanned(rng: np.random.Generator, image: Raster) -> tuple[Raster, NDArray[np.float64]]:
    image, turn = _turned(image, rng.uniform(-1.8, 1.8), (255, 255, 255))
    tint = np.array([rng.uniform(225, 252), rng.uniform(232, 252), rng.uniform(235, 254)]) / 255
    out: Raster = image.astype(np.float32) * tint.astype(np.float32)
    out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 1.0)) + rng.normal(0, rng.uniform(2, 9), image.shape).astype(
        np.float32
    )
    if rng.random() < 0.25:
        edge = int(rng.integers(4, 24))
        out[:, :edge] = out[:, :edge] * np.linspace(0.25, 1, edge)[None, :, None]
    scanned: Raster = np.clip(out, 0, 255).astype(np.uint8)
    if rng.random() < 0.35:
        scanned = cv2.cvtColor(scanned, cv2.COLOR_BGR2GRAY)
    return _jpeg(scanned, int(rng.integers(70, 93))), turn


def faxed(rng: np.random.Generator, image: Raster) -> tuple[Raster, NDArray[np.float64]]:
    image, turn = _turned(image, rng.uniform(-1.2, 1.2), (255, 255, 255))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small, shrink = resized(grey, 0.75 if rng.random() < 0.7 else 1.0)
    noisy = small.astype(np.float32) + rng.normal(0, 12, small.shape)
    bits = np.where(noisy < rng.uniform(150, 200), 0, 255).astype(np.uint8)
    specks = rng.random(bits.shape)
    bits[specks < rng.uniform(0.0002, 0.0025)] = 0
    bits[specks > 1 - 0.001] = 255
    return bits, shrink @ turn


def photographed(rng: np.random.Generator, image: Raster) -> tuple[Raster, NDArray[np.float64]]:
    high, wide = image.shape[:2]
    out_high = int(rng.integers(1900, 2600))
    out_wide = round(out_high * rng.uniform(0.7, 0.78))
    margin = rng.uniform(0.01, 0.08)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * (1 - 2 * margin) + margin
    corners = (corners + rng.uniform(-0.03, 0.03, (4, 2))) * [out_wide, out_high]
    source = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    move = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    colour = rng.uniform(40, 150, 3)
    desk: Raster = rng.normal(0, 1, (out_high // 8, out_wide // 8, 1)).astype(np.float32)
    desk = cv2.resize(cv2.GaussianBlur(desk, (0, 0), sigmaX=6, sigmaY=0.8), (out_wide, out_high))[:, :, None] * 60
    scene = np.clip(desk + colour, 0, 255).astype(np.uint8)
    cv2.warpPerspective(
        image, move, (out_wide, out_high), dst=scene, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT
    )
    ys, xs = np.mgrid[0:out_high, 0:out_wide].astype(np.float32)
    angle = rng.uniform(0, 2 * math.pi)
    ramp = ((xs / out_wide - 0.5) * math.cos(angle) + (ys / out_high - 0.5) * math.sin(angle)) * rng.uniform(0, 0.5)
    light = 0.85 + ramp
    if rng.random() < 0.5:
        line = (xs - rng.uniform(0, out_wide)) * math.cos(angle + 1) + (ys - rng.uniform(0, out_high)) * math.sin(
            angle + 1
        )
        light *= 1 - rng.uniform(0.1, 0.4) / (1 + np.exp(np.clip(-line / rng.uniform(8, 60), -50, 50)))
    warm = np.array([rng.uniform(0.82, 1.0), rng.uniform(0.92, 1.0), 1.0], np.float32)
    photo = scene.astype(np.float32) * light[:, :, None] * warm
    photo = cv2.GaussianBlur(photo, (0, 0), rng.uniform(0.6, 1.5)) + rng.normal(0, rng.uniform(1, 6), photo.shape)
    return _jpeg(np.clip(photo, 0, 255).astype(np.uint8), int(rng.integers(55, 88))), move.astype(np.float64)


def _jpeg(image: Raster, quality: int) -> Raster:
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_UNCHANGED), dtype=np.uint8)
