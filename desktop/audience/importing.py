"""From raw rows to contacts: cleans names and values, reads phones, says per row why it is refused. No I/O.

Whether a phone is already known is decided by the database's constraint; `SeenPhones` only spares it the second
occurrence inside one file.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.audience.columns import ColumnMapping
from desktop.audience.consent import read_consent
from desktop.audience.phones import PhoneReason, PhoneRefused, PhoneWarning, normalise
from desktop.audience.rows import RawRow
from desktop.domain.contact import NewContact

_TAG_SEPARATORS = re.compile(r"[,;|]")
_GUARDED = ("'=", "'+", "'-", "'@")  # the apostrophe that a spreadsheet-safe file puts in front of a formula sign


@dataclass(frozen=True, slots=True)
class ParsedContact:
    """A row that can be sent to."""

    line_number: int
    contact: NewContact
    warnings: tuple[PhoneWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that cannot, with its cells as they were, so that it can be corrected and imported again."""

    line_number: int
    reason: PhoneReason
    cells: tuple[str, ...]
    detail: str = ""


class SeenPhones:
    """Remembers the phones of one file; as integers, a million of them take 64 MB less than as text."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()

    def is_new(self, e164: str) -> bool:
        """Tell whether this phone comes for the first time, and remember it."""
        number = int(e164)
        if number in self._numbers:
            return False
        self._numbers.add(number)
        return True


def parse_rows(
    rows: Iterable[RawRow], mapping: ColumnMapping, region: str = "BR"
) -> Iterator[ParsedContact | RejectedRow]:
    """Read every row; a missing cell is an empty one. The order of the file is kept, duplicates too."""
    phone_column, name_column, tags_column = mapping.phone, mapping.name, mapping.tags
    custom_columns = tuple(mapping.custom.items())
    for line_number, cells in rows:
        width = len(cells)
        raw_phone = cells[phone_column] if phone_column < width else ""
        phone = normalise(raw_phone, region)
        if isinstance(phone, PhoneRefused):
            yield RejectedRow(line_number, phone.reason, tuple(cells), phone.detail)
            continue
        opt_in = mapping.opt_in
        contact = NewContact(
            phone.e164,
            clean_text(cells[name_column]) if name_column is not None and name_column < width else "",
            split_tags(cells[tags_column]) if tags_column is not None and tags_column < width else (),
            {
                key: value
                for key, column in custom_columns
                # `clean_text`, but for the rare guard of a formula: a call for each cell is a tenth of an import.
                if column < width
                and (value := " ".join(text.split()) if (text := cells[column])[:1] != "'" else clean_text(text))
            },
            read_consent(clean_text(cells[opt_in])) if opt_in is not None and opt_in < width else None,
        )
        yield ParsedContact(line_number, contact, phone.warnings)


def clean_text(text: str) -> str:
    """Trim, make every run of white space one space, take off a formula guard; upper and lower case stay."""
    if text[:1] == "'" and text.startswith(_GUARDED):
        text = text[1:]
    return " ".join(text.split())


def split_tags(text: str) -> tuple[str, ...]:
    """Split `vip, natal;2026` into tags, each once, in the order of the text."""
    return tuple(dict.fromkeys(tag for part in _TAG_SEPARATORS.split(text) if (tag := clean_text(part))))
