"""Facts as the report shows them: names of the outside contract, values as JSON knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from intake.facts import Fact, Facts
from intake.report import ReportedFact

CONTRACT_FACTS = (
    "applicant_name",
    "applicant_type",
    "birth_date",
    "birth_place",
    "address",
    "phone",
    "email",
    "org_name",
    "org_inn",
    "contract_number",
    "contract_date",
    "product",
    "category",
    "claims",
    "amount_claimed",
    "breach_date",
    "initial_application_date",
    "claim_date",
    "claim_received_date",
    "claim_channel",
    "claim_standard_form",
    "reply_date",
    "reply_kind",
    "fee_paid",
    "vin",
    "plate",
)
FURTHER_FACTS = ("initial_answer_date", "org_address")


def reported_facts(facts: Facts) -> Mapping[str, ReportedFact]:
    """Every fact of the contract, with None where the papers say nothing, and the further ones."""
    known = {field.name for field in fields(Facts)}
    reported: dict[str, ReportedFact] = {}
    for name in (*CONTRACT_FACTS, *FURTHER_FACTS):
        if name not in known:
            raise AttributeError(name)
        if name == "claims":
            value: Any = [{"item": item.item, "amount": plain(item.amount)} for item in facts.claims]
            reported[name] = ReportedFact(value=value, fields=())
            continue
        fact = getattr(facts, name)
        if isinstance(fact, Fact):
            reported[name] = ReportedFact(value=plain(fact.value), fields=fact.fields)
        else:
            reported[name] = ReportedFact(value=None, fields=())
    return reported


def plain(value: Any) -> Any:
    """Dates as ISO, sums as decimal strings with kopecks; what JSON knows stays."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value
