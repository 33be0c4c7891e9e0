"""How moments and documents are stored: milliseconds of UTC as integers, JSON as text.

The functions serve the hot paths, which bypass the column types; the types do the same for everything else.
"""

import json
import json.encoder
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # `dumps` would make one for each call
_quoted = json.encoder.encode_basestring  # written in C


def to_ms(moment: datetime) -> int:
    """Return milliseconds since 1970 of an aware moment, cut off, without going through floats."""
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(value: int) -> datetime:
    """Return the aware UTC moment of milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=value)


def ms_or_none(moment: datetime | None) -> int | None:
    return None if moment is None else to_ms(moment)


def moment_or_none(value: int | None) -> datetime | None:
    return None if value is None else from_ms(value)


def to_json(value: object) -> str:
    return _encoder.encode(value)


def texts_to_json(texts: Mapping[str, str]) -> str:
    """Write texts by name as `to_json` would, but faster: an encoder prepares itself anew for each document."""
    return "{" + ",".join([f"{_quoted(key)}:{_quoted(value)}" for key, value in texts.items()]) + "}"


def from_json(text: str) -> object:
    return json.loads(text)


def document(text: str | None) -> dict[str, Any]:
    """Return the JSON object in `text`; an empty one for None."""
    return cast("dict[str, Any]", json.loads(text)) if text else {}


def json_or_none(value: Mapping[str, object] | None) -> str | None:
    return None if value is None else to_json(value)


class Moment(TypeDecorator[datetime]):
    """A column of aware UTC datetimes, stored as integer milliseconds: they sort, compare and index as numbers."""

    # SQLite knows one integer of up to eight bytes; elsewhere four bytes would end in January 1970.
    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_ms(value)


class JsonText(TypeDecorator[Any]):
    """A column of JSON documents in text, for SQLite and PostgreSQL alike."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        return None if value is None else to_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        return None if value is None else from_json(value)


class AsDocument(FunctionElement[Any]):
    """A column of `JsonText` as a document that a query can look into: `AsDocument(column)[key].as_string()`."""

    name = "as_document"
    inherit_cache = True
    type = sa.JSON()


@compiles(AsDocument)
def _text_is_enough(element: AsDocument, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.clauses, **kw)


@compiles(AsDocument, "postgresql")
def _cast_in_postgresql(element: AsDocument, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} AS JSON)"
