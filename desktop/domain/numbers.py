"""Whether a phone is on WhatsApp, as a gateway answers it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

NUMBERS_AT_ONCE = 50  # asked for in one request: more is a risk for the number that asks. Source: gateways.md §4.E

FRESH_FOR = timedelta(days=7)
"""How long an answer is relied on: people come to WhatsApp, leave it, and change their phones."""
SKIP_ABSENT = "skip_not_on_whatsapp"
"""The setting that leaves people out who are known not to be on WhatsApp; on unless it is switched off."""


@dataclass(frozen=True, slots=True)
class KnownNumbers:
    """What is known of who is on WhatsApp, from answers that are young enough; and of how many nothing is."""

    there: int = 0
    absent: int = 0
    unknown: int = 0
    oldest_at: datetime | None = None  # of the answers that count


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """What WhatsApp says of one phone. `exists` may be some days old: gateways keep it."""

    exists: bool
    address: str | None  # where to send: the jid or chatId of the person at this gateway; None when there is none
    lid: str | None = None  # the address under which the person may answer without showing a phone
