"""Which transport carries httpx's interface: `python tests/bench/bench_transport.py`.

Posts a message of about 300 bytes with 50 in flight, through httpx over its own pool, httpx over the aiohttp
transport, our `HttpClient` (aiohttp's connections without its session) and aiohttp alone. One process measures the
four in alternation, so that noise hits all of them; the server is a second process, a bare protocol. Believe the
ratios, not the absolute figures.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # Run as a script, without an installed package.

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from desktop.gateways.http import Answer, HttpClient, json_body

BODY = json_body({"number": "5511988887777", "text": "x" * 240, "messageId": "3EB0000000000000000001"})
ANSWER_BODY = b'{"key":{"remoteJid":"5511988887777@s.whatsapp.net","fromMe":true,"id":"3EB07998257E358CC2D576"}}'
ANSWER = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(ANSWER_BODY)
PATH = "/message/sendText/vendas-1"
JSON = {"apikey": "key", "Content-Type": "application/json"}

Post = Callable[[], Awaitable[None]]
Measure = Callable[[str, int, int], Awaitable[float]]


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
            self._transport.write(ANSWER + ANSWER_BODY)


def _serve(port_sender: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(_Answerer, "127.0.0.1", 0)
        port_sender.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


async def _rate(post: Post, requests: int, in_flight: int) -> float:
    """Return the requests per second, connections already open."""
    await asyncio.gather(*(post() for _ in range(in_flight)))
    share = requests // in_flight

    async def worker() -> None:
        for _ in range(share):
            await post()

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(in_flight)))
    return share * in_flight / (time.perf_counter() - began)


async def _httpx_as_it_comes(url: str, requests: int, in_flight: int) -> float:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(limits=limits, trust_env=False, headers=JSON) as client:
        return await _rate(_httpx_post(client, url), requests, in_flight)


async def _httpx_over_aiohttp(url: str, requests: int, in_flight: int) -> float:
    limits = httpx.Limits(max_connections=0)
    async with httpx.AsyncClient(transport=AiohttpTransport(limits=limits), trust_env=False, headers=JSON) as client:
        return await _rate(_httpx_post(client, url), requests, in_flight)


def _httpx_post(client: httpx.AsyncClient, url: str) -> Post:
    async def post() -> None:
        response = await client.post(url + PATH, content=BODY)
        assert response.status_code == 201
        response.json()

    return post


async def _ours(url: str, requests: int, in_flight: int) -> float:
    client = HttpClient(url, {"apikey": "key"})

    async def post() -> None:
        answer = await client.post("message", "sendText", "vendas-1", body=BODY)
        assert isinstance(answer, Answer)
        assert answer.status == 201

    try:
        return await _rate(post, requests, in_flight)
    finally:
        await client.close()


async def _aiohttp_alone(url: str, requests: int, in_flight: int) -> float:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), headers=JSON) as session:

        async def post() -> None:
            async with session.post(url + PATH, data=BODY) as response:
                assert response.status == 201
                await response.json()

        return await _rate(post, requests, in_flight)


WAYS: dict[str, Measure] = {
    "httpx, its own pool": _httpx_as_it_comes,
    "httpx over aiohttp": _httpx_over_aiohttp,
    "HttpClient (ours)": _ours,
    "aiohttp alone": _aiohttp_alone,
}


def main() -> None:
    """Print requests per second, and each way's share of aiohttp alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=2000, help="per way and round")
    parser.add_argument("--in-flight", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    server = context.Process(target=_serve, args=(sender,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{receiver.recv()}"
    rates: dict[str, list[float]] = {name: [] for name in WAYS}
    try:
        for _ in range(options.rounds):
            for name, measure in WAYS.items():
                rates[name].append(asyncio.run(measure(url, options.requests, options.in_flight)))
    finally:
        server.terminate()
        server.join()
    best = statistics.median(rates["aiohttp alone"])
    print(f"{options.in_flight} in flight, median of {options.rounds} rounds of {options.requests} requests")
    for name, measured in rates.items():
        median = statistics.median(measured)
        print(f"{name:22} {median:8.0f} requests/s   {median / best:5.2f} of aiohttp alone")


if __name__ == "__main__":
    main()
