"""Opens a file of people, whatever it is: recognised by its content, because names lie. CSV, spreadsheet or vCard."""

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop.audience.columns import holds_phone, known_words, looks_like_header
from desktop.audience.readers import csv_reader, spreadsheet_reader, vcard_reader
from desktop.audience.readers.encodings import read_sample
from desktop.audience.readers.unpacked import refuse_bomb
from desktop.audience.rows import RawRow
from desktop.domain.errors import KnownError

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAMPLE_ROWS = 200
_TITLE_ROWS = 5
# Old systems write a web page and call it `.xls`. Documents and JSON are chosen by mistake.
_PAGE = rb"<(?:!doctype|html|head|body|table|meta|\?xml)\b"
_FOREIGN = re.compile(rb"\s*(?:" + _PAGE + rb"|%PDF-|\{\\rtf|[\[{]\s*[{\"])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A table of people. `header` is empty when the file has none; `rows` starts from the beginning at each call.

    `encoding` and `delimiter` are empty where the kind of file has none. `expected_rows` is a guess for a progress bar.
    """

    header: tuple[str, ...]
    rows: Callable[[], Iterator[RawRow]]
    expected_rows: float
    encoding: str = ""
    delimiter: str = ""


def open_source(path: Path) -> Source:
    """Look at a file and say how it is read. Blocks: a spreadsheet is parsed for it.

    Raises:
        KnownError: `file_unreadable`, `file_empty`, `file_damaged`, `file_encrypted`, `file_too_large` or
            `file_not_table`.
    """
    try:
        sample = read_sample(path)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KnownError(
            "file_unreadable", f"{path.name} cannot be read: {reason}.", "Check that it exists and is not locked."
        ) from error
    if sample.startswith((_ZIP, _OLE)):
        if sample.startswith(_ZIP):
            refuse_bomb(path)
        return _spreadsheet(path)
    if _FOREIGN.match(sample.removeprefix(codecs.BOM_UTF8)):
        raise KnownError(
            "file_not_table",
            f"{path.name} is a web page or a document, not a table.",
            "Open it in Excel or LibreOffice and save it as XLSX or CSV.",
        )
    if vcard_reader.is_vcard(sample):
        cards = max(1, sample.upper().count(b"BEGIN:VCARD"))
        share = path.stat().st_size / max(1, len(sample))
        return Source(vcard_reader.HEADER, lambda: vcard_reader.rows(path), max(1.0, cards * share))
    return _csv(path, sample)


def _csv(path: Path, sample: bytes) -> Source:
    shape = csv_reader.sniff(path)
    lines = path.stat().st_size / max(1, len(sample)) * max(1, sample.count(b"\n") or sample.count(b"\r"))
    header, begins_after = shape.header, 0
    read = list(islice(csv_reader.rows(path, shape), _SAMPLE_ROWS))
    if not header:
        header, begins_after = _header_below_a_title(read)
    elif read and _names_more(read[0].cells, header):
        header, begins_after = tuple(cell.strip() for cell in read[0].cells), read[0].line_number
    if not any(row.line_number > begins_after for row in read):
        raise _empty(path)

    def rows() -> Iterator[RawRow]:
        all_rows = csv_reader.rows(path, shape)
        return (row for row in all_rows if row.line_number > begins_after) if begins_after else all_rows

    return Source(header, rows, max(1.0, lines), shape.encoding, shape.delimiter)


def _spreadsheet(path: Path) -> Source:
    sheet = spreadsheet_reader.load_sheet(path)
    read = list(islice(spreadsheet_reader.rows(sheet), _SAMPLE_ROWS))
    header, begins_after = _header_below_a_title(read)
    if not any(row.line_number > begins_after for row in read):
        raise _empty(path)

    def rows() -> Iterator[RawRow]:
        return (row for row in spreadsheet_reader.rows(sheet) if row.line_number > begins_after)

    return Source(header, rows, max(1.0, float(sheet.height)))


def _header_below_a_title(read: list[RawRow]) -> tuple[tuple[str, ...], int]:
    """Find the header: the first row, or the one below a title such as "Clientes 2026" that stands alone in its row.

    Returns:
        The header and its line number; an empty one and 0 when there is none.
    """
    for place, row in enumerate(read[:_TITLE_ROWS]):
        if sum(bool(cell.strip()) for cell in row.cells) > 1 or max(len(other.cells) for other in read) == 1:
            if looks_like_header(row.cells, [other.cells for other in read[place + 1 :]]):
                below = read[place + 1 : place + 2]
                named = below[0] if below and _names_more(below[0].cells, row.cells) else row
                return tuple(cell.strip() for cell in named.cells), named.line_number
            break
    return (), 0


def _names_more(row: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether a row below the header is the true one: the first only groups columns ("Cliente", "Casa")."""
    return known_words(row) > known_words(header) and not holds_phone(row)


def _empty(path: Path) -> KnownError:
    return KnownError("file_empty", f"{path.name} has no rows.", "Choose a file with one contact per line.")
