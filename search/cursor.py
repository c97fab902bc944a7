"""Cursors: where a page ended, opaque to whoever passes it back.

A cursor holds the key of the last hit shown, not a number of hits: a page stays right when decisions are added between
two pages. It belongs to one query: text, filters, order and kind of likeness.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
from dataclasses import dataclass

from search.errors import CursorInvalid


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """The last hit shown: its sort key, its id, and how many were shown before and with it."""

    key: float
    id: str
    shown: int


def fingerprint(*parts: object) -> str:
    """A short hash of what a cursor belongs to."""
    return hashlib.sha256("\x00".join(repr(part) for part in parts).encode()).hexdigest()[:16]


def cursor_after(position: Position, query: str) -> str:
    """`query`: the fingerprint."""
    body = json.dumps([query, position.key, position.id, position.shown], ensure_ascii=False)
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def position_of(cursor: str, query: str) -> Position:
    """Raises CursorInvalid for what is no cursor, or one of another query."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        belongs, key, name, shown = json.loads(base64.urlsafe_b64decode(padded))
        position = Position(key=float(key), id=str(name), shown=int(shown))
    except (ValueError, TypeError, binascii.Error) as error:
        raise CursorInvalid() from error
    if belongs != query or not math.isfinite(position.key) or position.shown < 0:
        raise CursorInvalid()
    return position
