"""Be the process that records messages (`db/recorder.py`): groups of them, in order, each group in one transaction."""

import gc
import pickle
import selectors
import socket
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from db.connection import writing_engine
from db.recorder import LENGTH_BYTES, READY, RECEIVED_BYTES, YOURS, Failure, framed, frames
from db.stores.owned import Owned
from db.stores.sending import Sending
from db.transaction import Work, commit_in_order
from desktop.domain.errors import KnownError
from desktop.domain.events import Event
from desktop.domain.ids import WorkspaceId

# Of one transaction: the sender has something to do while the next ones come.
MAX_GROUP = 48


def serve(path: Path, workspace_id: int, data_fd: int, turns_fd: int) -> None:
    """Record what comes over `data_fd` until that ends, or until whoever started us does.

    Args:
        path: the database, a file of SQLite.
        turns_fd: by it we are asked to make way for a transaction, and hear that it is over.
    """
    sa_engine = writing_engine(path)
    with socket.socket(fileno=data_fd) as data, socket.socket(fileno=turns_fd) as turns, sa_engine.connect() as conn:
        # Rows make no cycles: looking for some after every 700 of them would cost a tenth of the time.
        gc.freeze()
        gc.set_threshold(100_000, 10, 10)
        record = Sending(WorkspaceId(workspace_id), Owned(WorkspaceId(workspace_id))).record
        desk = _Desk(data, turns)
        try:
            turns.sendall(READY)
            while items := desk.next():
                works = [Work(None, record, item) for item in items]
                commit_in_order(conn, works, None, desk.answer)
        except ConnectionError:
            pass  # nobody is left to be told
    sa_engine.dispose()


class _Desk:
    """What is to be recorded, and the answers."""

    def __init__(self, data: socket.socket, turns: socket.socket) -> None:
        data.setblocking(False)
        self._data, self._turns = data, turns
        self._incoming, self._outgoing = bytearray(), bytearray()
        self._is_at_end = False
        self._turn = 0  # how often we have made way
        self._selector = selectors.DefaultSelector()
        self._selector.register(turns, selectors.EVENT_READ)
        self._selector.register(data, selectors.EVENT_READ)

    def next(self) -> list[object]:
        """Wait for items and return what is there, up to a group; nothing at the end.

        Before that everything is told that was recorded, and way is made for whoever asks for it.
        """
        while True:
            events = selectors.EVENT_WRITE if self._outgoing else 0
            events |= 0 if self._is_at_end else selectors.EVENT_READ
            self._watch(events)
            is_idle = not self._has_frame() and not self._is_at_end
            for key, mask in self._selector.select(None if is_idle or self._outgoing else 0):
                if key.fileobj is self._turns:
                    if not self._make_way():
                        return []
                elif mask & selectors.EVENT_READ:
                    self._receive()
            self._send()
            if self._outgoing:
                continue
            items: list[object] = []
            while len(items) < MAX_GROUP and self._has_frame():
                items += pickle.loads(self._next_frame())
            if items or self._is_at_end:
                return items

    def answer(self, works: Sequence[Work], events: Sequence[Event]) -> None:
        """Tell the results of what is durable now, or what has failed."""
        results = [work.result if work.error is None else _failure(work.error) for work in works]
        self._outgoing += framed((self._turn, results, events))
        self._send()

    def _watch(self, events: int) -> None:
        is_watched = self._data in self._selector.get_map()
        if not events:
            if is_watched:
                self._selector.unregister(self._data)
        elif not is_watched:
            self._selector.register(self._data, events)
        elif self._selector.get_key(self._data).events != events:
            self._selector.modify(self._data, events)

    def _make_way(self) -> bool:
        """Let whoever asks write, and wait until that is done. False: there is nobody any more."""
        if not self._turns.recv(1):
            return False
        self._turns.sendall(YOURS)
        self._turn += 1
        return bool(self._turns.recv(1))

    def _receive(self) -> None:
        try:
            received = self._data.recv(RECEIVED_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        self._incoming += received
        self._is_at_end = not received

    def _send(self) -> None:
        if self._outgoing:
            with suppress(BlockingIOError, InterruptedError):
                del self._outgoing[: self._data.send(self._outgoing)]

    def _has_frame(self) -> bool:
        length = int.from_bytes(self._incoming[:LENGTH_BYTES], "big")
        return len(self._incoming) >= LENGTH_BYTES + length > LENGTH_BYTES

    def _next_frame(self) -> bytes:
        received = frames(self._incoming)
        frame = next(received)
        received.close()
        return frame


def _failure(error: BaseException) -> Failure:
    if isinstance(error, KnownError):
        facts = {name: fact for name, fact in error.facts.items() if isinstance(fact, str | int | float | bool)}
        return Failure(error.code, error.message, error.hint, facts)
    # Without the error's own text: there may be a person in it.
    where = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return Failure("", f"{type(error).__name__} in {' > '.join(where)}", "", {})
