"""A number whose messages are refused by receipt stops, whichever way the receipt comes in."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from desktop.domain.campaign import CampaignStatus, Pace
from desktop.domain.events import EventType
from desktop.domain.ids import InstanceId
from desktop.domain.receipt import Inbound, Receipt, ReceiptKind
from desktop.engine.engine import Receive
from desktop.gateways.evolution_events import inbound as evolution_events
from desktop.gateways.waha_events import parse_event
from tests.desktop.engine.world import World
from tests.fakes.gateway import Behaviour

SLOWLY = Pace((10.0, 10.0), None, None, None)


def of_evolution(world: World, one: InstanceId) -> Sequence[Inbound]:
    data = {"keyId": world.gateway.left[0].message_id, "status": "ERROR", "messageStubParameters": ["463"]}
    return evolution_events("messages.update", {"event": "messages.update", "data": data}, one, world.clock.now())


def of_waha(world: World, one: InstanceId) -> Sequence[Inbound]:
    until = (world.clock.now() + timedelta(minutes=5)).timestamp()
    error = {"code": 463, "blocked": False, "reason": "account_restricted", "until": round(until)}
    payload = {"id": world.gateway.left[0].message_id, "fromMe": True, "ack": -1, "ackName": "ERROR", "error": error}
    return parse_event({"event": "message.ack", "payload": payload}, one, world.clock.now())


@pytest.mark.parametrize("way", ["socket", "webhook"])
async def test_a_restricted_account_pauses_its_number_and_the_others_go_on(world: World, way: str):
    received: list[Receive] = []

    async def companion(receive: Receive) -> None:
        received.append(receive)

    world.parts["companions"] = {"receiver": companion}
    one, two = world.instance(), world.instance()
    campaign = world.campaign(20, [one, two], pace=SLOWLY)
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 4)
    items = of_evolution(world, one)
    assert len(items) == 1
    if way == "socket":
        world.gateway.deliver(*items)
    else:
        await received[0](items)
    await world.pass_time(1)
    assert world.rows.instances[one].pause_reason == "account_restricted"
    (paused,) = world.events(EventType.INSTANCE_PAUSED)
    assert paused.fact.details["code"] == "account_restricted"
    left = len(world.gateway.left)
    await world.until(lambda: len(world.gateway.left) == left + 5)
    assert {each.instance_id for each in world.gateway.left[left:]} == {two}


async def test_a_restriction_whose_end_is_told_ends_by_itself(world: World):
    one = world.instance()
    campaign = world.campaign(8, [one], pace=SLOWLY)
    engine = world.start()
    await world.until(lambda: world.counts(campaign).sent == 3)
    world.gateway.deliver(*of_waha(world, one))
    began = world.clock.now()
    await world.pass_time(1)
    rule, until = engine.why_idle(one) or ("", None)
    assert rule == "paused"
    assert until is not None
    assert abs(until - began - timedelta(minutes=5)) < timedelta(seconds=2)
    explained = engine.explain_instance(one)
    assert explained is not None
    assert explained.until == until
    await world.finish(campaign)
    assert [e.fact.at - began >= timedelta(minutes=4) for e in world.events(EventType.INSTANCE_RESUMED)] == [True]


async def test_the_end_of_a_restriction_survives_a_restart(world: World):
    one = world.instance()
    campaign = world.campaign(8, [one], pace=SLOWLY)
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 3)
    world.gateway.deliver(*of_waha(world, one))
    await world.pass_time(1)
    await world.crash()
    engine = world.start()
    await world.pass_time(10)
    assert (engine.why_idle(one) or ("", None))[1] == world.rows.instances[one].paused_until
    assert len(world.gateway.left) == 3
    await world.finish(campaign)
    assert world.rows.instances[one].paused_until is None


async def test_an_operator_who_resumes_a_restricted_number_is_not_overruled(world: World):
    one = world.instance()
    campaign = world.campaign(60, [one], pace=SLOWLY)
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 3)
    items = of_waha(world, one)
    world.gateway.deliver(*items)
    await world.pass_time(1)
    world.ledger.set_pause_now(one, "operator", world.clock.now(), {})
    await world.pass_time(400)
    assert world.rows.instances[one].pause_reason == "operator"
    world.ledger.set_pause_now(one, None, world.clock.now(), {})
    world.gateway.deliver(*items)
    await world.finish(campaign)


async def test_messages_refused_one_after_the_other_pause_the_number_until_somebody_looks(world: World):
    one = world.instance()
    campaign = world.campaign(9, [one], pace=SLOWLY)
    world.gateway.behaviour = Behaviour(receipts=(ReceiptKind.SENT, ReceiptKind.FAILED))
    world.start()
    await world.until(lambda: world.rows.instances[one].pause_reason is not None)
    assert world.rows.instances[one].pause_reason == "refused_in_a_row"
    assert len(world.gateway.left) == 5
    await world.pass_time(800)
    assert len(world.gateway.left) == 5
    assert world.status(campaign) is CampaignStatus.RUNNING


async def test_a_receipt_of_a_number_that_is_gone_stops_nobody(world: World):
    one = world.instance()
    campaign = world.campaign(3, [one], pace=SLOWLY)
    received: list[Receive] = []

    async def companion(receive: Receive) -> None:
        received.append(receive)

    world.parts["companions"] = {"receiver": companion}
    world.start()
    await world.until(lambda: bool(received))
    receipt = Receipt(InstanceId(99), "M1", ReceiptKind.FAILED, world.clock.now(), "account_restricted")
    await received[0]([receipt])
    await world.finish(campaign)
