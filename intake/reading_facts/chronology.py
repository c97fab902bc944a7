"""The course of the dispute: first application, its answer, the claim, its arrival, the reply.

Papers speak before stories: a stamp, a postal receipt and a letter's own date are taken where they lie in the
package; the appeal's telling fills what no paper shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from intake.evidence import Quote
from intake.facts import Fact, ReplyKind
from intake.reading_facts.breach import read_breach
from intake.reading_facts.events import Event, events_of
from intake.reading_facts.letters import (
    Dated,
    answer_of,
    arrived_on,
    channel_of,
    clause_around,
    issued_on,
    number_line,
    written_on,
)
from intake.reading_facts.papers import Papers
from intake.reading_facts.proof import read_proof
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span

_LONGEST_DISPUTE = 12  # years: an older date in a letter is a birthday, not an event of the dispute
_SILENCE = (
    "ответа нет",
    "ответа нету",
    "ответа не получил*",
    "ответа не поступил*",
    "ответа до сих пор",
    "ответ не получен",
    "ответ не поступил",
    "тишина",
    "молчат",
    "молчит",
    "молчание",
    "ни слова",
    "без ответа",
    "не ответил*",
    "не отвечают",
    "никакого ответа",
    "ответа не было",
    "не отреагировал*",
)
_TO_THE_CLAIM = ("претензи*", "стандартн* форм*")
_TO_FIRST = ("ваше заявление", "заявлен* о возмещен*", "по заявлению", "на ваше заявление", "заявлен* о расторжен*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Chronology:
    initial: Fact[date] | None
    initial_answer: Fact[date] | None
    breach: Fact[date] | None
    claim: Fact[date] | None
    received: Fact[date] | None
    channel: Fact[Literal["electronic", "paper"]] | None
    standard_form: Fact[bool] | None
    reply: Fact[date] | None
    reply_kind: Fact[ReplyKind] | None
    proof: tuple[Quote, ...]
    reply_sheet: Sheet | None


def read_chronology(papers: Papers, filed: date, signed: dict[int, bool], since: date | None) -> Chronology:
    """Every day of the course with its quotes. `signed`: by `id` of a reply's sheet, whether it is signed; `since`:
    the day of the contract, before which nothing of the dispute happened."""
    main = papers.main
    told = events_of(main) if main is not None else ()
    first = since or _years_before(filed, _LONGEST_DISPUTE)
    told = tuple(
        event
        for event in told
        if first < event.at.value <= filed
        or (event.at.value == since and main is not None and _is_charged(main, event))  # taken on the contract's day
    )
    claim = _claim_date(papers.claim, main, told)
    claimed = claim.value if claim is not None and papers.claim is not None else None
    own, earlier = _replies(papers, claimed, filed)
    received = _received(papers, main, told, claimed, filed, own)
    reply, kind = _reply(papers, main, told, claimed, own, signed)
    initial = _initial(papers, main, told, claimed, earlier)
    answer, breach = read_breach(papers, main, told, claimed, filed, initial, earlier, reply, first)
    channel = _channel(papers, main, told)
    return Chronology(
        initial=initial,
        initial_answer=answer,
        breach=breach,
        claim=claim if papers.claim is not None else None,
        received=received,
        channel=channel,
        standard_form=_standard_form(papers.claim),
        reply=reply,
        reply_kind=kind,
        proof=read_proof(papers, main, told, own),
        reply_sheet=own,
    )


def _is_charged(main: Sheet, event: Event) -> bool:
    return main.words.has(("снял*", "списал*", "удержал*", "взял*"), event.clause.start, event.clause.end + 40)


def _years_before(day: date, years: int) -> date:
    return date(day.year - years, day.month, 1)


def _claim_date(claim: Sheet | None, main: Sheet | None, told: Sequence[Event]) -> Fact[date] | None:
    dated = written_on(claim) if claim is not None else None
    mentioned = [event for event in told if event.kind == "claim"]
    if dated is not None and claim is not None:
        quotes = [*claim.quotes(dated.span)]
        if main is not None:
            quotes += [q for e in mentioned if e.at.value == dated.value for q in main.quotes(e.clause)][:1]
        return Fact(value=dated.value, quotes=tuple(quotes))
    if mentioned and main is not None:
        return Fact(value=mentioned[-1].at.value, quotes=main.quotes(mentioned[-1].clause))
    if claim is not None:
        arrived = arrived_on(claim)
        if arrived:
            return Fact(value=arrived[0].value, quotes=claim.quotes(arrived[0].span))
    return None


def _replies(papers: Papers, claimed: date | None, filed: date) -> tuple[Sheet | None, tuple[tuple[Sheet, Dated], ...]]:
    """The reply to the claim, and the organisation's earlier letters."""
    own: list[tuple[date, Sheet]] = []
    earlier: list[tuple[Sheet, Dated]] = []
    undated: list[Sheet] = []
    for sheet in papers.replies:
        issued = issued_on(sheet)
        if issued is None or issued.value > filed:
            undated.append(sheet)
        elif (
            papers.claim is None
            or (claimed is not None and issued.value < claimed)
            or (claimed is None and not sheet.words.has(_TO_THE_CLAIM) and sheet.words.has(_TO_FIRST))
        ):
            earlier.append((sheet, issued))
        else:
            own.append((issued.value, sheet))
    if own:
        return max(own, key=lambda pair: pair[0])[1], tuple(earlier)
    if papers.claim is not None:
        for sheet in undated:
            if sheet.words.has(_TO_THE_CLAIM) or any(item.value == claimed for item in sheet.dates):
                return sheet, tuple(earlier)
    return None, tuple(earlier)


def _received(
    papers: Papers, main: Sheet | None, told: Sequence[Event], claimed: date | None, filed: date, own: Sheet | None
) -> Fact[date] | None:
    """The day on which most of the papers agree; among equals the receipt, the stamp, the reply, the story."""
    if papers.claim is None:
        return None
    found: list[tuple[int, date, Sheet, Span]] = []
    for proof in papers.proofs:
        found += [(0, d.value, proof, d.span) for d in _handed_over(proof)]
    found += [(1, d.value, papers.claim, d.span) for d in arrived_on(papers.claim)]
    if own is not None:
        found += [(2, d.value, own, d.span) for d in arrived_on(own)]
    if main is not None:
        found += [(3, e.at.value, main, e.clause) for e in told if e.kind == "received"]
    fitting = [f for f in found if (claimed is None or f[1] >= claimed) and f[1] <= filed]
    if own is not None and (issued := issued_on(own)) is not None:
        fitting = [f for f in fitting if f[1] <= issued.value]
    if not fitting:
        return None
    votes = Counter(f[1] for f in fitting)
    best = min(fitting, key=lambda f: (-min(votes[f[1]], 2), f[0], f[1]))[1]
    quotes = [q for f in sorted(fitting, key=lambda f: f[0]) if f[1] == best for q in f[2].quotes(f[3])]
    return Fact(value=best, quotes=tuple(quotes[:4]))


def _handed_over(proof: Sheet) -> tuple[Dated, ...]:
    """Arrival in a postal paper: the handing over where it names one, never the acceptance at the post office."""
    arrived = tuple(
        dated
        for dated in arrived_on(proof)
        if not proof.words.has(
            ("в отделени*", "опс", "оператор*", "принято в"), dated.span.start, proof.sentences.line(dated.at.start).end
        )
    )
    handed = tuple(d for d in arrived if proof.words.has(("вручен*", "вручени*"), d.span.start, d.span.end))
    return handed or arrived


def _reply(
    papers: Papers,
    main: Sheet | None,
    told: Sequence[Event],
    claimed: date | None,
    own: Sheet | None,
    signed: dict[int, bool],
) -> tuple[Fact[date] | None, Fact[ReplyKind] | None]:
    if own is not None:
        answer = answer_of(own, signed.get(id(own), True))
        quotes = own.quotes(*answer.spans)
        issued = issued_on(own)
        dated = None
        if issued is not None:
            spans = [issued.span]
            number = number_line(own)
            if number is not None and (number.end <= issued.span.start or number.start >= issued.span.end):
                spans.append(number)
            dated = Fact(value=issued.value, quotes=own.quotes(*spans))
        return dated, Fact(value=answer.kind, quotes=quotes)
    if main is None:
        return None, None
    if papers.claim is not None and claimed is not None:
        answers = [e for e in told if e.kind == "answer" and e.at.value > claimed]
        if answers:
            quotes = main.quotes(answers[-1].clause)
            kind: ReplyKind = "refusal" if answers[-1].refusal else "other"
            return Fact(value=answers[-1].at.value, quotes=quotes), Fact(value=kind, quotes=quotes)
    silence = main.words.within(_SILENCE, gap=1)
    return None, Fact(value="none", quotes=main.quotes(clause_around(main, silence[-1]) if silence else None))


def _initial(
    papers: Papers,
    main: Sheet | None,
    told: Sequence[Event],
    claimed: date | None,
    earlier: Sequence[tuple[Sheet, Dated]],
) -> Fact[date] | None:
    mentioned = [e for e in told if e.kind == "initial" and (claimed is None or e.at.value <= claimed)]
    if papers.initial is not None:
        sheet = papers.initial
        dated = next(iter(arrived_on(sheet)), None) or written_on(sheet)
        if dated is not None:
            quotes = [*sheet.quotes(dated.span)]
            if main is not None:
                quotes += [q for e in mentioned if e.at.value == dated.value for q in main.quotes(e.clause)][:1]
            return Fact(value=dated.value, quotes=tuple(quotes))
    if mentioned and main is not None:
        event = min(mentioned, key=lambda e: e.at.value)
        return Fact(value=event.at.value, quotes=main.quotes(event.clause))
    for sheet, issued in earlier:
        for item in sheet.dates:
            if item.value < issued.value and sheet.words.has(("заявлен*",), max(0, item.start - 26), item.start):
                return Fact(value=item.value, quotes=sheet.quotes(clause_around(sheet, Span(item.start, item.end))))
    return None


def _channel(papers: Papers, main: Sheet | None, told: Sequence[Event]) -> Fact[Literal["electronic", "paper"]] | None:
    if papers.claim is None:
        return None
    clauses = tuple(
        (main, main.sentences.around(e.at.start)) for e in told if main is not None and e.kind in ("claim", "received")
    )
    value, places = channel_of(papers.claim, papers.proofs, clauses)
    if value is None:
        if papers.claim.type == "CLAIM_STD":
            return Fact(value="electronic", quotes=())
        return Fact(value="paper", quotes=()) if papers.claim.readable else None
    return Fact(value=value, quotes=tuple(q for sheet, span in places for q in sheet.quotes(span)))


def _standard_form(claim: Sheet | None) -> Fact[bool] | None:
    if claim is None:
        return None
    place = claim.words.first(("стандартн* форм*",), 0, 260, gap=1)
    if claim.type == "CLAIM_STD" or place is not None:
        return Fact(value=True, quotes=claim.quotes(place))
    return Fact(value=False, quotes=())
