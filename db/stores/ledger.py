"""The engine's durable truth: `desktop/engine/ports.py` `Ledger`, over one database and one workspace.

Each method is one unit of work or one question; what it does is in the module of its subject.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from db.connection import Database
from db.queries import credits as credit_rows
from db.queries import reach, work
from db.queries.ownership import owns_recipient
from db.recorder import is_possible
from db.rows import load_campaign, load_counts, load_variations, select_campaigns, select_instances
from db.stores import campaign_life, clock_marks, deletion, doubts, instances, provider, replies, runs, skipping
from db.stores import receipts as receipt_rows
from db.stores.campaign_start import ZoneOf
from db.stores.owned import Owned
from db.stores.sending import Sending, learn
from db.tables.campaign import campaign
from db.writer import WriteContext
from desktop.domain.campaign import Campaign, CampaignAction, CampaignStatus
from desktop.domain.clock_mark import ClockMark
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import AttemptId, CampaignId, InstanceId, RecipientId, RunId, VariationId, WorkspaceId
from desktop.domain.instance import ConnectionState, Instance
from desktop.domain.outcome import Verdict
from desktop.domain.receipt import ProviderNews, Receipt, Reply, TemplateChanged
from desktop.domain.recipient import Candidate
from desktop.domain.summaries import CampaignCounts
from desktop.engine.ports import (
    CampaignPlan,
    ControlState,
    Credits,
    Doubt,
    Intent,
    Settlement,
    Unconfirmed,
    VariationResult,
    WrittenTo,
)

T = TypeVar("T")

# Receipts of one transaction: a poll after a long absence brings thousands, and sends must not wait for them.
_DOUBTS_AT_ONCE = 200
_RECEIPTS_AT_ONCE = 500
_ITEMS = 2  # of a message: what is recorded before it and after it


class SqlLedger:
    """Implements `Ledger`."""

    def __init__(self, database: Database, workspace_id: WorkspaceId, zone_of: ZoneOf | None = None) -> None:
        """Prepare.

        Args:
            zone_of: tells the time zone of a phone, for campaigns with a send window.
        """
        self.workspace_id = workspace_id
        self._database = database
        self._zone_of = zone_of
        self._owned = Owned(workspace_id)
        self._sending = Sending(workspace_id, self._owned)

    async def _of_campaign(self, campaign_id: CampaignId, ask: Callable[[sa.Connection], T], nothing: T) -> T:
        """Ask about a campaign of this workspace; of any other one there is `nothing` to tell."""
        return await self._database.read(lambda conn: ask(conn) if self._owned.campaign(conn, campaign_id) else nothing)

    async def _of_instance(self, instance_id: InstanceId, ask: Callable[[sa.Connection], T], nothing: T) -> T:
        """Ask about a number of this workspace; of any other one there is `nothing` to tell."""
        return await self._database.read(lambda conn: ask(conn) if self._owned.instance(conn, instance_id) else nothing)

    # Runs ------------------------------------------------------------------------------------------------------------

    async def begin_run(self, now: datetime, host: str, pid: int) -> RunId:
        """Begin a run; first finish what an earlier one was doing when it ended."""
        for campaign_id in await self._database.read(lambda conn: runs.unfinished(conn, self.workspace_id)):
            await self._sweep(campaign_id)
        await deletion.finish_deletions(self._database, self.workspace_id)
        return await self._database.write(lambda ctx: runs.begin_run(ctx, self.workspace_id, now, host, pid))

    async def end_run(self, run_id: RunId, now: datetime) -> None:
        await self._database.write(lambda ctx: runs.end_run(ctx, self.workspace_id, run_id, now))

    async def clock_marks(self) -> Sequence[ClockMark]:
        return await self._database.read(lambda conn: clock_marks.newest(conn, self.workspace_id))

    async def note_clock(self, mark: ClockMark) -> None:
        await self._database.write(lambda ctx: clock_marks.note(ctx, self.workspace_id, mark))

    # What to work on -------------------------------------------------------------------------------------------------

    async def control_state(self) -> ControlState:
        def look(conn: sa.Connection) -> ControlState:
            self._database.check_place()  # what is recorded in a file that is gone is not recorded
            return work.control_state(conn, self.workspace_id)

        return await self._database.read(look)

    async def instances(self) -> Sequence[Instance]:
        return await self._database.read(lambda conn: select_instances(conn, self.workspace_id))

    async def plan(self, campaign_id: CampaignId) -> CampaignPlan:
        return await self._database.read(
            lambda conn: CampaignPlan(
                load_campaign(conn, self.workspace_id, campaign_id),
                load_variations(conn, campaign_id),
                load_counts(conn, campaign_id),
            )
        )

    async def due_schedules(self, now: datetime) -> Sequence[Campaign]:
        due = (campaign.c.status == CampaignStatus.SCHEDULED.value, campaign.c.schedule_at <= now)
        return await self._database.read(lambda conn: select_campaigns(conn, self.workspace_id, *due))

    async def credits(self, now: datetime) -> Credits:
        """The budget, and what has left this month; the count is left out where nothing is limited."""
        return await self._database.read(lambda conn: credit_rows.of_month(conn, self.workspace_id, now))

    async def counts(self, campaign_id: CampaignId) -> CampaignCounts:
        return await self._of_campaign(campaign_id, lambda conn: load_counts(conn, campaign_id), CampaignCounts())

    async def variation_results(self, campaign_id: CampaignId) -> Sequence[VariationResult]:
        return await self._of_campaign(campaign_id, lambda conn: work.variation_results(conn, campaign_id), [])

    async def reweigh(
        self, campaign_id: CampaignId, weights: Mapping[VariationId, int], details: Mapping[str, object], now: datetime
    ) -> None:
        await self._database.write(
            lambda ctx: campaign_life.reweigh(ctx, self.workspace_id, campaign_id, weights, details, now)
        )

    async def zones(self, campaign_id: CampaignId) -> Sequence[str]:
        return await self._of_campaign(campaign_id, lambda conn: work.zones(conn, campaign_id), [])

    async def pending(
        self, campaign_id: CampaignId, after: RecipientId, limit: int, zone: str | None = None
    ) -> Sequence[Candidate]:
        return await self._of_campaign(
            campaign_id, lambda conn: work.pending(conn, campaign_id, after, limit, zone), []
        )

    async def due_retries(
        self, campaign_id: CampaignId, now: datetime, limit: int, zone: str | None = None
    ) -> Sequence[Candidate]:
        return await self._of_campaign(
            campaign_id, lambda conn: work.due_retries(conn, campaign_id, now, limit, zone), []
        )

    async def next_retry_at(self, campaign_id: CampaignId) -> datetime | None:
        return await self._of_campaign(campaign_id, lambda conn: work.next_retry_at(conn, campaign_id), None)

    async def departures(self, instance_id: InstanceId, since: datetime) -> Sequence[datetime]:
        return await self._of_instance(instance_id, lambda conn: work.departures(conn, instance_id, since), [])

    async def trials_after(self, after: int, since: datetime) -> Sequence[tuple[int, InstanceId]]:
        return await self._database.read(lambda conn: work.trials_after(conn, self.workspace_id, after, since))

    async def written_by(self, instance_id: InstanceId, since: datetime) -> Sequence[WrittenTo]:
        return await self._of_instance(instance_id, lambda conn: reach.written_by(conn, instance_id, since), [])

    async def written_by_portfolio(self, portfolio_id: str, since: datetime) -> Sequence[WrittenTo]:
        return await self._database.read(
            lambda conn: reach.written_by_portfolio(conn, self.workspace_id, portfolio_id, since)
        )

    async def campaign_departures(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]:
        return await self._of_campaign(campaign_id, lambda conn: work.campaign_departures(conn, campaign_id, since), [])

    async def replies(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]:
        return await self._of_campaign(campaign_id, lambda conn: work.replies(conn, campaign_id, since), [])

    async def last_departure(self, campaign_id: CampaignId) -> datetime | None:
        return await self._of_campaign(campaign_id, lambda conn: work.last_departure(conn, campaign_id), None)

    # One message -----------------------------------------------------------------------------------------------------

    def record_intent(self, intent: Intent) -> Awaitable[AttemptId | None]:
        return self._database.submit_item(self._sending.record, intent)

    def settle(self, settlement: Settlement) -> Awaitable[object]:
        return self._database.submit_item(self._sending.record, settlement)

    def record_apart(self, command: Sequence[str], from_per_s: float) -> None:
        """Let a process of its own record messages while there are `from_per_s` a second or more; 0: all of them.

        Args:
            command: starts this program as that process; the database and the workspace are appended to it.
        """
        if (path := self._database.path) is not None and is_possible():
            order = (*command, str(path.absolute()), str(self.workspace_id))
            self._database.record_apart(self._sending.record, order, _ITEMS * from_per_s)

    async def skip(self, recipient_id: RecipientId, reason: str, now: datetime) -> None:
        def skip(context: WriteContext) -> None:
            if owns_recipient(context.conn, self.workspace_id, recipient_id):
                skipping.skip(context, self.workspace_id, recipient_id, reason, now)

        await self._database.write(skip)

    # A campaign's life -----------------------------------------------------------------------------------------------

    async def finish_if_done(self, campaign_id: CampaignId, now: datetime) -> bool:
        return await self._database.write(
            lambda ctx: campaign_life.finish_if_done(ctx, self.workspace_id, campaign_id, now)
        )

    async def act(
        self, campaign_id: CampaignId, action: CampaignAction, now: datetime, reason: str | None, operator: str | None
    ) -> None:
        await self._database.write(
            lambda ctx: campaign_life.act(
                ctx, self.workspace_id, campaign_id, action, now, reason, operator, self._zone_of
            )
        )
        if action in (CampaignAction.CANCEL, CampaignAction.FAIL):
            await self._sweep(campaign_id)

    async def _sweep(self, campaign_id: CampaignId) -> None:
        while await self._database.write(lambda ctx: campaign_life.sweep(ctx, campaign_id)) >= campaign_life.CHUNK:
            pass

    # Doubt -----------------------------------------------------------------------------------------------------------

    async def doubts(self, limit: int) -> Sequence[Doubt]:
        return await self._database.read(lambda conn: work.doubts(conn, self.workspace_id, limit))

    async def record_verdict(self, doubt: Doubt, verdict: Verdict, now: datetime) -> Verdict | None:
        def record(context: WriteContext) -> Verdict | None:
            if owns_recipient(context.conn, self.workspace_id, doubt.recipient_id):
                return doubts.record_verdict(context, self.workspace_id, doubt, verdict, now)
            return None

        return await self._database.write(record)

    async def resolve_doubts(
        self,
        recipient_ids: Sequence[RecipientId] | CampaignId,
        as_sent: bool,
        now: datetime,
        operator: str | None = None,
    ) -> int:
        """Take the operator's word for some recipients, or for all of a campaign; return how many were in doubt.

        Many are decided in several transactions: the engine writes in between. Who comes into doubt meanwhile, also
        again, is left alone.
        """
        ids = await self._database.read(lambda conn: doubts.doubtful_ids(conn, self.workspace_id, recipient_ids))
        resolved = 0
        for start in range(0, len(ids), _DOUBTS_AT_ONCE):
            part = ids[start : start + _DOUBTS_AT_ONCE]
            resolved += await self._database.write(
                lambda ctx, part=part: doubts.resolve(ctx, self.workspace_id, part, as_sent, now, operator)
            )
        return resolved

    # What comes back -------------------------------------------------------------------------------------------------

    async def apply_receipts(self, receipts: Sequence[Receipt]) -> None:
        for start in range(0, len(receipts), _RECEIPTS_AT_ONCE):
            part = receipts[start : start + _RECEIPTS_AT_ONCE]
            await self._database.write(_applying(self.workspace_id, self._owned, part))

    async def apply_reply(self, reply: Reply, is_opt_out: bool) -> None:
        def apply(context: WriteContext) -> None:
            if self._owned.instance(context.conn, reply.instance_id):
                replies.apply_reply(context, self.workspace_id, reply, is_opt_out)

        await self._database.write(apply)

    async def apply_news(self, news: Sequence[ProviderNews]) -> None:
        def apply(context: WriteContext) -> None:
            own = [
                item
                for item in news
                if isinstance(item, TemplateChanged) or self._owned.instance(context.conn, item.instance_id)
            ]
            provider.apply_news(context, self.workspace_id, own)

        await self._database.write(apply)

    async def unconfirmed(self, since: datetime, after: RecipientId, limit: int) -> Sequence[Unconfirmed]:
        return await self._database.read(lambda conn: work.unconfirmed(conn, self.workspace_id, since, after, limit))

    # Instances and connectivity --------------------------------------------------------------------------------------

    async def set_instance_state(
        self, instance_id: InstanceId, state: ConnectionState, now: datetime, phone: str | None = None
    ) -> None:
        await self._database.write(
            lambda ctx: instances.set_state(ctx, self.workspace_id, instance_id, state, now, phone)
        )

    async def pause_instance(
        self,
        instance_id: InstanceId,
        reason: str,
        now: datetime,
        details: Mapping[str, object],
        until: datetime | None = None,
    ) -> None:
        await self._database.write(
            lambda ctx: instances.pause(ctx, self.workspace_id, instance_id, reason, now, details, until=until)
        )

    async def resume_instance(self, instance_id: InstanceId, now: datetime, details: Mapping[str, object]) -> None:
        await self._database.write(lambda ctx: instances.resume(ctx, self.workspace_id, instance_id, now, details))

    async def note_connectivity(self, online: bool, now: datetime, details: Mapping[str, object]) -> None:
        event_type = EventType.CAME_ONLINE if online else EventType.WENT_OFFLINE
        severity = Severity.INFO if online else Severity.WARNING
        await self.note(NewEvent(event_type, now, severity, details))

    async def note(self, event: NewEvent) -> None:
        await self._database.write(lambda ctx: ctx.emit(self.workspace_id, event))


def _applying(workspace_id: WorkspaceId, owned: Owned, part: Sequence[Receipt]):
    def apply(context: WriteContext) -> None:
        own = [receipt for receipt in part if owned.instance(context.conn, receipt.instance_id)]
        receipt_rows.apply(context, workspace_id, own)
        for receipt in own:
            learn(context, workspace_id, receipt.hidden or receipt.address, receipt.message_id, receipt.at)

    return apply
