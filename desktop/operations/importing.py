"""Imports a file of people: detected, mapped, validated, de-duplicated, durable in portions, refusals kept.

The file is read and parsed outside of the loop's thread (`reading.py`); each portion is one transaction of the
database. A crash leaves whole portions behind: every row is either in or not, importing the file again adds only what
is missing, and the unfinished import can be undone.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol

from desktop.audience.columns import ColumnMapping, map_columns
from desktop.audience.importing import RejectedRow
from desktop.audience.readers.source import open_source
from desktop.audience.rejects import RejectsFile
from desktop.domain.contact import ContactBatch, ImportResult
from desktop.domain.errors import KnownError
from desktop.engine.ports import Clock
from desktop.operations.reading import SAMPLE_ROWS, OpenReading, Portion, Reading, ReadingHere, ReadingOrder

PREVIEW_ROWS = 20


class ImportSession(Protocol):
    """Writes the batches of one import; knows which phones this very import has already brought."""

    async def add(self, contacts: ContactBatch) -> "BatchCounts": ...


class BatchCounts(Protocol):
    @property
    def added(self) -> int: ...
    @property
    def updated(self) -> int: ...
    @property
    def duplicates(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be read."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: tuple[tuple[str, str], ...]
    encoding: str
    delimiter: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did; `reasons` are the codes of the refusals with their numbers, most frequent first.

    `landlines` were taken in, some have WhatsApp; `shortened` are contacts with a name or field that was cut.
    """

    result: ImportResult
    rejects_path: Path | None
    reasons: tuple[tuple[str, int], ...]
    landlines: int
    shortened: int


@dataclass(slots=True)
class _Tally:
    rows: int = 0
    added: int = 0
    updated: int = 0
    duplicates: int = 0
    rejected: Counter[str] = field(default_factory=Counter[str])
    landlines: int = 0
    shortened: int = 0

    def count(self, portion: Portion, counts: "BatchCounts") -> None:
        self.rows += portion.rows
        self.added += counts.added
        self.updated += counts.updated
        self.duplicates += counts.duplicates
        self.rejected.update(row.reason.value for row in portion.refused)
        self.landlines += portion.landlines
        self.shortened += portion.shortened


def read_preview(path: Path, mapping: Sequence[tuple[str, str]], region: str) -> Preview:
    """Read the beginning of a file. Blocks shortly.

    Raises:
        KnownError: the file cannot be read, is not a table, or a mapping names a column that is not there. That no
            phone column was found is a problem of the preview: the operator chooses it.
    """
    source = open_source(path)
    sample = [record.cells for record in islice(source.rows(), SAMPLE_ROWS)]
    try:
        columns = map_columns(source.header, sample, [f"{name}={column}" for name, column in mapping], region)
    except KnownError as error:
        if error.code != "phone_column_missing":
            raise
        # The operator is to choose it, and sees the file for that.
        guess: tuple[tuple[str, str], ...] = ()
        problems = (error.code,)
    else:
        guess, problems = tuple(_as_pairs(columns, source.header)), ()
    return Preview(
        header=source.header,
        rows=tuple(tuple(cells) for cells in sample[:PREVIEW_ROWS]),
        guess=guess,
        encoding=source.encoding,
        delimiter=source.delimiter,
        problems=problems,
    )


async def import_file(
    order: ReadingOrder,
    rejects_path: Path,
    session: ImportSession,
    clock: Clock,
    progress: Callable[[int, float], None],
    is_stopped: Callable[[], bool] = lambda: False,
    open_reading: OpenReading = ReadingHere,
) -> Report:
    """Import a whole file.

    Args:
        rejects_path: written only when a row is refused; of an import that does not come to its end nothing stays.
        progress: called on the loop with the rows read so far and the share 0-1 of the file.
        is_stopped: asked between portions; whoever stops it takes back what is written.

    Raises:
        KnownError: as `read_preview`, and `import_cancelled`; what was written until then stays.
    """
    began = clock.monotonic()
    reading = await asyncio.to_thread(open_reading, order)
    tally, rejects = _Tally(), _Rejects(rejects_path, reading)
    try:
        while (portion := await asyncio.to_thread(_next_portion, reading, rejects)) is not None:
            tally.count(portion, await session.add(portion.contacts))
            progress(tally.rows, min(1.0, tally.rows / reading.expected_rows))
            if is_stopped():
                raise KnownError("import_cancelled", "The import was cancelled.", "Nothing of it was kept.")
    except BaseException:
        rejects.drop()
        raise
    finally:
        reading.close()
        rejects.close()
    seconds = clock.monotonic() - began
    result = ImportResult(
        tally.rows, tally.added, tally.updated, tally.duplicates, tally.rejected.total(), round(seconds, 3)
    )
    return Report(result, rejects.path, tuple(tally.rejected.most_common()), tally.landlines, tally.shortened)


def _next_portion(reading: Reading, rejects: "_Rejects") -> Portion | None:
    """Read on and write down what is refused. Runs in a worker thread."""
    portion = reading.next()
    for row in portion.refused if portion else ():
        rejects.write(row)
    return portion


class _Rejects:
    """Opens the file of refused rows when the first one comes."""

    def __init__(self, path: Path, reading: Reading) -> None:
        self.path: Path | None = None
        self._target, self._reading = path, reading
        self._file: RejectsFile | None = None

    def write(self, row: RejectedRow) -> None:
        if self._file is None:
            _make_folder(self._target.parent)
            self._file = RejectsFile(self._target, self._reading.header, self._reading.delimiter or ";")
            self._file.__enter__()
            self.path = self._target
        self._file.write(row)

    def close(self) -> None:
        if self._file is not None:
            self._file.__exit__(None, None, None)

    def drop(self) -> None:
        """Delete what was written."""
        self.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = f"The folder {folder} cannot be made: {error.strerror or 'error'}."
        raise KnownError("file_not_writable", text, "Choose another place for the refused rows.") from error


def _as_pairs(columns: ColumnMapping, header: Sequence[str]) -> Iterator[tuple[str, str]]:
    def name(index: int) -> str:
        return header[index] if index < len(header) else str(index + 1)

    yield "phone", name(columns.phone)
    if columns.name is not None:
        yield "name", name(columns.name)
    if columns.tags is not None:
        yield "tags", name(columns.tags)
    if columns.opt_in is not None:
        yield "opt_in", name(columns.opt_in)
    for field_name, index in columns.custom.items():
        yield field_name, name(index)
