"""Found and absent are claims that decide whether a person gets a second message: each must be proved."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from desktop.domain.outcome import Absent, Accepted, Found, NotProvable, Unknown, Verdict
from desktop.gateways.evolution import EvolutionClient
from desktop.simulator.server import Simulator
from tests.desktop.gateways.conftest import PHONE, REF, QuickClock, client_at, doubt, message
from tests.desktop.gateways.scripted import Request, Scripted, Wire, scripted

KEY = "practice-gateway-key"
OTHER = "+5511966665555"
JID = "5511988887777@s.whatsapp.net"
STARTED = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LATER = STARTED + timedelta(minutes=10)


class Store:
    """A gateway's store of messages that filters like 2.3.7 does, and can be made to misbehave."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []
        self.ignores_filters = False
        self.numbers: list[dict[str, Any]] = []
        self.clock_ahead = timedelta()
        self.has_date = True
        self.failing: tuple[int, Any] | None = None
        self.asked: list[dict[str, Any]] = []

    def add(
        self, message_id: str, text: str | None = "Olá João", at: datetime = STARTED, jid: str = JID, *,
        alt: str | None = None, from_me: bool = True, content: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        key = {"id": message_id, "fromMe": from_me, "remoteJid": jid} | ({"remoteJidAlt": alt} if alt else {})
        said = content if content is not None else {"conversation": text}
        epoch = int((at + self.clock_ahead).timestamp())
        record = {
            "id": f"row-{message_id}",
            "key": key,
            "message": said,
            "messageTimestamp": epoch,
            "MessageUpdate": [],
        }
        self.records.insert(0, record)

    async def __call__(self, request: Request, wire: Wire) -> bool:
        date = format_datetime(LATER + self.clock_ahead, usegmt=True)
        headers = f"Date: {date}\r\n" if self.has_date else ""
        if request.path.startswith("/chat/whatsappNumbers"):
            await wire.answer(200, self.numbers, headers)
        elif self.failing is not None:
            await wire.answer(*self.failing, headers)
        else:
            body: Any = request.json
            self.asked.append(body)
            await wire.answer(200, self._page(body), headers)
        return True

    def _page(self, body: dict[str, Any]) -> dict[str, Any]:
        where = {} if self.ignores_filters else body["where"]
        rows = [record for record in self.records if self._is_wanted(record, where)]
        rows.sort(key=lambda record: -record["messageTimestamp"])
        size, number = body["offset"], body["page"]
        shown = rows[size * (number - 1) : size * number]
        box = {"total": len(rows), "pages": -(-len(rows) // size), "currentPage": number, "records": shown}
        return {"messages": box}

    def _is_wanted(self, record: dict[str, Any], where: dict[str, Any]) -> bool:
        key, wanted = record["key"], where.get("key", {})
        if wanted.get("id", key["id"]) != key["id"] or (wanted.get("fromMe") and not key["fromMe"]):
            return False
        if "remoteJid" in wanted or "remoteJidAlt" in wanted:
            pairs = [(name, wanted.get(name)) for name in ("remoteJid", "remoteJidAlt")]
            if not any(value is None or key.get(name) == value for name, value in pairs):
                return False
        span = where.get("messageTimestamp")
        if span is None:
            return True
        start, end = (datetime.fromisoformat(span[name]).timestamp() for name in ("gte", "lte"))
        return start <= record["messageTimestamp"] <= end


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
async def server(store: Store) -> AsyncIterator[Scripted]:
    async with scripted(store) as running:
        yield running


@pytest.fixture
async def client(server: Scripted, clock: QuickClock) -> AsyncIterator[EvolutionClient]:
    async with client_at(server.url, clock) as made:
        yield made


async def find(client: EvolutionClient, **more: Any) -> Verdict:
    now = more.pop("now", LATER)
    return await client.find(doubt(STARTED, **more), now)


async def test_an_equal_text_to_the_person_since_the_attempt_is_found(client: EvolutionClient, store: Store) -> None:
    store.add("OTHER", "outra coisa")
    store.add("INBOUND", from_me=False)
    store.add("SOMEBODY", jid="5511966665555@s.whatsapp.net")
    store.add("OURS")
    assert await find(client) == Found("OURS", JID)


async def test_the_highest_status_is_told(client: EvolutionClient, store: Store) -> None:
    store.add("OURS")
    store.records[0]["MessageUpdate"] = [{"status": "READ"}, {"status": "DELIVERY_ACK"}, {"status": "ERROR"}, {}]
    assert await find(client) == Found("OURS", "5511988887777@s.whatsapp.net", "read")


async def test_a_failure_counts_only_alone(client: EvolutionClient, store: Store) -> None:
    store.add("OURS")
    store.records[0]["MessageUpdate"] = [{"status": "ERROR"}]
    assert await find(client) == Found("OURS", "5511988887777@s.whatsapp.net", "failed")


async def test_our_own_id_is_enough(client: EvolutionClient, store: Store) -> None:
    store.add(REF, "the server changed the text", jid="123@lid")
    assert await find(client) == Found(REF, "123@lid")
    assert len(store.asked) == 1


async def test_both_brazilian_forms_are_looked_for(client: EvolutionClient, store: Store) -> None:
    store.add("OURS", jid="551188887777@s.whatsapp.net")
    assert await find(client) == Found("OURS", "551188887777@s.whatsapp.net")


async def test_a_hidden_address_with_the_phone_beside_it_is_found(client: EvolutionClient, store: Store) -> None:
    store.add("OURS", jid="123@lid", alt=JID)
    assert await find(client) == Found("OURS", "123@lid")


async def test_a_bare_number_is_found(client: EvolutionClient, store: Store) -> None:
    store.add("OURS", jid="5511988887777")
    assert await find(client) == Found("OURS", "5511988887777")


async def test_captions_are_compared(client: EvolutionClient, store: Store) -> None:
    store.add("OTHER", content={"imageMessage": {"caption": "outra"}})
    store.add("OURS", content={"documentMessage": {"caption": "Olá João"}})
    assert await find(client) == Found("OURS", JID)


async def test_a_file_without_caption_may_be_ours_and_nobody_can_tell(client: EvolutionClient, store: Store) -> None:
    store.add("FILE", content={"audioMessage": {"seconds": 3}})
    assert await find(client) == NotProvable("ambiguous")
    assert await find(client, text="") == Found("FILE", JID)


async def test_two_equal_messages_are_ambiguous(client: EvolutionClient, store: Store) -> None:
    store.add("ONE")
    store.add("TWO")
    assert await find(client) == NotProvable("ambiguous")


async def test_one_message_shown_twice_is_one(client: EvolutionClient, store: Store) -> None:
    store.add("OURS")
    store.add("OURS")
    assert await find(client) == Found("OURS", JID)


async def test_absent_when_it_is_late_and_something_is_stored(client: EvolutionClient, store: Store) -> None:
    store.add("OTHER", "outra coisa", jid="5511966665555@s.whatsapp.net", at=STARTED - timedelta(hours=5))
    assert await find(client) == Absent()


async def test_an_inbound_message_proves_the_store_as_well(client: EvolutionClient, store: Store) -> None:
    store.add("IN", "oi", from_me=False)
    assert await find(client) == Absent()


@pytest.mark.parametrize(("waited_s", "given_up_s"), [(179, 0), (179 + 75, 75), (179 + 600, 700)])
async def test_what_a_slow_server_may_still_send_is_not_absent(
    client: EvolutionClient, store: Store, waited_s: int, given_up_s: int
) -> None:
    """The answer was given up after 75 s; the server works on, and has three minutes for it from then on."""
    store.add("ANOTHER", "Outra", jid="5511900000000@s.whatsapp.net")
    since = STARTED + timedelta(seconds=given_up_s)
    now = STARTED + timedelta(seconds=waited_s)
    assert await find(client, since=since, now=now) == NotProvable("too_early")
    assert await find(client, since=since, now=now + timedelta(seconds=2)) == Absent()


async def test_messages_stored_days_ago_do_not_prove_that_this_one_would_be(
    client: EvolutionClient, store: Store
) -> None:
    store.add("ANOTHER", "Outra", STARTED - timedelta(days=2), jid="5511900000000@s.whatsapp.net")
    assert await find(client) == NotProvable("not_stored")
    store.records[0]["messageTimestamp"] = int(STARTED.timestamp() * 1000)  # in a unit that nobody knows
    assert await find(client) == NotProvable("not_stored")


async def test_too_early_to_say_absent(client: EvolutionClient, store: Store) -> None:
    store.add("OTHER", "outra coisa")
    assert await find(client, now=STARTED + timedelta(seconds=179)) == NotProvable("too_early")
    assert await find(client, now=STARTED + timedelta(seconds=180)) == Absent()


@pytest.mark.parametrize("age", [None, timedelta(days=8)])
async def test_an_empty_or_old_store_proves_nothing(
    client: EvolutionClient, store: Store, age: timedelta | None
) -> None:
    if age is not None:
        store.add("OLD", "velha", at=STARTED - age)
    since = LATER - timedelta(minutes=9)
    assert await find(client, since=since) == NotProvable("too_early")  # another message may yet show that it stores
    assert await find(client, since=LATER - timedelta(minutes=10)) == NotProvable("not_stored")


async def test_another_filter_free_store_is_filtered_here(client: EvolutionClient, store: Store) -> None:
    store.ignores_filters = True
    for number in range(120):
        store.add(f"X{number}", jid=f"55119{number:08}@s.whatsapp.net")
        store.add(f"IN{number}", from_me=False)
    assert await find(client) == Absent()
    store.add("OURS", at=STARTED - timedelta(seconds=1))
    assert await find(client) == Found("OURS", JID)


async def test_a_message_on_a_later_page_is_found(client: EvolutionClient, store: Store) -> None:
    store.add("OURS")
    for number in range(130):
        store.add(f"X{number}", "outra", at=STARTED + timedelta(seconds=number))
    assert await find(client) == Found("OURS", JID)


async def test_more_than_can_be_read_is_ambiguous(client: EvolutionClient, store: Store) -> None:
    for number in range(1001):
        store.add(f"X{number}", "outra", at=STARTED + timedelta(seconds=number))
    assert await find(client) == NotProvable("ambiguous")


async def test_the_persons_own_messages_are_found_among_any_number_of_others(
    client: EvolutionClient, store: Store
) -> None:
    for number in range(1001):
        store.add(f"X{number}", jid=f"55119{number:08}@s.whatsapp.net", at=STARTED + timedelta(seconds=1))
    store.add("OURS")
    assert await find(client) == Found("OURS", JID)


async def test_an_equal_text_of_earlier_that_day_is_ambiguous(client: EvolutionClient, store: Store) -> None:
    store.add("BEFORE", at=STARTED - timedelta(hours=3))
    assert await find(client) == NotProvable("ambiguous")


async def test_an_equal_text_of_last_week_is_another_message(client: EvolutionClient, store: Store) -> None:
    store.add("BEFORE", at=STARTED - timedelta(days=5))
    store.add("ANOTHER", "Outra", jid="5511900000000@s.whatsapp.net")
    assert await find(client) == Absent()


@pytest.mark.parametrize("ahead", [timedelta(hours=3), timedelta(hours=-3), timedelta(days=400)])
async def test_the_servers_clock_may_be_wrong(client: EvolutionClient, store: Store, ahead: timedelta) -> None:
    store.clock_ahead = ahead
    store.add("OTHER", "outra coisa")
    assert await find(client) == Absent()
    store.add("OURS")
    assert await find(client) == Found("OURS", JID)


async def test_without_the_servers_clock_the_margin_is_wide(client: EvolutionClient, store: Store) -> None:
    store.has_date = False
    store.clock_ahead = timedelta(minutes=-14)
    store.add("OURS")
    assert await find(client) == Found("OURS", JID)


async def test_a_hidden_address_is_resolved_by_the_number_check(client: EvolutionClient, store: Store) -> None:
    store.add("OURS", jid="123@lid")
    store.add("THEIRS", jid="456@lid")
    store.numbers = [
        {"number": "5511988887777", "jid": "5511988887777@s.whatsapp.net", "exists": True, "lid": "123@lid"}
    ]
    assert await find(client) == Found("OURS", "123@lid")
    store.numbers[0]["lid"] = "789@lid"
    assert await find(client) == Absent()


async def test_a_hidden_address_that_cannot_be_resolved_may_be_ours(client: EvolutionClient, store: Store) -> None:
    store.add("THEIRS", jid="456@lid")
    store.numbers = [{"number": "5511988887777", "jid": "5511988887777@s.whatsapp.net", "exists": True}]
    assert await find(client) == NotProvable("ambiguous")


async def test_a_hidden_address_of_somebody_else_is_not_ours(client: EvolutionClient, store: Store) -> None:
    store.add("THEIRS", jid="456@lid", alt="5511966665555@s.whatsapp.net")
    assert await find(client) == Absent()


FAILURES: dict[str, tuple[int, Any, str]] = {
    "wrong key": (401, {"response": {"message": "Unauthorized"}}, "unauthorised"),
    "missing": (404, {"response": {"message": ['The "a" instance does not exist']}}, "instance_missing"),
    "broken": (500, {"response": {"message": "x"}}, "unreachable"),
    "proxy": (502, None, "unreachable"),
    "busy": (429, None, "unreachable"),
    "refused": (400, {"response": {"message": [["no"]]}}, "garbage_answer"),
    "null": (200, None, "garbage_answer"),
    "a list": (200, [], "garbage_answer"),
    "no records": (200, {"messages": {"total": 0}}, "garbage_answer"),
    "records of another shape": (200, {"messages": {"records": [{"key": {}}], "pages": 1}}, "garbage_answer"),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_no_answer_proves_nothing(client: EvolutionClient, store: Store, name: str) -> None:
    status, body, code = FAILURES[name]
    store.failing = (status, body)
    assert await find(client) == NotProvable(code)


async def test_a_server_that_is_not_there_proves_nothing(clock: QuickClock) -> None:
    async with client_at("http://127.0.0.1:1", clock) as client:
        assert await find(client) == NotProvable("unreachable")


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator(["a"], api_key=KEY, seed=1) as running:
        yield running


async def lose_the_answer(simulator: Simulator, client: EvolutionClient, fault: str) -> None:
    simulator.use_script([{"match": {"endpoint": "send"}, "do": {fault: True}}])
    assert isinstance(await client.send(message()), Unknown)
    simulator.use_script([])


async def test_at_the_practice_gateway_a_lost_answer_is_found(simulator: Simulator, clock: QuickClock) -> None:
    started = clock.now()
    async with client_at(simulator.url, clock, KEY, absent_after_s=0.0) as client:
        await lose_the_answer(simulator, client, "cut_after")
        found = await client.find(doubt(started), clock.now())
    assert isinstance(found, Found)
    assert found.message_id == simulator.accepted[0].id


async def test_at_the_practice_gateway_a_lost_request_is_absent(simulator: Simulator, clock: QuickClock) -> None:
    started = clock.now()
    async with client_at(simulator.url, clock, KEY, absent_after_s=0.0) as client:
        await lose_the_answer(simulator, client, "cut_before")
        assert await client.find(doubt(started), clock.now()) == NotProvable("too_early")  # nothing stored so far
        assert isinstance(await client.send(message(phone=OTHER)), Accepted)
        assert await client.find(doubt(started), clock.now()) == Absent()
    assert [m.number for m in simulator.accepted] == [OTHER[1:]]


async def test_an_id_that_another_attempt_was_given_is_not_adopted(simulator: Simulator, clock: QuickClock) -> None:
    """Two campaigns with one text to one person: the first was accepted, the answer of the second was lost unsent."""
    async with client_at(simulator.url, clock, KEY, absent_after_s=0.0) as client:
        assert isinstance(await client.send(message()), Accepted)
        started = clock.now()
        await lose_the_answer(simulator, client, "cut_before")
        assert await client.find(doubt(started), clock.now()) == Absent()
        await lose_the_answer(simulator, client, "cut_after")
        found = await client.find(doubt(started), clock.now())
    assert isinstance(found, Found)
    assert found.message_id == simulator.accepted[1].id


async def test_a_known_message_that_is_not_shown_means_that_nothing_is_stored(
    simulator: Simulator, clock: QuickClock
) -> None:
    async with client_at(simulator.url, clock, KEY, absent_after_s=0.0) as client:
        simulator.use_script([{"match": {"number": OTHER[1:]}, "do": {"hide_from_search": True}}])
        assert isinstance(await client.send(message(phone=OTHER)), Accepted)
        started = clock.now()
        await lose_the_answer(simulator, client, "cut_before")
        simulator.inject_reply("a", PHONE[1:], "oi")
        clock.ahead = timedelta(seconds=61)
        assert await client.find(doubt(started), clock.now()) == NotProvable("not_stored")
