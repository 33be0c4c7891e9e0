"""aiohttp's connections to one server, and requests that are written to one of them in one piece.

For every request aiohttp's session merges headers, looks for cookies, starts four timers and, on Python 3.11, a task
that writes the body: more than half of what a message costs on its way (`tests/bench/bench_transport.py`). What a
session is for (redirects, cookies, uploads, proxies) a message does not need. Opening, TLS, name look-up, keeping,
parsing and unpacking stay aiohttp's; here is only who writes the few lines in front of the body and who waits for the
answer. `connect` and `ResponseHandler` are what aiohttp's own session calls; `tests/desktop/gateways/test_http.py`
would notice if a later aiohttp meant something else by them.
"""

import asyncio
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from ssl import SSLContext
from typing import TYPE_CHECKING, NamedTuple

import aiohttp
from yarl import URL

if TYPE_CHECKING:
    from aiohttp.client_proto import ResponseHandler
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

# More is an upload: it wants to be written bit by bit, while the server may already be answering that it is too much.
ONE_WRITE_BYTES = 65_536
MAX_BODY_BYTES = 2_000_000


@dataclass(slots=True)
class Progress:
    """How far one request has come."""

    is_new: bool = False  # the connection was made for this request
    is_established: bool = False  # somebody may have read a byte of it


class Received(NamedTuple):
    """A complete answer; `body` is None when it is longer than `MAX_BODY_BYTES` (then the rest was not read)."""

    status: int
    headers: Mapping[str, str]  # names in any case
    body: bytes | bytearray | None


class Limits(NamedTuple):
    """How long a request may take, in seconds."""

    connecting_s: float  # name look-up, connection and TLS together
    socket_s: float  # one attempt to connect
    silence_s: float  # from one sign of the server to the next
    whole_s: float  # from the first byte written to the last one read


# The connector knows when a request has a connection, but aiohttp has no way to hand an object of ours to it.
progress: ContextVar[Progress] = ContextVar("request progress")


class Connector(aiohttp.TCPConnector):
    """Notes that a request has its connection, TLS included: from now on it may be read by somebody.

    aiohttp's traces tell the same, but make an object for each of a dozen events of every request.
    """

    async def connect(
        self, req: aiohttp.ClientRequest, traces: "list[Trace]", timeout: aiohttp.ClientTimeout
    ) -> "Connection":
        """Lend a kept connection, or open one."""
        connection = await super().connect(req, traces, timeout)
        progress.get().is_established = True
        return connection

    async def _create_connection(
        self, req: aiohttp.ClientRequest, traces: "list[Trace]", timeout: aiohttp.ClientTimeout
    ) -> "ResponseHandler":
        progress.get().is_new = True
        return await super()._create_connection(req, traces, timeout)


class DirectRequests:
    """Requests to one server without a proxy, each written at once."""

    def __init__(self, connector: Connector, tls: SSLContext, headers: Mapping[str, str]) -> None:
        """Prepare.

        Args:
            connector: lends the connections.
            tls: whom to trust, for an address with https.
            headers: sent with every request.
        """
        self._connector, self._tls, self._headers = connector, tls, headers
        self._prepared = lru_cache(maxsize=256)(self._prepare)  # as many as there are operations, and a few questions

    async def exchange(self, method: str, url: URL, body: bytes, content_type: str | None, limits: Limits) -> Received:
        """Write one request and wait for its answer. Raises what aiohttp, ssl and the socket raise."""
        prepared = self._prepared(method, url, content_type)
        connecting = _connecting(limits.connecting_s, limits.socket_s)
        connection = await self._connector.connect(prepared.request, [], connecting)
        try:
            async with asyncio.timeout(limits.silence_s) as patience:
                return await _asked(connection, prepared.with_body(body), patience, limits)
        except BaseException:  # a cancelled one too: its answer may still come, and must not be another's
            connection.close()
            raise
        finally:
            connection.release()  # kept for the next, unless it is closed or has more to say

    def _prepare(self, method: str, url: URL, content_type: str | None) -> "_Prepared":
        headers = {**self._headers, "Content-Type": content_type} if content_type else self._headers
        request = aiohttp.ClientRequest(method, url, headers=headers, ssl=self._tls, loop=asyncio.get_running_loop())
        has_length = request.headers.pop("Content-Length", None) is not None
        lines = [
            f"{method} {url.raw_path_qs} HTTP/1.1",
            *(f"{name}: {value}" for name, value in request.headers.items()),
        ]
        if any(character in line for line in lines for character in "\r\n\0"):
            raise ValueError("a header holds a line break")  # one of ours could end the head; the value stays unsaid
        return _Prepared(request, "\r\n".join([*lines, ""]).encode(), has_length)


class _Prepared(NamedTuple):
    request: aiohttp.ClientRequest  # for the connector: where to, and whether by TLS
    head: bytes
    has_length: bool  # its method wants a length even without a body

    def with_body(self, body: bytes) -> bytes:
        if body or self.has_length:
            return b"%sContent-Length: %d\r\n\r\n%s" % (self.head, len(body), body)
        return self.head + b"\r\n"


@lru_cache(maxsize=8)
def _connecting(connecting_s: float, socket_s: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(connect=connecting_s, sock_connect=socket_s)


async def _asked(connection: "Connection", request: bytes, patience: asyncio.Timeout, limits: Limits) -> Received:
    protocol, transport = connection.protocol, connection.transport
    if protocol is None or transport is None or transport.is_closing():
        progress.get().is_established = False  # lost between being opened and now: nothing was written
        raise aiohttp.ClientConnectionResetError("closed before anything was written")
    protocol.set_response_params(read_until_eof=True)
    transport.write(request)
    message, content = await protocol.read()
    while 100 <= message.code < 200 and message.code != 101:  # "go on" and "early hints" are no answer
        message, content = await protocol.read()
    if not content.is_eof():  # it comes in pieces: from now on each may take its time, but not all of them together
        patience.reschedule(asyncio.get_running_loop().time() + limits.whole_s)
        protocol.read_timeout = limits.silence_s
        protocol.start_timeout()
    received = bytearray()
    while chunk := await content.readany():
        received += chunk
        if len(received) > MAX_BODY_BYTES:
            connection.close()  # what else is on its way is not wanted
            return Received(message.code, message.headers, None)
    return Received(message.code, message.headers, received)
