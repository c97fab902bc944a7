"""Telephones, e-mail addresses and postal addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.fields.field import Found, Paper

_LABELLED_HOUSE = (
    r"(?:д(?:\.|ом)?|кор[а-я]{1,2}(?:\.|ус)?|к\.|стр(?:\.|оение)?|лит(?:\.|ера)?|кв(?:\.|артира)?|оф(?:\.|ис)?|ком(?:\.|"
    r"н\.?)?|пом\.?|"
    r"участок|уч\.)\s?(?:№\s?)?\d+(?:[-/]\d+)?[а-я]?(?![а-я])"
)
_BARE_HOUSE = r"\d{1,3}[а-я]?(?:\s?[-/]\s?\d{1,3}){0,2}(?!\s?[-/.]?\s?\d|[а-я])"
_STREET = (
    r"(?:ул(?:\.|ица)|[мm][рp]\.|пр(?:-к?т|осп(?:\.|ект)?|-д|оезд|\.)|пер(?:\.|еулок)|ш(?:\.|оссе)|наб(?:\.|"
    r"ережная)|б-р|"
    r"бул(?:\.|ьвар)|"
    r"мкр(?:\.|-н)?|микрорайон|пл(?:\.|ощадь)|тракт|линия|снт|тупик|аллея)"
)
_CORE = re.compile(
    rf"(?:(?<![а-я]){_STREET}\s?[а-я0-9][^,;|\n()]{{1,40}}|[а-я][а-я\- ]{{2,30}}\s{_STREET}(?![а-я]))"
    rf"(?P<rest>(?:,?\s{{0,2}}{_LABELLED_HOUSE}|,\s{{0,2}}{_BARE_HOUSE})+)"
)
_LEFT = re.compile(
    r"(?:^|.*?[\s:(])(?P<chunk>(?<!\d)[1-6]\d{5}|(?:г(?:ор)?|город|с|село|пос|поселок|пгт|дер|деревня|д|ст-?ца|ст|"
    r"станица|х|хутор|р\.? ?п|аул)"
    r"(?:\.\s?|\s)[а-я][а-я\- ]{1,40}|[а-я\-]+(?:ая|ский|ий)\s(?:обл(?:\.|асть)?|край|р-н|район)|респ(?:\.|"
    r"ублика)\s[а-я\-]+(?: [а-я\-]+)?|"
    r"[а-я\-]+\s(?:республика|ао|обл\.?)|(?:г\.\s?)?(?:москва|санкт-петербург|с-петербург|севастополь)|"
    r"[а-я][а-я\-]{3,20}(?: [а-я][а-я\-]+)?)\s*\Z",
    re.DOTALL,
)
_BARE_CITY = re.compile(r"(?!.*(?:обл|край|р-н|район|респ))[а-я][а-я\-]{3,20}(?: [а-я][а-я\-]+)?")
_OWN = re.compile(
    r"(?:место жительства|прожив\S*|прож\.|живу|адрес\S*(?: регистрации| для писем| проживания| места жительства)?|"
    r"зарегистрирован\S*|регистраци\S|почта|почтовый адрес)[^.;\n]{0,40}$"
)
_ORGANISATION = re.compile(
    r"(?:ооо|оао|зао|пао|сао|спао|\bао\b|мкк|мфк|кпк|нпф|банк|филиал|инн \d{10}|куда)[^\n]{0,120}$"
)


def find_contact_fields(paper: Paper) -> Iterator[Found]:
    """Telephone as 7 and ten digits, e-mail in lower case, the addresses of the person whose paper it is."""
    for item in paper.contacts:
        value = item.value.lstrip("+") if item.kind == "phone" else item.value
        yield Found(name=item.kind, start=item.start, end=item.end, value=value, strength=0.9, repaired=item.repaired)
    for match in _CORE.finditer(paper.flowed):
        start = _address_start(paper.flowed, match.start())
        strength = _address_strength(paper, start)
        if strength is not None:
            value = paper.text.text[start : match.end()].replace("\n", " ")
            yield Found(name="address", start=start, end=match.end(), value=value, strength=strength)


def _address_start(folded: str, core: int) -> int:
    """Where the address begins: index, region, district and town stand before the street, parted by commas."""
    start = core
    named = False
    for _ in range(6):
        before = folded[max(0, start - 60) : start]
        stripped = before.rstrip(" ,\n")
        gap = before[len(stripped) :]
        if "," not in gap and start != core and not re.search(r"\d{6}\Z", stripped):
            break
        piece = stripped[max(stripped.rfind(","), stripped.rfind(";"), stripped.rfind("|"), stripped.rfind("\n")) + 1 :]
        match = _LEFT.match(piece)
        if match is None:
            break
        bare = bool(_BARE_CITY.fullmatch(match["chunk"])) and not re.match(r"(?:г|с|д|х|ст|пос)\b", match["chunk"])
        if bare and (named or match.start("chunk") > 1):
            index = re.search(r"(?<!\d)([1-6]\d{5})\s+\Z", piece[: match.start("chunk")])
            if index is None:
                break
        named = named or not match["chunk"].isdigit()
        start = start - len(gap) - len(piece) + match.start("chunk")
        if match["chunk"].isdigit():
            break
        index = re.search(r"(?<!\d)([1-6]\d{5})[,\s]+\Z", folded[max(0, start - 9) : start])
        if index is not None:
            start = max(0, start - 9) + index.start()
            break
    return start


def _address_strength(paper: Paper, start: int) -> float | None:
    before = paper.before(start, 110)
    if _OWN.search(before):
        return 0.95
    line = paper.line_before(start)
    if _ORGANISATION.search(line) or (not line.strip() and _ORGANISATION.search(before[-70:])):
        return None
    if re.search(r"уполномоченн\S+(?: по\b[^.]{0,60})?\s*$", before):  # the ombudsman's own address
        return None
    return 0.6
