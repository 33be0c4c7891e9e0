"""The objects of the API, for its OpenAPI document; they are those of the command line's contract."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """A campaign. The counts from `pending` to `in_doubt` are by present status and add up to `total`."""

    id: int
    name: str
    status: str
    reason: str | None
    total: int
    pending: int
    sending: int
    retrying: int
    sent: int
    delivered: int
    read: int
    failed: int
    skipped: int
    in_doubt: int
    replied: int
    progress: float
    per_minute: float
    eta_s: float | None
    health_score: float | None


@dataclass(frozen=True, slots=True)
class Created:
    id: int
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    code: str
    level: str  # green, amber, red
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """`ok` is false while any line is red: a start is then refused."""

    ok: bool
    lines: list[CheckLine]


@dataclass(frozen=True, slots=True)
class Recipient:
    id: int
    phone: str
    name: str
    status: str
    reason: str | None
    instance: str | None
    message_id: str | None
    attempts: int
    sent_at: str | None
    delivered_at: str | None
    read_at: str | None
    replied_at: str | None


@dataclass(frozen=True, slots=True)
class RecipientPage:
    """`next` is the `after` of the next page; null on the last one."""

    recipients: list[Recipient]
    next: int | None


@dataclass(frozen=True, slots=True)
class Instance:
    id: int
    name: str
    gateway: str
    state: str
    health: float
    sent_today: int
    allowance_today: int | None
    idle_reason: str | None


@dataclass(frozen=True, slots=True)
class Phone:
    phone: str  # E.164 with plus


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was refused, and what to do."""

    error: str
    message: str
    hint: str
