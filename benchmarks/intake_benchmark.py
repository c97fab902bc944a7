"""`python -m benchmarks intake`: packages of papers in, verdicts out, against what people say of them.

Labels never enter the examination: it gets the read documents, the day of filing and the channel, nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import report as reporting
from benchmarks.data import shared_data
from benchmarks.readings import ReadCondition, ReadPackage, read_package
from benchmarks.render.rendering import packages
from benchmarks.render.truth import DocumentTruth, PackageTruth, TruthMark, TruthWord, span_offsets
from intake import evaluation
from intake.evaluation import EvidenceTruth, Labels, Measure, PackageScore, Place
from intake.package import CoverSheet, Package
from intake.registry import Registry, read_registry_csv
from intake.report import Report

SEVEN = ("pkg-05", "pkg-08", "pkg-10", "pkg-12", "pkg-16", "pkg-18", "pkg-23")
FRESH = Path(__file__).parent / "packages"
"""Packages written for this benchmark after the rules, which nobody tunes on: the guard against learning rows."""
REGISTRY_DATE = date(2026, 11, 1)
KAZUS, NAIVE = "kazus", "all met"


@dataclass(frozen=True, kw_only=True, slots=True)
class Examined:
    """One package under one condition. `report` is None for the naive answer."""

    condition: ReadCondition
    score: PackageScore
    naive: PackageScore
    report: Report | None


def examine_package(read: ReadPackage, row: Mapping[str, Any], registry: Registry) -> Report:
    """What Kazus says of a read package, filed on its day."""
    from intake.examination import examine
    from intake.law.edition import load_law

    filed = date.fromisoformat(row["filed"])
    package = Package(documents=read.documents, cover=CoverSheet(filed=filed, channel=row["channel"]), received=filed)
    return examine(package, registry, (), load_law(), filed)


def labels_of(row: Mapping[str, Any]) -> Labels:
    """People's labels; the category of a dispute is a matter of classification and is not counted among the facts."""
    facts = {name: value for name, value in row["facts"].items() if name != "category"}
    return Labels(id=row["id"], verdicts=row["verdicts"], outcome=row["outcome"], facts=facts)


# --- the truth about evidence -------------------------------------------------------------------------------------


def _word_place(index: int, page: int, word: TruthWord) -> Place:
    return Place(document=index, page=page, box=word.box)


def _mark_place(index: int, page: int, mark: TruthMark) -> Place:
    return Place(document=index, page=page, box=mark.box, mark=True)


def _places(index: int, document: DocumentTruth) -> list[Place]:
    """Every word that comes from the source and every pen mark drawn instead of one."""
    return [
        place
        for number, page in enumerate(document.pages, start=1)
        for place in (
            *(_word_place(index, number, word) for word in page.words if word.start is not None),
            *(_mark_place(index, number, mark) for mark in page.marks if _stands_for_words(mark)),
        )
    ]


def _stands_for_words(mark: TruthMark) -> bool:
    return mark.kind == "signature" and mark.start is not None


def _span_places(index: int, document: DocumentTruth, text: str, n: int) -> frozenset[Place]:
    start, end = span_offsets(document.source, text, n)
    places = [
        place
        for number, page in enumerate(document.pages, start=1)
        for place in (
            *(_word_place(index, number, word) for word in page.words if _touches(word, start, end)),
            *(
                _mark_place(index, number, mark)
                for mark in page.marks
                if _stands_for_words(mark) and _touches(mark, start, end)
            ),
        )
    ]
    return frozenset(places)


def _touches(printed: TruthWord | TruthMark, start: int, end: int) -> bool:
    return printed.start is not None and printed.end is not None and printed.start < end and printed.end > start


def evidence_truth(truth: PackageTruth, spans: Mapping[str, Any]) -> EvidenceTruth:
    """From a row of `package_spans.jsonl` and the truth of the rendered pages. Empty lists of spans stay empty."""
    indexes = {document.name: index for index, document in enumerate(truth.documents)}

    def places(span: Mapping[str, Any]) -> frozenset[Place]:
        index = indexes[span["document"]]
        return _span_places(index, truth.documents[index], span["text"], span["n"])

    facts: dict[str, list[frozenset[Place]]] = {}
    for span in spans["fact_spans"]:
        facts.setdefault(span["fact"].split("[")[0], []).append(places(span))
    return EvidenceTruth(
        must_see={
            criterion: frozenset().union(*(places(span) for span in wanted))
            for criterion, wanted in spans["evidence"].items()
        },
        facts={name: tuple(found) for name, found in facts.items()},
        places=tuple(place for index, document in enumerate(truth.documents) for place in _places(index, document)),
    )


# --- the run ------------------------------------------------------------------------------------------------------


def run(
    conditions: Sequence[ReadCondition],
    *,
    only: Sequence[str] = (),
    seed: int = 1,
    reread: bool = False,
    any_reading: bool = False,
    workers: int = 1,
    say: bool = True,
    fresh: bool = False,
) -> list[Examined]:
    """Examines the packages of KAZUS_SHARED under each condition, or the benchmark's own when `fresh`.

    Raises NoSharedData when the packages of KAZUS_SHARED are wanted and not there.
    """
    data = FRESH if fresh else shared_data()
    registry = read_registry_csv((data / "registry.csv").read_bytes(), REGISTRY_DATE)
    rows = packages(data / ("fresh.jsonl" if fresh else "packages.jsonl"), only)
    spans = {} if fresh else {row["id"]: row for row in _lines(data / "package_spans.jsonl")}
    examined = []
    for condition in conditions:
        for row in rows:
            read = read_package(row, condition, seed, reread=reread, any_reading=any_reading, workers=workers)
            report = examine_package(read, row, registry)
            known = spans.get(row["id"])
            truth = evidence_truth(read.truth, known) if read.truth is not None and known is not None else None
            labels = labels_of(row)
            examined.append(
                Examined(
                    condition=condition,
                    score=evaluation.score(report, labels, truth),
                    naive=evaluation.all_met(labels),
                    report=report,
                )
            )
            if say:
                print(f"  {condition} {row['id']}", end="\r", flush=True)
    return examined


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


_FIGURES: tuple[tuple[str, Measure], ...] = (
    ("verdicts right", evaluation.accuracy),
    ("not_met precision", evaluation.precision("not_met")),
    ("not_met recall", evaluation.recall("not_met")),
    ("not_met F1", evaluation.f1("not_met")),
    ("cannot_tell precision", evaluation.precision("cannot_tell")),
    ("cannot_tell recall", evaluation.recall("cannot_tell")),
    ("cannot_tell F1", evaluation.f1("cannot_tell")),
    ("met called not_met (count)", evaluation.wrongly_failed),
    ("outcomes right (count)", evaluation.outcomes_right),
    ("packages wholly right (count)", evaluation.wholly_right),
)
_KAZUS_FIGURES: tuple[tuple[str, Measure], ...] = (
    ("evidence recall, by words", evaluation.evidence_recall),
    ("evidence precision, by words", evaluation.evidence_precision),
    ("facts exact", evaluation.facts_exact),
    ("facts invented", evaluation.facts_invented),
    ("facts shown where they stand", evaluation.facts_shown),
)


def _groups(examined: Sequence[Examined]) -> list[tuple[str, list[Examined]]]:
    seven = [one for one in examined if one.score.id in SEVEN]
    other = [one for one in examined if one.score.id not in SEVEN]
    if not seven:
        return [("all", other)]
    return [(name, part) for name, part in (("seven", seven), ("other", other), ("all", list(examined))) if part]


def figures(examined: Sequence[Examined], *, draws: int = 1000) -> tuple[reporting.Row, ...]:
    """Every figure by condition and group, Kazus first, the naive answer beside it."""
    rows = []
    for condition in dict.fromkeys(one.condition for one in examined):
        for group, part in _groups([one for one in examined if one.condition == condition]):
            for system, scores, measures in (
                (KAZUS, [one.score for one in part], _FIGURES + _KAZUS_FIGURES),
                (NAIVE, [one.naive for one in part], _FIGURES),
            ):
                for metric, measure in measures:
                    found = evaluation.figure(scores, measure, draws=draws)
                    rows.append(
                        reporting.Row(
                            system=system,
                            condition=f"{condition}, {group}",
                            metric=metric,
                            value=found.value,
                            low=found.low,
                            high=found.high,
                            n=found.n,
                        )
                    )
    return tuple(rows)


def musts(examined: Sequence[Examined]) -> tuple[reporting.Must, ...]:
    """What the packages must show; only demands whose condition and whole group were run."""
    found = []
    for condition in ("scan", "photo"):
        seven = [one.score for one in examined if one.condition == condition and one.score.id in SEVEN]
        if len(seven) == len(SEVEN):
            wrong = float(sum(not pair.right for score in seven for pair in (*score.verdicts, score.outcome)))
            found.append(_must(f"{condition}, seven: wrong verdicts and outcomes = 0", wrong, wrong == 0))
    scan = [one.score for one in examined if one.condition == "scan"]
    other = [score for score in scan if score.id not in SEVEN]
    if len(other) == 19:
        failed = evaluation.wrongly_failed(other)
        not_met, cannot_tell = evaluation.f1("not_met")(other), evaluation.f1("cannot_tell")(other)
        right = evaluation.outcomes_right(other)
        found += [
            _must("scan, other nineteen: met called not_met = 0", failed, failed == 0),
            _must("scan, other nineteen: F1 of not_met ≥ 0.75", not_met, (not_met or 0) >= 0.75),
            _must("scan, other nineteen: F1 of cannot_tell ≥ 0.6", cannot_tell, (cannot_tell or 0) >= 0.6),
            _must("scan, other nineteen: outcomes right ≥ 13", right, right >= 13),
        ]
    if len(scan) == 26:
        recall, precision = evaluation.evidence_recall(scan), evaluation.evidence_precision(scan)
        found += [
            _must("scan, evidence recall by words, pooled ≥ 0.8", recall, (recall or 0) >= 0.8),
            _must("scan, evidence precision by words, pooled ≥ 0.5", precision, (precision or 0) >= 0.5),
        ]
    return tuple(found)


def _must(text: str, value: float | None, passed: bool) -> reporting.Must:
    return reporting.Must(text=text, value=value, passed=passed)


def wrong_answers(examined: Sequence[Examined]) -> str:
    """Per package: wrong verdicts with the reason given, wrong outcome, wrong facts, thin evidence."""
    lines = []
    for one in examined:
        score = one.score
        reasons = {verdict.criterion: verdict.reason for verdict in one.report.verdicts} if one.report else {}
        wrong = [pair for pair in score.verdicts if not pair.right]
        facts = [pair for pair in score.facts if not pair.right]
        lines.append(
            f"{one.condition} {score.id}: {len(wrong)} verdicts wrong, outcome {score.outcome.said}"
            + ("" if score.outcome.right else f" (must be {score.outcome.truth})")
        )
        for pair in wrong:
            lines.append(f"    {pair.name}: {pair.said}, must be {pair.truth} · {reasons.get(pair.name, '')}")
        for pair in facts:
            lines.append(f"    fact {pair.name}: {pair.said!r}, must be {pair.truth!r}")
        for part in score.evidence:
            if part.seen < 0.6 * part.wanted or part.useful < 0.3 * part.covered:
                lines.append(
                    f"    evidence {part.name}: {part.seen} of {part.wanted} words seen, "
                    f"{part.useful} of {part.covered} shown words wanted"
                )
    return "\n".join(lines)
