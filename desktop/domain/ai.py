"""Help with writing from an AI endpoint: how it is set up, what is asked, what it answered and cost.

Off unless it is switched on. What it writes is a proposal: a person accepts, changes or rejects it, and nothing is ever
asked for at the moment of sending.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from desktop.domain.ids import CampaignId

AI_SETTING = "ai"
"""The setting: an object as `AiSettings.stored` writes it. The key is in the keyring."""

MOST_DRAFTS = 5
LONGEST_PROMPT = 4_000  # letters
USUAL_PROMPT = (
    "You help a small company write short, friendly WhatsApp messages to people who asked to hear from it. "
    "Be honest and plain, promise nothing that is not in the text, and keep links and amounts exactly as they are."
)


@dataclass(frozen=True, slots=True)
class AiSettings:
    """Prices are per million tokens, in the operator's own currency; 0 when nobody has said."""

    is_enabled: bool = False
    url: str = ""  # of an OpenAI-compatible API, up to and with its version: https://api.example.com/v1
    model: str = ""
    system_prompt: str = USUAL_PROMPT
    price_in: float = 0.0
    price_out: float = 0.0
    currency: str = "BRL"

    @property
    def is_ready(self) -> bool:
        return self.is_enabled and bool(self.url) and bool(self.model)

    def stored(self) -> dict[str, object]:
        """Return it as the setting keeps it."""
        return {
            "enabled": self.is_enabled,
            "url": self.url,
            "model": self.model,
            "system_prompt": self.system_prompt,
            "price_in": self.price_in,
            "price_out": self.price_out,
            "currency": self.currency,
        }

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """Return what a request cost, in `currency`."""
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000


def read_ai_settings(stored: object) -> AiSettings:
    """Read the setting; what is strange in it is as if nobody had said it."""
    if not isinstance(stored, dict):
        return AiSettings()
    given, usual = cast("Mapping[str, object]", stored), AiSettings()

    def text(name: str, otherwise: str) -> str:
        value = given.get(name)
        return value if isinstance(value, str) else otherwise

    def price(name: str) -> float:
        value = given.get(name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return max(0.0, float(cast("float", value))) if is_number else 0.0

    return AiSettings(
        is_enabled=given.get("enabled") is True,
        url=text("url", ""),
        model=text("model", ""),
        system_prompt=text("system_prompt", usual.system_prompt)[:LONGEST_PROMPT],
        price_in=price("price_in"),
        price_out=price("price_out"),
        currency=text("currency", usual.currency),
    )


@dataclass(frozen=True, slots=True)
class AiAnswer:
    """What an endpoint wrote, and how much it read and wrote for that (0 where it does not say).

    `is_cut`: it stopped because the text became too long for it.
    """

    text: str
    tokens_in: int = 0
    tokens_out: int = 0
    is_cut: bool = False


class DraftState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class AiDraft:
    """A text that was proposed for a message; it is a template of ours in which all of the AI's words are literal."""

    id: int
    campaign_id: CampaignId | None
    text: str
    state: DraftState
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AiUsage:
    """What was asked since a moment, and how it ended last. `cost` adds up what each request cost by its prices."""

    requests: int = 0
    failures: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    last_failure: str | None = None  # its code
    last_failure_at: datetime | None = None
