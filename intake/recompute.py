"""A report again after people's corrections, without reading the pages anew. Pure.

A person corrects a fact («the claim arrived on the 5th»): the facts are replaced and everything that follows from
them is judged anew (`corrected`, used by `intake.examination.examine`). A person decides a criterion: their word stands
in place of the machine's and only the outcome is proposed anew (`with_verdicts`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from intake.errors import CriterionUnknown, FactUnknown, FactValueInvalid
from intake.facts import ApplicantType, ClaimItem, ClaimKind, Fact, Facts, ReplyKind
from intake.law.edition import load_law
from intake.outcome import propose_outcome
from intake.registry import Registry, resolve
from intake.report import Cause, Report, Result, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictOverride:
    """A person's word on a criterion (or on one claim item of it); `cause` is needed for "cannot_tell"."""

    criterion: str
    item: str | None = None
    result: Result
    cause: Cause | None = None
    reason: str
    decided_by: str


def with_verdicts(report: Report, overrides: Sequence[VerdictOverride]) -> Report:
    """The report with people's verdicts in place of the machine's and the outcome proposed anew.

    Evidence and computation stay: they are what the person looked at. Raises `CriterionUnknown` for a criterion (or an
    item of it) that the report does not judge.
    """
    verdicts = list(report.verdicts)
    for override in overrides:
        places = [
            index
            for index, verdict in enumerate(verdicts)
            if verdict.criterion == override.criterion and override.item in (None, verdict.item)
        ]
        if not places:
            raise CriterionUnknown(criterion=override.criterion)
        for index in places:
            verdicts[index] = _overridden(verdicts[index], override, report)
    items = [str(item["item"]) for item in report.facts["claims"].value] if "claims" in report.facts else []
    return replace(report, verdicts=tuple(verdicts), outcome=propose_outcome(verdicts, items))


def _overridden(verdict: Verdict, override: VerdictOverride, report: Report) -> Verdict:
    severity = verdict.severity
    if override.result == "met":
        severity = None
    elif severity is None:
        entry = load_law().criterion(verdict.criterion, report.filed)
        severity = entry.severity if entry is not None else None
    return replace(
        verdict,
        result=override.result,
        cause=override.cause,
        severity=severity,
        reason=override.reason,
        decided_by=override.decided_by,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class FactOverride:
    """A person's word on a fact: `name` of the report, `value` as the report writes it (None: the papers do not say).

    Claims are a list of `{"item", "amount"}`, with `kind` where the machine could not know it.
    """

    name: str
    value: Any


def corrected(facts: Facts, overrides: Sequence[FactOverride], registry: Registry) -> Facts:
    """The facts with people's corrections; quotes stay, since they show what the person looked at.

    Raises `FactUnknown`, `FactValueInvalid`.
    """
    for override in overrides:
        if override.name == "claims":
            facts = replace(facts, claims=_claims(facts, override))
            continue
        read = _READ.get(override.name)
        if read is None:
            raise FactUnknown(name=override.name)
        old = getattr(facts, override.name)
        if override.value is None:
            changed: dict[str, Any] = {override.name: None}
            facts = replace(facts, **changed)
            continue
        try:
            value = read(override.value)
        except (ValueError, TypeError, InvalidOperation) as error:
            raise FactValueInvalid(name=override.name, value=override.value) from error
        quotes = old.quotes if isinstance(old, Fact) else ()
        indexes = old.fields if isinstance(old, Fact) else ()
        changed = {override.name: Fact(value=value, quotes=quotes, fields=indexes)}
        facts = replace(facts, **changed)
    if any(override.name in ("org_name", "org_inn") for override in overrides):
        name = facts.org_name.value if facts.org_name is not None else None
        inn = facts.org_inn.value if facts.org_inn is not None else None
        facts = replace(facts, organisation=resolve(registry, name, inn))
    return facts


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value.strip()


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _one_of(codes: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in codes:
            raise ValueError(value)
        return str(value)

    return read


_TEXTS = ("applicant_name", "birth_place", "address", "phone", "email", "org_name", "org_inn", "contract_number",
          "product", "category", "vin", "plate", "org_address")  # fmt: skip
_DATES = ("birth_date", "contract_date", "breach_date", "initial_application_date", "initial_answer_date", "claim_date",
          "claim_received_date", "reply_date")  # fmt: skip
_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_DATES, date.fromisoformat),
    "amount_claimed": Decimal,
    "claim_standard_form": _flag,
    "fee_paid": _flag,
    "claim_channel": _one_of(("electronic", "paper")),
    "applicant_type": _one_of(get_args(ApplicantType)),
    "reply_kind": _one_of(get_args(ReplyKind)),
}


def _claims(facts: Facts, override: FactOverride) -> tuple[ClaimItem, ...]:
    known = {item.item: item for item in facts.claims}
    claims = []
    try:
        for row in override.value or []:
            old = known.get(row["item"])
            kind = row.get("kind") or (old.kind if old is not None else "money")
            if kind not in get_args(ClaimKind):
                raise ValueError(kind)
            amount = Decimal(row["amount"]) if row.get("amount") is not None else None
            quotes = old.quotes if old is not None else ()
            claims.append(ClaimItem(item=_text(row["item"]), amount=amount, kind=kind, quotes=quotes))
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise FactValueInvalid(name="claims", value=override.value) from error
    return tuple(claims)
