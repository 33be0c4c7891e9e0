"""Making a gateway post to us, against servers that answer as the recorded ones do."""

from dataclasses import replace

import pytest

from desktop.domain.inbound_hook import KEY_HEADER, Hook
from desktop.domain.instance import Gateway
from desktop.gateways.hook_setup import ask_receiver, credentials, set_hook
from desktop.gateways.http import HttpClient
from tests.desktop.gateways.scripted import Request, Script, Scripted, Wire, scripted
from tests.desktop.receiver.conftest import hook

NEW = "https://hooks.example.com" + hook(Gateway.EVOLUTION).path
OLD = "https://old-tunnel.example.com" + hook(Gateway.EVOLUTION).path
N8N = "https://n8n.example.com/webhook/1"


def server(present: object, status: int = 200, write_status: int = 201) -> Script:
    async def answer(request: Request, wire: Wire) -> bool:
        if request.method == "GET":
            await wire.answer(status, present)
        else:
            await wire.answer(write_status, {"enabled": True})
        return True

    return answer


async def setting(seen: Scripted, of: Hook, url: str | None, **more: bool) -> str | None:
    http = HttpClient(seen.url, credentials(of.instance.gateway, "token"))
    try:
        return await set_hook(http, of, url, **more)
    finally:
        await http.close()


def written(seen: Scripted) -> list[Request]:
    return [request for request in seen.requests if request.method != "GET"]


@pytest.mark.parametrize("present", [None, {"enabled": False, "url": N8N}, {"enabled": True, "url": OLD}])
async def test_evolution_is_told_the_address_and_the_header(present: object) -> None:
    of = hook(Gateway.EVOLUTION)
    async with scripted(server(present)) as seen:
        assert await setting(seen, of, NEW) is None
    (request,) = written(seen)
    assert (request.path, request.headers["apikey"]) == ("/webhook/set/remote-1", "token")
    body = request.json["webhook"]
    assert isinstance(body, dict)
    assert (body["url"], body["enabled"], body["headers"]) == (NEW, True, {KEY_HEADER: of.signing_key})
    assert "MESSAGES_UPSERT" in body["events"]


async def test_another_programs_webhook_at_evolution_is_left_alone_until_the_operator_says_so() -> None:
    of, present = hook(Gateway.EVOLUTION), {"enabled": True, "url": N8N}
    async with scripted(server(present)) as seen:
        assert await setting(seen, of, NEW) == "hook_in_use"
        assert await setting(seen, of, None) is None
        assert written(seen) == []
        assert await setting(seen, of, NEW, replace=True) is None
        assert len(written(seen)) == 1


async def test_evolution_is_told_to_stop() -> None:
    of = hook(Gateway.EVOLUTION)
    async with scripted(server({"enabled": True, "url": OLD})) as seen:
        assert await setting(seen, of, None) is None
    body = written(seen)[0].json["webhook"]
    assert isinstance(body, dict)
    assert (body["enabled"], body["url"], body["headers"]) == (False, OLD, {})
    async with scripted(server(None)) as seen:
        assert await setting(seen, of, None) is None
    assert written(seen) == []


async def test_waha_keeps_the_webhooks_of_others_and_everything_else_of_the_session() -> None:
    of = hook(Gateway.WAHA)
    ours, theirs = NEW.replace(hook(Gateway.EVOLUTION).path, of.path), {"url": N8N, "events": ["message"]}
    config = {"proxy": None, "noweb": {"store": {"enabled": True}}, "webhooks": [theirs, {"url": OLD, "events": []}]}
    async with scripted(server({"name": "remote-1", "config": config}, write_status=200)) as seen:
        assert await setting(seen, of, ours) is None
    (request,) = written(seen)
    assert (request.method, request.path) == ("PUT", "/api/sessions/remote-1")
    assert request.headers["x-api-key"] == "token"
    sent = request.json["config"]
    assert isinstance(sent, dict)
    assert sent["noweb"] == {"store": {"enabled": True}}
    assert sent["webhooks"][0] == theirs
    (mine,) = sent["webhooks"][1:]
    assert (mine["url"], mine["hmac"]) == (ours, {"key": of.signing_key})
    # The session is not restarted for what is so already, nor for what is not there.
    async with scripted(server({"config": sent})) as seen:
        assert await setting(seen, of, ours) is None
        assert written(seen) == []
    async with scripted(server({"config": None})) as seen:
        assert await setting(seen, of, None) is None
        assert written(seen) == []


async def test_metas_webhook_is_made_by_hand() -> None:
    async with scripted(server({})) as seen:
        assert await setting(seen, hook(Gateway.CLOUD), NEW) == "not_available"
    assert seen.requests == []
    assert credentials(Gateway.CLOUD, "t") == {"Authorization": "Bearer t"}


@pytest.mark.parametrize("gateway", [Gateway.EVOLUTION, Gateway.WAHA])
async def test_a_gateway_that_refuses_says_why(gateway: Gateway) -> None:
    async with scripted(server({"status": 401, "error": "Unauthorized"}, 401)) as seen:
        assert await setting(seen, hook(gateway), NEW) == "unauthorised"
    async with scripted(server({"config": {}}, write_status=500)) as seen:
        assert await setting(seen, hook(gateway), NEW) is not None
    async with scripted(server({"error": True, "message": "no"})) as seen:
        assert await setting(seen, hook(gateway), NEW) == "gateway_error"


async def test_the_test_of_the_way_in_believes_only_the_right_answer() -> None:
    of = hook(Gateway.WAHA)

    def saying(text: str) -> Script:
        async def answer(_request: Request, wire: Wire) -> None:
            await wire.say(f"HTTP/1.1 200 OK\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode())

        return answer

    for text, found in ((of.proof("n"), "ok"), (replace(of, key="other").proof("n"), "not_ours"), ("", "not_ours")):
        async with scripted(saying(text)) as seen:
            http = HttpClient(seen.url, {})
            assert await ask_receiver(http, of, "n") == found
            await http.close()
    assert seen.requests[0].path == of.path + "?nonce=n"
    http = HttpClient(seen.url, {})
    assert await ask_receiver(http, of, "n") == "unreachable"
    await http.close()
