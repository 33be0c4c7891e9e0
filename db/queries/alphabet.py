"""Names in the order of a Portuguese dictionary: accents and capitals do not matter, and who has no name comes last."""

import unicodedata
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

FOLDED = "folded"
"""The function of SQLite's connections (`db/connection.py`) that takes accents and capitals off a text."""

_ACCENTED = "áàâãäåéèêëíìîïóòôõöúùûüçñÁÀÂÃÄÅÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÇÑ"
_PLAIN = "aaaaaaeeeeiiiiooooouuuucnAAAAAAEEEEIIIIOOOOOUUUUCN"


def folded(text: str | None) -> str | None:
    """Take accents and capitals off a text."""
    if text is None:
        return None
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


class _Key(FunctionElement[str]):
    """What a name is sorted by."""

    type = sa.Text()
    inherit_cache = True
    name = "alphabet_key"


@compiles(_Key, "sqlite")
def _on_sqlite(element: _Key, compiler: Any, **how: Any) -> str:
    text = compiler.process(element.clauses, **how)
    # Most names are plain, and a call into Python costs ten times as much as all the rest.
    return f"CASE WHEN length({text}) = length(CAST({text} AS BLOB)) THEN lower({text}) ELSE {FOLDED}({text}) END"


@compiles(_Key)
def _elsewhere(element: _Key, compiler: Any, **how: Any) -> str:
    text = compiler.process(element.clauses, **how)
    return f"lower(translate({text}, '{_ACCENTED}', '{_PLAIN}'))"


def alphabetical(name: sa.ColumnElement[str], tie: sa.ColumnElement[Any], *, is_descending: bool) -> list[Any]:
    """Return what to order by: the alphabet, from either end, and `tie` among equals; the nameless come last."""
    key: sa.ColumnElement[str] = _Key(name)
    return [name == "", key.desc() if is_descending else key.asc(), tie.desc() if is_descending else tie.asc()]
