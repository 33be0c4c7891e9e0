"""Events over a real socket.io connection: in both modes, shared, resumed, never leaked between instances."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from random import Random
from typing import Any

import pytest
import socketio

from desktop.domain.ids import InstanceId
from desktop.domain.receipt import GapEnded, Inbound, Receipt, ReceiptKind, Reply, StateChanged
from desktop.gateways import evolution_hub
from desktop.gateways.evolution import EvolutionClient
from desktop.gateways.evolution_hub import EvolutionHub
from desktop.gateways.gather import GATHER_S
from desktop.gateways.http import HttpClient
from desktop.simulator.server import Simulator
from tests.desktop.gateways.conftest import INSTANCE, PHONE, QuickClock, client_at, message, until
from tests.desktop.gateways.scripted import Request, Wire, response, scripted, settle

KEY = "practice-gateway-key"
FAST = {"speed": 200, "delivered_share": 1, "read_share": 1, "reply_share": 0}


class Inbox:
    def __init__(self) -> None:
        self.items: list[Inbound] = []
        self.sizes: list[int] = []

    def __call__(self, items: Sequence[Inbound]) -> None:
        assert items
        self.items += items
        self.sizes.append(len(items))

    def kinds(self) -> list[ReceiptKind]:
        return [item.kind for item in self.items if isinstance(item, Receipt)]

    def replies(self) -> list[str]:
        return [item.text for item in self.items if isinstance(item, Reply)]


@asynccontextmanager
async def listening(client: EvolutionClient) -> AsyncIterator[Inbox]:
    inbox = Inbox()
    task = asyncio.create_task(client.listen(inbox))
    try:
        yield inbox
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


@asynccontextmanager
async def simulated(names: Sequence[str] = ("a",), port: int = 0, **settings: Any) -> AsyncIterator[Simulator]:
    async with Simulator(names, port=port, api_key=KEY, script={"settings": FAST | settings}, seed=1) as simulator:
        yield simulator


@pytest.mark.parametrize("is_global", [True, False])
async def test_receipts_replies_and_states_arrive_in_both_modes(is_global: bool, clock: QuickClock) -> None:
    async with (
        simulated(has_global_events=is_global) as simulator,
        client_at(simulator.url, clock, KEY) as client,
        listening(client) as inbox,
    ):
        await until(lambda: simulator.world.events.listener_count >= 1 and simulator.instance("a").websocket)
        sent = await client.send(message())
        # The namespace of an instance exists from its first event on: what came before it is for the polling.
        await until(lambda: simulator.world.events.sent_count or not simulator.inject_reply("a", PHONE[1:], "?"))
        second = await client.send(message("dois"))
        await until(
            lambda: [r for r in inbox.items if isinstance(r, Receipt) and r.message_id == second.message_id][1:]
        )  # type: ignore[union-attr]
        simulator.inject_reply("a", PHONE[1:], "SAIR", quoted_id=sent.message_id)  # type: ignore[union-attr]
        await until(lambda: "SAIR" in inbox.replies())
        simulator.logout("a")
        await until(lambda: any(isinstance(item, StateChanged) and item.state == "needs_qr" for item in inbox.items))
    reply = next(item for item in inbox.items if isinstance(item, Reply) and item.text == "SAIR")
    assert (reply.instance_id, reply.phone, reply.quoted_message_id) == (INSTANCE, PHONE, sent.message_id)  # type: ignore[union-attr]
    assert ReceiptKind.READ in inbox.kinds()


async def test_two_instances_share_one_socket_and_hear_only_their_own(clock: QuickClock) -> None:
    async with simulated(["a", "b"]) as simulator:
        http = HttpClient(simulator.url, {"apikey": KEY})
        hub = EvolutionHub(http, KEY, clock, Random(1))
        first = EvolutionClient(hub, InstanceId(1), "a", clock)
        second = EvolutionClient(hub, InstanceId(2), "b", clock)
        async with AsyncExitStack() as stack_a, AsyncExitStack() as stack_b:
            inbox_a = await stack_a.enter_async_context(listening(first))
            await until(lambda: inbox_a.items or not simulator.inject_reply("a", PHONE[1:], "para a"))
            inbox_b = await stack_b.enter_async_context(listening(second))
            await until(lambda: inbox_b.items or not simulator.inject_reply("b", PHONE[1:], "para b"))
            # Once `/` has carried an event the namespaces are given up.
            await until(lambda: simulator.world.events.listener_count == 1)
            await stack_a.aclose()
            # The one that held the socket has left: the other takes over.
            await until(lambda: simulator.world.events.listener_count == 1)
            await until(lambda: "depois" in inbox_b.replies() or not simulator.inject_reply("b", PHONE[1:], "depois"))
        assert set(inbox_a.replies()) == {"para a"}
        assert set(inbox_b.replies()) == {"para b", "depois"}
        assert {item.instance_id for item in inbox_b.items} == {InstanceId(2)}
        await first.close()
        await first.close()
        assert await second.status() is not None  # the connection is still open for the other
        await second.close()


@pytest.mark.parametrize("is_global", [True, False])
async def test_a_lost_connection_is_taken_up_again_and_told(is_global: bool, clock: QuickClock) -> None:
    async with (
        simulated(has_global_events=is_global) as simulator,
        client_at(simulator.url, clock, KEY) as client,
        listening(client) as inbox,
    ):
        await until(lambda: inbox.items or not simulator.inject_reply("a", PHONE[1:], "antes"))
        if is_global:
            assert GapEnded(INSTANCE) not in inbox.items, "the first connection is no gap"
        else:  # a namespace is refused until its first event, which nobody hears
            await until(lambda: GapEnded(INSTANCE) in inbox.items)
            (gap,) = [item for item in inbox.items if isinstance(item, GapEnded)]
            assert gap.since is not None
            inbox.items.clear()
        simulator.go_away(0.1)
        await until(lambda: GapEnded(INSTANCE) in inbox.items or not simulator.inject_reply("a", PHONE[1:], "?"))
        await until(lambda: "depois" in inbox.replies() or not simulator.inject_reply("a", PHONE[1:], "depois"))


async def test_pauses_between_attempts_grow_to_a_minute_and_are_jittered(clock: QuickClock) -> None:
    async with client_at("http://127.0.0.1:1", clock) as client, listening(client):
        await until(lambda: len(clock.slept) >= 20)
    assert max(clock.slept) <= 60.0
    assert min(clock.slept) >= 0.7
    assert len(set(clock.slept)) > 10
    assert any(pause > 42.0 for pause in clock.slept)


async def test_a_wrong_key_and_a_server_without_sockets_only_make_it_try_again(clock: QuickClock) -> None:
    async with simulated() as simulator, client_at(simulator.url, clock, "wrong") as client, listening(client):
        await until(lambda: len(clock.slept) >= 4)

    async def nothing(_request: Request, wire: Wire) -> bool:
        await wire.answer(404, {"status": 404, "response": {"message": ["Cannot GET /socket.io"]}})
        return True

    clock.slept.clear()
    async with scripted(nothing) as server, client_at(server.url, clock) as client, listening(client):
        await until(lambda: len(clock.slept) >= 4)


@pytest.mark.parametrize("upgrades", [[], ["websocket"]])
@pytest.mark.parametrize("answers_goodbye", [False, True])
async def test_leaving_does_not_wait_for_a_server_that_fell_silent(
    upgrades: list[str], answers_goodbye: bool, clock: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both while it is still being connected (an upgrade is offered, and never comes) and afterwards.

    The hello names a namespace that only one of the two sockets asked for: the other one is being refused just when
    it is cancelled, and socketio then loses the cancellation.
    """
    monkeypatch.setattr(evolution_hub, "GOODBYE_S", 0.05)
    monkeypatch.setattr(evolution_hub, "CONNECT_S", 0.5)
    hello = {"sid": "x", "upgrades": upgrades, "pingInterval": 25000, "pingTimeout": 20000, "maxPayload": 1000000}
    silent, goodbye = asyncio.Event(), asyncio.Event()

    async def script(request: Request, wire: Wire) -> bool:
        if not request.path.startswith("/socket.io"):
            await wire.answer(404, {})
        elif request.method == "POST":
            await wire.say(response(200, b"ok"))
            goodbye.set()
        elif "sid=" not in request.path:
            await wire.say(response(200, b"0" + json.dumps(hello).encode() + b'\x1e40{"sid":"y"}'))
        else:
            silent.set()
            await (goodbye if answers_goodbye else asyncio.Event()).wait()
            await wire.say(response(200, b"6"))
        return True

    async with (
        scripted(script) as server,
        client_at(server.url, clock) as client,
        asyncio.timeout(5),
        listening(client),
    ):
        await silent.wait()
        await settle()


async def test_a_cancel_that_socketio_loses_as_it_connects_is_not_lost(
    clock: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before Python 3.12 `asyncio.wait_for` returns its result when that and a cancel come at once.

    Whoever closes a number waits for its socket to end: it waited for ever, and nothing was sent any more.
    """
    connect, connected = socketio.AsyncClient.connect, asyncio.Semaphore(0)

    async def connect_and_lose(self: Any, *arguments: Any, **options: Any) -> None:
        await connect(self, *arguments, **options)
        connected.release()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()

    monkeypatch.setattr(socketio.AsyncClient, "connect", connect_and_lose)
    async with (
        simulated() as simulator,
        client_at(simulator.url, clock, KEY) as client,
        asyncio.timeout(5),
        listening(client),
    ):
        await connected.acquire()


async def test_events_are_turned_on_at_a_server_that_was_away_when_we_began(clock: QuickClock) -> None:
    is_up = False

    async def script(request: Request, wire: Wire) -> bool:
        if not is_up:
            await wire.answer(502, {})
        elif request.path == "/websocket/find/a":
            await wire.say(response(200, b"null"))
        else:
            await wire.answer(404, {})
        return True

    async with scripted(script) as server, client_at(server.url, clock) as client, listening(client):
        await until(lambda: len(clock.slept) >= 4)
        assert not server.count("POST"), "what nobody answers for is not overwritten"
        is_up = True
        await until(lambda: server.count("POST"))


async def test_a_server_that_comes_back_in_the_other_mode_is_heard_again(clock: QuickClock) -> None:
    async with AsyncExitStack() as stack:
        async with simulated(has_global_events=True) as before:
            url, port = before.url, int(before.url.rpartition(":")[2])
            client = await stack.enter_async_context(client_at(url, clock, KEY))
            inbox = await stack.enter_async_context(listening(client))
            await until(lambda: "antes" in inbox.replies() or not before.inject_reply("a", PHONE[1:], "antes"))
        after = await stack.enter_async_context(simulated(has_global_events=False, port=port))
        await until(lambda: "SAIR" in inbox.replies() or not after.inject_reply("a", PHONE[1:], "SAIR"))


async def test_what_others_subscribed_to_stays(clock: QuickClock) -> None:
    async def script(request: Request, wire: Wire) -> bool:
        if request.path == "/websocket/find/a":
            await wire.answer(200, {"enabled": False, "events": ["CALL", "MESSAGES_UPDATE"]})
        else:
            await wire.answer(404, {})
        return True

    async with scripted(script) as server, client_at(server.url, clock) as client, listening(client):
        await until(lambda: server.count("POST"))
    post = next(request for request in server.requests if request.method == "POST")
    assert post.path == "/websocket/set/a"
    websocket: Any = post.json["websocket"]
    assert websocket["enabled"] is True
    assert {"CALL", "MESSAGES_UPDATE", "MESSAGES_UPSERT", "CONNECTION_UPDATE"} <= set(websocket["events"])


class GatedClock(QuickClock):
    """Ends the pause in which events are gathered only when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.gate.set()

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        if seconds == GATHER_S:
            await self.gate.wait()


async def test_many_events_at_once_come_in_one_batch_and_in_order() -> None:
    clock = GatedClock()
    async with simulated() as simulator, client_at(simulator.url, clock, KEY) as client, listening(client) as inbox:
        await until(lambda: inbox.items or not simulator.inject_reply("a", PHONE[1:], "x"))
        clock.gate.clear()
        for number in range(200):
            simulator.inject_reply("a", PHONE[1:], str(number))
        await until(lambda: client._hub._listeners[0].queue.qsize() >= 199)
        clock.gate.set()
        await until(lambda: "199" in inbox.replies())
        assert max(inbox.sizes) >= 199
        assert inbox.replies()[-200:] == [str(number) for number in range(200)]
