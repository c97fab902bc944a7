"""Art. 16 part 6: an assignee pays for the examination."""

from __future__ import annotations

from decimal import Decimal

from intake.criteria.inquiry import (
    Finding,
    Inquiry,
    absence,
    absent_paper,
    day,
    distinct,
    met,
    needs_person,
    not_met,
    roubles,
)

NO_ASSIGNEE = "Заявитель — не лицо, которому уступлено право требования: плата не взимается."


def fee(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art16.6.fee: paid in full, executed, to the ombudsman's service and for this case. No assignee: no finding."""
    facts = inquiry.facts
    if not inquiry.is_assignee:
        return ()
    promises = facts.signs_of("fee_missing_promise")
    said = [quote for sign in promises for quote in sign.quotes]
    payment = facts.fee
    if payment is None:
        if promises:
            return (not_met("Платёжного документа нет, заявитель сам пишет, что плата ещё не внесена.",
                            [*said, *absence(facts)]),)  # fmt: skip
        return (absent_paper(inquiry, "Платёжного документа о внесении платы в пакете нет."),)
    shown = [*payment.quotes]
    owed = inquiry.law.fee("assignee", payment.paid_on or inquiry.filed)
    wrong = []
    if not payment.to_service:
        wrong.append("получатель — не служба финансового уполномоченного")
    if payment.for_this_case is False:
        wrong.append("назначение платежа указывает на другое дело")
    if not payment.executed:
        wrong.append("отметки об исполнении нет")
    if owed is not None and payment.amount is not None and payment.amount < owed.roubles:
        if not wrong and _lost_a_digit(payment.amount, owed.roubles):
            told = f"Уплачено {roubles(payment.amount)} или {roubles(owed.roubles)} — цифры читаются неуверенно."
            return (needs_person(told, shown),)
        wrong.append(f"уплачено {roubles(payment.amount)} из {roubles(owed.roubles)}")
    if wrong:
        if not payment.paper.readable:
            return (
                Finding(
                    result="cannot_tell",
                    cause="unreadable",
                    reason=f"Платёжный документ читается не полностью: {'; '.join(wrong)}.",
                    evidence=distinct(shown),
                ),
            )
        return (not_met(f"Плата не подтверждена: {'; '.join(wrong)}.", shown),)
    if payment.for_this_case is None or payment.amount is None:
        return (needs_person("Относится ли платёж к этому обращению, из документа не видно.", shown),)
    when = f" {day(payment.paid_on)}" if payment.paid_on is not None else ""
    computation = f"{roubles(payment.amount)} ≥ {roubles(owed.roubles)}; {owed.law}" if owed is not None else None
    return (met(f"Плата {roubles(payment.amount)} внесена{when} по этому делу.", shown, computation),)


def _lost_a_digit(read: Decimal, owed: Decimal) -> bool:
    """«5 000» of «15 000»: a digit at the edge that the page did not give away."""
    return f"{owed:.0f}".endswith(f"{read:.0f}")
