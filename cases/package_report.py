"""The report of a package as it is kept and shown (`kazus.intake/1`): the examination, and past decisions beside it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from intake.report import Report
from search.hit import Hit


@dataclass(frozen=True, kw_only=True, slots=True)
class PackageReport(Report):
    """`similar`: the most similar past decisions, the most similar first; None where there is no library to look in."""

    similar: tuple[Hit, ...] | None = None


def with_similar(report: Report, similar: tuple[Hit, ...] | None) -> PackageReport:
    own = {field.name: getattr(report, field.name) for field in fields(Report)}
    return PackageReport(**own, similar=similar)
