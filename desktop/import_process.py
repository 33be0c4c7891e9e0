"""Reads a large file of people in a process of its own: the window stays fluid, and a second processor parses.

The child is this program, started with `READER` as its only argument. It gets its order as one line of JSON and
answers with frames: four bytes of length, then a tuple in Python's own binary form, which both sides speak because they
are the same program. It can never be more than one portion ahead, because then its pipe is full, and it ends with
whoever started it, because then its pipe is broken.
"""

import gc
import json
import marshal
import subprocess
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from desktop.audience.importing import RejectedRow
from desktop.audience.phones import PhoneReason
from desktop.domain.consent import ConsentMark
from desktop.domain.contact import ContactBatch
from desktop.domain.errors import BugError, KnownError
from desktop.operations.reading import Portion, Reading, ReadingHere, ReadingOrder
from desktop.own_program import own_command

READER = "read-people"
# A smaller file is read before the process has started. A spreadsheet is compressed: a tenth of its rows' size.
_LARGE_BYTES, _LARGE_PACKED_BYTES = 2_000_000, 200_000
_PACKED = frozenset({".xlsx", ".xlsm", ".xlsb", ".ods"})
_LENGTH_BYTES = 4
_WAIT_S = 5.0
_OPENED, _ROWS, _END, _REFUSED, _BUG = range(5)


def open_reading(order: ReadingOrder) -> Reading:
    """Read a small file here, a large one in a process of its own. Blocks until the columns are known.

    Raises:
        KnownError: the file cannot be read, is not a table, or no column has phones.
    """
    try:
        size = order.path.stat().st_size
    except OSError:
        size = 0  # reading it says why
    is_packed = order.path.suffix.lower() in _PACKED
    return ReadingApart(order) if size > (_LARGE_PACKED_BYTES if is_packed else _LARGE_BYTES) else ReadingHere(order)


class ReadingApart:
    """The side of the process that wants the rows."""

    def __init__(self, order: ReadingOrder) -> None:
        """Start the reader and wait until it knows the columns.

        Raises:
            KnownError: what the reader refuses, or `reader_ended` when it cannot run.
        """
        try:
            self._process = subprocess.Popen(
                [*own_command(), READER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise _ended() from error
        asked = {
            "path": str(order.path.absolute()),
            "mapping": [list(pair) for pair in order.mapping],
            "tags": list(order.tags),
            "region": order.region,
        }
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.close()
            self.header, self.delimiter, self.expected_rows = self._receive(_OPENED)
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise _ended() from error
            raise

    def next(self) -> Portion | None:
        """Read on; None at the end.

        Raises:
            KnownError: the file cannot be read further, or `reader_ended`.
        """
        answer = self._receive(_ROWS)
        return _portion(answer) if answer else None

    def close(self) -> None:
        """End the reader."""
        self._process.kill()
        try:
            self._process.wait(_WAIT_S)
        finally:
            if self._process.stdout is not None:
                self._process.stdout.close()

    def _receive(self, expected: int) -> Any:
        assert self._process.stdout is not None
        frame = _read_frame(self._process.stdout)
        if frame is None:
            raise _ended()
        kind, *content = frame
        if kind == _REFUSED:
            code, message, hint, facts = content
            raise KnownError(code, message, hint, **facts)
        if kind == _BUG:
            raise BugError(f"the reader of people failed: {content[0]}")
        if kind not in (expected, _END):
            raise BugError(f"the reader of people answered {kind} instead of {expected}")
        return content


def serve(stdin: IO[bytes], stdout: IO[bytes]) -> None:
    """Be the child: read one order, answer with frames until the file ends or nobody listens."""
    # Rows make no cycles: looking for some after every 700 of them costs a sixth of the time.
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
    try:
        _serve(json.loads(stdin.readline()), stdout)
    except BrokenPipeError:
        pass  # cancelled, or whoever started us is gone
    except KnownError as error:
        facts = {name: fact for name, fact in error.facts.items() if isinstance(fact, str | int | float | bool)}
        _write_frame(stdout, (_REFUSED, error.code, error.message, error.hint, facts))
    except Exception as error:  # noqa: BLE001  It is told to the process that can report it.
        # Without the error's own text: there may be a row in it.
        where = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        _write_frame(stdout, (_BUG, f"{type(error).__name__} in {' > '.join(where)}"))


def _serve(asked: dict[str, Any], stdout: IO[bytes]) -> None:
    pairs = [(str(name), str(column)) for name, column in asked["mapping"]]
    reading = ReadingHere(ReadingOrder(Path(asked["path"]), pairs, asked["tags"], asked["region"]))
    _write_frame(stdout, (_OPENED, tuple(reading.header), reading.delimiter, reading.expected_rows))
    while (portion := reading.next()) is not None:
        people = portion.contacts
        consents = {
            place: (mark.is_refused, mark.at.isoformat() if mark.at else "", mark.proof)
            for place, mark in people.consents.items()
        }
        columns = (people.phones, people.names, people.fields, people.tags, consents)
        refused = [(row.line_number, row.reason.value, row.cells, row.detail) for row in portion.refused]
        _write_frame(stdout, (_ROWS, portion.rows, columns, refused, portion.landlines, portion.shortened))
    _write_frame(stdout, (_END,))


def _portion(content: Sequence[Any]) -> Portion:
    rows, (phones, names, fields, tags, consents), refused, landlines, shortened = content
    marks = {
        place: ConsentMark(no, datetime.fromisoformat(at) if at else None, proof)
        for place, (no, at, proof) in consents.items()
    }
    return Portion(
        rows,
        ContactBatch(phones, names, fields, tags, marks),
        [RejectedRow(line, PhoneReason(reason), cells, detail) for line, reason, cells, detail in refused],
        landlines,
        shortened,
    )


def _write_frame(stream: IO[bytes], content: tuple[Any, ...]) -> None:
    frame = marshal.dumps(content)
    stream.write(len(frame).to_bytes(_LENGTH_BYTES, "big"))
    stream.write(frame)
    stream.flush()


def _read_frame(stream: IO[bytes]) -> tuple[Any, ...] | None:
    """Return the next frame; None when the other side ended, also in the middle of one."""
    try:
        head = stream.read(_LENGTH_BYTES)
        frame = stream.read(int.from_bytes(head, "big")) if len(head) == _LENGTH_BYTES else b""
        if not frame or len(frame) != int.from_bytes(head, "big"):
            return None
    except (OSError, ValueError):  # closed by another thread
        return None
    return cast("tuple[Any, ...]", marshal.loads(frame))


def _ended() -> KnownError:
    text = "The file could not be read to its end: its reader ended."
    return KnownError("reader_ended", text, "Close other programs, to have more memory free, and try again.")
