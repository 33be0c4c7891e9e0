"""A small world to send in: one workspace with contacts, instances, a campaign, and the engine's steps by hand."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

import sqlalchemy as sa

from db.connection import Database
from db.stores.campaigns import CampaignStore
from db.stores.contacts import ContactStore
from db.stores.instances import InstanceStore
from db.stores.ledger import SqlLedger
from db.stores.own_texts import OwnTextStore
from db.tables.campaign import campaign
from db.tables.own_text import own_text
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, Draft, MessageDraft
from desktop.domain.contact import NewContact
from desktop.domain.ids import AttemptId, CampaignId, ContactId, RecipientId, RunId, VariationId, WorkspaceId
from desktop.domain.instance import Gateway, Instance, InstanceLimits
from desktop.domain.outcome import Accepted, Outcome
from desktop.domain.own_text import AiConsent, Otherwise, OwnTextFilter, OwnTextState, OwnTextWish
from desktop.domain.receipt import Receipt, ReceiptKind
from desktop.domain.recipient import Candidate, RecipientStatus
from desktop.engine.ports import Intent, Settlement

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def phone(number: int) -> str:
    return f"+55119{number:08d}"


def draft(name: str = "Black Friday", **changes: object) -> Draft:
    values: dict[str, object] = {
        "audience": Audience(AudienceKind.ALL),
        "messages": (MessageDraft("Olá {{contact.name}}", 2), MessageDraft("Oi", 1)),
        "instances": ("one", "two"),
    }
    return Draft(name=name, **{**values, **changes})  # type: ignore[arg-type]


async def with_own_texts(world: "World", campaign_id: CampaignId, text: str) -> None:
    """Write a text of their own for the first person of a draft, and leave the others the ordinary message."""
    store = OwnTextStore(world.database, world.workspace_id)
    consent = AiConsent(world.now, "Ana", "https://ai.example/v1", "small-1")
    await store.agree(campaign_id, OwnTextWish("Olá {{nome}}", "curto"), consent, 5, world.now)
    await store.prepare(campaign_id, world.now, again=False)
    ids = sa.select(own_text.c.contact_id).where(own_text.c.campaign_id == campaign_id).order_by(own_text.c.id)
    first = ContactId(world.database.read_sync(lambda conn: conn.execute(ids).scalars().first()) or 0)
    await store.keep(campaign_id, first, text, (), len(text), world.now)
    await store.decide(campaign_id, OwnTextFilter(), OwnTextState.ACCEPTED, world.now)
    await store.choose(campaign_id, Otherwise.ORDINARY, world.now)


class Gate:
    """A unit that holds the writer until it is opened, so that what comes after forms one group."""

    def __init__(self) -> None:
        self.is_held, self._may_go = threading.Event(), threading.Event()

    def __call__(self, _context: object) -> None:
        self.is_held.set()
        self._may_go.wait(10)

    def open(self) -> None:
        self._may_go.set()

    @asynccontextmanager
    async def holding(self, database: Database) -> AsyncIterator[None]:
        """Hold the writer until the end of the block: what is asked for inside is one group."""
        held = database.submit(self)
        await asyncio.to_thread(self.is_held.wait, 10)
        try:
            yield
        finally:
            self.open()
            await held


@dataclass
class World:
    """Everything that a test of the stores needs; `now` moves only when the test moves it."""

    database: Database
    workspace_id: WorkspaceId
    ledger: SqlLedger
    campaigns: CampaignStore
    contacts: ContactStore
    instances: InstanceStore
    now: datetime = NOW
    numbers: dict[str, Instance] = field(default_factory=dict)
    run_id: RunId = field(default_factory=lambda: RunId(0))
    refs: "count[int]" = field(default_factory=count)
    imports: "count[int]" = field(default_factory=partial(count, 1))

    @classmethod
    async def make(cls, database: Database, workspace_id: WorkspaceId, people: int = 5) -> "World":
        world = cls(
            database,
            workspace_id,
            SqlLedger(database, workspace_id),
            CampaignStore(database, workspace_id),
            ContactStore(database, workspace_id),
            InstanceStore(database, workspace_id),
        )
        for name in ("one", "two"):
            world.numbers[name] = await world.instances.add(
                name, Gateway.EVOLUTION, "http://gateway", name, "America/Sao_Paulo", InstanceLimits(), NOW
            )
        await world.add_people(0, people)
        world.run_id = await world.ledger.begin_run(NOW, "host", 1)
        return world

    async def add_people(self, start: int, end: int) -> None:
        batch = [
            NewContact(phone(n), f"Person {n}", ("vip",) if n % 2 else (), {"city": "Rio"}) for n in range(start, end)
        ]
        await self.contacts.upsert(batch, self.now, next(self.imports))

    def later(self, seconds: float = 1) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now

    async def started(self, **changes: object) -> CampaignId:
        campaign_id = await self.campaigns.save_draft(None, draft(**changes), self.now)
        await self.ledger.act(campaign_id, CampaignAction.START, self.now, None, None)
        return campaign_id

    async def waiting(self, campaign_id: CampaignId) -> list[Candidate]:
        return list(await self.ledger.pending(campaign_id, RecipientId(0), 1000))

    async def claim(self, candidate: Candidate, instance: str = "one") -> tuple[AttemptId | None, Intent]:
        intent = Intent(
            recipient_id=candidate.id,
            campaign_id=candidate.campaign_id,
            instance_id=self.numbers[instance].id,
            variation_id=VariationId(1),
            run_id=self.run_id,
            number=candidate.attempts + 1,
            started_at=self.now,
            client_ref=f"REF{next(self.refs)}",
            text_digest="digest",
            choice={"rule": "round_robin"},
        )
        return await self.ledger.record_intent(intent), intent

    def settlement(
        self,
        attempt_id: AttemptId,
        candidate: Candidate,
        outcome: Outcome,
        status: RecipientStatus,
        reason: str | None = None,
        instance: str = "one",
        **changes: object,
    ) -> Settlement:
        return Settlement(
            attempt_id=attempt_id,
            recipient_id=candidate.id,
            campaign_id=candidate.campaign_id,
            instance_id=self.numbers[instance].id,
            contact_id=candidate.contact_id,
            outcome=outcome,
            finished_at=self.now,
            duration_ms=120,
            next_status=status,
            reason=reason,
            next_attempt_at=self.now + timedelta(minutes=1) if status is RecipientStatus.RETRYING else None,
            **changes,  # type: ignore[arg-type]
        )

    async def settle(
        self,
        candidate: Candidate,
        outcome: Outcome,
        status: RecipientStatus,
        reason: str | None = None,
        instance: str = "one",
        **changes: object,
    ) -> Intent:
        """Claim and settle."""
        attempt_id, intent = await self.claim(candidate, instance)
        assert attempt_id is not None
        await self.ledger.settle(self.settlement(attempt_id, candidate, outcome, status, reason, instance, **changes))
        return intent

    async def send(
        self, candidate: Candidate, message_id: str, instance: str = "one", address: str | None = None
    ) -> Intent:
        return await self.settle(candidate, Accepted(message_id, address, 201), RecipientStatus.SENT, instance=instance)

    async def receipt(self, message_id: str, kind: ReceiptKind, instance: str = "one", code: str | None = None) -> None:
        await self.ledger.apply_receipts([Receipt(self.numbers[instance].id, message_id, kind, self.now, code)])

    def row(self, recipient_id: RecipientId) -> sa.Row[*tuple[object, ...]]:
        query = sa.select(recipient).where(recipient.c.id == recipient_id)
        return self.database.read_sync(lambda conn: conn.execute(query).one())

    def campaign_row(self, campaign_id: CampaignId) -> sa.Row[*tuple[object, ...]]:
        query = sa.select(campaign).where(campaign.c.id == campaign_id)
        return self.database.read_sync(lambda conn: conn.execute(query).one())
