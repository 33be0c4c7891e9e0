"""Keeps the receiver as the settings say: opened, moved, closed, whoever changes them and in whichever process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import Hook, ReceiverSettings
from desktop.engine.ports import Clock
from desktop.receiver.server import HookServer, Parse, Receive

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
TRY_AGAIN_S = 30.0  # a port that is taken


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the receiver is to be."""

    settings: ReceiverSettings
    hooks: tuple[Hook, ...]


class Receiver:
    """Runs beside an engine. `error` says why it does not listen although it should."""

    def __init__(self, wanted: Callable[[], Awaitable[Wanted]], parse: Parse, clock: Clock) -> None:
        self._wanted, self._parse, self._clock = wanted, parse, clock
        self._server: HookServer | None = None
        self._present: Wanted | None = None
        self._tried_at = 0.0
        self.error: KnownError | None = None

    async def run(self, receive: Receive) -> None:
        """Follow the settings until cancelled; then close."""
        try:
            while True:
                await self._follow(receive)
                await self._clock.sleep(LOOK_EVERY_S)
        finally:
            await self._close()

    async def _follow(self, receive: Receive) -> None:
        wanted = await self._read()
        is_due = self.error is not None and self._clock.monotonic() - self._tried_at >= TRY_AGAIN_S
        if wanted is None or (wanted == self._present and not is_due):
            return
        await self._close()
        was_failing, self.error = self.error, None
        self._present, self._tried_at = wanted, self._clock.monotonic()
        if not wanted.settings.is_enabled:
            return
        server = HookServer(wanted.hooks, self._parse, receive, self._clock)
        try:
            await server.open(wanted.settings.host, wanted.settings.port)
        except KnownError as error:
            self.error = error
            if was_failing is None:  # once, not every half minute
                log.warning("webhooks cannot be received: %s", error)
            return
        self._server = server
        log.info("webhooks are received on port %d for %d instances", server.port, len(wanted.hooks))

    async def _read(self) -> Wanted | None:
        try:
            return await self._wanted()
        except KnownError as error:
            if self.error is None:
                log.warning("the hooks cannot be read: %s", error.code)
            self.error = error
            self._tried_at = self._clock.monotonic()
            return None

    async def _close(self) -> None:
        if self._server is not None:
            server, self._server = self._server, None
            await asyncio.shield(server.close())
