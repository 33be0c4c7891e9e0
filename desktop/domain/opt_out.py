"""The confirmation that a person who opts out may get: what the setting says, and one such reply on its way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from desktop.domain.ids import InstanceId

REPLY_SETTING = "opt_out.reply"
"""The setting: an object with `enabled` and `text`. Off unless it is switched on."""

LONGEST_REPLY = 1_000  # letters: a confirmation is a line or two
REPLY_WITHIN = timedelta(hours=12)
"""How late a confirmation may still come: within Meta's window of 24 hours after the person's word, and not odd."""


class ReplyState(StrEnum):
    DUE = "due"
    SENDING = (
        "sending"  # the intent is durable, the answer is not: after a crash nobody knows, and it is never repeated
    )
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class OptOutReply:
    """Whether who opts out is answered, and with which text."""

    is_enabled: bool = False
    text: str = ""

    def stored(self) -> dict[str, object]:
        """Return it as the setting keeps it."""
        return {"enabled": self.is_enabled, "text": self.text}


@dataclass(frozen=True, slots=True)
class DueReply:
    """A confirmation that waits to be sent, through the number that got the word."""

    id: int
    instance_id: InstanceId
    phone: str  # E.164
    address: str | None  # under which the person wrote
    text: str
    requested_at: datetime


def read_reply(stored: object) -> OptOutReply:
    """Read the setting; what is strange or has no text is off."""
    if not isinstance(stored, dict):
        return OptOutReply()
    document = cast("dict[str, object]", stored)
    found = document.get("text")
    text = found.strip()[:LONGEST_REPLY] if isinstance(found, str) else ""
    return OptOutReply(document.get("enabled") is True and bool(text), text)
