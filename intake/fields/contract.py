"""Numbers of contracts, policies, papers, losses and cases; accounts of the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.fields.field import Found, Paper
from text.look_alikes import to_cyrillic

_PIECE = r"[А-ЯЁA-Z0-9][А-ЯЁA-Z0-9]*"
_NUMBER = (
    rf"(?P<number>(?:[А-ЯЁA-Z]{{1,5}}\s)?{_PIECE}"
    rf"(?:(?:\s?[-–—/]\s?|\.(?=\S))(?:{_PIECE}|[а-яё]{{1,2}}(?![а-яё])))*)(?![А-Яа-яЁё])"
)
_CONTRACT_WORD = (
    r"[Дд]оговор[а-я]*|ДОГОВОР[А-Я]*|[Пп]олис[а-я]*|ПОЛИС[А-Я]*|[Кк]редит[а-я]*|[Зз]а[её]?[йм][а-я]*|ЗАЙМ[А-Я]*|"
    r"КРЕДИТ[А-Я]*|"
    r"[Сс]оглашени[а-я]*|СОГЛАШЕНИЕ|[Сс]ертификат[а-я]*|СЕРТИФИКАТ[А-Я]*|[Бб]илет[а-я]*|БИЛЕТ[А-Я]*|"
    r"[Гг]аранти[а-я]|ГАРАНТИЯ|"
    r"[Пп]олис-оферта|[Пп]амятк[а-я]|[Уу]слови[а-я]*|[Вв]клад[а-я]*|[Аа]втокредит[а-я]*|ОПС|НПО|ПДС"
)
_AFTER_WORD = re.compile(
    rf"(?:{_CONTRACT_WORD})(?P<between>(?:\s*\([^)]{{0,40}}\)|\s*«[^»\n]{{0,60}}»|\s+(?!от\b|на\b|по\b|за\b|в\b|"
    rf"с\b|между\b|[А-ЯЁ]{{1,5}}\s?[-–—/]?\s?\d)[А-Яа-яЁё\-/]{{1,22}}(?=[\s:|,№(«])){{0,8}}"
    rf"\s*[:|,—–-]?\s*(?:ОСАГО[,:]?\s*|КАСКО[,:]?\s*)?(?:(?:серия|сер\.|номер)\s*)?(?:№|N[oо°]?|Nº|Ne|номер)?\s*)"
    rf"{_NUMBER}"
)
_LABELLED = re.compile(
    rf"(?:[Нн]омер договора|№ договора|[Дд]оговор|ДОГОВОР|[Зз]айм|[Кк]редит|"
    rf"[Пп]олис)\S*(?:\s[а-я]+){{0,2}}\s*[|:—–-]\s*(?:ОСАГО,?\s*)?(?:полис\s*)?(?:№\s*)?{_NUMBER}"
)
_FURTHER = re.compile(rf"(?:{_CONTRACT_WORD})[^.;№\n]{{1,90}}№\s*{_NUMBER}")
_CODE = re.compile(r"(?<![А-ЯЁA-Z0-9\-/])(?P<number>[А-ЯA-Z]{2,5}-\d{5,}(?:[-/]\d+)*)(?![А-ЯЁа-яё0-9\-/])")
_SERIES = re.compile(r"(?P<number>(?:\d\d\s?[А-Я]{2}\s?\d{6,7}|[IVX]{1,4}-[А-Я]{2}\s?(?:№\s?)?\d{6}))(?!\d)")
_SERIES_TYPES = frozenset({"GIBDD_RES", "DEATH", "GUARDIAN", "INHERIT", "POA"})
_OWN_NUMBER = re.compile(rf"(?:^|\n)[^\n]{{0,60}}?(?:№|N[oо°]|Nº)\s*{_NUMBER}")
_OUTGOING = re.compile(
    rf"(?:[Ии]сх\.?|ИСХ\.?|[Ии]сходящий)\s*(?:№|N)?\s*{_NUMBER}|(?:№|"
    rf"N[oо°])\s*{_NUMBER.replace('number', 'second')}\s*(?:от|\d\d\.)"
)
_TITLED = re.compile(
    r"(?:заключени[ея]|акт|отчет\S*|справка|поручение|квитанция|направление|наряд|распоряжение|доверенность|"
    r"эпикриз|определение|"
    r"постановление|решение|документу|свидетельство|талон\S*)\b[^\n№]{0,80}(?:№|n)\s*",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    rf"(?:[Уу]быт[а-я]*|УБЫТ[А-Я]*|[Вв]ыплатн[а-я]+ дел[а-я]+|[Дд]ел[оауе]|[Рр]ег\. № убытка|по делу)\s*(?:№|"
    rf"N)?\s*:?\s*{_NUMBER}"
)
_NOT_NUMBER = re.compile(
    r"(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}|\d{1,3}-ФЗ|\d+(?:\.\d+)?|\d{6}|\d{1,2}[./-]\d{1,2})", re.IGNORECASE
)
_CONTRACT_TYPES = frozenset({
    "CONTRACT_CREDIT", "CONTRACT_INS", "PAWN_TICKET", "NPF_CONTRACT", "ADDON_CERT", "CESSION", "DKP", "SCHEDULE",
})  # fmt: skip
_OWN_KINDS = frozenset({
    "policy_number", "fu_number", "case_uid", "court_case", "uin", "tracking", "bik", "account", "corr_account",
})  # fmt: skip
_DASHES = str.maketrans("–—", "--")


def find_contract_fields(paper: Paper) -> Iterator[Found]:
    """Contract and policy numbers, the paper's own number, loss, ombudsman's and court numbers, bank details."""
    text = paper.text.text
    known: list[tuple[int, int]] = []
    for item in paper.identifiers:
        if item.kind not in _OWN_KINDS:
            continue
        known.append((item.start, item.end))
        name = "doc_number" if item.kind == "court_case" else item.kind
        yield Found(
            name=name, start=item.start, end=item.end, value=item.value, check=item.check, repaired=item.repaired,
            strength=0.9 if item.labelled else 0.7,
        )  # fmt: skip
        if item.kind == "policy_number":
            yield Found(
                name="contract_number", start=item.start, end=item.end, repaired=item.repaired, strength=0.8,
                value=f"{item.value[:3]} {item.value[3:]}",
            )  # fmt: skip
        if item.kind == "fu_number" and paper.type in ("EXPERT", "OTHER", "DECISION_FU"):
            yield Found(
                name="doc_number",
                start=item.start,
                end=item.end,
                value=item.value,
                strength=0.6,
                repaired=item.repaired,
            )
    for pattern, strength in ((_AFTER_WORD, 0.85), (_LABELLED, 0.85)):
        yield from _numbers("contract_number", paper, pattern, strength, known)
    yield from _numbers("contract_number", paper, _FURTHER, 0.75, known)
    if paper.type in _CONTRACT_TYPES:
        for match in _CODE.finditer(text, 0, 400):
            yield from _number("contract_number", match, "number", 0.6, known)
    if paper.type in _SERIES_TYPES:
        for match in _SERIES.finditer(text):
            yield from _number("doc_number", match, "number", 0.7, known)
    for match in _OWN_NUMBER.finditer(text):
        own = paper.type in _CONTRACT_TYPES and match.start() < 400
        yield from _number("contract_number" if own else "doc_number", match, "number", 0.7 if own else 0.5, known)
    for match in _TITLED.finditer(text):
        number = re.compile(_NUMBER).match(text, match.end())
        if number is not None:
            yield from _number("doc_number", number, "number", 0.8, known)
    for match in _OUTGOING.finditer(text):
        yield from _number("doc_number", match, "number" if match["number"] else "second", 0.85, known)
    yield from _numbers("claim_number", paper, _CLAIM, 0.85, known)


def _numbers(
    name: str, paper: Paper, pattern: re.Pattern[str], strength: float, known: list[tuple[int, int]]
) -> Iterator[Found]:
    for match in pattern.finditer(paper.text.text):
        yield from _number(name, match, "number", strength, known)


def _number(
    name: str, match: re.Match[str], group: str, strength: float, known: list[tuple[int, int]]
) -> Iterator[Found]:
    start, end = match.span(group)
    raw = match[group]
    if any(start < other_end and end > other_start for other_start, other_end in known):
        return
    marked = "№" in match.group() or " N" in match.group()
    if sum(char.isdigit() for char in raw) < (1 if marked else 3):
        return
    if not marked and _NOT_NUMBER.fullmatch(raw):
        return
    if re.fullmatch(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}", raw):
        return
    value = re.sub(r"\s?([-/.])\s?", r"\1", raw.translate(_DASHES))
    letters = re.sub(r"[^A-Za-zА-Яа-яЁё]", "", value)
    if letters and not re.search(r"[DFGIJLNQRSUVWZ]", letters):
        value = to_cyrillic(value)
    yield Found(name=name, start=start, end=end, value=value, strength=strength)
