"""What a letter asks for that names no sum: the sum which its story says is owing."""

from __future__ import annotations

import re
from decimal import Decimal

from intake.facts import ClaimItem
from intake.reading_facts.item_kinds import GENERIC, ItemKind, kind_in
from intake.reading_facts.sheets import Sheet, SumAt
from intake.reading_facts.words import Span

NOT_A_DEMAND = (
    "прошу направить реквизиты",
    "прошу восстановить срок",
    "прошу рассмотреть",
    "прошу приобщить",
    "прошу считать",
    "прошу защитить",
    "прошу дополнить",
    "прошу сообщить",
    "прошу запросить",
    "прошу истребовать",
    "прошу назначить эксперт*",
    "требования к",
    "к кому требовани*",
    "кому предъявлен*",
    "чье требование",
    "основани* требован*",
    "требования потребител*",
)
_OWED = ("разниц*", "недоплат*", "недоплатил*", "не хватает", "недостает", "переплат*", "переплатил*", "итого", "всего",
         "не доплатил*", "лишние", "лишних", "потер*", "подешевел*", "удержал*", "взыскать", "вернуть", "вернули",
         "возместить", "компенсировать", "сумма", "насчитал*", "списал*", "пеня", "неустойк*", "убыт*",
         "ущерб")  # fmt: skip
_ITS = ("их и прошу", "ее и прошу", "его и прошу", "их прошу", "ее прошу", "эту сумму", "эти деньги", "это и прошу")
_ASKS = (
    "прошу",
    "просим",
    "требую",
    "верните",
    "взыщите",
    "хочу",
    "помогите",
    "возместите",
    "просит",
    "считаю",
    "заявлен*",
    "пусть платят|заплатят|вернут|возместят",
    "по моему подсчету",
    "обязать",
)
_NOT_OWED = ("взыскали", "решением", "премия", "стоил*", "цена",
             "зарплат*", "оклад", "пенси*", "лимит*", "страховая сумма", "сумма кредита",
             "из них", "вместо", "франшиз*", "в день", "ежемесячн*", "платеж", "выплатил*", "перечислил*", "дали",
             "пришло", "получил*", "взял*", "внес*", "накопил*")  # fmt: skip


def owed_in_story(sheet: Sheet) -> list[ClaimItem]:
    """A demand without a sum («Прошу взыскать»): the sum that the story says is owing.

    Best is the sum that the asking words point back to («41 300 рублей, их и прошу»), then one that a word of
    shortage stands beside, then the only one; the nearest to the demand among equals.
    """
    words = sheet.words
    refused = words.within(NOT_A_DEMAND)
    asks = [ask for ask in words.within(_ASKS) if not any(r.start <= ask.start < r.end for r in refused)]
    aside = [sheet.sentences.around(place.start) for place in refused]
    sums = [
        item
        for item in sheet.sums
        if (item.marked or item.value >= 1000) and not any(s.start <= item.start < s.end for s in aside)
    ]
    if not sums:
        return []
    largest = max(item.value for item in sums)
    sums = [item for item in sums if item.value * 100 > largest]
    values = {item.value for item in sums}
    pointing = words.first(_ITS)
    ranked: list[tuple[int, int, SumAt]] = []
    for item in sums:
        sentence = sheet.sentences.around(item.start)
        low, high = max(sentence.start, item.start - 45), min(sentence.end, item.end + 30)
        rank = 3
        if pointing is not None and item.end <= pointing.start <= sentence.end + 2:
            rank = 0
        elif words.has(("разниц*", "недоплат*", "не хватает", "недостает", "итого", "всего"), low, high, gap=1):
            rank = 1
        elif len(values) == 1 or words.has(_OWED, low, high, gap=1):
            rank = 2
        if rank >= 2 and words.has(_NOT_OWED, low, item.start, gap=1) and len(values) > 1:
            rank = 4
        distance = min((abs(ask.start - item.end) for ask in asks), default=len(sheet.folded) - item.end)
        ranked.append((rank, distance, item))
    if not ranked:  # «0 руб.» alone
        return []
    rank, _, chosen = min(ranked, key=lambda entry: entry[:2])
    if rank == 4 or (rank == 3 and not asks):
        return []
    sentence = sheet.sentences.around(chosen.start)
    kind = kind_in(sheet, Span(sentence.start, chosen.start)) or kind_in(sheet, Span(chosen.end, sentence.end))
    return [claim_of(sheet, kind, chosen.value, Span(max(sentence.start, chosen.start - 60), chosen.end))]


def claim_of(sheet: Sheet, kind: ItemKind | None, amount: Decimal | None, span: Span) -> ClaimItem:
    """One demand with its sum in roubles, quoted without the list mark before it."""
    return ClaimItem(
        item=kind.label if kind is not None else GENERIC,
        amount=amount,
        kind=kind.kind if kind is not None else "money",
        quotes=sheet.quotes(_trimmed(sheet, span)),
    )


def _trimmed(sheet: Sheet, span: Span) -> Span:
    match = re.match(r"(?:\s|[,;:.–—-]|\d{1,2}[.)]|и\s|а\s|[\])])+", sheet.folded[span.start : span.end])
    return Span(span.start + (match.end() if match else 0), span.end)
