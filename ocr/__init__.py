"""Bytes → pages of words. Knows nothing of appeals.

    from ocr import read
    document = read("letter.pdf")
    print(document.pages[0].text)

Importing this package is light: decoders, OpenCV and the recogniser are imported when a page is read.
"""

from ocr.document import Box, Document, Line, Mark, Page, Quad, Table, Word
from ocr.limits import Limits
from ocr.options import ReadOptions
from ocr.reading import PageDone, Source, document_hash, expand, open_document, read, read_all, read_each, read_page

__all__ = [
    "Box",
    "Document",
    "Limits",
    "Line",
    "Mark",
    "Page",
    "PageDone",
    "Quad",
    "ReadOptions",
    "Source",
    "Table",
    "Word",
    "document_hash",
    "expand",
    "open_document",
    "read",
    "read_all",
    "read_each",
    "read_page",
]
