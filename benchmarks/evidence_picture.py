"""`python -m benchmarks.evidence_picture`: a page of a package with the evidence of a criterion drawn on it.

The picture in the README is made by this command from the sample package.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import cv2
import numpy as np

from intake import CoverSheet, Package, examine, read_registry_csv
from intake.evidence import Quote
from intake.report import Report
from kazus.setup import SAMPLE_REGISTRY_AS_OF, samples
from ocr import Box, Document, ReadOptions, read_all
from ocr.page_images import upright_image

_AMBER = (40, 160, 245)
_WIDTH = 900


def _quotes(report: Report, criterion: str) -> list[Quote]:
    return [
        piece
        for verdict in report.verdicts
        if verdict.criterion == criterion
        for piece in verdict.evidence
        if isinstance(piece, Quote)
    ]


def _drawn(image: np.ndarray, boxes: list[Box]) -> np.ndarray:
    """The page, `_WIDTH` pixels wide, with translucent amber boxes and their edges."""
    height = round(image.shape[0] * _WIDTH / image.shape[1])
    page = cv2.resize(image, (_WIDTH, height), interpolation=cv2.INTER_AREA)
    if page.ndim == 2:
        page = cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)
    filled = page.copy()
    corners = [
        (
            (round(box.x0 * _WIDTH) - 3, round(box.y0 * height) - 3),
            (round(box.x1 * _WIDTH) + 3, round(box.y1 * height) + 3),
        )
        for box in boxes
    ]
    for first, second in corners:
        cv2.rectangle(filled, first, second, _AMBER, thickness=-1)
    page = cv2.addWeighted(filled, 0.35, page, 0.65, 0)
    for first, second in corners:
        cv2.rectangle(page, first, second, _AMBER, thickness=2)
    return page


@click.command()
@click.argument("criterion", default="art16.2.term")
@click.option("--filed", type=click.DateTime(["%Y-%m-%d"]), default="2026-03-27", help="Day of filing.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("docs/pictures/evidence.jpg"))
def main(criterion: str, filed: object, out: Path) -> None:
    """Draw the page that holds most of CRITERION's evidence in the sample package."""
    day: date = filed.date()  # type: ignore[attr-defined]
    documents = tuple(read_all([samples() / "package"], ReadOptions()))
    registry = read_registry_csv((samples() / "registry.csv").read_bytes(), SAMPLE_REGISTRY_AS_OF)
    package = Package(documents=documents, cover=CoverSheet(filed=day), received=day)
    quotes = _quotes(examine(package, registry), criterion)
    if not quotes:
        raise click.ClickException(f"{criterion} quotes nothing in the sample package")
    places = [(quote.document, quote.page) for quote in quotes]
    document, number = max(set(places), key=places.count)
    boxes = [box for quote in quotes if (quote.document, quote.page) == (document, number) for box in quote.boxes]
    picture = _drawn(_page_image(documents[document], number), boxes)
    out.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(out), picture, [cv2.IMWRITE_JPEG_QUALITY, 82])
    click.echo(f"{out}: {documents[document].name}, page {number}, {len(boxes)} boxes of {criterion}")


def _page_image(document: Document, number: int) -> np.ndarray:
    data = Path(document.path).read_bytes()
    return upright_image(data, number, document.pages[number - 1].rotation)


if __name__ == "__main__":
    main()
