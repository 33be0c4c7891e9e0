"""Messages that come by the hundred a second are recorded by a process of their own (`db/recorder_process.py`).

Theory: the writing thread and the one that sends share an interpreter, and pass its lock to and fro dozens of times for
each group; while one of them works the other waits. Apart, both go on (`BENCHMARKS.md`). Few senders are so fast: the
process is started when it is worth having, and ends when it is not needed any more. What it commits is what the thread
would have committed, by the same code; only one of the two is at it at a time.

A recorder that outlives whoever started it can do no harm: it drops what it has not begun, and claims nobody for a run
that another one has followed (`db/stores/sending.py`). One that dies is not missed: what it has not answered is asked
for again, of the thread, which finds what was recorded already (`db/stores/intents.py`).
"""

import asyncio
import contextlib
import copyreg
import io
import logging
import os
import pickle
import socket
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from enum import Enum, auto
from operator import attrgetter
from typing import Any, NamedTuple

from desktop.domain.errors import BugError, KnownError
from desktop.domain.events import Event, NewEvent
from desktop.domain.outcome import Accepted, NotSent, Rejected, Unknown
from desktop.engine.ports import Intent, Price, Settlement

_log = logging.getLogger(__name__)

# Items that are handed over together: so few that one process records while the other has something to do.
FRAME = 16
READY, WANTS, YOURS, GOES_ON = b"r", b"w", b"y", b"g"
LENGTH_BYTES = 4
RECEIVED_BYTES = 262_144
_COUNTED = 1_000  # items, two for each message
_QUIET_S = 60.0  # after that long without any item the process is not needed
_START_S = 60.0
_END_S = 10.0


class Failure(NamedTuple):
    """An error of one item on its way between the processes. Without a code it is a bug; its text holds no values."""

    code: str
    message: str
    hint: str
    facts: dict[str, Any]

    def error(self) -> Exception:
        """Return it as the error that it is."""
        return KnownError(self.code, self.message, self.hint, **self.facts) if self.code else BugError(self.message)


def _as_call(kind: type[Any]) -> Callable[[object], tuple[type[Any], tuple[object, ...]]]:
    names = [each.name for each in fields(kind)]
    values: Callable[[object], tuple[object, ...]] = attrgetter(*names)  # of one name it would be no tuple
    return lambda made: (kind, values(made))


class _Pickler(pickle.Pickler):
    """Writes what there is most of as a call of its class: a frozen dataclass with slots is otherwise taken apart and
    put together in Python, field by field, which took a tenth of the sending thread."""

    dispatch_table = copyreg.dispatch_table | {
        kind: _as_call(kind)
        for kind in (Intent, Price, Settlement, Accepted, Rejected, NotSent, Unknown, Event, NewEvent)
    }


def framed(content: object) -> bytes:
    """Return a frame: its length in four bytes, then the content as a pickle."""
    frame = io.BytesIO()
    frame.write(bytes(LENGTH_BYTES))
    _Pickler(frame, pickle.HIGHEST_PROTOCOL).dump(content)
    length = frame.tell() - LENGTH_BYTES
    frame.seek(0)
    frame.write(length.to_bytes(LENGTH_BYTES, "big"))
    return frame.getvalue()


class _State(Enum):
    RESTING = auto()  # there is too little to do for it
    STARTING = auto()
    UP = auto()
    OFF = auto()  # for good


class Recorder:
    """The side that wants messages recorded. Used on one loop, but for `waiting`.

    Args:
        command: starts the process; two descriptors are appended.
        together: the function of the writer (`Database.submit_item`) that the process does instead.
        again: has the thread do an item that was given to a process which has ended meanwhile. It may be recorded
            already: `together` must find that.
        publish: hears of what was committed.
        from_per_s: items a second, on the average of a thousand, from which on the process is worth having; 0: at once.
    """

    def __init__(
        self,
        command: Sequence[str],
        together: Callable[..., Any],
        again: Callable[[Any, "asyncio.Future[Any]"], None],
        publish: Callable[[Sequence[Event]], None] | None,
        from_per_s: float,
    ) -> None:
        self._command, self._together, self._again, self._publish = command, together, again, publish
        self._from_per_s = from_per_s
        self._state = _State.RESTING
        self._seen, self._since = 0, 0.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting: threading.Thread | None = None
        self._ending: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._data: socket.socket | None = None
        self._turns: socket.socket | None = None
        self._turn = threading.Lock()  # held by whoever uses `_turns`, to its end
        self._items: list[Any] = []
        self._waiting: deque[tuple[asyncio.Future[Any], Any]] = deque()
        self._outgoing, self._incoming = bytearray(), bytearray()
        self._held: deque[tuple[int, Any, Sequence[Event]]] = deque()
        self._turns_taken = self._turns_told = 0  # by `waiting`, of this process
        self._was_used = False

    @property
    def is_up(self) -> bool:
        """Whether the process is there and records."""
        return self._state is _State.UP

    def takes(self, together: Callable[..., Any], loop: asyncio.AbstractEventLoop) -> bool:
        """Tell whether an item for `together` is recorded apart; starts the process when there are enough of them."""
        if together != self._together:
            return False
        if self._state is _State.UP:
            return loop is self._loop
        if self._state is _State.RESTING:
            self._count(loop)
        return False

    def submit(self, item: Any) -> "asyncio.Future[Any]":
        """Have an item recorded; the future has its result once that is durable."""
        assert self._loop is not None
        future: asyncio.Future[Any] = self._loop.create_future()
        self._waiting.append((future, item))
        self._items.append(item)
        if len(self._items) >= FRAME:
            self._hand_over()
        elif len(self._items) == 1:
            self._loop.call_soon(self._hand_over)
        return future

    def hear(self) -> None:
        """Take the answers that are there already."""
        while self._state is _State.UP:
            assert self._data is not None
            try:
                received = self._data.recv(RECEIVED_BYTES)
            except (BlockingIOError, InterruptedError):
                return
            except OSError:
                received = b""
            if not received:
                self._lose()
                return
            self._incoming += received
            self._take_answers()

    @contextmanager
    def waiting(self) -> Generator[None]:
        """Keep the process from writing meanwhile: two that write would make each other wait for the lock, and one of
        them for ever. For the writing thread."""
        with self._turn:
            turns, loop = self._turns, self._loop
            if turns is None or loop is None:
                yield
                return
            with contextlib.suppress(OSError):  # it has ended: nobody writes
                turns.sendall(WANTS)
                turns.recv(1)
            self._turns_taken += 1
            try:
                yield
            finally:
                with contextlib.suppress(RuntimeError):  # the loop was closed: nobody is left to be told
                    loop.call_soon_threadsafe(self._turn_was_told, self._turns_taken)
                with contextlib.suppress(OSError):
                    turns.sendall(GOES_ON)

    def close(self) -> None:
        """Have everything recorded that was submitted, then end the process. Blocks for as long as this takes."""
        if self._starting is not None:
            self._starting.join(_START_S)
        was_up, self._state = self._state is _State.UP, _State.OFF
        if was_up:
            self._finish()
        if self._process is not None:
            self._end()
            self._give_back()
        if self._ending is not None:
            self._ending.join(_END_S)

    # Beginning -------------------------------------------------------------------------------------------------------

    def _count(self, loop: asyncio.AbstractEventLoop) -> None:
        self._seen += 1
        if self._seen < _COUNTED and self._from_per_s:
            return
        now = loop.time()
        took_s, self._since, self._seen = now - self._since, now, 0
        if took_s * self._from_per_s <= _COUNTED:
            self._state, self._loop = _State.STARTING, loop
            self._starting = threading.Thread(target=self._start, args=(loop,), name="recorder-start", daemon=True)
            self._starting.start()

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the process and wait until it is ready: half a second in which the thread still does its work."""
        data, their_data = socket.socketpair()
        turns, their_turns = socket.socketpair()
        process = None
        try:
            handed = (their_data.fileno(), their_turns.fileno())
            process = subprocess.Popen(
                [*self._command, *map(str, handed)],
                pass_fds=handed,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
            their_data.close()
            their_turns.close()
            turns.settimeout(_START_S)
            if turns.recv(1) != READY:
                raise OSError("it ended while it started")
            turns.settimeout(None)
            data.setblocking(False)
            with self._turn:
                self._process, self._data, self._turns = process, data, turns
                self._turns_taken = self._turns_told = 0
            loop.call_soon_threadsafe(self._begin)
        except (OSError, RuntimeError) as error:  # RuntimeError: the loop was closed meanwhile
            # Nothing is lost: the thread goes on recording.
            _log.warning("messages are not recorded by a process of its own: %s", error)
            self._state = _State.OFF
            self._process = self._data = self._turns = None
            for each in (data, turns, their_data, their_turns):
                each.close()
            if process is not None:
                process.kill()
                process.wait()

    def _begin(self) -> None:
        if self._state is not _State.STARTING or self._process is None:
            return  # closed meanwhile
        assert self._data is not None
        assert self._loop is not None
        self._state = _State.UP
        self._loop.add_reader(self._data, self.hear)
        self._loop.call_later(_QUIET_S, self._rest)
        _log.info("messages are recorded by process %d", self._process.pid)

    # At work ---------------------------------------------------------------------------------------------------------

    def _hand_over(self) -> None:
        if not self._items or self._state is not _State.UP:
            return
        self._was_used = True
        is_writing = bool(self._outgoing)
        self._outgoing += framed(self._items)
        self._items.clear()
        if not is_writing:
            self._write()

    def _write(self) -> None:
        assert self._data is not None
        assert self._loop is not None
        try:
            del self._outgoing[: self._data.send(self._outgoing)]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError:
            self._lose()
            return
        if self._outgoing:
            self._loop.add_writer(self._data, self._write)
        else:
            self._loop.remove_writer(self._data)

    def _take_answers(self) -> None:
        # Loaded from our own child, over a socket that nobody else has.
        self._held += (pickle.loads(frame) for frame in frames(self._incoming))
        # What was committed after a turn of the thread is told after it.
        while self._held and self._held[0][0] <= self._turns_told:
            _turn, results, events = self._held.popleft()
            for result in results:
                future, _item = self._waiting.popleft()
                if future.done():
                    if isinstance(result, Failure):
                        _log.error("an item failed after its caller had been cancelled: %r", result.error())
                elif isinstance(result, Failure):
                    future.set_exception(result.error())
                else:
                    future.set_result(result)
            if events and self._publish is not None:
                self._publish(events)

    def _turn_was_told(self, turn: int) -> None:
        self._turns_told = turn
        self._take_answers()

    # Ending ----------------------------------------------------------------------------------------------------------

    def _rest(self) -> None:
        """End the process when nothing was recorded for a while: it takes memory."""
        if self._state is not _State.UP:
            return
        assert self._loop is not None
        if self._was_used or self._waiting:
            self._was_used = False
            self._loop.call_later(_QUIET_S, self._rest)
            return
        _log.info("messages are recorded by a thread again")
        self._state, self._seen = _State.RESTING, 0
        self._end()

    def _lose(self) -> None:
        """Go on without the process, which has ended by itself: what it has not answered is done by the thread."""
        _log.warning("the process that records messages has ended: a thread goes on")
        self._state = _State.OFF
        self._end()
        self._give_back()

    def _give_back(self) -> None:
        self._items.clear()
        while self._waiting:
            future, item = self._waiting.popleft()
            self._again(item, future)

    def _finish(self) -> None:
        """Hand over what waits and read the answers, without the loop."""
        assert self._data is not None
        assert self._loop is not None
        if self._items:
            self._outgoing += framed(self._items)
            self._items.clear()
        self._data.settimeout(_END_S)
        self._turns_told = self._turns_taken
        try:
            self._data.sendall(self._outgoing)
            self._data.shutdown(socket.SHUT_WR)
            while received := self._data.recv(RECEIVED_BYTES):
                self._incoming += received
                self._take_answers()
        except OSError as error:
            _log.warning("the process that records messages did not end in order: %s", error)

    def _end(self) -> None:
        """Let go of the process; a thread waits for its end, and for a transaction of ours that it has made way for."""
        data, process, turns = self._data, self._process, self._turns
        assert data is not None
        assert process is not None
        assert turns is not None
        self._data = self._process = None
        self._outgoing.clear()
        self._incoming.clear()
        self._held.clear()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(data)
            self._loop.remove_writer(data)
        data.close()
        with contextlib.suppress(OSError):
            turns.shutdown(socket.SHUT_RDWR)
        self._ending = threading.Thread(target=self._reap, args=(process, turns), name="recorder-end", daemon=True)
        self._ending.start()

    def _reap(self, process: "subprocess.Popen[bytes]", turns: socket.socket) -> None:
        with self._turn:
            if self._turns is turns:
                self._turns = None
            turns.close()
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def frames(received: bytearray) -> Generator[bytes]:
    """Yield the complete frames at the beginning of what was received, and remove them from it."""
    start = 0
    try:
        while len(received) >= start + LENGTH_BYTES:
            end = start + LENGTH_BYTES + int.from_bytes(received[start : start + LENGTH_BYTES], "big")
            if len(received) < end:
                return
            frame = bytes(received[start + LENGTH_BYTES : end])
            start = end
            yield frame
    finally:
        del received[:start]


def is_possible() -> bool:
    """Tell whether a process can be handed a socket the way it is done here; on Windows it is done otherwise."""
    return os.name == "posix"
