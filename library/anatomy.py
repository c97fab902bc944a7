"""What a decision of the ombudsman is made of: sections by their headings, and the facts its head and end state.

The plan is that of decisions under law 123-ФЗ: head with the outcome, preamble, УСТАНОВИЛ, «приходит к следующим
выводам», РЕШИЛ, the closing paragraphs on entry into force. Names of sections are those of `search.decision` where
search treats them differently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from library.claims import Claim, claims_of, outcome_of
from search.decision import ESTABLISHED, FINDINGS, OPERATIVE, TEXT, OrganisationKind, Outcome, Section
from search.norms import find_norms
from text.normalise import fold
from text.values.dates import find_dates

HEADER = "header"
PREAMBLE = "preamble"
CLOSING = "closing"


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionPlace:
    """text[start:end] is the section `name`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Anatomy:
    """What was found; None and () where the text does not say. `sections` is one `text` where no heading was found."""

    sections: tuple[SectionPlace, ...]
    number: str | None = None
    date: date | None = None
    outcome: Outcome | None = None
    organisation_kind: OrganisationKind | None = None
    claims: tuple[Claim, ...] = ()
    norms: tuple[str, ...] = ()
    expertise: bool | None = None

    @property
    def amount_claimed(self) -> Decimal | None:
        """The sum of what was asked for; None when no claim names its amount."""
        return _sum([claim.amount_claimed for claim in self.claims])

    @property
    def amount_awarded(self) -> Decimal | None:
        """The sum of what was awarded, 0 for a refusal; None where nothing was decided on the merits."""
        if self.outcome == "terminated":
            return None
        return _sum([claim.amount_awarded for claim in self.claims])


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _spaced(word: str) -> str:
    """A heading also set with spaces between its letters: «Р Е Ш И Л»."""
    return r"\s?".join(word)


_ESTABLISHED = re.compile(rf"^[ \t]*{_spaced('УСТАНОВИЛ')}А?[ \t]*:?", re.MULTILINE)
_FINDINGS = re.compile(
    r"^[ \t]*(?:Рассмотрев|Исследовав|Изучив|Оценив|Проанализировав)[^.]{0,260}?"
    r"при(?:ходит|шёл|шел)\s+к\s+следующ[а-я]+\s+вывод[а-я]+",
    re.MULTILINE,
)
_FINDINGS_ALONE = re.compile(
    r"^(?:[^\n.]{0,200}при(?:ходит|шёл|шел)\s+к\s+следующ[а-я]+\s+вывод[а-я]+|Рассмотрев\s+имеющиеся\s+в\s+деле\s)",
    re.MULTILINE,
)
_DECIDED = re.compile(rf"^[ \t]*{_spaced('РЕШИЛ')}А?[ \t]*:?", re.MULTILINE)
_GUIDED = re.compile(r"(?:На\s+основании\s+изложенного[^.\n]{0,60})?[Рр]уководствуясь\s", re.MULTILINE)
_CLOSING = re.compile(r"^[ \t]*(?:\d+\.\s*)?(?:Настоящее\s+)?[Рр]ешение\s+вступает\s+в\s+силу", re.MULTILINE)
_OUTCOME_HEADING = re.compile(
    r"^[ \t]*ОБ?\s+(?:(?:ЧАСТИЧНОМ\s+)?УДОВЛЕТВОРЕНИИ|ОТКАЗЕ|ПРЕКРАЩЕНИИ|ОСТАВЛЕНИИ)[^\n]*(?:\n[А-ЯЁ .,\-]+(?=\n))?",
    re.MULTILINE,
)
_BY_APPEAL = re.compile(r"\n+[ \t]*по\s+обращению[^\n]*")
_NUMBER = re.compile(r"№\s*(У\s?[-–]\s?\d{2}\s?[-–]\s?\d{1,6}\s?/\s?\d{4}\s?[-–]\s?\d{3})")
_HEAD_LIMIT = 2500
_ORGANISATIONS: tuple[tuple[OrganisationKind, str], ...] = (
    ("mfo", r"микрофинансов|микрокредитн|(?<![а-я])(?:мфк|мкк|мфо)(?![а-я])"),
    ("kpk", r"кредитн[а-я]+ потребительск[а-я]+ кооператив|потребительск[а-я]+ кооператив|(?<![а-я])кпк(?![а-я])"),
    ("pawnshop", r"ломбард"),
    ("npf", r"негосударственн[а-я]+ пенсионн[а-я]+ фонд|(?<![а-я])нпф(?![а-я])"),
    ("insurer", r"страхов|(?<![а-я])(?:ск|сао|спао|сг)(?![а-я])"),
    ("bank", r"банк|кредитн[а-я]+ организаци"),
)
_AGAINST = re.compile(r"в отношении\s+(?P<name>.{5,260}?)\s*\(", re.DOTALL)
_EXPERT = r"(?<!медико-социальной )(?<!медико-социальная )(?:экспертиз|исследовани)[а-я]*"
_EXPERTISE = re.compile(
    rf"(?:организован|назначен|проведен|провел|поручен|выполнен|подготовлен)[а-я]*[^.]{{0,90}}{_EXPERT}|"
    rf"{_EXPERT}[^.]{{0,60}}(?:организован|назначен|проведен|поручен|выполнен|показал|установил|подтверд)|"
    rf"(?:{_EXPERT}|эксперт[а-я]*|специалист[а-я]*)[^.]{{0,30}} финансов[а-я]+ уполномоченн|"
    r"независим[а-я]+ (?:[а-я-]+ )?эксперт|(?:заключени|вывод|расчет)[а-я]* (?:врача-)?эксперт|"
    r"(?:проверен|определен|осмотрен|исследован|рассмотрен|выгружен)[а-я]* "
    r"(?:врачом-)?эксперт(?:ом|ами|изой)(?!-техник)|"
    r"(?<![а-я])(?:по|согласно) экспертизе|экспертом (?:рассмотрен|осмотрен|проверен)|"
    r"привлечен[а-я]* (?:врач-)?эксперт|"
    r"(?<![а-я])(?:врач-)?эксперт (?:обследовал|построил|установил|пришел|определил|"
    r"рассчитал|указал|подтвердил|исключил|осмотрел)"
)
_NO_EXPERTISE = re.compile(
    r"(?:не требу|нет необходимости|необходимост[а-я]+ (?:в|проведения) (?:[а-я]+ )?экспертиз[а-я]+ отсутств|не назнач|"
    r"не организ|без назначения)[^.]{0,60}(?:экспертиз|отсутств)|экспертиз[а-я]+ (?:не |неприменим)"
)


def find_anatomy(text: str) -> Anatomy:
    """Sections and facts of a whole decision. A text without its headings is one section, `text`."""
    places = find_sections(text)
    parts = {place.name: text[place.start : place.end] for place in places}
    head = text[: min(_HEAD_LIMIT, places[1].start if len(places) > 1 and places[0].name == HEADER else _HEAD_LIMIT)]
    claims = claims_of(parts.get(ESTABLISHED, parts.get(TEXT, "")), parts.get(OPERATIVE, ""))
    return Anatomy(
        sections=places,
        number=decision_number(head),
        date=_date(head),
        outcome=outcome_of(claims, head, parts.get(OPERATIVE, "")),
        organisation_kind=_organisation_kind(parts.get(PREAMBLE, "")),
        claims=claims,
        norms=norms_of([text]),
        expertise=expertise_of(text) if len(places) > 1 else None,
    )


def sections_of(text: str, places: Sequence[SectionPlace]) -> tuple[Section, ...]:
    """The sections as search takes them, without those that say nothing about the case."""
    return tuple(
        Section(name=place.name, text=text[place.start : place.end].strip())
        for place in places
        if place.name not in (HEADER, PREAMBLE, CLOSING)
    )


def find_sections(text: str) -> tuple[SectionPlace, ...]:
    """Where the sections stand, in order, together the whole text but blank edges."""
    established = _ESTABLISHED.search(text)
    decided = list(_DECIDED.finditer(text, established.end() if established else 0))
    if established is None or not decided:
        return (SectionPlace(name=TEXT, start=0, end=len(text)),)
    last = decided[-1]
    guided = [
        match.start() for match in _GUIDED.finditer(text, max(established.end(), last.start() - 600), last.start())
    ]
    operative = guided[-1] if guided else last.start()
    findings = _FINDINGS.search(text, established.end(), operative) or _FINDINGS_ALONE.search(
        text, established.end(), operative
    )
    closing = _CLOSING.search(text, last.end())
    heading = _OUTCOME_HEADING.search(text, 0, established.start())
    starts = [(HEADER, 0)]
    if heading is not None:
        appeal = _BY_APPEAL.match(text, heading.end())
        starts.append((PREAMBLE, appeal.end() if appeal else heading.end()))
    starts.append((ESTABLISHED, established.start()))
    if findings is not None:
        starts.append((FINDINGS, findings.start()))
    starts.append((OPERATIVE, operative))
    if closing is not None:
        starts.append((CLOSING, closing.start()))
    ends = [start for _, start in starts[1:]] + [len(text)]
    return tuple(
        _trimmed(text, name, start, end)
        for (name, start), end in zip(starts, ends, strict=True)
        if text[start:end].strip()
    )


def _trimmed(text: str, name: str, start: int, end: int) -> SectionPlace:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return SectionPlace(name=name, start=start, end=end)


def decision_number(text: str) -> str | None:
    """The decision's own number («У-23-78464/5010-004»), as its head says it."""
    match = _NUMBER.search(text[:_HEAD_LIMIT])
    return re.sub(r"\s", "", match[1]).replace("–", "-") if match else None


def _date(head: str) -> date | None:
    """The day of signing: the first whole date of the head that is not the date of the appeal."""
    for found in find_dates(head):
        before = fold(head[max(0, found.start - 30) : found.start])
        if found.value is not None and "обращени" not in before:
            return found.value
    return None


def _organisation_kind(preamble: str) -> OrganisationKind | None:
    against = _AGAINST.search(preamble)
    if against is None:
        return None
    name = fold(against["name"])
    return next((kind for kind, pattern in _ORGANISATIONS if re.search(pattern, name)), None)


def norms_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Norms cited, in normal form, in the order in which they first stand."""
    return tuple(dict.fromkeys(norm.norm for text in texts for norm in find_norms(text)))


def expertise_of(text: str) -> bool:
    """Whether an expert was asked in the case, as the whole text of its decision says; what it never mentions, was
    not done."""
    folded = _NO_EXPERTISE.sub(" ", " ".join(fold(text).split()))
    return _EXPERTISE.search(folded) is not None
