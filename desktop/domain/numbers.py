"""Whether a phone is on WhatsApp, as a gateway answers it."""

from dataclasses import dataclass

NUMBERS_AT_ONCE = 50  # asked for in one request: more is a risk for the number that asks. Source: gateways.md §4.E


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """What WhatsApp says of one phone. `exists` may be some days old: gateways keep it."""

    exists: bool
    address: str | None  # where to send: the jid or chatId of the person at this gateway; None when there is none
    lid: str | None = None  # the address under which the person may answer without showing a phone
