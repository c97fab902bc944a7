"""The organisation of the paper: its name, ИНН, ОГРН, КПП."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.fields.field import Found, Paper
from text.look_alikes import to_cyrillic

_FORM = r"(?:ООО|000|ОOO|АО|A0|АO|AO|ПАО|ПAО|ПАO|ОАО|ЗАО|САО|СПАО|КПК|КПКГ|СКПК|АНО|НКО|МКК|МФК|МФО|КБ|НПФ|РНКО|НСЖ)"
_QUOTES = "«»„“”\"'"
_QUOTED = re.compile(
    rf"(?<![А-Яа-яЁё])(?P<form>{_FORM}(?:\s+(?:{_FORM}|СК|СО|СЖ|Банк|Ломбард|[А-ЯЁ]?[а-яё]{{4,12}})){{0,3}})\s{{0,2}}"
    rf"[{_QUOTES}]{{1,2}}(?P<name>[^\n{_QUOTES}]{{2,60}}(?:\s?[{_QUOTES}][^\n{_QUOTES}]{{2,60}})?)[{_QUOTES}]{{1,3}}"
)
_LONG = re.compile(
    rf"(?P<form>(?:публичное |непубличное |страховое |открытое |закрытое )*(?:акционерное общество|"
    rf"общество с ограниченной "
    rf"ответственностью|кредитный потребительский кооператив)(?:[^{_QUOTES}\n]{{0,60}}))\s?[{_QUOTES}]{{1,2}}"
    rf"(?P<name>[^\n{_QUOTES}]{{2,60}}(?:\s?[{_QUOTES}][^\n{_QUOTES}]{{2,60}})?)[{_QUOTES}]{{1,3}}",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"(?<![А-Яа-яЁё\d])(?!000)(?P<form>{_FORM}(?:\s+(?:{_FORM}|СК|"
    rf"СО))?)\s+(?P<name>[А-ЯЁ][А-Яа-яё\-]+(?:\s[А-Яа-яЁё\-]{{3,}}){{0,2}})"
)
_KIND = re.compile(
    rf"(?<![а-яё])(?P<form>[Сс]траховая компания|[Лл]омбард|[Бб]анк|[Кк]ооператив|[Фф]онд|"
    rf"СК)\s+[{_QUOTES}](?P<name>[^\n{_QUOTES}]{{2,50}})[{_QUOTES}]"
)
_LATIN_CAPITALS = re.compile(r"(?<![A-Za-zА-Яа-яЁё])[ABCEHKMOPTX]{2,}(?![A-Za-zА-Яа-яЁё])")
_FINANCIAL = re.compile(
    r"банк|страхов|ломбард|мфк|мкк|мфо|кпк|нпф|\bск\b|сао|спао|\bсо\b|кб\b|жизнь|займ|заем|деньг|гарант|полис|"
    r"пенсион|кооператив"
)
_APPLICANT = re.compile(r"(?<![а-я])(?:заявитель|цессионарий)(?: ?\([^)]{0,60}\))?[\s:|—-]*$")
_LABEL = re.compile(
    r"(?:финансовая организация|фин\S* ?орг\S*|страховщик\S*|кредитор\S*|займодавец|организация|"
    r"наименование(?: финансовой организации| мфо)?|"
    r"получатель|на|к|с|против|в отношении|в|кому|между|взыскать с|ответчик\S*|страховая|гарант|исполнител\S+|"
    r"фонд\S*|общество)[\s:|,.—-]*$"
)


def find_organisation_fields(paper: Paper) -> Iterator[Found]:
    """Names of organisations (financial and labelled ones first), ИНН of ten digits, ОГРН, ОГРНИП, КПП."""
    text = paper.text.text
    taken: list[tuple[int, int]] = []
    for pattern in (_QUOTED, _LONG, _KIND, _PLAIN):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and end > other_start for other_start, other_end in taken):
                continue
            taken.append((start, end))
            yield Found(
                name="org_name",
                start=start,
                end=end,
                value=_written(match),
                strength=_strength(paper, match.group(), start),
            )
            if _APPLICANT.search(paper.before(start, 90)):
                yield Found(name="applicant_name", start=start, end=end, value=_written(match), strength=0.85)
    for item in paper.identifiers:
        if item.kind in ("ogrn", "ogrnip", "kpp") or (item.kind == "inn" and len(item.value) == 10):
            yield Found(
                name="org_inn" if item.kind == "inn" else item.kind,
                start=item.start,
                end=item.end,
                value=item.value,
                strength=0.9 if item.labelled else 0.6,
                check=item.check,
                repaired=item.repaired,
            )


def _written(match: re.Match[str]) -> str:
    """One spelling of the quotes: «…», and „…“ inside; the form as printed."""
    name = re.sub(rf"\s?[{_QUOTES}]+", "„", match["name"].strip(), count=1)
    inner = "„" in name
    if inner:
        outer, inside = name.split("„", 1)
        name = f"{outer.strip()} „{inside.strip()}“" if outer.strip() else inside.strip()
    name = _LATIN_CAPITALS.sub(lambda capitals: to_cyrillic(capitals.group()), name)
    form = re.sub(r"\s+", " ", match["form"].strip())
    return f"{to_cyrillic(form.replace('000', 'ООО').replace('A0', 'АО'))} «{name}»"


def _strength(paper: Paper, name: str, start: int) -> float:
    strength = 0.5
    if _FINANCIAL.search(name.lower()):
        strength += 0.2
    if _LABEL.search(paper.before(start, 60)):
        strength += 0.15
    if start < 200:
        strength += 0.1
    return min(strength, 0.95)
