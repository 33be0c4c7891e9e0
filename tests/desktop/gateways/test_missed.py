"""Gateways are asked for what people wrote while nobody listened."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.receipt import Reply
from desktop.gateways import evolution_missed
from tests.desktop.gateways.conftest import PHONE, QuickClock, client_at, message, until
from tests.desktop.gateways.mini_waha import CHAT, mini_waha, session, waha_client
from tests.desktop.gateways.scripted import Request, Wire, scripted
from tests.desktop.gateways.test_evolution_hub import KEY, simulated
from tests.desktop.gateways.test_waha_search import STORED, own

ALL = "GET /api/a/chats/all/messages"
OVERVIEW = "GET /api/a/chats/overview"
SINCE = datetime.now(UTC) - timedelta(hours=10)


def texts(replies: Sequence[Reply] | None) -> list[str]:
    assert replies is not None
    return [reply.text for reply in replies]


async def test_evolution_shows_what_was_written_and_not_what_we_wrote(clock: QuickClock) -> None:
    async with simulated() as simulator, client_at(simulator.url, clock, KEY) as client:
        await client.send(message("Olá"))
        simulator.inject_reply("a", PHONE[1:], "oi")
        simulator.inject_reply("a", PHONE[1:], "SAIR")
        await until(lambda: len(simulator.world.store.messages("a")) == 3)
        now = clock.now()
        replies = await client.missed_replies(now - timedelta(minutes=1), now)
        assert sorted(texts(replies)) == ["SAIR", "oi"]
        assert replies is not None
        assert {reply.phone for reply in replies} == {PHONE}
        assert not await client.missed_replies(now + timedelta(minutes=1), now), "older ones are known"


def record(number: int, at: datetime, text: str = "SAIR", jid: str = "5511988887777@s.whatsapp.net") -> dict[str, Any]:
    return {
        "key": {"id": f"I{number}", "remoteJid": jid, "fromMe": False},
        "messageType": "conversation",
        "message": {"conversation": text},
        "messageTimestamp": int(at.timestamp()),
    }


async def test_evolution_is_asked_page_by_page_back_to_the_moment(
    clock: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that ignores the filter shows everything, newest first."""
    monkeypatch.setattr(evolution_missed, "PAGE_SIZE", 2)
    now = datetime.now(UTC)
    rows = [record(number, now - timedelta(hours=number), str(number)) for number in range(20)]
    rows.insert(1, record(99, now, "group", "123@g.us"))
    asked: list[Any] = []

    async def script(request: Request, wire: Wire) -> bool:
        body: Any = request.json
        asked.append(body)
        at = (body["page"] - 1) * body["offset"]
        await wire.answer(200, {"messages": {"pages": 11, "records": rows[at : at + body["offset"]]}})
        return True

    async with scripted(script) as server, client_at(server.url, clock) as client:
        replies = await client.missed_replies(now - timedelta(hours=4, minutes=1), now)
    assert texts(replies) == ["4", "3", "2", "1", "0"]
    assert [body["page"] for body in asked] == [1, 2, 3, 4]
    span = asked[0]["where"]["messageTimestamp"]
    assert span["gte"] < span["lte"]


@pytest.mark.parametrize("answer", [(502, "<html>"), (200, []), (200, {"messages": []}), (401, {}), (404, {})])
async def test_evolution_that_does_not_answer_is_no_proof_that_nobody_wrote(
    clock: QuickClock, answer: tuple[int, Any]
) -> None:
    async def script(_request: Request, wire: Wire) -> bool:
        await wire.answer(*answer)
        return True

    async with scripted(script) as server, client_at(server.url, clock) as client:
        assert await client.missed_replies(SINCE, datetime.now(UTC)) is None


def written(raw: str = "IN1", text: str | None = "SAIR", **more: Any) -> dict[str, Any]:
    return own(raw, str(text)) | {"id": f"false_{CHAT}_{raw}", "fromMe": False, "body": text} | more


@pytest.mark.parametrize("engine", ["NOWEB", "GOWS"])
async def test_waha_shows_all_chats_page_by_page(clock: QuickClock, engine: str) -> None:
    rows = [written(f"IN{number}", f"{number}") for number in range(150)]
    rows += [written("OLD", "old", timestamp=int((SINCE - timedelta(hours=1)).timestamp())), own()]

    def page(asked: Any) -> tuple[int, Any]:
        at, size = int(asked.query["offset"][0]), int(asked.query["limit"][0])
        assert asked.query["filter.fromMe"] == ["false"]
        return 200, rows[at : at + size]

    table: dict[str, Any] = {"GET /api/sessions/a": (200, STORED), ALL: page}
    async with mini_waha(engine, table=table) as mini, waha_client(mini.url, clock) as client:
        replies = await client.missed_replies(SINCE, datetime.now(UTC))
    assert texts(replies) == [str(number) for number in reversed(range(150))]


@pytest.mark.parametrize("engine", ["WEBJS", "WPP"])
async def test_waha_with_a_browser_shows_the_newest_of_each_chat(clock: QuickClock, engine: str) -> None:
    rows = [
        {"id": CHAT, "lastMessage": written()},
        {"id": "1@c.us", "lastMessage": own("X", "Oi", "1@c.us")},
        {"id": "2"},
    ]
    async with mini_waha(engine, table={OVERVIEW: (200, rows)}) as mini, waha_client(mini.url, clock) as client:
        assert texts(await client.missed_replies(SINCE, datetime.now(UTC))) == ["SAIR"]


async def test_waha_shows_the_phone_behind_a_hidden_address(clock: QuickClock) -> None:
    hidden = written() | {"id": "false_77@lid_IN1", "from": "77@lid"}
    table: dict[str, Any] = {ALL: (200, [hidden]), "GET /api/a/lids/77@lid": (200, {"lid": "77@lid", "pn": CHAT})}
    async with mini_waha("GOWS", table=table) as mini, waha_client(mini.url, clock) as client:
        (reply,) = await client.missed_replies(SINCE, datetime.now(UTC)) or ()
    assert reply.phone == PHONE


async def test_waha_without_a_history_has_nothing_to_tell_and_one_that_fails_is_asked_again(clock: QuickClock) -> None:
    async with mini_waha("NOWEB") as mini, waha_client(mini.url, clock) as client:
        assert await client.missed_replies(SINCE, datetime.now(UTC)) == ()
        mini.table["GET /api/sessions/a"] = (200, session(**STORED))
        mini.table[ALL] = (500, {"statusCode": 500, "exception": {"message": "x"}})
        assert await client.missed_replies(SINCE, datetime.now(UTC)) is None
    async with waha_client("http://127.0.0.1:9", clock) as client:
        assert await client.missed_replies(SINCE, datetime.now(UTC)) is None
