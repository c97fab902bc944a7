"""Art. 16: first the organisation is asked, in the right order, and given its time to answer."""

from __future__ import annotations

from datetime import date

from intake.criteria.claim_matching import Pairing, pair_items
from intake.criteria.inquiry import (
    Finding,
    Inquiry,
    absence,
    best,
    calendar_record,
    day,
    distinct,
    doubtful_paper,
    elsewhere,
    filed_evidence,
    item_quotes,
    met,
    missing,
    needs_person,
    not_met,
    roubles,
)
from intake.errors import CalendarYearMissing
from intake.evidence import Evidence, Quote
from intake.facts import ClaimItem, ClaimLetter, Fact
from intake.law.edition import Term
from intake.law.periods import Period

_PROOFS = 4  # enough to see how a letter went and arrived


def claim_sent(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art16.1.claim_sent: a claim, and a proof that it was sent or received, or a reply to it."""
    facts = inquiry.facts
    claim = facts.claim
    if claim is None:
        told = [*best(facts.claim_date)]
        reason = "Заявления (претензии) в организацию в пакете нет."
        return (doubtful_paper(inquiry, reason, facts.possible_claims, told),)
    shown: list[Evidence] = [*_letter(claim), *best(facts.claim_date)]
    if claim.is_initial_application:
        asked = f" от {day(facts.initial_application_date.value)}" if facts.initial_application_date else ""
        shown += [*claim.proof[:_PROOFS], *best(facts.initial_application_date), *best(facts.initial_answer_date)]
        return (
            not_met(
                f"Претензией названо первичное заявление{asked}: денежного требования к организации "
                "после её ответа не направлялось.",
                [*shown, *absence(facts, "претензия к организации")],
            ),
        )
    proof = list(claim.proof) or list(best(facts.claim_received_date))
    if inquiry.replied:
        shown += proof[:_PROOFS] or [*best(facts.reply_date), *best(facts.reply_kind)]
        if claim.paper is None:
            when = f" от {day(facts.reply_date.value)}" if facts.reply_date is not None else ""
            return (met(f"Организация ответила на претензию{when}, значит получила её; копии в пакете нет.", shown),)
        return (met(f"Претензия{_dated(inquiry)} получена организацией: есть её ответ.", shown),)
    letters = facts.papers_of("REPLY_FO")
    if claim.paper is None and letters:
        shown += [quote for paper in letters for quote in paper.title_quotes[:1]]
        reason = "О претензии сказано, копии её нет, но есть письмо организации: ответ ли это на неё, решает человек."
        return (needs_person(reason, shown),)
    if claim.paper is None:
        reason = "О претензии только сказано, копии её в пакете нет."
        return (doubtful_paper(inquiry, reason, facts.possible_claims, [*shown, *proof]),)
    if not proof:
        proof = [quote for paper in facts.papers_of("SEND_PROOF") for quote in paper.title_quotes[:1]]
    if not proof and not claim.paper.readable:
        return (_illegible("Копия претензии читается не полностью: отметки о получении могли не прочесться.", shown),)
    if not proof:
        return (
            doubtful_paper(
                inquiry,
                f"Есть только копия претензии{_dated(inquiry)}: ни доказательства отправки, ни ответа организации.",
                facts.possible_proofs,
                [*shown, *elsewhere(facts.claim_date), *best(facts.claim_channel), *best(facts.reply_kind)],
            ),
        )
    received = facts.claim_received_date
    arrived = f", получена {day(received.value)}" if received is not None else ""
    return (met(f"Претензия{_dated(inquiry)} направлена организации{arrived}.", [*shown, *proof[:_PROOFS]]),)


def _illegible(reason: str, shown: list[Evidence]) -> Finding:
    return Finding(result="cannot_tell", cause="unreadable", reason=reason, evidence=distinct(shown))


def _dated(inquiry: Inquiry) -> str:
    claim_date = inquiry.facts.claim_date
    return f" от {day(claim_date.value)}" if claim_date is not None else ""


def _letter(claim: ClaimLetter) -> tuple[Quote, ...]:
    return claim.paper.title_quotes[:1] if claim.paper is not None else ()


def _initial_application(inquiry: Inquiry) -> tuple[Quote, ...]:
    """The day of the initial application, and the application's title when it is the paper that bears the day."""
    applied = inquiry.facts.initial_application_date
    if applied is None:
        return ()
    day_of_it = best(applied)
    papers = [
        paper
        for paper in inquiry.facts.papers_of("INITIAL_APP")
        if any(paper.document == quote.document for quote in day_of_it)
    ]
    return (*(quote for paper in papers for quote in paper.title_quotes[:1]), *day_of_it)


def _claim_day(claim: ClaimLetter, day_of_claim: Fact[date]) -> tuple[Quote, ...]:
    """The day as the letter itself bears it; where it is only told elsewhere, the letter's title beside it."""
    own = best(day_of_claim)
    in_letter = claim.paper is not None and any(quote.document == claim.paper.document for quote in own)
    return own if in_letter else (*_letter(claim), *own)


def claim_match(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art16.1.claim_match: every item of the appeal was put to the organisation; one that was not drops alone."""
    facts = inquiry.facts
    claim = facts.claim
    if not facts.claims:
        return (missing(inquiry, "Требования обращения не видны, сопоставлять нечего."),)
    if claim is None or claim.is_initial_application:
        sums = _listed(facts.claims)
        return (
            missing(inquiry, f"Претензии нет, сопоставлять требования ({sums}) не с чем.", item_quotes(facts.claims)),
        )
    if claim.paper is None:
        return (
            missing(inquiry, "Копии претензии нет: что заявлялось организации, не видно.", item_quotes(facts.claims)),
        )
    if not claim.items and not claim.open_ended:
        return (
            needs_person(
                "Чего заявитель требовал в претензии, машина не разобрала: сопоставляет человек.",
                [*item_quotes(facts.claims), *_letter(claim)],
            ),
        )
    pairs = pair_items(facts.claims, claim.items, claim.open_ended)
    unmatched = [pair for pair in pairs if pair.fit != "same"]
    if unmatched and not claim.paper.readable:
        both: list[Evidence] = [*item_quotes(facts.claims), *item_quotes(claim.items)]
        return (_illegible("Претензия читается не полностью: все ли требования в ней стоят, сказать нельзя.", both),)
    if any(pair.fit == "doubtful" for pair in unmatched):
        doubtful = _listed(tuple(pair.item for pair in unmatched if pair.fit == "doubtful"))
        return (
            needs_person(
                f"Заявлялось ли организации требование «{doubtful}», по словам претензии не решить: "
                f"в ней — {_listed(claim.items)}.",
                [*item_quotes(facts.claims), *item_quotes(claim.items)],
            ),
        )
    if not unmatched:
        table = "; ".join(_row(pair) for pair in pairs)
        partners = item_quotes(pair.partner for pair in pairs if pair.partner is not None)
        return (met("Всё, о чём просит обращение, заявлялось организации.",
                    [*item_quotes(facts.claims), *(partners or item_quotes(claim.items))], table),)  # fmt: skip
    asked = _listed(claim.items) or "полная выплата без разбивки"
    letter = item_quotes(claim.items) or _letter(claim)
    if len(unmatched) == len(pairs):
        return (
            not_met(
                f"В претензии{_dated(inquiry)} — {asked}; в обращении — {_listed(facts.claims)}: "
                "этого организации не заявляли.",
                [*item_quotes(facts.claims), *letter],
            ),
        )
    return tuple(
        not_met(
            f"В претензии{_dated(inquiry)} нет требования «{pair.item.item}»"
            + (f" ({roubles(pair.item.amount)})" if pair.item.amount is not None else "")
            + f": заявлено {asked}. Остальные требования заявлялись.",
            [*pair.item.quotes[:1], *letter],
            item=pair.item.item,
        )
        for pair in unmatched
    )


def _listed(items: tuple[ClaimItem, ...]) -> str:
    return ", ".join(item.item + (f" {roubles(item.amount)}" if item.amount is not None else "") for item in items)


def _row(pair: Pairing) -> str:
    partner = _listed((pair.partner,)) if pair.partner is not None else "полная выплата"
    return f"{_listed((pair.item,))} ↔ {partner}"


def claim_order(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art16.1.claim_order: the claim followed the answer to the initial application, or the end of its term."""
    facts = inquiry.facts
    if facts.claim is None or facts.claim.is_initial_application:
        return (missing(inquiry, "Претензии нет: её дату с ответом на первичное заявление сравнить нельзя."),)
    claim_date = inquiry.credible(facts.claim_date) or inquiry.credible(facts.claim_received_date)
    if claim_date is None:
        return (missing(inquiry, "Дата претензии не видна.", _letter(facts.claim)),)
    shown: list[Evidence] = [
        *_initial_application(inquiry),
        *best(facts.initial_answer_date or facts.breach_date),
        *elsewhere(facts.initial_answer_date),
        *_claim_day(facts.claim, claim_date),
    ]
    sent = day(claim_date.value)
    applied = facts.initial_application_date
    answered = inquiry.credible(facts.initial_answer_date)
    if answered is not None and answered.value <= claim_date.value:
        return (met(f"На первичное заявление организация ответила {day(answered.value)}, претензия — {sent}.", shown),)
    term = inquiry.law.term("initial_application", claim_date.value, inquiry.product)
    if applied is None:
        return (_order_without_application(inquiry, sent, claim_date.value, term is not None, shown),)
    if term is None and applied.value == claim_date.value and not facts.papers_of("INITIAL_APP"):
        return (met(f"Заявление от {sent} и есть претензия, другого первичного заявления не видно.", shown),)
    if term is None:
        breach = facts.breach_date
        shown += best(breach)
        if breach is not None and breach.value <= claim_date.value:
            return (met(f"Нарушение случилось {day(breach.value)}, претензия от {sent} подана после него.", shown),)
        if _surely_over(inquiry, applied.value, claim_date.value):
            return (met(f"Первичное заявление подано {day(applied.value)}, претензия от {sent} — много позже.", shown),)
        return (
            needs_person(
                f"Первичное заявление подано {day(applied.value)}, ответа до претензии от {sent} не видно; "
                "срок его рассмотрения для этой услуги законом не задан.",
                shown,
            ),
        )
    try:
        period = inquiry.law.period(term, applied.value)
    except CalendarYearMissing as error:
        return (needs_person(error.message("ru"), shown),)
    computation = _computed(applied.value, term, period)
    shown.append(calendar_record(period))
    if claim_date.value > period.last_day:
        return (
            met(
                f"Заявление подано {day(applied.value)}, {term.words} истекли {day(period.last_day)}, "
                f"претензия от {sent} подана после.",
                shown,
                computation,
            ),
        )
    return (
        not_met(
            f"Заявление подано {day(applied.value)}, {term.words} истекают {day(period.last_day)}, "
            f"а претензия подана {sent}.",
            shown,
            computation,
        ),
    )


def _order_without_application(
    inquiry: Inquiry, sent: str, claim_day: date, has_a_term: bool, shown: list[Evidence]
) -> Finding:
    """No initial application is seen: products whose law gives it a term cannot do without one, others can."""
    facts = inquiry.facts
    answered, breach = facts.initial_answer_date, facts.breach_date
    if answered is not None:
        reason = f"Претензия от {sent} старше ответа от {day(answered.value)}, а дата первичного заявления не видна."
        return needs_person(reason, shown)
    if not has_a_term and facts.claim is not None:
        said = f"Первичного заявления по такому спору не требуется; претензия от {sent}."
        return met(said, [*_letter(facts.claim), *shown])
    if breach is not None and breach.value <= claim_day:
        return met(f"Нарушение случилось {day(breach.value)}, претензия от {sent} подана после него.", shown)
    return needs_person(
        f"Дата первичного заявления не видна: была ли претензия от {sent} после ответа на него, решает человек.", shown
    )


def _surely_over(inquiry: Inquiry, applied: date, claim_day: date) -> bool:
    """Whether so much time lies between the application and the claim that no contract's term can still run."""
    longest = inquiry.law.term("initial_application_longest", claim_day)
    if longest is None:
        return False
    try:
        return claim_day > inquiry.law.period(longest, applied).last_day
    except CalendarYearMissing:
        return False


def _computed(start: date, term: Term, period: Period) -> str:
    moved = f" (перенесено с {day(period.moved_from)})" if period.moved_from is not None else ""
    return f"{start:%d.%m.%Y} + {term.words} = {day(period.last_day)}{moved}; {term.law}"


def term_of_reply(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art16.2.term: a refusing reply, or the term for a reply is over before the day of filing."""
    facts = inquiry.facts
    claim = facts.claim
    reply = facts.reply_kind
    if claim is None or claim.is_initial_application:
        return (missing(inquiry, "Претензии нет: срок ответа не начинался."),)
    received = inquiry.credible(facts.claim_received_date)
    reply_quotes = distinct([*best(facts.reply_date, 2), *best(reply, 2)])
    if reply is not None and reply.value in ("refusal", "satisfied") and (claim.paper is not None or facts.reply_date):
        when = f" {day(facts.reply_date.value)}" if facts.reply_date is not None else ""
        if facts.reply_date is None or facts.reply_date.value <= inquiry.filed:
            what = "отказала" if reply.value == "refusal" else "ответила, удовлетворив требование не полностью,"
            return (met(f"Организация{when} {what} по претензии.", [*best(received), *reply_quotes]),)
    if received is None:
        return (
            missing(
                inquiry,
                "Когда организация получила претензию, ничем не подтверждено: считать срок ответа не от чего.",
                [*elsewhere(facts.claim_date), *best(facts.claim_channel), *best(reply)],
            ),
        )
    shown: list[Evidence] = [
        *best(received),
        *_letter(claim),
        *best(facts.claim_standard_form),
        *reply_quotes,
        *filed_evidence(inquiry),
    ]
    ordinary = inquiry.law.term("claim_reply", received.value)
    quick = inquiry.law.term("claim_reply_standard_form", received.value)
    window = inquiry.law.term("standard_form_window", received.value)
    if ordinary is None or quick is None or window is None:
        return (needs_person(f"Срок ответа на {day(received.value)} в данных не указан.", shown),)
    try:
        long, short = inquiry.law.period(ordinary, received.value), inquiry.law.period(quick, received.value)
        breach = facts.breach_date
        in_window = None if breach is None else received.value <= inquiry.law.period(window, breach.value).last_day
    except CalendarYearMissing as error:
        return (needs_person(error.message("ru"), shown),)
    electronic = facts.claim_channel is not None and facts.claim_channel.value == "electronic"
    form = facts.claim_standard_form.value if facts.claim_standard_form is not None else None
    term, period = (quick, short) if electronic and form and in_window is not False else (ordinary, long)
    computation = _computed(received.value, term, period)
    if term is quick and breach is not None:
        computation += f"; со дня нарушения {day(breach.value)} не прошло {window.words}"
        shown += [*best(breach), *(claim.paper.signature_quotes[:1] if claim.paper is not None else ())]
    shown.append(calendar_record(period))
    silent = "ответа нет" if reply is None or reply.value == "none" else "прямого отказа в ответе нет"
    so_far = f"Претензия получена {day(received.value)}, {term.words} до {day(period.last_day)}"
    if inquiry.filed > period.last_day:
        return (met(f"{so_far}, {silent}, обращение подано {day(inquiry.filed)}.", shown, computation),)
    if reply is not None and reply.value == "other":
        return (
            needs_person(
                f"{so_far}, обращение подано {day(inquiry.filed)}; ответ организации прямым отказом не является: "
                "решает человек.",
                shown,
                computation,
            ),
        )
    if electronic and form is None and inquiry.filed > short.last_day:
        return (
            needs_person(
                f"Подана ли претензия по стандартной форме, не видно: {quick.words} истекли {day(short.last_day)}, "
                f"{ordinary.words} — {day(long.last_day)}, обращение подано {day(inquiry.filed)}.",
                shown,
                computation,
            ),
        )
    if term is quick and in_window is None and inquiry.filed > short.last_day:
        return (needs_person(f"{so_far}; день нарушения не виден, срок выбирает человек.", shown, computation),)
    why = "" if term is quick or not electronic else ", стандартная форма не применена"
    return (
        not_met(
            f"{so_far}{why}; {silent}, обращение подано {day(inquiry.filed)} — раньше срока.",
            shown,
            computation,
        ),
    )
