"""Files as people send them, made for the tests; every text in them is fictional."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)
_MATPLOTLIB = find_spec("matplotlib")
assert _MATPLOTLIB is not None
assert _MATPLOTLIB.origin is not None
# matplotlib brings the font along, so that the tests do not hang on the machine's fonts.
FONT_FILE = str(Path(_MATPLOTLIB.origin).parent / "mpl-data/fonts/ttf/DejaVuSans.ttf")

LETTER = (
    "ОБРАЩЕНИЕ",
    "Прошу взыскать со страховой компании 120 500 рублей 00 копеек.",
    "Автомобиль повреждён 14 марта 2026 года в городе Вологде,",
    "страховщик признал случай страховым, но выплатил лишь часть.",
    "Копия полиса и заявление прилагаются на двух листах.",
    "С уважением, Кудрявцева Марина Олеговна",
)


def font() -> str:
    if "Sample" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Sample", FONT_FILE))
    return "Sample"


def letter_pdf(
    pages: int = 1, lines: Sequence[str] = LETTER, *, turn: int = 0, size: float = 12, encrypt: str | None = None
) -> bytes:
    """A born-digital PDF; `turn` is the pages' /Rotate, `encrypt` the password to open it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=encrypt)
    for _ in range(pages):
        write_lines(canvas, lines, size=size)
        canvas.showPage()
    canvas.save()
    return rotated(out.getvalue(), turn)


def rotated(data: bytes, turn: int) -> bytes:
    """The same file with /Rotate on its pages (reportlab would swap the sides of the page as well)."""
    if not turn:
        return data
    out = io.BytesIO()
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            page.set_rotation(turn)
            page.close()
        document.save(out)
    return out.getvalue()


def sideways_pdf(turn: int, lines: Sequence[str] = LETTER) -> bytes:
    """Text that runs `turn` degrees counter-clockwise from left-to-right on a page without /Rotate."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(turn)
    canvas.translate(-A4[0] / 2, -A4[1] / 2)
    write_lines(canvas, lines, top=500)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def write_lines(canvas: Canvas, lines: Sequence[str], *, top: float = 770, size: float = 12) -> None:
    canvas.setFont(font(), size)
    for number, line in enumerate(lines):
        canvas.drawString(60, top - number * size * 1.5, line)


def printed(lines: Sequence[str] = LETTER, *, width: int = 1240, height: int = 1754) -> Image.Image:
    """The lines as a picture of an A4 sheet at 150 dpi."""
    sheet = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(sheet)
    letters = ImageFont.truetype(FONT_FILE, 26)
    for number, line in enumerate(lines):
        pen.text((110, 150 + number * 44), line, font=letters, fill=0)
    return sheet


def picture(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format=kind, **options)
    return out.getvalue()


def scan_pdf(image: Image.Image, *, turn: int = 0, header: str | None = None) -> bytes:
    """A page that is one picture, with or without a digital line at its top."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    if header:
        write_lines(canvas, (header,), top=815, size=10)
    canvas.showPage()
    canvas.save()
    return rotated(out.getvalue(), turn)


def noise(width: int, height: int) -> Image.Image:
    """A picture that does not compress: what a JPEG of it loses at its end is really lost."""
    return Image.fromarray(np.random.default_rng(5).integers(0, 255, (height, width), dtype=np.uint8))


def zipped(files: Sequence[tuple[str, bytes]], *, deflate: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """A hand-made PDF of numbered objects, the first of which is the catalogue."""
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + table + b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


ZERO_PAGES = pdf_of([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [] /Count 0>>"])
