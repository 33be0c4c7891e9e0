"""What people wrote while nobody listened is asked for: at the start, and after every gap."""

import asyncio
from datetime import timedelta

import pytest

from desktop.domain.campaign import CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState
from desktop.domain.receipt import GapEnded, Reply
from desktop.engine import missed
from desktop.engine.missed import ASK_AGAIN_S, MARGIN
from tests.desktop.engine.world import World, phone

pytestmark = pytest.mark.usefixtures("patient")


async def sent(world: World, people: int) -> InstanceId:
    campaign = world.campaign(people, [world.instance()])
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.COMPLETED)
    return next(iter(world.rows.instances))


def said(world: World, instance: InstanceId, number: int, text: str = "sair") -> None:
    """Let a person write while nobody listens."""
    world.gateway.unheard.append(Reply(instance, f"R{number}", phone(number), phone(number), text, world.clock.now()))


@pytest.mark.parametrize("is_restarted", [False, True], ids=["closed", "switched off"])
async def test_an_opt_out_of_the_time_between_two_lives_counts(world: World, is_restarted: bool) -> None:
    one = await sent(world, 3)
    assert not world.gateway.asked_since, "there was no life before the first"
    await world.stop()
    ended_at = world.clock.now()
    world.clock.suspend(9 * 3600)
    said(world, one, 2)
    (world.clock.restart if is_restarted else world.clock.suspend)(3600)
    world.start()
    await world.pass_time(30)
    assert world.contact(phone(2)).opted_out_at is not None
    assert world.contact(phone(1)).opted_out_at is None
    ((asked, since),) = world.gateway.asked_since
    assert asked == one
    assert ended_at - MARGIN - timedelta(seconds=61) <= since <= ended_at - MARGIN + timedelta(seconds=1)


async def test_nothing_leaves_before_it_was_asked(world: World) -> None:
    """A campaign that goes on at once, or one that starts without a time of grace, must not be faster."""
    one = await sent(world, 3)
    await world.stop()
    world.clock.suspend(3600)
    for number in range(3):
        said(world, one, number)
    world.gateway.tells_after_s = 3.0
    again = world.campaign([phone(number) for number in range(3)], [one])
    world.start()
    await world.until(lambda: world.status(again) is CampaignStatus.COMPLETED)
    assert len(world.gateway.left) == 3, "those of the first campaign"


async def test_a_gateway_that_does_not_answer_holds_a_number_for_a_moment_only(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missed, "PATIENCE_S", 0.01)
    one = await sent(world, 1)
    await world.stop()
    world.clock.suspend(3600)
    world.gateway.never_tells = True
    world.campaign(1, [one])
    world.start()
    async with asyncio.timeout(2):  # fails when the second does not leave
        while len(world.gateway.left) < 2:  # noqa: ASYNC110 - real time: the gateway's is what is waited for
            await asyncio.sleep(0.005)


async def test_an_opt_out_within_a_gap_counts(world: World) -> None:
    one = await sent(world, 2)
    lost_at = world.clock.now()
    said(world, one, 1)
    await world.pass_time(600)
    world.gateway.deliver(GapEnded(InstanceId(99), lost_at))
    world.gateway.deliver(GapEnded(one, lost_at))
    await world.pass_time(10)
    assert world.contact(phone(1)).opted_out_at is not None
    assert world.gateway.asked_since == [(one, lost_at - MARGIN)]
    world.gateway.deliver(GapEnded(one))  # one that does not say since when
    await world.pass_time(10)
    assert world.gateway.asked_since[1][1] >= world.clock.now() - MARGIN - timedelta(seconds=20)


async def test_a_gap_while_it_is_being_asked_is_asked_for_as_well(world: World) -> None:
    one = await sent(world, 2)
    world.gateway.tells_after_s = 60.0
    world.gateway.deliver(GapEnded(one, world.clock.now()))
    await world.until(lambda: bool(world.gateway.asked_since))
    world.gateway.deliver(GapEnded(one, world.clock.now()))
    await world.pass_time(180)
    assert len(world.gateway.asked_since) == 2


async def test_who_does_not_answer_is_asked_again_for_all_of_it(world: World) -> None:
    one = await sent(world, 2)
    lost_at = world.clock.now()
    said(world, one, 1)
    world.gateway.is_silent = True
    world.gateway.deliver(GapEnded(one, lost_at))
    await world.pass_time(10)
    world.gateway.deliver(GapEnded(one, world.clock.now()))
    await world.pass_time(10)
    assert len(world.gateway.asked_since) == 1, "not more often than once a minute"
    world.gateway.is_silent = False
    await world.pass_time(ASK_AGAIN_S + 10)
    assert world.gateway.asked_since == [(one, lost_at - MARGIN)] * 2
    assert world.contact(phone(1)).opted_out_at is not None


async def test_a_number_that_is_not_there_is_asked_when_it_is_back(world: World) -> None:
    one = await sent(world, 2)
    lost_at = world.clock.now()
    world.gateway.states[one] = ConnectionState.DISCONNECTED
    world.gateway.report(one, ConnectionState.DISCONNECTED)
    await world.pass_time(5)
    world.gateway.deliver(GapEnded(one, lost_at))
    await world.pass_time(60)
    assert not world.gateway.asked_since
    world.gateway.states[one] = ConnectionState.CONNECTED
    await world.pass_time(60)
    assert world.gateway.asked_since == [(one, lost_at - MARGIN)]


class Kept:
    """Notes that outlive an engine."""

    def __init__(self) -> None:
        self.value: object = None
        self.is_locked = False

    async def read(self) -> object:
        return self.value

    async def write(self, value: object) -> None:
        if self.is_locked:
            raise KnownError("database_busy", "Another program keeps the database locked.")
        self.value = value


async def test_who_could_not_be_asked_in_one_life_is_asked_in_the_next(world: World) -> None:
    kept = Kept()
    world.parts["unheard"] = kept
    one = await sent(world, 2)
    await world.stop()
    ended_at = world.clock.now()
    world.clock.suspend(3600)
    said(world, one, 1)
    world.gateway.states[one] = ConnectionState.DISCONNECTED  # its phone has no power
    world.start()
    await world.pass_time(300)
    await world.stop()
    assert kept.value, "it is still to be asked"
    world.clock.suspend(3600)
    world.gateway.states[one] = ConnectionState.CONNECTED
    world.start()
    await world.pass_time(30)
    ((_, since),) = world.gateway.asked_since
    assert since <= ended_at
    assert world.contact(phone(1)).opted_out_at is not None
    assert kept.value is None


async def test_notes_that_cannot_be_written_or_make_no_sense_stop_nothing(world: World) -> None:
    kept = Kept()
    world.parts["unheard"] = kept
    kept.value = {"x": "y", "1": 5}
    kept.is_locked = True
    one = await sent(world, 2)
    said(world, one, 1)
    world.gateway.deliver(GapEnded(one, world.clock.now()))
    await world.pass_time(20)
    assert world.contact(phone(1)).opted_out_at is not None
    kept.is_locked = False
    await world.pass_time(20)
    assert kept.value is None
