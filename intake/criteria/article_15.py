"""Art. 15: against whom, for what, for how much and until when one may turn to the ombudsman."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from intake.criteria.inquiry import (
    Finding,
    Inquiry,
    absence,
    best,
    calendar_record,
    day,
    elsewhere,
    filed_evidence,
    item_quotes,
    met,
    missing,
    needs_person,
    not_met,
    roubles,
)
from intake.evidence import Evidence, Record
from intake.facts import ClaimItem, Fact, Facts
from intake.law.periods import Period, same_day_of_year
from intake.registry import Organisation

# What the law's sum is surely made of; what else stands in it, a person decides.
_OUTSIDE_THE_SUM = ("moral_harm", "lost_profit", "fine")
_MONEY = ("money", "penalty", "expense")


def registry(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art15.1.registry: found in the snapshot and answering on the day of filing. A revoked licence is art. 19."""
    facts = inquiry.facts
    shown: list[Evidence] = [*best(facts.org_name), *best(facts.org_inn)]
    name = facts.org_name.value if facts.org_name is not None else None
    if inquiry.registry_as_of is None:
        return (needs_person("Реестр организаций не загружен: проверить организацию не по чему.", shown),)
    if name is None and facts.org_inn is None:
        return (missing(inquiry, "Не установлено, к какой организации предъявлено требование.", shown),)
    resolved = facts.organisation
    who = name or f"организация с ИНН {facts.org_inn.value}" if facts.org_inn is not None else name
    if resolved is None or resolved.resolution == "absent":
        record = Record(
            source="Реестр организаций",
            key=facts.org_inn.value if facts.org_inn is not None else str(name),
            as_of=inquiry.registry_as_of,
            text="В реестре такой организации нет.",
        )
        return (not_met(f"{who}: в реестре организаций на {day(inquiry.registry_as_of)} её нет.", [*shown, record]),)
    shown += [_row(match.organisation, inquiry.registry_as_of) for match in resolved.matches]
    if resolved.resolution == "ambiguous":
        names = ", ".join(match.organisation.name for match in resolved.matches)
        return (needs_person(f"Названа {who}, в реестре ей могут соответствовать: {names}. Решает человек.", shown),)
    organisation = resolved.matches[0].organisation
    if inquiry.filed < organisation.interaction_from:
        since = day(organisation.interaction_from)
        return (
            not_met(f"{organisation.name} взаимодействует с уполномоченным с {since}, обращение подано раньше.", shown),
        )
    product = inquiry.product
    if product is not None and product not in organisation.services and _policy_names(inquiry):
        return (
            needs_person(
                f"{organisation.name} в реестре есть, но услуга {product} среди её услуг не названа: "
                "та ли это организация, решает человек.",
                [*shown, *best(facts.product)],
            ),
        )
    return (
        met(
            f"{organisation.name} (ИНН {organisation.inn}) взаимодействует с финансовым уполномоченным "
            f"с {day(organisation.interaction_from)}.",
            shown,
        ),
    )


def _policy_names(inquiry: Inquiry) -> bool:
    """Whether an insurance policy itself, not only the applicant's story, says what product it is."""
    facts = inquiry.facts
    policies = {paper.document for paper in facts.papers_of("POLICY_OSAGO", "CONTRACT_INS")}
    return facts.product is not None and any(quote.document in policies for quote in facts.product.quotes)


def _row(organisation: Organisation, as_of: date) -> Record:
    return Record(
        source="Реестр организаций",
        key=organisation.inn,
        as_of=as_of,
        text=f"{organisation.name}, ИНН {organisation.inn}, ОГРН {organisation.ogrn}, услуги: "
        f"{', '.join(organisation.services)}; взаимодействует с {day(organisation.interaction_from)}",
    )


def property_claim(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art15.1.property: money is asked for. A repair referral is a person's to judge; other reliefs are no property."""
    facts = inquiry.facts
    claims = facts.claims
    if not claims:
        return (missing(inquiry, "Не видно, чего просит заявитель."),)
    shown = item_quotes(claims)
    referral = [item for item in claims if item.kind == "repair_referral"]
    if referral:
        items = _named(referral)
        return (needs_person(f"Заявлено: {items}. Имущественное ли это требование, решает человек.", shown),)
    property_items = [item for item in claims if item.kind not in ("dispute_debt", "non_property")]
    others = [item for item in claims if item.kind in ("dispute_debt", "non_property")]
    if not property_items:
        return (not_met(f"Денег в свою пользу заявитель не требует, заявлено: {_named(others)}.", shown),)
    if others and all(item.kind in _OUTSIDE_THE_SUM for item in property_items):
        return (not_met(f"Главное требование не имущественное: {_named(others)}.", shown),)
    beside = f" Рядом с ними не имущественное: {_named(others)}." if others else ""
    return (met(f"Заявлены имущественные требования: {_named(property_items)}.{beside}", shown),)


def _named(items: list[ClaimItem]) -> str:
    return ", ".join(item.item + (f" {roubles(item.amount)}" if item.amount is not None else "") for item in items)


def amount(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art15.1.amount: the items' sum within the limit, or a product free of it. What the sum is made of beyond the
    principal (moral harm, fine) is a person's to judge when it decides."""
    facts = inquiry.facts
    limit = inquiry.law.limit("claims_against_organisation", inquiry.filed)
    product = inquiry.product
    priced = [item for item in facts.claims if item.amount is not None]
    total = facts.amount_claimed.value if facts.amount_claimed is not None else None
    counted = sum((item.amount for item in priced if item.amount is not None), Decimal(0)) or total
    shown: list[Evidence] = [*item_quotes(priced), *(facts.amount_claimed.quotes[:1] if facts.amount_claimed else ())]
    if limit is None:
        return (needs_person(f"Предел суммы на {day(inquiry.filed)} в данных не указан.", shown),)
    free = next(
        (entry for entry in limit.unlimited if entry.product == product and entry.valid_from <= inquiry.filed), None
    )
    if free is not None:
        sums = f", заявлено {roubles(counted)}" if counted is not None else ""
        return (met(f"Предел не применяется: {free.why}{sums}.", [*shown, *best(facts.product)]),)
    if counted is None:
        return (missing(inquiry, "Размер требования не указан: сравнить его с пределом нельзя.", shown),)
    surely = sum(
        (item.amount for item in priced if item.amount is not None and item.kind not in _OUTSIDE_THE_SUM), Decimal(0)
    ) if priced else counted  # fmt: skip
    computation = _sum_shown(priced, counted) + f"; предел {roubles(limit.roubles)}"
    if surely > limit.roubles:
        return (
            not_met(
                f"Заявлено {roubles(counted)} при пределе {roubles(limit.roubles)} ({limit.law}).",
                [*shown, *best(facts.product)],
                computation,
            ),
        )
    if counted > limit.roubles:
        rest = ", ".join(sorted({item.item for item in priced if item.kind in _OUTSIDE_THE_SUM}))
        return (
            needs_person(
                f"{roubles(surely)} укладываются в предел {roubles(limit.roubles)}, но вместе с прочим ({rest}) "
                f"заявлено {roubles(counted)}: состав суммы решает человек.",
                shown,
                computation,
            ),
        )
    return (met(f"Заявлено {roubles(counted)}, предел {roubles(limit.roubles)}.", shown, computation),)


def _sum_shown(items: list[ClaimItem], total: Decimal) -> str:
    parts = [roubles(item.amount) for item in items if item.amount is not None]
    return f"{' + '.join(parts)} = {roubles(total)}" if len(parts) > 1 else roubles(total)


def term_of_three_years(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art15.1.term3y: counted from the day the consumer learned; with a petition to restore, a person decides."""
    facts = inquiry.facts
    known = facts.breach_date
    petition = facts.signs_of("restore_petition")
    if known is None:
        return (_term_without_anchor(inquiry),)
    shown: list[Evidence] = [*best(known), *elsewhere(known), *filed_evidence(inquiry)]
    term = inquiry.law.term("limitation", inquiry.filed)
    if term is None:
        return (needs_person(f"Срок обращения на {day(inquiry.filed)} в данных не указан.", shown),)
    last_day, period = _end_of_years(inquiry, known.value, term.length)
    computation = f"{day(known.value)} + {term.words} = {day(last_day)}"
    if period is not None and period.moved_from is not None:
        computation += f" (перенесено с {day(period.moved_from)})"
        shown.append(calendar_record(period))
    if inquiry.filed <= last_day:
        return (
            met(
                f"О нарушении стало известно {day(known.value)}, срок до {day(last_day)}, "
                f"обращение подано {day(inquiry.filed)}.",
                shown,
                computation,
            ),
        )
    late = (
        f"О нарушении стало известно {day(known.value)}, {term.words} истекли {day(last_day)}, "
        f"обращение подано {day(inquiry.filed)}"
    )
    if petition:
        quotes = [quote for sign in petition for quote in sign.quotes]
        return (
            needs_person(f"{late}; приложено ходатайство о восстановлении срока, решает человек.",
                         [*shown, *quotes], computation),
        )  # fmt: skip
    contract = facts.contract_date
    if contract is not None and known.value < contract.value:
        return (
            needs_person(
                f"{late}; но договор заключён {day(contract.value)}, позже этого дня: с какого дня считать срок, "
                "решает человек.",
                [*shown, *best(contract)],
                computation,
            ),
        )
    answered = facts.initial_answer_date
    if answered is not None and inquiry.filed <= _end_of_years(inquiry, answered.value, term.length)[0]:
        return (
            needs_person(
                f"{late}; но организация отвечала {day(answered.value)}: с какого дня заявитель знал о нарушении, "
                "решает человек.",
                [*shown, *best(answered)],
                computation,
            ),
        )
    if not _is_told_surely(facts, known):
        return (
            needs_person(f"{late}; но день взят из документа, тип которого определён неуверенно: решает человек.",
                         shown, computation),
        )  # fmt: skip
    if facts.any_unreadable:
        return (
            Finding(
                result="cannot_tell",
                cause="unreadable",
                reason=f"{late}; ходатайства о восстановлении не найдено, но часть страниц не читается.",
                computation=computation,
                evidence=(*shown, *absence(facts)),
            ),
        )
    return (not_met(f"{late}; ходатайства о восстановлении срока нет.", [*shown, *absence(facts)], computation),)


def _is_told_surely(facts: Facts, known: Fact[date]) -> bool:
    """Whether the day stands in the appeal, in the claim, or in a paper of a sure type."""
    letters = [paper for paper in (facts.appeal and facts.appeal.paper, facts.claim and facts.claim.paper) if paper]
    sure = {paper.document for paper in letters} | {paper.document for paper in facts.papers if paper.type_certain}
    return any(quote.document in sure for quote in known.quotes)


def _term_without_anchor(inquiry: Inquiry) -> Finding:
    """The day of learning is not told: a contract younger than the term still proves that it has not run out."""
    facts = inquiry.facts
    term = inquiry.law.term("limitation", inquiry.filed)
    contract = facts.contract_date
    if contract is not None and term is not None:
        last_day, _ = _end_of_years(inquiry, contract.value, term.length)
        if contract.value <= inquiry.filed <= last_day:
            return met(
                f"Когда заявитель узнал о нарушении, не сказано, но договор заключён {day(contract.value)}, "
                f"обращение подано {day(inquiry.filed)}: {term.words} пройти не могли.",
                [*best(contract), *filed_evidence(inquiry)],
                f"{day(contract.value)} + {term.words} = {day(last_day)}",
            )
    return needs_person(
        "Из документов не видно, когда заявитель узнал о нарушении: срок считать не от чего.", absence(facts)
    )


def _end_of_years(inquiry: Inquiry, start: date, years: int) -> tuple[date, Period | None]:
    """The last day; where the calendar of that year is not known, without a move from a day off."""
    calendar = inquiry.law.calendar
    nominal_year = start.year + years
    if calendar.first <= nominal_year < calendar.last:
        term = inquiry.law.term("limitation", inquiry.filed)
        if term is not None:
            period = inquiry.law.period(term, start)
            return period.last_day, period
    return same_day_of_year(start, nominal_year), None
