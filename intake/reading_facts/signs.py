"""Signs: things in the papers that bear on a criterion and that a person must see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from intake.evidence import Quote
from intake.facts import ClaimItem, Fact, Sign, SignKind
from intake.reading_facts.claims import KINDS
from intake.reading_facts.contract import CONTRACT_TYPES
from intake.reading_facts.letters import clause_around
from intake.reading_facts.organisation import core_name
from intake.reading_facts.person import Applicant, is_minor
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.signatures import Signature, stem_of_surname
from intake.reading_facts.words import Span

_BUSINESS = ("такси", "коммерческ* перевозк*", "коммерческ*", "грузоперевозк*", "перевозк* груз*", "прокат",
             "сдач* в аренду", "предпринимательск*")  # fmt: skip
_USE = ("цель использования", "использование", "используется", "цель", "назначение", "вид деятельности")
_TICKED = re.compile(r"[\s:]*[\[({|]\s?[xхvv√✓*+]\s?[\])}|]")
_EMPTY_BOX = re.compile(r"[\s:]*[\[({|]\s{0,3}[\])}|]")
_DENIED = re.compile(r"\s*[-:]?\s*нет\b")
_DENIED_BEFORE = re.compile(r"\b(?:не|ни|кроме|без)\s(?:для\s)?(?:в\s)?$")
_ANY_BOX = re.compile(r"[\[{(|]\s?[xхvv√✓*+]?\s{0,3}[\])}|]")
_BUSINESS_TOLD = ("на ней и работаю", "на ней работаю", "работаю на ней", "таксую", "работаю в такси",
                  "подрабатываю в такси", "вожу пассажиров", "сдаю в аренду", "для бизнеса",
                  "для работы в такси")  # fmt: skip


def read_signs(
    main: Sheet | None,
    sheets: Sequence[Sheet],
    applicant: Applicant,
    born: Fact[date] | None,
    signature: Signature | None,
    claims: Sequence[ClaimItem],
    filed: date,
    decisions: Sequence[Sheet],
    organisation: str | None,
) -> tuple[Sign, ...]:
    """Every sign of the package, each with the words that give it."""
    signs: list[Sign] = []
    signs += _business(main, sheets, applicant)
    if main is not None:
        signs += _representative(main, sheets, applicant, signature)
        if is_minor(born, filed) and born is not None:
            signs.append(Sign(kind="minor", detail="заявителю нет 18 лет", quotes=born.quotes))
        signs += _promise(main)
        signs += _restore_in(main)
    for sheet in sheets:
        if sheet.type == "RESTORE_PET":
            spans = sheet.words.within(
                ("о восстановлен* срок*", "о восстановлен* пропущенн*", "прошу восстановить срок"), gap=1
            )
            signs.append(
                Sign(
                    kind="restore_petition",
                    detail="подано заявление о восстановлении пропущенного срока",
                    quotes=sheet.quotes(*(_line_or_clause(sheet, s) for s in spans[:2])),
                )
            )
    signs += _courts(main, sheets, decisions, _Dispute(applicant=applicant, organisation=organisation, claims=claims))
    for sheet in decisions:
        signs.append(_decision(sheet, main, claims))
    signs += _licence(sheets)
    signs += _bankruptcy(main, sheets, claims)
    signs += _mediation(main, sheets)
    return tuple(sign for sign in signs)


def _sign(kind: SignKind, detail: str, sheet: Sheet, *spans: Span | None) -> Sign:
    return Sign(kind=kind, detail=detail, quotes=sheet.quotes(*spans))


def _line_or_clause(sheet: Sheet, place: Span) -> Span:
    line = sheet.sentences.line(place.start)
    return line if line.end - line.start <= 90 else clause_around(sheet, place)


def _business(main: Sheet | None, sheets: Sequence[Sheet], applicant: Applicant) -> Iterator[Sign]:
    own_right = applicant.type is not None and applicant.type.value in ("entrepreneur", "organisation")
    if own_right and applicant.type is not None:
        yield Sign(
            kind="business_own_right",
            detail="заявитель действует как предприниматель",
            quotes=applicant.type.quotes,
        )
    for sheet in sheets:
        if sheet.type in CONTRACT_TYPES:
            holder = sheet.words.first(
                ("страхователь ип", "заемщик ип", "страхователь индивидуальный", "клиент ип"), gap=0
            )
            if holder is not None and own_right:
                line = sheet.sentences.line(holder.start)
                yield _sign("business_own_right", "договор заключён предпринимателем", sheet, line)
        if sheet.type not in (*CONTRACT_TYPES, "STS", "PTS"):
            continue
        for place in sheet.words.within(_BUSINESS):
            after = sheet.folded[place.end : place.end + 8]
            if (_EMPTY_BOX.match(after) and not _TICKED.match(after)) or _DENIED.match(after):
                continue
            if _DENIED_BEFORE.search(sheet.folded[max(0, place.start - 14) : place.start]):
                continue
            line = sheet.sentences.line(place.start)
            boxed = len(_ANY_BOX.findall(sheet.folded[line.start : line.end + 60])) >= 2
            if boxed and not _TICKED.match(after):
                continue
            if (
                sheet.type not in ("STS", "PTS")
                and not boxed
                and not sheet.words.has(_USE, max(0, place.start - 60), place.start)
            ):
                continue
            tick = _TICKED.match(after)
            shown = Span(place.start, place.end + tick.end()) if tick else _to_line(sheet, place)
            yield _sign("business_use", "в документах указано использование не для личных нужд", sheet, shown)
            break
    for sheet in sheets:
        if sheet.type == "CESSION":
            cedent = sheet.words.first(("цедент ип", "цедент индивидуальный", "цедент ооо", "цедент общество"))
            if cedent is not None:
                yield _sign(
                    "business_own_right", "цедент не гражданин-потребитель", sheet, sheet.sentences.line(cedent.start)
                )
    if main is not None:
        told = main.words.first(_BUSINESS_TOLD, gap=1)
        if told is not None:
            yield _sign(
                "business_use",
                "заявитель пишет, что использует имущество для заработка",
                main,
                clause_around(main, told),
            )


def _to_line(sheet: Sheet, place: Span) -> Span:
    line = sheet.sentences.line(place.start)
    return Span(max(line.start, place.start - 30), min(line.end, place.end + 45))


def _representative(
    main: Sheet, sheets: Sequence[Sheet], applicant: Applicant, signature: Signature | None
) -> Iterator[Sign]:
    proxies = [sheet for sheet in sheets if sheet.type == "POA"]
    if applicant.type is not None and applicant.type.value == "representative":
        quotes: list[Quote] = list(applicant.type.quotes)
        named = main.words.first(("представитель",), 0, 900)
        if named is not None:
            line = main.sentences.line(named.start)
            quotes += main.quotes(Span(named.start, min(line.end, named.start + 70)))
        for sheet in proxies:
            quotes += _proxy_quotes(sheet)
        yield Sign(kind="representative", detail="обращение подписано представителем", quotes=tuple(quotes))
        return
    surname = applicant.surname
    if signature is None or signature.who is None or surname is None or not proxies:
        return
    if signature.signed == "handwritten" and surname[:4].lower() not in signature.who.lower():
        quotes = [*signature.quotes, *(q for sheet in proxies for q in _proxy_quotes(sheet))]
        yield Sign(kind="representative", detail="обращение подписал не заявитель", quotes=tuple(quotes))


def _proxy_quotes(sheet: Sheet) -> tuple[Quote, ...]:
    given = sheet.words.first(("уполномочиваю", "доверяю"))
    notary = sheet.words.first(("удостоверен*",))
    title = sheet.words.first(("доверенность",), 0, 300)
    return sheet.quotes(
        title,
        None if given is None else Span(given.start, min(sheet.sentences.around(given.start).end, given.start + 150)),
        None if notary is None else sheet.sentences.line(notary.start),
    )


_FEE_PROMISE = ("плату внес*", "оплатим после", "плат* внесем", "плату внесем после", "оплат* после принятия",
                "плат* будет внесен*", "плат* не внесен*", "плату не вносил*")  # fmt: skip


def _promise(main: Sheet) -> Iterator[Sign]:
    place = main.words.first(_FEE_PROMISE, gap=1)
    if place is None:
        return
    sentence = main.sentences.around(place.start)
    if main.dates_in(sentence) and main.words.has(("внесена",), sentence.start, sentence.end):
        return
    yield _sign("fee_missing_promise", "плату обещают внести позже", main, clause_around(main, place))


def _restore_in(main: Sheet) -> Iterator[Sign]:
    place = main.words.first(("прошу восстановить срок", "восстановить пропущенный срок", "прошу восстановить"), gap=2)
    if place is not None:
        yield _sign("restore_petition", "в обращении просят восстановить срок", main, clause_around(main, place))


_COURT = ("суд", "суда", "суде", "суду", "судья", "судьи", "судом", "исковое", "иск", "иском", "мировой", "арбитражн*")
_NO_COURT = ("не обращал*", "не обращался", "верховн* суд*", "пленум*", "конституционн* суд*", "обращусь", "пойду",
             "вправе", "буду", "в суд не", "суд не", "обратиться в суд", "подам")  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class _Dispute:
    """Who disputes with whom about what: an act of court between others is another dispute."""

    applicant: Applicant
    organisation: str | None
    claims: Sequence[ClaimItem]

    def is_of(self, act: Sheet) -> bool:
        """The applicant's surname stands in the act, and the organisation's name or a sum that is asked for."""
        surname = self.applicant.surname
        if surname is not None and not act.words.has((stem_of_surname(surname),)):
            return False
        asked = {item.amount for item in self.claims if item.amount is not None}
        if any(item.value in asked for item in act.sums):
            return True
        core = core_name(self.organisation or "").split()
        return not core or act.words.has((" ".join(f"{word[: max(4, len(word) - 2)]}*" for word in core),))


def _courts(
    main: Sheet | None, sheets: Sequence[Sheet], decisions: Sequence[Sheet], dispute: _Dispute
) -> Iterator[Sign]:
    for sheet in sheets:
        if sheet.type == "COURT_ACT" and sheet not in decisions:
            if dispute.is_of(sheet):
                yield _sign("court_act", "в пакете судебный акт между теми же сторонами", sheet, *_act_spans(sheet))
            else:
                yield _sign("court_mention", "в пакете судебный акт, стороны иные", sheet, *_act_spans(sheet))
    if main is None:
        return
    for place in main.words.within(_COURT):
        sentence = main.sentences.around(place.start)
        low, high = max(sentence.start, place.start - 60), min(sentence.end, place.end + 60)
        if main.words.has(_NO_COURT, low, high, gap=1):
            continue
        yield _sign("court_mention", "упомянут суд", main, clause_around(main, place))
        return


def _act_spans(sheet: Sheet) -> tuple[Span | None, ...]:
    """Case number, day, parties, what was asked, what was decided."""
    words = sheet.words
    case = words.first(("дело",), 0, 400)
    first = next(iter(sheet.dates), None)
    parties = words.first(("по иску", "по заявлению"))
    asked = words.first(("просит взыскать", "истец просит", "просил* взыскать", "требовани*"))
    decided = words.within(("решил", "определил", "постановил"))
    return (
        sheet.sentences.line(case.start) if case else None,
        Span(first.start, first.end) if first else None,
        _clause(sheet, parties, 150),
        _clause(sheet, asked, 140),
        _clause(sheet, decided[-1], 120) if decided else None,
    )


def _clause(sheet: Sheet, place: Span | None, limit: int) -> Span | None:
    if place is None:
        return None
    stop = re.search(r"[,;]\s|\.\s|\n\s*\n|\f", sheet.folded[place.end : place.end + limit])
    return Span(place.start, place.end + (stop.start() if stop else limit))


def is_decision(sheet: Sheet) -> bool:
    """Whether the paper is an earlier decision of the financial ombudsman."""
    if sheet.type == "DECISION_FU":
        return True
    if sheet.type not in ("OTHER", "COURT_ACT", "REPLY_FO"):
        return False
    head = min(len(sheet.folded), 500)
    body = sheet.words.has(("служба финансового уполномоченного", "финансовый уполномоченный по результатам"), 0, head)
    number = re.search(r"[уy]\s?-\s?\d\d\s?-\s?\d+\s?/\s?\d{4}", sheet.folded[:700])
    title = sheet.words.has(
        ("решение", "об удовлетворении требований", "об отказе в удовлетворении"), 0, head
    ) or re.search(r"р\s?е\s?ш\s?е\s?н\s?и\s?е", sheet.folded[:head])
    return bool((body or number) and title)


def _decision(sheet: Sheet, main: Sheet | None, claims: Sequence[ClaimItem]) -> Sign:
    """Same subject: the decision speaks of a demand of the appeal, by kind and (for money) by its sum."""
    body = sheet.words
    asked = body.within(("просит взыскать", "заявлено требование", "с требованием", "требовани* о взыскании"), gap=1)
    decided = body.within(("решил",))
    number = re.search(r"(?:№\s?)?[уy]\s?-\s?\d\d\s?-\s?\d+(?:\s?/\s?\d+(?:\s?-\s?\d+)?)?", sheet.folded)
    spans: list[Span | None] = [Span(*number.span()) if number else None]
    first = next(iter(sheet.dates), None)
    parties = body.first(("по обращению", "обращения"), 0, 900)
    not_claimed = body.first(("не предъявлялось", "не заявлялось", "не заявлял*", "не рассматривал*"), gap=1)
    same = _same_subject(sheet, asked, decided, claims)
    if same:
        spans += [Span(first.start, first.end) if first else None, _clause(sheet, parties, 120)]
    spans.append(_clause(sheet, asked[0], 130) if asked else None)
    spans.append(_clause(sheet, decided[-1], 160) if decided else None)
    if not_claimed is not None:
        spans.append(clause_around(sheet, not_claimed))
    quotes = list(sheet.quotes(*spans))
    if main is not None:
        told = main.words.first(
            ("решением от", "решением", "в том году ваши", "ваши смотрели", "финансовый уполномоченный уже"), gap=1
        )
        if told is not None:
            quotes += main.quotes(_clause(main, told, 100))
        quotes += [q for item in claims[:1] for q in item.quotes[:1]]
    stopped = body.has(("прекратить рассмотрение", "о прекращении рассмотрения"), gap=1)
    kind: SignKind = "earlier_decision_same" if same and not stopped else "earlier_decision_partial"
    detail = (
        "уполномоченный уже решил спор о том же требовании"
        if kind == "earlier_decision_same"
        else "уполномоченный решал спор о другом требовании по тому же событию"
    )
    return Sign(kind=kind, detail=detail, quotes=tuple(quotes))


def _same_subject(sheet: Sheet, asked: Sequence[Span], decided: Sequence[Span], claims: Sequence[ClaimItem]) -> bool:
    amounts = {item.value for item in sheet.sums}
    main_items = [item for item in claims if item.kind not in ("moral_harm", "fine", "lost_profit")]
    if any(item.amount in amounts for item in main_items if item.amount is not None and item.kind != "penalty"):
        return True
    regions = [Span(p.start, min(len(sheet.folded), p.end + 170)) for p in (*asked, *decided)]
    for item in main_items:
        cues = next((kind.cues for kind in KINDS if kind.label == item.item), ())
        for region in regions:
            found = sheet.words.within(cues, region.start, region.end, gap=1)
            if found and not sheet.words.has(
                ("не предъявлялось", "не заявлялось"), region.start, region.end + 40, gap=1
            ):
                return True
    return False


_REVOKED = (
    "лицензи* отозван*",
    "отозван* лицензи*",
    "отзыв* лицензи*",
    "лицензи* аннулирован*",
    "исключен* из реестра",
)


def _licence(sheets: Sequence[Sheet]) -> Iterator[Sign]:
    for sheet in sheets:
        place = sheet.words.first(_REVOKED[:4], gap=9)
        if place is not None:
            sentence = sheet.sentences.around(place.start)
            shown = Span(place.start, min(sentence.end, place.end + 110))
            yield _sign("licence_revoked", "в документах сказано об отзыве лицензии", sheet, shown)


_INSOLVENT = ("признан* банкротом", "признан* несостоятельн*", "конкурсн* производств*", "должник* банкротом")
_PERSONAL = ("моему банкротству", "моем банкротстве", "мое банкротство", "моего банкротства", "банкротств* гражданина",
             "финансов* управляющ*", "реализаци* имущества гражданина", "меня признали банкротом", "я банкрот",
             "признан банкротом", "признана банкротом")  # fmt: skip


_REGISTER = ("включить в реестр", "включить меня в реестр кредиторов", "включени* в реестр требований")


def _bankruptcy(main: Sheet | None, sheets: Sequence[Sheet], claims: Sequence[ClaimItem]) -> Iterator[Sign]:
    asked = [item for item in claims if item.kind == "bankruptcy_register"]
    register = main.words.first(_REGISTER, gap=2) if main is not None else None
    organisations: list[tuple[Sheet, Span]] = []
    for sheet in sheets:
        if sheet is main:
            continue
        place = sheet.words.first(_INSOLVENT, gap=4)
        if place is not None:
            organisations.append((sheet, place))
    if asked or organisations or register is not None:
        quotes = [q for item in asked for q in item.quotes]
        if register is not None and main is not None:
            quotes += main.quotes(register)
        for sheet, place in organisations:
            debtor = sheet.words.first(("должник",))
            case = sheet.words.first(("номер дела", "дело"))
            quotes += sheet.quotes(
                sheet.sentences.line(debtor.start) if debtor else None,
                sheet.sentences.line(case.start) if case else None,
                clause_around(sheet, place),
            )
        personal = main is not None and main.words.has(_PERSONAL, gap=0) and not asked and register is None
        yield Sign(
            kind="bankruptcy_person" if personal else "bankruptcy_subject",
            detail="введена процедура банкротства",
            quotes=tuple(quotes),
        )
        return
    if main is not None:
        place = main.words.first(_PERSONAL)
        if place is not None:
            yield _sign(
                "bankruptcy_person", "заявитель в процедуре банкротства", main, main.sentences.around(place.start)
            )


def _mediation(main: Sheet | None, sheets: Sequence[Sheet]) -> Iterator[Sign]:
    for sheet in sheets:
        place = sheet.words.first(("медиаци*", "медиатор*"))
        if place is None:
            continue
        sentence = sheet.sentences.around(place.start)
        if sheet.words.has(("не обращал*", "не проводил*", "нет"), sentence.start, sentence.end + 30):
            continue
        if sheet is main or sheet.words.has(("соглашение",), 0, 300):
            yield _sign("mediation", "упомянута медиация", sheet, clause_around(sheet, place))
