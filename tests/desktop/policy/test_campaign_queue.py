"""Who waits for a place among the campaigns that send at once, and what a start changes about it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop.domain.campaign import CampaignStatus, Draft
from desktop.domain.ids import CampaignId
from desktop.domain.summaries import CampaignCounts, CampaignSummary
from desktop.policy.campaign_queue import Joining, QueueOutlook, places, queue_outlook

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def running(number: int, priority: int = 0) -> CampaignSummary:
    at = NOON + timedelta(minutes=number)
    draft = Draft(f"c{number}", priority=priority)
    return CampaignSummary(
        CampaignId(number), f"c{number}", CampaignStatus.RUNNING, None, CampaignCounts(pending=1), at, at, at, None,
        None, 0.0, draft, ("one",),
    )  # fmt: skip


FIVE = [running(n) for n in range(1, 6)]
SIX = [*FIVE, running(6)]
NAMES = ("c1", "c2", "c3", "c4", "c5")
LATER = NOON + timedelta(hours=1)


def test_the_sixth_has_place_one_and_the_seventh_place_two() -> None:
    assert places(FIVE) == {}
    assert places([*SIX, running(7)]) == {6: 1, 7: 2}
    assert places([*SIX, running(7, priority=1)]) == {5: 1, 6: 2}


def test_a_start_learns_its_place_and_who_is_before_it() -> None:
    joining = Joining(None, 0, LATER)
    assert queue_outlook(joining, FIVE[:4]) == QueueOutlook(None, 5, ("c1", "c2", "c3", "c4"))
    assert queue_outlook(joining, FIVE) == QueueOutlook(1, 5, NAMES)
    assert queue_outlook(replace(joining, campaign_id=CampaignId(9)), SIX) == QueueOutlook(2, 5, NAMES, ("c6",))


def test_a_more_important_one_takes_the_place_of_the_least_important() -> None:
    found = queue_outlook(Joining(None, 1, LATER), SIX)
    assert (found.place, found.displaced) == (None, "c5")


def test_one_that_goes_on_keeps_the_rank_of_its_start() -> None:
    found = queue_outlook(Joining(CampaignId(3), 0, NOON), [running(n) for n in (1, 2, 4, 5, 6)])
    assert (found.place, found.displaced) == (None, "c6")
