"""What the engine needs from the rest of the program. Others implement these; nothing here has behaviour.

`Ledger` is the durable truth: each method is one short transaction, and when it returns, what it wrote has survived a
power cut. Events written by a method are published on the bus after that commit, by the ledger's owner.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from desktop.domain.budget import Budget, Category, Spent
from desktop.domain.campaign import Campaign, CampaignAction, Media
from desktop.domain.clock_mark import ClockMark
from desktop.domain.events import Event, NewEvent
from desktop.domain.ids import (
    AttemptId,
    CampaignId,
    ContactId,
    InstanceId,
    RecipientId,
    RunId,
    VariationId,
    WorkspaceId,
)
from desktop.domain.instance import ConnectionState, Instance
from desktop.domain.numbers import NumberCheck
from desktop.domain.opt_out import DueReply, ReplyState
from desktop.domain.outcome import Outcome, Verdict
from desktop.domain.receipt import Inbound, ProviderNews, Receipt, Reply
from desktop.domain.recipient import Candidate, RecipientStatus
from desktop.domain.summaries import CampaignCounts
from desktop.domain.template import FrozenTemplate, MessageTemplate, NumberFacts, OutgoingTemplate


class Clock(Protocol):
    def now(self) -> datetime:
        """Wall clock, aware, UTC. It may jump."""
        ...

    def monotonic(self) -> float:
        """Seconds for measuring durations only."""
        ...

    async def sleep(self, seconds: float) -> None:
        """A hint, never a proof: callers look at the clock again."""
        ...


@dataclass(frozen=True, slots=True)
class Variation:
    """One of the campaign's messages, frozen at the start."""

    id: VariationId
    text: str
    weight: int
    media: Media | None = None
    template: FrozenTemplate | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What a message will cost by the rate card. `market` is a country, empty where nobody asked."""

    category: Category
    market: str
    micros: int


FREE = Price(Category.ANY, "", 0)


@dataclass(frozen=True, slots=True)
class Credits:
    """The budget, and what has left in the calendar month (of the budget's zone) of the moment asked about."""

    budget: Budget
    spent: Spent


@dataclass(frozen=True, slots=True)
class Intent:
    """What is recorded before a request leaves: it claims the recipient."""

    recipient_id: RecipientId
    campaign_id: CampaignId
    instance_id: InstanceId
    variation_id: VariationId
    run_id: RunId
    number: int  # of the attempts that count; one that burnt none has the number of the next (not unique)
    started_at: datetime
    client_ref: str  # id chosen by us, unique an attempt; sent along where the gateway supports it
    text_digest: str  # SHA-256 hex of the rendered text, for finding the message again
    choice: Mapping[str, object]  # why this instance: details of the `instance_selected` event
    price: Price = FREE


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is recorded after the answer. The next status is decided by `policy.retry`, not by the ledger."""

    attempt_id: AttemptId
    recipient_id: RecipientId
    campaign_id: CampaignId
    instance_id: InstanceId
    contact_id: ContactId
    outcome: Outcome
    finished_at: datetime
    duration_ms: int
    next_status: RecipientStatus  # sent, retrying, pending, failed, skipped or in_doubt
    reason: str | None  # Reason value or the outcome's code
    next_attempt_at: datetime | None
    counts_as_attempt: bool = True  # False: offline burns no attempts
    details: Mapping[str, object] = field(default_factory=dict[str, object])
    # What the event tells besides; none of it is looked at again.
    health_score: float | None = None  # of the instance, 0-100, before this outcome
    request: Mapping[str, object] | None = None  # redacted
    response: Mapping[str, object] | None = None  # redacted


@dataclass(frozen=True, slots=True)
class Doubt:
    """An attempt of unknown fate, with what is needed to look for its message."""

    attempt_id: AttemptId
    recipient_id: RecipientId
    campaign_id: CampaignId
    instance_id: InstanceId
    contact_id: ContactId
    phone: str
    address: str | None
    client_ref: str
    text_digest: str
    message_id: str | None
    started_at: datetime
    since: datetime  # when it became doubtful
    tries: int  # reconciliations tried so far


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A sent message whose receipts may have been missed."""

    recipient_id: RecipientId
    instance_id: InstanceId
    message_id: str
    address: str | None
    status: RecipientStatus
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class VariationResult:
    """What became of the messages of one variation: how many left, and of those how many were read and answered."""

    variation_id: VariationId
    sent: int
    read: int
    replied: int


@dataclass(frozen=True, slots=True)
class WrittenTo:
    """An attempt that counts against limits, and the person whom it went to; None: erased, or not known any more."""

    contact_id: ContactId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """A running campaign as the engine works it."""

    campaign: Campaign
    variations: tuple[Variation, ...]
    counts: CampaignCounts


@dataclass(frozen=True, slots=True)
class Precedence:
    """What decides which of the running campaigns send: a larger priority first, then who started first.

    Attributes:
        updated_at: when the campaign was last edited, or took a step; another one means that its plan is another one.
    """

    priority: int
    started_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ControlState:
    """What another process (or the window) may have changed since the last look; read several times a second."""

    campaigns: Mapping[CampaignId, str]  # status of those that are running, paused or scheduled
    instances: Mapping[InstanceId, str | None]  # pause reason, None when not paused
    running: Mapping[CampaignId, Precedence]
    revision: int  # grows whenever an instance or a draft was added, edited or removed


class OptOutReplies(Protocol):
    """Confirmations to people who opted out, one for each person; whoever records the opt-out asks for it."""

    async def begin(self, now: datetime) -> None:
        """Give up what an earlier run left claimed: it may have left."""
        ...

    async def due(self, now: datetime, limit: int) -> Sequence[DueReply]:
        """Those that wait, oldest first; those that would come too late are given up."""
        ...

    async def claim(self, number: int, now: datetime) -> bool:
        """Record durably that it leaves now; False when it may not (any more)."""
        ...

    async def settle(self, number: int, state: ReplyState, reason: str | None, now: datetime) -> None: ...


class Ledger(Protocol):
    workspace_id: WorkspaceId

    async def begin_run(self, now: datetime, host: str, pid: int) -> RunId:
        """Close every earlier run; what it left in `sending` becomes `in_doubt` (reason `crashed`), with events."""
        ...

    async def end_run(self, run_id: RunId, now: datetime) -> None: ...

    async def clock_marks(self) -> Sequence[ClockMark]:
        """The last mark of the clocks, and before it those at which the wall clock was found set, in that order."""
        ...

    async def note_clock(self, mark: ClockMark) -> None:
        """Keep a mark; it takes the place of an earlier one at which nothing was found."""
        ...

    async def control_state(self) -> ControlState: ...

    async def instances(self) -> Sequence[Instance]: ...

    async def plan(self, campaign_id: CampaignId) -> CampaignPlan: ...

    async def due_schedules(self, now: datetime) -> Sequence[Campaign]: ...

    async def credits(self, now: datetime) -> Credits:
        """The budget and what it has paid this month: attempts under way, accepted or of unknown fate."""
        ...

    async def counts(self, campaign_id: CampaignId) -> CampaignCounts: ...

    async def variation_results(self, campaign_id: CampaignId) -> Sequence[VariationResult]:
        """From kept figures, whatever the size of the campaign; variations that nothing left of may be missing."""
        ...

    async def reweigh(
        self, campaign_id: CampaignId, weights: Mapping[VariationId, int], details: Mapping[str, object], now: datetime
    ) -> None:
        """Keep new weights of variations for those who have none yet, with a `rotation_changed` event."""
        ...

    async def zones(self, campaign_id: CampaignId) -> Sequence[str]:
        """Where the campaign's recipients are (`domain/place.py`); an empty name stands for those nobody knows of."""
        ...

    async def pending(
        self, campaign_id: CampaignId, after: RecipientId, limit: int, zone: str | None = None
    ) -> Sequence[Candidate]:
        """The next pending recipients with a larger id, ascending; of one zone, or of all (None). By index."""
        ...

    async def due_retries(
        self, campaign_id: CampaignId, now: datetime, limit: int, zone: str | None = None
    ) -> Sequence[Candidate]:
        """Retrying recipients whose time has come, earliest first; of one zone, or of all (None)."""
        ...

    async def next_retry_at(self, campaign_id: CampaignId) -> datetime | None: ...

    async def departures(self, instance_id: InstanceId, since: datetime) -> Sequence[datetime]:
        """Starts of the attempts since then that count against limits (under way, accepted, unknown), ascending."""
        ...

    async def trials_after(self, after: int, since: datetime) -> Sequence[tuple[int, InstanceId]]:
        """Messages that operators sent to themselves since then, with a larger number: (number, instance), ascending.

        They count as departures.
        """
        ...

    async def written_by(self, instance_id: InstanceId, since: datetime) -> Sequence[WrittenTo]:
        """Who was written to through one number since then, ascending by time."""
        ...

    async def written_by_portfolio(self, portfolio_id: str, since: datetime) -> Sequence[WrittenTo]:
        """Who was written to through all numbers of a portfolio since then, removed ones included, ascending."""
        ...

    async def campaign_departures(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]: ...

    async def replies(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]:
        """When people answered a campaign for the first time, at or after `since`, ascending."""
        ...

    async def last_departure(self, campaign_id: CampaignId) -> datetime | None: ...

    def record_intent(self, intent: Intent) -> Awaitable[AttemptId | None]:
        """Claim the recipient and record the attempt. Asked for again, an intent is the attempt that it already is.

        Returns:
            None when it may not be claimed (any more): the campaign is not running, or the recipient is neither pending
            nor retrying, or its contact has opted out (it is then skipped in the same transaction); or the run is over.
        """
        ...

    def settle(self, settlement: Settlement) -> Awaitable[object]:
        """Record the outcome and move the recipient; the result means nothing.

        A receipt that came before the answer is applied here.
        """
        ...

    async def skip(self, recipient_id: RecipientId, reason: str, now: datetime) -> None: ...

    async def finish_if_done(self, campaign_id: CampaignId, now: datetime) -> bool:
        """Complete the running campaign when nobody is pending, sending, retrying or in doubt; tell whether it did."""
        ...

    async def act(
        self, campaign_id: CampaignId, action: CampaignAction, now: datetime, reason: str | None, operator: str | None
    ) -> None:
        """Take a step of the campaign's life (pause, resume, cancel, fail, start of a scheduled one).

        Raises:
            KnownError: `action_not_allowed`, `campaign_not_found`, or what starting is refused for.
        """
        ...

    async def doubts(self, limit: int) -> Sequence[Doubt]:
        """In-doubt attempts of campaigns that are not deleted, those tried least first."""
        ...

    async def record_verdict(self, doubt: Doubt, verdict: Verdict, now: datetime) -> Verdict | None:
        """Found → sent (or further); absent → pending again; not provable → stays, one more try counted.

        Absent for the `LOST_THAT_FAIL`-th time after an answer that was lost (no crash of ours) → failed.

        Returns:
            What was recorded: a message that is known to be somebody else's proves nothing. None: nothing was, it is
            settled already.
        """
        ...

    async def apply_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Move recipients upwards; keep for a day those that match nothing yet."""
        ...

    async def apply_reply(self, reply: Reply, is_opt_out: bool) -> None:
        """Set `replied_at`; opt the person out everywhere when `is_opt_out`."""
        ...

    async def apply_news(self, news: Sequence[ProviderNews]) -> None:
        """Take what the provider says by itself: preferences of people, judgements of templates and numbers.

        A person who stops marketing is opted out everywhere; who resumes is not opted in by that. A number whose
        quality fell to the lowest step is paused.
        """
        ...

    async def unconfirmed(self, since: datetime, after: RecipientId, limit: int) -> Sequence[Unconfirmed]:
        """Messages sent at or after `since` that are not read yet, for the polling back-stop."""
        ...

    async def set_instance_state(
        self, instance_id: InstanceId, state: ConnectionState, now: datetime, phone: str | None = None
    ) -> None: ...

    async def pause_instance(
        self,
        instance_id: InstanceId,
        reason: str,
        now: datetime,
        details: Mapping[str, object],
        until: datetime | None = None,
    ) -> None:
        """Pause, unless it is paused already; `until` is when that ends by itself, kept over a restart."""
        ...

    async def resume_instance(self, instance_id: InstanceId, now: datetime, details: Mapping[str, object]) -> None: ...

    async def note_connectivity(self, online: bool, now: datetime, details: Mapping[str, object]) -> None:
        """Write `went_offline` or `came_online`."""
        ...

    async def note(self, event: NewEvent) -> None:
        """Write an event that records no change of a row (breaker opened, late schedule)."""
        ...


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A rendered message for one person."""

    phone: str  # E.164 with plus
    address: str | None  # known address at this gateway, when there is one
    text: str
    client_ref: str
    media: Media | None = None
    template: OutgoingTemplate | None = None  # then `text` is only what the person will read


@dataclass(frozen=True, slots=True)
class InstanceStatus:
    """What a gateway says of one instance."""

    state: ConnectionState
    phone: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PairingCode:
    """What to show for connecting a number: the raw text of the QR code (drawn locally), or a pairing code."""

    qr_text: str | None
    pairing_code: str | None = None
    already_connected: bool = False
    lifetime_s: float | None = None  # how long the QR code can be scanned; then a new one is to be fetched


@dataclass(frozen=True, slots=True)
class GatewayProbe:
    """Answer to "Test connection": level green, amber or red, and a code that says precisely what is wrong."""

    ok: bool
    # ok; unreachable, dns, tls, client_cert_required, client_cert_refused; unauthorised, key_scope, licence;
    # wrong_version, not_evolution, not_waha, garbage…
    code: str
    version: str | None = None
    instances: tuple[tuple[str, ConnectionState, str | None], ...] = ()  # name, state, phone
    text: str = ""


@dataclass(frozen=True, slots=True)
class RemoteInstance:
    """An instance as the gateway lists it."""

    name: str
    state: ConnectionState
    phone: str | None = None


class GatewayAdmin(Protocol):
    """The instances of one gateway with one key, for adding and mending them. Never raises for what it answers.

    What fails is told as a code of ours (`unauthorised`, `instance_missing`, `unreachable`, `name_taken` …).
    """

    async def instances(self) -> tuple[RemoteInstance, ...] | str: ...

    async def create(self, name: str) -> str | None:
        """Make an instance; pair it with `connect`. None: done."""
        ...

    async def connect(self, name: str, phone: str | None = None) -> PairingCode | str:
        """Start pairing and return what to show; asked again, it returns the code that is valid by then.

        Args:
            phone: E.164; asks for a pairing code for this phone instead of a QR code, where the gateway can.
        """
        ...

    async def state(self, name: str) -> InstanceStatus | None:
        """State of an instance; None when the gateway cannot be reached."""
        ...

    async def restart(self, name: str) -> str | None: ...

    async def logout(self, name: str) -> str | None:
        """Unpair the phone; one that is not paired counts as done."""
        ...

    async def delete(self, name: str) -> str | None:
        """Remove the instance, with the messages that the gateway stores; one that is gone counts as done."""
        ...

    async def close(self) -> None: ...


class GatewayClient(Protocol):
    """One connection to one gateway, for one instance. Never raises for what a gateway answers."""

    async def send(self, message: OutgoingMessage) -> Outcome: ...

    async def status(self) -> InstanceStatus | None:
        """State of the instance; None when the gateway cannot be reached."""
        ...

    async def connect(self) -> PairingCode | None: ...

    async def find(self, doubt: Doubt, now: datetime) -> Verdict:
        """Look for the message of a doubtful attempt (gateways.md §7)."""
        ...

    async def poll_receipt(self, unconfirmed: Unconfirmed, now: datetime) -> Sequence[Receipt]: ...

    async def missed_replies(self, since: datetime, now: datetime) -> Sequence[Reply] | None:
        """Ask for what people wrote since then, as far as the gateway keeps it; None when it does not answer now."""
        ...

    async def check_numbers(self, phones: Sequence[str]) -> Mapping[str, NumberCheck] | None:
        """Ask which phones (E.164) are on WhatsApp, in requests of at most `NUMBERS_AT_ONCE`; who calls paces them.

        Returns:
            By phone. What the gateway did not answer for is missing. None: this gateway has no such check.
        """
        ...

    async def listen(self, deliver: Callable[[Sequence[Inbound]], None]) -> None:
        """Receive receipts, replies and states until cancelled; reconnects by itself with back-off."""
        ...

    async def close(self) -> None: ...


@runtime_checkable
class ProviderClient(Protocol):
    """What a gateway that is the provider's own (Meta's Cloud API) can tell besides. Never raises for an answer."""

    async def templates(self) -> Sequence[MessageTemplate] | str:
        """All message templates of the account, or the code of what stands in the way."""
        ...

    async def facts(self) -> NumberFacts | str:
        """What the provider says of the number, or the code of what stands in the way."""
        ...


class MediaIds(Protocol):
    """Remembers files that were uploaded, until the provider forgets them."""

    async def media_id(self, phone_id: str, digest: str, now: datetime) -> str | None:
        """The id of the file with this SHA-256 (hex) at this number; None when there is none that still lives."""
        ...

    async def keep_media_id(self, phone_id: str, digest: str, media_id: str, expires_at: datetime) -> None: ...


GatewayFactory = Callable[[Instance], GatewayClient]
"""Builds the client of an instance (token from the keyring). Raises KnownError `token_missing`."""

Publish = Callable[[Sequence[Event]], None]


class ContentRenderer(Protocol):
    """Chooses the variation of a recipient and renders it, always the same for the same recipient."""

    def __call__(self, plan: CampaignPlan, candidate: Candidate) -> "Rendered | MissingValue": ...


@dataclass(frozen=True, slots=True)
class Rendered:
    variation: Variation
    text: str
    template: OutgoingTemplate | None = None

    @property
    def template_category(self) -> str | None:
        """What the provider charges the message as; None for free text."""
        return self.variation.template.category if self.variation.template else None


@dataclass(frozen=True, slots=True)
class MissingValue:
    variation: Variation
    field_name: str
