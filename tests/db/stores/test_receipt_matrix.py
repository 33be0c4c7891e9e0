"""Receipts of every gateway, as they are posted: early, doubled, disordered, foreign or late, they do no harm."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from db.tables.recipient import recipient
from desktop.domain.campaign import CampaignAction
from desktop.domain.instance import Gateway
from desktop.domain.outcome import Accepted
from desktop.domain.receipt import Receipt
from desktop.domain.recipient import RecipientStatus
from desktop.gateways.posted import parse_posted
from tests.db.world import World

MINE, FOREIGN = "3EB0AAAA0001", "3EB0BBBB0002"
WORDS = {
    Gateway.EVOLUTION: {"sent": "SERVER_ACK", "delivered": "DELIVERY_ACK", "read": "READ", "failed": "ERROR"},
    Gateway.WAHA: {"sent": "1", "delivered": "2", "read": "3", "failed": "-1"},
    Gateway.CLOUD: {"sent": "sent", "delivered": "delivered", "read": "read", "failed": "failed"},
}
Body = Callable[[str, str], object]


def evolution(message_id: str, word: str) -> object:
    data = {"keyId": message_id, "remoteJid": "5511@s.whatsapp.net", "fromMe": True, "status": word}
    return {"event": "messages.update", "instance": "one", "data": data}


def waha(message_id: str, word: str) -> object:
    payload = {"id": f"true_5511@c.us_{message_id}", "from": "5511@c.us", "fromMe": True, "ack": int(word)}
    return {"event": "message.ack", "session": "one", "payload": payload}


def cloud(message_id: str, word: str) -> object:
    status = {"id": message_id, "status": word, "timestamp": "1750857384", "recipient_id": "5511"}
    if word == "failed":
        status |= {"errors": [{"code": 131026, "title": "Message undeliverable"}]}
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "77"}, "statuses": [status]}
    return {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}


BODIES: dict[Gateway, Body] = {Gateway.EVOLUTION: evolution, Gateway.WAHA: waha, Gateway.CLOUD: cloud}
# What comes after the answer, and where it leads. `!` stands for a receipt of somebody else's message.
CASES: dict[str, tuple[str, RecipientStatus]] = {
    "in order": ("sent delivered read", RecipientStatus.READ),
    "doubled": ("sent sent delivered delivered delivered", RecipientStatus.DELIVERED),
    "disordered": ("read sent delivered", RecipientStatus.READ),
    "a step left out": ("read", RecipientStatus.READ),
    "stale": ("delivered sent sent", RecipientStatus.DELIVERED),
    "foreign": ("!read !failed !delivered", RecipientStatus.SENT),
    "failed after all": ("sent failed", RecipientStatus.FAILED),
    "failed, then anything": ("failed sent failed", RecipientStatus.FAILED),
    "failed, but arrived": ("failed delivered sent failed", RecipientStatus.DELIVERED),
    "failed, but was read": ("sent failed read", RecipientStatus.READ),
    "failed after it arrived": ("delivered failed", RecipientStatus.DELIVERED),
    "failed after it was read": ("read failed failed", RecipientStatus.READ),
}


def parsed(world: World, gateway: Gateway, words: str) -> Sequence[Receipt]:
    """Return what the gateway's bodies say, in the order of the words."""
    one = replace(world.numbers["one"], gateway=gateway, phone_id="77")
    found: list[Receipt] = []
    for word in words.split():
        message_id = FOREIGN if word.startswith("!") else MINE
        body = BODIES[gateway](message_id, WORDS[gateway][word.removeprefix("!")])
        found += [item for item in parse_posted([one], body, world.now) if isinstance(item, Receipt)]
    assert len(found) == len(words.split())
    return found


async def status(world: World) -> RecipientStatus:
    query = sa.select(recipient.c.status).order_by(recipient.c.id).limit(1)
    return RecipientStatus(await world.database.read(lambda conn: conn.execute(query).scalar_one()))


async def send_one(world: World) -> None:
    people = await world.waiting(await world.started())
    await world.send(people[0], MINE)


@pytest.mark.parametrize("gateway", list(Gateway))
@pytest.mark.parametrize("case", CASES)
async def test_receipts_lead_upwards_only(world: World, gateway: Gateway, case: str) -> None:
    words, end = CASES[case]
    await send_one(world)
    for receipt in parsed(world, gateway, words):
        await world.ledger.apply_receipts([receipt])
    assert await status(world) is end


@pytest.mark.parametrize("gateway", list(Gateway))
@pytest.mark.parametrize("case", [name for name in CASES if name != "foreign"])
async def test_receipts_that_come_before_the_answer_lead_as_far(world: World, gateway: Gateway, case: str) -> None:
    words, end = CASES[case]
    people = await world.waiting(await world.started())
    attempt_id, _intent = await world.claim(people[0])
    assert attempt_id is not None
    await world.ledger.apply_receipts(parsed(world, gateway, words))
    await world.ledger.settle(world.settlement(attempt_id, people[0], Accepted(MINE, None, 201), RecipientStatus.SENT))
    assert await status(world) is end


@pytest.mark.parametrize("gateway", list(Gateway))
async def test_receipts_that_come_days_later_still_count_and_also_after_a_cancel(
    world: World, gateway: Gateway
) -> None:
    await send_one(world)
    campaign_id = await world.database.read(
        lambda conn: conn.execute(sa.select(recipient.c.campaign_id).limit(1)).scalar_one()
    )
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, None, None)
    world.now += timedelta(days=6)
    await world.ledger.apply_receipts(parsed(world, gateway, "delivered read"))
    assert await status(world) is RecipientStatus.READ
