"""Writes the answers: JSON to stdout alone, or words for people. Logs and errors for people go to stderr."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TextIO

from desktop.domain.errors import KnownError
from desktop.domain.moments import iso_or_none as iso


def _plain(value: object) -> object:
    match value:
        case datetime():
            return iso(value)
        case Enum():
            return value.value
        case Path():
            return str(value)
        case Mapping():
            return dict(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")


class Output:
    """One for each run of the command line."""

    def __init__(self, *, as_json: bool, stdout: TextIO | None = None, stderr: TextIO | None = None) -> None:
        self.as_json = as_json
        self._out = stdout or sys.stdout
        self._err = stderr or sys.stderr

    def document(self, value: object, words: str) -> None:
        """Write the one JSON document, or `words`."""
        self._write(json.dumps(value, ensure_ascii=False, default=_plain) if self.as_json else words)

    def line(self, value: Mapping[str, object], words: str) -> None:
        """Write one of many lines, at once."""
        self.document(value, words)

    def note(self, words: str) -> None:
        """Say something to a person, never to a script."""
        print(words, file=self._err, flush=True)

    def error(self, error: KnownError, message: str, hint: str) -> None:
        """Write a refusal: as a JSON document, or in words to stderr."""
        if self.as_json:
            self.document({"error": error.code, "message": message, "hint": hint}, "")
        else:
            self.note(f"{message} {hint}".strip())

    def table(self, rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
        """Lay rows out as text columns."""
        if not rows:
            return "—"
        cells = [list(columns), *([_cell(row.get(column)) for column in columns] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
        )

    def _write(self, text: str) -> None:
        print(text, file=self._out, flush=True)


def _cell(value: object) -> str:
    match value:
        case None:
            return "—"
        case datetime():
            return value.astimezone().strftime("%Y-%m-%d %H:%M")
        case Enum():
            return str(value.value)
        case float():
            return f"{value:g}"
        case _:
            return str(value)
