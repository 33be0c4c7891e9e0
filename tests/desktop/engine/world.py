"""A small world for the engine: a clock, a ledger, a gateway, and engines that live and die in it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from desktop.domain.campaign import Audience, Campaign, CampaignAction, CampaignStatus, Draft, MessageDraft, Pace
from desktop.domain.events import Event, EventType
from desktop.domain.ids import CampaignId, ContactId, InstanceId, RecipientId, VariationId
from desktop.domain.instance import ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.recipient import Candidate, RecipientStatus
from desktop.domain.summaries import CampaignCounts
from desktop.engine.bus import Bus
from desktop.engine.engine import Engine, EngineParts
from desktop.engine.ports import CampaignPlan, GatewayClient, MissingValue, Rendered, Variation
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import ModelGateway
from tests.fakes.ledger import WORKSPACE, MemoryLedger
from tests.fakes.rows import ContactRow, RecipientRow, Rows

LOOK_EVERY_S = 0.25

AT_ONCE = Pace(delay_s=(0.0, 0.0), per_hour=None, per_second=None, burst=None)
NO_LIMITS = InstanceLimits(per_hour=None, min_gap_s=0.0)


def phone(number: int) -> str:
    return f"+55119{number:08d}"


async def _says_sair(text: str) -> bool:
    return text.strip().upper() == "SAIR"


def render(plan: CampaignPlan, candidate: Candidate) -> Rendered | MissingValue:
    """Everybody gets the first variation; who is called "?" has no name."""
    variation = plan.variations[0]
    if candidate.name == "?":
        return MissingValue(variation, "contact.name")
    return Rendered(variation, f"{variation.text} {candidate.name}")


@dataclass
class World:
    """Everything around the engine; engines come and go."""

    clock: FakeClock = field(default_factory=FakeClock)
    rows: Rows = field(default_factory=Rows)
    on_step: Callable[[str], None] | None = None
    seed: int = 1
    start_grace_s: float = 0.0
    parts: dict[str, object] = field(default_factory=dict[str, object])  # what the engine's parts are given besides

    def __post_init__(self) -> None:
        self.gateway = ModelGateway(self.clock)
        self.bus = Bus()
        self.heard: list[Event] = []
        self.bus.subscribe(self.heard.extend)
        self.ledger = MemoryLedger(self.rows, self.bus.publish)
        self.engine: Engine | None = None
        self.factory: Callable[[Instance], GatewayClient] = lambda instance: self.gateway.client(instance, self._step)
        self._life: asyncio.Task[None] | None = None

    # Setting up ------------------------------------------------------------------------------------------------------

    def instance(self, limits: InstanceLimits = NO_LIMITS, timezone: str = "America/Sao_Paulo") -> InstanceId:
        number = max(self.rows.instances, default=0) + 1
        self.rows.revision += 1
        self.rows.instances[InstanceId(number)] = Instance(
            id=InstanceId(number),
            workspace_id=WORKSPACE,
            name=f"number-{number}",
            gateway=Gateway.EVOLUTION,
            base_url="http://gateway",
            remote_name=f"number-{number}",
            timezone=timezone,
            limits=limits,
            state=ConnectionState.UNKNOWN,
            created_at=self.clock.now(),
        )
        return InstanceId(number)

    def change_instance(self, instance_id: InstanceId, **changes: object) -> None:
        """Edit as another process does."""
        self.rows.instances[instance_id] = replace(self.rows.instances[instance_id], **changes)  # type: ignore[arg-type]
        self.rows.revision += 1

    def remove_instance(self, instance_id: InstanceId) -> None:
        self.rows.removed[instance_id] = self.rows.instances.pop(instance_id)
        self.rows.revision += 1

    def campaign(
        self,
        people: int | Sequence[str],
        instances: Sequence[InstanceId],
        status: CampaignStatus = CampaignStatus.RUNNING,
        **draft: object,
    ) -> CampaignId:
        """Add a campaign to new people (a number), or to people by phone; it has started already."""
        campaign_id = CampaignId(max(self.rows.campaigns, default=0) + 1)
        known = len(self.rows.contacts)
        phones = [phone(known + n) for n in range(people)] if isinstance(people, int) else people
        values: dict[str, object] = {
            "pace": AT_ONCE,
            "audience": Audience(),
            "messages": (MessageDraft("Oi"),),
            **draft,
        }
        now = self.clock.now()
        self.rows.campaigns[campaign_id] = Campaign(
            id=campaign_id,
            workspace_id=WORKSPACE,
            status=status,
            reason=None,
            draft=Draft(f"campaign-{campaign_id}", **values),  # type: ignore[arg-type]
            created_at=now,
            updated_at=now,
            started_at=now if status is CampaignStatus.RUNNING else None,
            instance_ids=tuple(instances),
        )
        self.rows.variations[campaign_id] = (Variation(VariationId(campaign_id), "Oi", 1),)
        for each in phones:
            row = RecipientRow(RecipientId(len(self.rows.recipients) + 1), campaign_id, self.contact(each))
            self.rows.add_recipient(row)
        return campaign_id

    def give_instances(self, campaign_id: CampaignId, instances: Sequence[InstanceId]) -> None:
        """Edit a paused campaign."""
        self.rows.campaigns[campaign_id] = replace(self.rows.campaigns[campaign_id], instance_ids=tuple(instances))
        self.rows.revision += 1

    def schedule(self, campaign_id: CampaignId, at: datetime) -> None:
        row = self.rows.campaigns[campaign_id]
        draft = replace(row.draft, schedule_at=at)
        self.rows.campaigns[campaign_id] = replace(row, draft=draft, status=CampaignStatus.SCHEDULED)
        self.rows.revision += 1

    def contact(self, phone: str) -> ContactRow:
        for row in reversed(self.rows.contacts.values()):
            if row.phone == phone:
                return row
            if row.phone < phone:
                break
        row = ContactRow(ContactId(len(self.rows.contacts) + 1), phone, "Ana")
        self.rows.contacts[row.id] = row
        return row

    # Living ----------------------------------------------------------------------------------------------------------

    def start(self) -> Engine:
        """Start an engine's life on what is durable."""
        assert self._life is None or self._life.done()
        self.seed += 1
        self.ledger = MemoryLedger(self.rows, self.bus.publish, self._step)
        parts = EngineParts(
            ledger=self.ledger,
            clients=lambda instance: self.factory(instance),
            clock=self.clock,
            rng=Random(self.seed),
            is_opt_out=_says_sair,
            host="here",
            pid=1,
            boot=self.clock.boot,
            start_grace=self._start_grace,
            **{"renderer": render, **self.parts},  # type: ignore[arg-type]
        )
        self.engine = Engine(parts)
        self._life = asyncio.get_running_loop().create_task(self.engine.run(), name="engine")
        return self.engine

    @property
    def life(self) -> "asyncio.Task[None]":
        assert self._life is not None
        return self._life

    async def stop(self) -> None:
        """End the life in an orderly way."""
        assert self.engine is not None
        self.engine.stop()
        await self.life

    @property
    def left_at_s(self) -> list[float]:
        """When messages left, by the clock that nobody sets."""
        return [left.at_s for left in self.gateway.left]

    @property
    def is_alive(self) -> bool:
        return self._life is not None and not self._life.done()

    async def _start_grace(self) -> float:
        return self.start_grace_s

    def check(self) -> None:
        """Fail when the engine has ended by itself."""
        if self._life is not None and self._life.done():
            raise AssertionError("the engine ended") from (None if self._life.cancelled() else self._life.exception())

    def cut_off(self) -> None:
        """The moment of a crash: from here on nothing of this life has any effect."""
        self.ledger.cut_off()
        for client in self.gateway.clients:
            client.is_cut_off = True
        self.gateway.clients.clear()

    async def crash(self) -> None:
        """End the life as `kill -9` does: nothing more of it reaches the ledger or the gateway."""
        self.cut_off()
        mine = asyncio.current_task()
        while others := [task for task in asyncio.all_tasks() if task is not mine]:
            for task in others:
                task.cancel()
            await asyncio.sleep(0)

    async def until(self, condition: Callable[[], bool], within_s: float = 900.0) -> None:
        """Let time pass until the condition holds; fail when it does not within so much time, or the engine dies."""
        deadline = self.clock.monotonic() + within_s
        while not condition():
            self.check()
            assert self.clock.monotonic() < deadline, f"never came: {self.overview()}"
            await self.clock.sleep(LOOK_EVERY_S)

    async def pass_time(self, seconds: float) -> None:
        end = self.clock.monotonic() + seconds
        await self.until(lambda: self.clock.monotonic() >= end, seconds + 1)

    async def finish(self, *campaigns: CampaignId, within_s: float = 900.0) -> None:
        """Live until the campaigns (all, when none is named) are complete, then stop."""
        chosen = campaigns or tuple(self.rows.campaigns)
        if self._life is None or self._life.done():
            self.start()
        await self.until(lambda: all(self.status(c) is CampaignStatus.COMPLETED for c in chosen), within_s)
        await self.stop()

    def _step(self, moment: str) -> None:
        if self.on_step is not None:
            self.on_step(moment)

    # Looking ---------------------------------------------------------------------------------------------------------

    def act(self, campaign_id: CampaignId, action: CampaignAction) -> None:
        """Take a step of a campaign's life as the window does."""
        MemoryLedger(self.rows, self.bus.publish).act_now(campaign_id, action, self.clock.now(), "operator", "ana")

    def status(self, campaign_id: CampaignId) -> CampaignStatus:
        return self.rows.campaigns[campaign_id].status

    def counts(self, campaign_id: CampaignId) -> CampaignCounts:
        return self.rows.counts(campaign_id)

    def recipients(self, *statuses: RecipientStatus) -> list[RecipientRow]:
        return [row for row in self.rows.recipients.values() if row.status in statuses]

    def events(self, event_type: EventType) -> list[Event]:
        return [event for event in self.rows.events if event.type is event_type]

    def overview(self) -> str:
        statuses = Counter(row.status.value for row in self.rows.recipients.values())
        waits = {c: self.engine.next_departure(c) for c in self.rows.campaigns} if self.engine else {}
        campaigns = {c: (row.status.value, row.reason) for c, row in self.rows.campaigns.items()}
        return f"{campaigns} {dict(statuses)} {waits} at {self.clock.now()}"


def gaps(moments: Sequence[datetime]) -> list[timedelta]:
    return [later - earlier for earlier, later in pairwise(moments)]


def fullest(moments: Sequence[datetime], window: timedelta) -> int:
    """Return how many of the ascending moments lie in the fullest window [t, t + window)."""
    most = start = 0
    for end, moment in enumerate(moments):
        while moments[start] + window <= moment:
            start += 1
        most = max(most, end - start + 1)
    return most
