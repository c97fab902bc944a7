"""Who complains: name, and in which capacity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from intake.dictionary import is_word
from intake.evidence import Quote
from intake.facts import ApplicantType, Fact
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span
from text.normalise import fold
from text.values.names import NameValue, find_names

_ASSIGNMENT = ("уступлен*", "цессионари*", "право требования куплен*|перешло|приобретен*", "договор* уступки",
               "договор* цессии", "купившее долг", "купил* долг")  # fmt: skip
_OTHER_PERSON = ("представител*", "цедент", "собственник", "судь*", "директор*", "виновник", "дочь", "сын", "папа",
                 "отец", "отца", "мама", "мать", "матери", "муж", "мужа", "жена", "жены", "бабушк*", "дедушк*",
                 "покойн*", "наследодател*", "умерш*")  # fmt: skip
_LABELS = ("заявитель*", "потребитель", "фио", "фамилия имя отчество")
_LABEL_REACH = 24  # characters between the label and the name
_FORMER_NAME = re.compile(
    r"\s*\((?:до\sбрака|в\sдевичестве|девичья|урожд[а-я]*\.?|ранее|прежде|прежн[а-я]*|бывш[а-я]*|по\sмужу)"
    r"[^()]{0,40}\)",
    re.IGNORECASE,
)
_LEGAL = r"(?:ооо|о0о|ооо|ао|пао|зао|общество с ограниченной ответственностью)"
_OWN_ORGANISATION = re.compile(rf"\b{_LEGAL}\s*\"[^\",;\n]{{2,60}}\"?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Applicant:
    name: Fact[str] | None
    type: Fact[ApplicantType] | None
    person: NameValue | None
    at: int  # where the name stands in the main letter

    @property
    def surname(self) -> str | None:
        return self.person.surname if self.person is not None else None


def read_applicant(main: Sheet, sheets: Sequence[Sheet]) -> Applicant:
    """The person (or the assignee's firm) that signs as applicant in the main letter.

    One misread letter in the letter's head must not give another person: of several spellings in the package the
    most frequent one near to the head's is taken.
    """
    names = [n for n in _names_in(main) if n.form == "full"]
    chosen = _own_name(main, names)
    assigned = _is_assignee(main, sheets)
    firm = _firm(main) if assigned else None
    if firm is not None and (chosen is None or firm.start < chosen.start):
        value = " ".join(main.text.text[firm.start : firm.end].split())
        label = main.words.first(("заявитель", "лицо которому уступлено"), max(0, firm.start - 90), firm.start)
        shown = Span(label.start if label else firm.start, firm.end)
        quotes = main.quotes(shown)
        return Applicant(
            name=Fact(value=value, quotes=quotes),
            type=Fact(value="assignee", quotes=quotes),
            person=None,
            at=firm.start,
        )
    if chosen is None:
        return _from_elsewhere(main, sheets)
    spelled = _vote(chosen, sheets)
    entrepreneur = _entrepreneur(main, chosen)
    start = chosen.start
    label = main.words.first(("потребитель", "заявитель*", "фио", "фамилия имя отчество"), max(0, start - 40), start)
    shown = Span(label.start if label else start, chosen.end)
    value = f"ИП {spelled}" if assigned and entrepreneur is not None else spelled
    quotes = (*main.quotes(shown), *_elsewhere(spelled, main, sheets))
    if assigned:
        kind: ApplicantType = "assignee"
        type_quotes = main.quotes(shown)
    elif entrepreneur is not None:
        kind = "entrepreneur"
        type_quotes = main.quotes(Span(entrepreneur.start, max(chosen.end, entrepreneur.end)))
    elif (proxy := _signed_by_proxy(main)) is not None:
        kind, type_quotes = "representative", main.quotes(proxy)
    else:
        kind, type_quotes = "consumer", main.quotes(shown)
    return Applicant(
        name=Fact(value=value, quotes=quotes), type=Fact(value=kind, quotes=type_quotes), person=chosen, at=chosen.start
    )


def _entrepreneur(main: Sheet, name: NameValue) -> Span | None:
    """«ИП …», «Индивидуальный предприниматель …» before the name, or an ОГРНИП after it."""
    before = main.words.within(("=ип", "индивидуальн* предпринимател*"), max(0, name.start - 42), name.start)
    if before and name.start - before[-1].end <= 3:
        return Span(before[-1].start, name.end)
    after = main.words.first(("огрнип",), name.end, name.end + 140)
    return Span(name.start, after.end) if after is not None else None


def _names_in(main: Sheet) -> list[NameValue]:
    """Names of the letter, also those with a former surname in parentheses inside: «Зорина (до брака Белых) Инна …»."""
    text = main.spelled
    former = _FORMER_NAME.search(text, 0, 900)
    if former is None:
        return list(find_names(text))
    cut, length = former.start(), former.end() - former.start()
    return [
        replace(
            name,
            start=name.start + (length if name.start >= cut else 0),
            end=name.end + (length if name.end > cut else 0),
        )
        for name in find_names(text[: former.start()] + text[former.end() :])
    ]


def _own_name(main: Sheet, names: list[NameValue]) -> NameValue | None:
    own = [
        name
        for name in names
        if not main.words.has(_OTHER_PERSON, max(main.sentences.line(name.start).start, name.start - 30), name.start)
    ]
    if not own:
        return None
    # «от Нурмухаметова Ильдара…» or a line that begins with the name; the first in the head decides.
    head = [name for name in own if name.start < 700]
    labelled = [name for name in head if main.words.has(_LABELS, max(0, name.start - _LABEL_REACH), name.start)]
    if labelled:
        return labelled[0]
    return (head or own)[0]


def _is_assignee(main: Sheet, sheets: Sequence[Sheet]) -> bool:
    if any(sheet.type == "CESSION" for sheet in sheets):
        return True
    return main.words.has(_ASSIGNMENT, gap=1)


def _firm(main: Sheet) -> Span | None:
    for match in _OWN_ORGANISATION.finditer(main.folded[:900]):
        before = main.folded[max(0, match.start() - 90) : match.start()]
        if re.search(r"заявител|уступлен|цессионари|\bот\s*\Z", before):
            return Span(*match.span())
    return None


def _from_elsewhere(main: Sheet, sheets: Sequence[Sheet]) -> Applicant:
    """The letter's head could not be read: the name that most other papers bear."""
    counted: Counter[str] = Counter()
    first: dict[str, tuple[Sheet, NameValue]] = {}
    for sheet in sheets:
        for value in {n.value: n for n in find_names(sheet.spelled) if n.form == "full"}.values():
            counted[value.value] += 1
            first.setdefault(value.value, (sheet, value))
    if not counted:
        return Applicant(name=None, type=None, person=None, at=0)
    spelled, times = counted.most_common(1)[0]
    sheet, name = first[spelled]
    initials = main.words.first((fold(name.surname)[:6] + "*",))
    if times < 2 and initials is None:
        return Applicant(name=None, type=None, person=None, at=0)
    quotes = sheet.quotes(Span(name.start, name.end))
    return Applicant(
        name=Fact(value=spelled, quotes=quotes),
        type=Fact(value="consumer", quotes=quotes),
        person=name,
        at=initials.start if initials else 0,
    )


def _vote(chosen: NameValue, sheets: Sequence[Sheet]) -> str:
    """Of the spellings near to the one in the head, the one whose words are words, then the one most papers have; the
    head's own when they are even."""
    spellings: Counter[str] = Counter()
    for sheet in sheets:
        for name in find_names(sheet.spelled):
            if name.form == "full" and name.gender == chosen.gender:
                value = _titled(name.value)
                if Levenshtein.normalized_similarity(fold(value), fold(_titled(chosen.value))) >= 0.86:
                    spellings[value] += 1
    spellings[_titled(chosen.value)] += 1
    own = _titled(chosen.value)
    return max(spellings, key=lambda name: (_known_words(name), spellings[name], name == own))


def _known_words(name: str) -> int:
    """How many words of the name the dictionary knows: «Леонтьевна» rather than «Леснтьевна»."""
    return sum(is_word(fold(word)) for word in name.split())


def _titled(name: str) -> str:
    return " ".join(
        "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-")) if word.isupper() else word
        for word in name.split()
    )


_CONTRACT_TYPES = ("POLICY_OSAGO", "CONTRACT_INS", "CONTRACT_CREDIT", "PAWN_TICKET", "NPF_CONTRACT", "ADDON_CERT",
                   "SCHEDULE")  # fmt: skip


def _elsewhere(spelled: str, main: Sheet, sheets: Sequence[Sheet]) -> tuple[Quote, ...]:
    """The same name as party of the contract: «Страхователь: …», with its label."""
    quotes: list[Quote] = []
    for sheet in sheets:
        if sheet is main or sheet.type not in _CONTRACT_TYPES:
            continue
        for name in find_names(sheet.spelled):
            if name.form == "full" and Levenshtein.normalized_similarity(fold(name.value), fold(spelled)) >= 0.8:
                line = sheet.sentences.line(name.start)
                start = line.start if name.start - line.start <= 45 else name.start
                quotes += sheet.quotes(Span(start, name.end))
                break
    return tuple(quotes[:2])


# A line that is signed: the word itself, initials beside a surname, or an electronic signature.
_SIGNS = re.compile(r"(?i:подпис|\bПЭП\b|\bУКЭП\b)|\b[А-ЯЁ]\.\s?[А-ЯЁ]\.|_{3,}|\b[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.")
_REPRESENTED = re.compile(
    r"(?:представля(?:ет|ют)|действу[а-я]+|в лице|подает|подано|обращается)"
    r"[^.;]{0,70}?(?:по|на основании)[^.;]{0,20}?доверенност[а-я]+"
)


def _signed_by_proxy(main: Sheet) -> Span | None:
    tail = max(0, len(main.folded) - 260)
    for signed in main.words.within(("по доверенности", "представитель по", "законный представитель"), tail):
        line = main.sentences.line(signed.start)
        if _SIGNS.search(main.text.text, line.start, line.end):
            return line
    standing_in = main.words.first(("представитель",), tail)
    if standing_in is not None:
        line = main.sentences.line(standing_in.start)
        if "подпис" in main.folded[line.start : line.end]:
            return line
    represented = _REPRESENTED.search(main.flat_folded, 0, 900)
    if represented is not None:
        return Span(represented.start(), represented.end())
    named = main.words.first(("представитель", "законный представитель"), 0, 700)
    if named is not None:
        line = main.sentences.line(named.start)
        if named.start - line.start < 4:
            return Span(named.start, min(line.end, named.start + 80))
    return None


def bears_name(sheet: Sheet, applicant: Applicant) -> bool:
    return applicant.surname is not None and sheet.words.has((fold(applicant.surname)[:7] + "*",))


def name_place(sheet: Sheet, applicant: Applicant) -> int:
    found = sheet.words.first((fold(applicant.surname or "")[:7] + "*",))
    return found.start if found else 0
