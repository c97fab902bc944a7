"""References to statutes: found in text, brought to one normal form, compared as parts of one another.

Normal forms are the short ones lawyers write: «ч. 2 ст. 333 ГК РФ», «п. 15.1 ст. 12 40-ФЗ», «№ 431-П»,
«п. 38 ПП ВС РФ № 31». What is written long («пунктом 15.1 статьи 12 Федерального закона от 25.04.2002 № 40-ФЗ»), by
name («Закона об ОСАГО») or misread («cт. 12 4О-Ф3») comes to the same form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product as every_choice

from text.normalise import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Norm:
    """text[start:end] refers to `norm`, a normal form. A list («ст. 309, 310 ГК РФ») gives one `Norm` an item."""

    norm: str
    start: int
    end: int


_NAMED_LAWS = (
    (r"о защите прав потребителей|(?<=закона )о зпп|(?<=закон )о зпп", "Закона РФ № 2300-1"),
    (r"об организации страхового дела", "Закона РФ № 4015-1"),
    (r"о банках(?: и банковской деятельности)?", "Закона РФ № 395-1"),
    (r"об осаго|об обязательном страховании гражданской ответственности владельцев", "40-ФЗ"),
    (r"о потребительском кредите", "353-ФЗ"),
    (r"о финансовом уполномоченном|об уполномоченном по правам потребителей", "123-ФЗ"),
    (r"о национальной платежной системе|о нпс", "161-ФЗ"),
    (r"об исполнительном производстве", "229-ФЗ"),
    (r"о ломбардах", "196-ФЗ"),
    (r"о кредитной кооперации", "190-ФЗ"),
    (r"о негосударственных пенсионных фондах", "75-ФЗ"),
    (r"о микрофинансовой деятельности", "151-ФЗ"),
    (r"о несостоятельности|о банкротстве", "127-ФЗ"),
    (r"об электронной подписи", "63-ФЗ"),
    (r"о противодействии легализации", "115-ФЗ"),
    (r"об обязательном пенсионном страховании", "167-ФЗ"),
    (r"о страховании вкладов", "177-ФЗ"),
)
_CODES = (
    (r"гпк|гражданского процессуального кодекса", "ГПК РФ"),
    (r"гк|гражданского кодекса", "ГК РФ"),
    (r"апк", "АПК РФ"),
    (r"нк|налогового кодекса", "НК РФ"),
    (r"тк|трудового кодекса", "ТК РФ"),
    (r"жк|жилищного кодекса", "ЖК РФ"),
    (r"ск|семейного кодекса", "СК РФ"),
    (r"ук|уголовного кодекса", "УК РФ"),
    (r"коап|кодекса(?: рф| российской федерации)? об административных правонарушениях", "КоАП РФ"),
)
_DATE = r"(?:\s*от\s+(?:\d{1,2}[.\s]\d{2}[.\s]\d{4}|\d{1,2}\s+[а-я]{3,9}\s+\d{4})(?:\s*г(?:\.|ода)?)?)?"
_NO = r"\s*(?:№|n|no|n°)?\s*"
_NO_MUST = r"\s*(?:№|n)\s*"
_RUSSIA = r"(?:\s*(?:рф|российской федерации|россии))?"
_DIGITS = r"[\dоo]"
_FZ = r"ф[з3э]"

# Each alternative of a source has one named group; which group matched says how to write it.
_SOURCE = re.compile(
    "|".join(
        [
            rf"(?:федеральн\w+\s+)?(?:закон\w*|фз)?{_RUSSIA}{_DATE}{_NO}(?<![\d.])"
            rf"(?P<federal>\d{_DIGITS}{{0,2}})\s*-\s*(?:{_FZ})\b",
            rf"(?:закон\w*{_RUSSIA}{_DATE}{_NO}|№\s*)(?P<russian>\d{{3,4}})\s*-\s*[1il](?!\d)",
            r"(?:федеральн\w+\s+)?закон\w*" + rf"{_RUSSIA}{_DATE}" + r"\s*\"?(?P<named>"
            + "|".join(pattern for pattern, _ in _NAMED_LAWS) + r")\b",
            rf"(?:положени\w+|указани\w+|инструкци\w+)?(?:\s*(?:банка россии|цб рф|бр))?{_DATE}{_NO}(?<![\d.])"
            r"(?P<bank>\d{3,4}\s*-\s*[пуи])\b",
            rf"(?:приказ\w*)?(?:\s*банка россии)?{_DATE}{_NO}\b(?P<order>од\s*-\s*\d{{3,5}})\b",
            r"(?:постановлени\w+\s+пленума(?:\s+(?:верховного суда|вс))?|пп\s?вс|пленума(?:\s+(?:верховного суда|вс)))"
            + rf"{_RUSSIA}{_DATE}{_NO_MUST}(?P<plenum>\d{{1,3}})\b",
            rf"(?:постановлени\w+\s+правительства|пп(?=\s+рф)){_RUSSIA}{_DATE}{_NO_MUST}(?P<government>\d{{1,4}})\b",
            r"тр\s+тс\s+(?P<technical>\d{3}/\d{4})",
            r"(?P<method>един\w+ методик\w+)",
            r"(?P<rules>правил\w*\s+осаго)",
            *(rf"\b(?P<code{index}>{pattern})\b{_RUSSIA}" for index, (pattern, _) in enumerate(_CODES)),
        ]
    )
)  # fmt: skip

_NUMBER = rf"\d{_DIGITS}{{0,3}}(?:\.\d{{1,2}})*(?:-\d{{1,2}}(?!\d|\s*-?\s*ф[з3]))?"
_LIST = rf"{_NUMBER}(?:\s*(?:,|;|\bи\b)\s*{_NUMBER}(?!\s*-?\s*{_FZ})(?![.\d]))*"
_PART = re.compile(
    "|".join(
        [
            r"\b(?:подп(?:ункт\w*)?|пп)\.?\s*(?P<sub>\"[а-я]\"|\b[а-я]\b|\d{1,2}(?:\.\d{1,2})?)",
            rf"\b(?:п|пункт\w*)\.?\s*(?:п\.?\s*)?(?P<point>{_LIST})",
            rf"\b(?:ч|част(?:ь|и|ью|ей|ям|ями|ях))\.?\s*(?:ч\.?\s*)?(?P<clause>{_LIST})",
            rf"\b(?:ст|стат(?:ья|ьи|ье|ью|ей|ьей|ьям|ьями|ьях))\.?\s*(?:ст\.?\s*)?(?P<article>{_LIST})",
        ]
    )
)
_ABBREVIATIONS = {"sub": "подп.", "point": "п.", "clause": "ч.", "article": "ст."}
_ORDER = ("sub", "point", "clause", "article")
_GAP = re.compile(r"[\s,]*(?:\bи\s+)?\Z")
_STANDS_ALONE = {"federal", "russian", "bank", "order", "plenum", "government", "technical", "named", "rules", "method"}
"""Sources that are a reference without a part: «ГК» alone says nothing, «40-ФЗ» does."""
_LONGEST_GAP = 4
_MOST_CHAINS = 20
_SPLIT_LIST = re.compile(r"\s*(?:,|;|\bи\b)\s*")
_LAW_AFTER_PART = "Закона РФ"


def find_norms(text: str) -> list[Norm]:
    """Every reference in `text`, in order. An article whose statute is not named beside it is no reference."""
    folded = fold(text)
    parts = list(_PART.finditer(folded))
    found: list[Norm] = []
    for source in _SOURCE.finditer(folded):
        start = source.start() + len(source.group()) - len(source.group().lstrip())
        name = _source_name(source)
        chains = _chains(folded, parts, start)
        if not chains and str(source.lastgroup) in _STANDS_ALONE:
            found.append(Norm(norm=_alone(name), start=start, end=source.end()))
        for chain in chains:
            found += [
                Norm(norm=f"{prefix} {name}", start=chain[0].start(), end=source.end()) for prefix in _prefixes(chain)
            ]
    return found


def ancestors(norm: str) -> tuple[str, ...]:
    """`norm` (a normal form) and what it is a part of: («п. 21 ст. 12 40-ФЗ», «ст. 12 40-ФЗ», «40-ФЗ»)."""
    chain = [norm]
    rest = norm
    while match := _LEADING_PART.match(rest):
        rest = rest[match.end() :]
        chain.append(rest if _LEADING_PART.match(rest) else _alone(rest))
    return tuple(chain)


_LEADING_PART = re.compile(r"(?:подп\.|п\.|ч\.|ст\.) \S+ ")


def _chains(folded: str, parts: list[re.Match[str]], start: int) -> list[list[re.Match[str]]]:
    """The runs of parts that end right before `start`: «п. 2 ст. 10, ст. 15» → [п. 2, ст. 10], [ст. 15]."""
    chains: list[list[re.Match[str]]] = []
    kinds: set[str] = set()
    for part in _before(parts, start):
        gap = folded[part.end() : start]
        if len(gap) > _LONGEST_GAP or not _GAP.match(gap) or len(chains) > _MOST_CHAINS:
            break
        kind = str(part.lastgroup)
        if not chains or kind in kinds:
            chains.insert(0, [])
            kinds = set()
        chains[0].insert(0, part)
        kinds.add(kind)
        start = part.start()
    return chains


def _before(parts: list[re.Match[str]], position: int) -> Iterator[re.Match[str]]:
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high) // 2
        if parts[middle].end() <= position:
            low = middle + 1
        else:
            high = middle
    return reversed(parts[:low])


def _prefixes(chain: list[re.Match[str]]) -> Iterator[str]:
    """«п. 1, 2 ст. 10» → «п. 1 ст. 10», «п. 2 ст. 10»."""
    choices: list[list[str]] = []
    for part in sorted(chain, key=lambda match: _ORDER.index(str(match.lastgroup))):
        kind = str(part.lastgroup)
        values = [part.group(kind)] if kind == "sub" else _SPLIT_LIST.split(part.group(kind))
        choices.append([f"{_ABBREVIATIONS[kind]} {_number(value)}" for value in values if value])
    for choice in every_choice(*choices):
        yield " ".join(choice)


def _number(value: str) -> str:
    letter = value.strip('"')
    if letter.isalpha():
        return f"«{letter}»"
    return letter.replace("о", "0").replace("o", "0")


def _source_name(source: re.Match[str]) -> str:
    """The statute as written after a part of it."""
    kind = str(source.lastgroup)
    value = re.sub(r"\s", "", source.group(kind))
    match kind:
        case "federal":
            return f"{_number(value)}-ФЗ"
        case "russian":
            return f"{_LAW_AFTER_PART} № {value}-1"
        case "bank" | "order":
            return f"№ {value.upper()}"
        case "plenum":
            return f"ПП ВС РФ № {value}"
        case "government":
            return f"ПП РФ № {value}"
        case "technical":
            return f"ТР ТС {value}"
        case "method":
            return "Единой методики"
        case "rules":
            return "Правил ОСАГО"
        case "named":
            return next(name for pattern, name in _NAMED_LAWS if re.fullmatch(pattern, source.group(kind)))
        case _:
            return _CODES[int(kind.removeprefix("code"))][1]


def _alone(name: str) -> str:
    """The statute as written by itself."""
    replaced = name.replace(_LAW_AFTER_PART, "Закон РФ")
    return replaced.replace("Единой методики", "Единая методика").replace("Правил ОСАГО", "Правила ОСАГО")
