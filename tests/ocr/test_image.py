from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from ocr_samples import noise, picture, printed
from PIL import Image

from ocr.errors import ImageBroken, ImageTruncated, PageMissing, TooManyPages, TooManyPixels
from ocr.formats import image
from ocr.limits import Limits

LIMITS = Limits()


def test_grey_and_colour_arrive_as_uint8_and_bgr() -> None:
    grey = image.load(picture(printed(), "PNG", dpi=(150, 150)), 1, LIMITS)
    assert (grey.pixels.shape, grey.pixels.dtype, round(grey.dpi or 0)) == ((1754, 1240), np.uint8, 150)
    red = Image.new("RGB", (90, 60), (200, 10, 20))
    assert image.load(picture(red, "PNG"), 1, LIMITS).pixels[0, 0].tolist() == [20, 10, 200]


def test_transparent_parts_are_paper() -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    assert image.load(picture(clear, "PNG"), 1, LIMITS).pixels.min() == 255


def test_sixteen_bit_grey_keeps_its_shades() -> None:
    deep = Image.fromarray(np.full((30, 30), 32768, dtype=np.uint16))
    assert image.load(picture(deep, "PNG"), 1, LIMITS).pixels[0, 0] in (127, 128)


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (59, 39)), (6, (0, 39)), (8, (59, 0))])
def test_exif_orientation_is_applied(orientation: int, corner: tuple[int, int]) -> None:
    """The stored top-left pixel lands where a viewer shows it; 6 and 8 swap the sides."""
    stored = Image.new("L", (40, 60) if orientation in (1, 3) else (60, 40), 255)
    stored.putpixel((0, 0), 0)
    exif = Image.Exif()
    exif[0x0112] = orientation
    pixels = image.load(picture(stored, "PNG", exif=exif), 1, LIMITS).pixels
    assert pixels.shape == (60, 40)
    assert pixels[corner] == 0


def test_damaged_exif_leaves_the_picture() -> None:
    data = picture(printed(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f")
    assert image.load(data, 1, LIMITS).pixels.shape == (1754, 1240)


def test_pages_of_a_tiff() -> None:
    first, second = Image.new("L", (80, 50), 255), Image.new("1", (60, 90), 0)
    data = picture(first, "TIFF", save_all=True, append_images=[second])
    assert image.count_pages(data, LIMITS) == 2
    assert image.load(data, 2, LIMITS).pixels.shape == (90, 60)
    with pytest.raises(PageMissing):
        image.load(data, 3, LIMITS)
    with pytest.raises(TooManyPages):
        image.count_pages(data, Limits(pages=1))


def huge_png(side: int) -> bytes:
    """A header that promises side × side pixels, and next to nothing behind it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def test_size_is_judged_by_the_header() -> None:
    for read in (lambda: image.count_pages(huge_png(20_000), LIMITS), lambda: image.load(huge_png(20_000), 1, LIMITS)):
        with pytest.raises(TooManyPixels) as caught:
            read()
        assert caught.value.parameters == {"size_mp": "400", "limit_mp": "100"}


def test_second_page_of_a_tiff_is_judged_too() -> None:
    data = picture(Image.new("1", (50, 50)), "TIFF", save_all=True, append_images=[Image.new("1", (400, 400))])
    with pytest.raises(TooManyPixels):
        image.load(data, 2, Limits(pixels=10_000))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_cut_off_picture_is_an_error(kind: str, kept: float) -> None:
    data = picture(noise(300, 400), kind)
    cut = data[: int(len(data) * kept)]
    with pytest.raises((ImageTruncated, ImageBroken)):
        image.count_pages(cut, LIMITS)
    with pytest.raises((ImageTruncated, ImageBroken)):
        image.load(cut, 1, LIMITS)


def test_a_cut_off_jpeg_says_so_also_when_zeros_fill_the_gap() -> None:
    data = picture(noise(300, 400), "JPEG")
    half = len(data) // 2
    for cut in (data[:half], data[:half] + bytes(half)):
        with pytest.raises(ImageTruncated):
            image.load(cut, 1, LIMITS)
        with pytest.raises(ImageTruncated):
            image.count_pages(cut, LIMITS)


def test_a_broken_frame_leaves_the_other_pages_of_a_tiff() -> None:
    data = bytearray(
        picture(noise(64, 64), "TIFF", save_all=True, append_images=[noise(64, 64)], compression="tiff_lzw")
    )
    at = data.index(image_strip(bytes(data)))
    data[at : at + 40] = bytes(40)
    assert image.count_pages(bytes(data), LIMITS) == 2
    with pytest.raises((ImageTruncated, ImageBroken)):
        image.load(bytes(data), 1, LIMITS)
    assert image.load(bytes(data), 2, LIMITS).pixels.shape == (64, 64)


def image_strip(data: bytes) -> bytes:
    """The first frame's packed pixels."""
    with Image.open(io.BytesIO(data)) as opened:
        start, size = opened.tag_v2[273][0], opened.tag_v2[279][0]
    return data[start : start + size]


def test_progressive_jpeg_cut_off() -> None:
    data = picture(noise(300, 400), "JPEG", progressive=True)
    with pytest.raises(ImageTruncated):
        image.load(data[: len(data) * 2 // 3], 1, LIMITS)


def test_whole_jpeg_with_padding_behind_its_end_is_read() -> None:
    data = picture(noise(100, 80), "JPEG") + bytes(4096)
    assert image.load(data, 1, LIMITS).pixels.shape == (80, 100)


def test_rubbish_behind_a_right_signature() -> None:
    for data in (b"\xff\xd8\xff" + b"rubbish" * 50, b"\x89PNG\r\n\x1a\n" + bytes(50), b"II*\0" + b"\xff" * 40):
        with pytest.raises((ImageBroken, ImageTruncated)):
            image.count_pages(data, LIMITS)
