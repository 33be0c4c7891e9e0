"""Instances at work: limits, pauses, rests, breakers; added, edited and removed while the engine runs."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.campaign import CampaignStatus, Pace, Rotation
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType
from desktop.domain.ids import AttemptId, InstanceId
from desktop.domain.instance import ConnectionState, Instance, InstanceLimits
from desktop.domain.outcome import ErrorClass, NotSent, Rejected
from desktop.domain.receipt import StateChanged
from desktop.domain.recipient import RecipientStatus
from desktop.engine.ports import GatewayClient
from desktop.policy.breaker import BreakerState
from desktop.policy.limits import HOUR
from tests.conftest import LogWatch
from tests.desktop.engine.world import NO_LIMITS, World, fullest, gaps, phone
from tests.fakes.gateway import ACCEPT, Behaviour

MANY = InstanceLimits(per_hour=None, min_gap_s=0.0, max_in_flight=50)
FIVE_A_DAY = InstanceLimits(per_day=5, per_hour=None, min_gap_s=0.0)
STOPPED = Behaviour(Rejected(ErrorClass.ACCOUNT_STOP, "unauthorised", http_status=401))
DOWN = Behaviour(Rejected(ErrorClass.INSTANCE_DOWN, "connection_closed", http_status=400))
BUSY = Behaviour(Rejected(ErrorClass.TRANSIENT, "busy", http_status=500))


# Daily limit ----------------------------------------------------------------------------------------------------------


async def test_at_its_daily_limit_an_instance_pauses_and_returns_at_its_own_midnight(world: World):
    # Midnight in São Paulo is 03:00 UTC.
    world.clock.jump((datetime(2026, 11, 24, 2, 58, tzinfo=UTC) - world.clock.now()).total_seconds())
    one = world.instance(FIVE_A_DAY)
    campaign = world.campaign(8, [one])
    engine = world.start()
    await world.pass_time(60)
    assert world.counts(campaign).sent == 5
    paused = world.events(EventType.INSTANCE_PAUSED)
    assert [event.fact.details for event in paused] == [{"reason": "daily_limit", "used": 5, "limit": 5}]
    assert engine.why_idle(one) == ("paused", None)
    await world.finish(campaign, within_s=90)
    midnight = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    assert [left.at >= midnight for left in world.gateway.left] == [False] * 5 + [True] * 3
    assert len(world.events(EventType.INSTANCE_RESUMED)) == 1


async def test_the_day_counts_on_after_a_restart(world: World):
    one = world.instance(FIVE_A_DAY)
    campaign = world.campaign(8, [one], pace=Pace((10.0, 10.0), None, None, None))
    for _ in range(3):
        world.start()
        await world.pass_time(25)
        await world.crash()
    assert world.counts(campaign).sent + world.counts(campaign).in_doubt == 5
    assert world.rows.instances[one].pause_reason == "daily_limit"


async def test_a_raised_limit_ends_the_pause(world: World):
    one = world.instance(FIVE_A_DAY)
    campaign = world.campaign(8, [one])
    world.start()
    await world.until(lambda: world.rows.instances[one].pause_reason == "daily_limit")
    world.change_instance(one, limits=InstanceLimits(per_day=7, per_hour=None, min_gap_s=0.0))
    await world.pass_time(2)
    assert world.counts(campaign).sent == 7
    world.change_instance(one, limits=NO_LIMITS)
    await world.finish(campaign)


async def test_rejected_messages_do_not_use_up_the_day(world: World):
    campaign = world.campaign(8, [world.instance(FIVE_A_DAY)])
    for n in range(3):
        world.gateway.expect(phone(n), Behaviour(Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp")))
    await world.finish(campaign)
    assert world.counts(campaign).sent == 5


async def test_two_campaigns_share_the_day(world: World):
    one = world.instance(InstanceLimits(per_day=5, per_hour=None, min_gap_s=0.0, max_in_flight=10))
    world.gateway.behaviour = Behaviour(takes_s=2)
    for _ in range(3):
        world.campaign(4, [one])
    world.start()
    await world.pass_time(60)
    assert len(world.gateway.left) == 5


# Pauses and account stops ---------------------------------------------------------------------------------------------


async def test_a_stopped_account_pauses_its_instance_and_the_recipient_goes_elsewhere(world: World):
    one, two = world.instance(), world.instance()
    world.gateway.of_instance[one] = STOPPED
    campaign = world.campaign(6, [one, two], rotation=Rotation.ROUND_ROBIN)
    await world.finish(campaign)
    assert world.rows.instances[one].pause_reason == "unauthorised"
    assert world.gateway.requests[one] == 1
    assert {left.instance_id for left in world.gateway.left} == {two}
    assert {row.attempts for row in world.rows.recipients.values()} == {1}
    assert len(world.events(EventType.INSTANCE_PAUSED)) == 1


async def test_a_look_that_is_older_than_the_pause_does_not_undo_it(world: World):
    """The ledger takes its time for the pause, and says "not paused" meanwhile."""
    one = world.instance()
    world.gateway.of_instance[one] = STOPPED
    campaign = world.campaign(6, [one])
    engine = world.start()
    pause = world.ledger.pause_instance

    async def slow_pause(*arguments: object) -> None:
        await world.clock.sleep(3)
        await pause(*arguments)  # type: ignore[arg-type]

    world.ledger.pause_instance = slow_pause  # type: ignore[method-assign,assignment]
    await world.until(lambda: world.gateway.requests[one] == 1)
    world.change_instance(one, name="renamed")
    engine.look_again()
    await world.pass_time(10)
    assert world.gateway.requests[one] == 1
    assert world.counts(campaign).pending == 6


async def test_an_edit_that_was_read_before_the_pause_does_not_undo_it(world: World):
    one = world.instance()
    campaign = world.campaign(9, [one], pace=Pace((1.0, 1.0), None, None, None))
    world.start()
    read = world.ledger.instances

    async def stale_instances() -> Sequence[Instance]:
        found = await read()
        await world.clock.sleep(5)
        return found

    await world.until(lambda: world.counts(campaign).sent == 2)
    world.ledger.instances = stale_instances  # type: ignore[method-assign]
    world.change_instance(one, name="renamed")
    await world.pass_time(2)
    world.gateway.of_instance[one] = STOPPED
    asked = world.gateway.requests[one]
    await world.pass_time(20)
    assert world.gateway.requests[one] == asked + 1
    assert world.rows.instances[one].pause_reason == "unauthorised"


async def test_several_that_were_in_flight_pause_an_instance_once(world: World):
    one = world.instance(InstanceLimits(per_hour=None, min_gap_s=0.0, max_in_flight=4))
    world.gateway.of_instance[one] = Behaviour(STOPPED.outcome, takes_s=2)
    campaign = world.campaign(9, [one])
    world.start()
    await world.pass_time(10)
    assert world.gateway.requests[one] == 4
    assert len(world.events(EventType.INSTANCE_PAUSED)) == 1
    assert world.counts(campaign).pending == 9


async def test_the_operators_pause_and_resume_are_followed(world: World):
    one = world.instance()
    campaign = world.campaign(10, [one], pace=Pace((1.0, 1.0), None, None, None))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 3)
    world.ledger.set_pause_now(one, "operator", world.clock.now(), {})
    await world.pass_time(20)
    assert len(world.gateway.left) <= 4
    world.ledger.set_pause_now(one, None, world.clock.now(), {})
    await world.finish(campaign)


async def test_a_campaign_without_a_usable_instance_goes_on_when_one_is_resumed(world: World):
    one = world.instance()
    world.gateway.of_instance[one] = STOPPED
    campaign = world.campaign(3, [one])
    world.start()
    await world.until(lambda: world.rows.instances[one].pause_reason is not None)
    del world.gateway.of_instance[one]
    await world.pass_time(5)
    world.ledger.set_pause_now(one, None, world.clock.now(), {})
    await world.finish(campaign)


async def test_a_throttled_instance_rests_and_burns_nothing(world: World):
    one = world.instance()
    campaign = world.campaign(2, [one])
    world.gateway.expect(phone(0), Behaviour(Rejected(ErrorClass.THROTTLE, "rate", retry_after_s=40)))
    engine = world.start()
    await world.pass_time(2)
    first = world.rows.attempts[AttemptId(1)]
    assert first.outcome == "rejected"
    assert engine.why_idle(one) == ("throttled", first.started_at + timedelta(seconds=40))
    await world.finish(campaign)
    assert world.gateway.left[0].at == first.started_at + timedelta(seconds=40)
    assert world.recipients(RecipientStatus.SENT)[0].attempts == 1


# Breaker --------------------------------------------------------------------------------------------------------------


async def test_six_errors_in_a_row_open_the_breaker_and_one_probe_closes_it(world: World):
    one = world.instance()
    campaign = world.campaign(30, [one])
    world.gateway.of_instance[one] = BUSY
    engine = world.start()
    await world.until(lambda: bool(world.events(EventType.BREAKER_OPENED)))
    await world.pass_time(30)
    assert world.gateway.requests[one] == 6
    rule, until = engine.why_idle(one) or ("", None)
    assert (rule, until is not None) == ("breaker_open", True)
    del world.gateway.of_instance[one]
    await world.finish(campaign)
    assert len(world.events(EventType.BREAKER_CLOSED)) == 1
    assert world.counts(campaign).sent == 30


async def test_a_probe_that_fails_opens_the_breaker_for_longer(world: World):
    one = world.instance(InstanceLimits(per_hour=None, min_gap_s=0.0, max_in_flight=5))
    world.campaign(30, [one])
    world.gateway.of_instance[one] = Behaviour(BUSY.outcome, takes_s=1)
    world.start()
    await world.pass_time(200)
    opened = [event.at for event in world.events(EventType.BREAKER_OPENED)]
    # A minute, then two; a probe takes a second.
    assert [gap.total_seconds() for gap in gaps(opened)] == [61, 121]
    # Five that left together, five that followed them before the sixth error, and exactly one probe each time.
    assert world.gateway.requests[one] == 12


async def test_a_probe_that_could_not_be_claimed_was_none(world: World):
    """Whoever was to be the probe has opted out meanwhile: the next one is it, and nobody waits for ever."""
    one = world.instance()
    campaign = world.campaign(12, [one])
    world.gateway.of_instance[one] = BUSY
    world.start()
    await world.until(lambda: bool(world.events(EventType.BREAKER_OPENED)))
    for n in range(11):
        world.contact(phone(n)).opted_out_at = world.clock.now()
    del world.gateway.of_instance[one]
    await world.finish(campaign, within_s=200)
    assert world.gateway.phones == [phone(11)]


# State ----------------------------------------------------------------------------------------------------------------


async def test_nothing_leaves_before_the_gateway_has_said_that_it_is_connected(world: World):
    one = world.instance()
    world.gateway.states[one] = ConnectionState.NEEDS_QR
    campaign = world.campaign(2, [one])
    engine = world.start()
    await world.pass_time(60)
    assert world.gateway.requests[one] == 0
    assert engine.why_idle(one) == ("disconnected", None)
    assert world.rows.instances[one].state is ConnectionState.NEEDS_QR
    world.gateway.states[one] = ConnectionState.CONNECTED
    await world.finish(campaign, within_s=20)


async def test_bad_news_of_a_gateway_stops_the_lane_at_once(world: World):
    one = world.instance()
    campaign = world.campaign(20, [one], pace=Pace((1.0, 1.0), None, None, None))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 3)
    world.gateway.report(one, ConnectionState.NEEDS_QR)
    await world.pass_time(10)
    assert len(world.gateway.left) == 3
    world.gateway.report(one, ConnectionState.CONNECTED)
    await world.finish(campaign)


async def test_a_report_about_an_unknown_instance_is_no_news(world: World):
    one = world.instance()
    world.start()
    await world.pass_time(1)
    client = world.gateway.clients[0]
    world.remove_instance(one)
    deliver = client.deliver
    await world.pass_time(1)
    assert deliver is not None
    deliver([StateChanged(one, "needs_qr")])
    await world.pass_time(1)


async def test_an_instance_that_is_down_is_asked_and_goes_on_when_it_is_up(world: World):
    one = world.instance()
    campaign = world.campaign(5, [one])
    world.gateway.expect(phone(1), DOWN)
    world.gateway.expect(phone(2), DOWN, DOWN)
    await world.finish(campaign, within_s=30)
    assert world.counts(campaign).sent == 5
    assert {row.attempts for row in world.rows.recipients.values()} == {1}


# Added, edited, removed -----------------------------------------------------------------------------------------------


async def test_an_instance_added_while_running_is_opened(world: World):
    one = world.instance()
    world.gateway.states[one] = ConnectionState.NEEDS_QR
    campaign = world.campaign(4, [one])
    world.start()
    await world.pass_time(5)
    two = world.instance()
    world.give_instances(campaign, [one, two])
    await world.pass_time(2)
    assert world.rows.instances[two].state is ConnectionState.CONNECTED


async def test_an_instance_removed_while_a_request_is_under_way_is_closed_after_it(world: World):
    one, two = world.instance(), world.instance()
    world.gateway.of_instance[one] = Behaviour(takes_s=30)
    campaign = world.campaign(6, [one, two], rotation=Rotation.ROUND_ROBIN)
    world.start()
    await world.until(lambda: world.gateway.in_flight[one] == 1)
    client = next(c for c in world.gateway.clients if c.instance.id == one)
    world.remove_instance(one)
    await world.pass_time(5)
    assert not client.is_closed
    await world.finish(campaign)
    assert client.is_closed
    assert world.counts(campaign).sent == 6
    assert world.gateway.requests[one] == 1


@pytest.mark.parametrize("outcome", [STOPPED, DOWN, Behaviour(NotSent("unreachable"))])
async def test_an_outcome_of_an_instance_that_is_gone_harms_nobody(world: World, outcome: Behaviour):
    one, two = world.instance(), world.instance()
    world.gateway.of_instance[one] = Behaviour(outcome.outcome, takes_s=10)
    campaign = world.campaign(4, [one, two], rotation=Rotation.ROUND_ROBIN)
    world.start()
    await world.until(lambda: world.gateway.in_flight[one] == 1)
    world.remove_instance(one)
    await world.finish(campaign)
    assert world.counts(campaign).sent == 4


async def test_an_instance_removed_at_the_moment_its_state_is_kept_harms_nobody(world: World):
    one, two = world.instance(), world.instance()

    def remove(moment: str) -> None:
        if moment == "set_instance_state:before" and one in world.rows.instances:
            world.remove_instance(one)

    world.on_step = remove
    campaign = world.campaign(4, [one, two])
    await world.finish(campaign)


async def test_a_new_address_gets_a_new_client_and_the_old_one_its_answers(world: World):
    one = world.instance()
    campaign = world.campaign(6, [one])
    world.gateway.expect(phone(1), Behaviour(takes_s=20))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 2)
    world.change_instance(one, base_url="http://elsewhere")
    await world.pass_time(5)
    old, new = world.gateway.clients
    assert (old.is_closed, old.deliver) == (False, None)
    assert (new.instance.base_url, new.deliver is not None) == ("http://elsewhere", True)
    await world.finish(campaign)
    assert old.is_closed
    assert world.gateway.twice == {}


async def test_an_edit_that_does_not_concern_the_connection_keeps_the_client(world: World):
    one = world.instance()
    world.start()
    await world.pass_time(2)
    world.change_instance(one, limits=FIVE_A_DAY)
    await world.pass_time(2)
    assert len(world.gateway.clients) == 1


async def test_a_paused_instance_gets_a_new_client_for_its_key_may_be_another(world: World):
    one = world.instance()
    world.gateway.of_instance[one] = STOPPED
    campaign = world.campaign(3, [one])
    world.start()
    await world.until(lambda: world.rows.instances[one].pause_reason is not None)
    del world.gateway.of_instance[one]
    world.change_instance(one)
    await world.pass_time(1)
    assert len(world.gateway.clients) == 2
    world.ledger.set_pause_now(one, None, world.clock.now(), {})
    await world.finish(campaign)


async def test_without_a_token_the_others_go_on_and_an_edit_tries_again(world: World, log_watch: LogWatch):
    log_watch.expect("instance number-. cannot be used: token_missing")
    one, two = world.instance(), world.instance()
    keys = {two}
    open_client = world.factory

    def factory(instance: Instance) -> GatewayClient:
        if instance.id not in keys:
            raise KnownError("token_missing", "There is no key.")
        return open_client(instance)

    world.factory = factory
    campaign = world.campaign(4, [one, two])
    engine = world.start()
    await world.pass_time(3)
    assert world.counts(campaign).sent == 4
    assert engine.why_idle(one) is None
    keys.add(one)
    world.change_instance(one)
    await world.pass_time(1)
    assert set(engine.lanes) == {one, two}
    # A key that is gone later keeps the client that there is.
    keys.clear()
    world.change_instance(two, base_url="http://elsewhere")
    await world.pass_time(1)
    assert set(engine.lanes) == {one, two}
    await world.stop()


async def test_a_limit_that_is_set_while_running_knows_the_hour_before(world: World):
    one = world.instance()
    campaign = world.campaign(60, [one], pace=Pace((10.0, 10.0), None, None, None))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 20)
    world.change_instance(one, limits=InstanceLimits(per_hour=22, min_gap_s=0.0))
    await world.pass_time(300)
    assert world.counts(campaign).sent == 22


async def test_an_instance_opened_again_after_the_clock_was_set_forward_keeps_its_hour(world: World):
    """Removed and added again by the row: what it sent before the jump is as old as it was."""
    one = world.instance(InstanceLimits(per_hour=10, min_gap_s=0.0))
    world.campaign(60, [one])
    world.start()
    await world.until(lambda: len(world.gateway.left) == 10)
    world.clock.jump(2 * 3600)
    row = world.rows.instances[one]
    world.remove_instance(one)
    await world.pass_time(2)
    world.rows.instances[one] = row
    world.rows.revision += 1
    await world.pass_time(60)
    assert len(world.gateway.left) == 10


async def test_a_raised_limit_never_lets_more_leave_than_itself(world: World):
    one = world.instance(InstanceLimits(per_hour=10, min_gap_s=0.0))
    world.campaign(60, [one])
    world.start()
    await world.pass_time(60)
    assert len(world.gateway.left) == 10
    world.change_instance(one, limits=InstanceLimits(per_hour=25, min_gap_s=0.0))
    await world.pass_time(60)
    world.change_instance(one, limits=InstanceLimits(per_hour=40, min_gap_s=0.0))
    await world.pass_time(60)
    moments = [left.at for left in world.gateway.left]
    assert (len(moments), fullest(moments, HOUR)) == (40, 40)


async def test_a_new_time_zone_begins_its_own_day(world: World):
    one = world.instance(FIVE_A_DAY)
    campaign = world.campaign(8, [one])
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 5)
    # In Auckland (UTC+13) it is 01:00 of the next day: what left an hour ago or less counts, as it left in that day.
    world.change_instance(one, timezone="Pacific/Auckland")
    await world.pass_time(2)
    assert world.counts(campaign).sent == 5
    # In Kiritimati (UTC+14) likewise; in Honolulu the day began ten hours ago.
    world.change_instance(one, timezone="Pacific/Honolulu")
    await world.pass_time(2)
    assert world.counts(campaign).sent == 5


async def test_what_leaves_while_the_day_is_counted_anew_counts_in_it(world: World):
    """A message that is decided, sent and answered while the ledger is being asked is in no answer of it."""
    one = world.instance(FIVE_A_DAY)
    campaign = world.campaign(12, [one], pace=Pace((1.0, 1.0), None, None, None))
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 2)
    ask = world.ledger.departures

    async def slow(instance_id: InstanceId, since: datetime) -> Sequence[datetime]:
        found = await ask(instance_id, since)
        await world.clock.sleep(2.5)
        return found

    world.ledger.departures = slow  # type: ignore[method-assign]
    world.change_instance(one, timezone="Pacific/Auckland")
    await world.pass_time(60)
    assert world.counts(campaign).sent == 5


async def test_the_gap_between_two_messages_of_an_instance_is_kept(world: World):
    campaign = world.campaign(20, [world.instance(InstanceLimits(per_hour=None, min_gap_s=0.5))])
    await world.finish(campaign)
    moments = [left.at for left in world.gateway.left]
    assert set(gaps(moments)) == {timedelta(seconds=0.5)}


async def test_health_is_not_hurt_by_a_missing_network(world: World):
    one = world.instance()
    campaign = world.campaign(3, [one])
    for n in range(3):
        world.gateway.expect(phone(n), Behaviour(NotSent("unreachable")), ACCEPT)
    engine = world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.COMPLETED)
    assert engine.lanes[one].health == 100.0


async def test_a_test_of_an_operator_counts_against_the_number_while_it_works(world: World):
    one = world.instance(FIVE_A_DAY)
    world.rows.trials.append((one, world.clock.now()))  # before the lane opens: the ledger counts it among departures
    campaign = world.campaign(8, [one], pace=Pace((10.0, 10.0), None, None, None))
    world.start()
    await world.pass_time(5)
    world.rows.trials.append((one, world.clock.now()))
    world.rows.trials.append((InstanceId(99), world.clock.now()))
    world.rows.revision += 1
    await world.pass_time(120)
    assert world.counts(campaign).sent == 4
    assert world.rows.instances[one].pause_reason == "daily_limit"
    await world.stop()


async def test_a_shorter_rest_does_not_end_a_longer_one(world: World):
    """Several are under way: one is told to wait for an hour, the others only to slow down."""
    number = world.instance(MANY)
    world.campaign(3, [number])
    slower = Rejected(ErrorClass.THROTTLE, "rate_limited")
    world.gateway.expect(
        phone(0), Behaviour(Rejected(ErrorClass.THROTTLE, "rate_limited", retry_after_s=3600), takes_s=1)
    )
    world.gateway.expect(phone(1), Behaviour(slower, takes_s=2))
    world.gateway.expect(phone(2), Behaviour(slower, takes_s=2))
    world.start()
    await world.pass_time(600)
    assert world.gateway.requests[number] == 3
    await world.until(lambda: len(world.gateway.left) == 3, 3600)


async def test_while_a_breaker_probes_an_older_answer_lets_no_second_probe_through(world: World):
    """The older message went to a bad contact, and its answer took longer than the breaker's rest."""
    number = world.instance(MANY)
    campaign = world.campaign(8, [number])
    wrong = Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp")
    world.gateway.expect(phone(0), Behaviour(wrong, takes_s=75))
    for n in range(1, 8):
        fails = Behaviour(Rejected(ErrorClass.TRANSIENT, "server_error"), takes_s=1)
        world.gateway.expect(phone(n), fails, Behaviour(takes_s=30))
    engine = world.start()
    await world.until(lambda: world.gateway.requests[number] == 9)
    assert engine.lanes[number].breaker.state is BreakerState.HALF_OPEN
    await world.until(lambda: world.counts(campaign).failed == 1)
    await world.pass_time(5)
    assert world.gateway.requests[number] == 9
    await world.until(lambda: world.counts(campaign).sent == 7)
