"""Names of things as people read them, Russian and English, from one catalogue: `labels.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from kazus.cli.context import Language


@cache
def _catalogue() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((files("kazus.cli") / "labels.toml").read_text(encoding="utf-8"))


def label(group: str, key: str, language: Language) -> str:
    """The name of `key` in the language; the key itself when the catalogue does not know it."""
    entry = _catalogue().get(group, {}).get(key)
    return entry[language] if entry else key


def keys(group: str) -> tuple[str, ...]:
    return tuple(_catalogue()[group])
