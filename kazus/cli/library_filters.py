"""Filters and the like as options of a command, and as the `filters` of a row of queries."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kazus.errors import PathNotFound

if TYPE_CHECKING:
    from search.filters import Filters

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_VALUES: dict[str, str] = {
    "product": "Product code (OSAGO, KASKO, BANK_CREDIT …).",
    "category": "Category code (INS_REFUSAL, CR_ADDON …).",
    "claim_item": "What was asked for («неустойка», «УТС» …).",
    "outcome": "satisfied, partial, refused or terminated.",
    "organisation_kind": "insurer, bank, mfo, npf, pawnshop or kpk.",
    "norm": "A norm cited, with all its parts («ст. 12 40-ФЗ»).",
    "disputed_fact": "A disputed fact («износ», «трасология» …).",
    "court": "What became of the decision in court.",
}
"""Options that may be repeated: the values of one are alternatives, different options must all hold."""


def filter_options(command: Decorated) -> Decorated:
    """Adds the filters' options; `taken_filters` takes them out of the call again."""
    amount = click.option("--amount", metavar="MIN..MAX", help="Roubles claimed: 100000..500000, ..50000, 1000000..")
    expertise = click.option("--expertise/--no-expertise", default=None, help="With or without an expert's opinion.")
    day = click.DateTime(["%Y-%m-%d"])
    decorated = amount(expertise(command))
    decorated = click.option("--to", "date_to", type=day, help="Decided on or before this day.")(decorated)
    decorated = click.option("--from", "date_from", type=day, help="Decided on or after this day.")(decorated)
    for name, help_ in reversed(_VALUES.items()):
        option = click.option(f"--{name.replace('_', '-')}", name, multiple=True, help=help_)
        decorated = option(decorated)
    return decorated


def taken_filters(options: dict[str, Any]) -> Filters:
    """The filters of a call. Removes them from `options`. An amount that is not understood ends the call with usage."""
    from search.filters import Filters

    low, high = _amounts(options.pop("amount", None))
    values = {name: tuple(options.pop(name, ())) for name in _VALUES}
    return Filters(
        **values,
        expertise=options.pop("expertise", None),
        date_from=_day(options.pop("date_from", None)),
        date_to=_day(options.pop("date_to", None)),
        amount_min=low,
        amount_max=high,
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _amounts(text: str | None) -> tuple[Decimal | None, Decimal | None]:
    if text is None:
        return None, None
    low, dots, high = text.partition("..")
    try:
        if not dots:
            raise InvalidOperation
        return _roubles(low), _roubles(high)
    except InvalidOperation as error:
        raise click.UsageError(f"--amount {text}: MIN..MAX, например 100000..500000") from error


def _roubles(text: str) -> Decimal | None:
    compact = text.replace(" ", "").replace("_", "").replace(",", ".")
    return Decimal(compact) if compact else None


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryRow:
    """A row of `--queries`: other keys, gold labels among them, are ignored."""

    id: str
    text: str
    filters: Mapping[str, Any] = field(default_factory=dict)


def query_rows(file: Path) -> list[tuple[QueryRow, Filters | None]]:
    """Rows of a file of queries with their own filters, None where a row has none.

    Raises PathNotFound, and QueriesUnreadable, naming the line.
    """
    from pydantic import TypeAdapter, ValidationError

    from library.errors import QueriesUnreadable

    if not file.is_file():
        raise PathNotFound(path=file)
    adapter = TypeAdapter(QueryRow)
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            if isinstance(value, dict):
                value = {name: part for name, part in value.items() if part is not None}
            row = adapter.validate_python(value)
            rows.append((row, _row_filters(row.filters) if row.filters else None))
        except (json.JSONDecodeError, ValidationError) as error:
            problem = error.msg if isinstance(error, json.JSONDecodeError) else error.errors()[0]["msg"]
            raise QueriesUnreadable(line=number, problem=problem) from error
        except (ValueError, InvalidOperation, TypeError) as error:
            raise QueriesUnreadable(line=number, problem=error) from error
    return rows


def _row_filters(given: Mapping[str, Any]) -> Filters:
    """Filters named as options are («claim-item», «from», «amount»); a single value need not be a list."""
    from search.filters import Filters

    known = {name.replace("-", "_"): value for name, value in given.items() if value is not None}
    unknown = known.keys() - _VALUES.keys() - {"expertise", "from", "to", "amount"}
    if unknown:
        raise ValueError(f"filters: {', '.join(sorted(unknown))}?")
    values = {
        name: (value,) if isinstance(value, str) else tuple(str(one) for one in value)
        for name, value in known.items()
        if name in _VALUES
    }
    low, _, high = str(known.get("amount", "..")).partition("..")
    return Filters(
        **values,
        expertise=known.get("expertise"),
        date_from=date.fromisoformat(known["from"]) if "from" in known else None,
        date_to=date.fromisoformat(known["to"]) if "to" in known else None,
        amount_min=_roubles(low),
        amount_max=_roubles(high),
    )
