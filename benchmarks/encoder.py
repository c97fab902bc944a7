"""How the 8-bit encoder that serves compares with the full one: `python -m benchmarks.encoder [--rebuild] [--out DIR]`.

Each encoder is measured in a process of its own, on one thread: seconds to import and open, memory, texts a CPU second
at 146 tokens (the mean of an appeal), one query. Then how far the vectors agree, and what that does to search over the
decisions of KAZUS_SHARED: shared results in the first ten, nDCG@10. The encoder is built into `benchmarks/.cache` when
it is not there; `--rebuild` builds it anew, so that building is measured too.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from benchmarks.data import NoSharedData, shared_data
from benchmarks.report import BenchmarkReport, Must, Row, commit, machine, table, write
from text.encoder.agreement import MEAN, MINIMUM, agreement_texts
from text.encoder.contract import Encoder
from text.encoder.manifest import FULL

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SYSTEMS = ("int8 onnxruntime", "fp32 torch")
TOKENS = 146
OVERLAP = 0.9
_CACHE = Path(__file__).parent / ".cache" / "encoder"
_MEASURED_TEXTS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One encoder in its own process; memory in MiB, resident."""

    open_seconds: float
    open_cpu_seconds: float
    opened_mb: float
    encoded_mb: float
    texts_per_cpu_second: float
    query_cpu_ms: float
    tokens: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A query and the ids of the decisions that answer it, with their grades."""

    text: str
    grades: dict[str, int]


def open_system(system: str, directory: Path) -> Encoder:
    if system == SYSTEMS[0]:
        from text.encoder import open_encoder

        return open_encoder(directory)
    from text.encoder.sentence_transformers import open_full_encoder

    return open_full_encoder(directory / FULL)


def texts_of_length(encoder: Encoder, tokens: int, n: int) -> list[str]:
    """`n` different texts of about `tokens` tokens, cut from the agreement texts."""
    words = " ".join(agreement_texts()).split()
    texts: list[str] = []
    start = 0
    while len(texts) < n:
        length = 40
        while encoder.count_tokens(" ".join(words[start : start + length])) < tokens:
            length += 3
        texts.append(" ".join(words[start : start + length]))
        start = (start + 41) % (len(words) - 2 * tokens)
    return texts


def measure(system: str, directory: Path) -> Measured:
    """Of this process: call it in a fresh one."""
    started, cpu = time.monotonic(), time.process_time()
    encoder = open_system(system, directory)
    encoder.encode_queries(["неустойка"])
    open_seconds, open_cpu_seconds, opened_mb = time.monotonic() - started, time.process_time() - cpu, _resident_mb()
    texts = texts_of_length(encoder, TOKENS, _MEASURED_TEXTS)
    cpu = time.process_time()
    encoder.encode_passages(texts)
    passages = time.process_time() - cpu
    queries = [text for text in agreement_texts() if 20 < len(text) < 200][:40]
    cpu = time.process_time()
    for query in queries:
        encoder.encode_queries([query])
    return Measured(
        open_seconds=open_seconds,
        open_cpu_seconds=open_cpu_seconds,
        opened_mb=opened_mb,
        encoded_mb=_resident_mb(),
        texts_per_cpu_second=len(texts) / passages,
        query_cpu_ms=1000 * (time.process_time() - cpu) / len(queries),
        tokens=sum(map(encoder.count_tokens, texts)) / len(texts),
    )


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def measured_apart(system: str, directory: Path) -> Measured:
    environment = os.environ | {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-m", "benchmarks.encoder", "--measure", system, "--encoder", str(directory)]
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return TypeAdapter(Measured).validate_json(run.stdout)


def judged_queries(data: Path) -> tuple[list[str], list[str], list[Judged]]:
    """Ids and texts of all decisions, and the queries with their grades: 2 decided on the same fact, 1 related."""
    decisions = _rows(data, "decisions_*.jsonl")
    queries = [
        Judged(
            text=str(row["text"]),
            grades={str(one): 1 for one in row.get("partial") or ()} | {str(one): 2 for one in row["relevant"]},
        )
        for row in _rows(data, "queries_*.jsonl")
    ]
    passages = [f"{row['established']} {row['findings']}" for row in decisions]
    return [str(row["id"]) for row in decisions], passages, queries


def _rows(data: Path, pattern: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted(data.glob(pattern))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line
    ]


def first_ten(queries: NDArray[np.float32], passages: NDArray[np.float32]) -> list[list[int]]:
    """Rows of the ten nearest passages a query, nearest first, ties by row."""
    import numpy as np

    return [list(np.argsort(-row, kind="stable")[:10]) for row in queries @ passages.T]


def overlap(first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]) -> list[float]:
    """The share of its first ten results that a query has in both."""
    return [len(set(one) & set(other)) / len(one) for one, other in zip(first, second, strict=True)]


def ndcg(results: Sequence[int], ids: Sequence[str], grades: dict[str, int]) -> float:
    """nDCG at ten with gains 2^grade − 1 (Burges et al. 2005)."""
    import numpy as np

    discounts = 1 / np.log2(np.arange(2, 12))
    gains = np.array([2 ** grades.get(ids[row], 0) - 1 for row in results])
    best = np.array([2**grade - 1 for grade in sorted(grades.values(), reverse=True)[:10]])
    return float((gains * discounts[: len(gains)]).sum() / (best * discounts[: len(best)]).sum())


def mean_with_interval(values: Sequence[float], draws: int = 1000) -> tuple[float, float, float]:
    """Mean and the ends of its 95 % bootstrap interval."""
    import numpy as np

    array = np.asarray(values)
    means = array[np.random.default_rng(1).integers(0, len(array), (draws, len(array)))].mean(axis=1)
    return float(array.mean()), float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def _process_rows(system: str, measured: Measured) -> list[Row]:
    condition = f"1 thread, {measured.tokens:.0f} tokens"
    return [
        Row(system=system, condition="import and open", metric="seconds", value=measured.open_seconds, n=1),
        Row(system=system, condition="import and open", metric="CPU seconds", value=measured.open_cpu_seconds, n=1),
        Row(system=system, condition="opened", metric="resident MiB", value=measured.opened_mb, n=1),
        Row(system=system, condition="after the texts", metric="resident MiB", value=measured.encoded_mb, n=1),
        Row(
            system=system,
            condition=condition,
            metric="texts a CPU second",
            value=measured.texts_per_cpu_second,
            n=_MEASURED_TEXTS,
        ),
        Row(system=system, condition="one query", metric="CPU ms", value=measured.query_cpu_ms, n=40),
    ]


def _search_rows(directory: Path, data: Path) -> tuple[list[Row], float]:
    ids, passages, queries = judged_queries(data)
    found: list[list[list[int]]] = []
    rows = []
    for system in SYSTEMS:
        encoder = open_system(system, directory)
        found.append(
            first_ten(encoder.encode_queries([query.text for query in queries]), encoder.encode_passages(passages))
        )
        gains = [ndcg(one, ids, query.grades) for one, query in zip(found[-1], queries, strict=True)]
        value, low, high = mean_with_interval(gains)
        condition = f"{len(ids)} decisions, cosine alone"
        rows.append(
            Row(system=system, condition=condition, metric="nDCG@10", value=value, low=low, high=high, n=len(queries))
        )
    value, low, high = mean_with_interval(overlap(*found))
    rows.append(
        Row(
            system="both",
            condition=f"{len(ids)} decisions",
            metric="first ten shared",
            value=value,
            low=low,
            high=high,
            n=len(queries),
        )
    )
    return rows, value


def report(directory: Path, *, rebuild: bool) -> BenchmarkReport:
    from text.encoder import build

    if rebuild:
        shutil.rmtree(directory, ignore_errors=True)
    cpu = time.process_time()
    built = build.build(directory, keep_full=True)
    rows = [Row(system=SYSTEMS[0], condition="directory", metric="MB", value=built.bytes / 1e6, n=1)]
    if not built.reused:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows += [
            Row(system="build", condition="1 thread", metric="seconds", value=built.seconds, n=1),
            Row(system="build", condition="1 thread", metric="CPU seconds", value=time.process_time() - cpu, n=1),
            Row(system="build", condition="1 thread", metric="peak MiB", value=peak, n=1),
        ]
    agreed = built.agreement
    rows += [
        Row(system="both", condition="cosine", metric="minimum", value=agreed.minimum, n=agreed.texts),
        Row(system="both", condition="cosine", metric="mean", value=agreed.mean, n=agreed.texts),
    ]
    for system in SYSTEMS:
        rows += _process_rows(system, measured_apart(system, directory))
    must = [
        Must(text=f"minimum cosine ≥ {MINIMUM}", value=agreed.minimum, passed=agreed.minimum >= MINIMUM),
        Must(text=f"mean cosine ≥ {MEAN}", value=agreed.mean, passed=agreed.mean >= MEAN),
    ]
    try:
        search, shared = _search_rows(directory, shared_data())
    except NoSharedData as absent:
        print(f"search is not measured: {absent}", file=sys.stderr)
    else:
        rows += search
        must.append(Must(text=f"first ten shared ≥ {OVERLAP}", value=shared, passed=shared >= OVERLAP))
    return BenchmarkReport(name="encoder", commit=commit(), machine=machine(), rows=tuple(rows), must=tuple(must))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--encoder", type=Path, default=Path(os.environ.get("KAZUS_ENCODER_DIR") or _CACHE))
    parser.add_argument("--rebuild", action="store_true", help="build the encoder anew, and measure that")
    parser.add_argument("--measure", choices=SYSTEMS, help="measure one encoder in this process, print JSON")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "out")
    options = parser.parse_args()
    if options.measure:
        print(TypeAdapter(Measured).dump_json(measure(options.measure, options.encoder)).decode())
        return
    made = report(options.encoder, rebuild=options.rebuild)
    print(table(made))
    print(f"\n{write(made, options.out)}")
    sys.exit(0 if made.passed else 1)


if __name__ == "__main__":
    main()
