"""Writes the refused rows of an import to a file that a person corrects in a spreadsheet and imports again.

The columns are those of the original plus one with the reason. A cell that a spreadsheet would run as a formula gets an
apostrophe in front; the import takes it off again.
"""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.audience.columns import REASON_COLUMN
from desktop.audience.importing import RejectedRow
from desktop.domain.errors import KnownError

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def reason_code(row: RejectedRow) -> str:
    """Word a refusal by its code; the window passes a translated wording instead."""
    return row.reason.value


def formula_safe(cell: str) -> str:
    """Guard a cell against being run by a spreadsheet."""
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell


class RejectsFile:
    """An open file of refused rows; use it as a context manager. UTF-8 with a mark: Excel needs it to see accents."""

    def __init__(
        self,
        path: Path,
        header: Sequence[str],
        delimiter: str = ";",
        wording: Callable[[RejectedRow], str] = reason_code,
    ) -> None:
        """Create the file. Without a header the rows stand alone and the reason is their last cell.

        Raises:
            KnownError: `file_not_writable`.
        """
        try:
            self._stream = path.open("w", encoding="utf-8-sig", newline="")
        except OSError as error:
            reason = error.strerror or "unknown reason"
            message = f"{path.name} cannot be written: {reason}."
            raise KnownError("file_not_writable", message, "Choose another folder or close the file.") from error
        self._writer = csv.writer(self._stream, delimiter=delimiter)
        self._width = len(header)
        self._wording = wording
        if header:
            self._writer.writerow([*map(formula_safe, header), REASON_COLUMN])

    def write(self, row: RejectedRow) -> None:
        """Append one row; short rows are filled up so that the reason stands in its column."""
        cells = [*map(formula_safe, row.cells), *[""] * (self._width - len(row.cells))]
        self._writer.writerow([*cells, self._wording(row)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stream.close()
