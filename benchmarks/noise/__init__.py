"""OCR noise made from confusions that were counted in real Tesseract output on degraded pages."""

from benchmarks.noise.confusions import Confusions, count, load
from benchmarks.noise.corrupting import corrupt

__all__ = ["Confusions", "corrupt", "count", "load"]
