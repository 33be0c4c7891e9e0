"""How fast asyncio runs on stock qasync, on our loop and without Qt: `python tests/bench/bench_loop.py`.

One process measures the three in alternation, so that noise hits all of them; the HTTP server is a second process, a
bare protocol that costs little beside aiohttp's client. Believe the ratios, not the absolute figures.
"""

import argparse
import asyncio
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # Run as a script, without an installed package.

import aiohttp
from PySide6.QtWidgets import QApplication

from desktop.qt_loop import LagFigures, LoopLag, QtLoop, new_loop

BODY = b"x" * 300
ANSWER = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n" + b'{"id":"42"}'
IN_FLIGHT = 50


class _Answerer(asyncio.Protocol):
    """Answers every complete request with the same bytes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        self._buffer = b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0 and len(self._buffer) >= end + 4 + len(BODY):
            self._buffer = self._buffer[end + 4 + len(BODY) :]
            self._transport.write(ANSWER)


def _serve(port_sender: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(_Answerer, "127.0.0.1", 0)
        port_sender.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


async def _ping_pong(pairs: int, rounds: int) -> float:
    """Hand a turn to and fro between `pairs` of tasks; give the hand-overs per second."""

    async def partner() -> None:
        for _ in range(rounds // pairs):
            await asyncio.sleep(0)

    started_s = time.perf_counter()
    await asyncio.gather(*(partner() for _ in range(pairs)))
    return rounds / (time.perf_counter() - started_s)


async def _http(port: int, requests: int) -> float:
    """POST with `IN_FLIGHT` senders over kept-alive connections; give the answers per second."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def sender() -> None:
            for _ in range(requests // IN_FLIGHT):
                async with session.post(f"http://127.0.0.1:{port}/", data=BODY) as answer:
                    await answer.read()

        started_s = time.perf_counter()
        await asyncio.gather(*(sender() for _ in range(IN_FLIGHT)))
        return requests / (time.perf_counter() - started_s)


class _Row(NamedTuple):
    name: str
    make_loop: Callable[[], asyncio.AbstractEventLoop]
    has_window: bool


def _measure(row: _Row, work: Callable[[], Awaitable[float]]) -> tuple[float, LagFigures | None]:
    loop = row.make_loop()
    lag = LoopLag() if row.has_window else None

    async def measured() -> float:
        if lag is not None:
            lag.start()
        try:
            return await work()
        finally:
            if lag is not None:
                lag.stop()

    try:
        return loop.run_until_complete(measured()), lag.figures() if lag is not None else None
    finally:
        loop.close()


def _compare(title: str, rows: list[_Row], work: Callable[[], Awaitable[float]], repeats: int) -> None:
    rates: dict[str, list[float]] = {row.name: [] for row in rows}
    lags: dict[str, list[LagFigures]] = {row.name: [] for row in rows}
    for _ in range(repeats):
        for row in rows:
            rate, lag = _measure(row, work)
            rates[row.name].append(rate)
            if lag is not None:
                lags[row.name].append(lag)
    limit = statistics.median(rates[rows[-1].name])
    print(f"\n{title}\n  {'loop':<16}{'per second':>12}{'of asyncio':>12}   Qt lag p50 / p99 / max")
    for row in rows:
        rate = statistics.median(rates[row.name])
        worst = max(lags[row.name], key=lambda figures: figures.p99_ms, default=None)
        lag_text = f"{worst.p50_ms:.1f} / {worst.p99_ms:.1f} / {worst.max_ms:.1f} ms" if worst else "no window"
        print(f"  {row.name:<16}{rate:>12,.0f}{rate / limit:>12.2f}   {lag_text}")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--requests", type=int, default=3000)
    arguments = options.parse_args()
    app = QApplication([])
    rows = [
        _Row("stock qasync", lambda: new_loop(app, stock=True), has_window=True),
        _Row("QtLoop", lambda: QtLoop(app), has_window=True),
        _Row("plain asyncio", asyncio.new_event_loop, has_window=False),
    ]
    context = multiprocessing.get_context("spawn")
    port_receiver, port_sender = context.Pipe(duplex=False)
    server = context.Process(target=_serve, args=(port_sender,), daemon=True)
    server.start()
    port: int = port_receiver.recv()
    try:
        _compare("call_soon ping-pong, one pair", rows, lambda: _ping_pong(2, 50_000), arguments.repeats)
        _compare("call_soon ping-pong, 50 pairs", rows, lambda: _ping_pong(100, 100_000), arguments.repeats)
        _compare(
            f"POST by aiohttp, {IN_FLIGHT} in flight", rows, lambda: _http(port, arguments.requests), arguments.repeats
        )
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    main()
