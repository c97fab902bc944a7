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
from intake.reading_facts.events import Event, EventKind, events_of
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
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span

_LONGEST_DISPUTE = 12  # years: an older date in a letter is a birthday, not an event of the dispute
_RECENT_DAYS = 540
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
_LEARNED_LABEL = ("дата нарушения", "узнал* о нарушении", "дата когда узнал*", "дата нарушения права")
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """The roles of the papers; `claim` None when no claim letter lies in the package."""

    main: Sheet | None
    claim: Sheet | None
    proofs: tuple[Sheet, ...]
    replies: tuple[Sheet, ...]
    initial: Sheet | None


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
    answer, breach = _breach(papers, main, told, claimed, filed, initial, earlier, reply, first)
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
        proof=_proof(papers, main, told, own),
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
            if sheet.words.has(_TO_THE_CLAIM):
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


_ANSWERS: tuple[EventKind, ...] = ("answer", "payment", "expiry")


def _breach(
    papers: Papers,
    main: Sheet | None,
    told: Sequence[Event],
    claimed: date | None,
    filed: date,
    initial: Fact[date] | None,
    earlier: Sequence[tuple[Sheet, Dated]],
    reply: Fact[date] | None,
    first: date,
) -> tuple[Fact[date] | None, Fact[date] | None]:
    """The answer to the first application, and the day on which the breach was learned of."""
    begun = initial.value if initial is not None else None
    candidates: list[tuple[date, tuple[Quote, ...]]] = []
    for sheet, issued in earlier:
        if begun is None or issued.value >= begun:
            candidates.append((issued.value, sheet.quotes(issued.span)))
    later: list[tuple[date, tuple[Quote, ...]]] = []
    learned: list[tuple[date, tuple[Quote, ...]]] = []
    if main is not None:
        for event in told:
            day = event.at.value
            if (begun is not None and day < begun) or (reply is not None and day == reply.value):
                continue
            entry = (day, main.quotes(event.clause))
            if event.kind in _ANSWERS:
                (candidates if claimed is None or day < claimed else later).append(entry)
            elif event.kind == "learned" and (claimed is None or day < claimed):
                learned.append(entry)
    in_letter: list[tuple[date, tuple[Quote, ...]]] = []
    if papers.claim is not None:
        for event in events_of(papers.claim):
            day = event.at.value
            if event.kind in _ANSWERS and max(first, begun or first) <= day < (claimed or filed):
                in_letter.append((day, papers.claim.quotes(event.clause)))
    chosen = min(candidates or in_letter or later or learned, default=None, key=lambda entry: entry[0])
    if chosen is None and main is not None:
        chosen = _untold(main, told, claimed or filed, filed)
    answer = None
    if chosen is not None and (candidates or in_letter or later) and begun is not None:
        same = [quotes for day, quotes in (*candidates, *in_letter, *later) if day == chosen[0]]
        answer = Fact(value=chosen[0], quotes=tuple(q for quotes in same for q in quotes)[:3])
    breach = None
    if chosen is not None:
        same = [quotes for day, quotes in (*candidates, *in_letter, *later, *learned) if day == chosen[0]]
        breach = Fact(value=chosen[0], quotes=tuple(q for quotes in same for q in quotes)[:3])
    labelled = _labelled_breach(papers.claim, filed)
    if labelled is not None:
        breach = Fact(
            value=labelled.value,
            quotes=(
                *labelled.quotes,
                *(breach.quotes if breach is not None and breach.value == labelled.value else ()),
            ),
        )
    return answer, breach


def _untold(main: Sheet, told: Sequence[Event], before: date, filed: date) -> tuple[date, tuple[Quote, ...]] | None:
    """No words of a refusal or payment were recognised: the last day told before the claim, if it is recent, for then
    the breach is recent too; an old one might be another event and is left to a person."""
    days = [e for e in told if e.kind == "other" and e.at.value < before and (filed - e.at.value).days < _RECENT_DAYS]
    if not days:
        return None
    event = max(days, key=lambda e: e.at.value)
    return event.at.value, main.quotes(event.clause)


def _labelled_breach(claim: Sheet | None, filed: date) -> Fact[date] | None:
    if claim is None:
        return None
    for label in claim.words.within(_LEARNED_LABEL, gap=1):
        item = next((d for d in claim.dates if label.end <= d.start <= label.end + 40), None)
        if item is not None and item.value <= filed:
            return Fact(value=item.value, quotes=claim.quotes(Span(label.start, item.end)))
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


_POSTED = ("рпо", "шпи", "опись вложения", "отправлено", "кассовый чек", "квитанция")


def _proof(papers: Papers, main: Sheet | None, told: Sequence[Event], own: Sheet | None) -> tuple[Quote, ...]:
    """Words that prove that the claim was sent or arrived; the appeal's own telling proves nothing."""
    del main, told
    claim = papers.claim
    if claim is None:
        return ()
    quotes: list[Quote] = []
    for dated in arrived_on(claim)[:2]:
        line = claim.sentences.line(dated.at.start)
        quotes += claim.quotes(line if line.end - line.start <= 90 else dated.span)
    if not quotes:
        posted = claim.words.first(_POSTED, 40)
        if posted is not None and any(c.isdigit() for c in claim.folded[posted.end : posted.end + 24]):
            line = claim.sentences.line(posted.start)
            quotes += claim.quotes(line if line.end - line.start <= 90 else Span(posted.start, posted.end + 20))
    for proof in papers.proofs:
        spans = [dated.span for dated in arrived_on(proof)[:2]]
        posted = proof.words.first(_POSTED)
        if posted is not None:
            spans.append(proof.sentences.line(posted.start))
        if not spans:
            spans.append(proof.sentences.line(0))
        quotes += proof.quotes(*spans)
    if own is not None:
        mention = own.words.first(
            ("на ваш* претензи*", "претензи* поступивш*|полученн*", "рассмотрев", "на претензию", "претензи* вх",
             "на обращение", "ваше письмо", "по результатам рассмотрения претензии", "вашу претензию",
             "по вашему заявлению",
             "на заявление", "ваше заявление по стандартной", "на ваше обращение", "претензия"), 0, 900, gap=1
        )  # fmt: skip
        if mention is not None:
            quotes += own.quotes(_mention(own, mention))
    return tuple(quotes)


def _mention(own: Sheet, mention: Span) -> Span:
    """«На Вашу претензию, поступившую 20.10.2025»: up to the date that follows."""
    sentence = own.sentences.around(mention.start)
    item = next((d for d in own.dates if mention.end <= d.start <= mention.end + 60 and d.end <= sentence.end), None)
    return (
        Span(mention.start, item.end) if item is not None else Span(mention.start, min(sentence.end, mention.end + 30))
    )
