"""Meta's limits act: people in 24 hours by portfolio, the pause between two messages to a person, messages a second."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.campaign import CampaignStatus, Pace
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.policy.waiting import Rule
from tests.desktop.engine.world import AT_ONCE, World, fullest, phone
from tests.fakes.gateway import Behaviour

LIMIT = 50  # TIER_50
DAY_S = 24 * 3600.0
DAY = timedelta(days=1)
MANY = InstanceLimits(per_hour=None, min_gap_s=0.0, max_in_flight=20)
SLOWLY = Pace((2.0, 2.0), None, None, None)


def number(world: World, portfolio: str | None = "acme", limits: InstanceLimits = MANY) -> InstanceId:
    one = world.instance(limits)
    world.change_instance(one, gateway=Gateway.CLOUD, portfolio_id=portfolio, messaging_limit="TIER_50")
    return one


def waits_for(world: World, campaign: CampaignId) -> str | None:
    assert world.engine is not None
    found = world.engine.next_departure(campaign)
    return found[0] if found else None


def most_people(world: World) -> int:
    """Return how many different people were written to in the fullest 24 hours, by the clock that nobody sets."""
    left = world.gateway.left
    windows = ({each.phone for each in left if begin.at_s <= each.at_s < begin.at_s + DAY_S} for begin in left)
    return max(map(len, windows), default=0)


async def test_two_campaigns_over_two_numbers_share_the_limit_and_a_restart_forgets_nothing(world: World):
    one, two = number(world), number(world)
    first, second = world.campaign(40, [one, two]), world.campaign(40, [two, one])
    world.gateway.behaviour = Behaviour(takes_s=2.0)
    world.start()
    await world.until(lambda: len(world.gateway.left) >= 20)
    assert len(world.gateway.left) < LIMIT
    await world.crash()
    world.start()
    await world.pass_time(60)
    assert len(set(world.gateway.phones)) == LIMIT
    assert waits_for(world, second) == Rule.PORTFOLIO_LIMIT
    await world.stop()
    world.start()
    await world.pass_time(60)
    assert len(set(world.gateway.phones)) == LIMIT
    world.clock.suspend(DAY_S)
    await world.finish(first, second)
    assert world.gateway.twice == {}
    assert most_people(world) == LIMIT


async def test_why_not_now_names_the_limit_and_when_it_ends(world: World):
    one = number(world)
    world.campaign(LIMIT + 1, [one])
    engine = world.start()
    began = world.clock.now()
    await world.pass_time(60)
    explained = engine.explain_instance(one)
    assert explained is not None
    (held,) = explained.waits
    assert (held.rule, held.facts) == (Rule.PORTFOLIO_LIMIT, {"limit": LIMIT, "used": LIMIT})
    assert held.until is not None
    assert timedelta(0) <= held.until - began - DAY < timedelta(seconds=5)
    await world.stop()


async def test_who_is_counted_already_or_has_written_is_not_held(world: World):
    one = number(world)
    world.campaign(LIMIT, [one])
    other = world.campaign([phone(0), phone(900)], [one])
    world.contact(phone(900)).wrote_at = world.clock.now() - timedelta(hours=23)
    world.start()
    await world.until(lambda: world.status(other) is CampaignStatus.COMPLETED)
    await world.stop()
    assert len(world.gateway.left) == LIMIT + 2


async def test_what_a_removed_number_has_used_up_stays_used_up(world: World):
    one, two = number(world), number(world)
    world.campaign(LIMIT, [one])
    await world.finish()
    world.remove_instance(one)
    late = world.campaign(1, [two])
    world.start()
    await world.pass_time(60)
    assert waits_for(world, late) == Rule.PORTFOLIO_LIMIT
    await world.stop()


async def test_a_portfolio_that_is_learned_of_while_messages_leave_counts_them(world: World):
    one = number(world, portfolio=None)
    two = number(world)
    world.change_instance(one, messaging_limit=None)
    campaign = world.campaign(LIMIT + 10, [one, two], pace=SLOWLY)
    world.start()
    await world.until(lambda: len(world.gateway.left) == 20)
    world.change_instance(one, portfolio_id="acme", messaging_limit="TIER_50")
    await world.until(lambda: len(world.gateway.left) == LIMIT, within_s=3600)
    await world.pass_time(60)
    assert len(world.gateway.left) == LIMIT
    assert waits_for(world, campaign) == Rule.PORTFOLIO_LIMIT
    await world.stop()


async def test_what_was_refused_uses_nothing_up(world: World):
    one = number(world)
    world.campaign(LIMIT + 10, [one])
    for n in range(10):
        world.gateway.expect(phone(n), Behaviour(Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp")))
    world.start()
    await world.pass_time(30)
    await world.stop()
    assert len(world.gateway.left) == LIMIT


async def test_a_clock_that_is_set_forward_while_nothing_runs_frees_no_place(world: World):
    one = number(world)
    campaign = world.campaign(LIMIT + 10, [one])
    world.start()
    await world.until(lambda: len(world.gateway.left) == LIMIT)
    world.clock.jump(DAY_S)
    await world.pass_time(60)
    await world.stop()
    world.clock.jump(DAY_S)
    world.start()
    await world.pass_time(60)
    assert len(world.gateway.left) == LIMIT
    world.clock.suspend(DAY_S)
    await world.finish(campaign)
    assert most_people(world) == LIMIT


async def test_a_computer_that_is_off_at_night_need_not_be_on_for_a_whole_day(world: World):
    one = number(world)
    campaign = world.campaign(LIMIT + 10, [one])
    world.start()
    await world.pass_time(60)
    await world.stop()
    world.clock.restart(off_s=DAY_S)
    await world.finish(campaign)
    assert most_people(world) == LIMIT


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_person_gets_the_next_message_of_a_number_six_seconds_later(world: World, restarts: bool):
    one = number(world)
    campaigns = [world.campaign([phone(1)], [one]) for _ in range(3)]
    world.start()
    if restarts:
        await world.until(lambda: len(world.gateway.left) == 1)
        await world.crash()
        world.start()
    await world.finish(*campaigns)
    moments = [left.at for left in world.gateway.left]
    assert len(moments) == 3
    assert all(later - earlier >= timedelta(seconds=6) for earlier, later in pairwise(moments))


async def test_no_second_has_more_messages_than_the_number_lets_through(world: World):
    one = number(world, limits=InstanceLimits(per_hour=None, min_gap_s=0.0, max_in_flight=50, per_second=5))
    campaign = world.campaign(30, [one], pace=AT_ONCE)
    await world.finish(campaign)
    moments = [left.at for left in world.gateway.left]
    assert fullest(moments, timedelta(seconds=1)) == 5
    assert moments[-1] - moments[0] >= timedelta(seconds=5)


@given(
    st.lists(
        st.tuples(st.sampled_from(("live", "sleep", "jump", "crash", "restart")), st.integers(1, 10 * 3600)), max_size=6
    )
)
@settings(max_examples=8, deadline=None)
def test_no_24_hours_reach_more_people_whatever_happens(steps: list[tuple[str, int]]):
    """Two campaigns, two numbers; a clock that is set while nothing runs; sleep, crashes and restarts."""

    async def live() -> World:
        world = World()
        one, two = number(world), number(world)
        world.campaign(70, [one, two], pace=Pace((20.0, 60.0), None, None, None))
        world.campaign(70, [two, one])
        world.start()
        for what, seconds in steps:
            match what:
                case "sleep":
                    world.clock.suspend(seconds)
                case "jump":
                    world.clock.jump(seconds)
                case "crash":
                    await world.crash()
                    world.clock.jump(seconds)
                    world.start()
                case "restart":
                    await world.stop()
                    world.clock.suspend(seconds)
                    world.start()
                case _:
                    pass
            await world.pass_time(30)
        await world.crash()
        return world

    assert most_people(asyncio.run(live())) <= LIMIT
