"""A report that says nothing but what was read: for tests of keeping and resuming, which no rule of law concerns."""

from __future__ import annotations

from datetime import date

from intake.package import Package
from intake.registry import Registry
from intake.report import Outcome, Report, ReportedFact, TypedDocument


def simple_report(package: Package, registry: Registry) -> Report:
    return Report(
        filed=package.cover.filed or package.received,
        filed_source="given" if package.cover.filed else "received",
        channel=package.cover.channel or "paper",
        sender=package.cover.sender,
        documents=tuple(
            TypedDocument(
                id=document.id,
                path=document.path,
                name=document.name,
                copy_of=document.copy_of,
                type=None,
                type_probability=None,
                type_set=(),
                type_abstained=True,
                parts=(),
                pages=len(document.pages),
                grade=document.pages[0].grade if document.pages else None,
                error=document.error,
            )
            for document in package.documents
        ),
        fields=(),
        facts={
            "texts": ReportedFact(
                value=[[page.text for page in document.pages] for document in package.documents], fields=()
            ),
            "registry": ReportedFact(value=str(registry.as_of or date.min), fields=()),
        },
        conflicts=(),
        verdicts=(),
        not_applicable={},
        outcome=Outcome(value="human", grounds=()),
        deadlines=(),
    )
