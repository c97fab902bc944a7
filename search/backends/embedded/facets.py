"""Which decisions pass a filter: one posting list a value, in memory, for the bitmaps of vectors and for counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from search.backends.contract import COUNTED, Counts
from search.decision import Decision
from search.filters import FILTER_NAMES, FilterName, Filters, filter_key
from search.norms import ancestors

_UNKNOWN = np.iinfo(np.int64).min


@dataclass(frozen=True, kw_only=True, slots=True)
class Facets:
    """What filters need of one decision. `values`: filter → (key, as the decision writes it)."""

    values: dict[str, tuple[tuple[str, str], ...]]
    day: int | None
    kopecks: int | None


def facets_of(decision: Decision, norms: Sequence[str]) -> Facets:
    single = {
        "product": decision.product,
        "category": decision.category,
        "outcome": decision.outcome,
        "organisation_kind": decision.organisation_kind,
        "court": decision.court,
        "expertise": None if decision.expertise is None else truth(decision.expertise),
    }
    written: dict[FilterName, tuple[str, ...]] = {
        name: () if (value := single.get(name)) is None else (value,) for name in FILTER_NAMES
    }
    written["claim_item"] = decision.claim_items
    written["disputed_fact"] = decision.disputed_facts
    written["norm"] = tuple(dict.fromkeys(wider for norm in norms for wider in ancestors(norm)))
    return Facets(
        values={
            name: tuple({filter_key(name, value): (filter_key(name, value), value) for value in values}.values())
            for name, values in written.items()
            if values
        },
        day=None if decision.date is None else decision.date.toordinal(),
        kopecks=None if decision.amount_claimed is None else int(decision.amount_claimed * 100),
    )


def truth(value: bool) -> str:
    return "true" if value else "false"


def chosen(filters: Filters) -> dict[str, tuple[str, ...]]:
    """The filters that take values, with the keys chosen; those that choose nothing are left out."""
    taken = {field.name: getattr(filters, field.name) for field in fields(filters) if field.name in FILTER_NAMES}
    taken["expertise"] = () if filters.expertise is None else (truth(filters.expertise),)
    return {name: values for name, values in taken.items() if values}


class FacetTable:
    """The facets of every decision of one generation, by position; positions follow the order of ids."""

    def __init__(self, rows: Sequence[Facets]) -> None:
        self.size = len(rows)
        postings: dict[str, dict[str, list[int]]] = {}
        self.display: dict[str, dict[str, str]] = {}
        for position, row in enumerate(rows):
            for name, pairs in row.values.items():
                for key, value in pairs:
                    postings.setdefault(name, {}).setdefault(key, []).append(position)
                    self.display.setdefault(name, {}).setdefault(key, value)
        self._postings = {
            name: {key: np.array(positions, np.int64) for key, positions in keys.items()}
            for name, keys in postings.items()
        }
        self._days = np.array([_UNKNOWN if row.day is None else row.day for row in rows], np.int64)
        self._kopecks = np.array([_UNKNOWN if row.kopecks is None else row.kopecks for row in rows], np.int64)

    def mask(self, filters: Filters) -> NDArray[np.bool_] | None:
        """Who passes, bool (size,); None when nothing is filtered."""
        passing: NDArray[np.bool_] | None = None
        for name, keys in chosen(filters).items():
            one = np.zeros(self.size, bool)
            for key in keys:
                positions = self._postings.get(name, {}).get(key)
                if positions is not None:
                    one[positions] = True
            passing = one if passing is None else passing & one
        for values, (low, high) in ((self._days, day_ends(filters)), (self._kopecks, kopeck_ends(filters))):
            if low is None and high is None:
                continue
            one = values != _UNKNOWN
            if low is not None:
                one &= values >= low
            if high is not None:
                one &= values <= high
            passing = one if passing is None else passing & one
        return passing

    def counts(self, filters: Filters) -> Counts:
        full = self.mask(filters)
        values: dict[str, dict[str, int]] = {}
        taken = chosen(filters)
        for name in COUNTED:
            passing = full if name not in taken else self.mask(_without(filters, name))
            counted = {
                self.display[name][key]: len(positions) if passing is None else int(passing[positions].sum())
                for key, positions in self._postings.get(name, {}).items()
            }
            values[name] = dict(sorted(((v, n) for v, n in counted.items() if n), key=lambda pair: (-pair[1], pair[0])))
        return Counts(total=self.size if full is None else int(full.sum()), values=values)


def day_ends(filters: Filters) -> tuple[int | None, int | None]:
    """The ends of the period as ordinals of days."""
    first, last = filters.date_from, filters.date_to
    return None if first is None else first.toordinal(), None if last is None else last.toordinal()


def kopeck_ends(filters: Filters) -> tuple[int | None, int | None]:
    """The ends of the amount in whole kopecks."""
    low, high = filters.amount_min, filters.amount_max
    return None if low is None else -int(-low * 100 // 1), None if high is None else int(high * 100 // 1)


def _without(filters: Filters, name: str) -> Filters:
    return replace(filters, expertise=None) if name == "expertise" else replace(filters, **{name: ()})  # type: ignore[arg-type]
