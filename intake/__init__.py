"""A package of read documents → types → fields → facts → verdicts with evidence → a proposed outcome. Pure.

    from datetime import date
    from intake import CoverSheet, Package, Registry, examine
    from ocr import read

    cover = CoverSheet(filed=date(2026, 5, 20))
    package = Package(documents=(read("appeal.pdf"),), cover=cover, received=date(2026, 5, 21))
    report = examine(package, Registry(as_of=None))
    print(report.outcome.value)

Importing this package is light: a name is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intake.criteria.inquiry import EarlierCase
    from intake.examination import PIPELINE_VERSION, examine
    from intake.law.edition import Law, load_law
    from intake.package import CoverSheet, Package
    from intake.recompute import FactOverride, VerdictOverride, with_verdicts
    from intake.registry import Registry, read_registry_csv, resolve
    from intake.report import Report

__all__ = [
    "PIPELINE_VERSION",
    "CoverSheet",
    "EarlierCase",
    "FactOverride",
    "Law",
    "Package",
    "Registry",
    "Report",
    "VerdictOverride",
    "examine",
    "load_law",
    "read_registry_csv",
    "resolve",
    "with_verdicts",
]

_HOMES = {
    "PIPELINE_VERSION": "intake.examination",
    "CoverSheet": "intake.package",
    "EarlierCase": "intake.criteria.inquiry",
    "FactOverride": "intake.recompute",
    "Law": "intake.law.edition",
    "Package": "intake.package",
    "Registry": "intake.registry",
    "Report": "intake.report",
    "VerdictOverride": "intake.recompute",
    "examine": "intake.examination",
    "load_law": "intake.law.edition",
    "read_registry_csv": "intake.registry",
    "resolve": "intake.registry",
    "with_verdicts": "intake.recompute",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(home), name)
