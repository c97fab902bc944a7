"""The law as dated data: what is in force on a day. Every entry says where it is from and whether it was verified."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Literal

from intake.law.periods import Period, Unit, add_period
from intake.law.working_days import WorkingCalendar, working_calendar
from intake.report import Severity

_CRITERIA_FILES = ("article_2", "signatory", "article_15", "article_16", "assignee_fee", "article_17", "article_19")
_DATA_FILES = ("limits", "terms", "fees", "profiles")

Condition = Literal["always", "replied", "not_replied", "assignee"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """A criterion as data: `valid_from` is the day its rule began, `edition` says which text was read."""

    id: str
    law: str
    title_ru: str
    title_en: str
    edition: str
    valid_from: date
    valid_to: date | None
    severity: Severity
    inputs: tuple[str, ...]
    source: str
    verified: bool
    notice: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """The largest sum of claims against one organisation, in roubles, and the products free of it."""

    id: str
    roubles: Decimal
    valid_from: date
    valid_to: date | None
    law: str
    unlimited: tuple[UnlimitedProduct, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class UnlimitedProduct:
    product: str
    valid_from: date
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A term of the law; `product` None: of every product."""

    id: str
    product: str | None
    length: int
    unit: Unit
    name: str
    law: str
    valid_from: date
    valid_to: date | None

    @property
    def words(self) -> str:
        """«15 рабочих дней»: the length as a Russian phrase."""
        return f"{self.length} {_unit_words(self.length, self.unit)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fee:
    id: str
    roubles: Decimal
    law: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperGroup:
    """Papers that must be there: one of the types `any_of`; empty `products` or `categories` mean every one. In
    disputes of `except_categories` the group is not asked for."""

    name: str
    any_of: tuple[str, ...]
    when: Condition
    products: tuple[str, ...]
    categories: tuple[str, ...]
    except_categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Law:
    """Everything the criteria take from the law. `version` = hash of the data files."""

    criteria: tuple[Criterion, ...]
    limits: tuple[Limit, ...]
    terms: tuple[Term, ...]
    fees: tuple[Fee, ...]
    papers: tuple[PaperGroup, ...]
    calendar: WorkingCalendar
    version: str

    def criterion(self, criterion: str, on: date) -> Criterion | None:
        """The criterion's entry in force on a day."""
        return next((entry for entry in self.criteria if entry.id == criterion and _in_force(entry, on)), None)

    def term(self, term: str, on: date, product: str | None = None) -> Term | None:
        """The term in force on a day; one of a product only for that product."""
        return next(
            (
                entry
                for entry in self.terms
                if entry.id == term and entry.product in (None, product) and _in_force(entry, on)
            ),
            None,
        )

    def limit(self, limit: str, on: date) -> Limit | None:
        return next((entry for entry in self.limits if entry.id == limit and _in_force(entry, on)), None)

    def fee(self, fee: str, on: date) -> Fee | None:
        return next((entry for entry in self.fees if entry.id == fee and _in_force(entry, on)), None)

    def period(self, term: Term, start: date) -> Period:
        """The term counted from `start`. Raises `CalendarYearMissing`."""
        return add_period(start, term.length, term.unit, self.calendar)


@cache
def load_law() -> Law:
    """The law shipped with Kazus."""
    folder = resources.files("intake.law")
    digest = hashlib.sha256()

    def loaded(name: str) -> Mapping[str, Any]:
        data = (folder / name).read_bytes()
        digest.update(data)
        return tomllib.loads(data.decode())

    criteria = [entry for name in _CRITERIA_FILES for entry in loaded(f"criteria/{name}.toml")["criterion"]]
    limits, terms, fees, profiles = (loaded(f"{name}.toml") for name in _DATA_FILES)
    for file in sorted((folder / "calendar").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            digest.update(file.read_bytes())
    return Law(
        criteria=tuple(
            Criterion(**{"valid_to": None} | entry | {"inputs": tuple(entry["inputs"])}) for entry in criteria
        ),
        limits=tuple(
            Limit(
                id=entry["id"],
                roubles=Decimal(entry["roubles"]),
                valid_from=entry["valid_from"],
                valid_to=entry.get("valid_to"),
                law=entry["law"],
                unlimited=tuple(UnlimitedProduct(**product) for product in entry["unlimited"]),
            )
            for entry in limits["limit"]
        ),
        terms=tuple(
            Term(
                id=entry["id"],
                product=entry.get("product"),
                length=entry["length"],
                unit=entry["unit"],
                name=entry["name"],
                law=entry["law"],
                valid_from=entry["valid_from"],
                valid_to=entry.get("valid_to"),
            )
            for entry in terms["term"]
        ),
        fees=tuple(
            Fee(
                id=entry["id"],
                roubles=Decimal(entry["roubles"]),
                law=entry["law"],
                valid_from=entry["valid_from"],
                valid_to=entry.get("valid_to"),
            )
            for entry in fees["fee"]
        ),
        papers=tuple(
            PaperGroup(
                name=entry["name"],
                any_of=tuple(entry["any_of"]),
                when=entry["when"],
                products=tuple(entry.get("products", ())),
                categories=tuple(entry.get("categories", ())),
                except_categories=tuple(entry.get("except_categories", ())),
            )
            for entry in profiles["group"]
        ),
        calendar=working_calendar(),
        version=digest.hexdigest()[:12],
    )


def criteria_on(on: date | None) -> tuple[Criterion, ...]:
    """The criteria in force on a day, all of them when None, in the order of a report."""
    return tuple(entry for entry in load_law().criteria if on is None or _in_force(entry, on))


def _in_force(entry: Criterion | Limit | Term | Fee, on: date) -> bool:
    return entry.valid_from <= on and (entry.valid_to is None or on <= entry.valid_to)


_WORDS: dict[Unit, tuple[str, str, str]] = {
    "working": ("рабочий день", "рабочих дня", "рабочих дней"),
    "calendar": ("календарный день", "календарных дня", "календарных дней"),
    "calendar_without_holidays": (
        "календарный день без праздничных",
        "календарных дня без праздничных",
        "календарных дней без праздничных",
    ),
    "year": ("год", "года", "лет"),
}


def _unit_words(length: int, unit: Unit) -> str:
    one, few, many = _WORDS[unit]
    if length % 10 == 1 and length % 100 != 11:
        return one
    if length % 10 in (2, 3, 4) and length % 100 not in (12, 13, 14):
        return few
    return many
