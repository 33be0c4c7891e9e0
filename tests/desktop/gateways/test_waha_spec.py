"""Every request that the WAHA client makes is one that WAHA's own OpenAPI (2026.7.1) describes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS30Validator

from desktop.domain.campaign import Media
from desktop.gateways.http import HttpClient
from desktop.gateways.waha_sessions import WahaSessions
from tests.desktop.gateways.conftest import PHONE, QuickClock, doubt, message
from tests.desktop.gateways.mini_waha import CHAT, KEY, Asked, MiniWaha, mini_waha, session, waha_client

SPEC = json.loads((Path(__file__).parent / "data" / "waha-openapi-trimmed.json").read_text(encoding="utf-8"))
# `VideoFileDTO` and `VoiceFileDTO` call texts objects: a mistake of the generator, seen in every release.
FILE_TEXTS = ("mimetype", "filename")


def problems_of(asked: Asked) -> Iterator[str]:
    """Yield what the specification has against a request."""
    found = [path for path in SPEC["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), asked.path)]
    operation = next((SPEC["paths"][path].get(asked.method.lower()) for path in sorted(found, key=_variables)), None)
    if operation is None:
        yield f"{asked.method} {asked.path} is not described"
        return
    known = {one["name"]: one for one in operation["parameters"] if one["in"] == "query"}
    yield from (f"{asked.path}: {name} is not described" for name in asked.query.keys() - known.keys())
    for name, one in known.items():
        if one.get("required") and name not in asked.query and "default" not in one["schema"]:
            yield f"{asked.path}: {name} is missing"
        choices = one["schema"].get("enum")
        if choices and name in asked.query and not set(asked.query[name]) <= set(choices):
            yield f"{asked.path}: {name} is {asked.query[name]}"
    if "body" not in operation:
        if asked.body is not None:
            yield f"{asked.path}: takes no body"
        return
    validator = OAS30Validator(operation["body"] | {"components": {"schemas": SPEC["schemas"]}})
    yield from (f"{asked.path}: {error.message[:200]}" for error in validator.iter_errors(_as_generated(asked.body)))


def _variables(path: str) -> int:
    return path.count("{")


def _as_generated(body: Any) -> Any:
    is_odd = isinstance(body, dict) and "convert" in body
    return body | {"file": body["file"] | {name: {} for name in FILE_TEXTS}} if is_odd else body


async def ask_everything(mini: MiniWaha, clock: QuickClock, folder: Path) -> None:
    async with waha_client(mini.url, clock, shows_typing=True) as client:
        await client.send(message())
        for kind, name in (("image", "f.png"), ("document", "f.pdf"), ("video", "f.mp4"), ("audio", "f.mp3")):
            (folder / name).write_bytes(b"bytes")
            await client.send(message("" if kind == "audio" else "Oi", media=Media(kind, str(folder / name))))
        await client.status()
        await client.find(doubt(clock.now(), address=CHAT), clock.now())
        await client.check_numbers([PHONE])
    http = HttpClient(mini.url, {"X-Api-Key": KEY})
    admin = WahaSessions(http, KEY, clock)
    await admin.instances()
    await admin.create("nova")
    for operation in (admin.restart, admin.logout, admin.delete):
        await operation("a")
    mini.table["GET /api/sessions/a"] = [(200, session("STOPPED")), (200, session("SCAN_QR_CODE"))]
    await admin.connect("a")
    await admin.connect("a", PHONE)
    await admin.close()


@pytest.mark.parametrize("engine", ["NOWEB", "WEBJS"])
async def test_every_request_is_described(engine: str, clock: QuickClock, tmp_path: Path) -> None:
    table = {"GET /api/a/auth/qr": (200, {"value": "2@x"}), f"GET /api/a/chats/{CHAT}/messages": (200, [])}
    async with mini_waha(engine, table=table) as mini:
        await ask_everything(mini, clock, tmp_path)
    assert [problem for asked in mini.asked for problem in problems_of(asked)] == []
    assert len({asked.path for asked in mini.asked}) > 14


def test_the_check_itself_finds_what_is_wrong() -> None:
    body = {"session": "a", "chatId": CHAT}
    assert list(problems_of(Asked("POST", "/api/sendText", {}, body, {}))), "text is missing"
    assert list(problems_of(Asked("POST", "/api/sendTxt", {}, body, {})))
    assert list(problems_of(Asked("GET", "/api/contacts/check-exists", {"x": ["1"]}, None, {})))
