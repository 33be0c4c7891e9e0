"""The event channel: who may listen, to what, and from when on."""

import asyncio
from typing import Any

import pytest
import socketio
from socketio.exceptions import ConnectionError as RefusedError

from desktop.simulator.server import Simulator
from tests.desktop.simulator.conftest import QUICK, SILENT, listen, script

ALL = {"websocket": {"enabled": True, "events": []}}


async def test_a_namespace_is_invalid_until_the_first_event_of_its_instance(clients: Any) -> None:
    async with Simulator(["a"], script=script()) as simulator:
        client = clients(simulator)
        await client.ask("POST", "/websocket/set/a", ALL)
        refusals: list[Any] = []
        with pytest.raises(RefusedError):
            await _listen_noting(simulator, "/a", refusals)
        assert refusals == [{"message": "Invalid namespace"}]
        await client.send()
        listener = await listen(simulator, "/a")
        await client.send(text="second")
        event = await listener.next("send.message")
        await listener.client.disconnect()
    assert event["data"]["message"] == {"conversation": "second"}
    assert event["apikey"] == simulator.instance("a").token


async def test_a_namespace_stays_invalid_without_the_websocket_setting(clients: Any) -> None:
    async with Simulator(["a"], script=script()) as simulator:
        await clients(simulator).send()
        with pytest.raises(RefusedError):
            await listen(simulator, "/a")


async def test_a_namespace_gets_only_the_events_that_were_asked_for(clients: Any) -> None:
    async with Simulator(["a", "b"], script=script()) as simulator:
        client = clients(simulator)
        await client.ask("POST", "/websocket/set/a", {"websocket": {"enabled": True, "events": ["MESSAGES_UPDATE"]}})
        everything = await listen(simulator)
        await client.send()
        await everything.statuses(2)
        own = await listen(simulator, "/a")
        await client.send(instance="b")
        await client.send(text="mine")
        await everything.statuses(4)
        seen = [await own.next_any(), await own.next_any()]
        assert own.waiting() == []
        await own.client.disconnect()
        await everything.client.disconnect()
    assert {(event["event"], event["instance"]) for event in seen} == {("messages.update", "a")}


async def test_without_global_events_the_default_namespace_is_silent(clients: Any) -> None:
    async with Simulator(["a"], script={"settings": QUICK | {"has_global_events": False}}) as simulator:
        client = clients(simulator)
        await client.ask("POST", "/websocket/set/a", ALL)
        await client.send()
        silent, own = await listen(simulator), await listen(simulator, "/a")
        await client.send()
        await own.statuses(2)
        assert silent.waiting() == []
        await silent.client.disconnect()
        await own.client.disconnect()


@pytest.mark.parametrize(("key", "is_let_in"), [("", False), ("wrong", False), (None, True)])
async def test_the_handshake_wants_a_valid_key(key: str | None, is_let_in: bool) -> None:
    async with Simulator(["a"], script={"settings": SILENT}) as simulator:
        if is_let_in:
            await (await listen(simulator, key=key)).client.disconnect()
            await (await listen(simulator, key=simulator.instance("a").token)).client.disconnect()
        else:
            with pytest.raises(RefusedError):
                await listen(simulator, key=key)


async def test_the_recorded_servers_open_loopback_can_be_had_too() -> None:
    settings = SILENT | {"is_key_needed_for_events": False}
    async with Simulator(["a"], script={"settings": settings}) as simulator:
        await (await listen(simulator, key="")).client.disconnect()


async def test_polling_works_as_well_as_websocket(clients: Any) -> None:
    async with Simulator(["a"], script=script()) as simulator:
        listener = await listen(simulator, transports=("polling",))
        await clients(simulator).send()
        assert await listener.statuses(2) == ["DELIVERY_ACK", "READ"]
        await listener.client.eio.disconnect(abort=True)  # without waiting for the poll that is under way


async def test_keys_of_media_arrive_as_bytes(clients: Any) -> None:
    body = {"number": "5511988887777", "mediatype": "image", "media": "iVBORw0KGgo=", "fileName": "a.png"}
    async with Simulator(["a"], script={"settings": SILENT}) as simulator:
        listener = await listen(simulator)
        await clients(simulator).ask("POST", "/message/sendMedia/a", body)
        event = await listener.next("send.message")
        await listener.client.disconnect()
    assert isinstance(event["data"]["message"]["imageMessage"]["mediaKey"], bytes)


async def _listen_noting(simulator: Simulator, namespace: str, refusals: list[Any]) -> None:
    client: Any = socketio.AsyncClient(reconnection=False)
    client.on("connect_error", refusals.append, namespace=namespace)
    try:
        await client.connect(f"{simulator.url}?apikey={simulator.api_key}", namespaces=[namespace])
    finally:
        await asyncio.shield(client.shutdown())
