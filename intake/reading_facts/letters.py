"""Letters of the package: when the claim was written, when it arrived, what was answered and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from intake.facts import ReplyKind
from intake.reading_facts.sheets import DateAt, Sheet
from intake.reading_facts.words import Span

_ARRIVAL = ("вх", "входящ*", "принят*", "принял*", "приняли", "получен*", "получил*", "вручен*", "штамп", "поступил*",
            "дата приема", "зарегистрирован*", "поступивш*", "полученн*", "приема", "прочитан*")  # fmt: skip
_SENT = ("рпо", "шпи", "отправлен*", "квитанц*", "почт*", "заказн*", "чек")
_OWN_LABEL = ("дата",)
_ISSUED = ("исх", "исх.")
_REPLY_TO = ("на ваш*", "на обращение", "на претензию", "на заявление", "по заявлению", "по вашему", "рассмотрев",
             "претензи*", "ваше письмо", "ваш* заявлен*", "ваш* претенз*")  # fmt: skip
_DATE_LABEL = re.compile(
    r"\s*(?:[\d.)]*\s*)?(?:дата|date)(?:\s+(?:и время|составления|подачи|отправки|заявления|претензии))?"
    r"\s*[:|]?\W*(?:[a-z]{3}\W*)?\Z"
)
_ANOTHER_PAPER = ("отказ*", "ответ*", "решени*", "письм*")
_ANOTHER_DAY = ("нарушен*", "узнал*", "рожден*", "договор*", "полис*", "событи*", "дтп")
_ENDING = 260
_HEADING = 620


_LICENCES = ("лиценз*", "госреестр*", "реестр*", "огрн", "устав*", "зарегистрирован*", "рег", "цб рф", "банка россии")


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """A date with the words to show for it."""

    at: DateAt
    span: Span

    @property
    def value(self) -> date:
        return self.at.value


def _past(sheet: Sheet) -> tuple[DateAt, ...]:
    """A letter lying in the package bears no day after the day of filing: such a one was misread."""
    return tuple(item for item in sheet.dates if item.value <= sheet.reference)


def written_on(sheet: Sheet) -> Dated | None:
    """The day a letter of the applicant bears: a label, its heading, a line of its own, the line of the signature.

    Dates on lines that tell of arrival or posting («Вх. 61 от…», «РПО …, вручено…») are not the letter's own.
    """
    candidates: list[tuple[int, Dated]] = []
    length = len(sheet.folded)
    for item in _past(sheet):
        line = sheet.sentences.line(item.start)
        alone = _alone(sheet, item, line)
        before = sheet.folded[line.start : item.start]
        labelled = _DATE_LABEL.match(before) is not None
        another = sheet.words.has(_ANOTHER_DAY, line.start, item.start) or sheet.words.has(
            _ANOTHER_PAPER, max(line.start, item.start - 22), item.start
        )
        if another or (not labelled and _is_arrival(sheet, item, line)):
            continue
        rank = None
        if labelled or (re.match(r"\s*от\s*\Z", before) and line.end - item.end < 12):
            rank = 0
        elif (sheet.words.has(("претензи* от", "исх"), line.start, item.start, gap=1) and item.start < _HEADING) or (
            sheet.words.has(("претензи*",), line.start, item.start) and alone
        ):
            rank = 1
        elif alone:
            rank = 2 if item.start > length - _ENDING or item.start < _HEADING else 4
        elif item.start > length - _ENDING and _by_signature(sheet, item, line):
            rank = 2
        elif _portal(sheet, line):
            rank = 3
        if rank is not None:
            span = line if line.end - line.start <= 70 else Span(item.start, item.end)
            candidates.append((rank, Dated(at=item, span=span)))
    if not candidates:
        return None
    # A letter tells of days before its own: of several likely ones the latest.
    return min(candidates, key=lambda pair: (pair[0], -pair[1].value.toordinal(), -pair[1].at.start))[1]


def _alone(sheet: Sheet, item: DateAt, line: Span) -> bool:
    rest = sheet.folded[line.start : item.start] + sheet.folded[item.end : line.end]
    rest = re.sub(r"\bг(?:ода)?\b|\(?подпись\)?|\d{1,2}:\d\d|претензия|заявление", " ", rest)
    return len(re.findall(r"[а-яa-z]{2,}", rest)) <= 3 and len(re.findall(r"\d", rest)) <= 2


def _by_signature(sheet: Sheet, item: DateAt, line: Span) -> bool:
    """A date at the beginning of a line, a name and little else after it."""
    before = re.findall(r"[а-я]{4,}", sheet.folded[line.start : item.start])
    after = re.findall(r"[а-яa-z]{2,}", sheet.folded[item.end : line.end])
    numbers = re.findall(r"\d{3,}", sheet.folded[item.end : line.end])
    return len(before) <= 1 and len(after) <= 5 and not numbers and line.end - line.start < 90


def _portal(sheet: Sheet, line: Span) -> bool:
    return sheet.words.has(("через личный кабинет", "через форму", "через сайт"), line.start, line.end)


def _is_arrival(sheet: Sheet, item: DateAt, line: Span) -> bool:
    if not sheet.words.has((*_ARRIVAL, "рпо", "квитанц*", "отправлено заказн*"), line.start, line.end):
        return False
    return not sheet.words.has(("претензи*",), line.start, item.start) or item.start > _HEADING


def arrived_on(sheet: Sheet) -> tuple[Dated, ...]:
    """Days of arrival that a paper bears: «Вх. № 2207-П 20.10.2025», «вручено 28.04.2025», «получено 16.02.2026»."""
    found: list[Dated] = []
    for item in _past(sheet):
        line = sheet.sentences.line(item.start)
        sentence = sheet.sentences.around(item.start)
        low = max(line.start, sentence.start, item.start - 60)
        before = sheet.words.within(_ARRIVAL, low, item.start)
        after = sheet.words.within(_ARRIVAL, item.end, min(line.end, item.end + 24))
        above = sheet.sentences.line(line.start - 2) if line.start >= 2 else line
        stamped_above = sheet.words.has(("штамп", "вх", "входящ*"), above.start, above.end) and (
            item.start - line.start < 4 and above.end - above.start < 50
        )
        if not before and not after and not stamped_above:
            continue
        start = before[-1].start if before else item.start
        if before and sheet.words.has(("вх", "штамп"), low, item.start):
            start = low
        end = after[-1].end if after else item.end
        found.append(Dated(at=item, span=Span(start, max(end, item.end))))
    return tuple(found)


def _of_a_licence(sheet: Sheet, start: int, end: int) -> bool:
    """«Лицензия ЦБ РФ СИ № 3790 (12.12.2017)»: a letterhead bears days of licences, registers and charters."""
    spoken = sheet.words.within(_LICENCES, start, end)
    return bool(spoken) and not sheet.words.has(("исх",), spoken[-1].end, end)


def issued_on(sheet: Sheet) -> Dated | None:
    """The day of an organisation's letter: the head of the page («Исх. № … от …», «25.10.2024 № 18-4/99120»)."""
    ranked: list[tuple[int, int, Dated]] = []
    for item in _past(sheet):
        if item.start > _HEADING + 300:
            break
        line = sheet.sentences.line(item.start)
        head = sheet.folded[line.start : item.start]
        tail = sheet.folded[item.end : line.end]
        if sheet.words.has(_REPLY_TO, max(line.start, item.start - 70), item.start, gap=1) or _is_arrival(
            sheet, item, line
        ):
            continue
        if _of_a_licence(sheet, line.start, item.start):
            continue
        numbered = re.search(r"исх|№|n[°º]|\bno\b", head) or re.match(r"\s*(?:г(?:\.|ода)?)?\s*(?:исх|№|n|no)", tail)
        rank = 0 if numbered else 1 if _alone(sheet, item, line) else 3
        if rank == 3 and item.start > _HEADING:
            continue
        span = line if line.end - line.start <= 60 else _around_number(sheet, item, line)
        ranked.append((rank, item.start, Dated(at=item, span=span)))
    return min(ranked, key=lambda entry: entry[:2])[2] if ranked else None


def _around_number(sheet: Sheet, item: DateAt, line: Span) -> Span:
    """The date with the number beside it, on a line that holds more."""
    head = sheet.folded[line.start : item.start]
    before = max(head.rfind("исх"), head.rfind("№"))
    start = line.start + before if before >= 0 and len(head) - before < 40 else item.start
    tail = re.match(r"\s*(?:г\.?)?\s*(?:исх\S*\s*)?№?\s*\S+", sheet.folded[item.end : line.end])
    end = item.end + (tail.end() if tail and "№" in tail.group() else 0)
    return Span(start, end)


def number_line(sheet: Sheet) -> Span | None:
    """The line with the outgoing number, when the date stands on another."""
    found = re.search(r"(?:исх\S*|№)[^\n]{2,40}", sheet.folded[:_HEADING])
    return Span(*found.span()) if found else None


_REFUSAL = (
    "отказано",
    "отказываем",
    "отказываемся",
    "отказать",
    "отказывает",
    "отклонен*",
    "без удовлетворения",
    "отклоняем",
    "возврату не подлежит",
    "не подлежит возврату",
    "удовлетворению не подлеж*",
    "не подлеж* удовлетворению",
    "отклоняет",
    "считает|считаем необоснованн*",
    "не находим оснований",
    "оснований не находим",
    "оснований для удовлетворения требований не находим",
    "удовлетворения не находим",
    "основания отсутствуют",
    "оснований не имеется",
    "оснований не усматриваем",
    "отказ в",
    "не признан* страховым",
    "не может быть удовлетворен*",
    "выплате не подлежит",
    "не подлежит выплате",
    "не относится к страхов*",
)
_EVASIVE = ("может быть рассмотрен*", "вернемся к вопросу", "дополнительн* проверк*", "сообщим", "будет рассмотрен*",
            "продлен*", "предоставьте", "просим представить", "передан* на рассмотрен*", "на текущем этапе",
            "в работе", "в настоящее время рассматрив*")  # fmt: skip
_SATISFIED = ("удовлетворены", "удовлетворено в полном", "требования удовлетворены", "произведена выплата",
              "перечислена в полном", "признаны обоснованными", "выплачено в полном", "будет возвращена",
              "принято решение о возврате|выплате|доплате")  # fmt: skip
_NOT_LETTERHEAD = ("без бланка", "без подписи", "файл word", "без подписи и печати")
_INSOLVENCY = ("деле о банкротстве", "конкурсное производство", "конкурсн* управляющ*", "реестр кредиторов")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    kind: ReplyKind
    spans: tuple[Span, ...]


def answer_of(sheet: Sheet, signed: bool) -> Answer:
    """What a reply says. An evasive or unsigned one is `other` even where it uses the words of a refusal.

    A direct refusal needs its words in the operative part; «отказано» of an earlier letter that is only quoted is
    set aside by taking the last such place.
    """
    words = sheet.words
    refusals = words.within(_REFUSAL, gap=3)
    evasive = words.within(_EVASIVE, gap=1)
    if words.has(_NOT_LETTERHEAD, gap=1):
        place = words.within(_NOT_LETTERHEAD, gap=1)
        shown = [sheet.sentences.around(span.start) for span in (*evasive[:1], *place[:1])]
        return Answer(kind="other", spans=tuple(_short(sheet, span) for span in shown))
    groundless = [place for place in words.within(("основани*", "оснований")) if _lacks(sheet, place)]
    unpaid = [place for place in words.within(("не будет", "не будут", "не будем")) if _speaks_of_payment(sheet, place)]
    refusals = tuple(sorted((*refusals, *groundless, *unpaid)))
    if refusals:
        chosen = refusals[-1]
        return Answer(kind="refusal", spans=(clause_around(sheet, chosen),))
    satisfied = words.within(_SATISFIED, gap=1)
    if satisfied:
        return Answer(kind="satisfied", spans=(clause_around(sheet, satisfied[-1]),))
    shown = [*evasive[:1], *words.within(_INSOLVENCY)[:1]]
    del signed
    return Answer(kind="other", spans=tuple(clause_around(sheet, span) for span in shown))


_PAYING = ("платить", "выплачивать", "доплачивать", "возвращать", "произведен*", "выплачен*", "возвращен*", "доплачен*")


def _speaks_of_payment(sheet: Sheet, place: Span) -> bool:
    """«Платить 58 600 руб. ломбард не будет», «доплата произведена не будет»."""
    sentence = sheet.sentences.around(place.start)
    return sheet.words.has(_PAYING, sentence.start, sentence.end)


_LACKING = ("отсутств*", "не находит", "не находим", "не усматрив*", "не имеется", "не имеет", "не установлен*",
            "нет оснований", "оснований нет", "не выявлен*", "не вид*")  # fmt: skip


def _lacks(sheet: Sheet, place: Span) -> bool:
    """«Основания для доплаты … отсутствуют», «не находит оснований», with no way left open in the sentence."""
    sentence = sheet.sentences.around(place.start)
    return sheet.words.has(_LACKING, sentence.start, sentence.end) and not sheet.words.has(
        _EVASIVE, sentence.start, sentence.end, gap=1
    )


def _short(sheet: Sheet, span: Span, limit: int = 200) -> Span:
    if span.end - span.start <= limit:
        return span
    cut = sheet.folded.rfind(" ", span.start, span.start + limit)
    return Span(span.start, cut if cut > span.start else span.start + limit)


def clause_around(sheet: Sheet, place: Span) -> Span:
    """The part of the sentence, between commas, that holds the place; at least four words."""
    sentence = sheet.sentences.around(place.start)
    text = sheet.folded
    start = max(text.rfind(mark, sentence.start, place.start) + 1 for mark in (",", ";", ":"))
    start = max(start, sentence.start)
    ends = [at for at in (text.find(mark, place.end, sentence.end) for mark in (",", ";", ":")) if at >= 0]
    end = min(ends, default=sentence.end)
    if len(text[start:end].split()) < 4:
        start = sentence.start
    while start < end and not text[start].isalnum() and text[start] not in '"(':
        start += 1
    while end > start and text[end - 1] in " .,;:\n":
        end -= 1
    if place.start - start > 120:
        start = text.find(" ", place.start - 110) + 1
    return _short(sheet, Span(start, max(end, place.end)))


Channel = Literal["electronic", "paper"]
_ELECTRONIC = ("электронной почт*", "e mail", "email", "через форму", "на сайте", "личный кабинет", "через личный",
               "тема", "subject", "кому", "на почту", "на их почту", "электронным письмом", "автоответ",
               "мобильн* приложен*")  # fmt: skip
_PAPER = ("рпо", "заказн*", "почта россии", "опись вложения", "вх", "штамп", "канцеляри*", "отнес", "отнесла",
          "нарочно", "вручен*", "принят* в офисе", "роспись", "почтой", "квитанц*", "письмо с уведомлением",
          "ящик на почте", "бросил*")  # fmt: skip
_EMAIL = re.compile(r"[\w.-]+\s?@\s?[\w-]+[.,]\s?[a-z]{2,}")


def channel_of(
    claim: Sheet, proofs: tuple[Sheet, ...], told: tuple[tuple[Sheet, Span], ...]
) -> tuple[Channel | None, tuple[tuple[Sheet, Span], ...]]:
    """How the claim went: an e-mail's heading or a form on the site, else the traces of paper."""
    head = claim.folded[:420]
    header = claim.words.within(("кому", "тема", "subject", "to", "from"), 0, 420)
    mailed = list(_EMAIL.finditer(head))
    if (len(header) >= 2 and mailed) or claim.words.has(("через форму", "через личный кабинет"), 0, None):
        place = claim.words.first(("через форму", "через личный кабинет"))
        span = claim.sentences.line((place or header[0]).start)
        return "electronic", ((claim, span),)
    paper = claim.words.within(_PAPER)
    if paper:
        return "paper", ((claim, claim.sentences.line(paper[-1].start)),)
    for proof in proofs:
        if _EMAIL.search(proof.folded[:300]) and proof.words.has(("тема", "subject", "кому", "to", "принято"), 0, 300):
            return "electronic", ((proof, proof.sentences.line(0)),)
        found = proof.words.first(_PAPER)
        if found is not None:
            return "paper", ((proof, proof.sentences.line(found.start)),)
    for sheet, span in told:
        if sheet.words.has(_ELECTRONIC, span.start, span.end):
            return "electronic", ((sheet, span),)
        if sheet.words.has(_PAPER, span.start, span.end):
            return "paper", ((sheet, span),)
    return None, ()
