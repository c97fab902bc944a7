"""The contract in dispute: its number and day, and the product it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Levenshtein

from intake.evidence import Quote
from intake.facts import Fact
from intake.reading_facts.organisation import in_cyrillic
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.titles import title_span
from intake.reading_facts.words import Span
from intake.registry import Organisation

CONTRACT_TYPES = ("POLICY_OSAGO", "CONTRACT_INS", "CONTRACT_CREDIT", "PAWN_TICKET", "NPF_CONTRACT", "ADDON_CERT")
_NUMBER = re.compile(
    r"(?<![\w/№.-])(?:№\s?)?("
    r"(?!инн|кпп|рпо|шпи|бик|тел)[а-яa-z]{3}\s?№?\s?\d{10}"  # a policy: three letters, ten digits
    r"|\d{3}\s\d{10}"  # the same with the letters read as digits (ТТТ as 111)
    r"|[а-яa-z]{1,6}\s?№\s?\d{5,8}"  # a pawn ticket: series and number
    r"|(?:[а-яa-z]{1,4}-)?[а-яa-z]{1,4}\s\d{2,6}(?:[-/]\d{2,8})+"
    r"|[а-яa-z]{1,6}(?:-[а-яa-z]{1,6}){1,3}[-\s]\d{3,10}(?:[-/]\d+)*"
    r"|[а-яa-z]{1,6}(?:-[а-яa-z]{2,6}){0,2}[-/]?\d{1,8}(?:[-/.][а-яa-z\d]{1,9})+"
    r"|\d{1,6}(?:[-/][а-яa-z\d]{1,9}){1,4}"
    r"|[а-яa-z]{1,5}-?\d{3,10}(?:[-/][а-яa-z\d]{1,8})*"
    r"|[а-яa-z]{2}\s\d{6}"
    r")(?![\w-])"
)
_LABEL = ("договор*", "полис*", "кредит*", "заем*", "займ*", "билет*", "сертификат*", "памятк*", "вклад*", "каско",
          "номер", "карт*", "программ*", "услови*", "билету", "серия", "дкбо", "страхован*")  # fmt: skip
_NOT_A_CONTRACT = re.compile(r"(?<![а-я])(?:исх|вх|инн|огрн|рпо|шпи|№ дела|дело|паспорт|реестр|снилс|тел|кв|лиценз|"
                             r"рег\.?\s?знак|лиценз\S*(?:\s+(?:банка|россии|цб|рф|[а-я]{1,3})){1,3}|устав\S*|госреестр\S*|vin|доверенност|закон|ст|фз|заключени|убытк|уступки|птс|стс)"
                             r"\S*\W*\Z")  # fmt: skip
_CONTRACT_DATE = ("от", "дата заключения", "заключен*", "выдан*", "дата выдачи", "дата", "дата предоставления")


_OF_SOMETHING_ELSE = ("лиценз*", "устав*", "госреестр*", "предыдущ* полис*|договор*", "доверенност*", "вх", "принято")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    sheet: Sheet
    span: Span
    value: str
    key: str
    labelled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Contract:
    number: Fact[str] | None
    date: Fact[date] | None
    paper: Sheet | None


def read_contract(main: Sheet, claim: Sheet | None, sheets: Sequence[Sheet]) -> Contract:
    """The contract that the letter names; its paper is the one that bears the same number.

    Numbers are compared without spaces, dashes and look-alikes. Where the letter names none, the one contract of the
    package is taken.
    """
    told = [item for sheet in (main, claim) if sheet is not None for item in _candidates(sheet) if item.labelled]
    papers = [sheet for sheet in sheets if sheet.type in CONTRACT_TYPES]
    printed = [item for sheet in papers for item in _candidates(sheet)]
    chosen: _Candidate | None = None
    paper: Sheet | None = None
    for mine in told:
        twin = next((p for p in printed if _same(mine.key, p.key)), None)
        if twin is not None:
            chosen, paper = (mine if mine.key == twin.key else twin), twin.sheet
            break
    if chosen is None and told:
        chosen = told[0]
        paper = papers[0] if len(papers) == 1 else None
    if chosen is None and papers:
        own = [item for item in printed if item.labelled or item.span.start < 200]
        if own:
            chosen, paper = own[0], own[0].sheet
    if chosen is None:
        return Contract(number=None, date=None, paper=papers[0] if len(papers) == 1 else None)
    quotes: list[Quote] = []
    for sheet in (main, *([paper] if paper is not None else []), *([claim] if claim is not None else [])):
        place = next((c for c in _candidates(sheet) if _same(c.key, chosen.key)), None)
        if place is not None:
            quotes += sheet.quotes(_with_label(sheet, place.span))
    number = Fact(value=_display(chosen), quotes=tuple(quotes))
    return Contract(number=number, date=_date(main, paper, chosen.key), paper=paper)


def _candidates(sheet: Sheet) -> list[_Candidate]:
    found: list[_Candidate] = []
    for match in _NUMBER.finditer(sheet.flat_folded):
        start, end = match.span(1)
        before = sheet.flat_folded[max(0, start - 26) : start]
        key = _key(match.group(1))
        if _NOT_A_CONTRACT.search(before) or sum(c.isdigit() for c in key) < 4:
            continue
        if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{3}-фз|[ук]-?\d\d-\d+.*", match.group(1)):
            continue
        line = sheet.sentences.line(start)
        labelled = (
            sheet.words.has(_LABEL, max(0, start - 42), start)
            or (start - line.start < 4 and sheet.type in CONTRACT_TYPES)
            or bool(re.fullmatch(r"[а-яa-z]{3}\s?\d{10}", match.group(1)))
        )
        found.append(
            _Candidate(sheet=sheet, span=Span(start, end), value=sheet.flat[start:end], key=key, labelled=labelled)
        )
    return found


def _key(number: str) -> str:
    return re.sub(r"[^а-яa-z\d]", "", number).translate(str.maketrans("aбoзeкmhpctyxb", "а6о3екмнрстухв"))


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    digits = [re.sub(r"\D", "", key) for key in (one, other)]
    if min(map(len, digits)) >= 6 and (digits[0] == digits[1]):
        return True
    if min(map(len, digits)) >= 10 and (digits[0].endswith(digits[1]) or digits[1].endswith(digits[0])):
        return True
    return len(one) >= 9 and Levenshtein.distance(one, other) <= 1


def _display(item: _Candidate) -> str:
    value = in_cyrillic(item.value.replace("№", " "))
    value = " ".join(value.split()).upper() if re.fullmatch(r"[а-яa-z]{2,3}[\s№]*\d+", item.value.lower()) else value
    packed = re.fullmatch(r"([A-ZА-ЯЁ]{3})(\d{10})", value)
    return f"{packed[1]} {packed[2]}" if packed else value


def _with_label(sheet: Sheet, span: Span) -> Span:
    line = sheet.sentences.line(span.start)
    label = sheet.words.within(_LABEL, max(line.start, span.start - 30), span.start)
    return Span(label[0].start if label else span.start, span.end)


def _date(main: Sheet, paper: Sheet | None, key: str) -> Fact[date] | None:
    for sheet in (paper, main):
        if sheet is None:
            continue
        places = [c for c in _candidates(sheet) if _same(c.key, key)]
        for place in places:
            near = [d for d in sheet.dates if place.span.end <= d.start <= place.span.end + 12 and not d.guessed]
            if near and re.fullmatch(r"[\s,(]*(?:от|дата)?[\s:]*", sheet.flat_folded[place.span.end : near[0].start]):
                return Fact(value=near[0].value, quotes=sheet.quotes(Span(place.span.start, near[0].end)))
    if paper is None:
        return None
    ranked: list[tuple[int, int, Span, date]] = []
    for item in paper.dates:
        if item.guessed or item.value > paper.reference:
            continue
        before = paper.words.within(_CONTRACT_DATE, max(0, item.start - 26), item.start)
        term = re.search(
            r"(?:\bс|\bпо|\bдо|[-–—])\s*(?:00.{0,18})?\Z", paper.flat_folded[max(0, item.start - 20) : item.start]
        )
        born = re.search(r"(?:род|рожд)\S*\W*\Z", paper.flat_folded[max(0, item.start - 20) : item.start])
        follows_range = re.match(r"\s*[-–—]\s*\d", paper.flat_folded[item.end : item.end + 5])
        due = paper.words.has(("возврат*", "погашен*", "окончан*"), max(0, item.start - 22), item.start)
        if term or born or due or follows_range or (paper.reference - item.value).days > 365 * 16:
            continue
        if paper.words.has(("правил*",), max(0, item.start - 40), item.start):
            continue
        line = paper.sentences.line(item.start)
        if paper.words.has(_OF_SOMETHING_ELSE, max(line.start, item.start - 60), item.start):
            continue
        rank = 0 if before else 1 if line.end - line.start < 45 else 2
        ranked.append((rank, item.start, Span(before[-1].start if before else item.start, item.end), item.value))
    if not ranked:
        return None
    best = min(ranked, key=lambda entry: entry[:2])
    return Fact(value=best[3], quotes=paper.quotes(best[2]))


_WORDS_OF_PRODUCT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("DSAGO", ("=дсаго", "добровольн* страхован* гражданск*", "добровольн* автогражданск*")),
    ("OSAGO", ("=осаго", "обязательн* страхован* гражданск*", "автогражданск*", "прямом возмещении")),
    ("KASKO", ("каско", "страхован* средств* транспорта", "страхован* транспортн* средств*",
               "страхован* автотранспортн*", "автокаско", "страхован* автомобил*", "страхован* тс")),
    ("NPF", ("обязательном пенсионном", "негосударственн* пенсион*", "пенсионн* накоплен*", "нпф",
             "долгосрочн* сбережен*")),
    ("PAWN", ("залогов* билет*", "ломбард*")),
    ("KPK", ("кпк", "кооператив*", "личных сбережений")),
    ("MFO_LOAN", ("микрозайм*", "мкк", "мфк", "потребительск* займ*", "договор* займа")),
    ("LIFE_ACCIDENT", ("страхован* жизни", "несчастн* случа*", "инвалидност*", "застрахованн* лиц*", "заемщиков",
                       "смерть")),
    ("PROPERTY_INS", ("страхован* имуществ*", "имуществ* физических", "залив*", "пожар*", "квартир* застрахован*",
                      "страхован* дома|квартиры|дачи|строени*", "застрахован* дом|дача|квартира|строени*",
                      "домовладени*")),
    ("BANK_ACCOUNT", ("банковск* вклад*", "вклад*", "банковск* обслуживан*", "комплексн* обслуживан*", "дебетов*",
                      "банковск* счет*", "номинальн* счет*", "пенсионн* счет*", "договор* счета")),
    ("BANK_CREDIT", ("потребительск* кредит*", "кредитн* договор*", "автокредит*", "кредит*", "ипотек*")),
    ("OTHER_INS", ("дмс", "страхован* выезжающих", "медицинск* страхован*", "страхован*")),
)  # fmt: skip
_OF_TYPE = {"POLICY_OSAGO": "OSAGO", "PAWN_TICKET": "PAWN", "NPF_CONTRACT": "NPF"}


def read_product(main: Sheet, contract: Contract, organisation: Organisation | None) -> Fact[str] | None:
    """The product code, from the contract's paper, then the letter, within what the organisation offers."""
    paper = contract.paper
    offered = set(organisation.services) if organisation is not None else None
    if paper is not None and paper.type in _OF_TYPE:
        product = _OF_TYPE[paper.type]
        if product == "OSAGO" and paper.words.has(_WORDS_OF_PRODUCT[0][1], 0, 300):
            product = "DSAGO"
        if offered is None or product in offered:
            cues = dict(_WORDS_OF_PRODUCT)[product]
            place = paper.words.first(cues, gap=1) or title_span(paper)
            quotes = (*_short(main, cues), *paper.quotes(place))
            return Fact(value=product, quotes=quotes)
    if paper is not None and paper.type == "ADDON_CERT" and offered is None:
        return Fact(value="BANK_CREDIT", quotes=paper.quotes(title_span(paper)))
    head = Span(0, 420)
    for sheet, region in ((paper, head), (main, Span(0, len(main.folded))), (paper, Span(0, 4000))):
        if sheet is None:
            continue
        for product, cues in _WORDS_OF_PRODUCT:
            if offered is not None and product not in offered:
                continue
            places = sheet.words.within(cues, region.start, min(region.end, len(sheet.folded)), gap=1)
            place = next((span for span in places if not _in_a_name(sheet, span)), None)
            if place is not None:
                return Fact(value=product, quotes=sheet.quotes(place))
    if offered is not None and len(offered) == 1:
        return Fact(value=next(iter(offered)), quotes=())
    return None


def _in_a_name(sheet: Sheet, place: Span) -> bool:
    """«АО „Север-Кредит Банк“», «Ломбард-Сервис»: a word of a firm's name says nothing of the product."""
    before, after = sheet.folded[max(0, place.start - 1) : place.start], sheet.folded[place.end : place.end + 6]
    return (before == "-" and after[:1] in ('"', " ", "-")) or bool(re.match(r"[\s-]банк", after))


def _short(main: Sheet, cues: tuple[str, ...]) -> tuple[Quote, ...]:
    place = main.words.first(cues, gap=1)
    return main.quotes(place) if place is not None and place.end - place.start < 12 else ()
