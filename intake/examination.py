"""The examination of a package: read documents in, a report out. Pure: the caller brings registry, cases and the day.

documents → texts → types → fields → facts → what it is about → verdicts → outcome → deadlines → report
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date

from intake.conflicts import conflicts_of
from intake.criteria.inquiry import EarlierCase, Inquiry
from intake.criteria.judging import judge
from intake.deadlines import deadlines_of
from intake.document_types import recognise_types
from intake.fact_fields import facts_with_fields
from intake.facts import Facts
from intake.fields import extract_fields
from intake.law.edition import Law, load_law
from intake.outcome import propose_outcome
from intake.package import Channel, Package
from intake.page_text import DocumentText
from intake.reading_facts import read_facts
from intake.reading_facts.echoes import with_echoes
from intake.recompute import FactOverride, corrected
from intake.registry import Registry
from intake.report import Report
from intake.subject import Classify, appeal_text, with_subject

PIPELINE_VERSION = "intake/1"


def examine(
    package: Package,
    registry: Registry,
    earlier: Sequence[EarlierCase] = (),
    law: Law | None = None,
    on: date | None = None,
    corrections: Sequence[FactOverride] = (),
    classify: Classify | None = None,
) -> Report:
    """What a package of read documents says, and whether the appeal can be accepted.

    `on`: the day of filing where the cover sheet names none (default: the day of receipt). `law`: the one shipped.
    `corrections`: people's words on facts, which stand in place of what was read.
    `classify`: says product and category of the appeal's text; without it both are only what papers name.
    Raises what `corrected` raises.
    Never refuses anything: the outcome is a proposal to a person.
    """
    law = law or load_law()
    filed = package.cover.filed or on or package.received
    watch = _Watch()
    texts = tuple(DocumentText(index, document) for index, document in enumerate(package.documents))
    watch.lap("texts")
    typed = recognise_types(texts)
    watch.lap("types")
    fields = extract_fields(texts, typed)
    watch.lap("fields")
    facts = with_echoes(read_facts(package, texts, typed, fields, registry), texts)
    watch.lap("facts")
    facts, classification = with_subject(facts, appeal_text(package.documents, typed), classify)
    watch.lap("classification")
    facts = corrected(facts, corrections, registry)
    channel = channel_of(package, facts)
    inquiry = Inquiry(
        facts=facts,
        law=law,
        filed=filed,
        channel=channel,
        registry_as_of=registry.as_of,
        earlier=tuple(earlier),
    )
    judged = judge(inquiry)
    outcome = propose_outcome(judged.verdicts, [item.item for item in facts.claims])
    watch.lap("verdicts")
    reported, all_fields = facts_with_fields(facts, fields, package)
    return Report(
        filed=filed,
        filed_source="given" if package.cover.filed is not None else "received",
        channel=channel,
        sender=package.cover.sender,
        documents=typed,
        fields=all_fields,
        facts=reported,
        conflicts=conflicts_of(facts, fields, package.documents),
        verdicts=judged.verdicts,
        not_applicable=judged.not_applicable,
        outcome=outcome,
        deadlines=deadlines_of(facts, outcome, law, filed),
        classification=classification,
        timings=watch.laps(),
        versions={"pipeline": PIPELINE_VERSION, "law": law.version, **_registry_version(registry)},
    )


def channel_of(package: Package, facts: Facts) -> Channel:
    """As the cover sheet says; without it electronic exactly when the appeal bears a line of electronic signature."""
    if package.cover.channel is not None:
        return package.cover.channel
    appeal = facts.appeal
    return "electronic" if appeal is not None and appeal.paper.signed == "electronic" else "paper"


def _registry_version(registry: Registry) -> dict[str, str]:
    return {"registry": registry.as_of.isoformat()} if registry.as_of is not None else {}


class _Watch:
    """Seconds of each stage."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = round(now - self._started, 4)
        self._started = now

    def laps(self) -> dict[str, float]:
        return dict(self._laps)
