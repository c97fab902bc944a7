"""A PDF of page images with the images' bytes as they are: a scan stays the very JPEG the scanner made."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from benchmarks.render.truth import RenderedPage


def _stream(dictionary: str, body: bytes) -> bytes:
    return f"<< {dictionary} /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream"


def _image(page: RenderedPage) -> bytes:
    height, width = page.image.shape[:2]
    size = f"/Type /XObject /Subtype /Image /Width {width} /Height {height}"
    if page.jpeg is not None:
        space = "DeviceGray" if page.image.ndim == 2 else "DeviceRGB"
        return _stream(f"{size} /ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode", page.jpeg)
    if page.image.ndim == 2 and set(np.unique(page.image).tolist()) <= {0, 255}:
        bits = np.packbits(page.image > 127, axis=1).tobytes()
        return _stream(
            f"{size} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode", zlib.compress(bits, 9)
        )
    pixels = page.image if page.image.ndim == 2 else page.image[:, :, ::-1]
    space = "DeviceGray" if page.image.ndim == 2 else "DeviceRGB"
    return _stream(
        f"{size} /ColorSpace /{space} /BitsPerComponent 8 /Filter /FlateDecode", zlib.compress(pixels.tobytes(), 6)
    )


def write_pdf(pages: Sequence[RenderedPage]) -> bytes:
    """PDF 1.4, one image a page, pages as large as the images are on paper. The same pages give the same bytes."""
    kids = " ".join(f"{3 + 3 * order} 0 R" for order in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    for order, page in enumerate(pages):
        first = 3 + 3 * order
        height, width = (side * 72 / page.dpi for side in page.image.shape[:2])
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Contents {first + 1} 0 R "
            f"/Resources << /XObject << /Im0 {first + 2} 0 R >> >> >>".encode()
        )
        objects.append(_stream("", f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do Q".encode()))
        objects.append(_image(page))
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)
