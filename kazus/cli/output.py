"""Answers for programs: `--json` and `--jsonl` in the shapes of the outside contract.

One class, no copies: whatever a room returns is serialised by the TypeAdapter of its own dataclass; this module adds
`schema`, `id` and `error` and nothing else. An input that yielded nothing has every other key null.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from kazus.cli.context import Coded, Invocation, Language


def answer(schema: str, value: Any) -> dict[str, Any]:
    """The answer of a command with one input: the dataclass's own keys after `schema`."""
    return {"schema": schema, **TypeAdapter(type(value)).dump_python(value, mode="json")}


def element(schema: str, value: Any, *, id: str | None = None) -> dict[str, Any]:
    """One element of a command with several inputs: `schema` and `id` first, then the dataclass's own keys."""
    body: dict[str, Any] = TypeAdapter(type(value)).dump_python(value, mode="json")
    own = body.pop("id", None)
    return {"schema": schema, "id": own if id is None else id, **body}


def intake_element(value: Any, *, id: str) -> dict[str, Any]:
    """A report is an element with `error` null: a failed package has the same keys, all null but the error."""
    return element("kazus.intake/1", value, id=id) | {"error": None}


def failed_element(schema: str, kind: type[Any], id: str, error: Coded, language: Language) -> dict[str, Any]:
    """An input that yielded nothing: every key of `kind` null but `schema`, `id` and `error`."""
    empty = {field.name: None for field in fields(kind)}
    note: dict[str, Any] = {"code": error.code, "message": error.message(language), "remedy": error.remedy(language)}
    note["parameters"] = dict(getattr(error, "parameters", {}))
    return {"schema": schema, "id": id} | {key: None for key in empty if key != "id"} | {"error": note}


class Answers:
    """Collects or streams the elements of a command that takes several inputs."""

    def __init__(self, invocation: Invocation, schema: str) -> None:
        self._invocation = invocation
        self._schema = schema
        self._items: list[dict[str, Any]] = []

    def add(self, item: dict[str, Any]) -> None:
        if self._invocation.as_jsonl:
            write(item)
        else:
            self._items.append(item)

    def close(self) -> None:
        if self._invocation.as_json:
            write({"schema": self._schema, "items": self._items})


def write(value: dict[str, Any]) -> None:
    """One JSON object, one line, flushed: a reader at the other end of a pipe sees it at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_lines(lines: Iterable[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
