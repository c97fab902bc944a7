"""Anonymisation and anatomy on whole decisions with known truth: what is hidden, what is hidden wrongly, what is found.

Peers: the model of names alone (slovnet as it comes, without forms, capitals or recurring surnames) for names, and the
naive division of a decision into quarters for sections.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import report as reporting
from benchmarks.data import shared_data
from library.anatomy import find_anatomy
from library.anonymise.leak_check import find_leaks
from library.anonymise.names import names_by_model_alone
from library.anonymise.personal import PERSONAL_CLASSES
from library.anonymise.pseudonyms import Anonymised, Replacement, anonymise_text
from library.evaluation import (
    AnatomyScore,
    AnonymisationScore,
    TrueAnatomy,
    TrueSpan,
    marked_text,
    score_anatomy,
    score_anonymisation,
    total,
)

FRESH = Path(__file__).parent / "fresh_decisions"
KAZUS = "kazus"
MODEL_ALONE = "slovnet alone"
_DRAWS = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """`anatomy` None where the truth knows only personal data."""

    text: str
    spans: tuple[TrueSpan, ...]
    anatomy: TrueAnatomy | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    condition: str
    kazus: AnonymisationScore
    model_alone: AnonymisationScore
    anatomy: AnatomyScore | None
    leaks_before: int
    leaks_after: int


def shared_documents(quick: bool) -> list[Document]:
    """The whole decisions of KAZUS_SHARED; every fourth when `quick`. Raises NoSharedData."""
    lines = (shared_data() / "decisions_raw" / "raw.jsonl").read_text(encoding="utf-8").splitlines()
    return [_document(json.loads(line)) for line in lines[:: 4 if quick else 1] if line.strip()]


def fresh_documents() -> list[Document]:
    """The project's own short decisions, marked by hand."""
    marked = [marked_text(path.read_text(encoding="utf-8")) for path in sorted(FRESH.glob("*.txt"))]
    return [Document(text=text, spans=spans, anatomy=None) for text, spans in marked]


def _document(row: dict[str, Any]) -> Document:
    personal = [TrueSpan(kind=span["class"], start=span["start"], end=span["end"]) for span in row["personal"]]
    public = [TrueSpan(kind="public", start=span["start"], end=span["end"]) for span in row["public"]]
    return Document(
        text=row["text"],
        spans=(*personal, *public),
        anatomy=TrueAnatomy(
            sections={section["kind"]: section["start"] for section in row["sections"]},
            number=row["number"],
            date=row["date"],
            outcome=row["outcome"],
            claims=tuple(
                (claim["outcome"], claim["amount_claimed"], claim["amount_awarded"]) for claim in row["claims"]
            ),
        ),
    )


def run(condition: str, documents: Sequence[Document]) -> list[Scored]:
    scored = []
    for document in documents:
        answer = anonymise_text(document.text)
        alone = Anonymised(
            text="",
            replacements=tuple(
                Replacement(kind="name", start=start, end=end, pseudonym="ФИО")
                for start, end in names_by_model_alone(document.text)
            ),
        )
        names = [span for span in document.spans if span.kind in ("name", "public")]
        scored.append(
            Scored(
                condition=condition,
                kazus=score_anonymisation(document.text, document.spans, answer),
                model_alone=score_anonymisation(document.text, names, alone),
                anatomy=score_anatomy(document.anatomy, find_anatomy(document.text)) if document.anatomy else None,
                leaks_before=bool(find_leaks(document.text)),
                leaks_after=bool(find_leaks(answer.text)),
            )
        )
        print(f"  {condition} {len(scored)}/{len(documents)}", end="\r", flush=True)
    return scored


Ratio = Callable[[Sequence[Scored]], tuple[float, float]]


def _ratio(of: str, by: str, kind: str | None, system: str) -> Ratio:
    def counted(scored: Sequence[Scored]) -> tuple[float, float]:
        scores = [one.kazus if system == KAZUS else one.model_alone for one in scored]
        return total(scores, of, kind), total(scores, by, kind)

    return counted


def _anatomy(part: str) -> Ratio:
    def counted(scored: Sequence[Scored]) -> tuple[float, float]:
        pairs = [getattr(one.anatomy, part) for one in scored if one.anatomy is not None]
        return sum(right for right, _ in pairs), sum(there for _, there in pairs)

    return counted


def _public(scored: Sequence[Scored]) -> tuple[float, float]:
    return sum(one.kazus.destroyed for one in scored), sum(one.kazus.public for one in scored)


def _blocked(scored: Sequence[Scored], when: str) -> tuple[float, float]:
    return sum(getattr(one, when) for one in scored), len(scored)


def figures(scored: Sequence[Scored]) -> tuple[reporting.Row, ...]:
    rows = []
    for condition in dict.fromkeys(one.condition for one in scored):
        part = [one for one in scored if one.condition == condition]
        measures: list[tuple[str, str, Ratio]] = [
            (KAZUS, "hidden, all classes", _ratio("hidden", "there", None, KAZUS)),
            (KAZUS, "replacements right, all classes", _ratio("right", "made", None, KAZUS)),
            (KAZUS, "public spans touched", _public),
            (KAZUS, "hidden: name", _ratio("hidden", "there", "name", KAZUS)),
            (KAZUS, "replacements right: name", _ratio("right", "made", "name", KAZUS)),
            (MODEL_ALONE, "hidden: name", _ratio("hidden", "there", "name", MODEL_ALONE)),
            (MODEL_ALONE, "replacements right: name", _ratio("right", "made", "name", MODEL_ALONE)),
            (MODEL_ALONE, "public spans touched", lambda ones: (
                sum(one.model_alone.destroyed for one in ones), sum(one.model_alone.public for one in ones)
            )),
        ]  # fmt: skip
        measures += [
            (KAZUS, f"hidden: {kind}", _ratio("hidden", "there", kind, KAZUS))
            for kind in PERSONAL_CLASSES
            if kind != "name" and total([one.kazus for one in part], "there", kind)
        ]
        measures += [
            (KAZUS, "leak check stops the text as it came", lambda ones: _blocked(ones, "leaks_before")),
            (KAZUS, "leak check stops the anonymised text", lambda ones: _blocked(ones, "leaks_after")),
        ]
        if any(one.anatomy is not None for one in part):
            measures += [
                (KAZUS, "sections begin where they do", _anatomy("sections")),
                (KAZUS, "number, date, outcome", _anatomy("facts")),
                (KAZUS, "claims: outcome", _anatomy("claim_outcomes")),
                (KAZUS, "claims: both amounts", _anatomy("claim_amounts")),
            ]
        rows += [_row(part, condition, system, metric, measure) for system, metric, measure in measures]
    return tuple(rows)


def _row(part: Sequence[Scored], condition: str, system: str, metric: str, measure: Ratio) -> reporting.Row:
    """The ratio, with the 95 % interval of decisions drawn with replacement."""
    chance = random.Random(1)
    right, there = measure(part)
    drawn = sorted(
        numerator / denominator
        for numerator, denominator in (measure(chance.choices(part, k=len(part))) for _ in range(_DRAWS))
        if denominator
    )
    return reporting.Row(
        system=system,
        condition=condition,
        metric=metric,
        value=right / there if there else None,
        low=drawn[int(0.025 * len(drawn))] if drawn else None,
        high=drawn[int(0.975 * len(drawn)) - 1] if drawn else None,
        n=int(there),
    )


def musts(rows: Sequence[reporting.Row]) -> tuple[reporting.Must, ...]:
    found = []
    for row in rows:
        if row.condition != "shared" or row.system != KAZUS or row.value is None:
            continue
        if row.metric.startswith("hidden"):
            found.append(reporting.Must(text=f"{row.metric} ≥ 0.95", value=row.value, passed=row.value >= 0.95))
        if row.metric == "public spans touched":
            found.append(reporting.Must(text="public spans touched ≤ 0.02", value=row.value, passed=row.value <= 0.02))
    return tuple(found)
