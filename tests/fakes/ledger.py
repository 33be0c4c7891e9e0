"""A ledger in memory that keeps the promises of `engine.ports.Ledger`, as the contract tests check.

Each method is one step: something before the commit, the commit (which nothing interrupts), something after it. A test
may hook into both moments, and may cut a ledger off as a crash does: what was committed stays in the rows.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from desktop.domain.budget import Spent, month_of
from desktop.domain.campaign import Campaign, CampaignAction, CampaignStatus
from desktop.domain.campaign import step as campaign_step
from desktop.domain.clock_mark import ClockMark
from desktop.domain.errors import BugError, KnownError
from desktop.domain.events import Event, EventType, NewEvent, Severity
from desktop.domain.ids import AttemptId, CampaignId, EventId, InstanceId, RecipientId, RunId, VariationId, WorkspaceId
from desktop.domain.instance import ConnectionState, Instance
from desktop.domain.outcome import (
    LOST_THAT_FAIL,
    Absent,
    Accepted,
    Found,
    NotProvable,
    NotSent,
    Outcome,
    Rejected,
    Verdict,
)
from desktop.domain.receipt import NumberChanged, Preference, ProviderNews, Receipt, ReceiptKind, Reply, again_at
from desktop.domain.recipient import STEPS, Candidate, Reason, RecipientStatus
from desktop.domain.summaries import CampaignCounts
from desktop.engine.ports import (
    CampaignPlan,
    ControlState,
    Credits,
    Doubt,
    Intent,
    Precedence,
    Publish,
    Settlement,
    Unconfirmed,
    VariationResult,
    WrittenTo,
)
from tests.fakes.rows import AttemptRow, RecipientRow, Rows

WORKSPACE = WorkspaceId(1)
_WAITING = (RecipientStatus.PENDING, RecipientStatus.RETRYING)
_LIVE = (CampaignStatus.RUNNING, CampaignStatus.PAUSED, CampaignStatus.SCHEDULED)
_ENDED = (CampaignStatus.CANCELLED, CampaignStatus.FAILED)
_KEPT = timedelta(days=1)
_RANK = {ReceiptKind.SENT: 0, ReceiptKind.DELIVERED: 1, ReceiptKind.READ: 2, ReceiptKind.FAILED: 3}
_ACTIONS = {
    CampaignAction.START: EventType.STARTED,
    CampaignAction.PAUSE: EventType.PAUSED,
    CampaignAction.RESUME: EventType.RESUMED,
    CampaignAction.CANCEL: EventType.CANCELLED,
    CampaignAction.FAIL: EventType.ERROR,
    CampaignAction.UNSCHEDULE: EventType.EDITED,
}
_OUTCOME_EVENT = {
    RecipientStatus.SENT: EventType.MESSAGE_SENT,
    RecipientStatus.FAILED: EventType.MESSAGE_FAILED,
    RecipientStatus.RETRYING: EventType.RETRY_SCHEDULED,
    RecipientStatus.PENDING: EventType.RETRY_SCHEDULED,
    RecipientStatus.IN_DOUBT: EventType.IN_DOUBT,
    RecipientStatus.SKIPPED: EventType.SKIPPED,
}

Step = Callable[[str], None]


class MemoryLedger:
    """One life's handle on the rows. `step` is called with `<method>:before` and `<method>:after` the commit."""

    workspace_id = WORKSPACE

    def __init__(self, rows: Rows, publish: Publish, step: Step | None = None) -> None:
        self.rows = rows
        self.is_cut_off = False
        self._publish = publish
        self._step = step
        self._unpublished: list[Event] = []

    def cut_off(self) -> None:
        """Let nothing more of this life reach the rows."""
        self.is_cut_off = True

    async def _enter(self, name: str) -> None:
        await asyncio.sleep(0)
        self._pass(f"{name}:before")

    async def _commit(self, name: str) -> None:
        """What the method did to the rows stands: tell the world, then the caller."""
        self._pass(f"{name}:after")
        events, self._unpublished = self._unpublished, []
        if events:
            self._publish(events)
        await asyncio.sleep(0)
        self._pass(f"{name}:told")

    def _pass(self, moment: str) -> None:
        if self._step is not None and not self.is_cut_off:
            self._step(moment)
        if self.is_cut_off:
            raise asyncio.CancelledError

    # Runs ------------------------------------------------------------------------------------------------------------

    async def begin_run(self, now: datetime, host: str, pid: int) -> RunId:
        await self._enter("begin_run")
        for run_id, ended_at in self.rows.runs.items():
            self.rows.runs[run_id] = ended_at or now
        for row in self.rows.in_status(RecipientStatus.SENDING):
            attempt = self.rows.attempts_of[row.id][-1]
            attempt.outcome, attempt.code, attempt.doubt_since = "unknown", Reason.CRASHED, now
            self.rows.move(row, RecipientStatus.IN_DOUBT, Reason.CRASHED)
            row.attempts += 1
            self._emit_of(row, EventType.IN_DOUBT, now, {"reason": "crashed"}, Severity.WARNING)
            self._apply_early(row, (attempt.client_ref,))
        run_id = RunId(len(self.rows.runs) + 1)
        self.rows.runs[run_id] = None
        await self._commit("begin_run")
        return run_id

    async def end_run(self, run_id: RunId, now: datetime) -> None:
        await self._enter("end_run")
        self.rows.runs[run_id] = now
        await self._commit("end_run")

    async def clock_marks(self) -> Sequence[ClockMark]:
        await self._enter("clock_marks")
        return tuple(self.rows.clock_marks)

    async def note_clock(self, mark: ClockMark) -> None:
        await self._enter("note_clock")
        self.rows.clock_marks = [m for m in self.rows.clock_marks if m.set_by]
        self.rows.clock_marks.append(mark)
        await self._commit("note_clock")

    # What to work on -------------------------------------------------------------------------------------------------

    async def control_state(self) -> ControlState:
        await self._enter("control_state")
        live = [c for c in self.rows.campaigns.values() if c.status in _LIVE]
        live.sort(key=lambda c: (-c.draft.priority, c.started_at is not None, c.started_at, c.id))
        return ControlState(
            {campaign.id: campaign.status.value for campaign in live},
            {instance.id: instance.pause_reason for instance in self.rows.instances.values()},
            {
                campaign.id: Precedence(
                    campaign.draft.priority, campaign.started_at or campaign.created_at, campaign.updated_at
                )
                for campaign in live
                if campaign.status is CampaignStatus.RUNNING
            },
            self.rows.revision,
        )

    async def instances(self) -> Sequence[Instance]:
        await self._enter("instances")
        return list(self.rows.instances.values())

    async def plan(self, campaign_id: CampaignId) -> CampaignPlan:
        await self._enter("plan")
        campaign = self._campaign(campaign_id)
        return CampaignPlan(campaign, self.rows.variations[campaign_id], self.rows.counts(campaign_id))

    async def due_schedules(self, now: datetime) -> Sequence[Campaign]:
        await self._enter("due_schedules")
        scheduled = [c for c in self.rows.campaigns.values() if c.status is CampaignStatus.SCHEDULED]
        return [c for c in scheduled if c.draft.schedule_at is not None and c.draft.schedule_at <= now]

    async def credits(self, now: datetime) -> Credits:
        await self._enter("credits")
        begin, end = month_of(now, self.rows.budget.timezone)
        left = [a for a in self.rows.attempts.values() if a.counts and begin <= a.started_at < end]
        return Credits(self.rows.budget, Spent(len(left), sum(a.price_micros for a in left)))

    async def counts(self, campaign_id: CampaignId) -> CampaignCounts:
        await self._enter("counts")
        return self.rows.counts(campaign_id)

    async def variation_results(self, campaign_id: CampaignId) -> Sequence[VariationResult]:
        await self._enter("variation_results")
        sent = [r for r in self.rows.recipients.values() if r.campaign_id == campaign_id and r.sent_at is not None]
        return [
            VariationResult(
                found,
                sum(r.variation_id == found for r in sent),
                sum(r.variation_id == found and r.status is RecipientStatus.READ for r in sent),
                sum(r.variation_id == found and r.replied_at is not None for r in sent),
            )
            for found in sorted({r.variation_id for r in sent if r.variation_id is not None})
        ]

    async def reweigh(
        self, campaign_id: CampaignId, weights: Mapping[VariationId, int], details: Mapping[str, object], now: datetime
    ) -> None:
        await self._enter("reweigh")
        before = self.rows.variations[campaign_id]
        self.rows.variations[campaign_id] = tuple(replace(v, weight=weights.get(v.id, v.weight)) for v in before)
        self._emit(NewEvent(EventType.ROTATION_CHANGED, now, details=details, campaign_id=campaign_id))
        await self._commit("reweigh")

    async def zones(self, campaign_id: CampaignId) -> Sequence[str]:
        await self._enter("zones")
        return sorted({row.zone for row in self.rows.of_campaign(campaign_id, RecipientId(0))})

    async def pending(
        self, campaign_id: CampaignId, after: RecipientId, limit: int, zone: str | None = None
    ) -> Sequence[Candidate]:
        await self._enter("pending")
        found: list[Candidate] = []
        for row in self.rows.of_campaign(campaign_id, after):
            if row.status is RecipientStatus.PENDING and zone in (None, row.zone):
                found.append(self.rows.candidate(row))
            if len(found) == limit:
                break
        return found

    async def due_retries(
        self, campaign_id: CampaignId, now: datetime, limit: int, zone: str | None = None
    ) -> Sequence[Candidate]:
        await self._enter("due_retries")
        retrying = self.rows.in_status(RecipientStatus.RETRYING, campaign_id=campaign_id)
        due = [row for row in retrying if row.next_attempt_at is not None and row.next_attempt_at <= now]
        due = [row for row in due if zone in (None, row.zone)]
        due.sort(key=lambda row: (row.next_attempt_at, row.id))
        return [self.rows.candidate(row) for row in due[:limit]]

    async def next_retry_at(self, campaign_id: CampaignId) -> datetime | None:
        await self._enter("next_retry_at")
        retrying = self.rows.in_status(RecipientStatus.RETRYING, campaign_id=campaign_id)
        return min((row.next_attempt_at for row in retrying if row.next_attempt_at), default=None)

    async def departures(self, instance_id: InstanceId, since: datetime) -> Sequence[datetime]:
        await self._enter("departures")
        return self._started(since, lambda attempt: attempt.instance_id == instance_id)

    async def trials_after(self, after: int, since: datetime) -> Sequence[tuple[int, InstanceId]]:
        await self._enter("trials_after")
        found = enumerate(self.rows.trials, 1)
        return [(number, test[0]) for number, test in found if number > after and test[1] >= since]

    async def written_by(self, instance_id: InstanceId, since: datetime) -> Sequence[WrittenTo]:
        await self._enter("written_by")
        return self._written({instance_id}, since)

    async def written_by_portfolio(self, portfolio_id: str, since: datetime) -> Sequence[WrittenTo]:
        await self._enter("written_by_portfolio")
        known = {**self.rows.instances, **self.rows.removed}
        return self._written({found for found, each in known.items() if each.portfolio_id == portfolio_id}, since)

    def _written(self, instances: set[InstanceId], since: datetime) -> list[WrittenTo]:
        attempts = [a for a in self.rows.attempts.values() if a.counts and a.started_at >= since]
        mine = [a for a in attempts if a.instance_id in instances]
        contacts = self.rows.recipients
        found = [WrittenTo(contacts[a.recipient_id].contact.id, a.started_at) for a in mine]
        return sorted(found, key=lambda each: each.at)

    async def campaign_departures(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]:
        await self._enter("campaign_departures")
        return self._started(since, lambda attempt: attempt.campaign_id == campaign_id)

    async def replies(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]:
        await self._enter("replies")
        rows = self.rows.of_campaign(campaign_id, RecipientId(0))
        return sorted(row.replied_at for row in rows if row.replied_at is not None and row.replied_at >= since)

    async def last_departure(self, campaign_id: CampaignId) -> datetime | None:
        await self._enter("last_departure")
        started = [a.started_at for a in self.rows.attempts.values() if a.campaign_id == campaign_id and a.counts]
        return max(started, default=None)

    def _started(self, since: datetime, which: Callable[[AttemptRow], bool]) -> list[datetime]:
        return sorted(
            a.started_at for a in self.rows.attempts.values() if a.counts and a.started_at >= since and which(a)
        )

    # One message -----------------------------------------------------------------------------------------------------

    async def record_intent(self, intent: Intent) -> AttemptId | None:
        await self._enter("record_intent")
        attempt_id = self._claim(intent)
        await self._commit("record_intent")
        return attempt_id

    def _claim(self, intent: Intent) -> AttemptId | None:
        row = self.rows.recipients[intent.recipient_id]
        campaign = self._campaign(row.campaign_id)
        if self.rows.runs.get(intent.run_id, intent.started_at) is not None:
            return None  # over, or another run has begun since
        if (asked_before := self._asked_before(intent)) is not None:
            return asked_before
        if campaign.status is not CampaignStatus.RUNNING or row.status not in _WAITING:
            return None
        if row.contact.opted_out_at is not None:  # whatever the campaign says
            self._skip(row, Reason.OPTED_OUT, intent.started_at)
            return None
        self.rows.move(row, RecipientStatus.SENDING, None)
        row.instance_id, row.variation_id = intent.instance_id, intent.variation_id
        assert intent.client_ref not in self.rows.by_client_ref
        attempt = AttemptRow(
            id=AttemptId(len(self.rows.attempts) + 1),
            recipient_id=row.id,
            campaign_id=row.campaign_id,
            instance_id=intent.instance_id,
            run_id=intent.run_id,
            number=len(self.rows.attempts_of[row.id]) + 1,
            started_at=intent.started_at,
            client_ref=intent.client_ref,
            text_digest=intent.text_digest,
            price_micros=intent.price.micros,
        )
        self.rows.attempts[attempt.id] = attempt
        self.rows.attempts_of[row.id].append(attempt)
        self.rows.by_client_ref[intent.client_ref] = row
        self._emit_of(row, EventType.INSTANCE_SELECTED, intent.started_at, intent.choice, Severity.DEBUG)
        return attempt.id

    def _asked_before(self, intent: Intent) -> AttemptId | None:
        for attempt in self.rows.attempts_of[intent.recipient_id]:
            if attempt.client_ref == intent.client_ref and attempt.outcome is None:
                return attempt.id
        return None

    async def settle(self, settlement: Settlement) -> None:
        await self._enter("settle")
        self._settle(settlement)
        await self._commit("settle")

    def _settle(self, settlement: Settlement) -> None:
        attempt = self.rows.attempts[settlement.attempt_id]
        outcome, row = settlement.outcome, self.rows.recipients[settlement.recipient_id]
        accepted = outcome if isinstance(outcome, Accepted) else None
        if attempt.outcome is not None and not (attempt.outcome == "unknown" and accepted):
            return
        attempt.outcome, attempt.code = _word(outcome)
        attempt.is_settled = True
        attempt.doubt_since = settlement.finished_at if attempt.outcome == "unknown" else None
        target, reason = settlement.next_status, settlement.reason
        if target in _WAITING and self._campaign(row.campaign_id).status in _ENDED:
            target, reason = RecipientStatus.FAILED, Reason.CANCELLED.value
        if row.status is not RecipientStatus.SENDING and target not in STEPS[row.status]:
            return
        self.rows.move(row, target, reason)
        row.attempts += int(settlement.counts_as_attempt)
        if target is RecipientStatus.RETRYING:
            row.next_attempt_at = settlement.next_attempt_at
        if accepted:
            attempt.message_id = accepted.message_id
            self._learn(row, accepted.message_id, accepted.address)
            row.sent_at = settlement.finished_at
            row.contact.last_instance_id = settlement.instance_id
        details = {**settlement.details, "attempt": attempt.number, "reason": reason}
        self._emit_of(row, _OUTCOME_EVENT[target], settlement.finished_at, details, told=settlement)
        if isinstance(outcome, Rejected) and outcome.code == Reason.OPTED_OUT:
            self.opt_out_now(row.contact.phone, settlement.finished_at)
        if target in _WAITING:
            self._apply_of_attempts(row)
        else:
            self._apply_early(row, (attempt.client_ref, *((accepted.message_id,) if accepted else ())))

    async def skip(self, recipient_id: RecipientId, reason: str, now: datetime) -> None:
        await self._enter("skip")
        row = self.rows.recipients[recipient_id]
        if row.status in _WAITING:
            self._skip(row, reason, now)
        await self._commit("skip")

    def _skip(self, row: RecipientRow, reason: str, now: datetime) -> None:
        self.rows.move(row, RecipientStatus.SKIPPED, reason)
        self._emit_of(row, EventType.SKIPPED, now, {"reason": reason})

    # A campaign's life -----------------------------------------------------------------------------------------------

    async def finish_if_done(self, campaign_id: CampaignId, now: datetime) -> bool:
        await self._enter("finish_if_done")
        counts, campaign = self.rows.counts(campaign_id), self._campaign(campaign_id)
        left = counts.pending or counts.sending or counts.retrying or counts.in_doubt
        is_done = not left and campaign.status is CampaignStatus.RUNNING
        if is_done:
            self._move_campaign(campaign, CampaignAction.COMPLETE, now, None)
            self._emit(NewEvent(EventType.COMPLETED, now, details={"counts": asdict(counts)}, campaign_id=campaign_id))
        await self._commit("finish_if_done")
        return is_done

    async def act(
        self, campaign_id: CampaignId, action: CampaignAction, now: datetime, reason: str | None, operator: str | None
    ) -> None:
        await self._enter("act")
        if action not in _ACTIONS:
            raise BugError(f"{action} is not taken with act")
        self.act_now(campaign_id, action, now, reason, operator)
        await self._commit("act")

    def act_now(
        self, campaign_id: CampaignId, action: CampaignAction, now: datetime, reason: str | None, operator: str | None
    ) -> None:
        """Do as another process does: at once, and no step of this engine."""
        campaign = self._campaign(campaign_id)
        campaign_step(campaign.status, action)
        if action is CampaignAction.START and not self.rows.counts(campaign_id).pending:
            raise KnownError("audience_empty", "Nobody is left to send to.")
        self._move_campaign(campaign, action, now, reason)
        if self._campaign(campaign_id).status in _ENDED:
            for row in self.rows.in_status(*_WAITING, campaign_id=campaign_id):
                self.rows.move(row, RecipientStatus.FAILED, Reason.CANCELLED)
        details = {"reason": reason} if reason else {}
        self._emit(NewEvent(_ACTIONS[action], now, details=details, campaign_id=campaign_id, operator=operator))

    def _move_campaign(self, campaign: Campaign, action: CampaignAction, now: datetime, reason: str | None) -> None:
        status = campaign_step(campaign.status, action)
        started_at = campaign.started_at or (now if status is CampaignStatus.RUNNING else None)
        self.rows.campaigns[campaign.id] = replace(
            campaign, status=status, reason=reason, updated_at=now, started_at=started_at
        )

    def _campaign(self, campaign_id: CampaignId) -> Campaign:
        if campaign_id not in self.rows.campaigns:
            raise KnownError("campaign_not_found", "There is no such campaign.")
        return self.rows.campaigns[campaign_id]

    # Doubt -----------------------------------------------------------------------------------------------------------

    async def doubts(self, limit: int) -> Sequence[Doubt]:
        await self._enter("doubts")
        found = [
            Doubt(
                attempt_id=attempt.id,
                recipient_id=row.id,
                campaign_id=row.campaign_id,
                instance_id=attempt.instance_id,
                contact_id=row.contact.id,
                phone=row.contact.phone,
                address=row.contact.address or row.address,
                client_ref=attempt.client_ref,
                text_digest=attempt.text_digest,
                message_id=attempt.message_id,
                started_at=attempt.started_at,
                since=attempt.doubt_since or attempt.started_at,
                tries=attempt.doubt_tries,
            )
            for row in self.rows.in_status(RecipientStatus.IN_DOUBT)
            for attempt in self.rows.attempts_of[row.id][-1:]
        ]
        return sorted(found, key=lambda doubt: (doubt.tries, doubt.started_at))[:limit]

    async def record_verdict(self, doubt: Doubt, verdict: Verdict, now: datetime) -> Verdict | None:
        await self._enter("record_verdict")
        row, attempt = self.rows.recipients[doubt.recipient_id], self.rows.attempts[doubt.attempt_id]
        if isinstance(verdict, Found):
            owner = self.rows.by_message.get(verdict.message_id)
            if owner not in (None, row):
                verdict = NotProvable("ambiguous")
        was_doubtful = row.status is RecipientStatus.IN_DOUBT
        if was_doubtful:
            if isinstance(verdict, Found):
                self._prove(row, verdict.message_id, verdict.address, now)
                if verdict.status is not None:
                    self._advance(row, Receipt(doubt.instance_id, verdict.message_id, ReceiptKind(verdict.status), now))
                self._apply_early(row, (verdict.message_id, doubt.client_ref))
            elif isinstance(verdict, Absent):
                attempt.outcome, attempt.code = "not_sent", "absent"
                lost = [each for each in self.rows.attempts_of[row.id] if each.code == "absent" and each.is_settled]
                self._send_back(row, now, is_burnt=False, gives_up=len(lost) >= LOST_THAT_FAIL)
            else:
                attempt.doubt_tries, attempt.code = attempt.doubt_tries + 1, verdict.code
        await self._commit("record_verdict")
        return verdict if was_doubtful else None

    def resolve_now(self, campaign_id: CampaignId, as_sent: bool, now: datetime) -> int:
        """Take the operator's word for all doubts of a campaign, as another process does."""
        rows = self.rows.in_status(RecipientStatus.IN_DOUBT, campaign_id=campaign_id)
        for row in rows:
            if as_sent:
                self._prove(row, None, None, now)
            else:
                self._send_back(row, now, is_burnt=True)
        return len(rows)

    def _prove(
        self, row: RecipientRow, message_id: str | None, address: str | None, now: datetime, tag: str | None = None
    ) -> None:
        attempts = self.rows.attempts_of[row.id]
        attempt = next((each for each in attempts if each.client_ref == tag), attempts[-1])
        row.contact.last_instance_id = attempt.instance_id
        self.rows.move(row, RecipientStatus.SENT, None)
        row.sent_at = attempt.started_at
        if message_id is not None:
            attempt.outcome, attempt.message_id = "accepted", message_id
            self._learn(row, message_id, address)
        self._emit_of(row, EventType.RECONCILED, now, {})
        self._emit_of(row, EventType.MESSAGE_SENT, now, {"reconciled": True})

    def _send_back(self, row: RecipientRow, now: datetime, *, is_burnt: bool, gives_up: bool = False) -> None:
        has_ended = self._campaign(row.campaign_id).status in _ENDED
        fails, reason = has_ended or gives_up, Reason.CANCELLED if has_ended else Reason.RETRIES_EXHAUSTED
        target = RecipientStatus.FAILED if fails else RecipientStatus.PENDING
        self.rows.move(row, target, reason if fails else None)
        row.attempts = row.attempts if is_burnt else max(0, row.attempts - 1)
        self._emit_of(row, EventType.RECONCILED, now, {"to": target.value})
        if not fails:
            self._apply_of_attempts(row)

    def _learn(self, row: RecipientRow, message_id: str, address: str | None) -> None:
        row.message_id = message_id
        self.rows.by_message[message_id] = row
        if address is not None:
            row.address = row.contact.address = address

    # What comes back -------------------------------------------------------------------------------------------------

    async def apply_receipts(self, receipts: Sequence[Receipt]) -> None:
        await self._enter("apply_receipts")
        for receipt in receipts:
            row = self._named_by(receipt)
            if row is not None:
                self._advance(row, receipt)
            elif (receipt.message_id, receipt.kind) not in {(r.message_id, r.kind) for r in self.rows.early_receipts}:
                kept = [r for r in self.rows.early_receipts if r.at >= receipt.at - _KEPT]
                self.rows.early_receipts = [*kept, receipt]
        await self._commit("apply_receipts")

    def _named_by(self, receipt: Receipt) -> RecipientRow | None:
        row = self.rows.by_message.get(receipt.message_id)
        if row is None:
            tag = receipt.client_ref or receipt.message_id
            sent_as = self.rows.by_client_ref.get(tag)
            may_be_tried = sent_as is not None and sent_as.status in (*_WAITING, RecipientStatus.FAILED)
            if sent_as is not None and (may_be_tried or self._is_doubted(sent_as, tag)):
                row = sent_as
        return row

    def _is_doubted(self, row: RecipientRow, tag: str) -> bool:
        """Of several attempts only the doubtful one leads out of doubt."""
        is_unknown = any(a.client_ref == tag and a.outcome == "unknown" for a in self.rows.attempts_of[row.id])
        return row.status is RecipientStatus.IN_DOUBT and is_unknown

    def _apply_of_attempts(self, row: RecipientRow) -> None:
        """Who waits again may have been sent to by any of the attempts."""
        for attempt in self.rows.attempts_of[row.id]:
            self._apply_early(row, (attempt.client_ref,))

    def _apply_early(self, row: RecipientRow, message_ids: tuple[str, ...]) -> None:
        early = self.rows.early_receipts
        mine = [r for r in early if r.message_id in message_ids or r.client_ref == message_ids[0]]
        for receipt in sorted(mine, key=lambda r: (_RANK[r.kind], r.at)):
            self.rows.early_receipts.remove(receipt)
            self._advance(row, receipt)

    def _advance(self, row: RecipientRow, receipt: Receipt) -> None:
        target = RecipientStatus(receipt.kind.value)
        if row.status in _WAITING and target is RecipientStatus.FAILED:
            return
        if row.status not in _WAITING and target not in STEPS[row.status]:
            return
        if row.sent_at is not None and target is RecipientStatus.SENT:
            return
        if row.sent_at is None and target is not RecipientStatus.FAILED:
            tag = receipt.client_ref or receipt.message_id
            self._prove(row, receipt.message_id, receipt.address, receipt.at, tag)
        if target is RecipientStatus.FAILED and row.sent_at is not None and self._waits_again(row, receipt):
            return
        if target is RecipientStatus.FAILED:
            self.rows.move(row, target, receipt.code or Reason.DELIVERY_FAILED)
            self._emit_of(row, EventType.MESSAGE_FAILED, receipt.at, {"reason": row.reason})
            if row.reason == Reason.OPTED_OUT:
                self.opt_out_now(row.contact.phone, receipt.at)
        elif target is not RecipientStatus.SENT:
            self.rows.move(row, target, None if row.status is RecipientStatus.FAILED else row.reason)
            is_read = target is RecipientStatus.READ
            self._emit_of(row, EventType.MESSAGE_READ if is_read else EventType.MESSAGE_DELIVERED, receipt.at, {})

    def _waits_again(self, row: RecipientRow, receipt: Receipt) -> bool:
        """Who was not delivered to, and may be sent to after a day, waits while the campaign runs."""
        at, last = again_at(receipt), self.rows.attempts_of[row.id][-1]
        campaign = self.rows.campaigns[row.campaign_id]
        if (
            at is None
            or receipt.client_ref != last.client_ref
            or last.outcome != "accepted"
            or campaign.status is not CampaignStatus.RUNNING
            or row.attempts >= campaign.draft.retry.attempts
        ):
            return False
        last.code = receipt.code
        if row.message_id is not None:
            self.rows.by_message.pop(row.message_id, None)
        row.message_id, row.sent_at = None, None
        self.rows.put_back(row, receipt.code, at)
        self._emit_of(row, EventType.RETRY_SCHEDULED, receipt.at, {"reason": receipt.code})
        if row.contact.opted_out_at is not None:
            self.rows.move(row, RecipientStatus.SKIPPED, Reason.OPTED_OUT)
        return True

    async def apply_reply(self, reply: Reply, is_opt_out: bool) -> None:
        await self._enter("apply_reply")
        people = self.rows.contacts.values()
        contact = next((c for c in people if c.address == reply.address or c.phone == reply.phone), None)
        if contact is not None:
            rows = [row for row in self.rows.recipients.values() if row.contact is contact]
            answered = max((row for row in rows if row.sent_at), key=lambda row: (row.sent_at, row.id), default=None)
            if answered is not None and answered.replied_at is None:
                answered.replied_at = reply.at
                self._emit_of(answered, EventType.REPLIED, reply.at, {})
            if is_opt_out:
                self.opt_out_now(contact.phone, reply.at)
        await self._commit("apply_reply")

    async def apply_news(self, news: Sequence[ProviderNews]) -> None:
        await self._enter("apply_news")
        for item in news:
            match item:
                case Preference():
                    known = [
                        c for c in self.rows.contacts.values() if item.address == c.address or item.phone == c.phone
                    ]
                    for contact in known:
                        if item.is_opt_out:
                            self.opt_out_now(contact.phone, item.at)
                case NumberChanged(quality="RED"):
                    self.set_pause_now(item.instance_id, "quality_low", item.at, {"quality": "RED"})
                case _:
                    pass
        await self._commit("apply_news")

    def opt_out_now(self, phone: str, now: datetime) -> None:
        """Opt a person out and skip them wherever they wait."""
        contact = next(c for c in self.rows.contacts.values() if c.phone == phone)
        if contact.opted_out_at is None:
            contact.opted_out_at = now
            self._emit(NewEvent(EventType.OPTED_OUT, now, contact_id=contact.id))
        for row in self.rows.in_status(*_WAITING):
            if row.contact is contact:
                self._skip(row, Reason.OPTED_OUT, now)

    async def unconfirmed(self, since: datetime, after: RecipientId, limit: int) -> Sequence[Unconfirmed]:
        await self._enter("unconfirmed")
        rows = self.rows.in_status(RecipientStatus.SENT, RecipientStatus.DELIVERED)
        found = [
            Unconfirmed(row.id, row.instance_id, row.message_id, row.address, row.status, row.sent_at)
            for row in rows
            if row.id > after and row.sent_at and row.sent_at >= since and row.message_id and row.instance_id
        ]
        return sorted(found, key=lambda each: each.recipient_id)[:limit]

    # Instances and connectivity --------------------------------------------------------------------------------------

    async def set_instance_state(
        self, instance_id: InstanceId, state: ConnectionState, now: datetime, phone: str | None = None
    ) -> None:
        await self._enter("set_instance_state")
        before = self._instance(instance_id)
        self.rows.instances[instance_id] = replace(before, state=state, checked_at=now, phone=phone or before.phone)
        if before.state is not state:
            self._emit(NewEvent(EventType.HEALTH_ISSUE, now, details={"state": state.value}, instance_id=instance_id))
        await self._commit("set_instance_state")

    async def pause_instance(
        self,
        instance_id: InstanceId,
        reason: str,
        now: datetime,
        details: Mapping[str, object],
        until: datetime | None = None,
    ) -> None:
        await self._enter("pause_instance")
        if self._instance(instance_id).pause_reason is None:
            self.set_pause_now(instance_id, reason, now, details, until)
        await self._commit("pause_instance")

    async def resume_instance(self, instance_id: InstanceId, now: datetime, details: Mapping[str, object]) -> None:
        await self._enter("resume_instance")
        if self._instance(instance_id).pause_reason is not None:
            self.set_pause_now(instance_id, None, now, details)
        await self._commit("resume_instance")

    def set_pause_now(
        self,
        instance_id: InstanceId,
        reason: str | None,
        now: datetime,
        details: Mapping[str, object],
        until: datetime | None = None,
    ) -> None:
        """Pause or resume (None) as another process does."""
        before = self.rows.instances[instance_id]
        paused_at = now if reason is not None else None
        self.rows.instances[instance_id] = replace(before, pause_reason=reason, paused_at=paused_at, paused_until=until)
        event_type = EventType.INSTANCE_RESUMED if reason is None else EventType.INSTANCE_PAUSED
        facts = {"reason": reason or before.pause_reason, **details}
        self._emit(NewEvent(event_type, now, details=facts, instance_id=instance_id))

    def _instance(self, instance_id: InstanceId) -> Instance:
        if instance_id not in self.rows.instances:
            raise KnownError("instance_not_found", "There is no such instance.")
        return self.rows.instances[instance_id]

    async def note_connectivity(self, online: bool, now: datetime, details: Mapping[str, object]) -> None:
        event_type = EventType.CAME_ONLINE if online else EventType.WENT_OFFLINE
        await self.note(NewEvent(event_type, now, Severity.INFO if online else Severity.WARNING, details))

    async def note(self, event: NewEvent) -> None:
        await self._enter("note")
        self._emit(event)
        await self._commit("note")

    def _emit_of(
        self,
        row: RecipientRow,
        event_type: EventType,
        at: datetime,
        details: Mapping[str, object],
        severity: Severity = Severity.INFO,
        told: Settlement | None = None,
    ) -> None:
        self._emit(
            NewEvent(
                event_type,
                at,
                severity,
                details,
                health_score=told.health_score if told else None,
                request=told.request if told else None,
                response=told.response if told else None,
                campaign_id=row.campaign_id,
                instance_id=row.instance_id,
                contact_id=row.contact.id,
                recipient_id=row.id,
                progress=self.rows.counts(row.campaign_id).progress,
            )
        )

    def _emit(self, fact: NewEvent) -> None:
        event = Event(EventId(len(self.rows.events) + 1), WORKSPACE, fact)
        self.rows.events.append(event)
        self._unpublished.append(event)


def _word(outcome: Outcome) -> tuple[str, str | None]:
    match outcome:
        case Accepted():
            return "accepted", None
        case Rejected(code=code):
            return "rejected", code
        case NotSent(code=code):
            return "not_sent", code
        case _:
            return "unknown", outcome.code
