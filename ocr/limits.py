"""What a file may demand of the machine before it is refused with a coded error."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Limits on one file. A4 at 300 dpi has 8.7 million pixels, A3 at 600 dpi 70 million.

    `file_bytes`: size of one file, in a folder or unpacked from a ZIP.
    `pixels`: width × height by an image's header, checked before its pixels are decoded.
    `render_pixels`: a PDF page larger than this is rendered at a lower resolution instead of being refused.
    `pages`: pages of one document.
    `zip_files`, `zip_bytes`: number and total unpacked size of an archive's files.
    `zip_ratio`: unpacked / packed size of one file, looked at from `zip_ratio_from_bytes` up, because a small
    blank scan may honestly shrink a thousandfold.
    """

    file_bytes: int = 500 * MEGABYTE
    pixels: int = 100 * MEGABYTE
    render_pixels: int = 40 * MEGABYTE
    pages: int = 2000
    zip_files: int = 1000
    zip_bytes: int = 1000 * MEGABYTE
    zip_ratio: int = 200
    zip_ratio_from_bytes: int = 5 * MEGABYTE
