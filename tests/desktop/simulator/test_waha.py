"""The practice WAHA is as faithful as the recordings of a real one, and as bad as gateways.md says."""

import asyncio
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from desktop.simulator.waha.server import WahaSimulator
from tests.desktop.gateways.conftest import until
from tests.desktop.simulator.conftest import QUICK
from tests.desktop.simulator.test_recordings import differences

DATA = Path(__file__).parent / "data" / "waha"
KEY = "wahakey"
CHAT = "5511988887777@c.us"
ABSENT = {"match": {"number": "*77770000", "endpoint": "check-exists"}, "do": {"exists_false": True}}
ERROR = {"match": {"number": "5511944442222"}, "do": {"receipts": "error_463"}}
CLOSED = {"match": {"endpoint": "sendText", "nth": 8}, "do": {"connection_closed_500": True}}
# Members that releases after the recorded one have added.
NEWER = {"id", "timestamp", "metadata", "statuses", "data", "source", "error"}


def simulator(*rules: Any, names: tuple[str, ...] = ("a",), **settings: Any) -> WahaSimulator:
    return WahaSimulator(names, api_key=KEY, script={"settings": QUICK | settings, "rules": list(rules)}, seed=1)


def recording(name: str) -> list[dict[str, Any]]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


class Asker:
    """Ask over HTTP with the key."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def ask(self, method: str, path: str, body: Any = None, key: str | None = KEY) -> tuple[int, Any]:
        headers = {"X-Api-Key": key, "Content-Type": "application/json"} if key else {}
        data = body if isinstance(body, str) or body is None else json.dumps(body)
        async with self._session.request(method, path, data=data, headers=headers) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else None

    async def text(self, text: str = "oi", chat: str = CHAT, **more: Any) -> tuple[int, Any]:
        return await self.ask("POST", "/api/sendText", {"session": "a", "chatId": chat, "text": text} | more)

    async def listen(self, query: str = "session=*&events=*", key: str = KEY) -> aiohttp.ClientWebSocketResponse:
        return await self._session.ws_connect(f"/ws?x-api-key={key}&{query}")


async def heard(socket: aiohttp.ClientWebSocketResponse, event: str) -> Any:
    async with asyncio.timeout(5):
        while True:
            envelope = await socket.receive_json()
            if envelope["event"] == event:
                return envelope


async def test_the_recorded_requests_are_answered_in_the_same_shapes() -> None:
    calls = recording("connected_rest.json")
    running = simulator(ABSENT, ERROR, CLOSED, names=(), version="2024.10.8")
    async with running, aiohttp.ClientSession(running.url) as session:
        asker = Asker(session)

        async def scanned() -> None:
            running.pair("default")

        async def talked() -> None:
            await until(lambda: len([message for message in running.accepted if message.statuses]) >= 4)
            running.inject_reply("default", "5511977776666", "SAIR", name="Maria")

        async def thrown_out() -> None:
            running.logout("default")

        before = {"session working": scanned, "chat messages": talked, "status after 401": thrown_out}
        found = await _replay(asker, calls, before)
    assert found == []


async def _replay(asker: Asker, calls: list[dict[str, Any]], before: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for call in calls:
        if action := before.get(call["name"]):
            await action()
        status, answer = await asker.ask(call["method"], call["path"], call["body"])
        problems = [] if status == call["status"] else [f"status {status} instead of {call['status']}"]
        problems += [problem for problem in differences(call["answer"], answer) if "is extra" not in problem]
        found += [f"{call['name']}: {problem}" for problem in problems]
    return found


async def test_a_server_without_sessions_answers_as_recorded() -> None:
    running = simulator(names=(), version="2024.10.8")
    async with running, aiohttp.ClientSession(running.url) as session:
        assert await _replay(Asker(session), recording("rest.json"), {}) == []


async def test_events_have_the_recorded_envelopes_and_payloads() -> None:
    running = simulator(ERROR, names=("default",), version="2024.10.8")
    seen: list[Any] = []
    async with running, aiohttp.ClientSession(running.url) as session:
        asker = Asker(session)
        socket = await asker.listen()
        await asker.ask("POST", "/api/sessions/default/stop")
        await asker.ask("POST", "/api/sessions/default/start")
        while not any(e["payload"].get("status") == "WORKING" for e in seen):
            seen.append(await socket.receive_json(timeout=5))
        for chat in (CHAT, "5511944442222@c.us"):
            await asker.ask("POST", "/api/sendText", {"session": "default", "chatId": chat, "text": "Olá"})
        while {"DEVICE", "READ", "ERROR"} - {e["payload"].get("ackName") for e in seen}:
            seen.append(await socket.receive_json(timeout=5))
        running.inject_reply("default", "5511977776666", "SAIR", name="Maria")
        seen += [await heard(socket, "message"), await heard(socket, "message.any")]
        running.logout("default")
        seen.append(await heard(socket, "session.status"))
        await asker.ask("POST", "/api/sessions/default/start")
        seen += [await heard(socket, "session.status") for _ in range(2)]
        await socket.close()
    for recorded in recording("events.json"):
        alike = [answered for answered in seen if _kind(answered) == _kind(recorded)]
        assert alike, recorded
        found = min((differences(recorded, answered) for answered in alike), key=len)
        assert [problem for problem in found if not _is_newer(problem)] == []


def _is_newer(problem: str) -> bool:
    """Tell whether a difference is one that releases after the recorded one have made."""
    return problem.endswith(" is extra") and problem.split()[0].rpartition(".")[2] in NEWER


def _kind(envelope: Any) -> tuple[Any, ...]:
    payload = envelope["payload"]
    return envelope["event"], payload.get("fromMe"), payload.get("ackName"), payload.get("status")


@pytest.mark.parametrize("engine", ["NOWEB", "WEBJS", "GOWS", "WPP"])
async def test_each_engine_answers_a_send_in_its_own_shape(engine: str) -> None:
    running = simulator(engine=engine)
    async with running, aiohttp.ClientSession(running.url) as session:
        asker = Asker(session)
        status, body = await asker.text(id="3EB0MINE")
        assert (await asker.ask("GET", "/api/server/version"))[1]["engine"] == engine
    (message,) = running.accepted
    assert status == 201
    if engine == "NOWEB":
        assert (body["key"]["id"], body["status"]) == ("3EB0MINE", "PENDING")
    elif engine == "WEBJS":
        assert body["id"]["id"] == message.id != "3EB0MINE"
    else:
        assert body["id"] == f"true_{CHAT}_{message.id}"
    assert (message.id == "3EB0MINE") is (engine in ("NOWEB", "GOWS"))


async def test_the_wrong_form_of_a_number_is_accepted_and_never_delivered() -> None:  # #2120
    running = simulator()
    async with running, aiohttp.ClientSession(running.url) as session:
        asker = Asker(session)
        socket = await asker.listen()
        _, check = await asker.ask("GET", "/api/contacts/check-exists?phone=5584988887777&session=a")
        assert check == {"numberExists": True, "chatId": "558488887777@c.us"}
        assert (await asker.text(chat="5584988887777@c.us"))[0] == 201
        await asker.text(chat="558488887777@c.us")
        acks = [(await heard(socket, "message.ack"))["payload"]["ack"] for _ in range(3)]
        await socket.close()
    assert acks == [1, 2, 3]


FAULTS: dict[str, tuple[dict[str, Any], int, int, str]] = {
    "key": ({"status": 401}, 401, 0, "Unauthorized"),
    "scope": ({"status": 403}, 403, 0, "Forbidden"),
    "session": ({"status": 404}, 404, 0, "find a session"),
    "status": ({"status": 422}, 422, 0, "expected"),
    "engine": ({"status": 501}, 501, 0, "not implemented"),
    "broken": ({"status": 500}, 500, 0, "exception"),
    "broken after": ({"status": 500, "accepted": True}, 500, 1, "exception"),
    "restricted": ({"restricted_463": True}, 500, 0, "server error 463"[:6]),
    "stuck": ({"refused_400": True}, 500, 0, "error 400"),
    "throttled": ({"rate_overlimit": True}, 500, 0, "rate-overlimit"),
    "closed": ({"connection_closed_500": True}, 500, 0, "Connection Closed"),
    "empty": ({"empty_201": True}, 201, 1, ""),
    "empty and lost": ({"empty_201": True, "accepted": False}, 201, 0, ""),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_every_fault_answers_in_wahas_words(name: str) -> None:
    fault, expected, accepted, words = FAULTS[name]
    running = simulator({"match": {"endpoint": "send"}, "do": fault})
    async with running, aiohttp.ClientSession(running.url) as session:
        status, body = await Asker(session).text("segredo")
    assert (status, len(running.accepted)) == (expected, accepted)
    assert words in json.dumps(body)
    if status == 500:
        assert body["request"]["body"]["text"] == "segredo", "the real one repeats the request"


async def test_a_session_that_is_not_working_refuses_with_its_status() -> None:
    running = simulator()
    async with running, aiohttp.ClientSession(running.url) as session:
        asker = Asker(session)
        running.logout("a")
        assert await asker.text() == (
            422,
            {
                "error": "Session status is not as expected. Try again later or restart the session",
                "session": "a", "status": "FAILED", "expected": ["WORKING"],
            },
        )  # fmt: skip


async def test_noweb_without_a_store_has_no_history() -> None:
    running = simulator(has_store=False)
    async with running, aiohttp.ClientSession(running.url) as session:
        status, body = await Asker(session).ask("GET", f"/api/a/chats/{CHAT}/messages?limit=5")
    assert status == 400
    assert "store" in body["message"]


async def test_a_browser_engine_wants_the_whole_id() -> None:
    running = simulator(engine="WEBJS")
    async with running, aiohttp.ClientSession(running.url) as session:
        asker = Asker(session)
        await asker.text()
        raw = running.accepted[0].id
        assert (await asker.ask("GET", f"/api/a/chats/all/messages/{raw}"))[0] == 500
        assert (await asker.ask("GET", f"/api/a/chats/{CHAT}/messages/true_{CHAT}_{raw}"))[0] == 200


async def test_a_listener_without_the_key_is_closed_with_1008() -> None:
    running = simulator()
    async with running, aiohttp.ClientSession(running.url) as session:
        socket = await Asker(session).listen(key="wrong")
        await socket.receive(timeout=5)
        assert socket.close_code == 1008


async def test_webhooks_carry_the_hmac_of_the_raw_body() -> None:
    got: asyncio.Queue[tuple[bytes, Any]] = asyncio.Queue()

    async def receive(request: web.Request) -> web.Response:
        got.put_nowait((await request.read(), request.headers))
        return web.Response()

    application = web.Application()
    application.router.add_post("/waha", receive)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/waha"
    hook = {
        "url": url,
        "events": ["message.any"],
        "hmac": {"key": "hmackey"},
        "customHeaders": [{"name": "X-My", "value": "1"}],
    }
    running = simulator(names=())
    async with running, aiohttp.ClientSession(running.url) as session:
        asker = Asker(session)
        await asker.ask("POST", "/api/sessions", {"name": "a", "config": {"webhooks": [hook]}})
        running.pair("a")
        await asker.text()
        async with asyncio.timeout(5):
            body, headers = await got.get()
    await runner.cleanup()
    assert json.loads(body)["event"] == "message.any"
    assert headers["X-Webhook-Hmac"] == hmac.new(b"hmackey", body, hashlib.sha512).hexdigest()
    assert (headers["X-My"], headers["X-Webhook-Hmac-Algorithm"]) == ("1", "sha512")


async def test_the_health_of_the_account_is_shown() -> None:
    running = simulator(is_restricted=True, is_capped=True, version="2026.8.1")
    async with running, aiohttp.ClientSession(running.url) as session:
        _, body = await Asker(session).ask("GET", "/api/sessions/a")
    assert body["me"]["reachoutTimelock"]["isActive"] is True
    assert body["me"]["messageCapping"]["cappingStatus"] == "CAPPED"


async def test_a_hidden_address_is_told_for_whoever_the_number_has_met() -> None:
    async with simulator(engine="WEBJS") as running, aiohttp.ClientSession(running.url) as session:
        asker = Asker(session)
        socket = await asker.listen()
        await asker.text()
        body = {"instance": "a", "number": "5511988887777", "text": "SAIR", "as": "lid"}
        async with session.post("/_control/reply", json=body, headers={"X-Api-Key": KEY}) as answer:
            assert answer.status == 200
        envelope = await heard(socket, "message")
        _, known = await asker.ask("GET", "/api/a/lids/38583922214439%40lid")
        _, unknown = await asker.ask("GET", "/api/a/lids/1%40lid")
        await socket.close()
    assert envelope["payload"]["from"] == "38583922214439@lid" == known["lid"]
    assert (known["pn"], unknown["pn"]) == (CHAT, None)
