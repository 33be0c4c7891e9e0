"""A small web server that takes what gateways post. It believes nothing that is not signed, and is never kept waiting.

A connection carries one request and lives for `LIFE_S` at most, whatever it does: who sends slowly is cut off, and only
so many may be open at once. A request is answered once what it says is in the database, which takes milliseconds: a
gateway that got its 200 does not tell it again, and an opt-out must survive a power cut. Nothing that a stranger sends
makes a difference between a path that exists and one that does not.
"""

import asyncio
import errno
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from hashlib import sha256

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import PATH, Hook
from desktop.domain.instance import Gateway, Instance
from desktop.domain.receipt import Inbound
from desktop.engine.ports import Clock
from desktop.receiver.verification import is_genuine, same

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 3 * 1024 * 1024  # Source: gateways.md §6.C, Meta batches up to 3 MB
LIFE_S = 20.0  # of a connection: head, body, work and answer
WRITE_S = 5.0  # until the database has it; later the gateway is asked to come again
AT_ONCE = 64  # open connections
SMALL_BYTES = 64 * 1024  # larger bodies are decoded in a thread
MAX_CHALLENGE = 200
ROUNDS_TO_SETTLE = 3  # of the event loop: from an accept to `connection_made` it takes two

Receive = Callable[[Sequence[Inbound]], Awaitable[None]]
Parse = Callable[[Sequence[Instance], object], Sequence[Inbound]]
"""What a body says about instances of one gateway; empty for what is foreign or makes no sense. Never raises."""


class HookServer:
    """Serves the hooks of one home.

    Args:
        hooks: all that may be posted to.
        parse: reads a decoded body.
        receive: returns when what was parsed is stored.
        life_s, write_s: as the constants; shorter for tests only.
    """

    def __init__(
        self,
        hooks: Sequence[Hook],
        parse: Parse,
        receive: Receive,
        clock: Clock,
        *,
        life_s: float = LIFE_S,
        write_s: float = WRITE_S,
    ) -> None:
        self._hooks = {_digest(hook.path): hook for hook in hooks}
        self._parse, self._receive, self._clock = parse, receive, clock
        self._life_s, self._write_s = life_s, write_s
        self._open: set[_OneRequest] = set()
        self._runner: web.AppRunner | None = None
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """The port that it listens on."""
        assert self._server is not None
        return self._server.sockets[0].getsockname()[1]

    async def open(self, host: str, port: int) -> None:
        """Start to listen; port 0 takes a free one.

        Raises:
            KnownError: `receiver_port_taken`, `address_not_here`.
        """
        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_route("*", PATH + "{secret}", self._handle)
        # Evolution's `byEvents` adds the event's name to the path.
        app.router.add_route("*", PATH + "{secret}/{event}", self._handle)
        self._runner = web.AppRunner(
            app, access_log=None, logger=_http_log(), auto_decompress=False, shutdown_timeout=WRITE_S
        )
        await self._runner.setup()
        make = self._runner.server
        assert make is not None
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(
                lambda: _OneRequest(make(), self._open, self._life_s), host, port, reuse_address=True
            )
        except OSError as error:
            await self._runner.cleanup()
            raise _refused(host, port, error) from error

    async def close(self) -> None:
        """Listen no more, and let go of whoever is connected once what they sent is dealt with."""
        if self._server is not None:
            await self._accept_no_more(self._server)
            self._server.close()
        if self._runner is not None:
            await self._runner.cleanup()
        for connection in tuple(self._open):
            connection.abort()

    @staticmethod
    async def _accept_no_more(server: asyncio.Server) -> None:
        """Let connections that were already accepted reach us.

        A server that closes between an accept and the making of its transport breaks on its own assertion and leaves
        the peer waiting (Source: cpython issue 109564, open).
        """
        loop = asyncio.get_running_loop()
        for listener in server.sockets:
            with suppress(NotImplementedError):  # Windows: connections are made within the accept
                loop.remove_reader(listener.fileno())
        for _ in range(ROUNDS_TO_SETTLE):
            await asyncio.sleep(0)

    async def _handle(self, request: web.Request) -> web.Response:
        hook = self._hooks.get(_digest(PATH + request.match_info["secret"]))
        if hook is None:
            return _answer(404)
        if request.method == "GET":
            return self._prove(hook, request)
        if request.method != "POST":
            return _answer(405)
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return _answer(413)
        if not is_genuine(hook, request.headers, body, self._clock.now()):
            log.info("a request to the hook of %s was not signed by its gateway", hook.instance.name)
            return _answer(401)
        try:
            decoded = await asyncio.to_thread(json.loads, body) if len(body) > SMALL_BYTES else json.loads(body)
        except (ValueError, RecursionError):
            return _answer(400)
        return await self._take(self._parse(self._meant_by(hook), decoded))

    def _meant_by(self, hook: Hook) -> Sequence[Instance]:
        """Return the instances that a signed body may speak of: a Meta app posts for all its numbers to one address."""
        if hook.instance.gateway is not Gateway.CLOUD:
            return (hook.instance,)
        return [other.instance for other in self._hooks.values() if _same_app(other, hook)]

    async def _take(self, items: Sequence[Inbound]) -> web.Response:
        if items:
            try:
                async with asyncio.timeout(self._write_s):
                    await self._receive(items)
            except TimeoutError:
                return _answer(503)
        return _answer(200)

    def _prove(self, hook: Hook, request: web.Request) -> web.Response:
        """Answer Meta's subscription handshake, and our own test of the way in."""
        query = request.query
        if query.get("hub.mode") == "subscribe" and hook.instance.gateway is Gateway.CLOUD:
            challenge = query.get("hub.challenge", "")
            if len(challenge) <= MAX_CHALLENGE and same(query.get("hub.verify_token", ""), hook.verify_token):
                return _answer(200, challenge)
            return _answer(403)
        if nonce := query.get("nonce"):
            return _answer(200, hook.proof(nonce[:MAX_CHALLENGE]))
        return _answer(405)


class _OneRequest(asyncio.Protocol):
    """Carries one connection to aiohttp, which by itself would wait for ever for the head of a request."""

    def __init__(self, inner: asyncio.Protocol, peers: "set[_OneRequest]", life_s: float) -> None:
        self._inner, self._peers, self._life_s = inner, peers, life_s
        self._transport: asyncio.Transport | None = None
        self._end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        is_welcome = len(self._peers) < AT_ONCE
        self._peers.add(self)
        self._inner.connection_made(transport)
        if is_welcome:
            self._end = asyncio.get_running_loop().call_later(self._life_s, self.abort)
        else:
            transport.abort()

    def abort(self) -> None:
        """End the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._peers.discard(self)
        if self._end is not None:
            self._end.cancel()
        self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()


def _http_log() -> logging.Logger:
    """Return aiohttp's logger for us: what a stranger sends is no error of ours, and is not written down."""
    logger = logging.getLogger(f"{__name__}.http")
    if not logger.filters:
        logger.addFilter(lambda record: not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError)))
    return logger


def _answer(status: int, text: str = "") -> web.Response:
    response = web.Response(status=status, text=text, headers={"X-Content-Type-Options": "nosniff"})
    response.force_close()
    return response


def _digest(path: str) -> bytes:
    """Return what a path is looked up by: how long a look-up takes then says nothing about the path."""
    return sha256(path.encode("utf-8", "replace")).digest()


def _same_app(hook: Hook, other: Hook) -> bool:
    return hook.instance.gateway is Gateway.CLOUD and hook.app_secret == other.app_secret


def _refused(host: str, port: int, error: OSError) -> KnownError:
    if error.errno in (errno.EADDRINUSE, errno.EACCES, errno.EPERM):
        text = f"Port {port} on {host} cannot be opened: {error.strerror}."
        return KnownError("receiver_port_taken", text, "Choose another port.", port=port)
    return KnownError(
        "address_not_here", f"This machine has no address {host}.", "Use 127.0.0.1, or 0.0.0.0 for all.", host=host
    )
