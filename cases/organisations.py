"""The registry of financial organisations: imported as dated snapshots, handed out as values.

A snapshot is a whole registry as it stood on a day. Which one answers for a day: the latest that is not later; where
none is that old, the earliest, because its rows carry the dates from which each organisation answers.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from cases import repository
from cases.errors import RegistryNotImported
from intake.registry import Registry, Resolved, read_registry_csv, resolve

_NUMBER = re.compile(r"\b\d{10,15}\b")  # an ИНН or an ОГРН


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


@dataclass(frozen=True, kw_only=True, slots=True)
class RegistryAnswer:
    """Who is meant, according to the snapshot of `as_of`."""

    as_of: date
    resolved: Resolved


def import_registry(session: Session, content: bytes, as_of: date) -> ImportedRegistry:
    """Take a registry file as the snapshot of `as_of`; one that is there for that day is replaced.

    Raises what `intake.registry.read_registry_csv` raises; then nothing is changed.
    """
    organisations = read_registry_csv(content, as_of).organisations
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


def registry_digest_on(session: Session, on: date) -> str | None:
    """SHA-256 of the file of the snapshot that answers for `on`."""
    as_of = repository.registry_date_for(session, on)
    return None if as_of is None else repository.registry_digest(session, as_of)


def find_organisation(session: Session, name_or_inn: str, on: date | None = None) -> RegistryAnswer:
    """Who is meant by a name, an ИНН or an ОГРН. Raises RegistryNotImported."""
    registry = registry_on(session, on)
    if registry.as_of is None:
        raise RegistryNotImported
    number = _NUMBER.search(name_or_inn)
    resolved = resolve(registry, None, number.group()) if number else resolve(registry, name_or_inn, None)
    return RegistryAnswer(as_of=registry.as_of, resolved=resolved)
