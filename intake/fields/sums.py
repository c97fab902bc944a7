"""Sums that the paper is about: totals, prices, what is asked, paid or owed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.fields.field import Found, Paper
from text.values.money import SumValue, find_sums

_STRONG = re.compile(
    r"(?:итого|всего|общая сумма|сумма(?! прописью)|размер(?:е)?|взыскать|взыщите|выплатить|доплатить|"
    r"возвратить|вернуть|"
    r"к (?:выплате|перечислению|оплате|выпл)|перечислен\S*|выплачен\S*|стоимость|цена|премия|вознаграждение|плата|"
    r"возмещени\S|требовани\S|оплачено|выдано|лимит|долг|задолженность)[^.;\n]{0,60}$"
)


def find_sum_fields(paper: Paper) -> Iterator[Found]:
    """Every sum with the word рубль, and table numbers after a word for a total; ИНН, phones and the like are none."""
    text = paper.text.text
    taken = [(contact.start, contact.end) for contact in paper.contacts]
    taken += [(number.start, number.end) for number in paper.identifiers]
    for item in find_sums(text, bare=True):
        if any(item.start < end and item.end > start for start, end in taken):
            continue
        strength = _strength(paper, item)
        if strength is None:
            continue
        yield Found(
            name="amount",
            start=item.start,
            end=item.end,
            value=f"{item.value:.2f}",
            strength=strength,
            check="none" if item.words_agree is None else "passed" if item.words_agree else "failed",
            repaired=item.repaired,
        )


def _strength(paper: Paper, item: SumValue) -> float | None:
    labelled = bool(_STRONG.search(paper.before(item.start, 80)))
    if labelled:
        return 0.9 if item.marked else 0.7
    return 0.6 if item.marked else None
