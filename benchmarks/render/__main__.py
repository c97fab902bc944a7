"""`python -m benchmarks.render --package pkg-05 --condition scan --out DIR`: a package's papers as files;
`python -m benchmarks.render sample`: the sample package that ships with Kazus."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks.data import NoSharedData, shared_data
from benchmarks.render.rendering import packages, render_package
from benchmarks.render.truth import CONDITIONS, Condition


@click.group(invoke_without_command=True)
@click.option("--package", "ids", multiple=True, help="id of a package; all when left out")
@click.option("--condition", type=click.Choice(CONDITIONS), default="scan", show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--file", type=click.Path(path_type=Path, exists=True), help="a packages.jsonl; default: KAZUS_SHARED's")
@click.option("--out", type=click.Path(path_type=Path), help="folder of the packages' folders")
@click.pass_context
def main(
    context: click.Context, ids: tuple[str, ...], condition: Condition, seed: int, file: Path | None, out: Path | None
) -> None:
    """Renders packages into OUT/<id>/ with the truth in OUT/<id>.truth.json."""
    if context.invoked_subcommand is not None:
        return
    if out is None:
        raise click.UsageError("--out says where the packages go")
    try:
        rows = packages(file or shared_data() / "packages.jsonl", ids)
    except NoSharedData as absent:
        raise click.ClickException(str(absent)) from absent
    for row in rows:
        truth = render_package(row, condition, seed, out / row["id"])
        print(f"{truth.id}: {len(truth.documents)} files, {sum(len(d.pages) for d in truth.documents)} pages")


@main.command()
def sample() -> None:
    """Renders models/samples/package from models/samples/source."""
    from benchmarks.render.sample import LARGEST_BYTES, SAMPLES, render_sample

    truth = render_sample()
    size = sum(file.stat().st_size for file in (SAMPLES / "package").iterdir())
    print(f"{truth.folder.name}: {len(truth.documents)} files, {size / 1e6:.2f} MB")
    if size > LARGEST_BYTES:
        raise click.ClickException(f"the sample must not exceed {LARGEST_BYTES / 1e6:.0f} MB")


main()
