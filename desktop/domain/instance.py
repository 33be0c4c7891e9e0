"""One WhatsApp number behind a gateway."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import cast

from desktop.domain.ids import InstanceId, WorkspaceId


class Gateway(StrEnum):
    EVOLUTION = "evolution"
    WAHA = "waha"
    CLOUD = "cloud"


class ConnectionState(StrEnum):
    UNKNOWN = "unknown"  # never asked yet, or the gateway could not be reached
    CONNECTED = "connected"
    CONNECTING = "connecting"
    DISCONNECTED = "disconnected"
    NEEDS_QR = "needs_qr"  # logged out: somebody must scan again
    UNAUTHORISED = "unauthorised"  # the gateway refuses our key or certificate, or its licence is missing
    MISSING = "missing"  # the gateway does not know this instance
    STOPPED = "stopped"  # somebody has stopped it at the gateway; it can be started again
    FAILED = "failed"  # the gateway could not connect it, and has given up


CLOUD_PER_SECOND = 80
"""Messages that a number of the Cloud API sends in a second until Meta says otherwise. Source: gateways.md §8.C."""


@dataclass(frozen=True, slots=True)
class InstanceLimits:
    """What may leave through one instance. `None` is no limit; counts are messages in a sliding window.

    The day is a calendar day in the instance's time zone, not a sliding 24 hours. Source: product.md §4. `per_second`
    is the provider's own and nobody edits it.
    """

    per_day: int | None = None
    per_hour: int | None = 1000
    per_minute: int | None = None
    min_gap_s: float = 0.5
    max_in_flight: int = 1
    per_second: int | None = None


@dataclass(frozen=True, slots=True)
class ConnectionOptions:
    """How one gateway is reached, and what its messages look like. Paths are absolute, of files in PEM format."""

    ca_file: str | None = None  # authorities that are trusted besides the system's
    client_cert: str | None = None  # our certificate and its key in one file, for a gateway that asks for it
    link_preview: bool = True
    shows_typing: bool = False  # where the gateway can: not on the Cloud API

    def stored(self) -> dict[str, object]:
        """Return what is not as usual, ready for JSON."""
        usual = ConnectionOptions()
        return {
            name: value
            for name, value in (
                ("ca_file", self.ca_file),
                ("client_cert", self.client_cert),
                ("link_preview", self.link_preview),
                ("shows_typing", self.shows_typing),
            )
            if value != getattr(usual, name)
        }


def read_options(stored: object) -> ConnectionOptions:
    """Read stored options; what is missing or strange is as usual."""
    if not isinstance(stored, dict):
        return ConnectionOptions()
    found = cast("dict[str, object]", stored)
    ca_file, client_cert = found.get("ca_file"), found.get("client_cert")
    return ConnectionOptions(
        ca_file if isinstance(ca_file, str) else None,
        client_cert if isinstance(client_cert, str) else None,
        found.get("link_preview") is not False,
        found.get("shows_typing") is True,
    )


@dataclass(frozen=True, slots=True)
class Instance:
    """A stored instance. The token is not here: it lives in the keyring under `secret_name`."""

    id: InstanceId
    workspace_id: WorkspaceId
    name: str
    gateway: Gateway
    base_url: str
    remote_name: str
    timezone: str  # IANA name
    limits: InstanceLimits
    state: ConnectionState
    created_at: datetime
    paused_at: datetime | None = None
    pause_reason: str | None = None  # "operator", or the code of the rule that paused it
    phone: str | None = None
    warmup: str = "off"
    phone_id: str | None = None  # Cloud API only
    waba_id: str | None = None  # Cloud API only
    checked_at: datetime | None = None
    # Cloud API only: the business portfolio that the number belongs to, and how many people all its numbers together
    # may write to in 24 hours (TIER_250 ...). None: never told.
    portfolio_id: str | None = None
    messaging_limit: str | None = None
    paused_until: datetime | None = None  # when the pause ends by itself
    options: ConnectionOptions = field(default_factory=ConnectionOptions)

    @property
    def secret_name(self) -> str:
        """Name of the token's entry in the keyring, one an instance."""
        return f"instance:{self.workspace_id}:{self.name}"
