"""The list of what was really accepted: one JSON line a message, on disk before the HTTP answer leaves.

Each line is one `write` to a descriptor opened with O_APPEND, so it survives a kill of the sender and of this process,
and several simulators may share the file. No fsync: only a power cut could lose lines, and practice needs the speed.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from desktop.domain.errors import KnownError
from desktop.simulator import answers, ids
from desktop.simulator.state import Json, Message

_LONGEST_TAIL = 1024 * 1024


class Record:
    """An append-only file of accepted messages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._fd = os.open(path, flags, 0o600)
            _drop_torn_line(path)
        except OSError as error:
            raise KnownError(
                "record_not_writable", f"The record file {path} cannot be written: {error.strerror}.",
                "Choose a file in a folder of yours.", path=str(path),
            ) from error  # fmt: skip

    def append(self, message: Message) -> None:
        """Write one line. Raises OSError when the disk is full: better no answer than an unrecorded message."""
        line = json.dumps(_row(message), ensure_ascii=False).encode() + b"\n"
        written = os.write(self._fd, line)
        while written < len(line):
            written += os.write(self._fd, line[written:])

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)


def read_record(path: Path) -> Iterator[Message]:
    """Yield the messages of a record file, oldest first."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Message(
                instance=row["instance"], number=row["number"], jid=row["jid"], text=row["text"], id=row["id"],
                row_id=row["row_id"], at=row["epoch_s"], type=row["type"], media=row["media"], push_name="Você",
            )  # fmt: skip


def _drop_torn_line(path: Path) -> None:
    """Cut off a last line that a full disk left unfinished: its message was never answered."""
    with path.open("rb+") as file:
        size = file.seek(0, os.SEEK_END)
        start = max(0, size - _LONGEST_TAIL)
        file.seek(start)
        tail = file.read()
        if tail and not tail.endswith(b"\n"):
            file.truncate(start + tail.rfind(b"\n") + 1)


def _row(message: Message) -> Json:
    return {
        "at": ids.moment(message.at),
        "instance": message.instance,
        "number": message.number,
        "jid": message.jid,
        "text": message.text,
        "id": message.id,
        "type": message.type,
        "media": answers.as_stored(message.media),
        "row_id": message.row_id,
        "epoch_s": message.at,
    }
