"""Side by side: what the appeal asks for and what the claim letter asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from intake.facts import ClaimItem, ClaimKind
from text.normalise import fold

# One demand of its kind is the same demand whatever its sum: a penalty grows, moral harm is estimated anew.
_SAME_WHATEVER_THE_SUM: frozenset[ClaimKind] = frozenset(
    {"penalty", "moral_harm", "fine", "repair_referral", "dispute_debt", "bankruptcy_register", "non_property"}
)
_SAYS_NOTHING = re.compile(
    r"взыска|возвра|доплат|выплат|возмещ|возмести|сумм|денеж|средств|страхов|рубл|част|размер|плат[аы]?$|разниц"
)
_WORD = re.compile(r"[а-яa-z]{3,}")
_STEM = 5
_ALIKE = 0.75
_MOST_ITEMS_ADDED = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairing:
    """An item of the appeal and its partner in the letter; `matched` without a partner: the letter asked for all."""

    item: ClaimItem
    partner: ClaimItem | None
    matched: bool


def pair_items(appeal: Sequence[ClaimItem], letter: Sequence[ClaimItem], open_ended: bool) -> tuple[Pairing, ...]:
    """Each item of the appeal with the item of the letter that is the same demand.

    Two items are one demand when they have one sum, or one kind and one name. A letter that asks for payment "in full"
    covers the principal, not expenses beside it; a letter's lump sum covers the items that add up to it.
    """
    lump = _items_of_a_lump(appeal, letter)
    pairs = []
    for item in appeal:
        ranked = sorted(letter, key=lambda other: -_likeness(item, other))
        partner = ranked[0] if ranked and _likeness(item, ranked[0]) > 0 else None
        matched = partner is not None or item in lump or (open_ended and item.kind == "money")
        pairs.append(Pairing(item=item, partner=partner, matched=matched))
    return tuple(pairs)


def _likeness(item: ClaimItem, other: ClaimItem) -> int:
    same_sum = item.amount is not None and item.amount == other.amount
    if item.kind != other.kind:
        return 1 if same_sum and "moral_harm" not in (item.kind, other.kind) else 0
    same_name = item.item == other.item or _share_a_word(item.item, other.item)
    if item.kind in _SAME_WHATEVER_THE_SUM:
        return 2 + same_name + same_sum
    return 2 * same_sum + same_name


def _share_a_word(first: str, second: str) -> bool:
    """A telling word in common, misread letters and endings forgiven; words of every demand tell nothing."""
    mine, theirs = _telling_words(first), _telling_words(second)
    if not mine or not theirs:
        return not mine and not theirs
    return any(
        one[:_STEM] == two[:_STEM] or Levenshtein.normalized_similarity(one, two) >= _ALIKE
        for one in mine
        for two in theirs
    )


def _telling_words(item: str) -> list[str]:
    return [word for word in _WORD.findall(fold(item)) if not _SAYS_NOTHING.match(word)]


def _items_of_a_lump(appeal: Sequence[ClaimItem], letter: Sequence[ClaimItem]) -> tuple[ClaimItem, ...]:
    priced = [item for item in appeal if item.amount is not None]
    sums = {item.amount for item in letter if item.amount is not None}
    for size in range(min(len(priced), _MOST_ITEMS_ADDED), 1, -1):
        for chosen in combinations(priced, size):
            if sum((item.amount for item in chosen if item.amount is not None), Decimal(0)) in sums:
                return chosen
    return ()
