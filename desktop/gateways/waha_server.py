"""What the sessions of one WAHA server share: the HTTP connections, and what the server said of itself."""

import asyncio
from collections.abc import Callable

from desktop.domain.outcome import NotSent, Unknown
from desktop.engine.ports import Clock
from desktop.gateways.evolution_records import fields_of, text_of
from desktop.gateways.http import Answer, HttpClient, json_of
from desktop.gateways.waha_engine import WahaFacts, facts_of

ASK_AGAIN_S = 600.0  # a server may be upgraded while we run


class WahaServer:
    """One server with one key. Its users retain and release it; the last one closes it."""

    def __init__(
        self, http: HttpClient, key: str, clock: Clock, on_closed: Callable[[], object] = lambda: None
    ) -> None:
        self.http = http
        self.key = key
        self._clock = clock
        self._on_closed = on_closed
        self._users = 0
        self._asking = asyncio.Lock()
        self._about: object = None
        self._asked_at_s = 0.0
        self._engines: dict[str, str] = {}

    def retain(self) -> "WahaServer":
        """Count one more user."""
        self._users += 1
        return self

    async def release(self) -> None:
        """Count one user less; the last one closes the connections."""
        self._users -= 1
        if self._users == 0:
            self._on_closed()
            await self.http.close()

    def note_engine(self, session: str, row: object) -> None:
        """Remember the engine that a session names as its own."""
        engine = text_of(fields_of(fields_of(row).get("engine")).get("engine"))
        if engine is not None:
            self._engines[session] = engine

    async def facts(self, session: str) -> WahaFacts | Answer | NotSent | Unknown:
        """Return engine and version, asked for once; else the answer that tells none."""
        async with self._asking:
            is_known = self._about is not None and self._clock.monotonic() - self._asked_at_s < ASK_AGAIN_S
            if not is_known:
                answer = await self.http.get("api", "server", "version")
                if facts_of(json_of(answer)) is None:
                    return answer
                self._about, self._asked_at_s = json_of(answer), self._clock.monotonic()
        own = self._engines.get(session)
        facts = facts_of(self._about, {"engine": {"engine": own}} if own else None)
        assert facts is not None
        return facts
