"""A loopback endpoint that speaks the OpenAI-compatible protocol, for tests."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Endpoint:
    """What it answers next, and what it was asked."""

    url: str = ""
    status: int = 200
    text: str = '["Oi ⟦1⟧!", "Olá ⟦1⟧!"]'
    raw: str | None = None
    delay_s: float = 0.0
    write: Callable[[str], str] | None = None  # from what it is asked to what it answers
    finish: str = "stop"
    headers: dict[str, str] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)  # of the next answers; then `status`
    on_asked: Callable[[], None] | None = None
    at_once: int = 0
    most_at_once: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.asked.append(asked)
        self.keys.append(request.headers.get("authorization", ""))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.on_asked is not None:
            self.on_asked()
        await asyncio.sleep(self.delay_s)
        self.at_once -= 1
        text = self.text if self.write is None else self.write(asked["messages"][-1]["content"])
        choice = {"message": {"role": "assistant", "content": text}, "finish_reason": self.finish}
        document = {"choices": [choice], "usage": {"prompt_tokens": 120, "completion_tokens": 30}}
        body = json.dumps(document) if self.raw is None else self.raw
        status = self.statuses.pop(0) if self.statuses else self.status
        headers = {"location": "http://127.0.0.1:1/"} if status in (301, 307) else self.headers
        return web.Response(status=status, text=body, content_type="application/json", headers=headers)


_quiet = logging.Logger("endpoint", logging.CRITICAL)
"""A client that goes away in the middle is what some tests are about; a fault of ours reaches it as a status 500."""


@asynccontextmanager
async def listening() -> AsyncGenerator[Endpoint]:
    """Answer on 127.0.0.1, at a port of the system's choice."""
    endpoint = Endpoint()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", endpoint.answer)
    runner = web.AppRunner(app, logger=_quiet)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server = site._server  # pyright: ignore[reportPrivateUsage]
    port = server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    endpoint.url = f"http://127.0.0.1:{port}/v1"
    try:
        yield endpoint
    finally:
        await runner.cleanup()
