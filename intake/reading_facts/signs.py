"""Signs: things in the papers that bear on a criterion and that a person must see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from intake.evidence import Quote
from intake.facts import ClaimItem, Fact, Sign
from intake.reading_facts.birth import is_minor
from intake.reading_facts.contract import CONTRACT_TYPES
from intake.reading_facts.courts import Dispute, court_signs, decision_sign, make_sign
from intake.reading_facts.letters import clause_around
from intake.reading_facts.person import Applicant
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.signatures import Signature
from intake.reading_facts.words import Span

_BUSINESS = ("такси", "коммерческ* перевозк*", "коммерческ*", "грузоперевозк*", "перевозк* груз*", "прокат",
             "сдач* в аренду", "предпринимательск*", "учебн* езд*|вожден*", "учебн* тс|автомобил*|машин*",
             "обучени* вождени*")  # fmt: skip
_USE = ("цель использования", "использование", "используется", "цель", "назначение", "вид деятельности")
_TICKED = re.compile(r"[\s:]*[\[({|]\s?[xхvv√✓*+]\s?[\])}|]")
_EMPTY_BOX = re.compile(r"[\s:]*[\[({|]\s{0,3}[\])}|]")
_DENIED = re.compile(r"\s*[-:]?\s*нет\b")
# «(такси, прокат не допускаются)»: the words after a list of uses deny all of them.
_DENIED_AFTER = re.compile(
    r"[^.;:|\n)\[\]]{0,45}?\b(?:не\s(?:допуск|предусм|разреш|использ|застрах|покрыв|примен|осуществл|производ|заявл|указ|вед)[а-я]*"
    r"|запрещ[а-я]*|исключ[а-я]*|отсутству[а-я]*)"
)
_DENIED_BEFORE = re.compile(r"\b(?:не|ни|кроме|без)\s(?:для\s)?(?:в\s)?$")
_ANY_BOX = re.compile(r"[\[{(|]\s?[xхvv√✓*+]?\s{0,3}[\])}|]")
_BUSINESS_TOLD = ("на ней и работаю", "на ней работаю", "работаю на ней", "таксую", "работаю в такси",
                  "подрабатываю в такси", "вожу пассажиров", "сдаю в аренду", "для бизнеса",
                  "для работы в такси", "обучаю вождению", "учу вождению", "беру заказы на ней|машине",
                  "самозанят* на своей машине|автомобиле", "работаю на своей машине|автомобиле",
                  "зарабатываю на ней|машине")  # fmt: skip


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
    signs += court_signs(
        main, sheets, decisions, Dispute(applicant=applicant, organisation=organisation, claims=claims)
    )
    for sheet in decisions:
        signs.append(decision_sign(sheet, main, claims))
    signs += _licence(sheets)
    signs += _bankruptcy(main, sheets, claims)
    signs += _mediation(main, sheets)
    return tuple(sign for sign in signs)


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
                yield make_sign("business_own_right", "договор заключён предпринимателем", sheet, line)
        if sheet.type not in (*CONTRACT_TYPES, "STS", "PTS"):
            continue
        for place in sheet.words.within(_BUSINESS):
            after = sheet.folded[place.end : place.end + 8]
            if (_EMPTY_BOX.match(after) and not _TICKED.match(after)) or _DENIED.match(after):
                continue
            if _DENIED_BEFORE.search(sheet.folded[max(0, place.start - 14) : place.start]):
                continue
            if _DENIED_AFTER.match(sheet.folded, place.end):
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
            yield make_sign("business_use", "в документах указано использование не для личных нужд", sheet, shown)
            break
    for sheet in sheets:
        if sheet.type == "CESSION":
            cedent = sheet.words.first(("цедент ип", "цедент индивидуальный", "цедент ооо", "цедент общество"))
            if cedent is not None:
                yield make_sign(
                    "business_own_right", "цедент не гражданин-потребитель", sheet, sheet.sentences.line(cedent.start)
                )
    if main is not None:
        told = main.words.first(_BUSINESS_TOLD, gap=1)
        if told is not None:
            yield make_sign(
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
    yield make_sign("fee_missing_promise", "плату обещают внести позже", main, clause_around(main, place))


def _restore_in(main: Sheet) -> Iterator[Sign]:
    place = main.words.first(("прошу восстановить срок", "восстановить пропущенный срок", "прошу восстановить"), gap=2)
    if place is not None:
        yield make_sign("restore_petition", "в обращении просят восстановить срок", main, clause_around(main, place))


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
            yield make_sign("licence_revoked", "в документах сказано об отзыве лицензии", sheet, shown)


_INSOLVENT = ("признан* банкротом", "признан* несостоятельн*", "конкурсн* производств*", "должник* банкротом")
_PERSONAL = ("моему банкротству", "моем банкротстве", "мое банкротство", "моего банкротства", "банкротств* гражданина",
             "финансов* управляющ*", "реализаци* имущества гражданина", "меня признали банкротом", "я банкрот",
             "признан банкротом", "признана банкротом")  # fmt: skip
_OWN = ("=мой", "=моя", "=мое", "=мои", "=моего", "=моему", "=моем", "=моей", "=моих")
_OF_ANOTHER = ("=он", "=она", "=его", "=ее", "=их", "=ему", "=ей", "сосед*", "виновник*", "муж*", "жен*", "брат*",
               "водител*", "продавец", "поручител*", "заемщик*")  # fmt: skip
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
        place = next((span for span in main.words.within(_PERSONAL) if not _of_another(main, span)), None)
        if place is not None:
            yield make_sign(
                "bankruptcy_person", "заявитель в процедуре банкротства", main, main.sentences.around(place.start)
            )


def _of_another(main: Sheet, place: Span) -> bool:
    """«Он банкрот, его квартиру продаёт финансовый управляющий»: the bankruptcy told of is another person's."""
    sentence = main.sentences.around(place.start)
    low = max(sentence.start, place.start - 90)
    if main.words.has(_OWN, low, min(sentence.end, place.end + 30)):
        return False
    if main.words.has(("=я", "=меня"), max(sentence.start, place.start - 12), place.end):
        return False
    return main.words.has(_OF_ANOTHER, low, place.end)


def _mediation(main: Sheet | None, sheets: Sequence[Sheet]) -> Iterator[Sign]:
    for sheet in sheets:
        place = sheet.words.first(("медиаци*", "медиатор*"))
        if place is None:
            continue
        sentence = sheet.sentences.around(place.start)
        if sheet.words.has(("не обращал*", "не проводил*", "нет"), sentence.start, sentence.end + 30):
            continue
        if sheet is main or sheet.words.has(("соглашение",), 0, 300):
            yield make_sign("mediation", "упомянута медиация", sheet, clause_around(sheet, place))
