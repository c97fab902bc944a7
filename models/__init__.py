"""Read-only data that ships with Kazus: samples, classifiers, the ranker, the sample library, training corpora."""

from pathlib import Path

FOLDER = Path(__file__).parent
