"""The registry of financial organisations: imported as dated snapshots, handed out as values.

A snapshot is a whole registry as it stood on a day. Which one answers for a day: the latest that is not later; where
none is that old, the earliest, because its rows carry the dates from which each organisation answers.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from cases import repository
from cases.errors import RegistryRowInvalid, RegistryUnreadable
from intake.registry import Organisation, Registry

COLUMNS = ("name", "short_name", "inn", "ogrn", "kind", "services", "interaction_from", "licence_revoked")
_INN = re.compile(r"\d{10}|\d{12}")
_OGRN = re.compile(r"\d{13}|\d{15}")


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedRegistry:
    """`added`, `changed`, `removed` compare with the snapshot that answered for `as_of` before; `unchanged` is true
    when exactly this file was already there for that day."""

    as_of: date
    organisations: int
    added: int
    changed: int
    removed: int
    unchanged: bool


def import_registry(session: Session, content: bytes, as_of: date) -> ImportedRegistry:
    """Take a registry file (CSV, UTF-8, `;`) as the snapshot of `as_of`; one that is there for that day is replaced.

    Raises RegistryUnreadable, RegistryRowInvalid; then nothing is changed.
    """
    organisations = parse_registry(content)
    sha256 = hashlib.sha256(content).hexdigest()
    before = {organisation.inn: organisation for organisation in registry_on(session, as_of).organisations}
    after = {organisation.inn: organisation for organisation in organisations}
    unchanged = repository.registry_digest(session, as_of) == sha256
    if not unchanged:
        repository.replace_registry(session, as_of, sha256, organisations, datetime.now(UTC))
    return ImportedRegistry(
        as_of=as_of,
        organisations=len(organisations),
        added=len(after.keys() - before.keys()),
        changed=sum(1 for inn in after.keys() & before.keys() if after[inn] != before[inn]),
        removed=len(before.keys() - after.keys()),
        unchanged=unchanged,
    )


def registry_on(session: Session, on: date | None = None) -> Registry:
    """The registry that answers for `on` (None: the newest); an empty one with `as_of` None before any import."""
    as_of = repository.registry_date_for(session, on)
    if as_of is None:
        return Registry(as_of=None)
    return Registry(as_of=as_of, organisations=repository.organisations_as_of(session, as_of))


def parse_registry(content: bytes) -> tuple[Organisation, ...]:
    """The rows of a registry file. Raises RegistryUnreadable, RegistryRowInvalid (first bad row)."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(f"byte {error.start} is not UTF-8") from error
    reader = csv.DictReader(io.StringIO(text), delimiter=";", strict=True)
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise _unreadable(f"no column {missing[0]}")
        organisations = tuple(_organisation(row, reader.line_num) for row in reader if any(row.values()))
    except csv.Error as error:
        raise _unreadable(str(error)) from error
    if not organisations:
        raise _unreadable("no rows")
    seen: set[str] = set()
    for number, organisation in enumerate(organisations, start=2):
        if organisation.inn in seen:
            raise _invalid(number, "inn", organisation.inn, "an ИНН that no other row has")
        seen.add(organisation.inn)
    return organisations


def _organisation(row: dict[str, str | None], line: int) -> Organisation:
    values = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if not values["name"]:
        raise _invalid(line, "name", "", "a name")
    if not _INN.fullmatch(values["inn"]):
        raise _invalid(line, "inn", values["inn"], "10 or 12 digits")
    if values["ogrn"] and not _OGRN.fullmatch(values["ogrn"]):
        raise _invalid(line, "ogrn", values["ogrn"], "13 or 15 digits")
    return Organisation(
        inn=values["inn"],
        ogrn=values["ogrn"],
        name=values["name"],
        short_name=values["short_name"],
        kind=values["kind"],
        services=tuple(service.strip() for service in values["services"].split(",") if service.strip()),
        interaction_from=_day(values["interaction_from"], "interaction_from", line),
        licence_revoked=_day(revoked, "licence_revoked", line) if (revoked := values["licence_revoked"]) else None,
    )


def _day(value: str, column: str, line: int) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise _invalid(line, column, value, "a date YYYY-MM-DD") from error


def _unreadable(reason: str) -> RegistryUnreadable:
    return RegistryUnreadable(reason=reason, columns=", ".join(COLUMNS))


def _invalid(line: int, column: str, value: str, expected: str) -> RegistryRowInvalid:
    return RegistryRowInvalid(line=line, column=column, value=value, expected=expected)
