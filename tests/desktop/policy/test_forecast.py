"""The estimate comes from the plan: pace, limits of the numbers, allowance of the days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from desktop.domain.campaign import CampaignStatus, Draft, Pace, SendWindow
from desktop.domain.ids import CampaignId, InstanceId, WorkspaceId
from desktop.domain.instance import ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.summaries import CampaignCounts, CampaignSummary, InstanceSummary, NumberHistory, ReplyHistory
from desktop.policy.forecast import Capacity, Forecast, forecast, forecast_of, retry_share
from desktop.policy.pacing import pace_rate
from desktop.policy.reply_forecast import Basis
from desktop.policy.standing import Standing
from desktop.policy.waiting import Rule

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FREE = Pace(delay_s=(0, 0), per_hour=None, per_second=None, burst=None)


def capacity(sent_today: int = 0, **limits: object) -> Capacity:
    return Capacity(InstanceLimits(**{"per_hour": None, "min_gap_s": 1.0, **limits}), "UTC", sent_today)  # type: ignore[arg-type]


def finish_estimate(
    remaining: int, pace: Pace, capacities: Sequence[Capacity], now: datetime, answer_s: float = 0.3
) -> datetime | None:
    found = forecast(remaining, pace, capacities, now, answer_s)
    return found.likely if found else None


def seconds_of(finish: datetime | None) -> float:
    assert finish is not None
    return (finish - NOON).total_seconds()


def test_slowest_rule_of_the_pace_decides():
    assert pace_rate(Pace(delay_s=(10, 30), per_hour=100, per_second=2)) == pytest.approx(100 / 3600)
    assert pace_rate(Pace(delay_s=(60, 60), per_hour=100, per_second=2)) == pytest.approx(1 / 60)
    assert pace_rate(FREE) is None


def test_numbers_add_up_until_the_campaigns_own_pace_holds_them():
    three = [capacity() for _ in range(3)]
    assert seconds_of(finish_estimate(300, FREE, three, NOON)) == pytest.approx(99.3, abs=0.1)
    slow = Pace(delay_s=(10, 10), per_hour=None, per_second=None)
    assert seconds_of(finish_estimate(300, slow, three, NOON)) == pytest.approx(2990.3, abs=1)


def test_a_fresh_hour_lets_its_whole_limit_leave_at_full_speed():
    three = [capacity(per_hour=1000, min_gap_s=0.5) for _ in range(3)]
    assert seconds_of(finish_estimate(1667, FREE, three, NOON)) == pytest.approx(1667 / 6, rel=0.01)


def test_slow_answers_hold_what_the_gap_would_let_through():
    assert seconds_of(finish_estimate(100, FREE, [capacity(min_gap_s=0.0)], NOON, answer_s=2.0)) == pytest.approx(200)


def test_daily_limit_moves_the_rest_to_the_next_days():
    finish = finish_estimate(250, FREE, [capacity(per_day=100, sent_today=40)], NOON)
    # 60 today, 100 tomorrow, the last 90 on the third day.
    third_day = datetime(2026, 11, 23, tzinfo=UTC)
    assert finish is not None
    assert timedelta(seconds=85) < finish - third_day < timedelta(seconds=95)


def test_nothing_left_is_finished_now_and_no_instance_never():
    assert finish_estimate(0, FREE, [], NOON) == NOON
    assert finish_estimate(5, FREE, [], NOON) is None
    assert finish_estimate(5, FREE, [capacity(per_day=0)], NOON) is None


def test_a_curve_that_nobody_understands_is_taken_for_the_standard_one():
    def estimate(warmup: str) -> datetime | None:
        capacity = Capacity(InstanceLimits(per_hour=None), "UTC", 0, warmup)
        return finish_estimate(500, Pace((0.0, 0.0), None, None, None), [capacity], NOON)

    assert estimate("a few more every day") == estimate("standard")
    assert estimate("standard") != estimate("off")


def test_the_range_holds_the_likely_end_and_is_wider_with_random_gaps():
    even, random = Pace((60, 60), None, None, None), Pace((10, 110), None, None, None)
    narrow, wide = (forecast(100, pace, [capacity()], NOON) for pace in (even, random))
    assert narrow
    assert wide
    assert narrow.earliest <= narrow.likely < narrow.latest
    assert wide.earliest < wide.likely < wide.latest
    assert wide.latest - wide.earliest > narrow.latest - narrow.earliest
    assert forecast(0, even, [], NOON) == Forecast(NOON, NOON, NOON)
    assert forecast(5, even, [capacity(per_day=0)], NOON) is None


def number(name: int = 1, sent_today: int = 0, **about: object) -> InstanceSummary:
    limits = InstanceLimits(per_hour=None, min_gap_s=1.0)
    instance = Instance(
        InstanceId(name), WorkspaceId(1), f"n{name}", Gateway.CLOUD, "", "", "UTC", limits,
        ConnectionState.CONNECTED, NOON, **about,  # type: ignore[arg-type]
    )  # fmt: skip
    return InstanceSummary(instance, sent_today, 0, 0, 0, 0, 0, 0, None, None, None, None, 0)


DRAFT = Draft("Natal", pace=FREE)


def test_a_number_in_warm_up_goes_on_from_its_day_of_the_curve():
    yesterday, today = date(2026, 11, 20), date(2026, 11, 21)
    curve = "1:10 2:100 3:200"
    history = {InstanceId(1): NumberHistory(days=((yesterday, 10),))}
    begun = forecast_of(DRAFT, 100, [number(warmup=curve)], history, NOON)
    fresh = forecast_of(DRAFT, 100, [number(warmup=curve)], {}, NOON)
    assert begun is not None
    assert fresh is not None
    assert [day.messages for day in begun.days] == [100]
    assert begun.days[0].date == today
    assert [day.messages for day in fresh.days] == [10, 90]


def test_numbers_of_one_portfolio_take_what_is_left_of_its_limit_together():
    two = [number(n, portfolio_id="acme", messaging_limit="TIER_250") for n in (1, 2)]
    history = {InstanceId(1): NumberHistory(portfolio_used=50), InstanceId(2): NumberHistory(portfolio_used=50)}
    found = forecast_of(DRAFT, 600, two, history, NOON)
    assert found is not None
    assert [day.messages for day in found.days] == [200, 250, 150]
    assert {day.limiting_rule for day in found.days[:1]} == {Rule.PORTFOLIO_LIMIT}


@pytest.mark.parametrize(
    ("outcomes", "share"),
    [
        ((), 0.0),
        ((("accepted", "", 29), ("rejected", "transient", 20)), 0.0),  # too few to judge
        ((("accepted", "", 80), ("rejected", "transient", 20)), 0.25),
        ((("accepted", "", 80), ("rejected", "recipient_permanent", 20)), 0.0),
        ((("accepted", "", 80), ("not_sent", "", 900)), 0.0),  # nothing but the network
        ((("accepted", "", 30), ("rejected", "transient", 900)), 1.0),
    ],
)
def test_the_share_that_needs_another_attempt_is_what_it_was_before(
    outcomes: tuple[tuple[str, str, int], ...], share: float
):
    assert retry_share([NumberHistory(outcomes=outcomes)]) == share


def test_messages_that_need_another_attempt_take_longer():
    bad = {InstanceId(1): NumberHistory(outcomes=(("accepted", "", 100), ("rejected", "transient", 50)))}
    good, worse = forecast_of(DRAFT, 300, [number()], {}, NOON), forecast_of(DRAFT, 300, [number()], bad, NOON)
    assert good is not None
    assert worse is not None
    assert worse.likely - NOON == pytest.approx((good.likely - NOON) * 1.5, rel=0.05)
    assert worse.latest - worse.likely > timedelta(seconds=60)  # the last back-off


def test_a_campaign_that_waits_for_its_team_counts_its_replies():
    draft = replace(DRAFT, pace=Pace((30.0, 30.0), None, None, None), replies_per_hour=5)
    before = ReplyHistory(before=(4_000, 1_200))
    unasked = forecast_of(
        replace(draft, replies_per_hour=None), 500, [number()], {}, NOON, standing=Standing(replies=before)
    )
    found = forecast_of(draft, 500, [number()], {}, NOON, standing=Standing(replies=before))
    unknown = forecast_of(draft, 500, [number()], {}, NOON)
    assert unasked
    assert found
    assert unknown
    assert unasked.replies is None
    assert not unasked.may_replies_hold
    assert found.replies
    assert found.replies.basis is Basis.PAST
    assert found.replies_hold
    assert found.likely - NOON > timedelta(hours=20) > unasked.likely - NOON
    assert unknown.replies
    assert unknown.replies.basis is Basis.ASSUMED
    assert unknown.earliest < unknown.likely < unknown.latest - timedelta(hours=6)


def running(pending: int, priority: int = 0, pace: Pace = FREE) -> CampaignSummary:
    return CampaignSummary(
        CampaignId(9), "Other", CampaignStatus.RUNNING, None, CampaignCounts(pending=pending), NOON, NOON,
        NOON, None, None, 0.0, Draft("Other", pace=pace, priority=priority), ("n1",),
    )  # fmt: skip


def minutes(found: Forecast | None) -> float:
    assert found is not None
    return (found.likely - NOON) / timedelta(minutes=1)


def test_a_number_that_somebody_has_to_bring_back_is_left_out_and_named():
    two = [number(1), number(2)]
    gone = [number(1), number(2, pause_reason="operator")]
    both, one = (forecast_of(DRAFT, 600, each, {}, NOON) for each in (two, gone))
    assert (minutes(both), minutes(one)) == (pytest.approx(5, abs=0.1), pytest.approx(10, abs=0.1))
    assert both
    assert one
    assert (both.without, one.without) == ((), ("n2",))
    assert forecast_of(DRAFT, 600, gone[1:], {}, NOON) is None
    nothing = forecast_of(DRAFT, 0, gone[1:], {}, NOON)
    assert nothing == Forecast(NOON, NOON, NOON, without=("n2",))


def test_a_number_whose_rest_has_an_end_comes_back_then():
    rest = NOON + timedelta(hours=30)
    resting = number(1, pause_reason="restricted", paused_until=rest)
    found = forecast_of(DRAFT, 600, [resting], {}, NOON)
    assert minutes(found) == pytest.approx(30 * 60 + 10, abs=0.5)
    assert found
    assert (found.days[0].messages, found.days[0].limiting_rule) == (0, Rule.PAUSED)
    days = forecast_of(DRAFT, 600, [replace_rest(resting, 5)], {}, NOON)
    assert minutes(days) == pytest.approx(5 * 24 * 60 + 10, abs=0.5)
    helped = forecast_of(DRAFT, 50_000, [resting, number(2)], {}, NOON)
    assert minutes(helped) == pytest.approx(50_000 / 60, abs=1)
    longer = forecast_of(DRAFT, 200_000, [resting, number(2)], {}, NOON)
    assert minutes(longer) == pytest.approx(30 * 60 + (200_000 - 30 * 3600) / 120, abs=2)


def replace_rest(summary: InstanceSummary, days: int) -> InstanceSummary:
    return replace(summary, instance=replace(summary.instance, paused_until=NOON + timedelta(days=days)))


def test_a_campaign_that_starts_later_is_forecast_from_its_start():
    tomorrow = NOON + timedelta(days=1)
    limited = replace(number(1, sent_today=100), instance=replace(number(1).instance, limits=LIMITED))
    now, later = (
        forecast_of(DRAFT, 100, [limited], {}, NOON, standing=Standing(starts_at=at))
        for at in (NOON - timedelta(hours=1), tomorrow)
    )
    assert now
    assert later
    assert now.days[0].messages == 0  # today's limit is used up
    assert later.likely - tomorrow < timedelta(minutes=2)
    assert later.earliest >= tomorrow
    portfolio = number(1, portfolio_id="acme", messaging_limit="TIER_250")
    used = {InstanceId(1): NumberHistory(portfolio_used=250)}
    waits, starts = (
        forecast_of(DRAFT, 100, [portfolio], used, NOON, standing=Standing(starts_at=NOON + timedelta(hours=h)))
        for h in (1, 24)
    )
    assert minutes(waits) > minutes(starts)


LIMITED = InstanceLimits(per_day=100, per_hour=None, min_gap_s=1.0)


def test_campaigns_on_one_number_take_turns():
    alone = forecast_of(DRAFT, 600, [number()], {}, NOON)
    standing = Standing(others=[running(600)])
    shared = forecast_of(DRAFT, 600, [number()], {}, NOON, standing=standing)
    assert alone
    assert shared
    assert minutes(shared) == pytest.approx(20, abs=0.2)
    assert (alone.is_shared, shared.is_shared) == (False, True)
    assert shared.earliest == alone.earliest
    assert sum(day.messages for day in shared.days) == 600
    important = forecast_of(replace(DRAFT, priority=1), 600, [number()], {}, NOON, standing=standing)
    assert minutes(important) == pytest.approx(15, abs=0.2)
    nearly_done = Standing(others=[running(60)])
    assert minutes(forecast_of(DRAFT, 600, [number()], {}, NOON, standing=nearly_done)) == pytest.approx(11, abs=0.2)
    slow = Standing(others=[running(600, pace=Pace((10.0, 10.0), None, None, None))])
    assert minutes(forecast_of(DRAFT, 600, [number()], {}, NOON, standing=slow)) == pytest.approx(11.1, abs=0.3)


def test_a_campaign_that_is_slower_than_its_share_is_not_held_by_others():
    draft = replace(DRAFT, pace=Pace((10.0, 10.0), None, None, None))
    found = forecast_of(draft, 60, [number()], {}, NOON, standing=Standing(others=[running(6_000)]))
    assert minutes(found) == pytest.approx(10, abs=0.3)
    assert found
    assert not found.is_shared


def test_a_number_that_never_sends_is_no_forecast_among_others_either():
    never = replace(number(), instance=replace(number().instance, limits=replace(LIMITED, per_day=0)))
    standing = Standing(others=[running(6_000)])
    assert forecast_of(DRAFT, 60, [never], {}, NOON, standing=standing) is None


def test_who_is_tried_again_later_is_waited_for():
    at = NOON + timedelta(minutes=50)
    found = forecast_of(DRAFT, 3, [number()], {}, NOON, standing=Standing(last_retry_at=at))
    assert found
    assert (found.earliest, found.likely, found.latest) == (at, at, at)


def test_the_window_opens_by_the_clocks_of_the_people():
    """At noon in UTC it is nine in São Paulo, seven in Rio Branco, and four in the morning in Los Angeles."""
    draft = replace(DRAFT, window=SendWindow((1, 2, 3, 4, 5, 6), time(9), time(18)))
    zones = (("America/Sao_Paulo", 50), ("America/Los_Angeles", 50))
    found = forecast_of(draft, 100, [number()], {}, NOON, standing=Standing(zones=zones))
    assert minutes(found) == pytest.approx(5 * 60, abs=2)
    assert minutes(forecast_of(draft, 100, [number()], {}, NOON)) < 3


def test_what_left_within_the_hour_is_counted():
    limits = InstanceLimits(per_hour=100, min_gap_s=1.0)
    hourly = replace(number(), instance=replace(number().instance, limits=limits))
    recent = {InstanceId(1): [NOON - timedelta(minutes=10)] * 100}
    found = forecast_of(DRAFT, 10, [hourly], {}, NOON, standing=Standing(recent=recent))
    assert minutes(found) == pytest.approx(50, abs=1)
    paced = replace(DRAFT, pace=Pace((0.0, 0.0), 100, None, None))
    own = Standing(own_recent=[NOON - timedelta(minutes=20)] * 100)
    assert minutes(forecast_of(paced, 10, [number()], {}, NOON, standing=own)) == pytest.approx(40, abs=1)


def test_people_written_to_are_given_back_a_day_later():
    """Of 250 people a day 200 were written to 23 hours ago: they come back within the hour, not after a day."""
    morning = ((NOON - timedelta(hours=23), NOON - timedelta(hours=22, minutes=45), 200),)
    used = {InstanceId(1): NumberHistory(portfolio_used=200, portfolio_recent=morning)}
    two = number(portfolio_id="acme", messaging_limit="TIER_250")
    found = forecast_of(DRAFT, 200, [two], used, NOON)
    assert minutes(found) == pytest.approx(60 + 150 * 15 / 200, abs=0.5)
    unknown = {InstanceId(1): NumberHistory(portfolio_used=200)}
    assert minutes(forecast_of(DRAFT, 200, [two], unknown, NOON)) == pytest.approx(24 * 60 + 150 / 60, abs=3)
    tomorrow = Standing(starts_at=NOON + timedelta(hours=2))
    assert minutes(forecast_of(DRAFT, 200, [two], used, NOON, standing=tomorrow)) == pytest.approx(
        2 * 60 + 200 / 60, abs=0.1
    )


def test_hours_alike_are_passed_over_also_where_a_portfolio_has_room():
    limits = InstanceLimits(per_hour=60, min_gap_s=1.0)
    hourly = number(portfolio_id="acme", messaging_limit="TIER_1K")
    hourly = replace(hourly, instance=replace(hourly.instance, limits=limits))
    assert minutes(forecast_of(DRAFT, 900, [hourly], {}, NOON)) == pytest.approx(14 * 60 + 1, abs=1)
    days = forecast_of(DRAFT, 3_000, [hourly], {}, NOON)
    # A thousand in sixteen hours and a bit, then again when a day has passed since each of them. Hours that are passed
    # over leave evenly, so it may be wrong by one of them.
    assert minutes(days) == pytest.approx(2 * 24 * 60 + 16 * 60 + 40 / 60, abs=60)


def test_a_limit_of_the_portfolio_that_nothing_can_reach_changes_nothing():
    paced = replace(DRAFT, pace=Pace((0.0, 0.0), 30, None, None))
    free, large = (number(portfolio_id="acme", messaging_limit=tier) for tier in (None, "TIER_1K"))
    found = [forecast_of(paced, 2_000, [each], {}, NOON) for each in (free, large)]
    assert found[0] == found[1]


def test_nobody_knows_when_a_campaign_ends_that_waits_for_a_place():
    assert forecast_of(DRAFT, 10, [number()], {}, NOON, standing=Standing(waits_for_place=True)) is None


def test_a_limit_of_meta_s_numbers_pauses_the_campaign_and_a_limit_of_others_does_not():
    limits = InstanceLimits(per_day=None, per_hour=20, per_minute=None, min_gap_s=0.0)
    meta = number()
    meta = replace(meta, instance=replace(meta.instance, limits=limits))
    evolution = replace(meta, instance=replace(meta.instance, gateway=Gateway.EVOLUTION))
    for numbers, people, pauses in (([meta], 50, True), ([meta], 20, False), ([evolution], 50, False)):
        found = forecast_of(DRAFT, people, numbers, {}, NOON)
        assert found is not None
        assert found.pauses is pauses


def test_campaigns_that_share_an_hour_s_limit_go_on_at_their_own_pace_afterwards():
    limits = InstanceLimits(per_day=None, per_hour=1000, per_minute=None, min_gap_s=0.5)
    alone = replace(number(), instance=replace(number().instance, limits=limits, gateway=Gateway.EVOLUTION))
    draft = replace(DRAFT, pace=Pace((5.0, 10.0), None, None, None), instances=("n1",))
    counts = CampaignCounts(pending=300)
    others = [
        CampaignSummary(
            CampaignId(n), "x", CampaignStatus.RUNNING, None, counts, NOON, NOON, NOON, None, None, 0.0, draft, ("n1",)
        )
        for n in range(2, 6)
    ]
    found = forecast_of(draft, 300, [alone], {}, NOON, standing=Standing(others=others))
    assert found is not None
    # A thousand leave within the first hour; of the other five hundred each campaign has a hundred, 7.5 s apart.
    assert found.likely - NOON == pytest.approx(timedelta(minutes=72.5), rel=0.02)
