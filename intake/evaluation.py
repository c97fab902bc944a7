"""How good reports of packages are: predictions against people's labels, as figures with intervals. Pure.

A criterion that speaks of several claim items counts once a package, by its worst item. Everything is pooled over
packages, and intervals resample packages, because verdicts of one package stand and fall together.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
from pydantic_core import to_jsonable_python

from intake.evidence import Quote
from intake.report import Report
from ocr.document import Box
from text.normalise import fold

_WORST = ("not_met", "cannot_tell", "met")
ABSENT = "absent"
"""What a report says of a criterion it does not name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Labels:
    """What people say of a package. `verdicts`: criterion → result; `facts`: name → value, None = not in the papers."""

    id: str
    verdicts: Mapping[str, str]
    outcome: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A word or mark of a page: `document` index, `page` from 1. `mark`: ink, which is found by overlap."""

    document: int
    page: int
    box: Box
    mark: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceTruth:
    """`must_see`: criterion → the places people must see; `facts`: fact → its spans; `places`: all words, pen marks."""

    must_see: Mapping[str, frozenset[Place]]
    facts: Mapping[str, tuple[frozenset[Place], ...]]
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """`name`: the criterion or fact; `truth` and `said` as text."""

    name: str
    truth: str
    said: str

    @property
    def right(self) -> bool:
        return self.truth == self.said


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """Of `wanted` places `seen` lie in the boxes; of `covered` places, those in the boxes, `useful` are wanted."""

    name: str
    wanted: int
    seen: int
    covered: int
    useful: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PackageScore:
    id: str
    verdicts: tuple[Pair, ...]
    outcome: Pair
    facts: tuple[Pair, ...]
    evidence: tuple[Coverage, ...]
    fact_evidence: tuple[Coverage, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """`value` None when there is nothing to count; `low`, `high`: 95 % bootstrap interval over packages."""

    value: float | None
    low: float | None
    high: float | None
    n: int


Measure = Callable[[Sequence[PackageScore]], float | None]


# --- one package --------------------------------------------------------------------------------------------------


def score(report: Report, labels: Labels, evidence: EvidenceTruth | None = None) -> PackageScore:
    """Compares a report with the labels; evidence is compared when its truth is given."""
    said = dict.fromkeys(labels.verdicts, ABSENT)
    for verdict in report.verdicts:
        if verdict.criterion in said:
            known = said[verdict.criterion]
            said[verdict.criterion] = min(known, verdict.result, key=_severity)
    verdicts = tuple(Pair(name=name, truth=truth, said=said[name]) for name, truth in labels.verdicts.items())
    facts = tuple(
        Pair(name=name, truth=plain(name, truth), said=plain(name, _fact(report, name)))
        for name, truth in labels.facts.items()
    )
    return PackageScore(
        id=labels.id,
        verdicts=verdicts,
        outcome=Pair(name="outcome", truth=labels.outcome, said=report.outcome.value),
        facts=facts,
        evidence=_coverages(report, evidence) if evidence else (),
        fact_evidence=_fact_coverages(report, evidence) if evidence else (),
    )


def all_met(labels: Labels) -> PackageScore:
    """The naive answer, to stand beside every figure: nothing is wrong with any package."""
    return PackageScore(
        id=labels.id,
        verdicts=tuple(Pair(name=name, truth=truth, said="met") for name, truth in labels.verdicts.items()),
        outcome=Pair(name="outcome", truth=labels.outcome, said="accept"),
        facts=(),
        evidence=(),
        fact_evidence=(),
    )


def _severity(result: str) -> int:
    return _WORST.index(result) if result in _WORST else len(_WORST)


def _fact(report: Report, name: str) -> Any:
    reported = report.facts.get(name)
    return to_jsonable_python(reported.value) if reported is not None else None


def plain(name: str, value: Any) -> str:
    """A fact's value as comparable text: sums as roubles with kopecks, claims by their sums, strings folded."""
    if value is None:
        return ""
    if name == "claims":
        amounts = [plain("amount", item.get("amount") if isinstance(item, Mapping) else None) for item in value]
        return " + ".join(sorted(amount or "?" for amount in amounts))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name.startswith("amount"):
        try:
            return f"{Decimal(str(value)):.2f}"
        except InvalidOperation:
            return str(value)
    return " ".join(fold(str(value)).split())


def _inside(place: Place, box: Box) -> bool:
    x, y = (place.box.x0 + place.box.x1) / 2, (place.box.y0 + place.box.y1) / 2
    if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
        return True
    # A pen mark has no clear edge: a box over a good part of the ink, or well inside it, shows it.
    if place.mark and place.box.area > 0 and box.area > 0:
        return place.box.intersection(box) >= 0.3 * min(place.box.area, box.area)
    return False


def _seen(quotes: Sequence[Quote], places: Sequence[Place]) -> frozenset[Place]:
    boxes: dict[tuple[int, int], list[Box]] = {}
    for quote in quotes:
        boxes.setdefault((quote.document, quote.page), []).extend(quote.boxes)
    return frozenset(
        place for place in places if any(_inside(place, box) for box in boxes.get((place.document, place.page), ()))
    )


def _coverages(report: Report, truth: EvidenceTruth) -> tuple[Coverage, ...]:
    result = []
    for criterion, wanted in truth.must_see.items():
        if not wanted:
            continue
        quotes = [
            evidence
            for verdict in report.verdicts
            if verdict.criterion == criterion
            for evidence in verdict.evidence
            if isinstance(evidence, Quote)
        ]
        seen = _seen(quotes, truth.places)
        result.append(
            Coverage(
                name=criterion,
                wanted=len(wanted),
                seen=len(seen & wanted),
                covered=len(seen),
                useful=len(seen & wanted),
            )
        )
    return tuple(result)


def _fact_coverages(report: Report, truth: EvidenceTruth) -> tuple[Coverage, ...]:
    """Per fact: 1 of 1 seen when the boxes of its fields hold at least half of one of the spans where it stands."""
    result = []
    for name, spans in truth.facts.items():
        reported = report.facts.get(name)
        if reported is None or reported.value is None or not spans:
            continue
        quotes = [
            evidence
            for index in reported.fields
            for evidence in report.fields[index].evidence
            if isinstance(evidence, Quote)
        ]
        seen = _seen(quotes, truth.places)
        hit = any(span and 2 * len(seen & span) >= len(span) for span in spans)
        result.append(Coverage(name=name, wanted=1, seen=int(hit), covered=1, useful=int(hit)))
    return tuple(result)


# --- many packages ------------------------------------------------------------------------------------------------


def figure(scores: Sequence[PackageScore], measure: Measure, *, draws: int = 1000, seed: int = 0) -> Figure:
    """`measure` over the packages with the 95 % percentile interval of a bootstrap that resamples packages."""
    value = measure(scores)
    if value is None or not scores:
        return Figure(value=value, low=None, high=None, n=len(scores))
    rng = np.random.default_rng(seed)
    drawn = [measure([scores[index] for index in rng.integers(0, len(scores), len(scores))]) for _ in range(draws)]
    known = [one for one in drawn if one is not None and not math.isnan(one)]
    low, high = np.percentile(known, [2.5, 97.5]) if known else (None, None)
    return Figure(
        value=value,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        n=len(scores),
    )


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def accuracy(scores: Sequence[PackageScore]) -> float | None:
    """Share of right verdicts."""
    pairs = [pair for one in scores for pair in one.verdicts]
    return _ratio(sum(pair.right for pair in pairs), len(pairs))


def precision(result: str) -> Measure:
    def measure(scores: Sequence[PackageScore]) -> float | None:
        said = [pair for one in scores for pair in one.verdicts if pair.said == result]
        return _ratio(sum(pair.right for pair in said), len(said))

    return measure


def recall(result: str) -> Measure:
    def measure(scores: Sequence[PackageScore]) -> float | None:
        true = [pair for one in scores for pair in one.verdicts if pair.truth == result]
        return _ratio(sum(pair.right for pair in true), len(true))

    return measure


def f1(result: str) -> Measure:
    """2·hits / (said + true); None when the result is neither said nor true."""

    def measure(scores: Sequence[PackageScore]) -> float | None:
        count: Counter[str] = Counter()
        for one in scores:
            for pair in one.verdicts:
                count["said"] += pair.said == result
                count["true"] += pair.truth == result
                count["hits"] += pair.said == result == pair.truth
        return _ratio(2 * count["hits"], count["said"] + count["true"])

    return measure


def wrongly_failed(scores: Sequence[PackageScore]) -> float:
    """How many criteria that are met were called not met: the error that refuses a person."""
    return float(sum(pair.truth == "met" and pair.said == "not_met" for one in scores for pair in one.verdicts))


def outcomes_right(scores: Sequence[PackageScore]) -> float:
    return float(sum(one.outcome.right for one in scores))


def wholly_right(scores: Sequence[PackageScore]) -> float:
    """Packages with every verdict and the outcome right."""
    return float(sum(one.outcome.right and all(pair.right for pair in one.verdicts) for one in scores))


def evidence_recall(scores: Sequence[PackageScore]) -> float | None:
    parts = [part for one in scores for part in one.evidence]
    return _ratio(sum(part.seen for part in parts), sum(part.wanted for part in parts))


def evidence_precision(scores: Sequence[PackageScore]) -> float | None:
    parts = [part for one in scores for part in one.evidence]
    return _ratio(sum(part.useful for part in parts), sum(part.covered for part in parts))


def facts_exact(scores: Sequence[PackageScore]) -> float | None:
    """Of the facts that stand in the papers, the share reported with exactly their value."""
    true = [pair for one in scores for pair in one.facts if pair.truth]
    return _ratio(sum(pair.right for pair in true), len(true))


def facts_invented(scores: Sequence[PackageScore]) -> float | None:
    """Of the facts that do not stand in the papers, the share reported all the same."""
    none = [pair for one in scores for pair in one.facts if not pair.truth]
    return _ratio(sum(bool(pair.said) for pair in none), len(none))


def facts_shown(scores: Sequence[PackageScore]) -> float | None:
    """Of the facts reported, the share whose evidence boxes lie where the fact stands."""
    parts = [part for one in scores for part in one.fact_evidence]
    return _ratio(sum(part.seen for part in parts), len(parts))
