"""What a file is, by its bytes; its name is never asked."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from ocr.errors import FileEmpty, UnknownType

Kind = Literal["pdf", "jpeg", "png", "tiff", "text", "zip"]

MEDIA_TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tiff": "image/tiff",
    "text": "text/plain",
    "zip": "application/zip",
}

# PDF readers accept a header anywhere in the first kilobyte (ISO 32000-1, annex H, note 13).
_PDF_HEADER_WITHIN = 1024

_TIFF_HEADERS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_ZIP_HEADERS = (b"PK\x03\x04", b"PK\x05\x06")

_UNSUPPORTED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC/XLS/MSG"),
    (b"{\\rtf", "RTF"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"%!PS", "PostScript"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
)


def detect(data: bytes) -> Kind:
    """The kind of file `data` is.

    Raises FileEmpty, and UnknownType with the name of the kind where it is a known one that we do not read.
    """
    from ocr.formats.plain import looks_like_text

    if not data:
        raise FileEmpty()
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(_TIFF_HEADERS):
        return "tiff"
    if data.startswith(_ZIP_HEADERS):
        office = _office_kind(data)
        if office:
            raise UnknownType(kind=office)
        return "zip"
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return "pdf"
    if looks_like_text(data) and not data.startswith((b"{\\rtf", b"%!PS")):
        return "text"
    for header, name in _UNSUPPORTED:
        if data.startswith(header):
            raise UnknownType(kind=name)
    if data[4:8] == b"ftyp":
        raise UnknownType(kind="HEIC/MP4")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise UnknownType(kind="WebP")
    raise UnknownType(kind="?")


def _office_kind(data: bytes) -> str | None:
    """Office files are ZIPs: their first members say so."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError):
        return None
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "DOCX"
        if any(name.startswith("xl/") for name in names):
            return "XLSX"
        return "Office"
    if "mimetype" in names and "content.xml" in names:
        return "ODF"
    return None
