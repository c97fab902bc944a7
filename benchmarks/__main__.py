"""`python -m benchmarks ocr|intake|anonymise|classify|search`: every figure Kazus claims, by one command."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from benchmarks import report as reporting
from benchmarks.data import NoSharedData
from benchmarks.readings import READ_CONDITIONS, ReadCondition
from benchmarks.render.truth import CONDITIONS

OUT = Path(__file__).parent / "out"


@click.group()
def main() -> None:
    """Measures Kazus and prints one report a benchmark: figures with intervals, peers, what had to be reached."""


def _give(report: reporting.BenchmarkReport, out: Path) -> None:
    print(reporting.table(report))
    print(f"\n{reporting.write(report, out)}")
    sys.exit(0 if report.passed else 1)


@main.command()
@click.option("--quick", is_flag=True, help="the seven packages, scanned only")
@click.option("--only", multiple=True, help="a package's id or a condition; may be repeated")
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="of the rendered pages")
@click.option("--reread", is_flag=True, help="read the pages again even if this reading is kept")
@click.option("--any-reading", is_flag=True, help="take the newest kept reading, whatever state of ocr made it")
@click.option("--workers", type=int, default=1, show_default=True)
@click.option("--verbose", is_flag=True, help="wrong verdicts, outcomes, facts and evidence by package")
@click.option("--fresh", is_flag=True, help="the benchmark's own packages, which nobody tunes on")
def intake(
    quick: bool,
    only: tuple[str, ...],
    out: Path,
    seed: int,
    reread: bool,
    any_reading: bool,
    workers: int,
    verbose: bool,
    fresh: bool,
) -> None:
    """Packages of KAZUS_SHARED, scanned and photographed, examined: verdicts, outcomes, evidence, facts.

    Conditions text (TXT files) and perfect (pages read without an error) run only when named by --only.
    """
    from benchmarks import intake_benchmark

    conditions: tuple[ReadCondition, ...] = tuple(name for name in READ_CONDITIONS if name in only)
    chosen = tuple(name for name in only if name not in READ_CONDITIONS)
    if quick and not chosen and not fresh:
        chosen = intake_benchmark.SEVEN
    if not conditions:
        conditions = ("scan",) if quick else ("scan", "photo")
    try:
        examined = intake_benchmark.run(
            conditions,
            only=chosen,
            seed=seed,
            reread=reread,
            any_reading=any_reading,
            workers=workers,
            fresh=fresh,
        )
    except NoSharedData as absent:
        raise click.ClickException(str(absent)) from absent
    if verbose:
        print(intake_benchmark.wrong_answers(examined))
    report = reporting.BenchmarkReport(
        name="intake-fresh" if fresh else "intake",
        commit=reporting.commit(),
        machine=reporting.machine(),
        rows=intake_benchmark.figures(examined, draws=200 if quick else 1000),
        must=intake_benchmark.musts(examined),
    )
    _give(report, out)


@main.command()
@click.option("--quick", is_flag=True, help="every fourth text; the musts are judged on all texts only")
@click.option("--only", multiple=True, help="a text's name, a condition or a system; may be repeated")
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="of the rendered pages")
@click.option("--verbose", is_flag=True, help="every page, the worst first")
def ocr(quick: bool, only: tuple[str, ...], out: Path, seed: int, verbose: bool) -> None:
    """Rendered pages, read by Kazus and by plain Tesseract: character errors, numbers, boxes, CPU seconds."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    from benchmarks import ocr_benchmark

    conditions = tuple(name for name in CONDITIONS if name in only) or CONDITIONS
    systems = tuple(name for name in ocr_benchmark.SYSTEMS if name in only) or ocr_benchmark.SYSTEMS
    names = tuple(name for name in only if name not in CONDITIONS and name not in ocr_benchmark.SYSTEMS)
    pages = ocr_benchmark.run(ocr_benchmark.texts_of(names, quick), conditions=conditions, systems=systems, seed=seed)
    if verbose:
        print(ocr_benchmark.worst(pages))
    report = reporting.BenchmarkReport(
        name="ocr",
        commit=reporting.commit(),
        machine=reporting.machine(),
        rows=ocr_benchmark.figures(pages),
        must=() if quick or names else ocr_benchmark.musts(pages),
    )
    _give(report, out)


@main.command()
@click.option("--quick", is_flag=True, help="every fourth decision")
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
@click.option("--verbose", is_flag=True, help="every span missed and every replacement that was wrong")
def anonymise(quick: bool, out: Path, verbose: bool) -> None:
    """Whole decisions of KAZUS_SHARED and the benchmark's own: personal data hidden, sections and claims found."""
    from benchmarks import anonymise_benchmark

    scored = anonymise_benchmark.run("fresh", anonymise_benchmark.fresh_documents())
    try:
        scored += anonymise_benchmark.run("shared", anonymise_benchmark.shared_documents(quick))
    except NoSharedData as absent:
        print(absent, file=sys.stderr)
    if verbose:
        for one in scored:
            for kind, text in (*one.kazus.missed, *one.kazus.wrong):
                print(f"  {one.condition} {kind}: {text!r}")
    rows = anonymise_benchmark.figures(scored)
    report = reporting.BenchmarkReport(
        name="anonymise",
        commit=reporting.commit(),
        machine=reporting.machine(),
        rows=rows,
        must=anonymise_benchmark.musts(rows),
    )
    _give(report, out)


@main.command("classify")
@click.option("--quick", is_flag=True, help="six appeals of ten, random folds, no ablations")
@click.option("--only", multiple=True, help="a system; may be repeated")
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
def classify_(quick: bool, only: tuple[str, ...], out: Path) -> None:
    """Appeals to products and categories: naive answer, TF-IDF + LinearSVC, frozen e5, ours, in the same folds.

    The systems that read vectors run where KAZUS_ENCODER_DIR names a built encoder.
    """
    from benchmarks import classify_benchmark

    encoder = classify_benchmark.encoder_of_environment()
    measured = classify_benchmark.run(quick=quick, encoder=encoder, only=only)
    draws = 300 if quick else 2000
    report = reporting.BenchmarkReport(
        name="classify",
        commit=reporting.commit(),
        machine=reporting.machine(),
        rows=classify_benchmark.figures(measured, draws),
        must=classify_benchmark.musts(measured, draws),
    )
    _give(report, out)


@main.command()
@click.option("--quick", is_flag=True, help="without the ablations, intervals from fewer draws")
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
def search(quick: bool, out: Path) -> None:
    """Similar cases and officers' queries over the sample library: nDCG, MRR, recall, CPU time, beside peers.

    Takes the encoder that KAZUS_ENCODER_DIR names, or builds one into the benchmarks' cache.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from benchmarks import search_benchmark

    draws = 500 if quick else 2000
    measured = search_benchmark.run(ablations=not quick)
    report = reporting.BenchmarkReport(
        name="search",
        commit=reporting.commit(),
        machine=reporting.machine(),
        rows=search_benchmark.figures(measured, draws),
        must=search_benchmark.musts(measured, draws),
    )
    _give(report, out)


if __name__ == "__main__":
    main()
