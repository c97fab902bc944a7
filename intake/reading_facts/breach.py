"""The answer to the first application, and the day on which the breach of the right was learned of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intake.evidence import Quote
from intake.facts import Fact
from intake.reading_facts.events import Event, EventKind, events_of
from intake.reading_facts.letters import Dated
from intake.reading_facts.papers import Papers
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span

_RECENT_DAYS = 540
_LEARNED_LABEL = ("дата нарушения", "узнал* о нарушении", "дата когда узнал*", "дата нарушения права")
_LEARNED = ("узнал*", "стало известно", "стало мне известно")
_BESIDE = 40  # characters between the word and the day
_ANSWERS: tuple[EventKind, ...] = ("answer", "payment", "expiry")


def read_breach(
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
        if issued.value >= (begun or first):
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
            if event.kind in _ANSWERS and first < day < (claimed or filed) and (begun is None or day >= begun):
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
    labelled = _labelled_breach(papers.claim, filed) or _said_to_be_learned(main, told, claimed or filed)
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


def _said_to_be_learned(main: Sheet | None, told: Sequence[Event], before: date) -> Fact[date] | None:
    """«Узнали мы об этом 10 июня 2025 г.»: where the appeal says so in words, no other day is asked for."""
    if main is None:
        return None
    for event in told:
        low, high = main.sentences.around(event.at.start)
        near = main.words.has(_LEARNED, max(low, event.at.start - _BESIDE), min(high, event.at.end + _BESIDE))
        if near and event.at.value < before:
            return Fact(value=event.at.value, quotes=main.quotes(event.clause))
    return None


def _labelled_breach(claim: Sheet | None, filed: date) -> Fact[date] | None:
    if claim is None:
        return None
    for label in claim.words.within(_LEARNED_LABEL, gap=1):
        item = next((d for d in claim.dates if label.end <= d.start <= label.end + 40), None)
        if item is not None and item.value <= filed:
            return Fact(value=item.value, quotes=claim.quotes(Span(label.start, item.end)))
    return None
