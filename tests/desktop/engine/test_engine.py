"""The engine's life: start, stop, schedules, clocks that jump, and dying loudly."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.domain.campaign import CampaignAction, CampaignStatus, Pace
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType
from desktop.domain.instance import InstanceLimits
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.domain.receipt import ReceiptKind
from desktop.domain.recipient import RecipientStatus
from desktop.policy.limits import HOUR
from tests.conftest import LogWatch
from tests.desktop.engine.world import World, fullest, gaps, phone
from tests.fakes.gateway import Behaviour

MINUTE = timedelta(minutes=1)
LIMITED = InstanceLimits(per_hour=30, per_minute=4, min_gap_s=2.0)
PACED = Pace((0.0, 5.0), 25, 1.0, 3)


# Start and stop -------------------------------------------------------------------------------------------------------


async def test_a_stop_waits_for_what_is_in_flight(world: World):
    campaign = world.campaign(5, [world.instance()])
    world.gateway.expect(phone(2), Behaviour(takes_s=30))
    engine = world.start()
    await world.until(lambda: len(world.gateway.left) == 3)
    engine.stop()
    await world.clock.sleep(20)
    assert not world.life.done()
    await world.life
    counts = world.counts(campaign)
    assert (counts.sent, counts.pending, counts.sending) == (3, 2, 0)
    assert all(client.is_closed for client in world.gateway.clients)
    assert world.rows.runs[max(world.rows.runs)] == world.clock.now()


async def test_a_stop_leaves_no_task_behind(world: World):
    world.campaign(30, [world.instance(), world.instance()], pace=Pace((1.0, 2.0), None, 3.0, 2))
    before = asyncio.all_tasks()
    world.start()
    await world.pass_time(10)
    await world.stop()
    assert asyncio.all_tasks() == before


async def test_waiting_does_not_pile_up_tasks(world: World):
    world.campaign(300, [world.instance(), world.instance()], pace=Pace((0.1, 0.5), None, 30.0, 2))
    world.start()
    await world.pass_time(5)
    most = 0
    for _ in range(50):
        await world.pass_time(0.5)
        most = max(most, len(asyncio.all_tasks()))
    # Engine, control, inbox, reconciler, poller, campaign; monitor and listener of each lane; who waits has two more.
    assert most <= 30


async def test_what_is_delivered_last_is_written_before_the_end(world: World):
    campaign = world.campaign(1, [world.instance()])
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.COMPLETED)

    def read_at_the_end(moment: str) -> None:
        if moment == "end_run:before":
            row = world.recipients(RecipientStatus.DELIVERED)
            assert len(row) == 1

    world.on_step = read_at_the_end
    assert world.engine is not None
    world.engine.stop()
    world.gateway.receipt(world.gateway.left[0], ReceiptKind.DELIVERED)
    await world.life


async def test_being_cancelled_ends_in_order_too(world: World):
    campaign = world.campaign(5, [world.instance()])
    world.gateway.expect(phone(2), Behaviour(takes_s=30))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 3)
    world.life.cancel()
    with pytest.raises(asyncio.CancelledError):
        await world.life
    assert world.counts(campaign).sent == 3
    assert world.rows.runs[max(world.rows.runs)] is not None


@pytest.mark.parametrize(
    "method", ["control_state", "doubts", "unconfirmed", "apply_receipts", "set_instance_state", "due_retries"]
)
async def test_a_task_that_dies_stops_the_engine_loudly(world: World, log_watch: LogWatch, method: str):
    log_watch.expect("ended with an error")
    world.gateway.behaviour = Behaviour(receipts=(ReceiptKind.DELIVERED,))
    campaign = world.campaign(40, [world.instance()], pace=Pace((1.0, 1.0), None, None, None))

    async def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    world.start()
    setattr(world.ledger, method, fail)
    try:
        await world.life
    except* OSError as group:
        assert "disk full" in str(group.exceptions)  # noqa: PT017
    assert world.life.done()
    assert world.counts(campaign).sending == 0
    sent = world.counts(campaign).left
    await world.clock.sleep(30)
    assert world.counts(campaign).left == sent


async def test_after_a_failure_no_campaign_is_started_anew(world: World, log_watch: LogWatch):
    """One message is awaited for long; the other campaign must not go on meanwhile."""
    log_watch.expect("ended with an error")
    slow = world.campaign(1, [world.instance()])
    quick = world.campaign(40, [world.instance()], pace=Pace((1.0, 1.0), None, None, None))
    world.gateway.expect(phone(0), Behaviour(takes_s=60))
    world.start()
    await world.until(lambda: world.counts(quick).sent == 5)

    async def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    world.ledger.unconfirmed = fail  # type: ignore[method-assign]
    await world.until(lambda: world.engine is not None and world.engine._supervisor.failed.is_set())
    sent = world.counts(quick).sent
    with pytest.raises(OSError, match="disk full"):
        await world.life
    assert world.counts(slow).sent == 1
    assert world.counts(quick).sent <= sent + 1


async def test_a_stop_waits_for_the_pause_that_an_answer_asks_for(world: World):
    one = world.instance()
    world.campaign(1, [one])
    stopped = Rejected(ErrorClass.ACCOUNT_STOP, "unauthorised")
    world.gateway.expect(phone(0), Behaviour(stopped, takes_s=10))
    engine = world.start()
    pause = world.ledger.pause_instance

    async def slow_pause(*arguments: object) -> None:
        await world.clock.sleep(5)
        await pause(*arguments)  # type: ignore[arg-type]

    world.ledger.pause_instance = slow_pause  # type: ignore[method-assign,assignment]
    await world.until(lambda: engine.in_flight == 1)
    await world.stop()
    assert world.rows.instances[one].pause_reason == "unauthorised"


async def test_an_engine_that_cannot_begin_says_why(world: World):
    async def refuse(*_: object) -> None:
        raise KnownError("database_locked", "Another program uses the database.")

    world.start()
    world.ledger.begin_run = refuse  # type: ignore[method-assign,assignment]
    with pytest.raises(KnownError, match="Another program"):
        await world.life


async def test_an_engine_that_cannot_read_its_instances_ends_its_run(world: World):
    async def refuse(*_: object) -> None:
        raise KnownError("disk_error", "The disk cannot be read.")

    world.start()
    world.ledger.instances = refuse  # type: ignore[method-assign,assignment]
    with pytest.raises(KnownError, match="cannot be read"):
        await world.life
    assert None not in world.rows.runs.values()


# Several lives --------------------------------------------------------------------------------------------------------


async def test_a_campaign_goes_on_in_the_next_life(world: World):
    campaign = world.campaign(20, [world.instance()])
    world.gateway.behaviour = Behaviour(takes_s=1)
    world.start()
    await world.pass_time(5)
    await world.stop()
    assert 0 < world.counts(campaign).sent < 20
    await world.finish(campaign)
    assert world.gateway.phones == [phone(n) for n in range(20)]
    assert len(world.rows.runs) == 2


async def test_a_crashed_run_is_closed_by_the_next(world: World):
    campaign = world.campaign(3, [world.instance()])
    world.gateway.expect(phone(1), Behaviour(takes_s=5))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 2)
    await world.crash()
    assert world.rows.runs[max(world.rows.runs)] is None
    await world.finish(campaign)
    assert None not in world.rows.runs.values()
    assert world.gateway.phones == [phone(n) for n in range(3)]
    assert [e.fact.details["reason"] for e in world.events(EventType.IN_DOUBT)] == ["crashed"]


# Following others -----------------------------------------------------------------------------------------------------


async def test_look_again_follows_an_intention_at_once(world: World):
    engine = world.start()
    await world.pass_time(2)
    world.instance()
    campaign = world.campaign(1, list(world.rows.instances))
    engine.look_again()
    await world.pass_time(0.25)
    assert world.counts(campaign).sent == 1


async def test_a_scheduled_campaign_starts_by_itself(world: World):
    campaign = world.campaign(2, [world.instance()], CampaignStatus.DRAFT)
    at = world.clock.now() + timedelta(seconds=30)
    world.schedule(campaign, at)
    await world.finish(campaign)
    assert world.gateway.left[0].at >= at
    assert world.gateway.left[0].at - at <= timedelta(seconds=1)


async def test_a_schedule_that_was_missed_while_closed_starts_at_the_next_start(world: World):
    campaign = world.campaign(2, [world.instance()], CampaignStatus.DRAFT)
    world.schedule(campaign, world.clock.now() + timedelta(seconds=30))
    world.clock.suspend(1200)
    await world.finish(campaign)


async def test_a_schedule_found_more_than_half_an_hour_late_waits_for_the_operator(world: World, log_watch: LogWatch):
    log_watch.expect("scheduled campaign 1 was refused: late")
    campaign = world.campaign(2, [world.instance()], CampaignStatus.DRAFT)
    world.schedule(campaign, world.clock.now() + timedelta(seconds=30))
    world.clock.suspend(3600)
    world.start()
    await world.pass_time(60)
    assert world.gateway.left == []
    assert world.status(campaign) is CampaignStatus.DRAFT
    assert world.rows.campaigns[campaign].reason == "late"
    await world.stop()


async def test_a_schedule_that_cannot_start_becomes_a_draft_again(world: World, log_watch: LogWatch):
    log_watch.expect("scheduled campaign 1 was refused: audience_empty")
    campaign = world.campaign(0, [world.instance()], CampaignStatus.DRAFT)
    world.schedule(campaign, world.clock.now())
    world.start()
    await world.pass_time(5)
    assert world.status(campaign) is CampaignStatus.DRAFT
    assert [event.fact.details for event in world.events(EventType.ERROR)] == [{"code": "audience_empty"}]


async def test_a_schedule_cancelled_at_its_very_moment_is_left_alone(world: World):
    campaign = world.campaign(2, [world.instance()], CampaignStatus.DRAFT)
    world.schedule(campaign, world.clock.now())

    def cancel(moment: str) -> None:
        if moment == "act:before" and world.status(campaign) is CampaignStatus.SCHEDULED:
            world.act(campaign, CampaignAction.CANCEL)

    world.on_step = cancel
    world.start()
    await world.pass_time(5)
    assert world.status(campaign) is CampaignStatus.CANCELLED
    assert world.gateway.left == []


@pytest.mark.parametrize("gone", ["deleted", "completed"])
async def test_a_campaign_that_ended_while_the_engine_looked_is_not_begun(world: World, gone: str):
    campaign = world.campaign(2, [world.instance()])
    asked = 0

    def end(moment: str) -> None:
        nonlocal asked
        if moment == "plan:before":
            asked += 1
            if gone == "deleted":
                world.rows.campaigns.pop(campaign, None)
            elif asked == 1:
                world.act(campaign, CampaignAction.CANCEL)

    world.on_step = end
    world.start()
    await world.pass_time(5)
    assert asked == 1
    assert world.gateway.left == []


# What the window asks -------------------------------------------------------------------------------------------------


async def test_offline_is_what_a_campaign_waits_for(world: World):
    one = world.instance()
    campaign = world.campaign(2, [one])
    world.gateway.is_reachable = False
    engine = world.start()
    assert engine.next_departure(campaign) is None
    await world.pass_time(3)
    assert not engine.online
    assert engine.next_departure(campaign) == ("offline", None)
    assert engine.why_idle(one) == ("unreachable", None)
    assert engine.holder is None


async def test_receipts_are_collected_on_demand(world: World):
    campaign = world.campaign(2, [world.instance()])
    engine = world.start()
    await world.until(lambda: world.counts(campaign).sent == 2)
    world.gateway.receipts_of = {left.message_id: ReceiptKind.DELIVERED for left in world.gateway.left}
    world.clock.suspend(60)
    await engine.collect_receipts()
    await world.stop()
    assert world.counts(campaign).delivered == 2


# Clocks ---------------------------------------------------------------------------------------------------------------


def real_times(world: World) -> list[timedelta]:
    """When messages left, by the clock that nobody sets."""
    return [timedelta(seconds=at) for at in world.left_at_s]


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("seconds", [3600, -3600, 86400 * 365, -86400 * 365, 59, -59])
async def test_a_clock_that_is_set_releases_no_burst_and_holds_nobody(world: World, seconds: int):
    campaign = world.campaign(70, [world.instance(LIMITED)], pace=Pace((1.0, 3.0), 60, 1.0, 2))
    world.start()
    await world.until(lambda: len(world.gateway.left) >= 20)
    world.clock.jump(seconds)
    await world.finish(campaign, within_s=3 * 3600)
    moments = real_times(world)
    assert fullest(moments, HOUR) == 30
    assert fullest(moments, MINUTE) <= 4
    assert min(gaps(moments)) >= timedelta(seconds=2)
    # 30 an hour: 70 need two hours and a few minutes, however the clock stands.
    assert moments[-1] - moments[0] < timedelta(hours=2, minutes=20)


@pytest.mark.usefixtures("patient")
async def test_a_machine_that_slept_goes_on_with_fresh_windows(world: World):
    campaign = world.campaign(60, [world.instance(LIMITED)])
    world.start()
    await world.until(lambda: len(world.gateway.left) == 30)
    world.clock.suspend(8 * 3600)
    await world.finish(campaign, within_s=3600)
    assert fullest(real_times(world), HOUR) == 30
    [woke] = world.events(EventType.CAME_ONLINE)
    assert woke.fact.details["slept_s"] == pytest.approx(8 * 3600, abs=10)


async def test_a_short_pause_of_the_process_is_no_sleep(world: World):
    campaign = world.campaign(20, [world.instance()], pace=Pace((1.0, 1.0), None, None, None))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 3)
    world.clock.suspend(20)
    await world.finish(campaign)
    assert world.events(EventType.CAME_ONLINE) == []


async def test_a_clock_set_back_stops_neither_looks_nor_retries(world: World):
    campaign = world.campaign(40, [world.instance()], pace=Pace((1.0, 1.0), None, None, None))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 3)
    world.clock.jump(-86400)
    await world.pass_time(1.5)
    world.act(campaign, CampaignAction.PAUSE)
    await world.pass_time(2)
    left = len(world.gateway.left)
    await world.pass_time(10)
    assert len(world.gateway.left) == left
    assert world.counts(campaign).sending == 0


async def test_a_clock_that_was_years_ahead_does_not_hold_the_instance_after_it_was_mended(world: World):
    """What was recorded in the wrong year is read back at the next start."""
    one = world.instance(InstanceLimits(per_day=10, per_hour=30, min_gap_s=2.0))
    campaign = world.campaign(8, [one], pace=Pace((1.0, 1.0), 60, 1.0, 2))
    world.clock.jump(5 * 365 * 86400)
    world.start()
    await world.until(lambda: len(world.gateway.left) == 3)
    world.clock.jump(-5 * 365 * 86400)
    await world.pass_time(10)
    assert len(world.gateway.left) >= 5
    await world.crash()
    await world.finish(campaign, within_s=60)


async def test_a_day_that_the_clock_ran_ahead_into_is_left_again(world: World):
    """Set forward by a day the allowance is new, as the calendar has it; set back, the first day's is used up."""
    one = world.instance(InstanceLimits(per_day=5, per_hour=None, min_gap_s=0.0))
    world.campaign(30, [one])
    world.start()
    await world.pass_time(10)
    assert len(world.gateway.left) == 5
    world.clock.jump(86400)
    await world.pass_time(10)
    assert len(world.gateway.left) == 10
    world.clock.jump(-86400)
    await world.pass_time(10)
    assert len(world.gateway.left) == 10
    assert world.rows.instances[one].pause_reason == "daily_limit"


@pytest.mark.parametrize("seconds", [-86400, -5, 5, 86400])
async def test_a_clock_that_is_set_within_the_grace_makes_it_no_longer_and_no_shorter(world: World, seconds: int):
    world.start_grace_s = 10.0
    world.campaign(1, [world.instance()])
    began = world.clock.monotonic()
    world.start()
    await world.pass_time(4)
    world.clock.jump(seconds)
    await world.until(lambda: len(world.gateway.left) == 1, within_s=10)
    assert 10 <= world.left_at_s[0] - began <= 11


@pytest.mark.usefixtures("patient")
async def test_a_campaign_resumed_after_the_clock_was_set_forward_keeps_its_hour(world: World):
    campaign = world.campaign(40, [world.instance()], pace=Pace((0.0, 0.0), 12, None, None))
    engine = world.start()
    await world.until(lambda: len(world.gateway.left) == 12)
    world.clock.jump(2 * 3600)
    world.act(campaign, CampaignAction.PAUSE)
    await world.until(lambda: engine.next_departure(campaign) is None)
    world.act(campaign, CampaignAction.RESUME)
    await world.pass_time(3000)
    assert len(world.gateway.left) == 12


async def test_a_day_years_ahead_is_left_again(world: World):
    one = world.instance(InstanceLimits(per_day=5, per_hour=None, min_gap_s=0.0))
    campaign = world.campaign(8, [one])
    world.clock.jump(3 * 365 * 86400)
    world.start()
    await world.until(lambda: world.rows.instances[one].pause_reason == "daily_limit")
    world.clock.jump(-3 * 365 * 86400)
    await world.finish(campaign, within_s=10)


@settings(max_examples=25)
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.sampled_from(("jump", "restart", "crash", "reboot")), st.integers(-10_000, 10_000)),
            st.tuples(st.just("sleep"), st.integers(1, 2_000)),
            st.tuples(st.just("live"), st.integers(1, 900)),
        ),
        min_size=1,
        max_size=10,
    )
)
@example(steps=[("live", 900), ("jump", 7200), ("crash", 5), ("live", 900)])
@example(steps=[("live", 900), ("restart", 7200), ("live", 900)])
@example(steps=[("live", 900), ("jump", -3600), ("crash", 7200), ("live", 900)])
@example(steps=[("live", 900), ("reboot", 7200), ("live", 900), ("crash", 1), ("live", 900)])
def test_no_window_is_exceeded_whatever_the_clocks_do(steps: list[tuple[str, int]]):
    """Two campaigns on two instances. A clock that is set while no engine runs is set by `restart` and `reboot`."""

    async def live() -> World:
        world = World()
        instances = [world.instance(LIMITED), world.instance(LIMITED)]
        world.campaign(300, instances, pace=PACED)
        world.campaign(300, instances, pace=Pace((0.0, 0.0), None, None, None))
        world.start()
        for what, seconds in steps:
            if what == "jump":
                world.clock.jump(seconds)
            elif what == "sleep":
                world.clock.suspend(seconds)
            elif what == "live":
                await world.pass_time(seconds)
            else:
                await end(world, what, seconds)
                world.start()
        await world.pass_time(300)
        await world.crash()
        return world

    async def end(world: World, how: str, seconds: int) -> None:
        if how == "restart":
            await world.stop()
        else:
            await world.crash()
        if how == "reboot":
            world.clock.restart(abs(seconds) % 60, seconds)
        elif how == "restart":
            world.clock.jump(seconds)
        await world.clock.sleep(1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.engine.engine.LOOK_EVERY_S", 5.0)
        patch.setattr("tests.desktop.engine.world.LOOK_EVERY_S", 5.0)
        world = asyncio.run(live())
    for instance_id in world.rows.instances:
        moments = [timedelta(seconds=left.at_s) for left in world.gateway.left if left.instance_id == instance_id]
        assert fullest(moments, HOUR) <= 30
        assert fullest(moments, MINUTE) <= 4
        assert all(gap >= timedelta(seconds=2) for gap in gaps(moments))
    first = {row.contact.phone for row in world.rows.recipients.values() if row.campaign_id == 1}
    paced = [timedelta(seconds=left.at_s) for left in world.gateway.left if left.phone in first]
    assert fullest(paced, HOUR) <= PACED.per_hour


@pytest.mark.usefixtures("patient")
async def test_after_a_restart_of_the_machine_the_hour_holds_no_longer_than_an_hour(world: World):
    """Only its uptime is proven to have passed, and that is enough."""
    campaign = world.campaign(40, [world.instance(LIMITED)])
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 30)
    await world.stop()
    world.clock.restart(20 * 3600)
    began = world.clock.true_s
    await world.finish(campaign, within_s=3700)
    assert 3000 < world.clock.true_s - began < 3700
