"""The assignee's fee: the payment paper, whom it paid, and whether it paid for this case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.facts import FeePayment, Paper
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.titles import title_span
from intake.reading_facts.words import Span
from text.normalise import fold

_PURPOSE = ("плат* за рассмотрен*", "рассмотрен* финансовым уполномоченным", "рассмотрен* обращен*")
_SERVICE = ("служба обеспечения деятельности", "содфу", "обеспечен* деятельности финансового")
_EXECUTED = ("исполнено", "исполнен", "проведено", "проведен", "списано", "оплачено")


def read_fee(sheets: Sequence[Sheet], papers: Sequence[Paper], contract: str | None) -> FeePayment | None:
    """The paper that paid the fee; None when no paper pays for the ombudsman's consideration."""
    for sheet in sheets:
        if sheet.type not in ("RECEIPT", "OTHER", "BANK_STMT"):
            continue
        purpose = sheet.words.first(_PURPOSE, gap=1)
        payee = sheet.words.first(_SERVICE, gap=1)
        if purpose is None and payee is None:
            continue
        paper = next((p for p in papers if p.document == sheet.document and p.first_page == sheet.first_page), None)
        if paper is None:
            continue
        executed = sheet.words.first(_EXECUTED)
        # A paid sum is the largest of its order: what stands beside it is a tax, a fee of the bank or a misreading.
        sums = [item for item in sheet.sums if item.marked] or list(sheet.sums)
        amount = max(sums, key=lambda item: item.value, default=None)
        spans = [title_span(sheet)]
        if amount is not None:
            line = sheet.sentences.line(amount.start)
            spans.append(line if line.end - line.start < 60 else Span(amount.start, amount.end))
        if payee is not None:
            spans.append(sheet.sentences.line(payee.start))
        if purpose is not None:
            spans.append(sheet.sentences.around(purpose.start))
        if executed is not None:
            spans.append(_with_date(sheet, executed))
        return FeePayment(
            paper=paper,
            amount=amount.value if amount is not None else None,
            paid_on=sheet.dates[0].value if sheet.dates else None,
            executed=executed is not None,
            to_service=payee is not None,
            for_this_case=_for_this_case(sheet, purpose, sheets, contract),
            quotes=sheet.quotes(*spans),
        )
    return None


def _with_date(sheet: Sheet, place: Span) -> Span:
    item = next((d for d in sheet.dates if place.end <= d.start <= place.end + 6), None)
    return Span(place.start, item.end) if item is not None else place


def _numbers(text: str) -> set[str]:
    return {re.sub(r"\W", "", n) for n in re.findall(r"[а-яa-z]{3}\s?\d{10}|\d+(?:[-/]\d+)+", text)}


def _for_this_case(sheet: Sheet, purpose: Span | None, sheets: Sequence[Sheet], contract: str | None) -> bool | None:
    """True when the purpose names the cession or the contract of this package, False when it names others only."""
    if purpose is None:
        return None
    said = _numbers(sheet.folded[purpose.start :])
    if not said:
        return None
    known: set[str] = _numbers(fold(contract)) if contract else set()
    for other in sheets:
        if other.type == "CESSION":
            known |= _numbers(other.folded)
    digits = {re.sub(r"\D", "", n) for n in known}
    if any(re.sub(r"\D", "", n) in digits for n in said):
        return True
    return False if known else None
