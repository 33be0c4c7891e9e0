"""Message templates of Meta's Cloud API: what the provider has approved, and how a draft uses one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.instance import CLOUD_PER_SECOND

Component = Mapping[str, object]
"""One component as Meta's list gives it: `type`, `format`, `text`, `buttons` …"""

SENDABLE = "APPROVED"
POSITIONAL, NAMED = "POSITIONAL", "NAMED"


def body_of(components: Sequence[Component]) -> str:
    """Return the text of a template's body with its placeholders; empty when it has none."""
    for component in components:
        text = component.get("text")
        if str(component.get("type")).upper() == "BODY" and isinstance(text, str):
            return text
    return ""


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """One name in one language of an account, as its list said at `synced_at`. Words are Meta's, upper case, open."""

    waba_id: str
    name: str
    language: str  # as Meta writes it: pt_BR
    status: str  # APPROVED, PENDING, REJECTED, PAUSED, DISABLED …
    category: str  # MARKETING, UTILITY, AUTHENTICATION: what a message costs
    parameter_format: str  # POSITIONAL or NAMED
    components: Sequence[Component]
    synced_at: datetime
    quality: str | None = None  # GREEN, YELLOW, RED, UNKNOWN
    rejected_reason: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """How a message of a draft uses a template: `parameters` are (placeholder, text in the variables language)."""

    name: str
    language: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenTemplate:
    """A template as a started campaign sends it: the use, and the definition of that moment."""

    use: TemplateUse
    parameter_format: str
    components: Sequence[Component]
    category: str = "MARKETING"  # what a message costs; the dearest, where an older program did not note it


@dataclass(frozen=True, slots=True)
class OutgoingTemplate:
    """A template with the values of one person. Names are None where the template counts its placeholders."""

    name: str
    language: str
    header: tuple[tuple[str | None, str], ...] = ()
    header_media: str | None = None  # image, video or document: the message's file goes there
    body: tuple[tuple[str | None, str], ...] = ()
    buttons: tuple[tuple[int, str, str], ...] = ()  # position, sub-type (url, quick_reply, copy_code), value


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """What the provider says of a number, in its own words; None is what it did not say."""

    phone: str | None = None  # E.164
    verified_name: str | None = None
    quality: str | None = None  # GREEN, YELLOW, RED, UNKNOWN
    messaging_limit: str | None = None  # TIER_250 … TIER_UNLIMITED
    throughput: str | None = None  # STANDARD, HIGH, NOT_APPLICABLE
    status: str | None = None
    name_status: str | None = None
    account_mode: str | None = None  # LIVE, SANDBOX
    can_send: str | None = None  # AVAILABLE, LIMITED, BLOCKED
    is_coexistence: bool = False  # also used in the WhatsApp Business app
    portfolio_id: str | None = None

    @property
    def per_second(self) -> int:
        """Messages a second, in and out together. Source: gateways.md §8.C."""
        if self.is_coexistence:
            return 20
        return 1000 if self.throughput == "HIGH" else CLOUD_PER_SECOND
