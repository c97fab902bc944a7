"""A page's pixels as they arrived."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Raster:
    """A page as it arrived, EXIF orientation or the PDF's /Rotate already applied.

    `pixels`: uint8, grey (height, width) or BGR (height, width, 3); `dpi` where the file tells it.
    """

    pixels: npt.NDArray[np.uint8]
    dpi: float | None = None

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])
