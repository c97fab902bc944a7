"""Ruled tables: where their cells are, and the page without their lines."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.image.raster import Pixels

_Mask = npt.NDArray[np.uint8]

_THICKEST = 14
_WIDE = 1600  # wider pages are searched at half size: rules survive it, and it is three times faster


@dataclass(frozen=True, kw_only=True, slots=True)
class CellBox:
    """One cell between rules, pixels."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A ruled table: its rows from top to bottom, each with its cells from left to right. A cell that spans several
    rows stands in the first of them."""

    rows: tuple[tuple[CellBox, ...], ...]


def find_rules(page: Pixels) -> tuple[_Mask, _Mask]:
    """Masks (255 = rule) of the horizontal and of the vertical rules of a level grey page.

    A horizontal rule is thin and at least an eighteenth of the page's width long, so that no bar of a capital letter
    counts. A vertical one may be as short as a table's row, if it meets a horizontal rule.
    """
    dark = cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    ink = np.asarray(dark, dtype=np.uint8)
    step = 2 if page.shape[1] > _WIDE else 1
    grown = np.asarray(cv2.dilate(ink, np.ones((step, step), np.uint8)), dtype=np.uint8)
    coarse = np.ascontiguousarray(grown[::step, ::step])
    length = max(100 // step, coarse.shape[1] // 18)
    horizontal = _along(coarse, length, _THICKEST // step)
    upright = _along(np.ascontiguousarray(coarse.T), max(48 // step, length // 2), _THICKEST // step)
    vertical = _meeting(np.ascontiguousarray(upright.T), horizontal, 2 * length)
    near = np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    return _at_full_size(horizontal, near), _at_full_size(vertical, near)


def _at_full_size(mask: _Mask, ink: _Mask) -> _Mask:
    if not mask.any():
        return np.zeros_like(ink)
    full = cv2.resize(mask, (ink.shape[1], ink.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.bitwise_and(full, ink), dtype=np.uint8)


def _meeting(vertical: _Mask, horizontal: _Mask, long: int) -> _Mask:
    """The vertical rules that touch a horizontal one or are long."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(vertical, connectivity=8, ltype=cv2.CV_32S)
    touching = np.unique(labels[cv2.dilate(horizontal, np.ones((13, 5), np.uint8)) > 0])
    keep = stats[:, cv2.CC_STAT_HEIGHT] >= long
    keep[touching] = True
    keep[0] = False
    return np.where(keep[labels], 255, 0).astype(np.uint8)


def _along(ink: _Mask, length: int, thickest: int) -> _Mask:
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))  # a rule a pixel off the level would break into pieces
    strokes = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length // 2), np.uint8))
    bridged = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((1, length // 4), np.uint8))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8, ltype=cv2.CV_32S)
    widths, areas = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_AREA]
    thin = areas / np.maximum(widths, 1) <= thickest
    thin[0] = False
    return np.where(thin[labels], 255, 0).astype(np.uint8) if count > 1 else np.zeros_like(ink)


def find_grids(horizontal: _Mask, vertical: _Mask) -> tuple[Grid, ...]:
    """Ruled tables with at least two cells, from top to bottom."""
    lines = cv2.bitwise_or(horizontal, vertical)
    joined = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8, ltype=cv2.CV_32S)
    grids = []
    for number in range(1, count):
        left, top, width, height = (int(value) for value in stats[number, :4])
        if width < lines.shape[1] // 10 or height < 20:
            continue
        here = labels[top : top + height, left : left + width] == number
        if not (vertical[top : top + height, left : left + width][here] > 0).any():
            continue
        rows = _rows(_cells(here, left, top))
        if sum(len(row) for row in rows) >= 2:
            grids.append(Grid(rows=rows))
    return tuple(sorted(grids, key=lambda grid: grid.rows[0][0].top))


def _cells(lines: npt.NDArray[np.bool_], left: int, top: int) -> list[CellBox]:
    """Holes between the rules of one table."""
    holes = np.pad(np.where(lines, 0, 255).astype(np.uint8), 1, constant_values=255)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(holes, connectivity=4, ltype=cv2.CV_32S)
    outside = int(labels[0, 0])
    cells = []
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[number, :5])
        if number == outside or width < 14 or height < 14 or area < 0.6 * width * height:
            continue
        cells.append(
            CellBox(left=left + x - 1, top=top + y - 1, right=left + x - 1 + width, bottom=top + y - 1 + height)
        )
    return cells


def _rows(cells: list[CellBox]) -> tuple[tuple[CellBox, ...], ...]:
    rows: list[list[CellBox]] = []
    for cell in sorted(cells, key=lambda cell: (cell.top, cell.left)):
        near = 0.4 * min([cell.bottom - cell.top, *(other.bottom - other.top for other in (rows[-1] if rows else []))])
        if rows and cell.top - rows[-1][0].top <= max(6.0, near):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return tuple(tuple(sorted(row, key=lambda cell: cell.left)) for row in rows)


def without_rules(page: Pixels, horizontal: _Mask, vertical: _Mask) -> Pixels:
    """The page with its rules painted in paper, so that letters touching them are read as letters.

    A short rule that meets no vertical one stays: it is a line to sign or to write on, and is read as such.
    """
    cleaned = page.copy()
    long = _meeting(horizontal.T.copy(), vertical.T.copy(), page.shape[1] // 3).T
    cleaned[cv2.bitwise_or(np.ascontiguousarray(long), vertical) > 0] = 255
    return cleaned
