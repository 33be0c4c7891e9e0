"""From raw rows to contacts: cleans names and values, reads phones, says per row why it is refused. No I/O.

Whether a phone is already known is decided by the database's constraint; `SeenPhones` only spares it the second
occurrence inside one file.
"""

import json
import json.encoder
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.audience.columns import ColumnMapping
from desktop.audience.consent import read_consent
from desktop.audience.phones import PhoneReason, PhoneRefused, PhoneWarning, normalise
from desktop.audience.rows import RawRow
from desktop.domain.contact import ContactBatch, NewContact

_TAG_SEPARATORS = re.compile(r"[,;|]")
# Characters; what is beyond is cut off, and the report says so. No message takes more; a cell holds up to 32,767.
LONGEST_NAME, LONGEST_FIELD = 500, 5_000
_LONG_DOCUMENT = 5_000
_quoted = json.encoder.encode_basestring  # written in C
_Warnings = tuple[PhoneWarning, ...]
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


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """The next rows of a file: those that can be sent to as columns, the others one by one.

    `rows` counts both; `lines` says where each contact stands in the file; `warnings` has only the places with one;
    `shortened` counts the contacts of whom a name or field was longer than what is kept.
    """

    rows: int
    contacts: ContactBatch
    refused: list[RejectedRow]
    lines: list[int]
    warnings: dict[int, tuple[PhoneWarning, ...]]
    shortened: int = 0

    @property
    def landlines(self) -> int:
        return sum(PhoneWarning.LANDLINE in warnings for warnings in self.warnings.values())


def read_batch(
    rows: Iterable[RawRow], mapping: ColumnMapping, region: str = "BR", every_tag: tuple[str, ...] = ()
) -> ReadBatch:
    """Read rows; a missing cell is an empty one. The order of the file is kept, duplicates too.

    Args:
        rows: as many as the batch is to have.
        every_tag: tags that each contact gets behind its own.
    """
    contacts, refused, lines, warnings = ContactBatch(), list[RejectedRow](), list[int](), dict[int, _Warnings]()
    phones, names, fields, tags = contacts.phones, contacts.names, contacts.fields, contacts.tags
    phone_column, name_column, tags_column, opt_in = mapping.phone, mapping.name, mapping.tags, mapping.opt_in
    shortened = 0
    custom_columns = [(f"{_quoted(key)}:", column) for key, column in mapping.custom.items()]
    # Once a row of a million: `clean_text` and its calls stand here word for word, which is a fifth of the time.
    for line_number, cells in rows:
        width = len(cells)
        phone = normalise(cells[phone_column] if phone_column < width else "", region)
        if isinstance(phone, PhoneRefused):
            refused.append(RejectedRow(line_number, phone.reason, tuple(cells), phone.detail))
            continue
        e164, warned = phone
        if warned:
            warnings[len(phones)] = warned
        if opt_in is not None and opt_in < width and (mark := read_consent(clean_text(cells[opt_in]))) is not None:
            contacts.consents[len(phones)] = mark
        phones.append(e164)
        lines.append(line_number)
        text = cells[name_column] if name_column is not None and name_column < width else ""
        name = " ".join(text.split()) if text[:1] != "'" else clean_text(text)
        is_short = len(name) <= LONGEST_NAME
        names.append(name if is_short else name[:LONGEST_NAME])
        tags.append(
            tuple(dict.fromkeys((*split_tags(cells[tags_column]), *every_tag)))
            if tags_column is not None and tags_column < width
            else every_tag
        )
        said = [
            key + _quoted(value)
            for key, column in custom_columns
            if column < width
            and (value := " ".join(text.split()) if (text := cells[column])[:1] != "'" else clean_text(text))
        ]
        document = f"{{{','.join(said)}}}"
        if len(document) > _LONG_DOCUMENT:
            whole, document = document, _shortened(document)
            is_short = is_short and document == whole
        fields.append(document)
        shortened += not is_short
    return ReadBatch(len(phones) + len(refused), contacts, refused, lines, warnings, shortened)


def _shortened(document: str) -> str:
    """Cut each field to what somebody may have written: a file once put into a cell would fill the index of words."""
    fields: dict[str, str] = json.loads(document)
    return f"{{{','.join(f'{_quoted(key)}:{_quoted(value[:LONGEST_FIELD])}' for key, value in fields.items())}}}"


def parse_rows(
    rows: Iterable[RawRow], mapping: ColumnMapping, region: str = "BR"
) -> Iterator[ParsedContact | RejectedRow]:
    """Read rows one by one, as `read_batch` reads many."""
    for row in rows:
        read = read_batch((row,), mapping, region)
        if read.refused:
            yield read.refused[0]
            continue
        one = read.contacts
        contact = NewContact(one.phones[0], one.names[0], one.tags[0], json.loads(one.fields[0]), one.consents.get(0))
        yield ParsedContact(read.lines[0], contact, read.warnings.get(0, ()))


def clean_text(text: str) -> str:
    """Trim, make every run of white space one space, take off a formula guard; upper and lower case stay."""
    if text[:1] == "'" and text.startswith(_GUARDED):
        text = text[1:]
    return " ".join(text.split())


def split_tags(text: str) -> tuple[str, ...]:
    """Split `vip, natal;2026` into tags, each once, in the order of the text."""
    return tuple(dict.fromkeys(tag for part in _TAG_SEPARATORS.split(text) if (tag := clean_text(part))))
