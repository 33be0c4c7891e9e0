"""Serves the API while the operator's settings say so. Off by default; on this machine only unless opened by hand.

The web server itself is loaded when the API is first switched on: half a second that no other start has to spare.
"""

import asyncio
import importlib
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.api.ports import ApiDesk
from desktop.domain.errors import KnownError

if TYPE_CHECKING:
    from desktop.api.server import Server

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
DEFAULT_PORT = 8793
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class ApiSettings:
    is_enabled: bool = False
    port: int = DEFAULT_PORT
    bind: str = LOOPBACK
    token: str | None = None


ReadSettings = Callable[[], Awaitable[ApiSettings]]


class ApiHost:
    """Follows the settings: starts, stops and moves the server.

    Attributes:
        address: where it answers now; None while it does not.
        problem: why it does not although it should.
    """

    def __init__(
        self, desk: ApiDesk, read: ReadSettings, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._desk, self._read, self._sleep = desk, read, sleep
        self._current: ApiSettings | None = None
        self._server: Server | None = None
        self._serving: asyncio.Future[None] | None = None
        self.address: str | None = None
        self.problem: KnownError | None = None

    async def run(self) -> None:
        """Serve as the settings say, until cancelled."""
        try:
            while True:
                await self.follow()
                await self._sleep(LOOK_EVERY_S)
        finally:
            await self._stop()

    async def follow(self) -> None:
        """Look at the settings once."""
        try:
            wanted = await self._read()
        except KnownError as error:
            log.warning("api: %s", error.code)
            return
        if wanted == self._current and self.problem is None:
            return
        if wanted != self._current:
            await self._stop()
        self._current = wanted
        if not wanted.is_enabled:
            self.problem = None
            return
        try:
            await self._start(wanted)
        except KnownError as error:
            if self.problem is None:
                log.warning("api: %s", error.code)
            self.problem = error
        else:
            self.problem = None

    async def _start(self, wanted: ApiSettings) -> None:
        if not wanted.token:
            raise KnownError("api_token_missing", "The API has no token.", "Make a new one in the settings.")
        # Outside the loop, for which the window would stand still.
        await asyncio.to_thread(importlib.import_module, "desktop.api.server")
        from desktop.api.server import make_server

        listener = _listen(wanted)
        port = listener.getsockname()[1]
        names = {LOOPBACK, "localhost", "[::1]", wanted.bind, socket.gethostname()}
        self._server = make_server(self._desk, wanted.token, [f"{name}:{port}" for name in sorted(names)])
        self._serving = asyncio.get_running_loop().create_task(self._server.serve([listener]), name="api")
        self.address = f"http://{wanted.bind}:{port}"
        log.info("the API answers at %s", self.address)

    async def _stop(self) -> None:
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await asyncio.wait({self._serving})
        self._server = self._serving = None
        self.address = None


def _listen(wanted: ApiSettings) -> socket.socket:
    listener = socket.socket()
    if os.name == "posix":  # elsewhere it would let two programs share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((wanted.bind, wanted.port))
        listener.listen(64)
    except (OSError, OverflowError) as error:
        listener.close()
        raise KnownError(
            "api_port_taken",
            f"The API cannot answer at {wanted.bind}, port {wanted.port}: it is taken, or not this machine's.",
            "Choose another port in the settings.",
            port=wanted.port,
        ) from error
    listener.setblocking(False)
    return listener
