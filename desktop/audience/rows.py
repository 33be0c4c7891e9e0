"""One row as a reader found it, whatever the file was. Nothing is trimmed or judged here."""

from typing import NamedTuple


class RawRow(NamedTuple):
    """`line_number` is where the row begins in the file, from 1. A tuple, because an import makes a million of them."""

    line_number: int
    cells: list[str]
