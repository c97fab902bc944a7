"""Side by side: what the appeal asks for and what the claim letter asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

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
_DOUBTFUL = 0.5
_LONG_NUMBER = len("10000.00")
_MANY_DIGITS = 5
_NEAR_DIGITS = 0.6


Fit = Literal["same", "doubtful", "none"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairing:
    """An item of the appeal and its partner in the letter. `fit` "same" without a partner: the letter asked for all,
    or for a lump sum; "doubtful": one kind, but the letter does not say what for."""

    item: ClaimItem
    partner: ClaimItem | None
    fit: Fit


def pair_items(appeal: Sequence[ClaimItem], letter: Sequence[ClaimItem], open_ended: bool) -> tuple[Pairing, ...]:
    """Each item of the appeal with the item of the letter that is the same demand.

    Two items are one demand when they have one sum, or one kind and one name. A letter that asks for payment "in full"
    covers the principal, not expenses beside it; a letter's lump sum covers the items that add up to it.
    """
    lump = _items_of_a_lump(appeal, letter)
    pairs = []
    for item in appeal:
        free = [other for other in letter if not _is_anothers(other, item, appeal)]
        partner = max(free, key=lambda other: _likeness(item, other), default=None)
        likeness = _likeness(item, partner) if partner is not None else 0
        if likeness >= 1:
            pairs.append(Pairing(item=item, partner=partner, fit="same"))
        elif item in lump or (open_ended and item.kind == "money"):
            pairs.append(Pairing(item=item, partner=None, fit="same"))
        else:
            pairs.append(Pairing(item=item, partner=partner, fit="doubtful" if likeness > 0 else "none"))
    return tuple(pairs)


def _is_anothers(other: ClaimItem, item: ClaimItem, appeal: Sequence[ClaimItem]) -> bool:
    """Whether the letter's demand has the very sum of another item of the appeal: then it is that one's partner."""
    if other.amount is None or item.amount is None or other.amount == item.amount:
        return False
    return any(mine is not item and mine.amount == other.amount for mine in appeal)


def _likeness(item: ClaimItem, other: ClaimItem) -> float:
    """From 1 on the same demand, the more the surer; between 0 and 1 doubtful."""
    same_sum = _same_sum(item.amount, other.amount)
    if item.kind != other.kind:
        return 1 if same_sum and "moral_harm" not in (item.kind, other.kind) else 0
    same_name = item.item == other.item or _share_a_word(item.item, other.item)
    if item.kind in _SAME_WHATEVER_THE_SUM:
        return 2 + same_name + same_sum
    if same_sum or same_name:
        return 2 * same_sum + same_name
    if _near_sum(item.amount, other.amount):
        return _DOUBTFUL
    says_nothing = not _telling_words(item.item) or not _telling_words(other.item)
    return _DOUBTFUL if says_nothing and "страхов" not in fold(item.item + other.item) else 0


def _same_sum(first: Decimal | None, second: Decimal | None) -> bool:
    """Equal, or one misread digit apart in a long number."""
    if first is None or second is None:
        return False
    if first == second:
        return True
    one, two = f"{first:.2f}", f"{second:.2f}"
    return len(one) == len(two) >= _LONG_NUMBER and sum(map(str.__ne__, one, two)) == 1


def _near_sum(first: Decimal | None, second: Decimal | None) -> bool:
    """Most digits agree in their order: two numbers, or one number read badly."""
    if first is None or second is None:
        return False
    one, two = f"{first:.0f}", f"{second:.0f}"
    return max(len(one), len(two)) >= _MANY_DIGITS and Levenshtein.normalized_similarity(one, two) >= _NEAR_DIGITS


def _share_a_word(first: str, second: str) -> bool:
    """A telling word in common, misread letters and endings forgiven; words of every demand tell nothing."""
    mine, theirs = _telling_words(first), _telling_words(second)
    if not mine or not theirs:
        return False
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
