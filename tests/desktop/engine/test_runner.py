"""A campaign's way through its recipients: in order, at its pace, paused and taken up, over exactly once."""

from dataclasses import replace
from datetime import timedelta
from math import ceil

import pytest

from desktop.domain.campaign import CampaignAction, CampaignStatus, Pace, RetryPlan
from desktop.domain.events import EventType
from desktop.domain.instance import InstanceLimits
from desktop.domain.outcome import ErrorClass, NotProvable, Rejected
from desktop.domain.receipt import ReceiptKind
from desktop.domain.recipient import RecipientStatus
from desktop.engine.recipients import PAGE
from desktop.policy.limits import HOUR
from tests.conftest import LogWatch
from tests.desktop.engine.world import AT_ONCE, NO_LIMITS, World, fullest, gaps, phone
from tests.fakes.gateway import LOSE_ANSWER, LOSE_REQUEST, Behaviour

BUSY = Behaviour(Rejected(ErrorClass.TRANSIENT, "busy", http_status=500))
BAD_MEDIA = Behaviour(Rejected(ErrorClass.MEDIA_FAULT, "media_unreadable"))
MANY = InstanceLimits(per_hour=None, min_gap_s=0.0, max_in_flight=20)
MINUTE = timedelta(minutes=1)


async def test_everybody_is_sent_to_once_in_order(world: World):
    campaign = world.campaign(2 * PAGE + 50, [world.instance(), world.instance()])
    await world.finish(campaign)
    assert world.gateway.phones == [phone(n) for n in range(2 * PAGE + 50)]
    assert world.counts(campaign).sent == 2 * PAGE + 50
    assert [e.fact.campaign_id for e in world.events(EventType.COMPLETED)] == [campaign]


async def test_an_empty_campaign_is_complete_at_once(world: World):
    campaign = world.campaign(0, [world.instance()])
    await world.finish(campaign)
    assert len(world.events(EventType.COMPLETED)) == 1


async def test_a_pause_at_the_very_end_comes_before_the_completion(world: World):
    campaign = world.campaign(2, [world.instance()])

    def pause(moment: str) -> None:
        if moment == "finish_if_done:before" and world.status(campaign) is CampaignStatus.RUNNING:
            world.on_step = None
            world.act(campaign, CampaignAction.PAUSE)

    world.on_step = pause
    world.start()
    await world.pass_time(5)
    assert world.status(campaign) is CampaignStatus.PAUSED
    world.act(campaign, CampaignAction.RESUME)
    await world.finish(campaign)
    assert len(world.events(EventType.COMPLETED)) == 1


async def test_a_campaign_without_a_start_has_no_grace(world: World):
    world.start_grace_s = 3600.0
    campaign = world.campaign(2, [world.instance()])
    world.rows.campaigns[campaign] = replace(world.rows.campaigns[campaign], started_at=None)
    await world.finish(campaign, within_s=10)


async def test_who_lacks_a_value_is_skipped_and_costs_no_departure(world: World):
    campaign = world.campaign(3, [world.instance()])
    world.contact(phone(1)).name = "?"
    await world.finish(campaign)
    assert world.gateway.phones == [phone(0), phone(2)]
    assert world.recipients(RecipientStatus.SKIPPED)[0].reason == "missing_value"


# Pace -----------------------------------------------------------------------------------------------------------------


async def test_the_random_gap_is_kept_between_messages(world: World):
    campaign = world.campaign(8, [world.instance()], pace=Pace((14.0, 38.0), None, None, None))
    await world.finish(campaign)
    seconds = [gap.total_seconds() for gap in gaps([left.at for left in world.gateway.left])]
    assert all(14.0 <= each <= 38.1 for each in seconds)
    assert len(set(seconds)) > 3


@pytest.mark.usefixtures("patient")
async def test_the_hour_and_the_burst_of_the_pace_are_never_exceeded(world: World):
    campaign = world.campaign(60, [world.instance()], pace=Pace((0.0, 0.0), 50, 2.0, 5))
    await world.finish(campaign, within_s=4000)
    moments = [left.at for left in world.gateway.left]
    assert fullest(moments, HOUR) == 50
    assert fullest(moments, timedelta(seconds=1)) <= 5 + 2
    assert moments[5] - moments[0] >= timedelta(seconds=0.5)


@pytest.mark.usefixtures("patient")
async def test_the_pace_goes_on_after_a_restart_where_it_was(world: World):
    campaign = world.campaign(9, [world.instance()], pace=Pace((20.0, 20.0), 5, None, None))
    for _ in range(6):
        world.start()
        await world.pass_time(31)
        await world.crash()
    await world.finish(campaign, within_s=4000)
    moments = [left.at for left in world.gateway.left]
    assert fullest(moments, HOUR) == 5
    assert min(gaps(moments)) >= timedelta(seconds=20)


async def test_a_token_bucket_is_not_refilled_by_a_restart(world: World):
    """An empty bucket looks full when only the last few departures are looked at."""
    campaign = world.campaign(900, [world.instance(MANY)], pace=Pace((0.0, 0.0), None, 2.0, 10))
    for _ in range(4):
        world.start()
        await world.pass_time(70)
        await world.stop()
        await world.clock.sleep(0.5)
    assert world.status(campaign) is CampaignStatus.RUNNING
    moments = [left.at for left in world.gateway.left]
    for window_s in (1, 5, 20, 60, 240):
        assert fullest(moments, timedelta(seconds=window_s)) <= 10 + 2 * window_s


async def test_what_did_not_leave_does_not_use_up_the_hour(world: World):
    campaign = world.campaign(8, [world.instance()], pace=Pace((0.0, 0.0), 10, None, None))
    for n in range(3):
        world.gateway.expect(phone(n), Behaviour(Rejected(ErrorClass.INSTANCE_DOWN, "connection_closed")))
    await world.finish(campaign, within_s=200)
    assert len(world.gateway.left) == 8


# Pause, resume, cancel ------------------------------------------------------------------------------------------------


async def test_a_pause_awaits_what_is_in_flight_and_a_resume_goes_on_there(world: World):
    campaign = world.campaign(10, [world.instance()])
    world.gateway.expect(phone(3), Behaviour(takes_s=7))
    engine = world.start()
    await world.until(lambda: len(world.gateway.left) == 4)
    world.act(campaign, CampaignAction.PAUSE)
    await world.pass_time(3)
    assert engine.in_flight == 1
    assert world.counts(campaign).sending == 1
    await world.pass_time(10)
    assert (engine.in_flight, world.counts(campaign).sent) == (0, 4)
    world.act(campaign, CampaignAction.RESUME)
    await world.finish(campaign)
    assert world.gateway.phones == [phone(n) for n in range(10)]


async def test_a_resume_while_the_last_answer_is_awaited_is_not_lost(world: World):
    campaign = world.campaign(10, [world.instance()])
    world.gateway.expect(phone(3), Behaviour(takes_s=20))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 4)
    world.act(campaign, CampaignAction.PAUSE)
    await world.pass_time(2)
    world.act(campaign, CampaignAction.RESUME)
    await world.pass_time(2)
    assert len(world.gateway.left) == 4
    await world.finish(campaign)
    assert world.gateway.phones == [phone(n) for n in range(10)]


async def test_a_cancel_stops_at_once_and_what_was_in_flight_is_recorded(world: World):
    campaign = world.campaign(10, [world.instance()])
    world.gateway.expect(phone(3), Behaviour(takes_s=7))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 4)
    world.act(campaign, CampaignAction.CANCEL)
    await world.pass_time(20)
    await world.stop()
    counts = world.counts(campaign)
    assert (counts.sent, counts.failed, counts.total) == (4, 6, 10)
    assert {row.reason for row in world.recipients(RecipientStatus.FAILED)} == {"cancelled"}


@pytest.mark.parametrize("step", range(0, 60, 4))
async def test_a_pause_at_any_step_loses_nobody(world: World, step: int):
    campaign = world.campaign(6, [world.instance(), world.instance()])
    seen = 0

    def pause(_moment: str) -> None:
        nonlocal seen
        seen += 1
        if seen == step and world.status(campaign) is CampaignStatus.RUNNING:
            world.act(campaign, CampaignAction.PAUSE)

    world.on_step = pause
    world.start()
    await world.pass_time(5)
    if world.status(campaign) is CampaignStatus.PAUSED:
        assert world.counts(campaign).sending == 0
        world.act(campaign, CampaignAction.RESUME)
    await world.finish(campaign)
    assert sorted(world.gateway.phones) == [phone(n) for n in range(6)]


# Retries --------------------------------------------------------------------------------------------------------------


async def test_retries_back_off_and_then_give_up_with_a_reason(world: World):
    campaign = world.campaign(1, [world.instance()], retry=RetryPlan(4, 10, 25))
    world.gateway.expect(phone(0), *[BUSY] * 9)
    await world.finish(campaign)
    started = [attempt.started_at for attempt in world.rows.attempts.values()]
    waited = [gap.total_seconds() for gap in gaps(started)]
    assert len(waited) == 3
    for seconds, base in zip(waited, (10, 20, 25), strict=True):
        assert base <= seconds <= base * 1.2 + 1.1
    row = world.recipients(RecipientStatus.FAILED)[0]
    assert (row.reason, row.attempts) == ("retries_exhausted", 4)


async def test_a_longer_retry_after_of_the_gateway_wins(world: World):
    campaign = world.campaign(1, [world.instance()], retry=RetryPlan(2, 10, 25))
    world.gateway.expect(phone(0), Behaviour(Rejected(ErrorClass.TRANSIENT, "busy", retry_after_s=90)))
    await world.finish(campaign)
    first, second = (attempt.started_at for attempt in world.rows.attempts.values())
    assert second - first >= timedelta(seconds=90)


async def test_a_retry_does_not_wait_behind_a_long_page(world: World):
    pace = Pace((5.0, 5.0), None, None, None)
    campaign = world.campaign(100, [world.instance()], pace=pace, retry=RetryPlan(3, 10, 60))
    world.gateway.expect(phone(0), BUSY)
    world.start()
    await world.until(lambda: phone(0) in world.gateway.phones)
    assert len(world.gateway.left) <= 4
    assert world.counts(campaign).pending > 90


async def test_a_retry_is_made_while_the_last_answer_is_awaited(world: World):
    campaign = world.campaign(2, [world.instance(MANY)], retry=RetryPlan(3, 5, 60))
    world.gateway.expect(phone(0), BUSY)
    world.gateway.expect(phone(1), Behaviour(takes_s=60))
    world.start()
    await world.until(lambda: world.gateway.phones == [phone(1), phone(0)], within_s=10)
    await world.finish(campaign)


async def test_one_bad_contact_does_not_halt_the_others(world: World):
    campaign = world.campaign(50, [world.instance()])
    for n in range(0, 50, 2):
        world.gateway.expect(phone(n), Behaviour(Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp")))
    await world.finish(campaign, within_s=10)
    counts = world.counts(campaign)
    assert (counts.sent, counts.failed) == (25, 25)
    assert {row.reason for row in world.recipients(RecipientStatus.FAILED)} == {"not_on_whatsapp"}


# Faults of the campaign itself ----------------------------------------------------------------------------------------


async def test_three_faults_of_the_content_in_a_row_pause_the_campaign(world: World):
    campaign = world.campaign(10, [world.instance()])
    world.gateway.behaviour = BAD_MEDIA
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    await world.pass_time(3)
    assert world.rows.campaigns[campaign].reason == "media_unreadable"
    assert (world.counts(campaign).failed, world.counts(campaign).pending) == (3, 7)
    assert len(world.events(EventType.PAUSED)) == 1


async def test_a_success_in_between_begins_the_count_anew(world: World):
    campaign = world.campaign(9, [world.instance()])
    for n in (0, 1, 3, 4, 6, 7):
        world.gateway.expect(phone(n), BAD_MEDIA)
    await world.finish(campaign)
    assert (world.counts(campaign).failed, world.counts(campaign).sent) == (6, 3)


async def test_an_answer_that_pauses_the_campaign_burns_no_attempt(world: World):
    campaign = world.campaign(10, [world.instance(MANY)])
    world.gateway.behaviour = Behaviour(Rejected(ErrorClass.CAMPAIGN_PAUSE, "template_paused"), takes_s=1)
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    await world.pass_time(3)
    assert world.rows.campaigns[campaign].reason == "template_paused"
    assert world.counts(campaign).pending == 10
    assert {row.attempts for row in world.rows.recipients.values()} == {0}
    assert len(world.events(EventType.PAUSED)) == 1


async def test_somebody_cancels_while_a_fault_pauses(world: World):
    """The pause comes too late: nothing to stop the engine for."""
    campaign = world.campaign(10, [world.instance()])
    world.gateway.behaviour = BAD_MEDIA

    def cancel(moment: str) -> None:
        if moment == "act:before" and world.status(campaign) is CampaignStatus.RUNNING:
            world.act(campaign, CampaignAction.CANCEL)

    world.on_step = cancel
    world.start()
    await world.pass_time(10)
    await world.stop()
    assert world.status(campaign) is CampaignStatus.CANCELLED


# Doubt at the end -----------------------------------------------------------------------------------------------------


async def test_hopeless_doubts_alone_pause_the_campaign_and_the_operator_ends_them(world: World):
    campaign = world.campaign(5, [world.instance()])
    world.gateway.expect(phone(1), LOSE_ANSWER)
    world.gateway.verdict = NotProvable("not_stored")
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.rows.campaigns[campaign].reason == "answer_lost"
    counts = world.counts(campaign)
    assert (counts.sent, counts.in_doubt) == (4, 1)
    world.ledger.resolve_now(campaign, as_sent=True, now=world.clock.now())
    world.act(campaign, CampaignAction.RESUME)
    await world.finish(campaign)
    assert world.gateway.twice == {}


async def test_resume_asks_once_more_for_what_was_given_up(world: World):
    campaign = world.campaign(2, [world.instance()])
    world.gateway.expect(phone(1), LOSE_ANSWER)
    world.gateway.verdict = NotProvable("not_stored")
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    world.gateway.verdict = None
    world.act(campaign, CampaignAction.RESUME)
    await world.finish(campaign, within_s=10)
    assert world.counts(campaign).sent == 2


async def test_a_fresh_doubt_beside_a_hopeless_one_is_asked_for_before_the_campaign_pauses(world: World):
    campaign = world.campaign(2, [world.instance(MANY)])
    world.gateway.expect(phone(0), LOSE_ANSWER)
    world.gateway.expect(phone(1), Behaviour(LOSE_ANSWER.outcome, leaves=True, takes_s=60))
    world.gateway.verdict = NotProvable("not_stored")
    world.start()
    await world.until(lambda: world.counts(campaign).in_doubt == 1)
    await world.pass_time(30)
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.gateway.searches.count(phone(1)) == 3


@pytest.mark.parametrize("as_sent", [True, False])
async def test_the_operators_word_is_noticed_within_a_second_or_so(world: World, as_sent: bool):
    """From another process, while the campaign only waits for a doubt and for a retry in an hour."""
    campaign = world.campaign(3, [world.instance()], retry=RetryPlan(2, 3600, 3600))
    world.gateway.expect(phone(0), LOSE_REQUEST)
    world.gateway.expect(phone(1), BUSY)
    world.gateway.verdict = NotProvable("unreachable")
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 1)
    await world.pass_time(30)
    world.ledger.resolve_now(campaign, as_sent=as_sent, now=world.clock.now())
    await world.pass_time(2.5)
    assert (phone(0) in world.gateway.phones) is not as_sent
    assert world.counts(campaign).sent == 2


async def test_the_last_doubt_ended_by_the_operator_completes_the_campaign(world: World):
    campaign = world.campaign(1, [world.instance()])
    world.gateway.expect(phone(0), LOSE_ANSWER)
    world.gateway.verdict = NotProvable("unreachable")
    world.start()
    await world.until(lambda: world.counts(campaign).in_doubt == 1)
    await world.pass_time(5)
    world.ledger.resolve_now(campaign, as_sent=True, now=world.clock.now())
    await world.until(lambda: world.status(campaign) is CampaignStatus.COMPLETED, within_s=2)


async def test_waiting_asks_the_ledger_about_once_a_second(world: World):
    campaign = world.campaign(1, [world.instance()])
    world.gateway.expect(phone(0), LOSE_ANSWER)
    world.gateway.verdict = NotProvable("unreachable")
    world.start()
    await world.until(lambda: world.counts(campaign).in_doubt == 1)
    asked = {"counts:before": 0, "finish_if_done:before": 0}

    def count(moment: str) -> None:
        if moment in asked:
            asked[moment] += 1

    world.on_step = count
    await world.pass_time(60)
    assert 55 <= asked["counts:before"] <= 90
    assert asked["finish_if_done:before"] == 0


async def test_a_count_that_nobody_answers_to_does_not_make_a_tight_loop(world: World):
    """Rows and counters should agree; should they ever not, the engine waits and looks again."""
    campaign = world.campaign(1, [world.instance()])
    world.gateway.expect(phone(0), Behaviour(takes_s=2))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 1)
    world.rows._counts[campaign][RecipientStatus.PENDING] += 1
    asked = 0

    def count(moment: str) -> None:
        nonlocal asked
        asked += moment == "pending:before"

    world.on_step = count
    await world.pass_time(62)
    assert 50 <= asked <= 130


# Opt-out and receipts in the middle -----------------------------------------------------------------------------------


async def test_who_asks_to_stop_in_the_middle_hears_nothing_more(world: World):
    one = world.instance()
    first = world.campaign(3, [one], pace=Pace((10.0, 10.0), None, None, None))
    second = world.campaign([phone(0), phone(1), phone(2)], [one], pace=Pace((60.0, 60.0), None, None, None))
    world.start()
    await world.until(lambda: world.counts(first).sent == 3)
    world.gateway.reply(phone(2), " sair ", one)
    world.gateway.reply(phone(0), "obrigada", one)
    await world.finish(second)
    assert world.gateway.phones.count(phone(2)) == 1
    assert world.counts(second).skipped == 1
    assert len(world.events(EventType.OPTED_OUT)) == 1
    assert len(world.events(EventType.REPLIED)) == 2


async def test_receipts_early_twice_and_backwards_lead_upwards_only(world: World):
    kinds = ReceiptKind
    campaign = world.campaign(4, [world.instance()])
    world.gateway.expect(phone(0), Behaviour(early_receipts=(kinds.DELIVERED,), receipts=(kinds.READ, kinds.READ)))
    world.gateway.expect(phone(1), Behaviour(receipts=(kinds.READ, kinds.DELIVERED, kinds.SENT)))
    world.gateway.expect(phone(2), Behaviour(early_receipts=(kinds.SENT, kinds.DELIVERED, kinds.DELIVERED)))
    world.gateway.expect(phone(3), Behaviour(receipts=(kinds.FAILED,)))
    await world.finish(campaign)
    statuses = [row.status.value for row in world.rows.recipients.values()]
    assert statuses == ["read", "read", "delivered", "failed"]


# Several campaigns ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("patient")
async def test_campaigns_on_one_instance_never_exceed_its_limits_together(world: World):
    one = world.instance(InstanceLimits(per_hour=40, per_minute=6, min_gap_s=1.0))
    campaigns = [world.campaign(20, [one]) for _ in range(3)]
    await world.finish(*campaigns, within_s=2 * 3600)
    moments = [left.at for left in world.gateway.left]
    assert len(moments) == 60
    assert fullest(moments, HOUR) == 40
    assert fullest(moments, MINUTE) == 6
    assert min(gaps(moments)) >= timedelta(seconds=1)
    assert world.gateway.most_in_flight[one] == 1


async def test_campaigns_on_one_instance_take_turns(world: World):
    one = world.instance()
    world.gateway.behaviour = Behaviour(takes_s=1)
    first, second, third = (world.campaign(20, [one]) for _ in range(3))
    world.start()
    await world.until(lambda: len(world.gateway.left) >= 30)
    shares = [world.counts(campaign).sent for campaign in (first, second, third)]
    assert min(shares) >= 8


async def test_five_campaigns_run_at_once_and_the_sixth_waits(world: World):
    one = world.instance(MANY)
    campaigns = [world.campaign(3, [one], pace=Pace((5.0, 5.0), None, None, None)) for _ in range(6)]
    world.start()
    await world.pass_time(3)
    assert [world.counts(c).sent for c in campaigns] == [1, 1, 1, 1, 1, 0]
    await world.finish(*campaigns)
    assert len(world.gateway.left) == 18


async def test_many_in_flight_up_to_the_limit_and_no_further(world: World):
    one = world.instance(MANY)
    world.gateway.behaviour = Behaviour(takes_s=10)
    campaign = world.campaign(100, [one])
    began = world.clock.monotonic()
    await world.finish(campaign)
    assert world.gateway.most_in_flight[one] == 20
    assert world.clock.monotonic() - began < 10 * ceil(100 / 20) + 5


async def test_without_an_instance_a_campaign_waits_until_there_is_one(world: World):
    gone = world.instance()
    campaign = world.campaign(2, [gone])
    world.remove_instance(gone)
    engine = world.start()
    await world.pass_time(5)
    assert engine.next_departure(campaign) == ("no_instance", None)
    world.act(campaign, CampaignAction.PAUSE)
    await world.pass_time(2)
    assert engine.next_departure(campaign) is None
    again = world.instance()
    world.give_instances(campaign, [again])
    world.act(campaign, CampaignAction.RESUME)
    await world.finish(campaign)
    assert world.counts(campaign).sent == 2


async def test_a_campaign_says_what_it_waits_for(world: World):
    one = world.instance()
    campaign = world.campaign(3, [one], pace=Pace((30.0, 30.0), None, None, None))
    engine = world.start()
    await world.until(lambda: len(world.gateway.left) == 1)
    await world.pass_time(1)
    assert engine.next_departure(campaign) == ("pace_delay", world.gateway.left[0].at + timedelta(seconds=30))
    assert engine.why_idle(one) is None
    world.act(campaign, CampaignAction.PAUSE)
    await world.pass_time(1)
    assert engine.why_idle(one) == ("nothing_to_do", None)


async def test_a_runner_that_dies_stops_the_engine_loudly(world: World, log_watch: LogWatch):
    log_watch.expect("task campaign:1 ended with an error")
    campaign = world.campaign(3, [world.instance()], pace=AT_ONCE)
    world.rows.variations[campaign] = ()
    world.start()
    with pytest.raises(IndexError):
        await world.life
    assert world.rows.runs[max(world.rows.runs)] is not None


async def test_an_error_after_the_answer_stops_the_engine_loudly(world: World, log_watch: LogWatch):
    log_watch.expect("task send:. ended with an error")
    world.campaign(3, [world.instance(NO_LIMITS)])
    engine = world.start()

    def fail(_sent: object) -> None:
        raise ArithmeticError("bookkeeping")

    engine.lane_settled = fail  # type: ignore[method-assign]
    with pytest.raises(ArithmeticError):
        await world.life
