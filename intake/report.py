"""The report of a package: the one class that the command line, storage and schemas share (`kazus.intake/1`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from classify.classification import Classification
from intake.evidence import Evidence
from intake.package import Channel
from ocr.document import Grade
from text.errors import ErrorNote

Result = Literal["met", "not_met", "cannot_tell"]
Cause = Literal["needs_person", "data_missing", "unreadable"]
Severity = Literal["fatal", "premature", "curable"]
OutcomeValue = Literal["refuse_fatal", "refuse_premature", "refuse_curable", "human", "accept"]
Check = Literal["passed", "failed", "none"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A run of pages of one document that is a document of its own."""

    type: str
    first_page: int
    last_page: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedDocument:
    """`type_set`: the types that cannot be ruled out; `type_abstained`: no type is sure enough to be relied on."""

    id: str
    path: str
    name: str
    copy_of: int | None
    type: str | None
    type_probability: float | None
    type_set: tuple[str, ...]
    type_abstained: bool
    parts: tuple[Part, ...]
    pages: int
    grade: Grade | None
    error: ErrorNote | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A value that stands in a document. `raw` as printed, `value` in its normal form (ISO dates, decimal roubles)."""

    name: str
    document: int
    raw: str
    value: str
    confidence: float
    check: Check
    repaired: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedFact:
    value: Any
    fields: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    criterion: str
    edition: str
    law: str
    verified: bool
    item: str | None = None
    result: Result
    cause: Cause | None = None
    severity: Severity | None = None
    reason: str
    computation: str | None = None
    decided_by: str = "machine"
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """`grounds` are criterion ids that decided the outcome; empty when it is accept."""

    value: OutcomeValue
    grounds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    name: str
    due: date
    rule: str
    computation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    kind: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    filed: date
    filed_source: Literal["given", "received"]
    channel: Channel
    sender: str | None
    documents: tuple[TypedDocument, ...]
    fields: tuple[Field, ...]
    facts: Mapping[str, ReportedFact]
    conflicts: tuple[Conflict, ...]
    verdicts: tuple[Verdict, ...]
    not_applicable: Mapping[str, str]
    outcome: Outcome
    deadlines: tuple[Deadline, ...]
    classification: Classification | None = None
    notices: tuple[Notice, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
