"""What a predicate is asked and what it answers. Predicates are pure: the same inquiry, the same findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from intake.evidence import Absence, Evidence, Quote, Record, Searched
from intake.facts import ClaimItem, Fact, Facts, Paper
from intake.law.edition import Law
from intake.law.periods import Period
from intake.package import Channel
from intake.report import Cause, Result


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierCase:
    """A case the ombudsman has or had, as far as a new one is compared with it. `outcome`: a word for people.

    `decided` None: still pending. `items`: what was asked for, in the law's words.
    """

    number: str
    applicant_name: str | None
    org_inn: str | None
    contract_number: str | None
    vin: str | None
    breach_date: date | None
    items: tuple[str, ...]
    decided: date | None
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Inquiry:
    """`filed`: the day the appeal was filed; `registry_as_of` None: no registry is there."""

    facts: Facts
    law: Law
    filed: date
    channel: Channel
    registry_as_of: date | None
    earlier: tuple[EarlierCase, ...] = ()

    @property
    def is_assignee(self) -> bool:
        applicant = self.facts.applicant_type
        return applicant is not None and applicant.value == "assignee"

    @property
    def product(self) -> str | None:
        return self.facts.product.value if self.facts.product is not None else None

    def credible(self, day_of: Fact[date] | None) -> Fact[date] | None:
        """The fact, or None when its day is later than the filing: a misread year proves nothing."""
        return day_of if day_of is not None and day_of.value <= self.filed else None

    @property
    def replied(self) -> bool:
        """Whether the organisation answered the claim in any way."""
        reply = self.facts.reply_kind
        return reply is not None and reply.value != "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A verdict without its entry in the law. `item`: the one claim item it is about."""

    result: Result
    cause: Cause | None = None
    reason: str
    computation: str | None = None
    evidence: tuple[Evidence, ...] = ()
    item: str | None = None

    def __post_init__(self) -> None:
        if (self.result == "cannot_tell") != (self.cause is not None):
            raise ValueError("a cause stands exactly when one cannot tell")


def met(reason: str, evidence: Iterable[Evidence] = (), computation: str | None = None) -> Finding:
    return Finding(result="met", reason=reason, evidence=distinct(evidence), computation=computation)


def not_met(
    reason: str, evidence: Iterable[Evidence] = (), computation: str | None = None, item: str | None = None
) -> Finding:
    return Finding(result="not_met", reason=reason, evidence=distinct(evidence), computation=computation, item=item)


def needs_person(reason: str, evidence: Iterable[Evidence] = (), computation: str | None = None) -> Finding:
    return Finding(
        result="cannot_tell",
        cause="needs_person",
        reason=reason,
        evidence=distinct(evidence),
        computation=computation,
    )


def missing(inquiry: Inquiry, reason: str, evidence: Iterable[Evidence] = ()) -> Finding:
    """Data are missing; while a page of the package is unreadable they may stand there, and that is said instead."""
    facts = inquiry.facts
    shown = distinct([*evidence, *absence(facts)])
    if facts.any_unreadable:
        return Finding(
            result="cannot_tell",
            cause="unreadable",
            reason=f"{reason} Часть страниц не читается: возможно, сведения стоят на них.",
            evidence=shown,
        )
    return Finding(result="cannot_tell", cause="data_missing", reason=reason, evidence=shown)


def absent_paper(inquiry: Inquiry, reason: str, evidence: Iterable[Evidence] = ()) -> Finding:
    """A paper is not there: `not_met`, unless an unreadable page may be that paper."""
    if inquiry.facts.any_unreadable:
        return missing(inquiry, reason, evidence)
    return not_met(reason, [*evidence, *absence(inquiry.facts)])


def doubtful_paper(
    inquiry: Inquiry, reason: str, papers: Iterable[Paper], evidence: Iterable[Evidence] = ()
) -> Finding:
    """A paper is not there, unless one of `papers`, whose types are not sure, is that paper: a person looks."""
    found = list(papers)
    if not found or inquiry.facts.any_unreadable:
        return absent_paper(inquiry, reason, evidence)
    shown = [quote for paper in found for quote in paper.title_quotes[:1]]
    return needs_person(f"{reason} Но тип одного из документов определён неуверенно: посмотрите, не он ли это.",
                        [*evidence, *shown])  # fmt: skip


def absence(facts: Facts, what: str | None = None) -> tuple[Absence, ...]:
    """The ground of "not found": every page that was looked through."""
    searched = facts.everything_searched
    if searched is None:
        return ()
    return (searched if what is None else Absence(what=what, searched=searched.searched),)


def distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Without repetitions; a quote inside another quote of the same page is dropped, order is kept."""
    pieces: list[Evidence] = []
    for piece in evidence:
        if piece in pieces:
            continue
        if isinstance(piece, Quote) and any(isinstance(old, Quote) and _covers(old, piece) for old in pieces):
            continue
        pieces.append(piece)
    return tuple(pieces)


def _covers(outer: Quote, inner: Quote) -> bool:
    if (outer.document, outer.page) != (inner.document, inner.page) or inner.text not in outer.text:
        return False
    return all(
        any(
            box.x0 >= other.x0 - 1e-6
            and box.x1 <= other.x1 + 1e-6
            and box.y0 >= other.y0 - 1e-6
            and box.y1 <= other.y1 + 1e-6
            for other in outer.boxes
        )
        for box in inner.boxes
    )


def best(fact: Fact[Any] | None, limit: int = 1) -> tuple[Quote, ...]:
    """The first quotes of a fact: the place a person looks at first."""
    return fact.quotes[:limit] if fact is not None else ()


def elsewhere(fact: Fact[Any] | None) -> tuple[Quote, ...]:
    """One more quote, from another document than the first: two papers agree."""
    if fact is None or not fact.quotes:
        return ()
    return tuple(quote for quote in fact.quotes[1:] if quote.document != fact.quotes[0].document)[:1]


def in_appeal(inquiry: Inquiry, fact: Fact[Any] | None) -> tuple[Quote, ...]:
    """Where the appeal itself says it, or nothing."""
    appeal = inquiry.facts.appeal
    if fact is None or appeal is None:
        return ()
    return tuple(quote for quote in fact.quotes if quote.document == appeal.paper.document)[:1]


def item_quotes(items: Iterable[ClaimItem]) -> tuple[Quote, ...]:
    return tuple(quote for item in items for quote in item.quotes[:1])


def filed_evidence(inquiry: Inquiry) -> tuple[Quote, ...]:
    """Where the appeal's own date stands; nothing when the appeal bears none."""
    appeal = inquiry.facts.appeal
    return best(appeal.date) if appeal is not None and appeal.date is not None else ()


def calendar_record(period: Period) -> Record:
    """The calendar that a term was counted by."""
    return Record(
        source="Производственный календарь",
        key=f"{period.start:%d.%m.%Y}–{period.last_day:%d.%m.%Y}",
        as_of=period.last_day,
        text="; ".join([period.rule, *period.sources]),
    )


def day(value: date) -> str:
    return f"{value:%d.%m.%Y}"


def roubles(amount: Decimal) -> str:
    """«299 400 ₽», «71 802,74 ₽»: thousands apart, kopecks only where there are any."""
    text = f"{amount:,.2f}" if amount != amount.to_integral_value() else f"{amount:,.0f}"
    return text.replace(",", " ").replace(".", ",") + " ₽"


def searched_pages(searched: Iterable[Searched]) -> int:
    return sum(len(entry.pages) for entry in searched)
