"""The two tables of lives: what is not in them is refused and changes nothing; small values that others rely on."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from desktop.domain.campaign import (
    DELETABLE,
    TRANSITIONS,
    Campaign,
    CampaignAction,
    CampaignStatus,
    Draft,
    allowed,
    step,
)
from desktop.domain.consent import phone_hash
from desktop.domain.errors import IllegalStepError, KnownError
from desktop.domain.events import Event, EventType, NewEvent
from desktop.domain.ids import CampaignId, EventId, WorkspaceId
from desktop.domain.media import MediaFacts, MediaKind
from desktop.domain.moments import iso, iso_or_none
from desktop.domain.receipt import Pricing
from desktop.domain.recipient import STEPS, RecipientStatus
from desktop.domain.recipient import step as recipient_step
from desktop.domain.summaries import CampaignCounts

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
DELETE = CampaignAction.DELETE


@pytest.mark.parametrize(("status", "action"), list(product(CampaignStatus, CampaignAction)))
def test_a_campaign_takes_the_steps_of_its_table_and_no_other(status: CampaignStatus, action: CampaignAction):
    is_there = status in DELETABLE if action is DELETE else (status, action) in TRANSITIONS
    assert allowed(status, action) == is_there
    if is_there:
        assert step(status, action) is (status if action is DELETE else TRANSITIONS[status, action])
        return
    with pytest.raises(KnownError) as refused:
        step(status, action)
    assert refused.value.code == "action_not_allowed"
    assert refused.value.facts == {"status": status.value, "action": action.value}


def test_who_may_not_edit_or_delete_is_told_what_to_do_first():
    for action, hint in ((CampaignAction.EDIT, "Pause the campaign first."), (DELETE, "Cancel the campaign first.")):
        with pytest.raises(KnownError) as refused:
            step(CampaignStatus.RUNNING, action)
        assert refused.value.hint == hint


@pytest.mark.parametrize(("current", "target"), list(product(RecipientStatus, RecipientStatus)))
def test_a_recipient_takes_the_steps_of_its_table_and_no_other(current: RecipientStatus, target: RecipientStatus):
    if target in STEPS[current]:
        assert recipient_step(current, target) is target
        return
    with pytest.raises(IllegalStepError):
        recipient_step(current, target)


def test_counts_add_up_and_say_how_far_a_campaign_is():
    counts = CampaignCounts(pending=1, sending=1, retrying=1, sent=1, delivered=1, read=1, failed=1, in_doubt=1)
    assert (counts.total, counts.unfinished, counts.left, counts.progress) == (8, 3, 3, 0.5)
    assert CampaignCounts().progress == 0.0


def test_both_forms_of_a_brazilian_mobile_have_one_hash_and_a_landline_keeps_its_own():
    key = b"k" * 16
    assert phone_hash(key, "+551187654321") == phone_hash(key, "+5511987654321")
    assert phone_hash(key, "+551137654321") != phone_hash(key, "+5511937654321")
    assert phone_hash(key, "+551187654321") != phone_hash(b"x" * 16, "+551187654321")


@pytest.mark.parametrize(
    ("mime", "kind"), [("image/png", MediaKind.IMAGE), ("audio/ogg", MediaKind.AUDIO), ("text/csv", MediaKind.DOCUMENT)]
)
def test_a_file_is_sent_as_what_it_is(mime: str, kind: MediaKind):
    assert MediaFacts("a", 1, mime).natural_kind is kind


def test_moments_are_written_in_utc_with_milliseconds():
    assert iso(NOON + timedelta(milliseconds=5)) == "2026-11-27T12:00:00.005Z"
    assert iso_or_none(None) is None


def test_an_event_and_a_campaign_answer_for_what_they_hold():
    event = Event(EventId(1), WorkspaceId(1), NewEvent(EventType.STARTED, NOON))
    assert (event.type, event.at) == (EventType.STARTED, NOON)
    campaign = Campaign(CampaignId(1), WorkspaceId(1), CampaignStatus.DRAFT, None, Draft("Natal"), NOON, NOON)
    assert campaign.name == "Natal"
    told = {"billable": True, "category": "utility", "kind": None}
    assert Pricing(is_billable=True, category="utility").details() == told
