"""Reads the CSV files that people really have: any separator, any encoding, broken quotes, blank and ragged lines.

`sniff` looks at the beginning and says what the file is; `rows` streams it with flat memory. Neither judges phones or
names. A quote that is never closed must not swallow the rest of the file: a record longer than `_MAX_RECORD_LINES`, or
one still open at the end, is read again with its first line taken literally.
"""

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from desktop.audience.columns import looks_like_header
from desktop.audience.readers.encodings import decode, find_encoding, open_text, read_sample
from desktop.audience.rows import RawRow
from desktop.domain.errors import KnownError

DELIMITERS = (";", "\t", "|", ",")
_SAMPLE_RECORDS = 200
_MAX_RECORD_LINES = 100
_END = "\ue000end\ue000"  # private-use characters: no real file has this line
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_SINGLE_QUOTED = re.compile(r"(?:^|[;,|\t])'[^']*'(?=[;,|\t\r\n]|$)")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class CsvShape:
    """What a CSV file is. `header` is empty when `has_header` is false; an empty `quotechar` means no quoting."""

    encoding: str
    delimiter: str
    has_header: bool
    header: tuple[str, ...]
    quotechar: str = '"'
    has_separator_line: bool = False  # Excel's `sep=;` in front


def sniff(path: Path) -> CsvShape:
    """Find out encoding, delimiter, quoting and header of a CSV file.

    Raises:
        KnownError: `file_unreadable`, `file_empty` or `file_not_csv`.
    """
    sample = _sample_of(path)
    encoding = find_encoding(sample)
    lines = [line for line in _lines_of(decode(sample, encoding)) if line.strip()][:_SAMPLE_RECORDS]
    separator = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    if separator:
        lines = lines[1:]
    if not lines:
        raise KnownError("file_empty", f"{path.name} has no rows.", "Choose a file with one contact per line.")
    quotechar = _find_quotechar(lines)
    delimiter = separator.group(1) if separator else _find_delimiter(lines, quotechar)
    shape = CsvShape(encoding, delimiter, False, (), quotechar, separator is not None)
    first_rows = [row.cells for row in islice(rows(path, shape), _SAMPLE_RECORDS)]
    if first_rows and looks_like_header(first_rows[0], first_rows[1:]):
        return replace(shape, has_header=True, header=tuple(cell.strip() for cell in first_rows[0]))
    return shape


def rows(path: Path, shape: CsvShape) -> Iterator[RawRow]:
    """Stream the data rows; blank lines, lines of separators only, the header and `sep=` are not rows.

    Raises:
        KnownError: `file_unreadable`.
    """
    skip = int(shape.has_separator_line) + int(shape.has_header)
    try:
        with open_text(path, shape.encoding) as lines:
            for row in _records(lines, shape):
                cells = row.cells
                if not cells or not (cells[0].strip() or any(map(str.strip, cells))):
                    continue
                if skip:
                    skip -= 1
                    continue
                yield row
    except OSError as error:
        raise _unreadable(path, error) from error


class _LineFeed:
    """Hands lines to `csv.reader` and remembers those of the record being read, so that they can be read again.

    When the file ends, or the record has grown too long, it hands out `_END` and stops: with no quote open that arrives
    as a row of its own, otherwise inside the last cell.
    """

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._again: deque[str] = deque()
        self.record: list[str] = []
        self.has_ended = False

    def __iter__(self) -> Iterator[str]:
        record, again, source = self.record, self._again, self._source
        while len(record) < _MAX_RECORD_LINES:
            line = again.popleft() if again else next(source, None)
            if line is None:
                break
            if "\ufeff" in line or "\0" in line:
                line = _clean(line)
            record.append(line)
            yield line
        self.has_ended = True
        yield _END

    def take_first_line(self) -> str:
        """Give the first line of the present record and put the others back, to be read from the start."""
        first, *others = self.record
        self._again.extendleft(reversed(others))
        self.record.clear()
        self.has_ended = False
        return first


def _records(source: Iterator[str], shape: CsvShape) -> Iterator[RawRow]:
    """Stream all records, blank ones too, with the line on which each begins."""
    feed = _LineFeed(source)
    number = 1
    while True:
        reader = _reader(feed, shape)
        try:
            for cells in reader:
                lines = len(feed.record)
                if feed.has_ended or (lines > 1 and not _is_sound(feed.record, shape)):
                    break
                yield RawRow(number, cells)
                number += lines
                feed.record.clear()
        except csv.Error:
            pass  # an absurdly long field: the record's first line is taken literally, like one that never closes
        if not feed.record:
            return
        yield RawRow(number, _literal_cells(feed.take_first_line(), shape))
        number += 1


def _is_sound(record: Sequence[str], shape: CsvShape) -> bool:
    """Tell whether a record of several lines is quoted by the rules, or two broken quotes happened to meet."""
    try:
        return len(list(_reader(record, shape, strict=True))) == 1
    except csv.Error:
        return False


def _literal_cells(line: str, shape: CsvShape) -> list[str]:
    return [cell.strip(shape.quotechar or None) for cell in line.rstrip("\r\n").split(shape.delimiter)]


def _reader(lines: Sequence[str] | _LineFeed, shape: CsvShape, *, strict: bool = False) -> Iterator[list[str]]:
    if not shape.quotechar:
        return csv.reader(lines, delimiter=shape.delimiter, quoting=csv.QUOTE_NONE, strict=strict)
    return csv.reader(lines, delimiter=shape.delimiter, quotechar=shape.quotechar, strict=strict)


def _clean(text: str) -> str:
    return text.replace("\ufeff", "").replace("\0", "")


def _lines_of(text: str) -> list[str]:
    """Split as a text stream does: `str.splitlines` would also split at form feeds and other rare signs."""
    return list(io.StringIO(_clean(text), newline=""))


def _find_quotechar(lines: Sequence[str]) -> str:
    single = sum(_SINGLE_QUOTED.search(line) is not None for line in lines)
    return "'" if single > len(lines) / 2 else '"'


def _find_delimiter(lines: Sequence[str], quotechar: str) -> str:
    """Choose the sign that divides the most lines, among those that divide the first one; then the most even one.

    A file of one column gets a sign that it does not contain, so that `5,51198E+12` stays in one piece.
    """
    best = max(DELIMITERS, key=lambda sign: _evenness(lines, sign, quotechar))
    if _evenness(lines, best, quotechar)[0] >= 0.5:
        return best
    return next((sign for sign in DELIMITERS if not any(sign in line for line in lines)), best)


def _evenness(lines: Sequence[str], delimiter: str, quotechar: str) -> tuple[float, float, int]:
    """Return the share of divided lines (above 1 when the first is), the share with the usual width, that width."""
    shape = CsvShape("utf-8", delimiter, False, (), quotechar)
    widths = [len(row.cells) for row in _records(iter(lines), shape)]
    divided = Counter(width for width in widths if width > 1)
    if not divided:
        return 0.0, 0.0, 1
    width, count = divided.most_common(1)[0]
    share = divided.total() / len(widths)
    return (share + (widths[0] > 1) * (share >= 0.5), count / len(widths), width)


def _sample_of(path: Path) -> bytes:
    try:
        sample = read_sample(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    if sample.startswith((_ZIP, _OLE)):
        raise KnownError(
            "file_not_csv", f"{path.name} is a spreadsheet or an archive, not CSV.", "Save it as CSV first."
        )
    return sample


def _unreadable(path: Path, error: OSError) -> KnownError:
    reason = error.strerror or "unknown reason"
    return KnownError(
        "file_unreadable", f"{path.name} cannot be read: {reason}.", "Check that it exists and is not locked."
    )
