"""JPEG, PNG and TIFF as rasters, EXIF orientation applied; limits are checked on headers, before any pixel."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from ocr.errors import ImageBroken, ImageTruncated, PageMissing, TooManyPages, TooManyPixels
from ocr.formats.raster import Raster
from ocr.limits import MEGABYTE, Limits

if TYPE_CHECKING:
    from PIL import Image

_FORMATS = ("JPEG", "PNG", "TIFF")
_TRUNCATED = ("truncated", "not enough image data", "unrecognized data stream", "premature", "broken data stream")
_MOST_PADDING = 64


def count_pages(data: bytes, limits: Limits) -> int:
    """Frames of a TIFF, 1 for other images.

    A file of one picture is decoded through, so that what is missing at its end is an error of the document. Raises
    ImageBroken, ImageTruncated, TooManyPages, TooManyPixels.
    """
    _check_tail(data)
    with _opened(data, limits) as image:
        frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if frames > limits.pages:
            raise TooManyPages(pages=frames, limit=limits.pages)
        _check_pixels(image, limits)
        if frames == 1:
            image.draft("L", (image.width // 8, image.height // 8))  # a JPEG is read to its end, but not painted
            image.load()
        return int(frames)


def load(data: bytes, number: int, limits: Limits) -> Raster:
    """Decode page `number` (from 1) whole. Raises as `count_pages`, and PageMissing."""
    _check_tail(data)
    with _opened(data, limits) as image:
        if number != 1:
            try:
                image.seek(number - 1)
            except EOFError as error:
                raise PageMissing(number=number) from error
        _check_pixels(image, limits)
        dpi = _dpi(image)
        image.load()
        upright = _turned_by_exif(image)
        upright.load()
    return Raster(pixels=_pixels(upright), dpi=dpi)


def check_pixels(width: int, height: int, limits: Limits) -> None:
    """Raises TooManyPixels."""
    if width * height > limits.pixels:
        raise _too_many(width * height, limits)


def _too_many(pixels: int, limits: Limits) -> TooManyPixels:
    return TooManyPixels(size_mp=pixels // MEGABYTE, limit_mp=limits.pixels // MEGABYTE)


def _check_pixels(image: Image.Image, limits: Limits) -> None:
    check_pixels(image.width, image.height, limits)


@contextmanager
def _opened(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    """Pillow raises OSError for what is cut off and a bouquet of others for what is damaged."""
    import struct
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # our own limit stands in for DecompressionBombWarning; tag noise is not news
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                yield image
    except Image.DecompressionBombError as error:
        stated = re.search(r"\d+", str(error))  # Pillow looks at the header too, before we can
        raise _too_many(int(stated.group()) if stated else 0, limits) from error
    except UnidentifiedImageError as error:
        raise ImageBroken() from error
    except (OSError, EOFError) as error:
        text = str(error).lower()
        raise (ImageTruncated() if any(sign in text for sign in _TRUNCATED) else ImageBroken()) from error
    except (SyntaxError, ValueError, KeyError, IndexError, TypeError, struct.error, OverflowError) as error:
        raise ImageBroken() from error


def _check_tail(data: bytes) -> None:
    """A download into a preallocated file leaves zeros where the end of a JPEG should be, and decoders do not mind.

    Raises ImageTruncated.
    """
    body = data.rstrip(b"\0")
    padded = len(data) - len(body) > _MOST_PADDING
    if padded and data.startswith(b"\xff\xd8\xff") and not body.endswith(b"\xff\xd9"):
        raise ImageTruncated()


def _turned_by_exif(image: Image.Image) -> Image.Image:
    """Damaged EXIF says nothing about the picture: the picture is taken as it lies."""
    import struct

    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except (struct.error, SyntaxError, ValueError, KeyError, TypeError, OSError):
        return image.copy()


def _dpi(image: Image.Image) -> float | None:
    found = image.info.get("dpi")
    if not found:
        return None
    try:
        value = float(found[0])
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return value if 50 <= value <= 2400 else None


def _pixels(image: Image.Image) -> np.ndarray:
    """uint8 grey (h, w) or BGR (h, w, 3); transparent parts become white paper."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        image = Image.alpha_composite(paper, layered).convert("RGB")
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"))
    if image.mode.startswith("I") or image.mode == "F":
        deep = np.asarray(image, dtype=np.float64)
        scale = 255.0 / 65535.0 if deep.max(initial=0.0) > 255 else 1.0
        return np.clip(deep * scale, 0, 255).astype(np.uint8)
    rgb = np.asarray(image.convert("RGB"))
    return np.ascontiguousarray(rgb[:, :, ::-1])
