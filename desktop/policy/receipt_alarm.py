"""When receipts say that a number must stop: its account is restricted, or WhatsApp refuses one message after another.

On unofficial gateways a message is accepted first and refused later, by receipt. Going on then harms the number: a
restriction pauses it at once, and so do five refused messages in a row with none delivered between them. A receipt that
comes twice is heard once. Meta's Cloud API tells in its codes whether the account or the person is the reason: what
concerns the account stops the number at the first receipt, or all who come next would fail one by one.
Source: gateways.md §§5.C, 10.6; the five is ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.instance import Gateway
from desktop.domain.receipt import Receipt, ReceiptKind
from desktop.domain.recipient import Reason

IN_A_ROW = 5
_REMEMBERED = 200  # refused messages, so that a receipt that comes again is known
_STOPS_AT_META = frozenset(
    {
        "unauthorised",
        "permission",
        "account_locked",
        "payment",
        "display_name",
        "not_registered",
        "terms",
        "spam_limit",
    }
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the receipts of a number have said: refused messages, oldest first, and how many since the last good one."""

    refused: tuple[str, ...] = ()
    in_a_row: int = 0


@dataclass(frozen=True, slots=True)
class Alarm:
    """The number is to be paused; `until` is when the restriction ends by itself, None when nobody knows."""

    reason: str
    until: datetime | None
    facts: Mapping[str, object]


def hear(heard: Heard, receipt: Receipt, gateway: Gateway, now: datetime) -> tuple[Heard, Alarm | None]:
    """Take one receipt of a number."""
    if gateway is Gateway.CLOUD:
        return _hear_meta(heard, receipt)
    if receipt.kind in (ReceiptKind.DELIVERED, ReceiptKind.READ):
        return replace(heard, in_a_row=0), None
    if receipt.kind is not ReceiptKind.FAILED or receipt.message_id in heard.refused:
        return heard, None
    refused = (*heard.refused, receipt.message_id)[-_REMEMBERED:]
    if receipt.code == Reason.ACCOUNT_RESTRICTED:
        if receipt.until is not None and receipt.until <= now:
            return Heard(refused, 0), None  # learned of late: it is over
        facts = {"until": receipt.until and receipt.until.isoformat(), "code": receipt.code}
        return Heard(refused, 0), Alarm(Reason.ACCOUNT_RESTRICTED.value, receipt.until, facts)
    in_a_row = heard.in_a_row + 1
    if in_a_row < IN_A_ROW:
        return Heard(refused, in_a_row), None
    return Heard(refused, 0), Alarm(Reason.REFUSED_IN_A_ROW.value, None, {"refused": in_a_row, "code": receipt.code})


def _hear_meta(heard: Heard, receipt: Receipt) -> tuple[Heard, Alarm | None]:
    reason = receipt.code if receipt.kind is ReceiptKind.FAILED else None
    if reason is None or reason not in _STOPS_AT_META or receipt.message_id in heard.refused:
        return heard, None
    refused = (*heard.refused, receipt.message_id)[-_REMEMBERED:]
    return Heard(refused), Alarm(reason, None, {"code": reason})
