"""Ruled tables of born-digital pages: pdfplumber finds the cells, the page's own words fill them."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Sequence

from ocr.document import Box, Cell, Table, Word

# What pdfminer lets through from damaged objects, seen when bytes of good files were changed at random.
_DAMAGED = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, struct.error, zlib.error)

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings quote what stands in the file


def ruled_tables(data: bytes, number: int, words: Sequence[Word]) -> tuple[Table, ...]:
    """Tables of page `number` (from 1) that ruling lines make, top to bottom; boxes in the upright page.

    A cell's text is the words whose middle lies in it, in reading order, joined by a space. A grid of fewer than two
    cells is a frame, not a table. A page that pdfplumber cannot parse has no tables: its words are read all the same.
    """
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number]) as document:
            page = document.pages[0]
            left, top, right, bottom = (float(edge) for edge in page.bbox)
            grids = [[list(row.cells) for row in table.rows] for table in page.find_tables()]
    except (PDFException, PSException, pdfplumber.utils.exceptions.PdfminerException, *_DAMAGED):
        return ()
    width, height = max(right - left, 1e-9), max(bottom - top, 1e-9)
    tables = []
    for grid in grids:
        rows = []
        for row in grid:
            cells = []
            for edges in row:
                if edges is None:  # swallowed by a neighbour that spans several columns
                    continue
                x0, y0, x1, y1 = edges
                box = Box((x0 - left) / width, (y0 - top) / height, (x1 - left) / width, (y1 - top) / height)
                cells.append(Cell(text=_text_inside(box, words), box=box))
            if cells:
                rows.append(tuple(cells))
        if sum(len(row) for row in rows) >= 2:
            tables.append(Table(box=_hull(rows), rows=tuple(rows)))
    return tuple(sorted(tables, key=lambda table: (table.box.y0, table.box.x0)))


def _text_inside(box: Box, words: Sequence[Word]) -> str:
    return " ".join(
        word.text
        for word in words
        if box.x0 <= (word.box.x0 + word.box.x1) / 2 < box.x1 and box.y0 <= (word.box.y0 + word.box.y1) / 2 < box.y1
    )


def _hull(rows: Sequence[Sequence[Cell]]) -> Box:
    boxes = [cell.box for row in rows for cell in row]
    hull = boxes[0]
    for box in boxes[1:]:
        hull = hull.union(box)
    return hull
