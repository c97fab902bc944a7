"""The sample library and its queries as search takes them; the encoder and the classes its benchmark works with."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, cast

import numpy as np

import models
from classify import Classifier, fit, prepare, read_examples
from classify.train import Prepared
from search.decision import ESTABLISHED, FINDINGS, OPERATIVE, Decision, OrganisationKind, Outcome, QueryClasses, Section
from search.evaluation import PARTIAL, RELEVANT
from text.encoder.contract import Encoder

MODELS = Path(models.__file__).parent
ENCODER_CACHE = Path(__file__).parent / ".cache" / "encoder"
Kind = Literal["appeal", "officer"]
_LIKELY = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledQuery:
    """`dense`: asked about families among which words and norms are the same and a different fact decides."""

    id: str
    family: str
    kind: Kind
    text: str
    category: str
    grades: Mapping[str, float]
    dense: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledLibrary:
    """`families`: of the decisions, in their order."""

    decisions: tuple[Decision, ...]
    families: tuple[str, ...]
    queries: tuple[LabelledQuery, ...]


def labelled_library() -> LabelledLibrary:
    rows = _rows(MODELS / "library" / "decisions.jsonl")
    return LabelledLibrary(
        decisions=tuple(_decision(row) for row in rows),
        families=tuple(str(row["family"]) for row in rows),
        queries=tuple(_query(row) for row in _rows(MODELS / "corpora" / "queries.jsonl")),
    )


def benchmark_encoder() -> Encoder:
    """The encoder KAZUS_ENCODER_DIR names, else one built into the benchmarks' cache (a minute, once)."""
    from text.encoder import open_encoder
    from text.encoder.build import build

    named = os.environ.get("KAZUS_ENCODER_DIR")
    if named:
        return open_encoder(Path(named))
    build(ENCODER_CACHE)
    return open_encoder(ENCODER_CACHE)


class LeftOutClasses:
    """Probabilities for queries, each by a classifier that read nothing of the query's family."""

    def __init__(self, encoder: Encoder, families: Mapping[str, str]) -> None:
        """`families`: decision → family."""
        examples = (
            *read_examples(MODELS / "corpora" / "appeals.jsonl"),
            *read_examples(MODELS / "corpora" / "decisions.jsonl"),
        )
        self._encoder = encoder
        self._prepared: Prepared = prepare(examples, encoder)
        self._families = [families.get(example.id) for example in examples]

    def of(self, queries: Sequence[LabelledQuery], held_out: frozenset[str]) -> dict[str, QueryClasses]:
        """Query → classes, by one classifier trained without the families `held_out`."""
        rows = np.flatnonzero([family not in held_out for family in self._families])
        model = fit(self._prepared, rows, name="left-out")
        said = Classifier(model, self._encoder).probabilities([query.text for query in queries])
        return {
            query.id: QueryClasses(
                product=_likely(said.product_labels, said.product[index].tolist()),
                category=_likely(said.category_labels, said.category[index].tolist()),
            )
            for index, query in enumerate(queries)
        }


def _likely(labels: Sequence[str], probabilities: Sequence[float]) -> dict[str, float]:
    return {label: chance for label, chance in zip(labels, probabilities, strict=True) if chance >= _LIKELY}


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _decision(row: Mapping[str, object]) -> Decision:
    return Decision(
        id=str(row["id"]),
        date=date.fromisoformat(str(row["date"])),
        product=str(row["product"]),
        category=str(row["category"]),
        claim_items=_strings(row["claim_items"]),
        outcome=cast(Outcome, row["outcome"]),
        organisation_kind=cast(OrganisationKind, row["organisation_type"]),
        amount_claimed=_roubles(row["amount_claimed"]),
        amount_awarded=_roubles(row["amount_awarded"]),
        norms=_strings(row["norms"]),
        disputed_facts=_strings(row["disputed_facts"]),
        sections=tuple(Section(name=name, text=str(row[name])) for name in (ESTABLISHED, FINDINGS, OPERATIVE)),
    )


def _query(row: Mapping[str, object]) -> LabelledQuery:
    grades = dict.fromkeys(_strings(row["partial"]), PARTIAL) | dict.fromkeys(_strings(row["relevant"]), RELEVANT)
    return LabelledQuery(
        id=str(row["id"]),
        family=str(row["family"]),
        kind=cast(Kind, row["kind"]),
        text=str(row["text"]),
        category=str(row["category"]),
        grades=grades,
        dense=str(row["family"]).startswith("fam-dn"),
    )


def _strings(values: object) -> tuple[str, ...]:
    return tuple(str(value) for value in cast(Sequence[object], values))


def _roubles(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
