"""The classes of personal data and what stands in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

PersonalClass = Literal[
    "name", "address", "passport", "birth_date", "birth_place", "snils", "inn", "ogrnip", "phone", "email", "account",
    "card", "vin", "plate", "vehicle_doc", "driver_licence", "policy", "contract", "claim_number", "case_number",
    "poa", "cadastral", "medical_number", "civil_act",
]  # fmt: skip
PERSONAL_CLASSES: tuple[PersonalClass, ...] = get_args(PersonalClass)

PSEUDONYMS: dict[PersonalClass, str] = {
    "address": "<адрес>",
    "passport": "<паспорт>",
    "birth_date": "<дата рождения>",
    "birth_place": "<место рождения>",
    "snils": "<СНИЛС>",
    "inn": "<ИНН>",
    "ogrnip": "<ОГРНИП>",
    "phone": "<телефон>",
    "email": "<электронная почта>",
    "account": "<счёт>",
    "card": "<карта>",
    "vin": "<VIN>",
    "plate": "<госномер>",
    "vehicle_doc": "<документ на автомобиль>",
    "driver_licence": "<водительское удостоверение>",
    "policy": "<полис>",
    "contract": "<номер договора>",
    "claim_number": "<номер убытка>",
    "case_number": "<номер дела>",
    "poa": "<доверенность>",
    "cadastral": "<кадастровый номер>",
    "medical_number": "<медицинский документ>",
    "civil_act": "<свидетельство>",
}
"""Names have none here: each person gets a number of their own (ФИО1, ФИО2), so that a story can still be followed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Personal:
    """text[start:end] is personal data of class `kind`."""

    kind: PersonalClass
    start: int
    end: int


def without_overlaps(found: list[Personal]) -> list[Personal]:
    """In order of places; of two that overlap the earlier in the list stays, stretched over both where they cross."""
    kept: list[Personal] = []
    for item in found:
        crossing = [other for other in kept if item.start < other.end and other.start < item.end]
        if not crossing:
            kept.append(item)
            continue
        first = crossing[0]
        if len(crossing) == 1 and (item.start < first.start or item.end > first.end):
            kept[kept.index(first)] = Personal(
                kind=first.kind, start=min(item.start, first.start), end=max(item.end, first.end)
            )
    # stretching may make two touch that did not
    ordered: list[Personal] = []
    for item in sorted(kept, key=lambda one: one.start):
        if ordered and item.start < ordered[-1].end:
            last = ordered[-1]
            ordered[-1] = Personal(kind=last.kind, start=last.start, end=max(last.end, item.end))
        else:
            ordered.append(item)
    return ordered
