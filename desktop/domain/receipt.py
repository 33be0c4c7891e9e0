"""What comes back later about a message that left: statuses and replies."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.ids import InstanceId


class ReceiptKind(StrEnum):
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One status of one message, matched by message id only. It may come early, twice, out of order or never."""

    instance_id: InstanceId
    message_id: str
    kind: ReceiptKind
    at: datetime  # when we learned of it: gateways' own clocks are not to be trusted
    code: str | None = None  # of a failure, e.g. account_restricted


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


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The gateway reported the connection state of an instance."""

    instance_id: InstanceId
    state: str  # ConnectionState value
    reason: str | None = None


Inbound = Receipt | Reply | StateChanged
