"""A loopback endpoint that speaks the OpenAI-compatible protocol, for tests."""

import asyncio
import json
from collections.abc import AsyncGenerator
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
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("authorization", ""))
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        usage = {"prompt_tokens": 120, "completion_tokens": 30}
        document = {"choices": [{"message": {"role": "assistant", "content": self.text}}], "usage": usage}
        body = json.dumps(document) if self.raw is None else self.raw
        headers = {"location": "http://127.0.0.1:1/"} if self.status in (301, 307) else {}
        return web.Response(status=self.status, text=body, content_type="application/json", headers=headers)


@asynccontextmanager
async def listening() -> AsyncGenerator[Endpoint]:
    """Answer on 127.0.0.1, at a port of the system's choice."""
    endpoint = Endpoint()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", endpoint.answer)
    runner = web.AppRunner(app)
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
