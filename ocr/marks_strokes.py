"""Pen strokes among the ink that print does not explain: pieces, groups of pieces, and what tells a pen from print."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ocr.marks_ink import Ink, Layer, Raster
from ocr.marks_seals import Stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Neighbouring pieces of unexplained ink. Lengths are in text heights, `box` in working pixels.

    Of the largest piece: `reach` length of its strokes, `tall`, `wide` its extents, `coils` reach over the extents'
    sum, `pen` width of its stroke, `uneven` spread of that width over its mean, `holes` their number, `mirror` how
    far it equals its mirror image (0..1). Of the group: `height`, `width`; `fill` share of its hull that is ink;
    `straight` share of its edges that run level or upright; `even` share of its ink in pieces no taller than letters;
    `main` share of its ink in the largest piece; `pieces` their number; `in_line` how far it fills, and no more than
    fills, the height of a printed word beside it (0..1).
    """

    box: tuple[int, int, int, int]
    coloured: bool
    reach: float
    tall: float
    wide: float
    coils: float
    pen: float
    uneven: float
    holes: float
    mirror: float
    height: float
    width: float
    fill: float
    straight: float
    even: float
    main: float
    pieces: float
    in_line: float


def find_groups(ink: Ink, stamps: list[Stamp]) -> list[Group]:
    groups: list[Group] = []
    for layer, coloured in ((ink.coloured, True), (ink.neutral, False)):
        rest = _without_stamps(layer, [stamp for stamp in stamps if stamp.coloured == coloured], ink.text_height)
        groups += _groups(rest, ink, coloured)
    return groups


def _without_stamps(layer: Layer, stamps: list[Stamp], text_height: float) -> Raster:
    """Takes out each stamp's border and what lies wholly inside it; a stroke that leaves the stamp stays.

    In a rectangular stamp there is only lettering, so what is taller than letters stays as well; a round seal has an
    emblem in its middle that no measure tells from a flourish.
    """
    rest = layer.rest.copy()
    for stamp in stamps:
        outline = stamp.outline.astype(np.int32)
        border = max(5, round(0.5 * text_height))
        cv2.polylines(rest, [outline], True, 0, border)
        inside = np.zeros_like(rest)
        cv2.fillPoly(inside, [outline], 255)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
        total = np.bincount(labels.ravel(), minlength=count)
        within = np.bincount(labels[inside > 0], minlength=count)
        lettering = stats[:, cv2.CC_STAT_HEIGHT] < 2.2 * text_height
        drop = np.where((within > 0.97 * total) & (lettering | stamp.round_), 0, 255).astype(np.uint8)
        drop[0] = 0
        rest = drop[labels]
    return rest


def _groups(rest: Raster, ink: Ink, coloured: bool) -> list[Group]:
    unit = ink.text_height
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    if count < 2:
        return []
    near = max(3, round(1.1 * unit)) | 1
    joined = cv2.dilate(rest, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (near, near)))
    _, cluster_of = cv2.connectedComponents(joined, connectivity=8)
    members: dict[int, list[int]] = {}
    first = np.zeros(count, np.int64)
    ys, xs = np.nonzero(rest)
    first[labels[ys, xs]] = cluster_of[ys, xs]
    for piece in range(1, count):
        members.setdefault(int(first[piece]), []).append(piece)
    groups: list[Group] = []
    for pieces in members.values():
        large = [p for p in pieces if stats[p, 3] >= 1.2 * unit or stats[p, 2] >= 2.2 * unit]
        if not large:
            continue
        # Letters and specks beside the strokes would stretch the box: only those among the strokes belong to them.
        low, high = stats[large, :2].min(axis=0), (stats[large, :2] + stats[large, 2:4]).max(axis=0)
        middle = {p: stats[p, :2] + stats[p, 2:4] / 2 for p in pieces}
        own = [p for p in pieces if (middle[p] >= low).all() and (middle[p] <= high).all()]
        groups.append(_group(own, labels, stats, ink, coloured))
    return groups


def _group(
    pieces: list[int],
    labels: Raster,
    stats: Raster,
    ink: Ink,
    coloured: bool,
) -> Group:
    unit = ink.text_height
    own = stats[pieces]
    x0, y0 = int(own[:, 0].min()), int(own[:, 1].min())
    x1, y1 = int((own[:, 0] + own[:, 2]).max()), int((own[:, 1] + own[:, 3]).max())
    window = labels[y0:y1, x0:x1]
    mask = np.isin(window, pieces).astype(np.uint8)
    area = float(mask.sum())

    largest = max(pieces, key=lambda p: int(stats[p, 2]) + int(stats[p, 3]))
    left, top, wide, high, largest_area = (int(v) for v in stats[largest])
    main = (window == largest).astype(np.uint8)
    outlines, tree = cv2.findContours(main, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    reach = sum(cv2.arcLength(outline, True) for outline in outlines) / 2
    holes = sum(cv2.contourArea(outline) > 6 for outline, kin in zip(outlines, tree[0], strict=True) if kin[3] >= 0)
    depth = cv2.distanceTransform(cv2.copyMakeBorder(main, 1, 1, 1, 1, cv2.BORDER_CONSTANT), cv2.DIST_L2, 3)
    ridge = depth[(depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8)) - 1e-3)]
    pen = 2 * float(ridge.mean()) if ridge.size else 0.0

    hull = cv2.convexHull(np.concatenate(cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]))
    grey = cv2.GaussianBlur(mask * 255, (0, 0), 1.2).astype(np.float32)
    dx, dy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    force = np.hypot(dx, dy)
    axis = np.minimum(np.abs(dx), np.abs(dy)) < 0.2126 * np.maximum(np.abs(dx), np.abs(dy))  # within 12°
    letters = own[own[:, 3] <= 1.25 * unit, 4].sum()
    return Group(
        box=(x0, y0, x1, y1),
        coloured=coloured,
        reach=reach / unit,
        tall=high / unit,
        wide=wide / unit,
        coils=reach / (wide + high),
        pen=pen / unit,
        uneven=float(2 * ridge.std() / pen) if pen else 0.0,
        holes=float(holes),
        mirror=_mirror(main[top - y0 : top - y0 + high, left - x0 : left - x0 + wide]),
        height=(y1 - y0) / unit,
        width=(x1 - x0) / unit,
        fill=area / max(1.0, cv2.contourArea(hull)),
        straight=float(force[axis].sum() / max(1e-6, float(force.sum()))),
        even=float(letters / max(1.0, area)),
        main=largest_area / max(1.0, area),
        pieces=float(len(pieces)),
        in_line=_in_line((x0, y0, x1, y1), ink),
    )


def _mirror(piece: Raster) -> float:
    """Overlap of a piece with its own mirror image: drawings and codes are symmetric, handwriting is not."""
    thick = cv2.dilate(piece, np.ones((3, 3), np.uint8)) > 0
    other = thick[:, ::-1]
    return float((thick & other).sum() / max(1, (thick | other).sum()))


def _in_line(box: tuple[int, int, int, int], ink: Ink) -> float:
    x0, y0, x1, y1 = box
    best = 0.0
    for wx0, wy0, wx1, wy1 in ink.word_boxes:
        common = min(y1, wy1) - max(y0, wy0)
        if common > 0 and max(wx0 - x1, x0 - wx1) < 6 * ink.text_height:
            best = max(best, common / (max(y1, wy1) - min(y0, wy0)))
    return float(best)
