"""Reads a file of people in portions. Where that happens, here or in a process of its own, is the root's choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from desktop.audience.columns import map_columns
from desktop.audience.importing import RejectedRow, read_batch
from desktop.audience.readers.source import open_source
from desktop.domain.contact import ContactBatch

# Rows that are written in one transaction: about 0.15 s, in which messages that are sent wait to be recorded.
PORTION_ROWS = 10_000
SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """What is to be read and how.

    Args:
        mapping: explicit (field, column) pairs; the rest is guessed.
        tags: for every contact.
        region: the ISO country of numbers that are written without one.
    """

    path: Path
    mapping: Sequence[tuple[str, str]]
    tags: Sequence[str]
    region: str


@dataclass(frozen=True, slots=True)
class Portion:
    """The next rows of a file; `rows` counts those that are refused, too."""

    rows: int
    contacts: ContactBatch
    refused: Sequence[RejectedRow]
    landlines: int
    shortened: int


class Reading(Protocol):
    """A file that is being read. `expected_rows` is a guess for a progress bar, at least 1."""

    header: Sequence[str]
    delimiter: str
    expected_rows: float

    def next(self) -> Portion | None:
        """Read on; None at the end. Blocks. Raises KnownError when the file cannot be read further."""
        ...

    def close(self) -> None:
        """Let the file go. May be called from another thread while `next` blocks, which then ends."""
        ...


OpenReading = Callable[[ReadingOrder], Reading]


class ReadingHere:
    """Reads in the thread that asks."""

    def __init__(self, order: ReadingOrder) -> None:
        """Look at the file and decide which column is what.

        Raises:
            KnownError: it cannot be read, is not a table, or no column has phones.
        """
        source = open_source(order.path)
        sample = [record.cells for record in islice(source.rows(), SAMPLE_ROWS)]
        assigned = [f"{name}={column}" for name, column in order.mapping]
        self._columns = map_columns(source.header, sample, assigned, order.region)
        self._rows = source.rows()
        self._region, self._tags = order.region, tuple(dict.fromkeys(order.tags))
        self.header: Sequence[str] = source.header
        self.delimiter = source.delimiter
        self.expected_rows = source.expected_rows

    def next(self) -> Portion | None:
        """Read on; None at the end.

        Raises:
            KnownError: the file cannot be read further.
        """
        read = read_batch(islice(self._rows, PORTION_ROWS), self._columns, self._region, self._tags)
        if not read.rows:
            return None
        return Portion(read.rows, read.contacts, read.refused, read.landlines, read.shortened)

    def close(self) -> None:
        """Nothing is held open between two portions but the file itself, which goes with its iterator."""
