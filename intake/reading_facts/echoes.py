"""More places for what is already known: where the appeal itself tells a date, where a contract speaks of private use.

Nothing here changes a fact's value; a person who checks a fact is shown the second paper that agrees with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from intake.evidence import Quote
from intake.facts import Fact, Facts
from intake.page_text import DocumentText
from text.values.dates import find_dates

_DATES = {
    "breach_date": r"отказ|перечисл|перевел|пришл|узнал|увидел|срок|истек|прошел|выплат|списал|продан|вернул",
    "initial_application_date": r"заявлен|подал|сдал|отдал|обратил|отказ",
    "initial_answer_date": r"отказ|ответ|перечисл|пришл|выплат|письм",
    "claim_date": r"претензи|заявлен|отправ|направ|написал|писал|форм|послал",
    "claim_received_date": r"вруч|получ|принят|дошл|поступил|зарегистр",
    "reply_date": r"отказ|ответ|письм|отпис|послал",
}
_CLAUSE_STARTS = re.compile(r"[;(\f]|[.!?]\s|,\s|\n(?=\d{1,2}[.)]\s)")
_CLAUSE_ENDS = re.compile(r"[;)\f]|[.!?](?=\s|\Z)|,(?=\s)")
_REACH = 90
_PRIVATE_USE = re.compile(
    r"(?:цел\w+ )?использован\w*[^\n:]{0,20}[:\s|]{1,3}личн\w+|(?:личн|семейн|домашн)\w+ (?:нужд|цел|пользован)\w*"
    r"|предпринимателем не (?:является|явля\w+)|договор\w*\s+потребительск\w+\s+(?:кредита|займа)"
)
_CEDENT = re.compile(r"цедент\w*\s*[:–-]\s*[^\n,;(]{5,60}")
_CONTRACTS = ("POLICY_OSAGO", "CONTRACT_INS", "CONTRACT_CREDIT", "PAWN_TICKET", "NPF_CONTRACT", "CESSION")
_SHORT_LINE = 70


def with_echoes(facts: Facts, texts: Sequence[DocumentText]) -> Facts:
    """The facts with further quotes after those they have. `texts` as in the package, one a document."""
    changes: dict[str, Any] = {}
    appeal = facts.appeal
    if appeal is not None:
        text = texts[appeal.paper.document]
        for name, cue in _DATES.items():
            fact: Fact[date] | None = getattr(facts, name)
            if fact is None or any(quote.document == appeal.paper.document for quote in fact.quotes):
                continue
            quote = _told(text, fact.value, re.compile(cue))
            if quote is not None:
                changes[name] = replace(fact, quotes=(*fact.quotes, quote))
    applicant = facts.applicant_type
    if applicant is not None and applicant.value in ("consumer", "assignee", "representative"):
        private = _private_use(facts, texts)
        if private:
            changes["applicant_type"] = replace(applicant, quotes=(*applicant.quotes, *private))
    return replace(facts, **changes)


def _told(text: DocumentText, day: date, cue: re.Pattern[str]) -> Quote | None:
    """The clause of the appeal that tells of the day; of several the first that speaks of the matter."""
    clauses = [_clause(text.folded, item.start, item.end) for item in find_dates(text.text) if item.value == day]
    clauses.sort(key=lambda span: cue.search(text.folded, *span) is None)
    return text.quote(*clauses[0]) if clauses else None


def _clause(folded: str, start: int, end: int) -> tuple[int, int]:
    low = max(0, start - _REACH)
    for match in _CLAUSE_STARTS.finditer(folded, low, start):
        low = match.end()
    stop = _CLAUSE_ENDS.search(folded, end, min(len(folded), end + _REACH))
    high = stop.start() if stop is not None else min(len(folded), end + _REACH)
    return low + len(folded[low:start]) - len(folded[low:start].lstrip()), high


def _private_use(facts: Facts, texts: Sequence[DocumentText]) -> tuple[Quote, ...]:
    quotes: list[Quote] = []
    for paper in facts.papers_of(*_CONTRACTS):
        text = texts[paper.document]
        for pattern in (_CEDENT, _PRIVATE_USE) if paper.type == "CESSION" else (_PRIVATE_USE,):
            match = pattern.search(text.folded)
            quote = text.quote(*_line_or_match(text.folded, match)) if match is not None else None
            if quote is not None and quote not in quotes:
                quotes.append(quote)
    return tuple(quotes)


def _line_or_match(folded: str, match: re.Match[str]) -> tuple[int, int]:
    start = folded.rfind("\n", 0, match.start()) + 1
    end = folded.find("\n", match.end())
    end = len(folded) if end < 0 else end
    return (start, end) if end - start <= _SHORT_LINE else match.span()
