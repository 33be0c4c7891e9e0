"""Reads vCard files (2.1, 3.0 and 4.0) from phones and address books: one row for each phone of each card.

A file of thousands of cards is cut at its BEGIN and END lines, so that one broken card costs one row and memory stays
flat. Old phones write 2.1 with quoted-printable names in the encoding of the card.
"""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from desktop.audience.readers.encodings import find_encoding, open_text, read_sample
from desktop.audience.rows import RawRow
from desktop.domain.errors import KnownError

HEADER = ("name", "phone", "tags", "phone_type", "email", "organization", "birthday")
# It writes every line that it skips to the log, and with it names and phones.
logging.getLogger("vobject.base").disabled = True

_TYPES = ("cell", "home", "work", "main")
_BEGIN, _END = "BEGIN:VCARD", "END:VCARD"
_LABEL = re.compile(r"^(?:item\d+\.)?(FN|N|TEL)\b[^:\n]*:(.*)$", re.IGNORECASE | re.MULTILINE)
# vobject reads 3.0; 2.1 says CELL where 3.0 says TYPE=CELL, and 4.0 writes phones as tel: addresses.
_BARE_TYPE = re.compile(r";(CELL|HOME|WORK|VOICE|PREF|MAIN|FAX|MSG|CAR|PAGER|INTERNET)(?=[;:])", re.IGNORECASE)


def is_vcard(sample: bytes) -> bool:
    """Tell whether a file begins as a vCard, whatever its encoding."""
    return _BEGIN.encode() in sample[:400].replace(b"\0", b"").upper()


def rows(path: Path) -> Iterator[RawRow]:
    """Stream one row for each phone; a card without one gives a row with an empty phone. `line_number` is the card's.

    Raises:
        KnownError: `file_unreadable`.
    """
    try:
        encoding = find_encoding(read_sample(path))
        with open_text(path, encoding) as lines:
            for number, text in _cards(lines):
                for cells in _rows_of(text):
                    yield RawRow(number, cells)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KnownError(
            "file_unreadable", f"{path.name} cannot be read: {reason}.", "Check that it exists and is not locked."
        ) from error


def _cards(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Cut the file into cards; one that is never closed ends where the next begins, or with the file."""
    card: list[str] = []
    began = 1
    for number, line in enumerate(lines, 1):
        stripped = line.replace("\ufeff", "").rstrip("\r\n")
        word = stripped.strip().upper()
        if word == _BEGIN:
            if card:
                yield began, "\n".join(card)
            card, began = [stripped.strip()], number
        elif card:
            card.append(stripped)
            if word == _END:
                yield began, "\n".join(card)
                card = []
    if card:
        yield began, "\n".join(card)


def _rows_of(text: str) -> Iterator[list[str]]:
    card = _parsed(text)
    if card is None:
        yield from _scraped(text)
        return
    name = _text(card, "fn") or _composed_name(card)
    tags = ",".join(str(tag) for item in _all(card, "categories") for tag in _as_list(item))
    organization = " ".join(str(part) for item in _all(card, "org")[:1] for part in _as_list(item))
    rest = [_text(card, "email"), organization.strip(), _text(card, "bday")]
    phones = [(_phone(str(tel.value)), _type_of(tel)) for tel in _children(card, "tel")] or [("", "")]
    for phone, kind in dict.fromkeys(phones):
        yield [name, phone, tags, kind, *rest]


def _parsed(text: str) -> Any | None:
    """Parse one card, or None when it is broken beyond what vobject forgives."""
    import vobject  # late: every start would load it, for a kind of file that few people bring

    prepared = "\n".join(_prepared(line) for line in _without_soft_breaks(text).split("\n"))
    try:
        return cast("Any", next(vobject.readComponents(prepared, ignoreUnreadable=True, allowQP=True), None))  # pyright: ignore[reportUnknownMemberType]
    except Exception:  # noqa: BLE001 — vobject raises whatever its pieces raise; the card is scraped instead.
        return None


def _prepared(line: str) -> str:
    head, colon, value = line.partition(":")
    if not colon:
        return line
    while (found := _BARE_TYPE.sub(lambda match: f";TYPE={match[1]}", head + ":")[:-1]) != head:
        head = found
    return f"{head}:{value}"


def _without_soft_breaks(text: str) -> str:
    """Join the lines of quoted-printable values: a line that ends with = goes on in the next one."""
    joined: list[str] = []
    is_open = False
    for line in text.split("\n"):
        if is_open:
            joined[-1] = joined[-1][:-1] + line
        else:
            joined.append(line)
        is_open = "QUOTED-PRINTABLE" in joined[-1].upper() and joined[-1].endswith("=")
    return "\n".join(joined)


def _scraped(text: str) -> Iterator[list[str]]:
    """Take the name and the phones of a broken card by their lines."""
    found = [(label.upper(), value.strip()) for label, value in _LABEL.findall(text)]
    name = next((value for label, value in found if label == "FN"), "") or next(
        (" ".join(reversed(value.split(";")[:2])).strip() for label, value in found if label == "N"), ""
    )
    for phone in [_phone(value) for label, value in found if label == "TEL"] or [""]:
        yield [name, phone, "", "", "", "", ""]


def _phone(value: str) -> str:
    return value.strip().removeprefix("tel:").partition(";")[0]


def _children(card: Any, name: str) -> list[Any]:
    return list(cast("dict[str, list[Any]]", card.contents).get(name, []))


def _all(card: Any, name: str) -> list[Any]:
    return [child.value for child in _children(card, name)]


def _as_list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _text(card: Any, name: str) -> str:
    return next((str(value).strip() for value in _all(card, name) if str(value).strip()), "")


def _composed_name(card: Any) -> str:
    """Write a name from its parts, given name first, as people say it."""
    for value in _all(card, "n"):
        parts = (getattr(value, part, "") for part in ("given", "additional", "family"))
        if name := " ".join(str(part).strip() for part in parts if str(part).strip()):
            return name
    return ""


def _type_of(tel: Any) -> str:
    types = {str(kind).lower() for kind in cast("dict[str, list[str]]", tel.params).get("TYPE", [])}
    words = {part.strip('" ') for kind in types for part in kind.split(",")}
    return next((kind for kind in _TYPES if kind in words), "")
