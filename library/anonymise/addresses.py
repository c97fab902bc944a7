"""Addresses of people and places: a street with its house, stretched over the parts of the address around it.

An organisation's own address («место нахождения») is public and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = (
    r"(?:им\. ?|имени )?[А-ЯЁ0-9][А-Яа-яЁё0-9]*(?:[ \-](?:[А-ЯЁ0-9][А-Яа-яЁё0-9]*|летия|лет|и|на|Дону))*"
    r"(?: [а-яё]{3,12}(?=,))?"
)
_STREET = (
    r"(?:ул|пр-?к?т|просп|пер|б-?р|бул|пр-?д|ш|наб|мкр|мкрн|туп|ал|тр|пл|кв-л|р-н)\.?(?= ?(?:им\.|имени|[А-ЯЁ0-9]))|"
    r"улиц[аеуы]|проспект[а-я]*|переул[а-я]+|бульвар[а-я]*|проезд[а-я]*|шоссе|набережн[а-я]+|микрорайон[а-я]*|тупик[а-я]*|"
    r"алле[а-я]+|тракт[а-я]*|площад[а-я]+|квартал[а-я]*|лини[а-я]+|снт|днт|дор\."
)
_HOUSE = (
    r"(?:д(?:ом[а-я]*)?\.?|владение|вл\.|участ[а-я]+|уч\.)(?: ?№)? ?\d+ ?[А-Яа-я]?(?:[/\-]\d+[А-Яа-я]?)?(?![А-Яа-я0-9])"
)
_INSIDE = (
    r"(?:корп(?:ус)?|к|стр(?:оение)?|кв(?:артира|артире|артиры)?|ком(?:ната)?|оф(?:ис)?|пом(?:ещение)?|лит(?:ера|ер)?|"
    r"под(?:ъезд)?|эт(?:аж)?|блок)\.?(?: ?№)? ?[0-9А-Я]+[а-яА-Я]?(?![А-Яа-я0-9])"
)
_SETTLEMENT = (
    r"(?:г|гор|с|д|дер|п|пос|пгт|рп|р\. ?п|ст-?ца|ст|х|хут|аул|г\. ?о|м\. ?о|р-н)\.? ?(?=[А-ЯЁ])|"
    r"город[а-я]{0,2} |сел[оаеу] |деревн[а-я]+ |посёлок[а-я]* |поселок[а-я]* |станиц[а-я]+ |хутор[а-я]* |аул[а-я]* |"
    r"городско[а-я]+ (?:округ[а-я]*|поселени[а-я]+) |район[а-я]* "
)
_REGION = (
    r"\d{6}|Росси[ияй]+|Российск[а-я]+ Федераци[а-я]+|РФ|"
    r"[А-ЯЁ][А-Яа-яЁё\- –()]{2,60}?(?:обл\.|област[а-я]+|край|крае|края|респ\.|[Рр]еспублик[а-я]+|АО|"
    r"автономн[а-я]+ округ[а-я]*(?: [–—-] [А-ЯЁ][а-я]+)?|р-н|район[а-я]*|округ[а-я]*)|"
    r"(?:Респ\.|Республик[аеиу]) [А-ЯЁ][А-Яа-яЁё\- ]{2,40}(?: \([А-ЯЁ][а-я]+\))?|"
    rf"(?:{_SETTLEMENT}){_NAME}|(?:Москва|Санкт-Петербург|Севастополь)"
)
_COMMA = r" ?, ?"
_ADDRESS = re.compile(
    rf"(?<![А-Яа-яЁё0-9])(?:(?:{_REGION}){_COMMA}){{0,6}}"
    rf"(?:(?:{_STREET}) ?{_NAME}|{_NAME} (?:{_STREET})|(?:{_SETTLEMENT}){_NAME})"
    rf"{_COMMA}(?:{_HOUSE}|\d+[А-Яа-я]?(?:[-/]\d+[А-Яа-я]?)?(?! ?[А-Яа-я0-9.]))(?:{_COMMA}(?:{_INSIDE}|{_HOUSE}))*"
)
_LABELLED = re.compile(
    r"(?:мест[оау] жительства|"
    r"адрес[а-я]*(?: (?:регистрации|проживания|места жительства|для корреспонденции|почтовый))?|"
    r"зарегистрирован[а-я]*(?: по адресу)?|прожива[а-я]+(?: по адресу)?|место пребывания)"
    r"(?: указан[а-я]*)? ?[:–—-] ?"
    rf"(?P<address>(?:{_REGION})(?:{_COMMA}(?:{_REGION}|(?:{_STREET}) ?{_NAME}|{_HOUSE}|{_INSIDE}))*)"
)
_IN_PROSE = re.compile(
    rf"(?:(?:в|из) )?(?:{_SETTLEMENT}){_NAME},? (?:(?:по|на) )?(?:{_STREET}) ?{_NAME},? "
    rf"(?:в )?дом[а-я]{{0,2}} ?№? ?\d+ ?[А-Яа-я]?(?![А-Яа-я0-9])(?:,? (?:в |и )?(?:{_INSIDE}))*"
)
_PUBLIC_LABEL = re.compile(r"(?:мест[оау] нахождения|юридическ[а-я]+ адрес[а-я]*|адрес[а-я]* организации)[^;)]{0,20}$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """text[start:end] is an address; `public`: an organisation's, which stays."""

    start: int
    end: int
    public: bool


def find_addresses(text: str) -> Iterator[Address]:
    """Addresses in joined `text`; finds may overlap, the first of them is the surest."""
    patterns: tuple[tuple[re.Pattern[str], int | str], ...] = ((_ADDRESS, 0), (_LABELLED, "address"), (_IN_PROSE, 0))
    for pattern, group in patterns:
        for match in pattern.finditer(text):
            start, end = match.span(group)
            public = _PUBLIC_LABEL.search(text[max(0, start - 60) : start].lower()) is not None
            yield Address(start=start, end=end, public=public)
