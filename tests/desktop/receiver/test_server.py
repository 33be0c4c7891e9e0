"""A real server on loopback, and everything that may knock at it."""

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest

from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import KEY_HEADER, PATH, Hook
from desktop.domain.instance import Gateway, Instance
from desktop.domain.receipt import Inbound, Receipt, ReceiptKind
from desktop.receiver import server as server_module
from desktop.receiver.server import MAX_BODY_BYTES, HookServer
from tests.desktop.gateways.conftest import QuickClock, until
from tests.desktop.receiver.conftest import NOW, hook, meta_signature, waha_signature

EVOLUTION, WAHA = hook(Gateway.EVOLUTION, 1), hook(Gateway.WAHA, 2)
META, META_TOO, OTHER_APP = hook(Gateway.CLOUD, 3), hook(Gateway.CLOUD, 4), hook(Gateway.CLOUD, 5, "another-secret")
HOOKS = (EVOLUTION, WAHA, META, META_TOO, OTHER_APP)
RECEIPT = Receipt(EVOLUTION.instance.id, "M1", ReceiptKind.READ, NOW)


class Desk:
    """Stands in for parser and engine: notes what reaches it."""

    def __init__(self) -> None:
        self.parsed: list[tuple[list[str], object]] = []
        self.received: list[Inbound] = []
        self.writing: Callable[[], Awaitable[None]] | None = None

    def parse(self, instances: Sequence[Instance], body: object) -> Sequence[Inbound]:
        self.parsed.append(([instance.name for instance in instances], body))
        return [RECEIPT] if body != {"foreign": True} else []

    async def receive(self, items: Sequence[Inbound]) -> None:
        if self.writing is not None:
            await self.writing()
        self.received.extend(items)


@asynccontextmanager
async def serving(desk: Desk, **times: float) -> AsyncIterator[tuple[HookServer, str]]:
    server = HookServer(HOOKS, desk.parse, desk.receive, QuickClock(), **times)
    await server.open("127.0.0.1", 0)
    try:
        yield server, f"http://127.0.0.1:{server.port}"
    finally:
        await server.close()


async def ask(method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, data=io.BytesIO(body), headers=headers) as answer,
    ):
        return answer.status, await answer.text()


def key(of: Hook) -> dict[str, str]:
    return {KEY_HEADER: of.signing_key}


async def test_each_gateway_posts_in_its_own_way() -> None:
    desk, body = Desk(), b'{"event":"x"}'
    async with serving(desk) as (_, base):
        assert await ask("POST", base + EVOLUTION.path, body, key(EVOLUTION)) == (200, "")
        assert await ask("POST", base + EVOLUTION.path + "/messages-update", body, key(EVOLUTION)) == (200, "")
        assert await ask("POST", base + WAHA.path, body, waha_signature(body, WAHA)) == (200, "")
        assert await ask("POST", base + META.path, body, meta_signature(body)) == (200, "")
    assert [names for names, _ in desk.parsed] == [["evolution-1"], ["evolution-1"], ["waha-2"], ["cloud-3", "cloud-4"]]
    assert desk.received == [RECEIPT] * 4


async def test_what_is_not_signed_is_read_by_nobody() -> None:
    desk = Desk()
    async with serving(desk) as (_, base):
        assert (await ask("POST", base + EVOLUTION.path, b"{}"))[0] == 401
        assert (await ask("POST", base + WAHA.path, b"{}", key(EVOLUTION)))[0] == 401
        assert (await ask("POST", base + META.path, b"{}", meta_signature(b"{}", "another-secret")))[0] == 401
    assert desk.parsed == []


async def test_a_path_that_is_not_there_tells_nothing() -> None:
    desk = Desk()
    async with serving(desk) as (_, base):
        for path in ("/", PATH, PATH + "x", PATH + "é", EVOLUTION.path[:-1], "/metrics", PATH + "../etc/passwd"):
            assert (await ask("POST", base + path, b"{}", key(EVOLUTION)))[0] == 404, path
        assert (await ask("PUT", base + EVOLUTION.path, b"{}", key(EVOLUTION)))[0] == 405
    assert desk.parsed == []


async def test_garbage_and_what_is_foreign_change_nothing() -> None:
    desk = Desk()
    garbage = (b"", b"\xff\xfe", b"{", b"[" * 100_000, b"1" * 5_000, b'{"a":' * 30_000)
    async with serving(desk) as (_, base):
        for body in garbage:
            assert (await ask("POST", base + EVOLUTION.path, body, key(EVOLUTION)))[0] == 400
        assert await ask("POST", base + EVOLUTION.path, b'{"foreign": true}', key(EVOLUTION)) == (200, "")
    assert desk.received == []


async def test_a_body_of_three_megabytes_is_taken_and_a_larger_one_is_not() -> None:
    desk = Desk()
    large = json.dumps({"text": "x" * (MAX_BODY_BYTES - 100)}).encode()
    async with serving(desk) as (_, base):
        assert (await ask("POST", base + EVOLUTION.path, large, key(EVOLUTION)))[0] == 200
        assert (await ask("POST", base + EVOLUTION.path, large + b" " * 200, key(EVOLUTION)))[0] == 413
    assert len(desk.received) == 1


async def test_the_gateway_is_answered_when_the_database_has_it_and_else_asked_to_come_again() -> None:
    desk, gate = Desk(), asyncio.Event()
    desk.writing = gate.wait  # type: ignore[assignment]
    async with serving(desk, write_s=0.05) as (_, base):
        assert (await ask("POST", base + EVOLUTION.path, b"{}", key(EVOLUTION)))[0] == 503
        assert desk.received == []
        gate.set()
        assert (await ask("POST", base + EVOLUTION.path, b"{}", key(EVOLUTION)))[0] == 200
    assert desk.received == [RECEIPT]


async def test_meta_subscribes_with_the_right_word_only() -> None:
    async with serving(Desk()) as (_, base):
        start = f"{base}{META.path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
        async with aiohttp.ClientSession() as session, session.get(start + META.verify_token) as answer:
            assert (answer.status, await answer.text(), answer.content_type) == (200, "1158201444", "text/plain")
        assert (await ask("GET", start + META_TOO.verify_token))[0] == 403
        assert (await ask("GET", start))[0] == 403
        assert (await ask("GET", start.replace("1158201444", "x" * 300) + META.verify_token))[0] == 403
        assert (await ask("GET", base + WAHA.path + "?hub.mode=subscribe&hub.challenge=1"))[0] == 405
        assert (await ask("GET", base + META.path))[0] == 405


async def test_only_the_right_receiver_answers_a_test() -> None:
    async with serving(Desk()) as (_, base):
        assert await ask("GET", f"{base}{WAHA.path}?nonce=abc") == (200, WAHA.proof("abc"))


async def test_who_sends_slowly_is_cut_off() -> None:
    desk = Desk()
    async with serving(desk, life_s=0.2) as (server, _):
        for beginning in (b"", b"POST /hooks", b"POST /hooks/x HTTP/1.1\r\nContent-Length: 10\r\n\r\nab"):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(beginning)
            async with asyncio.timeout(5):
                while await _rest(reader):
                    pass
            writer.close()
    assert desk.parsed == []


async def _rest(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(1000)
    except ConnectionResetError:
        return b""


async def test_only_so_many_may_knock_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "AT_ONCE", 3)
    desk = Desk()
    async with serving(desk) as (server, base):
        waiting = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(3)]
        await until(lambda: len(server._open) == 3)
        with pytest.raises(aiohttp.ClientError):
            await ask("POST", base + EVOLUTION.path, b"{}", key(EVOLUTION))
        for _, writer in waiting:
            writer.close()
        await until(lambda: not server._open)
        assert (await ask("POST", base + EVOLUTION.path, b"{}", key(EVOLUTION)))[0] == 200


async def test_a_port_that_is_taken_and_an_address_that_is_not_ours_are_said_so() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        server = HookServer(HOOKS, Desk().parse, Desk().receive, QuickClock())
        with pytest.raises(KnownError) as refused:
            await server.open("127.0.0.1", busy.getsockname()[1])
        assert refused.value.code == "receiver_port_taken"
        await server.close()
    with pytest.raises(KnownError) as refused:
        await HookServer(HOOKS, Desk().parse, Desk().receive, QuickClock()).open("203.0.113.7", 0)
    assert refused.value.code == "address_not_here"


@pytest.mark.parametrize("passes", range(7))
async def test_who_knocks_while_it_closes_is_sent_away_and_not_left_waiting(passes: int) -> None:
    """How many passes of the event loop lie between the knock and the end decides how far the accept has come."""
    server = HookServer(HOOKS, Desk().parse, Desk().receive, QuickClock())
    await server.open("127.0.0.1", 0)
    knock = asyncio.create_task(asyncio.open_connection("127.0.0.1", server.port))
    for _ in range(passes):
        await asyncio.sleep(0)
    await server.close()
    try:
        reader, writer = await knock
    except ConnectionRefusedError:  # it had closed before
        return
    try:
        async with asyncio.timeout(10):
            await _rest(reader)
    finally:
        writer.close()


async def _rest(reader: asyncio.StreamReader) -> None:
    with suppress(ConnectionResetError):
        await reader.read()
