"""How things stand: which numbers can send by themselves, and what other campaigns take of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.campaign import CampaignStatus, Draft, Pace
from desktop.domain.ids import CampaignId, InstanceId, WorkspaceId
from desktop.domain.instance import ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.summaries import CampaignCounts, CampaignSummary, InstanceSummary
from desktop.policy.standing import Rival, can_send, free_at, rivals, running_with, volume_of

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=5)
FREE = Pace((0.0, 0.0), None, None, None)
ONE = Instance(
    InstanceId(1), WorkspaceId(1), "one", Gateway.EVOLUTION, "", "", "UTC", InstanceLimits(),
    ConnectionState.CONNECTED, NOON,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sends", "ends"),
    [
        ({}, True, None),
        ({"state": ConnectionState.UNKNOWN}, True, None),
        ({"state": ConnectionState.CONNECTING}, True, None),
        ({"state": ConnectionState.NEEDS_QR}, False, None),
        ({"state": ConnectionState.DISCONNECTED, "pause_reason": "x", "paused_until": LATER}, False, LATER),
        ({"pause_reason": "operator"}, False, None),
        ({"pause_reason": "health_issue"}, False, None),
        ({"pause_reason": "daily_limit"}, True, None),
        ({"pause_reason": "restricted", "paused_until": LATER}, True, LATER),
        ({"pause_reason": "restricted", "paused_until": NOON}, True, None),  # over: the engine only has to look
        ({"paused_until": LATER}, True, None),  # of a rest that is over
    ],
)
def test_a_number_sends_by_itself_now_or_when_its_rest_ends(
    changes: dict[str, object], *, sends: bool, ends: datetime | None
):
    number = replace(ONE, **changes)  # type: ignore[arg-type]
    assert can_send(number, NOON) is sends
    assert free_at(number, NOON) == ends


def number(name: str) -> InstanceSummary:
    return InstanceSummary(replace(ONE, name=name), 0, 0, 0, 0, 0, 0, 0, None, None, None, None, 0)


def running(pending: int, *names: str, priority: int = 0, pace: Pace = FREE) -> CampaignSummary:
    return CampaignSummary(
        CampaignId(9), "Other", CampaignStatus.RUNNING, None, CampaignCounts(pending=pending, sent=50), NOON, NOON,
        NOON, None, None, 0.0, Draft("Other", pace=pace, priority=priority), names,
    )  # fmt: skip


def test_others_take_what_they_want_of_the_numbers_that_both_use():
    draft, mine = Draft("Mine", priority=1), [number("one"), number("two")]
    others = [
        running(100, "one", "three", priority=3),
        running(80, "two", pace=Pace((0.0, 0.0), 36, None, None)),
        running(70, "three"),
        running(0, "one"),
    ]
    assert rivals(draft, mine, others) == [Rival(50.0, 2.0, None), Rival(80.0, 0.5, pytest.approx(0.01))]


def test_five_send_at_once_and_the_sixth_waits_for_a_place():
    six = [replace(running(10, "one", priority=int(n == 5)), id=CampaignId(n)) for n in range(6)]
    last = running_with(CampaignId(4), six)
    assert (last.waits_for_place, [each.id for each in last.others]) == (True, [0, 1, 2, 3, 5])
    first = running_with(CampaignId(0), six)
    assert (first.waits_for_place, [each.id for each in first.others]) == (False, [1, 2, 3, 5])
    draft = running_with(None, six)
    assert (draft.waits_for_place, len(draft.others)) == (False, 5)


def test_who_shares_a_number_waits_for_no_more_than_turns_pace_and_people_allow():
    assert volume_of([], 100, 1e9) == 0
    assert volume_of([Rival(500, 1.0, None)], 100, 60) == 100
    assert volume_of([Rival(500, 0.5, None)], 100, 60) == 50
    assert volume_of([Rival(30, 1.0, None)], 100, 60) == 30
    assert volume_of([Rival(500, 1.0, 0.5), Rival(500, 2.0, None)], 100, 60) == 30 + 200
