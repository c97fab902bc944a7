"""`python -m benchmarks.render --package pkg-05 --condition scan --out DIR`: a package's papers as files."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks.data import shared_data
from benchmarks.render.rendering import packages, render_package
from benchmarks.render.truth import CONDITIONS, Condition


@click.command()
@click.option("--package", "ids", multiple=True, help="id of a package; all when left out")
@click.option("--condition", "condition", type=click.Choice(CONDITIONS), default="scan", show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--file", "file", type=click.Path(path_type=Path, exists=True), help="a packages.jsonl; default: KAZUS_SHARED's"
)
@click.option("--out", "out", type=click.Path(path_type=Path), required=True)
def main(ids: tuple[str, ...], condition: Condition, seed: int, file: Path | None, out: Path) -> None:
    """Renders packages into OUT/<id>/ with the truth in OUT/<id>.truth.json."""
    for row in packages(file or shared_data() / "packages.jsonl", ids):
        truth = render_package(row, condition, seed, out / row["id"])
        print(f"{truth.id}: {len(truth.documents)} files, {sum(len(d.pages) for d in truth.documents)} pages")


main()
