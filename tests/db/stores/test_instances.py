"""Instances: added, changed, paused by the operator or a rule, removed without being forgotten."""

import pytest

from desktop.domain.campaign import CampaignAction
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType, Severity
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Gateway, InstanceLimits
from tests.db.world import NOW, World


async def add(world: World, name: str) -> InstanceId:
    added = await world.instances.add(name, Gateway.WAHA, "http://w", name, "UTC", InstanceLimits(10), NOW)
    return added.id


async def test_a_name_is_given_once_and_free_again_after_the_removal(world: World) -> None:
    instance_id = await add(world, "three")
    with pytest.raises(KnownError) as refusal:
        await add(world, "three")
    assert refusal.value.code == "instance_exists"
    removed = await world.instances.remove(instance_id, world.now)
    assert removed.name == "three"
    assert await add(world, "three") == instance_id


async def test_a_number_that_comes_back_has_its_past(world: World) -> None:
    """Or removing it and adding it again would hand out its limits a second time."""
    campaign_id = await world.started()
    for candidate in await world.waiting(campaign_id):
        await world.send(candidate, f"M{candidate.id}")
    one = world.numbers["one"]
    await world.ledger.pause_instance(one.id, "daily_limit", world.now, {})
    await world.instances.remove(one.id, world.now)
    back = await world.instances.add(
        "uno", Gateway.EVOLUTION, "http://gateway/", "one", "UTC", InstanceLimits(per_day=3), world.later()
    )
    assert (back.id, back.name, back.timezone, back.limits.per_day) == (one.id, "uno", "UTC", 3)
    assert (back.pause_reason, back.state, back.created_at) == (None, ConnectionState.UNKNOWN, one.created_at)
    assert len(await world.ledger.departures(back.id, NOW)) == 5
    # Another server's number of the same name is another one.
    other = await world.instances.add("one", Gateway.EVOLUTION, "http://other", "one", "UTC", InstanceLimits(), NOW)
    assert await world.ledger.departures(other.id, NOW) == []


async def test_one_number_is_not_here_twice_under_two_names(world: World) -> None:
    with pytest.raises(KnownError) as refusal:
        await world.instances.add("uno", Gateway.EVOLUTION, "http://gateway", "one", "UTC", InstanceLimits(), NOW)
    assert (refusal.value.code, refusal.value.facts) == ("number_exists", {"name": "one"})


async def test_limits_come_back_as_they_were_given(world: World) -> None:
    limits = InstanceLimits(500, 100, 20, 1.5, 8)
    instance_id = await add(world, "three")
    changed = await world.instances.update(instance_id, limits, "America/Manaus", world.now, warmup="standard")
    assert (changed.limits, changed.timezone, changed.warmup, changed.name) == (
        limits,
        "America/Manaus",
        "standard",
        "three",
    )
    assert changed in await world.ledger.instances()


async def test_engines_notice_what_was_added_changed_and_removed(world: World) -> None:
    seen = [(await world.ledger.control_state()).revision]
    instance_id = await add(world, "three")
    seen.append((await world.ledger.control_state()).revision)
    await world.instances.update(instance_id, InstanceLimits(), "UTC", world.now)
    seen.append((await world.ledger.control_state()).revision)
    await world.instances.remove(instance_id, world.now)
    seen.append((await world.ledger.control_state()).revision)
    assert seen == sorted(set(seen))
    assert instance_id not in (await world.ledger.control_state()).instances


async def test_the_operators_pause_stands_above_a_rules(world: World, published: list[Event]) -> None:
    instance_id = world.numbers["one"].id

    async def reason() -> str | None:
        return (await world.ledger.control_state()).instances[instance_id]

    await world.ledger.pause_instance(instance_id, "daily_limit", world.now, {"used": 10})
    await world.ledger.pause_instance(instance_id, "daily_limit", world.now, {"used": 10})
    assert await reason() == "daily_limit"
    await world.instances.pause(instance_id, world.now, "ana")
    await world.ledger.pause_instance(instance_id, "health", world.now, {})
    assert await reason() == "operator"
    await world.instances.resume(instance_id, world.now, "ana")
    await world.ledger.resume_instance(instance_id, world.now, {})
    assert await reason() is None
    told = [event for event in published if event.fact.instance_id == instance_id][-3:]
    assert [(event.type, event.fact.severity, event.fact.details) for event in told] == [
        (EventType.INSTANCE_PAUSED, Severity.WARNING, {"reason": "daily_limit", "used": 10}),
        (EventType.INSTANCE_PAUSED, Severity.INFO, {"reason": "operator"}),
        (EventType.INSTANCE_RESUMED, Severity.INFO, {"reason": "operator"}),
    ]


async def test_a_state_is_told_when_it_changes(world: World, published: list[Event]) -> None:
    instance_id = world.numbers["one"].id
    before = len(published)
    await world.ledger.set_instance_state(instance_id, ConnectionState.CONNECTED, world.now, "+5511900000001")
    await world.ledger.set_instance_state(instance_id, ConnectionState.CONNECTED, world.later())
    await world.ledger.set_instance_state(instance_id, ConnectionState.NEEDS_QR, world.later())
    told = [(event.type, event.fact.severity, event.fact.details) for event in published[before:]]
    assert told == [
        (EventType.HEALTH_ISSUE, Severity.INFO, {"state": "connected", "was": "unknown"}),
        (EventType.HEALTH_ISSUE, Severity.WARNING, {"state": "needs_qr", "was": "connected"}),
    ]
    [one, _] = await world.ledger.instances()
    assert (one.state, one.phone, one.checked_at) == (ConnectionState.NEEDS_QR, "+5511900000001", world.now)


async def test_the_only_instance_of_a_running_campaign_is_not_removed(world: World) -> None:
    campaign_id = await world.started(instances=("one",))
    with pytest.raises(KnownError) as refusal:
        await world.instances.remove(world.numbers["one"].id, world.now)
    assert refusal.value.code == "instance_in_use"
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, "operator", None)
    await world.instances.remove(world.numbers["one"].id, world.now)
    with pytest.raises(KnownError) as refusal:
        await world.instances.pause(world.numbers["one"].id, world.now)
    assert refusal.value.code == "instance_not_found"


async def test_connectivity_is_on_the_timeline(world: World, published: list[Event]) -> None:
    await world.ledger.note_connectivity(False, world.now, {"instances": ["one"]})
    await world.ledger.note_connectivity(True, world.now, {})
    assert [event.type for event in published[-2:]] == [EventType.WENT_OFFLINE, EventType.CAME_ONLINE]
