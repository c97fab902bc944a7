"""The picture of an upright page, for showing evidence on it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ocr.document import Rotation
from ocr.errors import PageBroken
from ocr.formats import image, pdf
from ocr.formats.detect import detect
from ocr.image.raster import turned
from ocr.limits import Limits


def upright_image(data: bytes, number: int, rotation: Rotation, limits: Limits | None = None) -> npt.NDArray[np.uint8]:
    """Page `number` (from 1) turned clockwise by `rotation`: uint8, grey (height, width) or BGR (height, width, 3).

    `rotation` is `Page.rotation`, so boxes of that page fall where their words stand. Raises a CodedError; PageBroken
    for plain text, which has no picture.
    """
    limits = limits or Limits()
    kind = detect(data)
    if kind == "text":
        raise PageBroken(number=number)
    if kind == "pdf":
        with pdf.open_page(data, number) as page:
            raster = pdf.raster(page, limits)
    else:
        raster = image.load(data, number, limits)
    return turned(raster.pixels, rotation)
