"""Decisions as JSONL: a JSON object a line. A broken line is a fault of its own; the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from library.errors import FieldInvalid, FileEmpty, FileUnreadable, LineBroken
from library.sources.row import ROW, SourceFault, SourceRow, identified


def jsonl_rows(path: Path) -> Iterator[SourceRow | SourceFault]:
    """Rows in the order of the file, read line by line: the file may be larger than memory."""
    any_line = False
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
                    continue
                any_line = True
                yield _row(path, number, raw)
    except OSError as error:
        yield SourceFault(source=path.name, error=FileUnreadable(path=path, reason=error.strerror))
        return
    if not any_line:
        yield SourceFault(source=path.name, error=FileEmpty(path=path))


def _row(path: Path, number: int, raw: bytes) -> SourceRow | SourceFault:
    source = f"{path.name}:{number}"
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return SourceFault(source=source, error=LineBroken(line=number, problem="не UTF-8 / not UTF-8"))
    except json.JSONDecodeError as error:
        return SourceFault(source=source, error=LineBroken(line=number, problem=f"{error.msg}, {error.colno}"))
    if not isinstance(value, dict):
        return SourceFault(source=source, error=LineBroken(line=number, problem="не объект / not an object"))
    # Empty strings are how many exports write «not known».
    known = {key: None if entry == "" else entry for key, entry in value.items()}
    for key in ("claim_items", "norms", "disputed_facts"):
        if known.get(key) is None:
            known.pop(key, None)
    if isinstance(known.get("id"), int):
        known["id"] = str(known["id"])
    try:
        row = ROW.validate_python(known)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        return SourceFault(source=source, error=FieldInvalid(line=number, field=field, problem=first["msg"]))
    try:
        ROW.dump_json(row)
    except PydanticSerializationError:  # a lone half of a pair, as "\ud800": no text can hold it
        return SourceFault(source=source, error=FieldInvalid(line=number, field="text", problem="\\ud800"))
    return identified(source, row, f"{path.stem}#{number}")
