"""Column types that keep Python values whole: dataclasses, moments in UTC, decimals."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Dialect, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")


class Json(TypeDecorator[T], Generic[T]):
    """A value of any type pydantic knows, as JSON text: `Json(CoverSheet)`, `Json(tuple[str, ...])`."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else self._adapter.dump_json(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> T | None:
        del dialect
        return None if value is None else self._adapter.validate_json(value)


class CompressedJson(TypeDecorator[T], Generic[T]):
    """The same, compressed: a page of 400 words with boxes and corners is 140 kB of JSON and 25 kB so."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)

    def process_bind_param(self, value: T | None, dialect: Dialect) -> bytes | None:
        del dialect
        return None if value is None else zlib.compress(self._adapter.dump_json(value), level=6)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> T | None:
        del dialect
        return None if value is None else self._adapter.validate_json(zlib.decompress(value))


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC as fixed-width ISO text, so that text order is time order. Refuses naive datetimes."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


class DecimalText(TypeDecorator[Decimal]):
    """A decimal as text: SQLite has only binary floats, and money must come back as it went in."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        del dialect
        return None if value is None else Decimal(value)
