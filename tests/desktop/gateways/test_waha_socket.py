"""The WebSocket of a WAHA session: once each, resumed by itself, told apart from a wrong key, watched for silence."""

import asyncio

import pytest

from desktop.domain.receipt import GapEnded, Receipt, Reply, StateChanged
from desktop.gateways import waha_socket
from tests.desktop.gateways.conftest import INSTANCE, QuickClock, message, until
from tests.desktop.gateways.mini_waha import CHAT, KEY, mini_waha, waha_client
from tests.desktop.gateways.test_evolution_hub import Inbox, listening

ACK = {"id": f"true_{CHAT}_3EB0RAW", "from": CHAT, "fromMe": True, "ack": 2, "ackName": "DEVICE"}


def receipts(inbox: Inbox) -> list[Receipt]:
    return [item for item in inbox.items if isinstance(item, Receipt)]


async def test_key_session_and_events_are_asked_for(clock: QuickClock) -> None:
    async with mini_waha() as mini, waha_client(mini.url, clock) as client, listening(client):  # type: ignore[arg-type]
        await until(lambda: mini.sockets)
    (asked,) = [asked for asked in mini.asked if asked.path == "/ws"]
    assert asked.query["x-api-key"] == [KEY]
    assert asked.query["session"] == ["a"]
    assert set(asked.query["events"]) == {"session.status", "message.any", "message.ack"}


async def test_an_event_is_delivered_once_however_often_it_comes(clock: QuickClock) -> None:
    async with mini_waha() as mini, waha_client(mini.url, clock) as client, listening(client) as inbox:  # type: ignore[arg-type]
        await until(lambda: mini.sockets)
        await mini.emit("message.ack", ACK, id="evt_1")
        await mini.emit("message.ack", ACK, id="evt_1")
        await mini.emit("message.ack", ACK | {"ack": 3}, id="evt_2")
        await mini.emit("message.ack", ACK | {"ack": 3}, id="evt_9", session="other")
        await mini.sockets[0].send_str("{not json")
        await mini.emit("session.status", {"name": "a", "status": "FAILED"}, id="evt_3")
        await until(lambda: any(isinstance(item, StateChanged) for item in inbox.items))
    assert [receipt.kind.value for receipt in receipts(inbox)] == ["delivered", "read"]
    assert inbox.items[-1] == StateChanged(INSTANCE, "failed", "failed")


async def test_a_lost_connection_is_made_anew_and_told(clock: QuickClock) -> None:
    async with mini_waha() as mini, waha_client(mini.url, clock) as client, listening(client) as inbox:  # type: ignore[arg-type]
        await until(lambda: mini.sockets)
        first = mini.sockets[0]
        assert GapEnded(INSTANCE) not in inbox.items, "the first connection is no gap"
        await first.close()
        await until(lambda: mini.sockets and mini.sockets[0] is not first)
        await until(lambda: GapEnded(INSTANCE) in inbox.items)
        await mini.emit("message.any", {"id": f"false_{CHAT}_IN", "from": CHAT, "fromMe": False, "body": "SAIR"})
        await until(lambda: any(isinstance(item, Reply) for item in inbox.items))
    assert max(set(clock.slept) - {waha_socket.LOOK_EVERY_S}) < 2


@pytest.mark.parametrize("how", ["close", "handshake"])
async def test_a_refused_key_is_told_and_not_hammered(how: str, clock: QuickClock) -> None:
    table = {"GET /ws": (401, {"message": "Unauthorized"})} if how == "handshake" else {}
    async with mini_waha(table=table) as mini, waha_client(mini.url, clock) as client:
        mini.closes_with = 1008
        async with listening(client) as inbox:  # type: ignore[arg-type]
            await until(lambda: inbox.items)
    assert inbox.items[0] == StateChanged(INSTANCE, "unauthorised", "unauthorised")
    assert max(clock.slept) > 40


async def test_a_server_that_is_away_is_tried_again_ever_more_seldom(clock: QuickClock) -> None:
    async with waha_client("http://127.0.0.1:1", clock) as client, listening(client) as inbox:  # type: ignore[arg-type]
        await until(lambda: len(clock.slept) > 6)
    assert inbox.items == []
    assert clock.slept[5] > clock.slept[0] * 8


async def test_a_socket_that_stays_silent_while_messages_leave_is_opened_anew(
    clock: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:  # #2151
    monkeypatch.setattr(waha_socket, "LONGEST_SILENCE_S", 0.05)
    async with mini_waha() as mini, waha_client(mini.url, clock) as client, listening(client):  # type: ignore[arg-type]
        await until(lambda: mini.sockets)
        first = mini.sockets[0]
        await asyncio.sleep(0)
        assert not first.closed
        await client.send(message())
        await until(lambda: mini.sockets and mini.sockets[0] is not first)
    assert first.closed


async def test_whoever_writes_under_a_hidden_address_is_asked_for_once_and_told_with_the_phone(
    clock: QuickClock,
) -> None:
    table = {"GET /api/a/lids/77@lid": (200, {"lid": "77@lid", "pn": CHAT}), "GET /api/a/lids/88@lid": (404, {})}
    written = {"fromMe": False, "body": "SAIR"}
    async with mini_waha(table=table) as mini, waha_client(mini.url, clock) as client, listening(client) as inbox:  # type: ignore[arg-type]
        await until(lambda: mini.sockets)
        for number, lid in enumerate(("77@lid", "77@lid", "88@lid")):
            await mini.emit("message.any", written | {"id": f"false_{lid}_IN{number}", "from": lid}, id=f"evt_{number}")
        await until(lambda: len(inbox.items) == 3)
    assert [(item.address, item.phone) for item in inbox.items if isinstance(item, Reply)] == [
        ("77@lid", "+5511988887777"),
        ("77@lid", "+5511988887777"),
        ("88@lid", None),
    ]
    assert [asked.path for asked in mini.asked if "/lids/" in asked.path] == [
        "/api/a/lids/77@lid",
        "/api/a/lids/88@lid",
    ]
