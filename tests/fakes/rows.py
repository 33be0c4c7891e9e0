"""The rows of `MemoryLedger`: what is durable, shared by the ledgers of successive lives of an engine."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.budget import Budget
from desktop.domain.campaign import Campaign
from desktop.domain.clock_mark import ClockMark
from desktop.domain.events import Event
from desktop.domain.ids import AttemptId, CampaignId, ContactId, InstanceId, RecipientId, RunId, VariationId
from desktop.domain.instance import Instance
from desktop.domain.receipt import Receipt
from desktop.domain.recipient import Candidate, RecipientStatus, step
from desktop.domain.summaries import CampaignCounts
from desktop.engine.ports import Variation


@dataclass(slots=True)
class ContactRow:
    id: ContactId
    phone: str
    name: str = ""
    custom: Mapping[str, str] = field(default_factory=dict[str, str])
    address: str | None = None
    opted_out_at: datetime | None = None
    last_instance_id: InstanceId | None = None
    wrote_at: datetime | None = None


@dataclass(slots=True)
class RecipientRow:
    id: RecipientId
    campaign_id: CampaignId
    contact: ContactRow
    status: RecipientStatus = RecipientStatus.PENDING
    reason: str | None = None
    instance_id: InstanceId | None = None
    variation_id: VariationId | None = None
    message_id: str | None = None
    address: str | None = None
    attempts: int = 0
    next_attempt_at: datetime | None = None
    sent_at: datetime | None = None
    replied_at: datetime | None = None
    zone: str = ""
    own_text: str | None = None


@dataclass(slots=True)
class AttemptRow:
    id: AttemptId
    recipient_id: RecipientId
    campaign_id: CampaignId
    instance_id: InstanceId
    run_id: RunId
    number: int
    started_at: datetime
    client_ref: str
    text_digest: str
    price_micros: int = 0
    outcome: str | None = None  # accepted, rejected, not_sent, unknown; None while it is under way
    code: str | None = None
    message_id: str | None = None
    doubt_since: datetime | None = None
    doubt_tries: int = 0
    is_settled: bool = False  # by an answer, or the loss of one; not by a crash

    @property
    def counts(self) -> bool:
        """Whether it counts against limits."""
        return self.outcome in (None, "accepted", "unknown")


class Rows:
    """Tables with the few indexes that keep the fake's cost flat."""

    def __init__(self) -> None:
        self.trials: list[tuple[InstanceId, datetime]] = []
        self.clock_marks: list[ClockMark] = []
        self.contacts: dict[ContactId, ContactRow] = {}
        self.instances: dict[InstanceId, Instance] = {}
        self.removed: dict[InstanceId, Instance] = {}
        self.campaigns: dict[CampaignId, Campaign] = {}
        self.variations: dict[CampaignId, tuple[Variation, ...]] = {}
        self.recipients: dict[RecipientId, RecipientRow] = {}
        self.attempts: dict[AttemptId, AttemptRow] = {}
        self.events: list[Event] = []
        self.early_receipts: list[Receipt] = []
        self.runs: dict[RunId, datetime | None] = {}  # end
        self.revision = 0
        self.budget = Budget()
        self.attempts_of: dict[RecipientId, list[AttemptRow]] = defaultdict(list)
        self.by_message: dict[str, RecipientRow] = {}
        self.by_client_ref: dict[str, RecipientRow] = {}
        self._ids_of: dict[CampaignId, list[RecipientId]] = defaultdict(list)
        self._with_status: dict[RecipientStatus, dict[RecipientId, RecipientRow]] = defaultdict(dict)
        self._counts: dict[CampaignId, Counter[RecipientStatus]] = defaultdict(Counter)

    def add_recipient(self, row: RecipientRow) -> None:
        self.recipients[row.id] = row
        self._ids_of[row.campaign_id].append(row.id)
        self._with_status[row.status][row.id] = row
        self._counts[row.campaign_id][row.status] += 1

    def move(self, row: RecipientRow, status: RecipientStatus, reason: str | None) -> None:
        """Take a step of the recipient's table.

        Raises:
            IllegalStepError: the table has no such step.
        """
        step(row.status, status)
        del self._with_status[row.status][row.id]
        self._counts[row.campaign_id][row.status] -= 1
        row.status, row.reason = status, reason
        row.next_attempt_at = None
        self._with_status[status][row.id] = row
        self._counts[row.campaign_id][status] += 1

    def put_back(self, row: RecipientRow, reason: str | None, at: datetime) -> None:
        """Let a recipient wait again whose message was not delivered: no step of the table."""
        del self._with_status[row.status][row.id]
        self._counts[row.campaign_id][row.status] -= 1
        row.status, row.reason, row.next_attempt_at = RecipientStatus.RETRYING, reason, at
        self._with_status[row.status][row.id] = row
        self._counts[row.campaign_id][row.status] += 1

    def counts(self, campaign_id: CampaignId) -> CampaignCounts:
        return CampaignCounts(**{status.value: n for status, n in self._counts[campaign_id].items()})

    def of_campaign(self, campaign_id: CampaignId, after: RecipientId) -> Iterator[RecipientRow]:
        """Ascending by id."""
        ids = self._ids_of[campaign_id]
        return (self.recipients[ids[place]] for place in range(bisect_right(ids, after), len(ids)))

    def in_status(self, *statuses: RecipientStatus, campaign_id: CampaignId | None = None) -> list[RecipientRow]:
        rows = [row for status in statuses for row in self._with_status[status].values()]
        return [row for row in rows if campaign_id in (None, row.campaign_id)]

    def candidate(self, row: RecipientRow) -> Candidate:
        return Candidate(
            id=row.id,
            campaign_id=row.campaign_id,
            contact_id=row.contact.id,
            phone=row.contact.phone,
            name=row.contact.name,
            custom=row.contact.custom,
            opted_out=row.contact.opted_out_at is not None,
            status=row.status,
            attempts=row.attempts,
            variation_id=row.variation_id,
            address=row.contact.address or row.address,
            not_before=row.next_attempt_at,
            zone=row.zone,
            last_instance_id=row.contact.last_instance_id,
            wrote_at=row.contact.wrote_at,
            own_text=row.own_text,
        )
