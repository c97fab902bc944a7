"""The days a case must keep from its arrival on, each with its rule and how it was counted. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from intake.errors import CalendarYearMissing
from intake.facts import Facts
from intake.law.edition import Law, Term
from intake.report import Deadline, Outcome


def deadlines_of(facts: Facts, outcome: Outcome, law: Law, filed: date) -> tuple[Deadline, ...]:
    """What comes due: the notice of acceptance or refusal (counted from `filed`, the day the office had it), the end of
    the term for answering the claim while it runs on `filed`, and, after a refusal that can be cured, the last day to
    file again.

    A deadline in a year whose calendar is not known is left out.
    """
    return tuple(_deadlines(facts, outcome, law, filed))


def _deadlines(facts: Facts, outcome: Outcome, law: Law, filed: date) -> Iterator[Deadline]:
    yield from _due("acceptance_notice", law.term("acceptance_notice", filed), filed, law)
    claim = facts.claim
    arrived = facts.claim_received_date
    answered = facts.reply_kind is not None and facts.reply_kind.value in ("refusal", "satisfied")
    if claim is not None and not claim.is_initial_application and arrived is not None and not answered:
        quick = (
            facts.claim_channel is not None
            and facts.claim_channel.value == "electronic"
            and facts.claim_standard_form is not None
            and facts.claim_standard_form.value
        )
        term = law.term("claim_reply_standard_form" if quick else "claim_reply", arrived.value)
        for deadline in _due("claim_reply", term, arrived.value, law):
            if deadline.due >= filed:
                yield deadline
    if outcome.value in ("refuse_premature", "refuse_curable") and facts.breach_date is not None:
        for deadline in _due("limitation", law.term("limitation", filed), facts.breach_date.value, law):
            if deadline.due >= filed:
                yield deadline


def _due(name: str, term: Term | None, start: date, law: Law) -> Iterator[Deadline]:
    if term is None:
        return
    try:
        period = law.period(term, start)
    except CalendarYearMissing:
        return
    moved = f" (перенесено с {period.moved_from:%d.%m.%Y})" if period.moved_from is not None else ""
    yield Deadline(
        name=name,
        due=period.last_day,
        rule=f"{term.law}: {term.name}, {term.words}; {period.rule}",
        computation=f"{start:%d.%m.%Y} + {term.words} = {period.last_day:%d.%m.%Y}{moved}",
    )
