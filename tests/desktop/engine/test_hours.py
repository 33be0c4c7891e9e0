"""Send windows by the recipient's own clock, and the grace after a start."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.campaign import CampaignAction, CampaignStatus, Pace, SendWindow
from desktop.domain.ids import CampaignId
from desktop.domain.instance import ConnectionState
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.domain.recipient import RecipientStatus
from desktop.engine.hours import Hours, no_holidays
from desktop.policy.waiting import Rule
from tests.desktop.engine.world import World, phone
from tests.fakes.gateway import Behaviour

SAO_PAULO, MANAUS, LISBON = "America/Sao_Paulo", "America/Manaus", "Europe/Lisbon"
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
BUSINESS = SendWindow(EVERY_DAY, time(9), time(18))


def never(_day: date) -> bool:
    return False


def live_in(world: World, campaign: CampaignId, zones: Sequence[str]) -> None:
    for row, zone in zip(world.rows.of_campaign(campaign, 0), zones, strict=True):  # type: ignore[arg-type]
        row.zone = zone


@pytest.mark.usefixtures("patient")
async def test_nobody_is_sent_to_outside_their_own_hours(world: World):
    zones = [SAO_PAULO, MANAUS, LISBON] * 4
    campaign = world.campaign(12, [world.instance()], window=BUSINESS, pace=Pace((1800.0, 1800.0), None, None, None))
    live_in(world, campaign, zones)
    await world.finish(campaign, within_s=5 * 86_400)
    zone_of = {phone(n): zone for n, zone in enumerate(zones)}
    assert len(world.gateway.left) == 12
    for left in world.gateway.left:
        local = left.at.astimezone(ZoneInfo(zone_of[left.phone]))
        assert time(9) <= local.time() < time(18), (left.phone, local)


async def test_closed_zones_do_not_hold_up_the_open_ones(world: World):
    """A window that is open in one zone only: exactly its people are sent to now."""
    now = world.clock.now()
    here = now.astimezone(ZoneInfo(LISBON))
    window = SendWindow(EVERY_DAY, here.time().replace(second=0, microsecond=0), _later(here, minutes=59))
    campaign = world.campaign(500, [world.instance()], window=window)
    live_in(world, campaign, [SAO_PAULO] * 450 + [LISBON] * 50)
    world.start()
    await world.until(lambda: world.counts(campaign).sent >= 50)
    await world.pass_time(5)
    assert world.gateway.phones == [phone(n) for n in range(450, 500)]
    assert world.engine is not None
    waiting = world.engine.next_departure(campaign)
    assert waiting is not None
    assert waiting[0] == Rule.WINDOW
    await world.stop()


async def test_a_retry_waits_for_the_hours_too(world: World):
    busy = Behaviour(Rejected(ErrorClass.TRANSIENT, "busy", http_status=500))
    here = world.clock.now().astimezone(ZoneInfo(SAO_PAULO))
    window = SendWindow(EVERY_DAY, here.time().replace(second=0, microsecond=0), _later(here, minutes=1))
    campaign = world.campaign(1, [world.instance()], window=window)
    live_in(world, campaign, [SAO_PAULO])
    world.gateway.expect(phone(0), busy)
    world.start()
    await world.pass_time(100)
    assert world.counts(campaign).retrying == 1
    world.clock.suspend(86_400 - 90)
    await world.finish(campaign, within_s=60)
    assert world.counts(campaign).sent == 1
    assert world.gateway.left[0].at.astimezone(ZoneInfo(SAO_PAULO)).date() > here.date()


async def test_holidays_are_closed(world: World):
    today = world.clock.now().date()
    world.parts["holidays"] = lambda country: lambda day: country == "BR" and day <= today + timedelta(days=1)
    window = SendWindow(EVERY_DAY, time(0), time(23, 59), "BR")
    campaign = world.campaign(1, [world.instance()], window=window)
    live_in(world, campaign, ["UTC"])
    world.start()
    for _ in range(2):
        await world.pass_time(100)
        assert world.gateway.left == []
        world.clock.suspend(86_400)
    await world.finish(campaign, within_s=100)
    assert world.gateway.left[0].at.date() == today + timedelta(days=2)


async def test_a_states_own_holiday_closes_for_its_people_alone(world: World):
    today = world.clock.now().date()
    world.parts["holidays"] = lambda calendar: lambda day: calendar == "BR-SP" and day == today
    window = SendWindow(EVERY_DAY, time(0), time(23, 59), "BR")
    campaign = world.campaign(3, [world.instance()], window=window)
    live_in(world, campaign, [f"{SAO_PAULO} BR-SP", f"{SAO_PAULO} BR-RJ", "Asia/Tokyo JP-13"])
    engine = world.start()
    await world.pass_time(60)
    assert world.gateway.phones == [phone(1), phone(2)]
    waiting = engine.explain_campaign(campaign)
    assert waiting is not None
    assert [(wait.rule, wait.facts) for wait in waiting.waits] == [(Rule.WINDOW, {"timezone": SAO_PAULO})]
    world.clock.suspend(86_400)
    await world.finish(campaign, within_s=100)


async def test_who_waits_for_an_instance_when_the_hours_end_is_sent_to_the_next_day(world: World):
    one = world.instance()
    world.gateway.states[one] = ConnectionState.DISCONNECTED
    here = world.clock.now()
    window = SendWindow(EVERY_DAY, here.time(), _later(here, minutes=2))
    campaign = world.campaign(3, [one], window=window)
    live_in(world, campaign, ["UTC"] * 3)
    engine = world.start()
    await world.pass_time(150)
    world.gateway.states[one] = ConnectionState.CONNECTED
    await world.pass_time(60)
    assert engine.next_departure(campaign) == ("window", here + timedelta(days=1))
    assert world.gateway.left == []
    world.clock.suspend(86_400 - 200)
    await world.finish(campaign, within_s=60)
    assert world.gateway.phones == [phone(0), phone(1), phone(2)]


async def test_within_the_grace_after_a_start_nothing_leaves_and_a_cancel_takes_everything_back(world: World):
    world.start_grace_s = 10.0
    campaign = world.campaign(5, [world.instance()])
    engine = world.start()
    await world.pass_time(9)
    assert world.gateway.left == []
    waiting = engine.next_departure(campaign)
    assert waiting is not None
    assert waiting[0] == Rule.GRACE
    world.act(campaign, CampaignAction.CANCEL)
    await world.pass_time(60)
    assert world.gateway.left == []
    assert world.status(campaign) is CampaignStatus.CANCELLED
    assert {row.status for row in world.recipients()} <= {RecipientStatus.FAILED}
    await world.stop()


async def test_the_grace_is_as_long_as_the_setting_says_at_the_start(world: World):
    one = world.instance()
    world.start()
    world.start_grace_s = 20.0
    await world.pass_time(1)
    campaign = world.campaign(1, [one])
    await world.pass_time(19)
    assert world.gateway.left == []
    await world.finish(campaign, within_s=5)


async def test_after_the_grace_the_campaign_goes_on_and_a_restart_grants_no_second_one(world: World):
    world.start_grace_s = 10.0
    campaign = world.campaign(2, [world.instance()], pace=Pace((60.0, 60.0), None, None, None))
    began = world.clock.now()
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 1)
    assert world.gateway.left[0].at - began >= timedelta(seconds=10)
    await world.stop()
    await world.finish(campaign)
    assert world.counts(campaign).sent == 2


def test_without_a_window_there_is_one_source_and_it_is_always_open():
    hours = Hours(None, [SAO_PAULO], "UTC", lambda _calendar: never)
    now = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    assert hours.open_sources(now) == [None]
    assert hours.wait(SAO_PAULO, now) is None
    assert hours.closed_wait(now) is None


def test_without_a_calendar_every_day_is_a_working_day():
    hours = Hours(replace(BUSINESS, holidays="BR"), ["UTC BR-SP"], "UTC", no_holidays)
    assert hours.wait("UTC BR-SP", datetime(2026, 12, 25, 12, 0, tzinfo=UTC)) is None


def test_answers_follow_a_clock_that_is_set_back():
    hours = Hours(BUSINESS, ["UTC"], "UTC", lambda _calendar: never)
    noon = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    assert hours.wait("UTC", noon) is None
    assert hours.wait("UTC", noon - timedelta(hours=6)) is not None
    assert hours.wait("UTC", noon + timedelta(hours=6)) is not None


def test_a_window_that_never_opens_has_no_moment_to_wait_for():
    hours = Hours(replace(BUSINESS, holidays="BR"), [""], "UTC", lambda _calendar: lambda _day: True)
    waiting = hours.closed_wait(datetime(2026, 11, 21, 12, 0, tzinfo=UTC))
    assert waiting is not None
    assert waiting.until is None


def _later(moment: datetime, minutes: int) -> time:
    return (moment + timedelta(minutes=minutes)).time().replace(second=0, microsecond=0)
