"""Events become deliveries, and deliveries are tried until they are taken, over a real outbox and real HTTP."""

import asyncio
import hmac
from base64 import b64decode, b64encode
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa

from db.tables.event import event
from db.tables.hook import hook_delivery
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType
from desktop.domain.hook import DeliveryState, HookKind
from desktop.domain.ids import HookId
from desktop.webhooks.courier import KEEP_DELIVERED, Courier, make_client
from desktop.webhooks.retry import MOST_TRIES
from tests.conftest import LogWatch
from tests.desktop.gateways.scripted import Request, Wire, scripted
from tests.desktop.webhooks.conftest import Desk, HandClock, Receiver

SENT = (HookKind.CAMPAIGN_STARTED, HookKind.MESSAGE_SENT)


async def test_what_happens_is_told_once_and_signed(desk: Desk, receiver: Receiver) -> None:
    added, secret = await desk.operator.add(receiver.url, SENT)
    await desk.send(3)
    await desk.courier.look()
    await desk.courier.look()
    assert [kind for kind, _ in receiver.told] == ["campaign_started", *["message_sent"] * 3]
    names = [fact["recipient"]["name"] for kind, fact in receiver.told if kind == "message_sent"]  # type: ignore[index]
    assert names == ["Person 0", "Person 1", "Person 2"]
    request = receiver.served.requests[0]
    signed = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + request.body
    digest = hmac.digest(b64decode(secret.removeprefix("whsec_")), signed, "sha256")
    assert request.headers["webhook-signature"] == f"v1,{b64encode(digest).decode()}"
    (standing,) = await desk.operator.standings()
    assert (standing.hook.id, standing.waiting, standing.dead, standing.last_error) == (added.id, 0, 0, None)
    assert standing.last_delivered_at == desk.world.now


async def test_what_happened_before_the_address_was_added_is_not_told(desk: Desk, receiver: Receiver) -> None:
    await desk.send(2)
    await desk.operator.add(receiver.url)
    await desk.courier.look()
    assert receiver.told == []


async def test_a_receiver_that_is_away_is_told_later_and_nothing_is_lost(desk: Desk, receiver: Receiver) -> None:
    await desk.operator.add(receiver.url, SENT)
    receiver.statuses = [500, 404]
    await desk.send(1)
    assert await desk.courier.look() == 1
    assert await desk.courier.look() == 0, "not before its time"
    desk.world.later(3600)
    assert await desk.courier.look() == 1
    desk.world.later(3600)
    await desk.courier.look()
    assert [kind for kind, _ in receiver.told] == ["campaign_started"] * 3 + ["message_sent"], "in this order"
    assert (await desk.operator.standings())[0].waiting == 0


async def test_each_address_is_told_in_the_order_in_which_things_happened(desk: Desk, receiver: Receiver) -> None:
    await desk.operator.add(receiver.url)
    campaign_id = await desk.world.started()
    for number, candidate in enumerate(await desk.world.waiting(campaign_id)):
        await desk.world.send(candidate, f"M{number}")
    assert await desk.world.ledger.finish_if_done(campaign_id, desk.world.later())
    # What it refuses (a start, a message) comes again before what follows.
    receiver.statuses = [200, 503, 200, 200, 503]
    for _ in range(3):
        await desk.courier.look()
        desk.world.later(60)
    sequences = [request.json["sequence"] for request in receiver.served.requests]  # type: ignore[index]
    assert sequences == sorted(sequences)
    kinds = [kind for kind, _ in receiver.told]
    assert (kinds[0], kinds[-1], kinds.count("message_sent")) == ("campaign_created", "campaign_complete", 6)
    assert kinds.count("campaign_started") == 2


async def test_what_an_address_refuses_of_one_campaign_holds_back_no_other_one(desk: Desk, receiver: Receiver) -> None:
    await desk.operator.add(receiver.url, SENT)
    receiver.statuses = [500]
    await desk.send(1)
    other = await desk.world.started(name="Natal")
    await desk.world.send((await desk.world.waiting(other))[0], "N1")
    await desk.courier.look()
    assert [(kind, fact["campaign"]["name"]) for kind, fact in receiver.told] == [  # type: ignore[index]
        ("campaign_started", "Black Friday"),
        ("campaign_started", "Natal"),
        ("message_sent", "Natal"),
    ]
    desk.world.later(60)
    await desk.courier.look()
    assert [fact["campaign"]["name"] for _, fact in receiver.told[3:]] == ["Black Friday"] * 2  # type: ignore[index]


async def test_what_was_given_up_holds_back_nothing(desk: Desk, receiver: Receiver) -> None:
    await desk.operator.add(receiver.url, SENT)
    receiver.statuses = [500] * MOST_TRIES
    await desk.send(1)
    for _ in range(MOST_TRIES):
        await desk.courier.look()
        desk.world.later(30_000)
    assert [kind for kind, _ in receiver.told] == ["campaign_started"] * MOST_TRIES + ["message_sent"]


async def test_a_slow_receiver_holds_back_nobody_else(desk: Desk, receiver: Receiver) -> None:
    others_were_told = asyncio.Event()

    async def slow(_request: Request, wire: Wire) -> bool:
        await others_were_told.wait()
        await wire.answer(200, {})
        return True

    looks = 0

    async def wait() -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            await desk.send(3)  # while the slow one is being told of what was before
        if len(receiver.told) == 5:
            others_were_told.set()
        await asyncio.sleep(0.005)

    async with scripted(slow) as served:
        await desk.operator.add(f"{served.url}/slow", SENT)
        await desk.operator.add(receiver.url, SENT)
        await desk.world.started(name="Antes")
        clock = HandClock(desk.world)
        courier = Courier(desk.store, desk.library, desk.secrets, make_client(False), clock, Random(7), wait)
        await courier.run(lambda: len(served.requests) < 5)
    assert [kind for kind, _ in receiver.told] == ["campaign_started"] * 2 + ["message_sent"] * 3


async def test_after_the_last_try_it_is_dead_and_the_operator_sends_it_again(desk: Desk, receiver: Receiver) -> None:
    added, _ = await desk.operator.add(receiver.url, [HookKind.CAMPAIGN_STARTED])
    receiver.statuses = [503] * MOST_TRIES
    await desk.send(0)
    for _ in range(MOST_TRIES):
        assert await desk.courier.look() == 1
        desk.world.later(30_000)
    assert await desk.courier.look() == 0
    (dead,) = await desk.operator.dead(added.id)
    assert (dead.state, dead.tries, dead.http_status, dead.error) == (DeliveryState.DEAD, MOST_TRIES, 503, "http_503")
    assert dead.body["type"] == "campaign_started"
    assert await desk.operator.retry_dead(added.id) == 1
    assert await desk.operator.retry_dead(added.id) == 0
    query = sa.select(event.c.details).where(event.c.type == EventType.EDITED.value)
    told = desk.world.database.read_sync(lambda conn: conn.execute(query).scalars().all())
    assert [each["what"] for each in told if each.get("hook") == added.id] == ["added", "retried"]
    await desk.courier.look()
    assert await desk.operator.dead(added.id) == []
    assert (await desk.operator.standings())[0].last_error is None


async def test_an_address_that_is_gone_is_paused_and_a_resumed_one_is_told_what_it_missed(
    desk: Desk, receiver: Receiver
) -> None:
    added, _ = await desk.operator.add(receiver.url, SENT)
    receiver.statuses = [410, 410]
    await desk.send(1)
    await desk.courier.look()
    assert (await desk.operator.standings())[0].hook.pause_reason == "gone"
    told = len(receiver.told)
    desk.world.later(3600)
    await desk.send(1)
    await desk.courier.look()
    assert len(receiver.told) == told
    await desk.operator.resume(added.id)
    await desk.courier.look()
    assert [kind for kind, _ in receiver.told[told:]] == ["campaign_started", "message_sent"]


async def test_a_second_courier_and_a_crash_tell_nothing_twice(desk: Desk, receiver: Receiver) -> None:
    added, _ = await desk.operator.add(receiver.url, SENT)
    await desk.send(2)
    stale = (await desk.store.hooks())[0]
    await desk.courier.look()
    assert not await desk.store.enqueue(stale, [], stale.cursor, desk.world.now), "the cursor has moved on"
    # The cursor of a restored copy: what is made again has the same key, and a receiver knows it.
    keys = {request.headers["webhook-id"] for request in receiver.served.requests}
    assert len(keys) == len(receiver.told) == 3
    assert added.cursor < (await desk.store.hooks())[0].cursor


async def test_a_body_is_forgotten_when_it_was_told_and_a_person_who_is_erased(desk: Desk, receiver: Receiver) -> None:
    await desk.operator.add(receiver.url, SENT)
    receiver.statuses = [500]
    people = await desk.send(1)
    await desk.courier.look()
    bodies = sa.select(hook_delivery.c.body)
    held = desk.world.database.read_sync(lambda conn: conn.execute(bodies).scalars().all())
    assert all(body is not None for body in held)
    await desk.world.contacts.erase(desk.world.row(people[0]).phone, desk.world.now)
    desk.world.later(3600)
    await desk.courier.look()
    assert desk.world.database.read_sync(lambda conn: conn.execute(bodies).scalars().all()) == [None]


async def test_what_was_told_a_week_ago_is_removed(desk: Desk, receiver: Receiver) -> None:
    await desk.operator.add(receiver.url, SENT)
    await desk.send(1)
    await desk.courier.look()
    desk.world.later(KEEP_DELIVERED / timedelta(seconds=1) + 3601)
    await desk.courier.look()
    count = sa.select(sa.func.count()).select_from(hook_delivery)
    assert desk.world.database.read_sync(lambda conn: conn.execute(count).scalar()) == 0


async def test_a_missing_secret_and_a_closed_port_are_reasons_not_errors(desk: Desk, receiver: Receiver) -> None:
    added, _ = await desk.operator.add(receiver.url, SENT)
    desk.secrets.delete(added.secret_name)
    assert (await desk.operator.test(added.id)).error == "hook_secret_missing"
    away, _ = await desk.operator.add("http://127.0.0.1:9/x", SENT)
    assert (await desk.operator.test(away.id)).error == "unreachable"
    assert (await desk.operator.test(HookId(added.id))).http_status is None


@pytest.mark.parametrize("url", ["http://xn--a/hook", "http://a..b/hook", f"http://{'a' * 64}.com/hook"])
async def test_a_host_that_cannot_be_looked_up_is_a_reason_not_an_error(desk: Desk, url: str) -> None:
    hook, _ = await desk.operator.add(url)
    assert (await desk.operator.test(hook.id)).error in ("bad_url", "unreachable")


async def test_a_database_that_cannot_be_asked_now_is_asked_again(desk: Desk, log_watch: LogWatch) -> None:
    log_watch.expect("webhooks: database_busy")

    class Moody:
        asked = 0

        async def hooks(self) -> list[object]:
            self.asked += 1
            if self.asked == 1:
                raise KnownError("database_busy", "busy")
            return []

        async def forget_before(self, *_moments: object) -> int:
            return 0

        async def due(self, *_what: object) -> list[object]:
            return []

    moody, looks = Moody(), asyncio.Queue[None]()

    async def wait() -> None:
        await looks.put(None)
        await asyncio.sleep(0)

    client = make_client(False)
    courier = Courier(moody, desk.library, desk.secrets, client, HandClock(desk.world), Random(1), wait)  # type: ignore[arg-type]
    await courier.run(lambda: moody.asked < 2)
    assert looks.qsize() == 2
