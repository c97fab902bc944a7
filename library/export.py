"""The library as JSONL that `import --anonymised` takes back: the same keys, the anonymised text only."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from search.decision import ESTABLISHED, FINDINGS, OPERATIVE, Decision


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportedDecision:
    """`text` stands where the decision has no sections of its own."""

    id: str
    number: str | None
    date: datetime.date | None
    product: str | None
    category: str | None
    claim_items: tuple[str, ...]
    organisation_type: str | None
    outcome: str | None
    amount_claimed: Decimal | None
    amount_awarded: Decimal | None
    norms: tuple[str, ...]
    disputed_facts: tuple[str, ...]
    expertise: bool | None
    court: str | None
    established: str | None
    findings: str | None
    operative: str | None
    text: str | None


def exported(decision: Decision) -> ExportedDecision:
    sections = {section.name: section.text for section in decision.sections}
    others = [section.text for section in decision.sections if section.name not in (ESTABLISHED, FINDINGS, OPERATIVE)]
    return ExportedDecision(
        id=decision.id,
        number=decision.number,
        date=decision.date,
        product=decision.product,
        category=decision.category,
        claim_items=decision.claim_items,
        organisation_type=decision.organisation_kind,
        outcome=decision.outcome,
        amount_claimed=decision.amount_claimed,
        amount_awarded=decision.amount_awarded,
        norms=decision.norms,
        disputed_facts=decision.disputed_facts,
        expertise=decision.expertise,
        court=decision.court,
        established=sections.get(ESTABLISHED),
        findings=sections.get(FINDINGS),
        operative=sections.get(OPERATIVE),
        text="\n".join(others) or None,
    )
