"""What comes back later about a message that left: statuses and replies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.ids import InstanceId


class ReceiptKind(StrEnum):
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Pricing:
    """What the provider says a message costs, in its own words: it names no amount."""

    is_billable: bool
    category: str  # marketing, utility, authentication, service …
    kind: str | None = None  # regular, free_customer_service, free_entry_point …

    def details(self) -> dict[str, object]:
        """Return it as an event stores it."""
        return {"billable": self.is_billable, "category": self.category, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Receipt:
    """One status of one message. It may come early, twice, out of order or never.

    It is matched by message id, and by `client_ref` where the gateway gives our own tag back: that one also proves a
    send whose answer was lost, and tells the message id.
    """

    instance_id: InstanceId
    message_id: str
    kind: ReceiptKind
    at: datetime  # when we learned of it: gateways' own clocks are not to be trusted
    code: str | None = None  # of a failure, e.g. account_restricted
    client_ref: str | None = None  # the tag that we sent along
    address: str | None = None  # of the recipient as the gateway knows it: wa_id, or a business-scoped id
    pricing: Pricing | None = None
    until: datetime | None = None  # when a restriction that it tells of ends
    hidden: str | None = (
        None  # an address of theirs that shows no phone (`@lid`, business-scoped id): told to be learned
    )


LATER: Mapping[str, timedelta] = {"marketing_limit": timedelta(hours=24)}
"""Codes of failed receipts after which the same message may be sent to this person again, and not before so long.

Source: gateways.md §5.C, 131049 (read 2026-09-11): not before 24 h; earlier tries are counted against the account.
"""


def again_at(receipt: Receipt) -> datetime | None:
    """Return from when on another attempt is allowed after a failed receipt; None when none is."""
    wait = LATER.get(receipt.code or "") if receipt.kind is ReceiptKind.FAILED else None
    return None if wait is None else receipt.at + wait


@dataclass(frozen=True, slots=True)
class Reply:
    """A message a person wrote to one of our instances. Its text is used for opt-out only and is not stored."""

    instance_id: InstanceId
    message_id: str
    address: str  # jid of the sender
    phone: str | None  # E.164 when the gateway gives it
    text: str
    at: datetime
    quoted_message_id: str | None = None
    user_id: str | None = None  # business-scoped id of the sender, where the gateway gives one


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The gateway reported the connection state of an instance."""

    instance_id: InstanceId
    state: str  # ConnectionState value
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class GapEnded:
    """Who listens for an instance hears again: what was told in between is lost, and has to be asked for."""

    instance_id: InstanceId
    since: datetime | None = field(default=None, compare=False)  # when the connection was found to be lost


@dataclass(frozen=True, slots=True)
class Preference:
    """A person told WhatsApp itself whether marketing messages of ours are wanted."""

    instance_id: InstanceId
    address: str  # wa_id, or a business-scoped id
    phone: str | None  # E.164 when the gateway gives it
    is_opt_out: bool
    at: datetime
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateChanged:
    """The provider judged a message template anew; None is what this news does not speak of."""

    waba_id: str
    name: str
    language: str
    at: datetime
    status: str | None = None  # APPROVED, REJECTED, PAUSED …, open
    quality: str | None = None  # GREEN, YELLOW, RED, UNKNOWN
    category: str | None = None
    reason: str | None = None  # the provider's code, e.g. INVALID_FORMAT


@dataclass(frozen=True, slots=True)
class NumberChanged:
    """The provider judged a number, or the business behind it, anew; None is what this news does not speak of."""

    instance_id: InstanceId
    at: datetime
    event: str | None = None  # FLAGGED, UNFLAGGED, UPGRADE, DOWNGRADE …, open
    quality: str | None = None  # GREEN, YELLOW, RED
    messaging_limit: str | None = None  # TIER_250 …


ProviderNews = Preference | TemplateChanged | NumberChanged
Inbound = Receipt | Reply | StateChanged | GapEnded | ProviderNews
