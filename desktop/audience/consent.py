"""Reads what a cell of a consent column says: yes, no, a date, or the words that prove it. Pure.

A clear no is a refusal and kept as an opt-out: to import somebody who said no as somebody who agreed would be a lie.
"""

import unicodedata
from datetime import UTC, date, datetime

from desktop.domain.consent import ConsentMark

_NO = frozenset(
    [
        "nao", "n", "no", "false", "falso", "0", "off", "recusou", "recusado", "opt_out", "opt-out", "optout", "out",
        "unsubscribed", "descadastrado", "negado", "nao autoriza", "nao autorizo", "nao aceita", "cancelado",
    ]
)  # fmt: skip
_YES = frozenset(
    {"sim", "s", "yes", "y", "true", "verdadeiro", "1", "x", "ok", "on", "aceito", "autorizo", "subscribed"}
)
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")


def read_consent(text: str) -> ConsentMark | None:
    """Read a cell; None for an empty one, which says nothing. Dates are read as days of UTC."""
    words = _plain(text)
    if not words:
        return None
    if words in _NO:
        return ConsentMark(is_refused=True)
    if words in _YES:
        return ConsentMark()
    moment = _moment(text.strip())
    return ConsentMark(at=moment) if moment else ConsentMark(proof=text.strip())


def _moment(text: str) -> datetime | None:
    for pattern in _DATES:
        try:
            found = datetime.strptime(text, pattern)  # noqa: DTZ007 — made aware below
        except ValueError:
            continue
        return found.replace(tzinfo=UTC) if found.date() > date(1990, 1, 1) else None
    return None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(letters.split()).strip(" .!")
