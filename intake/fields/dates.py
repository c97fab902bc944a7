"""Which date is which: by the words before and after it, by the type of the paper, by its place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.fields.field import Found, Paper
from text.values.dates import DateValue

_CONTRACT = r"(?:договор|полис|индивидуальн|соглашени|кредит|займ|заем|сертификат|гаранти|опцион|вклад|условия)"
_OTHER_MATTER = r"убытк|событ|дтп|авар|догов|полис|случа|решен|отказ|ответ|займ|кредит"
_BEFORE: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (name, re.compile(pattern + r"[\s:|,\"(]*(?:г\.|от|с)?[\s:|\"(]*$"), strength)
    for name, pattern, strength in (
        ("birth_date", r"(?:(?:дата|день) (?:и место )?рожд[а-я]*\.?(?:,? место)?|\bмуж\.?|\bжен\.?|д\.? ?р\.?|"
            r"рожд[а-я]*\.?|родил(?:ся|ась)|род\.)", 0.95),
        ("contract_date", r"дата (?:заключения|выдачи|оформления|активации)(?: договора| полиса| займа|"
            r" кредита)?", 0.8),
        ("contract_date", r"(?:заключен|заключил\S*|выдан|оформлен|подписан)\S*", 0.6),
        ("contract_date", rf"{_CONTRACT}[^.;]{{0,60}}? от", 0.9),
        ("contract_date", rf"{_CONTRACT}[а-я]*[^.;\n]{{0,40}}№?[^.;\n]{{0,30}},", 0.5),
        ("event_date", r"(?:дата (?:дтп|события|страхового случая|происшествия|и место события|и время|,? час|"
            r"обнаружения))", 0.9),
        ("event_date", r"(?:умер(?:ла)?|дата смерти|наступление(?: смерти)?|смерт[а-я]+[^.;\d]{0,30}|"
            r"дата оценки)", 0.8),
        ("event_date", r"(?:дтп|авари[а-я]|событи[а-я]+|происшестви[а-я]|случа[а-я]+|залив[а-я]*)(?: от)?", 0.85),
        ("event_date", r"(?:дтп|авари[а-я]|событи[а-я]+|происшестви[а-я]|"
            r"страхов[а-я]+ случа[а-я]+)[^.;]{0,40}? (?:от|на дату|произош\S+|было|имевш\S+ место)", 0.7),
        ("claim_date", r"претензи[а-я]+(?:[^.;]{0,30}?(?:от|направ\S+|отправ\S+|подал\S*|послал\S*|отнес\S*|"
            r"вруч\S+|подан\S*))?", 0.85),
        ("claim_date", rf"претензи[а-я]+(?:(?!{_OTHER_MATTER})[^.;\d]){{1,40}}", 0.7),
        ("claim_date", r"(?:дата )?заявлени[ея] в финансовую организацию", 0.85),
        ("reply_date", r"дата ответа|ответ[а-я]* (?:получен\S*|пришел)|отказ(?:а|ом|али|ано|ал|"
            r"ала)?(?![а-я])[^.;\d]{0,12}", 0.75),
        ("claim_date", r"(?:на|по) ваш[а-я]* (?:претензи[а-я]+|обращени[а-я]+|письм[а-я]+|"
            r"заявлени[а-я]+)[^.;]{0,25}?(?:от)?", 0.7),
        ("reply_date", r"(?:ответ[а-я]*|отказ[а-я]*|письм[а-я]+)(?: (?:банка|страховщика|от|был|получен))?", 0.6),
        ("initial_application_date", r"(?:заявлени[а-я]+)[^.;]{0,60}?(?:от|подал\S*|подан\S*|сдал\S*|принят\S*|"
            r"обратил\S+)", 0.7),
        ("initial_application_date", r"(?:дата (?:приема|подачи)|принял[а-я]*:?[^.;]{0,25})", 0.6),
        ("payment_date", r"(?:перечислен\S*|выплачен\S*|зачислен\S*|уплачен\S*|оплачен\S*|списан\S*|удержан\S*|"
            r"исполнено|дата (?:платежа|операции|списания))", 0.75),
        ("appeal_date", r"обращени[а-я]+(?: №?\S+)? от", 0.6),
        ("doc_date", r"(?:дата(?: составления| выдачи| документа)?|составлен[а-я]*|выдан[а-я]*|"
            r"исх[^;\n]{0,30}? от|(?:№|n) ?\S{1,24} от)", 0.6),
    )
)  # fmt: skip
_AFTER: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("birth_date", re.compile(r"\s*(?:,\s*)?(?:г\. ?р\b|года? рожд|г\. ?рожд|г\.р|гр\b|р\.,)"), 0.95),
    ("birth_date", re.compile(r"\s*(?:,|года?,?)?\s*(?:родил(?:ся|ась)|место рожд|урожен)"), 0.9),
    ("event_date", re.compile(r"[^.;]{0,60}?(?:дтп|авари|столкнов|въехал|произошл|врезал|повред|затопил|залив)"), 0.5),
    ("payment_date", re.compile(r"[^.;]{0,40}?(?:перечисл|выплат|зачислил|перевел|пришло|поступил)"), 0.45),
    ("claim_date", re.compile(r"[^.;]{0,50}?претензи"), 0.6),
    ("initial_application_date", re.compile(r"[^.;]{0,60}?(?:подал\S* |сдал\S* |принес\S* )?заявлени"), 0.5),
)
_OWN_DATE: dict[str, tuple[str, ...]] = {
    "APPEAL_FU": ("appeal_date",), "CLAIM_FO": ("claim_date",), "CLAIM_STD": ("claim_date",),
    "REPLY_FO": ("reply_date",), "INITIAL_APP": ("initial_application_date",), "RECEIPT": ("payment_date",),
    "CONTRACT_CREDIT": ("contract_date",), "CONTRACT_INS": ("contract_date",), "POLICY_OSAGO": ("contract_date",),
    "CESSION": ("contract_date",), "PAWN_TICKET": ("contract_date",), "NPF_CONTRACT": ("contract_date",),
    "ADDON_CERT": ("contract_date",), "DKP": ("contract_date",), "DTP_NOTICE": ("event_date",),
}  # fmt: skip
"""What the paper's own date is called, beside `doc_date`."""
_OF_A_LAW = re.compile(r"\s*(?:г\.?|года)?\s*(?:№|n)\s*\d{1,4}-(?:ф|у\b|п\b|1\b)")
_PERIOD = re.compile(r"(?:\bс|\bпо|[-–—]|период\S*|срок\S*|до|действ\S+)\s*(?:\d\d ч\S* \d\d мин\S* )?\"?$")
_EVENT_PAPERS = frozenset({"GIBDD_RES", "DTP_NOTICE", "POLICE"})
_TIME = re.compile(r"\s?(?:г\.?|года)?,?\s(?:около |в |время )?\d{1,2}\s?(?:[:.-]\s?\d{2}(?![.\d])|ч)")
_GROWN_UP = 14
_HEAD = 400
_TAIL = 260


def find_date_fields(paper: Paper) -> Iterator[Found]:
    """Labelled dates under their names; the paper's own date as `doc_date` and under the name its type gives it."""
    dates = [item for item in paper.dates if item.value is not None and not _OF_A_LAW.match(paper.after(item.end, 24))]
    labelled: set[int] = set()
    births: set[int] = set()
    for item in dates:
        for name, strength in _named(paper, item):
            if name != "doc_date":
                labelled.add(item.start)
            if name == "birth_date":
                births.add(item.start)
            yield _found(name, item, strength)
            if name == "contract_date" and paper.type not in _OWN_DATE:
                labelled.discard(item.start)
    own = _own_date(paper, dates, labelled, births)
    if own is not None:
        yield _found("doc_date", own, 0.8)
        for name in _OWN_DATE.get(paper.type, ()):
            yield _found(name, own, 0.8)


def _found(name: str, item: DateValue, strength: float) -> Found:
    value = item.value.isoformat() if item.value else ""
    return Found(name=name, start=item.start, end=item.end, value=value, strength=strength, repaired=item.repaired)


def _named(paper: Paper, item: DateValue) -> Iterator[tuple[str, float]]:
    before = paper.before(item.start, 90)
    after = paper.after(item.end, 60)
    given: set[str] = set()
    for name, pattern, strength in _BEFORE:
        if name not in given and pattern.search(before):
            given.add(name)
            yield name, strength
    if "birth_date" not in given and _stands_by_name(paper, item):
        yield "birth_date", 0.7
        return
    if paper.type in _EVENT_PAPERS and "event_date" not in given and _TIME.match(after):
        given.add("event_date")
        yield "event_date", 0.6
    for name, pattern, strength in _AFTER:
        if name not in given and pattern.match(after):
            given.add(name)
            yield name, strength


def _stands_by_name(paper: Paper, item: DateValue) -> bool:
    """«Суржиков Платон Витальевич, 14.10.1999, г. Торжок»: a date a grown-up may be born on, right after a name."""
    newest = max((date.year or 0 for date in paper.dates), default=0)
    if item.value is None or item.value.year > newest - _GROWN_UP:
        return False
    ends = [name.end for name in paper.names if name.form == "full" and name.end <= item.start]
    if not ends:
        return False
    return len(paper.text.text[max(ends) : item.start].strip()) <= 1 and item.start - max(ends) <= 6


def _own_date(paper: Paper, dates: list[DateValue], labelled: set[int], births: set[int]) -> DateValue | None:
    """The date of the paper itself: unlabelled by another fact, alone on its line, near the top or the end."""
    length = len(paper.folded)
    best: tuple[float, int] | None = None
    for position, item in enumerate(dates):
        line_start = paper.folded.rfind("\n", 0, item.start) + 1
        line_end = paper.folded.find("\n", item.end)
        line_end = length if line_end < 0 else line_end
        line = paper.folded[line_start:line_end]
        before = paper.folded[line_start : item.start].strip(' |"«:.,')
        others = len(re.sub(r"[^а-я0-9]", "", line)) - len(
            re.sub(r"[^а-я0-9]", "", paper.folded[item.start : item.end])
        )
        score = 0.0
        if item.start < _HEAD:
            score += 1.5
        if item.start > length - _TAIL:
            score += 1.0 if position == len(dates) - 1 else 0.6
        if others <= 3:
            score += 2.0
        elif others <= 25:
            score += 1.0
        if re.search(r"(?:^|\s)(?:дата|от|исх\S*|выдан\S*|составлен\S*|№ ?\S+)\s*$", before) or not before:
            score += 0.7
        if item.start in labelled:
            score -= 1.5
        if _PERIOD.search(paper.before(item.start, 30)):
            score -= 1.5
        if item.start in births:
            score -= 4.0
        if score > 0.9 and (best is None or score > best[0]):
            best = (score, position)
    return dates[best[1]] if best else None
