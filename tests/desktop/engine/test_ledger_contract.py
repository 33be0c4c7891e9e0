"""What the engine relies on, checked against both ledgers: the database's and the one that its own tests use."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from db.home import ensure_workspace, open_database
from desktop.domain.campaign import CampaignAction, CampaignStatus
from desktop.domain.clock_mark import ClockMark
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType, NewEvent
from desktop.domain.ids import CampaignId, InstanceId, RecipientId
from desktop.domain.instance import ConnectionState
from desktop.domain.outcome import (
    LOST_THAT_FAIL,
    Absent,
    Accepted,
    ErrorClass,
    Found,
    NotProvable,
    NotSent,
    Rejected,
    Unknown,
)
from desktop.domain.receipt import ReceiptKind, Reply
from desktop.domain.recipient import RecipientStatus
from tests.desktop.engine.subjects import NOW, Home, MemoryHome, SqlHome, Subject
from tests.desktop.engine.world import phone

BUSY = Rejected(ErrorClass.TRANSIENT, "busy", http_status=500)
SENT, DELIVERED, READ, FAILED = ReceiptKind.SENT, ReceiptKind.DELIVERED, ReceiptKind.READ, ReceiptKind.FAILED
STATUS = RecipientStatus


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("contract") / "empty.db"
    open_database(path).close()
    return path


@pytest.fixture(params=["memory", "sql"])
def home(request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path) -> Iterator[Home]:
    # Not a coroutine: opening a database blocks.
    if request.param == "memory":
        yield MemoryHome()
        return
    published: list[Event] = []
    database = open_database(shutil.copy(empty_database, tmp_path / "cadencia.db"), published.extend)
    yield SqlHome(database, ensure_workspace(database, NOW), published)
    database.close()


@pytest.fixture
async def subject(home: Home) -> Subject:
    return await Subject(home).prepare()


# Claims ---------------------------------------------------------------------------------------------------------------


async def test_a_recipient_is_claimed_once(subject: Subject):
    candidate = (await subject.waiting(await subject.started()))[0]
    assert (await subject.claim(candidate))[0] is not None
    assert (await subject.claim(candidate))[0] is None
    assert subject.status(candidate) == ("sending", None)
    assert subject.told(EventType.INSTANCE_SELECTED) == [EventType.INSTANCE_SELECTED]


async def test_an_intent_that_is_asked_for_again_is_the_same_attempt(subject: Subject):
    """As when the process that has recorded it died before it could say so."""
    candidate = (await subject.waiting(await subject.started()))[0]
    first, ref = await subject.claim(candidate)
    assert first is not None
    assert await subject.claim(candidate, client_ref=ref) == (first, ref)
    assert subject.told(EventType.INSTANCE_SELECTED) == [EventType.INSTANCE_SELECTED]
    await subject.settle(candidate, first, Accepted("M1"), STATUS.SENT)
    assert (await subject.claim(candidate, client_ref=ref))[0] is None


async def test_a_run_that_is_over_claims_nobody(subject: Subject):
    """What a process that outlives its run still has to record comes too late: the next run has settled its doubts."""
    first, second = (await subject.waiting(await subject.started()))[:2]
    dead, subject.run_id = subject.run_id, await subject.ledger.begin_run(subject.later(), "here", 2)
    assert (await subject.claim(first, run_id=dead))[0] is None
    assert subject.status(first) == ("pending", None)
    assert (await subject.claim(second))[0] is not None
    await subject.ledger.end_run(subject.run_id, subject.later())
    assert (await subject.claim(first))[0] is None


@pytest.mark.parametrize("action", [CampaignAction.PAUSE, CampaignAction.CANCEL])
async def test_nobody_is_claimed_in_a_campaign_that_does_not_run(subject: Subject, action: CampaignAction):
    campaign_id = await subject.started()
    candidate = (await subject.waiting(campaign_id))[0]
    await subject.act(campaign_id, action)
    assert (await subject.claim(candidate))[0] is None


@pytest.mark.parametrize("respect_opt_out", [True, False])
async def test_who_opted_out_after_the_page_was_read_is_skipped(subject: Subject, respect_opt_out: bool):
    """Whatever the campaign says: an opt-out always wins."""
    campaign_id = await subject.started(respect_opt_out=respect_opt_out)
    candidate = (await subject.waiting(campaign_id))[0]
    subject.home.opt_out_silently(candidate.phone)
    assert (await subject.claim(candidate))[0] is None
    assert subject.status(candidate) == ("skipped", "opted_out")
    assert (await subject.ledger.counts(campaign_id)).skipped == 1


async def test_skip_concerns_only_those_who_wait(subject: Subject):
    first, second = (await subject.waiting(await subject.started()))[:2]
    await subject.send(first, "M1")
    for candidate in (first, second):
        await subject.ledger.skip(candidate.id, "missing_value", subject.now)
    assert [subject.status(c)[0] for c in (first, second)] == ["sent", "skipped"]


# Outcomes -------------------------------------------------------------------------------------------------------------


async def test_an_accepted_message_is_sent_with_its_id(subject: Subject):
    campaign_id = await subject.started()
    candidate = (await subject.waiting(campaign_id))[0]
    await subject.send(candidate, "M1")
    row = subject.home.row(candidate.id)
    assert (row.status, row.message_id, row.attempts, row.sent_at) == ("sent", "M1", 1, subject.now)
    assert (await subject.ledger.counts(campaign_id)).sent == 1
    assert subject.told(EventType.MESSAGE_SENT) == [EventType.MESSAGE_SENT]


async def test_an_outcome_is_recorded_once(subject: Subject):
    candidate = (await subject.waiting(await subject.started()))[0]
    attempt_id, _ = await subject.claim(candidate)
    assert attempt_id is not None
    await subject.settle(candidate, attempt_id, BUSY, STATUS.FAILED, "busy")
    await subject.settle(candidate, attempt_id, Accepted("M1"), STATUS.SENT)
    assert subject.status(candidate) == ("failed", "busy")


async def test_a_late_answer_leads_out_of_doubt(subject: Subject):
    candidate = (await subject.waiting(await subject.started()))[0]
    attempt_id, _ = await subject.claim(candidate)
    assert attempt_id is not None
    await subject.settle(candidate, attempt_id, Unknown("timeout"), STATUS.IN_DOUBT, "answer_lost")
    assert subject.status(candidate) == ("in_doubt", "answer_lost")
    await subject.settle(candidate, attempt_id, Accepted("M1"), STATUS.SENT)
    assert subject.status(candidate)[0] == "sent"


async def test_a_retry_is_due_at_its_time_earliest_first(subject: Subject):
    campaign_id = await subject.started()
    candidates = (await subject.waiting(campaign_id))[:3]
    for candidate, delay_s in zip(candidates, (30, 10, 20), strict=True):
        at = subject.now + timedelta(seconds=delay_s)
        await subject.attempt(candidate, BUSY, STATUS.RETRYING, reason="busy", next_attempt_at=at)
    start, ledger = subject.now, subject.ledger
    assert await ledger.next_retry_at(campaign_id) == start + timedelta(seconds=10)
    assert await ledger.due_retries(campaign_id, start, 10) == []
    due = await ledger.due_retries(campaign_id, start + timedelta(seconds=20), 10)
    assert [(c.id, c.attempts) for c in due] == [(candidates[1].id, 1), (candidates[2].id, 1)]
    assert len(await ledger.due_retries(campaign_id, start + timedelta(seconds=30), 2)) == 2
    subject.later(10)
    await subject.attempt(due[0], Accepted("M1"), STATUS.SENT)
    assert await ledger.next_retry_at(campaign_id) == start + timedelta(seconds=20)
    assert await ledger.next_retry_at(CampaignId(99)) is None


async def test_back_to_pending_burns_no_attempt(subject: Subject):
    campaign_id = await subject.started()
    candidate = (await subject.waiting(campaign_id))[0]
    for _ in range(2):
        outcome = NotSent("unreachable")
        await subject.attempt(candidate, outcome, STATUS.PENDING, reason="unreachable", counts_as_attempt=False)
    again = (await subject.waiting(campaign_id))[0]
    assert (again.id, again.attempts) == (candidate.id, 0)


@pytest.mark.parametrize("status", [STATUS.PENDING, STATUS.RETRYING])
async def test_who_was_in_flight_at_the_cancel_does_not_wait_again(subject: Subject, status: RecipientStatus):
    campaign_id = await subject.started()
    candidate = (await subject.waiting(campaign_id))[0]
    attempt_id, _ = await subject.claim(candidate)
    assert attempt_id is not None
    await subject.act(campaign_id, CampaignAction.CANCEL)
    await subject.settle(candidate, attempt_id, BUSY, status, "busy", next_attempt_at=subject.now)
    assert subject.status(candidate) == ("failed", "cancelled")


async def test_what_was_accepted_after_the_cancel_is_sent(subject: Subject):
    campaign_id = await subject.started()
    candidate = (await subject.waiting(campaign_id))[0]
    attempt_id, _ = await subject.claim(candidate)
    assert attempt_id is not None
    await subject.act(campaign_id, CampaignAction.CANCEL)
    await subject.settle(candidate, attempt_id, Accepted("M1"), STATUS.SENT)
    assert subject.status(candidate)[0] == "sent"
    assert (await subject.ledger.counts(campaign_id)).failed == 4


# Pages and departures -------------------------------------------------------------------------------------------------


async def test_pages_go_on_behind_the_cursor(subject: Subject):
    campaign_id = await subject.started(5)
    first = await subject.ledger.pending(campaign_id, RecipientId(0), 2)
    second = await subject.ledger.pending(campaign_id, first[-1].id, 10)
    assert [c.phone for c in (*first, *second)] == [phone(n) for n in range(5)]
    assert await subject.ledger.pending(campaign_id, second[-1].id, 10) == []


async def test_pages_and_retries_of_one_zone(subject: Subject):
    """Without a send window nobody has a zone: an empty name stands for that."""
    campaign_id = await subject.started(3)
    ledger = subject.ledger
    assert list(await ledger.zones(campaign_id)) == [""]
    first = (await ledger.pending(campaign_id, RecipientId(0), 10, ""))[0]
    assert first.zone == ""
    assert await ledger.pending(campaign_id, RecipientId(0), 10, "Europe/Lisbon") == []
    await subject.attempt(first, BUSY, STATUS.RETRYING, reason="busy", next_attempt_at=subject.now)
    assert len(await ledger.due_retries(campaign_id, subject.now, 10, "")) == 1
    assert await ledger.due_retries(campaign_id, subject.now, 10, "Europe/Lisbon") == []


async def test_departures_are_those_that_left_or_may_have(subject: Subject):
    campaign_id = await subject.started(5)
    candidates = await subject.waiting(campaign_id)
    await subject.send(candidates[0], "M1")
    left_at = [subject.now]
    subject.later(10)
    await subject.attempt(candidates[1], BUSY, STATUS.FAILED, reason="busy")
    await subject.attempt(candidates[2], NotSent("unreachable"), STATUS.PENDING, counts_as_attempt=False)
    left_at.append(subject.later(10))
    await subject.attempt(candidates[3], Unknown("timeout"), STATUS.IN_DOUBT, reason="answer_lost")
    left_at.append(subject.later(10))
    await subject.claim(candidates[4])
    ledger = subject.ledger
    assert await ledger.departures(subject.one, NOW) == left_at
    assert await ledger.departures(subject.one, left_at[1]) == left_at[1:]
    assert await ledger.departures(subject.two, NOW) == []
    assert await ledger.campaign_departures(campaign_id, NOW) == left_at
    assert await ledger.last_departure(campaign_id) == left_at[-1]
    assert await ledger.last_departure(CampaignId(99)) is None


# Runs and doubt -------------------------------------------------------------------------------------------------------


async def test_a_new_run_doubts_what_the_last_one_was_sending(subject: Subject):
    campaign_id = await subject.started()
    candidate = (await subject.waiting(campaign_id))[0]
    _, client_ref = await subject.claim(candidate)
    await subject.ledger.begin_run(subject.later(), "here", 2)
    assert subject.status(candidate) == ("in_doubt", "crashed")
    (doubt,) = await subject.ledger.doubts(10)
    assert (doubt.recipient_id, doubt.client_ref, doubt.tries) == (candidate.id, client_ref, 0)
    assert (doubt.started_at, doubt.since) == (NOW, subject.now)
    assert subject.home.row(candidate.id).attempts == 1


async def in_doubt(subject: Subject) -> tuple[CampaignId, RecipientId]:
    campaign_id = await subject.started(1)
    candidate = (await subject.waiting(campaign_id))[0]
    await subject.attempt(candidate, Unknown("timeout"), STATUS.IN_DOUBT, reason="answer_lost")
    return campaign_id, candidate.id


async def test_found_is_sent_or_further(subject: Subject):
    _, recipient_id = await in_doubt(subject)
    (doubt,) = await subject.ledger.doubts(10)
    await subject.ledger.record_verdict(doubt, Found("M1", "1@lid", "delivered"), subject.later())
    row = subject.home.row(recipient_id)
    assert (row.status, row.message_id, row.sent_at) == ("delivered", "M1", NOW)
    assert await subject.ledger.doubts(10) == []
    assert subject.told(EventType.RECONCILED, EventType.MESSAGE_SENT) == [EventType.RECONCILED, EventType.MESSAGE_SENT]


async def test_absent_is_pending_again_and_counts_nowhere(subject: Subject):
    campaign_id, recipient_id = await in_doubt(subject)
    (doubt,) = await subject.ledger.doubts(10)
    await subject.ledger.record_verdict(doubt, Absent(), subject.later())
    (candidate,) = await subject.waiting(campaign_id)
    assert (candidate.id, candidate.attempts) == (recipient_id, 0)
    assert await subject.ledger.departures(subject.one, NOW) == []


async def test_absent_in_a_cancelled_campaign_is_not_sent_again(subject: Subject):
    campaign_id, recipient_id = await in_doubt(subject)
    await subject.act(campaign_id, CampaignAction.CANCEL)
    (doubt,) = await subject.ledger.doubts(10)
    await subject.ledger.record_verdict(doubt, Absent(), subject.later())
    row = subject.home.row(recipient_id)
    assert (row.status, row.reason) == ("failed", "cancelled")


async def test_who_is_lost_again_and_again_fails_at_last(subject: Subject):
    campaign_id = await subject.started(1)
    for time in range(1, LOST_THAT_FAIL + 1):
        (candidate,) = await subject.waiting(campaign_id)
        await subject.attempt(candidate, Unknown("cut_off"), STATUS.IN_DOUBT, reason="answer_lost")
        (doubt,) = await subject.ledger.doubts(10)
        await subject.ledger.record_verdict(doubt, Absent(), subject.later())
        row = subject.home.row(candidate.id)
        last = time == LOST_THAT_FAIL
        assert (row.status, row.reason) == (("failed", "retries_exhausted") if last else ("pending", None))
    assert await subject.ledger.finish_if_done(campaign_id, subject.later())


async def test_a_crash_of_ours_is_no_lost_answer(subject: Subject):
    campaign_id = await subject.started(1)
    for run in range(LOST_THAT_FAIL + 1):
        (candidate,) = await subject.waiting(campaign_id)
        await subject.claim(candidate)
        subject.run_id = await subject.ledger.begin_run(subject.later(), "here", run + 2)
        (doubt,) = await subject.ledger.doubts(10)
        await subject.ledger.record_verdict(doubt, Absent(), subject.later())
        assert subject.status(candidate) == ("pending", None)


async def test_not_provable_stays_in_doubt_and_comes_last(subject: Subject):
    campaign_id = await subject.started(2)
    for candidate in await subject.waiting(campaign_id):
        await subject.attempt(candidate, Unknown("timeout"), STATUS.IN_DOUBT, reason="answer_lost")
        subject.later()
    first, second = await subject.ledger.doubts(10)
    await subject.ledger.record_verdict(first, NotProvable("not_stored"), subject.now)
    after = await subject.ledger.doubts(10)
    assert [(d.recipient_id, d.tries) for d in after] == [(second.recipient_id, 0), (first.recipient_id, 1)]
    assert await subject.ledger.doubts(1) == [after[0]]


async def test_a_verdict_about_what_is_settled_changes_nothing(subject: Subject):
    _, recipient_id = await in_doubt(subject)
    (doubt,) = await subject.ledger.doubts(10)
    await subject.ledger.record_verdict(doubt, Found("M1"), subject.now)
    for verdict in (Absent(), NotProvable("too_early"), Found("M2")):
        await subject.ledger.record_verdict(doubt, verdict, subject.now)
    assert subject.home.row(recipient_id).message_id == "M1"
    assert subject.home.row(recipient_id).status == "sent"


@pytest.mark.parametrize(("as_sent", "status"), [(True, "sent"), (False, "pending")])
async def test_the_operators_word_ends_doubt(subject: Subject, as_sent: bool, status: str):
    campaign_id, recipient_id = await in_doubt(subject)
    assert await subject.home.resolve(campaign_id, as_sent, subject.now) == 1
    assert subject.home.row(recipient_id).status == status
    assert await subject.ledger.doubts(10) == []


# Life of a campaign ---------------------------------------------------------------------------------------------------


async def test_a_campaign_completes_once_and_only_when_nobody_is_left(subject: Subject):
    campaign_id = await subject.started(2)
    first, second = await subject.waiting(campaign_id)
    assert not await subject.ledger.finish_if_done(campaign_id, subject.now)
    await subject.send(first, "M1")
    await subject.attempt(second, Unknown("timeout"), STATUS.IN_DOUBT, reason="answer_lost")
    assert not await subject.ledger.finish_if_done(campaign_id, subject.now)
    await subject.home.resolve(campaign_id, True, subject.now)
    assert await subject.ledger.finish_if_done(campaign_id, subject.now)
    assert not await subject.ledger.finish_if_done(campaign_id, subject.now)
    assert (await subject.ledger.plan(campaign_id)).campaign.status is CampaignStatus.COMPLETED
    assert subject.told(EventType.COMPLETED) == [EventType.COMPLETED]


async def test_an_illegal_step_is_refused_and_changes_nothing(subject: Subject):
    campaign_id = await subject.started()
    await subject.act(campaign_id, CampaignAction.PAUSE)
    with pytest.raises(KnownError) as refused:
        await subject.act(campaign_id, CampaignAction.PAUSE)
    assert refused.value.code == "action_not_allowed"
    assert (await subject.ledger.plan(campaign_id)).campaign.status is CampaignStatus.PAUSED
    assert not await subject.ledger.finish_if_done(campaign_id, subject.now)


async def test_cancel_fails_who_waits_and_leaves_the_rest(subject: Subject):
    campaign_id = await subject.started(3)
    sent, doubtful, _waiting = await subject.waiting(campaign_id)
    await subject.send(sent, "M1")
    await subject.attempt(doubtful, Unknown("timeout"), STATUS.IN_DOUBT, reason="answer_lost")
    await subject.act(campaign_id, CampaignAction.CANCEL)
    counts = await subject.ledger.counts(campaign_id)
    assert (counts.sent, counts.in_doubt, counts.failed, counts.pending) == (1, 1, 1, 0)


async def test_a_pause_keeps_its_reason(subject: Subject):
    campaign_id = await subject.started()
    await subject.act(campaign_id, CampaignAction.PAUSE, "answer_lost")
    plan = await subject.ledger.plan(campaign_id)
    assert (plan.campaign.status, plan.campaign.reason) == (CampaignStatus.PAUSED, "answer_lost")
    assert plan.campaign.instance_ids == (subject.one, subject.two)
    assert (plan.counts.total, len(plan.variations)) == (5, 1)
    await subject.act(campaign_id, CampaignAction.RESUME)
    assert (await subject.ledger.plan(campaign_id)).campaign.reason is None


async def test_what_is_unknown_is_said_to_be(subject: Subject):
    with pytest.raises(KnownError) as refused:
        await subject.ledger.plan(CampaignId(99))
    assert refused.value.code == "campaign_not_found"
    with pytest.raises(KnownError) as refused:
        await subject.ledger.pause_instance(InstanceId(99), "daily_limit", subject.now, {})
    assert refused.value.code == "instance_not_found"
    with pytest.raises(KnownError) as refused:
        await subject.ledger.set_instance_state(InstanceId(99), ConnectionState.CONNECTED, subject.now)
    assert refused.value.code == "instance_not_found"


async def test_schedules_are_due_at_their_time(subject: Subject):
    campaign_id = await subject.drafted()
    at = NOW + timedelta(hours=1)
    await subject.home.schedule(campaign_id, at)
    assert await subject.ledger.due_schedules(at - timedelta(seconds=1)) == []
    (due,) = await subject.ledger.due_schedules(at)
    assert due.id == campaign_id
    assert (await subject.ledger.control_state()).campaigns == {campaign_id: "scheduled"}
    await subject.act(campaign_id, CampaignAction.UNSCHEDULE, "no_instance")
    assert await subject.ledger.due_schedules(at) == []
    assert (await subject.ledger.control_state()).campaigns == {}


# What others changed --------------------------------------------------------------------------------------------------


async def test_control_state_follows_campaigns_pauses_and_edits(subject: Subject):
    ledger = subject.ledger
    campaign_id = await subject.started()
    before = await ledger.control_state()
    assert before.campaigns == {campaign_id: "running"}
    assert before.instances == {subject.one: None, subject.two: None}
    await ledger.pause_instance(subject.one, "daily_limit", subject.now, {"used": 5})
    await subject.act(campaign_id, CampaignAction.PAUSE)
    paused = await ledger.control_state()
    assert (paused.campaigns, paused.instances[subject.one]) == ({campaign_id: "paused"}, "daily_limit")
    await ledger.resume_instance(subject.one, subject.now, {})
    await subject.act(campaign_id, CampaignAction.CANCEL)
    after = await ledger.control_state()
    assert (after.campaigns, after.instances[subject.one]) == ({}, None)
    assert after.revision == before.revision
    added = await subject.home.instance()
    assert (await ledger.control_state()).revision > after.revision
    assert added in (await ledger.control_state()).instances
    revision = (await ledger.control_state()).revision
    await subject.home.remove_instance(added)
    assert (await ledger.control_state()).revision > revision
    assert [instance.id for instance in await ledger.instances()] == [subject.one, subject.two]


async def test_a_pause_of_an_instance_is_not_taken_over_by_a_rule(subject: Subject):
    for reason in ("unauthorised", "daily_limit"):
        await subject.ledger.pause_instance(subject.one, reason, subject.now, {})
    assert (await subject.ledger.control_state()).instances[subject.one] == "unauthorised"
    for _ in range(2):
        await subject.ledger.resume_instance(subject.one, subject.now, {})
    told = subject.told(EventType.INSTANCE_PAUSED, EventType.INSTANCE_RESUMED)
    assert told == [EventType.INSTANCE_PAUSED, EventType.INSTANCE_RESUMED]


async def test_the_state_of_an_instance_is_kept(subject: Subject):
    for _ in range(2):
        await subject.ledger.set_instance_state(subject.one, ConnectionState.CONNECTED, subject.now, "+5511900000000")
    instance = (await subject.ledger.instances())[0]
    assert (instance.state, instance.phone) == (ConnectionState.CONNECTED, "+5511900000000")
    assert len(subject.told(EventType.HEALTH_ISSUE)) == 1


async def test_connectivity_and_notes_are_events(subject: Subject):
    await subject.ledger.note_connectivity(False, subject.now, {})
    await subject.ledger.note_connectivity(True, subject.now, {})
    await subject.ledger.note(NewEvent(EventType.BREAKER_OPENED, subject.now))
    types = (EventType.WENT_OFFLINE, EventType.CAME_ONLINE, EventType.BREAKER_OPENED)
    assert subject.told(*types) == list(types)


# What comes back ------------------------------------------------------------------------------------------------------


async def test_receipts_only_lead_upwards(subject: Subject):
    candidate = (await subject.waiting(await subject.started()))[0]
    await subject.send(candidate, "M1")
    for kind, status in ((SENT, "sent"), (DELIVERED, "delivered"), (READ, "read"), (DELIVERED, "read"), (SENT, "read")):
        await subject.receipts(("M1", kind))
        assert subject.status(candidate)[0] == status
    await subject.receipts(("M1", READ), ("M1", FAILED))
    assert subject.told(EventType.MESSAGE_READ, EventType.MESSAGE_FAILED) == [EventType.MESSAGE_READ]


async def test_a_delivery_that_fails_is_a_failure_with_a_reason(subject: Subject):
    candidate = (await subject.waiting(await subject.started()))[0]
    await subject.send(candidate, "M1")
    await subject.receipts(("M1", FAILED))
    assert subject.status(candidate) == ("failed", "delivery_failed")


async def test_receipts_that_come_before_the_answer_are_kept(subject: Subject):
    candidate = (await subject.waiting(await subject.started()))[0]
    attempt_id, _ = await subject.claim(candidate)
    assert attempt_id is not None
    await subject.receipts(("M1", READ), ("M1", DELIVERED), ("M1", READ))
    assert subject.status(candidate)[0] == "sending"
    await subject.settle(candidate, attempt_id, Accepted("M1"), STATUS.SENT)
    assert subject.status(candidate)[0] == "read"


async def test_a_receipt_with_our_own_reference_proves_the_send(subject: Subject):
    candidate = (await subject.waiting(await subject.started()))[0]
    client_ref = await subject.attempt(candidate, Unknown("timeout"), STATUS.IN_DOUBT, reason="answer_lost")
    await subject.receipts((client_ref, DELIVERED))
    row = subject.home.row(candidate.id)
    assert (row.status, row.message_id) == ("delivered", client_ref)


async def test_a_receipt_that_came_before_the_crash_proves_the_send(subject: Subject):
    candidate = (await subject.waiting(await subject.started()))[0]
    _, client_ref = await subject.claim(candidate)
    await subject.receipts((client_ref, SENT))
    await subject.ledger.begin_run(subject.later(), "here", 2)
    assert subject.status(candidate)[0] == "sent"


async def test_variations_tell_their_results_and_take_new_weights(subject: Subject):
    campaign_id = await subject.started()
    one, two, *_ = await subject.waiting(campaign_id)
    assert await subject.ledger.variation_results(campaign_id) == []
    await subject.send(one, "M1")
    await subject.send(two, "M2")
    await subject.reply(one.phone, False)
    [result] = await subject.ledger.variation_results(campaign_id)
    [variation] = (await subject.ledger.plan(campaign_id)).variations
    assert (result.variation_id, result.sent, result.read, result.replied) == (variation.id, 2, 0, 1)
    await subject.ledger.reweigh(campaign_id, {variation.id: 700}, {"weights": [700]}, subject.now)
    assert (await subject.ledger.plan(campaign_id)).variations[0].weight == 700
    assert subject.told(EventType.ROTATION_CHANGED)[-1:] == [EventType.ROTATION_CHANGED]


async def test_a_reply_is_noted_on_the_newest_message(subject: Subject):
    campaign_id = await subject.started()
    candidate = (await subject.waiting(campaign_id))[0]
    await subject.send(candidate, "M1")
    await subject.reply(candidate.phone, False)
    first_at = subject.now
    subject.later()
    await subject.reply(candidate.phone, False)
    assert subject.home.row(candidate.id).replied_at == first_at
    assert subject.told(EventType.REPLIED, EventType.OPTED_OUT) == [EventType.REPLIED]


async def test_an_opt_out_takes_effect_wherever_the_person_waits(subject: Subject):
    candidate, other = (await subject.waiting(await subject.started()))[:2]
    await subject.reply(candidate.phone, True)
    await subject.reply(candidate.phone, True)
    assert subject.status(candidate) == ("skipped", "opted_out")
    assert subject.status(other)[0] == "pending"
    assert subject.told(EventType.OPTED_OUT, EventType.SKIPPED) == [EventType.OPTED_OUT, EventType.SKIPPED]


async def test_unconfirmed_are_the_messages_that_may_still_rise(subject: Subject):
    campaign_id = await subject.started()
    candidates = await subject.waiting(campaign_id)
    for number, candidate in enumerate(candidates[:4]):
        await subject.send(candidate, f"M{number}")
        subject.later()
    await subject.receipts(("M1", DELIVERED), ("M2", READ))
    ledger = subject.ledger
    found = await ledger.unconfirmed(NOW, RecipientId(0), 10)
    expected = [("M0", STATUS.SENT), ("M1", STATUS.DELIVERED), ("M3", STATUS.SENT)]
    assert [(u.message_id, u.status) for u in found] == expected
    assert [u.message_id for u in await ledger.unconfirmed(NOW, found[0].recipient_id, 1)] == ["M1"]
    assert [u.message_id for u in await ledger.unconfirmed(NOW + timedelta(seconds=2), RecipientId(0), 10)] == ["M3"]


@pytest.mark.parametrize("kind", [ReceiptKind.SENT, ReceiptKind.DELIVERED, ReceiptKind.READ])
@pytest.mark.parametrize("status", [RecipientStatus.PENDING, RecipientStatus.RETRYING])
async def test_a_receipt_proves_that_a_refused_attempt_left_and_nobody_is_sent_to_again(
    subject: Subject, kind: ReceiptKind, status: RecipientStatus
):
    campaign = await subject.started(2)
    candidate = (await subject.waiting(campaign))[0]
    again = subject.now + timedelta(minutes=1) if status is RecipientStatus.RETRYING else None
    ref = await subject.attempt(candidate, BUSY, status, next_attempt_at=again)
    subject.later()
    await subject.receipts((ref, kind))
    assert subject.status(candidate)[0] == kind.value
    subject.later(3600)
    assert await subject.ledger.due_retries(campaign, subject.now, 10) == []
    assert (await subject.claim(candidate))[0] is None
    assert subject.told(EventType.MESSAGE_SENT) == [EventType.MESSAGE_SENT]
    assert len(await subject.ledger.departures(subject.one, NOW)) == 1, "it left, and counts against limits"


async def test_a_receipt_that_comes_before_the_refusal_proves_as_much(subject: Subject):
    campaign = await subject.started(1)
    candidate = (await subject.waiting(campaign))[0]
    attempt_id, ref = await subject.claim(candidate)
    assert attempt_id is not None
    await subject.receipts((ref, ReceiptKind.DELIVERED))
    await subject.settle(candidate, attempt_id, BUSY, RecipientStatus.PENDING)
    assert subject.status(candidate)[0] == "delivered"


async def test_a_receipt_for_the_first_attempt_counts_when_the_second_is_refused_too(subject: Subject):
    campaign = await subject.started(1)
    candidate = (await subject.waiting(campaign))[0]
    first = await subject.attempt(candidate, BUSY, RecipientStatus.PENDING)
    attempt_id, _ref = await subject.claim(candidate)
    assert attempt_id is not None
    await subject.receipts((first, ReceiptKind.SENT))
    assert subject.status(candidate)[0] == "sending"
    await subject.settle(candidate, attempt_id, BUSY, RecipientStatus.PENDING)
    assert subject.status(candidate)[0] == "sent"


async def test_a_failure_told_of_a_refused_attempt_changes_nothing(subject: Subject):
    campaign = await subject.started(1)
    candidate = (await subject.waiting(campaign))[0]
    ref = await subject.attempt(candidate, BUSY, RecipientStatus.PENDING)
    await subject.receipts((ref, ReceiptKind.FAILED))
    assert subject.status(candidate)[0] == "pending"


async def test_who_heard_from_a_number_is_remembered_for_the_next_campaign(subject: Subject):
    first = await subject.started(3)
    people = await subject.waiting(first)
    assert [person.last_instance_id for person in people] == [None] * 3
    await subject.send(people[0], "M1")
    await subject.attempt(people[1], BUSY, RecipientStatus.FAILED)
    await subject.attempt(people[2], Unknown("timeout"), RecipientStatus.IN_DOUBT)
    doubt = (await subject.ledger.doubts(10))[0]
    await subject.ledger.record_verdict(doubt, Found("M3", None, None), subject.now)
    again = await subject.waiting(await subject.started(3))
    assert [person.last_instance_id for person in again] == [subject.one, None, subject.one]


# Clocks ---------------------------------------------------------------------------------------------------------------


async def test_of_the_clock_marks_the_last_stays_and_those_where_it_was_set(subject: Subject):
    marks = [
        ClockMark(subject.now, 10.0, "first"),
        ClockMark(subject.now + timedelta(seconds=1), 11.5, "first", timedelta(hours=2)),
        ClockMark(subject.now + timedelta(seconds=2), 12.25, "first"),
        ClockMark(subject.now, 1.0, "", timedelta(seconds=-3.5)),
    ]
    for mark in marks:
        await subject.ledger.note_clock(mark)
    assert list(await subject.ledger.clock_marks()) == [marks[1], marks[3]]
    last = ClockMark(subject.now, 2.0, "")
    await subject.ledger.note_clock(last)
    assert list(await subject.ledger.clock_marks()) == [marks[1], marks[3], last]


async def test_who_was_written_to_is_told_by_number_and_by_portfolio(subject: Subject):
    campaign_id = await subject.started()
    one, two = (await subject.waiting(campaign_id))[:2]
    await subject.send(one, "M1")
    attempt_id, _ = await subject.claim(two)
    assert attempt_id is not None
    since = subject.now - timedelta(seconds=1)
    number = (await subject.ledger.instances())[0].id
    assert [each.contact_id for each in await subject.ledger.written_by(number, since)] == [
        one.contact_id,
        two.contact_id,
    ]
    assert list(await subject.ledger.written_by_portfolio("nobody's", since)) == []
    await subject.settle(two, attempt_id, BUSY, STATUS.FAILED, "busy")
    assert [each.contact_id for each in await subject.ledger.written_by(number, since)] == [one.contact_id]
    assert list(await subject.ledger.written_by(number, subject.now + timedelta(hours=1))) == []


async def test_the_end_of_a_pause_is_kept_with_it(subject: Subject):
    number = (await subject.ledger.instances())[0].id
    until = subject.now + timedelta(hours=1)
    await subject.ledger.pause_instance(number, "account_restricted", subject.now, {}, until)
    assert (await subject.ledger.instances())[0].paused_until == until
    await subject.ledger.resume_instance(number, subject.now, {})
    assert (await subject.ledger.instances())[0].paused_until is None


async def test_replies_are_told_by_time(subject: Subject):
    campaign_id = await subject.started()
    candidate = (await subject.waiting(campaign_id))[0]
    await subject.send(candidate, "M1")
    assert list(await subject.ledger.replies(campaign_id, subject.now - timedelta(days=1))) == []
    await subject.ledger.apply_reply(
        Reply(InstanceId(1), "R1", f"{candidate.phone[1:]}@s.whatsapp.net", candidate.phone, "Oi", subject.now), False
    )
    assert list(await subject.ledger.replies(campaign_id, subject.now)) == [subject.now]
    assert list(await subject.ledger.replies(campaign_id, subject.now + timedelta(seconds=1))) == []
