"""A doubtful message at WAHA: found by event, by id, by history; absent only where that is proved."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.outcome import Absent, Found, NotProvable, Unknown
from desktop.gateways.waha import WahaClient
from tests.desktop.gateways.conftest import REF, QuickClock, doubt, message, until
from tests.desktop.gateways.mini_waha import CHAT, mini_waha, session, waha_client
from tests.desktop.gateways.test_evolution_hub import listening

STORED = session(config={"noweb": {"store": {"enabled": True, "fullSync": False}}})
HISTORY = f"GET /api/a/chats/{CHAT}/messages"
ALL = "GET /api/a/chats/all/messages"
BY_ID = f"GET /api/a/chats/all/messages/{REF}"


def own(raw: str = "3EB0X", body: str = "Olá João", chat: str = CHAT, at: float | None = None, **more: Any) -> Any:
    moment = at if at is not None else datetime.now(UTC).timestamp()
    row = {"id": f"true_{chat}_{raw}", "timestamp": int(moment), "from": chat, "fromMe": True, "body": body}
    return row | {"hasMedia": False, "ack": 2, "ackName": "DEVICE", "source": "api"} | more


def started(seconds_ago: float = 0) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds_ago)


async def found_by(client: WahaClient, seconds_ago: float = 0, **more: Any) -> object:
    return await client.find(doubt(started(seconds_ago), **more), datetime.now(UTC))


async def test_our_id_is_looked_up_first_on_the_engines_that_take_it(clock: QuickClock) -> None:
    async with mini_waha(table={BY_ID: (200, own(REF))}) as mini, waha_client(mini.url, clock) as client:
        assert await found_by(client) == Found(REF, CHAT, "delivered")


async def test_elsewhere_the_persons_chat_is_read_and_the_text_compared(clock: QuickClock) -> None:
    rows = [own("3EB0OTHER", "Outra coisa"), own(), {"id": f"false_{CHAT}_IN", "fromMe": False, "body": "Olá João"}]
    async with mini_waha("WEBJS", table={HISTORY: (200, rows)}) as mini, waha_client(mini.url, clock) as client:
        assert await found_by(client) == Found("3EB0X", CHAT, "delivered")
        asked = next(asked for asked in mini.asked if asked.path.endswith("/messages"))
        assert asked.query["filter.fromMe"] == ["true"]
        assert asked.query["downloadMedia"] == ["false"]
        mini.table[HISTORY] = (200, [own(), own("3EB0Y")])
        assert await found_by(client) == NotProvable("ambiguous")


async def test_a_chat_that_shows_only_the_lid_is_the_persons_own(clock: QuickClock) -> None:
    table = {HISTORY: (200, [own(chat="99@lid")])}
    async with mini_waha("WEBJS", table=table) as mini, waha_client(mini.url, clock) as client:
        verdict = await found_by(client)
    assert isinstance(verdict, Found)
    assert verdict.message_id == "3EB0X"


async def test_without_a_store_nothing_is_proved(clock: QuickClock) -> None:
    async with mini_waha("NOWEB") as mini, waha_client(mini.url, clock) as client:
        assert await found_by(client, 600) == NotProvable("not_stored")


async def test_absence_needs_time_and_a_history_that_is_shown_to_be_kept(clock: QuickClock) -> None:
    table: dict[str, Any] = {"GET /api/sessions/a": (200, STORED), HISTORY: (200, []), ALL: (200, [])}
    async with mini_waha("NOWEB", table=table) as mini, waha_client(mini.url, clock) as client:
        assert await found_by(client, 10) == NotProvable("too_early")
        assert await found_by(client, 700) == NotProvable("not_stored")
        mini.table[ALL] = lambda asked: (200, [] if "filter.fromMe" in asked.query else [own("OTHER", "x", "1@c.us")])
        assert await found_by(client, 700) == Absent()
    overview = {HISTORY: (200, []), "GET /api/a/chats/overview": (200, [{"lastMessage": own("OTHER", "x", "1@c.us")}])}
    async with mini_waha("WEBJS", table=overview) as mini, waha_client(mini.url, clock) as client:
        assert await found_by(client, 700) == Absent()


async def test_a_message_under_an_unknown_lid_keeps_the_doubt(clock: QuickClock) -> None:
    table: dict[str, Any] = {
        "GET /api/sessions/a": (200, STORED), HISTORY: (200, []), ALL: (200, [own(chat="77@lid")]),
    }  # fmt: skip
    async with mini_waha("GOWS", table=table) as mini, waha_client(mini.url, clock) as client:
        assert await found_by(client, 600) == NotProvable("ambiguous")
        mini.table["GET /api/a/lids/pn/5511988887777"] = (200, {"lid": "77@lid", "pn": CHAT})
        mini.table["GET /api/a/chats/77@lid/messages"] = (200, [own(chat="77@lid")])
        verdict = await found_by(client, 600)
    assert isinstance(verdict, Found)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ((401, {}), "unauthorised"), ((422, {"expected": ["WORKING"]}), "unreachable"), ((500, {}), "unreachable"),
        ((400, {"message": "Enable NOWEB store", "statusCode": 400}), "not_stored"), ((200, {}), "garbage_answer"),
        ((200, [{"id": 7}]), "garbage_answer"), ((404, {"message": "Cannot GET", "statusCode": 404}), "wrong_version"),
    ],
)  # fmt: skip
async def test_trouble_while_looking_proves_nothing(reply: tuple[int, Any], code: str, clock: QuickClock) -> None:
    async with mini_waha("WEBJS", table={HISTORY: reply}) as mini, waha_client(mini.url, clock) as client:
        assert await found_by(client, 600) == NotProvable(code)


async def test_nobody_there_proves_nothing(clock: QuickClock) -> None:
    async with waha_client("http://127.0.0.1:1", clock) as client:
        assert await found_by(client, 600) == NotProvable("unreachable")


async def test_an_empty_answer_is_settled_by_the_event_of_our_own_message(clock: QuickClock) -> None:  # #1083
    table = {"POST /api/sendText": (201, None)}
    async with (
        mini_waha("WEBJS", table=table) as mini,
        waha_client(mini.url, clock) as client,
        listening(client),  # type: ignore[arg-type]
    ):
        await until(lambda: mini.sockets)
        at = started()
        outcome = await client.send(message())
        assert isinstance(outcome, Unknown)
        assert outcome.code == "no_message_id"
        await mini.emit("message.any", own("TYPED", source="app"))
        await mini.emit("message.any", own("OLD", at=at.timestamp() - 3600))
        await mini.emit("message.any", own("3EB0NEW"))
        await mini.emit("message.any", own("STRANGER", chat="5511900000001@c.us"))
        verdict: object = None
        while not isinstance(verdict, Found):
            await asyncio.sleep(0.01)
            if client._socket._own.get("STRANGER"):
                verdict = await client.find(doubt(at), datetime.now(UTC))
    assert verdict == Found("3EB0NEW", CHAT)


async def test_a_page_that_is_not_full_is_not_the_last(clock: QuickClock) -> None:
    """NOWEB cuts the page and then leaves out what is no message: the one we look for may be on the next."""
    others = [own(f"3EB0O{number}", "Outra coisa") for number in range(150)]
    kept = [*others, own()]

    def page(asked: Any) -> tuple[int, Any]:
        at, size = int(asked.query["offset"][0]), int(asked.query["limit"][0])
        return 200, [row for number, row in enumerate(kept[at : at + size], at) if number != 3]

    table: dict[str, Any] = {"GET /api/sessions/a": (200, STORED), HISTORY: page, ALL: (200, [])}
    async with mini_waha("NOWEB", table=table) as mini, waha_client(mini.url, clock) as client:
        assert await found_by(client, 700) == Found("3EB0X", CHAT, "delivered")


async def test_a_full_page_behind_which_nothing_can_be_read_proves_nothing(clock: QuickClock) -> None:
    others = [own(f"3EB0O{number}", "Outra coisa") for number in range(100)]
    table: dict[str, Any] = {"GET /api/sessions/a": (200, STORED), HISTORY: (200, others), ALL: (200, others[:1])}
    async with mini_waha("NOWEB", table=table) as mini, waha_client(mini.url, clock) as client:
        assert await found_by(client, 700) == NotProvable("ambiguous")
        assert sum(asked.path.endswith(f"{CHAT}/messages") for asked in mini.asked) == 2
