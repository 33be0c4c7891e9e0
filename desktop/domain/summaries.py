"""What the screens and the command line read: plain rows, made by `db/queries`, shown by `viewmodels`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.campaign import CampaignStatus, Draft
from desktop.domain.events import Severity
from desktop.domain.ids import CampaignId, ContactId, EventId, InstanceId, RecipientId
from desktop.domain.instance import Instance
from desktop.domain.recipient import RecipientStatus


@dataclass(frozen=True, slots=True)
class CampaignCounts:
    """Recipients by present status: exclusive, they add up to `total`. `replied` is beside them."""

    pending: int = 0
    sending: int = 0
    retrying: int = 0
    sent: int = 0
    delivered: int = 0
    read: int = 0
    failed: int = 0
    skipped: int = 0
    in_doubt: int = 0
    replied: int = 0

    @property
    def total(self) -> int:
        return (
            self.pending + self.sending + self.retrying + self.sent + self.delivered
            + self.read + self.failed + self.skipped + self.in_doubt
        )  # fmt: skip

    @property
    def unfinished(self) -> int:
        """Messages that are still to leave, or are leaving."""
        return self.pending + self.sending + self.retrying

    @property
    def left(self) -> int:
        """Messages that left and were accepted: sent, delivered and read together."""
        return self.sent + self.delivered + self.read

    @property
    def progress(self) -> float:
        """Share 0-1 of the recipients whose sending has ended (in doubt has not)."""
        done = self.left + self.failed + self.skipped
        return done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class CampaignSummary:
    """A line of the campaign list, and the head of the campaign page."""

    id: CampaignId
    name: str
    status: CampaignStatus
    reason: str | None
    counts: CampaignCounts
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    schedule_at: datetime | None
    per_minute: float  # accepted messages of the last 5 minutes of activity, per minute
    draft: Draft
    instance_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """A line in the list of a campaign's people."""

    id: RecipientId
    phone: str
    name: str
    status: RecipientStatus
    reason: str | None
    instance: str | None
    message_id: str | None
    attempts: int
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    replied_at: datetime | None
    next_attempt_at: datetime | None = None
    detail: str | None = None  # the gateway's words on the last failure, redacted
    tried_at: datetime | None = None  # when the last attempt began
    doubt: str | None = None  # of the last attempt: how the answer was lost, or why looking for it proved nothing


@dataclass(frozen=True, slots=True)
class RecipientSituation:
    """What the database knows of why a recipient's message has not left. `zone` is empty where nobody needed it."""

    id: RecipientId
    campaign_id: CampaignId
    phone: str
    status: RecipientStatus
    reason: str | None
    opted_out: bool
    next_attempt_at: datetime | None
    zone: str
    contact_id: ContactId | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One request to send to a recipient, and what became of it."""

    number: int
    instance: str
    started_at: datetime
    duration_ms: int | None
    http_status: int | None
    outcome: str | None  # accepted, rejected, not_sent, unknown; None while it is under way
    code: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class InstanceSummary:
    """A card of the instance health panel. Counts are of today in the instance's time zone."""

    instance: Instance
    sent_today: int
    delivered_today: int
    read_today: int
    failed_today: int
    sent_last_hour: int
    sent_last_minute: int
    consecutive_errors: int
    last_success_at: datetime | None
    last_error_at: datetime | None
    last_error: str | None
    last_sent_at: datetime | None
    running_campaigns: int


@dataclass(frozen=True, slots=True)
class NumberHistory:
    """What a forecast needs to know of a number's past.

    Attributes:
        days: how many messages left on each of the last local days, ascending; asked only where there is a warm-up.
        outcomes: (outcome, error class or empty, n) of its attempts in the newest campaigns.
        portfolio_used: people whom all numbers of its portfolio wrote to in the last 24 hours.
        portfolio_recent: (from, until, people) of when that was, ascending.
    """

    days: tuple[tuple[date, int], ...] = ()
    outcomes: tuple[tuple[str, str, int], ...] = ()
    portfolio_used: int = 0
    portfolio_recent: tuple[tuple[datetime, datetime, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyHistory:
    """What a forecast needs to know of the replies to a campaign, and to those before it.

    Attributes:
        before: (messages accepted, people who replied) of the workspace's newest campaigns, this one left out.
        lags_before_s: how many seconds after its message each of their newest replies came.
        sent: (beginning of `bucket_s` seconds, messages accepted) of the last three days, ascending.
        sent_total: messages accepted in all; `replied_total`: people who replied.
        replies: when people replied, of the last three days, ascending.
        lags_s: of the newest replies, how many seconds after its message each came.
    """

    before: tuple[int, int] = (0, 0)
    sent: tuple[tuple[datetime, int], ...] = ()
    sent_total: int = 0
    replied_total: int = 0
    replies: tuple[datetime, ...] = ()
    lags_s: tuple[float, ...] = ()
    lags_before_s: tuple[float, ...] = ()
    bucket_s: int = 600


@dataclass(frozen=True, slots=True)
class EventRow:
    """A line of the timeline with the names that its ids stand for."""

    id: EventId
    at: datetime
    type: str
    severity: Severity
    details: Mapping[str, object]
    campaign_id: CampaignId | None
    campaign: str | None
    instance_id: InstanceId | None
    instance: str | None
    recipient_id: RecipientId | None
    contact: str | None  # name, or phone when there is no name
    phone: str | None
    duration_ms: int | None
    http_status: int | None
    progress: float | None
    health_score: float | None
    request: Mapping[str, object] | None
    response: Mapping[str, object] | None
    operator: str | None


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What the timeline shows. Empty means no restriction; `text` looks in contact, phone, campaign and details."""

    types: tuple[str, ...] = ()
    min_severity: Severity = Severity.DEBUG
    campaign_id: CampaignId | None = None
    instance_id: InstanceId | None = None
    recipient_id: RecipientId | None = None
    contact_id: ContactId | None = None
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """Counts a bucket, aligned: `start_s[i]` (UTC epoch seconds, ascending) begins a bucket of `bucket_s` seconds.

    `counts` maps `sent`, `delivered`, `read`, `failed` (or an instance's name) to as many integers as `start_s` has.
    Empty buckets are included, so that a line drops to zero where nothing happened.
    """

    bucket_s: int
    start_s: tuple[int, ...]
    counts: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of preflight or of the doctor. `code` is worded by the screens; `facts` are its numbers and names."""

    code: str
    level: str  # green, amber, red
    facts: Mapping[str, object]
