"""Events: immutable lines of the log timeline. The same value is stored, published on the bus and shown.

The words are made where they are shown (`viewmodels/wording.py`) from `type` and `details`: an event stores facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desktop.domain.ids import CampaignId, ContactId, EventId, InstanceId, RecipientId, WorkspaceId


class EventType(StrEnum):
    """Source: product.md §7 (system A's nineteen, then ours)."""

    CREATED = "created"
    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    INSTANCE_SELECTED = "instance_selected"
    INSTANCE_PAUSED = "instance_paused"
    INSTANCE_RESUMED = "instance_resumed"
    MESSAGE_SENT = "message_sent"
    MESSAGE_DELIVERED = "message_delivered"
    MESSAGE_READ = "message_read"
    MESSAGE_FAILED = "message_failed"
    ROTATION_CHANGED = "rotation_changed"
    CONTACT_ADDED = "contact_added"
    CONTACT_REMOVED = "contact_removed"
    LIMIT_REACHED = "limit_reached"
    HEALTH_ISSUE = "health_issue"
    ERROR = "error"
    SCHEDULED = "scheduled"
    EDITED = "edited"
    RETRY_SCHEDULED = "retry_scheduled"
    IN_DOUBT = "in_doubt"
    RECONCILED = "reconciled"
    SKIPPED = "skipped"
    REPLIED = "replied"
    OPTED_OUT = "opted_out"
    OPT_OUT_CONFIRMED = "opt_out_confirmed"
    BREAKER_OPENED = "breaker_opened"
    BREAKER_CLOSED = "breaker_closed"
    WENT_OFFLINE = "went_offline"
    CAME_ONLINE = "came_online"
    WARMUP_ADVANCED = "warmup_advanced"
    DELETED = "deleted"
    EVENTS_PRUNED = "events_pruned"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    OPERATOR_CHANGED = "operator_changed"
    AI_ASKED = "ai_asked"
    AI_CONSENTED = "ai_consented"  # an operator agreed to send fields of contacts to an endpoint
    TEST_SENT = "test_sent"  # to the operator's own phone; it belongs to no campaign's results


class Severity(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


SEVERITY_RANK: Mapping[Severity, int] = {s: n for n, s in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be written, in the same transaction as what it records. `details` must be JSON-ready."""

    type: EventType
    at: datetime
    severity: Severity = Severity.INFO
    details: Mapping[str, object] = field(default_factory=dict[str, object])
    campaign_id: CampaignId | None = None
    instance_id: InstanceId | None = None
    contact_id: ContactId | None = None
    recipient_id: RecipientId | None = None
    duration_ms: int | None = None
    http_status: int | None = None
    progress: float | None = None  # share 0-1 of the campaign
    health_score: float | None = None  # of the instance, 0-100
    request: Mapping[str, object] | None = None  # redacted
    response: Mapping[str, object] | None = None  # redacted
    operator: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A written event: `id` is its place in the order of commits."""

    id: EventId
    workspace_id: WorkspaceId
    fact: NewEvent

    @property
    def type(self) -> EventType:
        return self.fact.type

    @property
    def at(self) -> datetime:
        return self.fact.at
