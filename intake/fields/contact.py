"""Telephones, e-mail addresses and postal addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.fields.field import Found, Paper
from text.values.contacts import find_contacts

_PLACE = (
    r"(?:г(?:ор)?\.|город|с\.|село|пос\.|пгт|дер\.|д\.|ст\.|станица|респ[а-я.]*|обл[а-я.]*|край|р-н|санкт-петербург|москва)"
)
_STREET = (
    r"(?:ул(?:\.|ица)|пр(?:-к?т|осп(?:\.|ект)?|-д|оезд|\.)|пер(?:\.|еулок)|ш(?:\.|оссе)|наб(?:\.|ережная)|б-р|бул\S*|"
    r"мкр\S*|пл(?:\.|ощадь)|тракт|линия|снт)"
)
_INDEX = r"(?<!\d)[1-6]\d{5}(?!\d)"
_ADDRESS = re.compile(
    rf"(?:{_INDEX},?\s+[^\n;|]{{0,60}}?(?:{_STREET}|{_PLACE})|(?<![а-я]){_PLACE}\s?[а-я][^\n;|()]{{1,70}}?(?<![а-я]){_STREET})"
    r"[^\n;|()]{2,70}?(?=[;|()\n]|,?\s(?:тел|т\.|моб|эл\.|e-?mail|почт|паспорт|инн|огрн|снилс|родил|дата|именуем|цедент|далее)|"
    r"\s[а-я\d._-]+@|\+7|\s8[ (-]\d{3}|\.\s*$|\.\s[а-я]|$)",
    re.MULTILINE,
)
_FLAT = re.compile(r"(?:кв(?:\.|артира)\s?\d+|оф(?:\.|ис)\s?\d+|,\s?\d+[а-я]?(?:[-/,]\s?\d+)*|д(?:\.|ом)\s?\d+[а-я]?)")
_OWN = re.compile(
    r"(?:место жительства|прожив\S*|прож\.|живу|адрес\S*(?: регистрации| для писем| проживания| места жительства)?|"
    r"зарегистрирован\S*|регистраци\S|почта|почтовый адрес)[^.;\n]{0,40}$"
)
_ORGANISATION = re.compile(r"(?:ооо|оао|зао|пао|сао|спао|\bао\b|мкк|мфк|кпк|нпф|банк|филиал|инн \d{10}|куда)[^\n]{0,120}$")


def find_contact_fields(paper: Paper) -> Iterator[Found]:
    """Telephone as 7 and ten digits, e-mail in lower case, the addresses of the person whose paper it is."""
    for item in find_contacts(paper.text.text):
        value = item.value.lstrip("+") if item.kind == "phone" else item.value
        yield Found(
            name=item.kind, start=item.start, end=item.end, value=value, strength=0.9, repaired=item.repaired
        )
    for match in _ADDRESS.finditer(paper.folded):
        raw = paper.text.text[match.start() : match.end()].rstrip(" ,.")
        if not _FLAT.search(match.group()):
            continue
        strength = _address_strength(paper, match.start())
        if strength is not None:
            yield Found(
                name="address", start=match.start(), end=match.start() + len(raw), value=raw, strength=strength
            )


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
