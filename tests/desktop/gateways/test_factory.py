"""Clients share what they can, and "Test connection" says precisely what is wrong."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import certifi
import pytest

from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId, WorkspaceId
from desktop.domain.instance import ConnectionOptions, ConnectionState, Gateway, Instance, InstanceLimits
from desktop.engine.ports import GatewayProbe
from desktop.gateways.evolution import EvolutionClient
from desktop.gateways.factory import make_factory, probe
from desktop.simulator.server import Simulator
from tests.desktop.gateways.conftest import QuickClock, message
from tests.desktop.gateways.scripted import Request, Wire, scripted

KEY = "practice-gateway-key"
EVO = Gateway.EVOLUTION


def instance(name: str, url: str = "http://127.0.0.1:1", gateway: Gateway = EVO) -> Instance:
    return Instance(
        id=InstanceId(1),
        workspace_id=WorkspaceId(1),
        name=name,
        gateway=gateway,
        base_url=url,
        remote_name=name,
        timezone="America/Sao_Paulo",
        limits=InstanceLimits(),
        state=ConnectionState.UNKNOWN,
        created_at=datetime(2026, 11, 21, tzinfo=UTC),
    )


async def test_instances_of_one_server_and_key_share_connections(clock: QuickClock) -> None:
    keys = {"a": "one", "b": "one", "c": "two"}
    build = make_factory(lambda it: keys[it.name], clock, Random(1))
    a, b, c = (
        build(instance(name, url)) for name, url in zip(keys, ["http://x", "http://x/", "http://x"], strict=True)
    )
    assert isinstance(a, EvolutionClient)
    assert isinstance(b, EvolutionClient)
    assert isinstance(c, EvolutionClient)
    assert a._hub is b._hub
    assert a._hub is not c._hub
    for client in (a, b, c):
        await client.close()
    again = build(instance("a", "http://x"))
    assert isinstance(again, EvolutionClient)
    assert again._hub is not a._hub
    await again.close()


@pytest.mark.parametrize(
    ("given", "key", "code"),
    [
        (instance("a"), None, "token_missing"),
        (instance("a"), "", "token_missing"),
        (instance("a", gateway=Gateway.CLOUD), "k", "cloud_ids_missing"),
        (instance("a", url="nowhere"), "k", "bad_url"),
    ],
)
def test_what_is_missing_is_told_in_words(given: Instance, key: str | None, code: str, clock: QuickClock) -> None:
    with pytest.raises(KnownError) as raised:
        make_factory(lambda _: key, clock, Random(1))(given)
    assert raised.value.code == code


async def test_a_good_connection_lists_its_instances() -> None:
    async with Simulator(["vendas", "suporte"], api_key=KEY, seed=1) as simulator:
        simulator.logout("suporte")
        found = await probe(EVO, simulator.url + "/", KEY)
    assert (found.ok, found.code, found.version) == (True, "ok", "2.3.6")
    by_name = {name: (state, phone) for name, state, phone in found.instances}
    assert by_name["vendas"][0] is ConnectionState.CONNECTED
    assert by_name["suporte"][0] is ConnectionState.NEEDS_QR
    assert by_name["vendas"][1] != by_name["suporte"][1]


async def test_a_wrong_key_is_told_with_the_version() -> None:
    async with Simulator(["a"], api_key=KEY, seed=1) as simulator:
        assert await probe(EVO, simulator.url, "wrong") == GatewayProbe(
            False, "unauthorised", "2.3.6", text="Unauthorized"
        )


ROOT = {"status": 200, "message": "Welcome to the Evolution API, it is working!", "version": "2.3.6"}
UNAUTHORISED = {"status": 401, "error": "Unauthorized", "response": {"message": "Unauthorized"}}
LICENCE = {"error": "service not activated", "code": "LICENSE_REQUIRED", "message": "activate"}

CASES: dict[str, tuple[tuple[int, Any], tuple[int, Any], str]] = {
    "another program": ((200, {"hello": "world"}), (200, []), "not_evolution"),
    "a web page": ((200, None), (200, []), "not_evolution"),
    "nothing at that path": ((404, None), (200, []), "not_evolution"),
    "a redirect": ((301, None), (200, []), "not_evolution"),
    "a key is asked for at the door": ((401, UNAUTHORISED), (401, UNAUTHORISED), "not_evolution"),
    "version 1": ((200, ROOT | {"version": "1.8.2"}), (200, []), "wrong_version"),
    "version 1 in its list": ((200, ROOT), (200, [{"instance": {"instanceName": "a"}}]), "wrong_version"),
    "licence": ((200, ROOT | {"version": "2.4.0"}), (503, LICENCE), "licence"),
    "wrong key": ((200, ROOT), (401, UNAUTHORISED), "unauthorised"),
    "a list that is none": ((200, ROOT), (200, {"error": True}), "garbage_answer"),
    "an answer without JSON": ((200, ROOT), (200, None), "garbage_answer"),
    "a broken server": ((200, ROOT), (500, {"status": 500}), "garbage_answer"),
    "a server behind a proxy that is away": ((502, None), (502, None), "unreachable"),
    "no instances yet": ((200, ROOT), (200, []), "ok"),
}


@pytest.mark.parametrize("name", CASES)
async def test_what_is_wrong_is_told_precisely(name: str) -> None:
    root, listed, code = CASES[name]

    async def script(request: Request, wire: Wire) -> bool:
        await wire.answer(*(root if request.path == "/" else listed))
        return True

    async with scripted(script) as server:
        found = await probe(EVO, server.url, "k")
    assert (found.code, found.ok) == (code, code == "ok")


async def test_an_instances_own_token_that_may_not_list_is_tried_on_the_instance() -> None:
    async def script(request: Request, wire: Wire) -> bool:
        if request.path == "/":
            await wire.answer(200, ROOT)
        elif request.path == "/instance/connectionState/vendas":
            await wire.answer(200, {"instance": {"instanceName": "vendas", "state": "open"}})
        else:
            await wire.answer(401, UNAUTHORISED)
        return True

    async with scripted(script) as server:
        found = await probe(EVO, server.url, "own", remote_name="vendas")
        assert found == GatewayProbe(True, "ok", "2.3.6", (("vendas", ConnectionState.CONNECTED, None),))
        assert (await probe(EVO, server.url, "own", remote_name="other")).code == "unauthorised"
        assert (await probe(EVO, server.url, "own")).code == "unauthorised"


@pytest.mark.usefixtures("nameless")
@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1:1", "unreachable"),
        ("http://gateway.invalid", "dns"),
        ("gateway", "bad_url"),
    ],
)
async def test_addresses_that_lead_nowhere(url: str, code: str) -> None:
    found = await probe(EVO, url, "k")
    assert (found.ok, found.code, found.version) == (False, code, None)


async def test_no_key_is_told_even_when_the_server_repeats_it() -> None:
    async def script(request: Request, wire: Wire) -> bool:
        await wire.answer(200, {"you": f"sent {request.headers['apikey']}"})
        return True

    async with scripted(script) as server:
        found = await probe(EVO, server.url, "very-secret-key")
    assert "very-secret-key" not in found.text


async def test_numbers_share_connections_only_where_they_trust_the_same(clock: QuickClock, tmp_path: Path) -> None:
    made = make_factory(lambda _instance: "key", clock, Random(1))
    own, usual, wrong = (
        ConnectionOptions(ca_file=certifi.where()),
        ConnectionOptions(),
        ConnectionOptions(client_cert=str(tmp_path / "none.pem")),
    )
    one, two, three = (
        made(replace(instance(name, "https://gateway.invalid"), options=options))
        for name, options in (("a", own), ("b", own), ("c", usual))
    )
    assert isinstance(one, EvolutionClient)
    assert isinstance(two, EvolutionClient)
    assert isinstance(three, EvolutionClient)
    assert one._hub is two._hub
    assert three._hub is not one._hub
    with pytest.raises(KnownError) as raised:
        made(replace(instance("d", "https://gateway.invalid"), options=wrong))
    assert raised.value.code == "bad_client_cert"
    for client in (one, two, three):
        await client.close()


@pytest.mark.parametrize("gateway", [Gateway.EVOLUTION, Gateway.CLOUD])  # WAHA's is in test_waha.py
async def test_a_number_that_wants_no_preview_has_none(gateway: Gateway, clock: QuickClock) -> None:
    seen: list[dict[str, Any]] = []

    async def forward(request: Request, wire: Wire) -> None:
        if request.method == "POST" and ("send" in request.path or request.path.endswith("/messages")):
            seen.append(request.json)
        await wire.answer(500, {})

    async with scripted(forward) as server:
        plain = replace(instance("a", server.url, gateway), phone_id="1", waba_id="2")
        for options in (ConnectionOptions(link_preview=False), ConnectionOptions()):
            client = make_factory(lambda _instance: "key", clock, Random(1))(replace(plain, options=options))
            await client.send(message("veja https://loja.example"))
            await client.close()
    shown = [body.get("linkPreview", True) if gateway is EVO else body["text"]["preview_url"] for body in seen]
    assert shown == [False, True]


async def test_typing_is_shown_for_a_moment_in_proportion_to_the_text(clock: QuickClock) -> None:
    bodies: list[dict[str, Any]] = []

    async def script(request: Request, wire: Wire) -> bool:
        bodies.append(request.json)
        await wire.answer(201, {"key": {"id": "A1", "remoteJid": "x@lid"}})
        return True

    async with scripted(script) as server:
        chip = replace(instance("a", server.url), options=ConnectionOptions(shows_typing=True))
        client = make_factory(lambda _instance: "key", clock, Random(1))(chip)
        for text in ("oi", "uma frase comprida " * 30):
            await client.send(message(text))
        await client.close()
    assert [body["delay"] for body in bodies] == [830, 3000]
