"""The limit: hand-written HTTP on uvloop and raw sqlite3, durable before and after each send. No engine, no rules.

What a message costs at the least in Python: an intent is committed before a byte leaves, an outcome and an event after
the answer, in groups, with WAL and synchronous=FULL. Prints one JSON object, like `case_engine`.
"""

import argparse
import asyncio
import json
import queue
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import uvloop

from tests.bench.case_engine import arguments
from tests.bench.world import INSTANCES, TEXT

_SCHEMA = """
CREATE TABLE recipient (id INTEGER PRIMARY KEY, phone TEXT, status TEXT, message_id TEXT);
CREATE TABLE attempt (id INTEGER PRIMARY KEY, recipient_id INT, started_at REAL, finished_at REAL, message_id TEXT);
CREATE TABLE event (id INTEGER PRIMARY KEY, at REAL, type TEXT, recipient_id INT, details TEXT);
"""
_GROUP = 500
Statements = list[tuple[str, tuple[object, ...]]]


class _Writer:
    """A thread that commits what waits in one transaction and then tells the waiters."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._queue: queue.SimpleQueue[tuple[Statements, asyncio.Future[None]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._live)
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    async def write(self, statements: Statements) -> None:
        future = self._loop.create_future()
        self._queue.put((statements, future))
        await future

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _live(self) -> None:
        conn = connect(self._path)
        while (first := self._queue.get()) is not None:
            jobs = [first]
            while len(jobs) < _GROUP and not self._queue.empty():
                job = self._queue.get()
                if job is None:
                    self._queue.put(None)
                    break
                jobs.append(job)
            conn.execute("BEGIN IMMEDIATE")
            for statements, _ in jobs:
                for sql, values in statements:
                    conn.execute(sql, values)
            conn.execute("COMMIT")
            self._loop.call_soon_threadsafe(_tell, [future for _, future in jobs])
        conn.close()


def _tell(futures: list["asyncio.Future[None]"]) -> None:
    for future in futures:
        future.set_result(None)


def connect(path: Path) -> sqlite3.Connection:
    """Open the database of a measurement, durable at each commit."""
    conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("PRAGMA synchronous=FULL")
    return conn


def fill(path: Path, people: int) -> None:
    """Make the tables and the recipients."""
    conn = connect(path)
    conn.executescript(_SCHEMA)
    conn.execute("BEGIN")
    rows = ((n, f"55119{80_000_000 + n}", "pending", None) for n in range(people))
    conn.executemany("INSERT INTO recipient VALUES (?, ?, ?, ?)", rows)
    conn.execute("COMMIT")
    conn.close()


class Until:
    """Gives numbers from 0 up until the time or the numbers are over."""

    def __init__(self, seconds: float, most: int) -> None:
        self.given = 0
        self._most, self._ends = most, time.perf_counter() + seconds

    def next(self) -> int | None:
        if self.given >= self._most or time.perf_counter() >= self._ends:
            return None
        self.given += 1
        return self.given - 1


class _Http(asyncio.Protocol):
    """One kept-alive connection with one request at a time."""

    def __init__(self) -> None:
        self._buffer = b""
        self._answer: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    async def post(self, request: bytes) -> bytes:
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0 or self._answer is None:
            return
        start = self._buffer.find(b"Content-Length: ") + 16
        size = int(self._buffer[start : self._buffer.find(b"\r", start)])
        if len(self._buffer) >= head_end + 4 + size:
            self._answer.set_result(self._buffer[head_end + 4 : head_end + 4 + size])
            self._buffer = b""


def _request(url: str, key: str, instance: str, number: str) -> bytes:
    body = json.dumps({"number": number, "text": TEXT}).encode()
    return (
        f"POST /message/sendText/{instance} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\napikey: {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


async def _lane(number: int, numbers: Callable[[], int | None], writer: _Writer, options: Any) -> None:
    parts = urlsplit(options.url)
    _, http = await asyncio.get_running_loop().create_connection(_Http, parts.hostname, parts.port)
    instance = INSTANCES[number % len(INSTANCES)]
    while (n := numbers()) is not None:
        await writer.write(
            [
                ("UPDATE recipient SET status = 'sending' WHERE id = ?", (n,)),
                ("INSERT INTO attempt (id, recipient_id, started_at) VALUES (?, ?, ?)", (n, n, time.time())),
            ]
        )
        answer = await http.post(_request(options.url, options.key, instance, f"55119{80_000_000 + n}"))
        message_id = json.loads(answer)["key"]["id"]
        now = time.time()
        await writer.write(
            [
                ("UPDATE attempt SET finished_at = ?, message_id = ? WHERE id = ?", (now, message_id, n)),
                ("UPDATE recipient SET status = 'sent', message_id = ? WHERE id = ?", (message_id, n)),
                ("INSERT INTO event (at, type, recipient_id, details) VALUES (?, 'sent', ?, ?)", (now, n, "{}")),
            ]
        )


async def _case(options: argparse.Namespace) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "limit.db"
        fill(path, options.people)
        writer = _Writer(path)
        left = Until(options.seconds, options.people)
        began, cpu = time.perf_counter(), time.process_time()
        lanes = (_lane(n, left.next, writer, options) for n in range(3 * options.per_lane))
        await asyncio.gather(*lanes)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        writer.close()
        return {"per_second": left.given / seconds, "cpu_ms": cpu / left.given * 1000}


def main() -> None:
    print(json.dumps(uvloop.run(_case(arguments(__doc__).parse_args()))))


if __name__ == "__main__":
    main()
