"""The two ledgers, the real one and the fake, behind one face for the contract tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Protocol

import sqlalchemy as sa

from db.connection import Database
from db.stores.campaigns import CampaignStore
from db.stores.contacts import ContactStore
from db.stores.instances import InstanceStore
from db.stores.ledger import SqlLedger
from db.tables.contact import contact
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, CampaignStatus, Draft, MessageDraft
from desktop.domain.contact import NewContact
from desktop.domain.events import Event, EventType
from desktop.domain.ids import AttemptId, CampaignId, InstanceId, RecipientId, RunId, VariationId, WorkspaceId
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.domain.outcome import Accepted, Outcome
from desktop.domain.receipt import Receipt, ReceiptKind, Reply
from desktop.domain.recipient import Candidate, RecipientStatus
from desktop.engine.ports import Intent, Ledger, Settlement
from tests.desktop.engine.world import World, phone

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Row(Protocol):
    """What both ledgers tell of a recipient."""

    status: str
    reason: str | None
    attempts: int
    message_id: str | None
    sent_at: datetime | None
    replied_at: datetime | None
    next_attempt_at: datetime | None


class Home(Protocol):
    """What is outside the ledger's protocol: what operators do, and looking into the rows."""

    ledger: Ledger
    events: Sequence[Event]

    async def instance(self) -> InstanceId: ...

    async def remove_instance(self, instance_id: InstanceId) -> None: ...

    async def campaign(self, people: int, instances: Sequence[InstanceId], respect_opt_out: bool) -> CampaignId:
        """Add contacts 0..people and a draft for all of them."""
        ...

    async def schedule(self, campaign_id: CampaignId, at: datetime) -> None: ...

    async def resolve(self, campaign_id: CampaignId, as_sent: bool, now: datetime) -> int: ...

    def row(self, recipient_id: RecipientId) -> Row: ...

    def opt_out_silently(self, phone: str) -> None:
        """Mark the contact only, as if it happened between a page and a claim."""
        ...


class MemoryHome:
    def __init__(self) -> None:
        self._world = World()
        self.ledger = self._world.ledger
        self.events = self._world.heard

    async def instance(self) -> InstanceId:
        return self._world.instance()

    async def remove_instance(self, instance_id: InstanceId) -> None:
        self._world.remove_instance(instance_id)

    async def campaign(self, people: int, instances: Sequence[InstanceId], respect_opt_out: bool) -> CampaignId:
        phones = [phone(n) for n in range(people)]
        status = CampaignStatus.DRAFT
        return self._world.campaign(phones, instances, status, respect_opt_out=respect_opt_out)

    async def schedule(self, campaign_id: CampaignId, at: datetime) -> None:
        self._world.schedule(campaign_id, at)

    async def resolve(self, campaign_id: CampaignId, as_sent: bool, now: datetime) -> int:
        return self._world.ledger.resolve_now(campaign_id, as_sent, now)

    def row(self, recipient_id: RecipientId) -> Row:
        return self._world.rows.recipients[recipient_id]

    def opt_out_silently(self, phone: str) -> None:
        self._world.contact(phone).opted_out_at = NOW


class SqlHome:
    def __init__(self, database: Database, workspace_id: WorkspaceId, published: Sequence[Event]) -> None:
        self.ledger = SqlLedger(database, workspace_id)
        self.events = published
        self._database = database
        self._campaigns = CampaignStore(database, workspace_id)
        self._contacts = ContactStore(database, workspace_id)
        self._instances = InstanceStore(database, workspace_id)
        self._names: dict[InstanceId, str] = {}

    async def instance(self) -> InstanceId:
        name = f"number-{len(self._names) + 1}"
        limits = InstanceLimits(per_hour=None, min_gap_s=0.0)
        added = await self._instances.add(name, Gateway.EVOLUTION, "http://gateway", name, "UTC", limits, NOW)
        self._names[added.id] = name
        return added.id

    async def remove_instance(self, instance_id: InstanceId) -> None:
        await self._instances.remove(instance_id, NOW)

    async def campaign(self, people: int, instances: Sequence[InstanceId], respect_opt_out: bool) -> CampaignId:
        await self._contacts.upsert([NewContact(phone(n), "Ana") for n in range(people)], NOW, 1)
        draft = Draft(
            "campaign",
            audience=Audience(AudienceKind.ALL),
            messages=(MessageDraft("Oi"),),
            instances=tuple(self._names[instance_id] for instance_id in instances),
            respect_opt_out=respect_opt_out,
        )
        return await self._campaigns.save_draft(None, draft, NOW)

    async def schedule(self, campaign_id: CampaignId, at: datetime) -> None:
        await self._campaigns.schedule(campaign_id, at, NOW)

    async def resolve(self, campaign_id: CampaignId, as_sent: bool, now: datetime) -> int:
        return await self.ledger.resolve_doubts(campaign_id, as_sent, now)

    def row(self, recipient_id: RecipientId) -> Row:
        query = sa.select(recipient).where(recipient.c.id == recipient_id)
        return self._database.read_sync(lambda conn: conn.execute(query).one())  # type: ignore[return-value]

    def opt_out_silently(self, phone: str) -> None:
        mark = sa.update(contact).where(contact.c.phone == phone).values(opted_out_at=NOW)
        self._database.write_sync(lambda context: context.conn.execute(mark) and None)


@dataclass
class Subject:
    """A ledger under test, with the engine's steps by hand; `now` moves only when the test moves it."""

    home: Home
    one: InstanceId = field(init=False)
    two: InstanceId = field(init=False)
    run_id: RunId = field(init=False)
    now: datetime = NOW
    refs: "count[int]" = field(default_factory=count)

    @property
    def ledger(self) -> Ledger:
        return self.home.ledger

    async def prepare(self) -> "Subject":
        self.one, self.two = await self.home.instance(), await self.home.instance()
        self.run_id = await self.ledger.begin_run(self.now, "here", 1)
        return self

    def later(self, seconds: float = 1.0) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now

    async def drafted(self, people: int = 5, *, respect_opt_out: bool = True) -> CampaignId:
        return await self.home.campaign(people, (self.one, self.two), respect_opt_out)

    async def started(self, people: int = 5, *, respect_opt_out: bool = True) -> CampaignId:
        campaign_id = await self.drafted(people, respect_opt_out=respect_opt_out)
        await self.act(campaign_id, CampaignAction.START)
        return campaign_id

    async def act(self, campaign_id: CampaignId, action: CampaignAction, reason: str | None = None) -> None:
        await self.ledger.act(campaign_id, action, self.now, reason, None)

    async def waiting(self, campaign_id: CampaignId) -> list[Candidate]:
        return list(await self.ledger.pending(campaign_id, RecipientId(0), 1000))

    async def claim(
        self,
        candidate: Candidate,
        instance_id: InstanceId | None = None,
        client_ref: str | None = None,
        run_id: RunId | None = None,
    ) -> tuple[AttemptId | None, str]:
        client_ref = client_ref or f"REF{next(self.refs)}"
        intent = Intent(
            recipient_id=candidate.id,
            campaign_id=candidate.campaign_id,
            instance_id=instance_id or self.one,
            variation_id=VariationId(1),
            run_id=run_id or self.run_id,
            number=candidate.attempts + 1,
            started_at=self.now,
            client_ref=client_ref,
            text_digest="digest",
            choice={"mode": "round_robin"},
        )
        return await self.ledger.record_intent(intent), client_ref

    async def settle(
        self,
        candidate: Candidate,
        attempt_id: AttemptId,
        outcome: Outcome,
        status: RecipientStatus,
        reason: str | None = None,
        counts_as_attempt: bool = True,
        next_attempt_at: datetime | None = None,
    ) -> None:
        await self.ledger.settle(
            Settlement(
                attempt_id=attempt_id,
                recipient_id=candidate.id,
                campaign_id=candidate.campaign_id,
                instance_id=self.one,
                contact_id=candidate.contact_id,
                outcome=outcome,
                finished_at=self.now,
                duration_ms=100,
                next_status=status,
                reason=reason,
                next_attempt_at=next_attempt_at,
                counts_as_attempt=counts_as_attempt,
            )
        )

    async def attempt(self, candidate: Candidate, outcome: Outcome, status: RecipientStatus, **more: object) -> str:
        """Claim and settle; return the attempt's reference."""
        attempt_id, client_ref = await self.claim(candidate)
        assert attempt_id is not None
        await self.settle(candidate, attempt_id, outcome, status, **more)  # type: ignore[arg-type]
        return client_ref

    async def send(self, candidate: Candidate, message_id: str) -> None:
        await self.attempt(candidate, Accepted(message_id, f"{message_id}@lid", 201), RecipientStatus.SENT)

    async def receipts(self, *kinds: tuple[str, ReceiptKind]) -> None:
        await self.ledger.apply_receipts([Receipt(self.one, message, kind, self.now) for message, kind in kinds])

    async def reply(self, phone: str, is_opt_out: bool) -> None:
        address = f"{phone[1:]}@s.whatsapp.net"
        await self.ledger.apply_reply(Reply(self.one, "R1", address, phone, "?", self.now), is_opt_out)

    def status(self, candidate: Candidate) -> tuple[str, str | None]:
        row = self.home.row(candidate.id)
        return row.status, row.reason

    def told(self, *types: EventType) -> list[EventType]:
        return [event.type for event in self.home.events if event.type in types]
