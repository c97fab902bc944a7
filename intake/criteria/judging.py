"""Every criterion that Kazus judges, and how its findings become verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from intake.criteria import article_2, article_15, article_16, article_17, article_19, assignee_fee, signatory
from intake.criteria.inquiry import Finding, Inquiry
from intake.law.edition import Criterion
from intake.report import Verdict

Predicate = Callable[[Inquiry], tuple[Finding, ...]]

PREDICATES: Mapping[str, Predicate] = MappingProxyType(
    {
        "art2.2.consumer": article_2.consumer,
        "status.rep": signatory.right_person,
        "art15.1.registry": article_15.registry,
        "art15.1.property": article_15.property_claim,
        "art15.1.amount": article_15.amount,
        "art15.1.term3y": article_15.term_of_three_years,
        "art16.1.claim_sent": article_16.claim_sent,
        "art16.1.claim_match": article_16.claim_match,
        "art16.1.claim_order": article_16.claim_order,
        "art16.2.term": article_16.term_of_reply,
        "art16.6.fee": assignee_fee.fee,
        "art17.form": article_17.form,
        "art17.content": article_17.content,
        "art17.attach": article_17.attachments,
        "art19.1.3": article_19.court,
        "art19.1.5": article_19.earlier_decision,
        "art19.1.6": article_19.licence,
        "art19.1.7": article_19.insolvency,
        "art19.1.8": article_19.moral_harm,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """`not_applicable`: criterion → why its addressee is absent."""

    verdicts: tuple[Verdict, ...]
    not_applicable: Mapping[str, str]


def judge(inquiry: Inquiry) -> Judged:
    """The verdicts of every criterion in force on the day of filing, in the order of the law's data."""
    verdicts: list[Verdict] = []
    not_applicable: dict[str, str] = {}
    for criterion_id, predicate in PREDICATES.items():
        entry = inquiry.law.criterion(criterion_id, inquiry.filed)
        if entry is None:
            not_applicable[criterion_id] = f"На {inquiry.filed:%d.%m.%Y} это правило не действовало."
            continue
        findings = predicate(inquiry)
        if not findings:
            not_applicable[criterion_id] = assignee_fee.NO_ASSIGNEE
        verdicts += [_verdict(entry, finding) for finding in findings]
    return Judged(verdicts=tuple(verdicts), not_applicable=not_applicable)


def _verdict(entry: Criterion, finding: Finding) -> Verdict:
    return Verdict(
        criterion=entry.id,
        edition=entry.edition,
        law=entry.law,
        verified=entry.verified,
        item=finding.item,
        result=finding.result,
        cause=finding.cause,
        severity=None if finding.result == "met" else entry.severity,
        reason=finding.reason,
        computation=finding.computation,
        evidence=finding.evidence,
    )
