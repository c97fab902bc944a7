"""Names for sums: what a demand without a name is for, and which demand of the claim letter is the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from intake.facts import ClaimItem, Fact
from intake.reading_facts.claims import Petition
from intake.reading_facts.item_kinds import GENERIC, KINDS, ItemKind
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span


def amount_of(main: Sheet | None, petition: Petition, claims: Sequence[ClaimItem]) -> Fact[Decimal] | None:
    amounts = [item.amount for item in claims if item.amount is not None]
    if petition.total is not None and main is not None:
        quotes = main.quotes(petition.total_span)
        return Fact(value=petition.total, quotes=quotes or tuple(q for item in claims for q in item.quotes))
    if not amounts:
        return None
    quotes = tuple(q for item in claims if item.amount is not None for q in item.quotes)
    return Fact(value=sum(amounts, Decimal(0)), quotes=quotes)


def topic_of(sheet: Sheet | None, trade: str | None = None) -> ItemKind | None:
    """What the money is for when the demand itself does not say: the kind the letter speaks of most, within what the
    organisation's trade (`Organisation.kind`) pays."""
    if sheet is None:
        return None
    best: tuple[int, ItemKind] | None = None
    for kind in KINDS:
        paid = kind.kind == "money" and _is_paid_by(kind.label, trade)
        times = len(sheet.words.within(kind.cues, gap=1)) if paid else 0
        if times and (best is None or times > best[0]):
            best = (times, kind)
    return best[1] if best is not None else None


def _renamed(items: Sequence[ClaimItem], topic: ItemKind | None) -> tuple[ClaimItem, ...]:
    return tuple(
        replace(item, item=topic.label) if item.item == GENERIC and topic is not None else item for item in items
    )


def alike_named(
    appeal: Sequence[ClaimItem],
    letter: Sequence[ClaimItem],
    appeal_topic: ItemKind | None,
    letter_topic: ItemKind | None,
) -> tuple[tuple[ClaimItem, ...], tuple[ClaimItem, ...]]:
    """Names for unnamed sums: a sum of the letter that stands in the appeal too, kopecks or one digit misread, is the
    appeal's demand; the rest are named by what their letter speaks of most."""
    named = _renamed(appeal, appeal_topic)
    partners: list[ClaimItem] = []
    for item in letter:
        twin = next((mine for mine in named if _one_sum(mine.amount, item.amount)), None)
        if twin is None or twin.amount is None:
            partners.append(item)
            continue
        kopecks_lost = item.amount is not None and int(item.amount) == int(twin.amount)
        label, kind = (twin.item, twin.kind) if item.item == GENERIC else (item.item, item.kind)
        partners.append(replace(item, item=label, kind=kind, amount=twin.amount if kopecks_lost else item.amount))
    return named, _renamed(partners, letter_topic)


# What only one trade pays: a bank owes no insurance payment, however its client calls the money.
_OF_TRADE = {
    "страховое возмещение": "insurer",
    "утрата товарной стоимости": "insurer",
    "накопления": "npf",
    "утраченный инвестиционный доход": "npf",
    "стоимость заложенной вещи": "pawnshop",
    "возврат личных сбережений": "kpk",
}


def within_trade(items: Sequence[ClaimItem], trade: str | None) -> tuple[ClaimItem, ...]:
    """The items with the names that the organisation's trade (`Organisation.kind`) allows; others lose their name."""
    return tuple(item if _is_paid_by(item.item, trade) else replace(item, item=GENERIC) for item in items)


def _is_paid_by(label: str, trade: str | None) -> bool:
    return trade is None or _OF_TRADE.get(label, trade) == trade


def told_by_sum(appeal: Sequence[ClaimItem], letter: Sequence[ClaimItem], claim: Sheet | None) -> tuple[ClaimItem, ...]:
    """Demands of the appeal whose very sum stands in the claim letter, though its asking words were not recognised."""
    if claim is None:
        return ()
    found: list[ClaimItem] = []
    for item in appeal:
        taken = [other for other in letter if other.amount not in {mine.amount for mine in appeal if mine is not item}]
        if item.amount is None or any(other.amount == item.amount or other.item == item.item for other in taken):
            continue
        place = next((s for s in claim.sums if s.value == item.amount and not _is_paid(claim, s.start)), None)
        if place is not None:
            sentence = claim.sentences.around(place.start)
            shown = Span(max(sentence.start, place.start - 60), place.end)
            found.append(replace(item, quotes=claim.quotes(shown)))
    return tuple(found)


def _is_paid(claim: Sheet, at: int) -> bool:
    """«Вы перечислили 56 500»: a sum that came is not asked for."""
    sentence = claim.sentences.around(at)
    return claim.words.has(("перечислил*", "выплатил*", "выплачен*", "заплатил*", "перевел*", "пришло", "вместо"),
                           max(sentence.start, at - 40), at)  # fmt: skip


def _one_sum(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return False
    first, second = str(int(one)), str(int(other))
    return len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) <= (len(first) >= 5)
