"""What happened on which day, as a letter tells it: every date of the text with the clause that speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from intake.reading_facts.sheets import DateAt, Sheet
from intake.reading_facts.words import Span

EventKind = Literal[
    "initial",  # the first application for payment, or the refusal of a service
    "answer",  # a refusal or another answer of the organisation
    "payment",  # money came, less than asked
    "expiry",  # a term ran out
    "learned",  # the applicant saw, was told, came and was turned away
    "claim",  # the claim was written or sent
    "received",  # the claim reached the organisation
    "other",
]

_CLAIM_WORDS = ("претензи*", "стандартн* форм*", "форм* заявлени*", "досудебн*")
_LETTER_WORDS = ("письмо", "писал*", "написал*", "письмом отправлял*", "отправлял*", "послал*", "посылал*")
_RECEIVED = ("вручен*", "вручил*", "получен*", "получил*", "получили", "дошло", "дошла", "дошел", "принят*",
             "приняли", "поступил*", "доставлен*")  # fmt: skip
_REFUSED = ("отказ", "отказал*", "отказан*", "отказом", "отказывают", "отказа", "отклонил*", "отклонен*", "ответ",
            "ответил*", "отрицательн*", "не будет", "отписк*", "написали что")  # fmt: skip
_BY_APPLICANT = ("отказался", "отказалась", "отказаться", "отказываюсь", "писал* отказ", "подал* отказ",
                 "направил* отказ", "отправил* отказ", "послал* отказ", "отнес* отказ",
                 "заявил* отказ", "написал* отказ", "отказался от", "отказалась от")  # fmt: skip
_INITIAL = (
    "заявлен* о возмещен*",
    "заявлен* о страхов*",
    "заявлен* о прям*",
    "заявлен* о возврате",
    "заявлен* о выплат*",
    "заявлен* на утрат*",
    "заявлен* о событи*",
    "заявлен* об убытк*",
    "заявлен* подан*",
    "подал* заявлен*",
    "подан* заявлен*",
    "заявлен* подал*",
    "отдельн* заявлен*",
    "заявлен* от",
    "сдал* документ*",
    "сдал* бумаг*",
    "подал* документ*",
    "подал* бумаг*",
    "отдал* документ*",
    "отдал* бумаг*",
    "принес* документ*",
    "документ* сдал*",
    "документ* подал*",
    "бумаги сдал*",
    "бумаги отдал*",
    "заявил* по каско",
    "заявили по",
    "заявил* о",
    "обратил* за",
    "обратил* с заявлен*",
    "сдала в офис",
    "за страховым возмещением",
)
_PAID = ("снял*", "сняли", "удержан*",
         "перечислен*", "перечислил*", "пришло", "пришли", "поступило", "зачислил*", "зачислен*", "перевел*",
         "выплатил*", "выплачен*", "заплатил*", "вернул*", "дали", "списал*", "списан*", "удержал*")  # fmt: skip
_EXPIRED = ("срок прошел", "срок истек", "срок кончил*", "срок вышел", "дней прошел|прошло|истекл*|кончил*",
            "истек срок", "срок двадцать дней")  # fmt: skip
_LEARNED = ("начислил*", "насчитал*", "закрыл*", "недоплатил*", "заблокировал*", "выдали", "посчитал*", "повысил*",
            "увидел*", "узнал*", "обнаружил*", "прихожу", "пришел", "пришла забирать", "пришла", "получил* выписк*",
            "сказали", "ответили", "сообщили", "стала", "выяснил*", "продано", "продали", "ставка стала",
            "перевода", "перевод*", "получил*")  # fmt: skip
_UNTIL = re.compile(r"\bдо\s*\Z")
_TRIM = re.compile(r"[\s,;:(–—-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """`clause`: the words that say it, the date among them; `refusal`: they speak of a refusal."""

    kind: EventKind
    at: DateAt
    clause: Span
    refusal: bool = False


def events_of(sheet: Sheet, region: Span | None = None) -> tuple[Event, ...]:
    """Every date of the text (or of a region) as an event, in reading order."""
    whole = region or Span(0, len(sheet.folded))
    dates = [item for item in sheet.dates if item.start >= whole.start and item.end <= whole.end]
    events = []
    for index, item in enumerate(dates):
        sentence = sheet.sentences.around(item.start)
        previous = dates[index - 1].end if index else 0
        following = dates[index + 1].start if index + 1 < len(dates) else len(sheet.folded)
        events.append(_event(sheet, item, sentence, max(previous, sentence.start), min(following, sentence.end)))
    return tuple(events)


def _event(sheet: Sheet, item: DateAt, sentence: Span, low: int, high: int) -> Event:
    right = _near_right(sheet, item, high)
    left = _near_left(sheet, item, low, closed=not sheet.folded[right.start : right.end].strip(" .,;:\n"))
    if _belongs_to_next(sheet, left, right, sentence):
        high = item.end
        right = Span(item.end, high)  # «после аварии 9 июля я подала документы 15 июля»
    subject = Span(sentence.start, item.start)
    for sides in ((left, right), (Span(low, item.start), Span(item.end, high))):
        kind = _kind(sheet, sides[0], sides[1], subject)
        if kind != "other":
            clause = _clause(sheet, item, sides[0], sides[1])
            refusal = sheet.words.has(("отказ*", "не будет", "отклон*", "отрицательн*"), clause.start, clause.end)
            return Event(kind=kind, at=item, clause=clause, refusal=refusal)
    return Event(kind="other", at=item, clause=_clause(sheet, item, left, right))


def _belongs_to_next(sheet: Sheet, left: Span, right: Span, sentence: Span) -> bool:
    """Words between two dates of a clause are the second's where the first already has its own before it."""
    runs_on = right.end < sentence.end and any(d.start - 1 <= right.end <= d.start for d in sheet.dates)
    return runs_on and re.search(r"[а-я]{4}", sheet.folded[left.start : left.end]) is not None


def _near_left(sheet: Sheet, item: DateAt, low: int, closed: bool) -> Span:
    """The words before the date, back to the last comma; over one comma where nothing follows the date."""
    text = sheet.folded[low : item.start]
    cut = max(text.rfind(","), text.rfind(";"), text.rfind("("), text.rfind(":"))
    if closed and cut >= 0 and not text[cut + 1 :].strip():
        cut = max(text.rfind(mark, 0, cut) for mark in ",;(:")  # «подала сразу, 12.05.2025»
    return Span(low + cut + 1, item.start)


def _near_right(sheet: Sheet, item: DateAt, high: int) -> Span:
    """The words after the date, up to the next comma; an opening «г.» is skipped."""
    text = sheet.folded[item.end : high]
    opening = re.match(r"\s*(?:г\.|года|г\b)?\s*", text)
    begin = opening.end() if opening else 0
    ends = [at for at in (text.find(mark, begin) for mark in (",", ";", "(", ":")) if at >= 0]
    return Span(item.end, item.end + min(ends, default=len(text)))


def _kind(sheet: Sheet, left: Span, right: Span, subject: Span) -> EventKind:
    has = sheet.words.has

    def left_has(cues: Iterable[str]) -> bool:
        return has(cues, left.start, left.end, gap=1)

    def right_has(cues: Iterable[str]) -> bool:
        return has(cues, right.start, right.end, gap=1)

    def either(cues: tuple[str, ...]) -> bool:
        return left_has(cues) or right_has(cues)

    if _UNTIL.search(sheet.folded, left.start, left.end):
        return "other"
    if either(_BY_APPLICANT):
        return "initial"
    told_of_claim = has(_CLAIM_WORDS, subject.start, right.end) or has(_LETTER_WORDS, subject.start, right.end)
    if left_has(_CLAIM_WORDS):
        return "received" if left_has(_RECEIVED) else "claim"
    if right_has(_CLAIM_WORDS) and not right_has(_REFUSED):
        return "claim"
    if told_of_claim and left_has(_RECEIVED) and not left_has(_REFUSED):
        return "received"
    if left_has(_EXPIRED) or right_has(_EXPIRED):
        return "expiry"
    if left_has(_REFUSED) or right_has(_REFUSED):
        return "answer"
    if left_has(_INITIAL) or right_has(_INITIAL):
        return "initial"
    if left_has(_PAID) or right_has(_PAID):
        return "payment"
    if left_has(_LETTER_WORDS) or right_has(_LETTER_WORDS):
        return "claim"
    if told_of_claim and right_has(_RECEIVED):
        return "received"
    if left_has(_LEARNED) or right_has(_LEARNED):
        return "learned"
    return "other"


def _clause(sheet: Sheet, item: DateAt, left: Span, right: Span) -> Span:
    start, end = left.start, right.end
    while start < item.start and _TRIM.match(sheet.folded[start]):
        start += 1
    while end > item.end and _TRIM.match(sheet.folded[end - 1]):
        end -= 1
    if end - item.end > 70:
        space = sheet.folded.find(" ", item.end + 60)
        end = min(end, space if space >= 0 else end)
    if item.start - start > 90:
        start = max(start, sheet.folded.find(" ", item.start - 85) + 1)
    return Span(start, max(end, item.end))
