"""Filters: which decisions may be found at all. They hold in every road and both engines, and they fail closed.

Values of one filter are alternatives, different filters must all hold. A decision of which the filtered thing is not
known does not pass. `norm` is hierarchical: «ст. 12 40-ФЗ» passes decisions that cite «п. 21 ст. 12 40-ФЗ».
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from search.decision import ORGANISATION_KINDS, OUTCOMES
from search.errors import AmountsReversed, DatesReversed, UnknownFilterValue
from search.norms import find_norms
from text.normalise import fold

FilterName = Literal[
    "product", "category", "claim_item", "outcome", "organisation_kind", "norm", "disputed_fact", "court", "expertise"
]
"""Filters that take values; `date` and `amount` take ends."""
FILTER_NAMES: tuple[FilterName, ...] = get_args(FilterName)

_NAMED_IN_ERROR = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """Empty and None: not filtered. Dates and amounts (roubles claimed) include both ends."""

    product: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    claim_item: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    organisation_kind: tuple[str, ...] = ()
    norm: tuple[str, ...] = ()
    disputed_fact: tuple[str, ...] = ()
    court: tuple[str, ...] = ()
    expertise: bool | None = None
    date_from: date | None = None
    date_to: date | None = None
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """Values that are right though no decision may have them yet. What decisions have is right besides."""

    product: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    outcome: tuple[str, ...] = OUTCOMES
    organisation_kind: tuple[str, ...] = ORGANISATION_KINDS
    court: tuple[str, ...] = ()


def filter_key(name: FilterName, value: str) -> str:
    """The form in which two spellings of one value are equal: labels as they are, free words folded."""
    if name in ("claim_item", "disputed_fact"):
        return " ".join(fold(value).split())
    return value.strip()


def checked(filters: Filters, vocabulary: Vocabulary, present: Mapping[FilterName, Collection[str]]) -> Filters:
    """`filters` with every value in the form the index holds (`norm` in normal form).

    `present`: the values that decisions of the index have. Raises UnknownFilterValue, naming what is known, for a
    value that is neither present nor in the vocabulary; DatesReversed; AmountsReversed.
    """
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        raise DatesReversed(date_from=filters.date_from, date_to=filters.date_to)
    low, high = filters.amount_min, filters.amount_max
    if low is not None and high is not None and low > high:
        raise AmountsReversed(amount_min=filters.amount_min, amount_max=filters.amount_max)
    known: dict[FilterName, tuple[str, ...]] = {
        "product": vocabulary.product,
        "category": vocabulary.category,
        "outcome": vocabulary.outcome,
        "organisation_kind": vocabulary.organisation_kind,
        "court": vocabulary.court,
        "claim_item": (),
        "disputed_fact": (),
    }
    return replace(
        filters,
        product=_values("product", filters.product, known, present),
        category=_values("category", filters.category, known, present),
        outcome=_values("outcome", filters.outcome, known, present),
        organisation_kind=_values("organisation_kind", filters.organisation_kind, known, present),
        court=_values("court", filters.court, known, present),
        claim_item=_values("claim_item", filters.claim_item, known, present),
        disputed_fact=_values("disputed_fact", filters.disputed_fact, known, present),
        norm=tuple(_norm(value) for value in filters.norm),
    )


def _values(
    name: FilterName,
    values: tuple[str, ...],
    vocabulary: Mapping[FilterName, tuple[str, ...]],
    present: Mapping[FilterName, Collection[str]],
) -> tuple[str, ...]:
    if not values:
        return ()
    known = {filter_key(name, value): value for value in (*vocabulary[name], *present.get(name, ()))}
    keys = []
    for value in values:
        key = filter_key(name, value)
        if key not in known:
            raise UnknownFilterValue(filter=name, value=value, known=_named(key, list(known.values())))
        keys.append(key)
    return tuple(dict.fromkeys(keys))


def _norm(value: str) -> str:
    """A norm that no decision cites is a right question with no answer; what does not parse as a norm is a mistake."""
    found = find_norms(value)
    if len(found) != 1:
        raise UnknownFilterValue(filter="norm", value=value, known="ст. 12 40-ФЗ, ч. 2 ст. 333 ГК РФ, № 755-П")
    return found[0].norm


def _named(key: str, known: list[str]) -> str:
    """Every value where they are few, else the nearest."""
    if len(known) <= 3 * _NAMED_IN_ERROR:
        return ", ".join(sorted(known)) or "–"
    near = difflib.get_close_matches(key, known, n=_NAMED_IN_ERROR, cutoff=0.3) or sorted(known)[:_NAMED_IN_ERROR]
    return ", ".join(near) + ", …"
