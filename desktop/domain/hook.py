"""Outbound webhooks: what other programs (n8n and its like) are told, and what became of telling them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.ids import CampaignId, DeliveryId, EventId, HookId, RecipientId, WorkspaceId


class HookKind(StrEnum):
    """What a hook may be told. Source: product.md §11 (system D's names), and replies."""

    CAMPAIGN_CREATED = "campaign_created"
    CAMPAIGN_STARTED = "campaign_started"
    MESSAGE_SENT = "message_sent"
    MESSAGE_ERROR = "message_error"
    PROGRESS = "progress"
    CAMPAIGN_COMPLETE = "campaign_complete"
    REPLY = "reply"
    TEST = "test"  # sent by hand only


CHOOSABLE = tuple(kind for kind in HookKind if kind is not HookKind.TEST)


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"  # given up; the operator may send it again


@dataclass(frozen=True, slots=True)
class Hook:
    """An address that is told of events. Its signing secret is not here: it is in the keyring under `secret_name`."""

    id: HookId
    workspace_id: WorkspaceId
    url: str
    kinds: tuple[HookKind, ...]
    created_at: datetime
    cursor: EventId  # events up to this one have become deliveries
    paused_at: datetime | None = None
    pause_reason: str | None = None  # "operator", or "gone" when the receiver answered 410

    @property
    def secret_name(self) -> str:
        return f"outbound-hook:{self.workspace_id}:{self.id}"  # a number may be called "1"


@dataclass(frozen=True, slots=True)
class HookStanding:
    """A hook with what became of its deliveries, for a list."""

    hook: Hook
    waiting: int
    dead: int
    last_delivered_at: datetime | None
    last_error: str | None  # of the newest try that failed since the last success


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """One thing to tell. `key` is unique: a receiver that sees it twice has been told once."""

    key: str
    kind: HookKind
    event_id: EventId | None
    recipient_id: RecipientId | None
    body: Mapping[str, object]  # JSON-ready


@dataclass(frozen=True, slots=True)
class Delivery:
    id: DeliveryId
    hook_id: HookId
    key: str
    kind: HookKind
    body: Mapping[str, object]
    state: DeliveryState
    tries: int
    created_at: datetime
    next_try_at: datetime | None = None
    finished_at: datetime | None = None
    http_status: int | None = None
    error: str | None = None
    campaign_id: CampaignId | None = None  # of whose events each one waits for those before it
