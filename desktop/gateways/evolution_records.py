"""Reads what Evolution stores and emits: message records, statuses, texts. Pure, and trusts no type it is given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from desktop.domain.receipt import ReceiptKind

Fields = Mapping[str, object]

# Baileys' names and numbers, and the names of the Cloud channel. PENDING says nothing. Source: gateways.md §0.2 and the
# recordings.
_KINDS: Mapping[str, ReceiptKind] = {
    "ERROR": ReceiptKind.FAILED,
    "FAILED": ReceiptKind.FAILED,
    "SERVER_ACK": ReceiptKind.SENT,
    "SENT": ReceiptKind.SENT,
    "DELIVERY_ACK": ReceiptKind.DELIVERED,
    "DELIVERED": ReceiptKind.DELIVERED,
    "READ": ReceiptKind.READ,
    "PLAYED": ReceiptKind.READ,
    "0": ReceiptKind.FAILED,
    "2": ReceiptKind.SENT,
    "3": ReceiptKind.DELIVERED,
    "4": ReceiptKind.READ,
    "5": ReceiptKind.READ,
}
# A failure counts only while nothing better is known. Source: gateways.md §0.2.
_ORDER = (ReceiptKind.FAILED, ReceiptKind.SENT, ReceiptKind.DELIVERED, ReceiptKind.READ)

MAX_ID = 512  # letters
_LONGEST_NUMBER = 18  # digits; fits 64 bits
_NO_TIME = 1e18  # neither seconds nor milliseconds nor microseconds

_WITH_CAPTION = ("imageMessage", "videoMessage", "documentMessage", "ptvMessage")
_WRAPPERS = (
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "viewOnceMessageV2Extension",
    "documentWithCaptionMessage",
    "editedMessage",
)


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One record of `findMessages`."""

    message_id: str
    from_me: bool
    addresses: tuple[str, ...]  # the jid first, then the alternative one
    at: float | None  # epoch seconds by the server's clock
    text: str | None  # None: a file without caption, or a shape that is not known here
    status: ReceiptKind | None

    @property
    def digest(self) -> str:
        return sha256((self.text or "").encode("utf-8", "replace")).hexdigest()


def fields_of(value: object) -> Fields:
    """Return `value` when it is a JSON object, else an empty one."""
    return cast(Fields, value) if isinstance(value, Mapping) else {}


def items_of(value: object) -> list[object]:
    """Return `value` when it is a JSON list, else an empty one."""
    return cast(list[object], value) if isinstance(value, list) else []


def text_of(value: object) -> str | None:
    """Return `value` when it is a text with something in it, without what is legal in JSON and in no database."""
    if not isinstance(value, str) or not value:
        return None
    return (
        value if value.isprintable() else value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "") or None
    )


def id_of(value: object) -> str | None:
    """Return `value` when it is an id, a tag or an address that a database takes: printable, and not endlessly long."""
    return value if isinstance(value, str) and 0 < len(value) <= MAX_ID and value.isprintable() else None


def receipt_kind(status: object) -> ReceiptKind | None:
    """Return our word for a status; None for PENDING, DELETED and whatever else says nothing about delivery."""
    if isinstance(status, bool) or not isinstance(status, str | int):
        return None
    return _KINDS.get(str(status).upper())


def highest(kinds: Iterator[ReceiptKind | None]) -> ReceiptKind | None:
    """Return the furthest of several statuses of one message."""
    return max((kind for kind in kinds if kind is not None), key=_ORDER.index, default=None)


def stored_message(record: object) -> StoredMessage | None:
    """Read a record of `findMessages`; None when it has no message id."""
    fields = fields_of(record)
    key = fields_of(fields.get("key"))
    message_id = id_of(key.get("id"))
    if message_id is None:
        return None
    addresses = (id_of(key.get("remoteJid")), id_of(key.get("remoteJidAlt")))
    updates = items_of(fields.get("MessageUpdate"))
    return StoredMessage(
        message_id=message_id,
        from_me=key.get("fromMe") is True,
        addresses=tuple(address for address in addresses if address is not None),
        at=epoch_seconds(fields.get("messageTimestamp")),
        text=message_text(fields.get("message")),
        status=highest(receipt_kind(fields_of(update).get("status")) for update in updates),
    )


def epoch_seconds(value: object) -> float | None:
    """Read a time stamp: a number, a text, or a 64-bit integer as two halves."""
    if not isinstance(value, str | int | float):
        value = fields_of(value).get("low")
    if isinstance(value, str):
        value = digits_of(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < _NO_TIME else None


def digits_of(text: str) -> int | None:
    """Return the number that a text of ASCII digits is; None for anything else, and for one that no field holds."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None


def message_text(message: object) -> str | None:
    """Return text or caption of a message's content; None when there is neither."""
    content = fields_of(message)
    if isinstance(plain := content.get("conversation"), str):
        return plain
    extended = fields_of(content.get("extendedTextMessage")).get("text")
    if isinstance(extended, str):
        return extended
    for name in _WITH_CAPTION:
        caption = fields_of(content.get(name)).get("caption")
        if isinstance(caption, str):
            return caption
    for name in _WRAPPERS:
        inner = fields_of(content.get(name)).get("message")
        if inner is not None:
            return message_text(inner)
    edited = fields_of(content.get("protocolMessage")).get("editedMessage")
    return message_text(edited) if edited is not None else _answer_text(content)


def _answer_text(content: Fields) -> str | None:
    """Return the words of a pressed button or a chosen line."""
    buttons = fields_of(content.get("buttonsResponseMessage"))
    template = fields_of(content.get("templateButtonReplyMessage"))
    chosen = fields_of(content.get("listResponseMessage"))
    of_flow = fields_of(fields_of(content.get("interactiveResponseMessage")).get("body"))
    return (
        text_of(buttons.get("selectedDisplayText"))
        or text_of(fields_of(buttons.get("Response")).get("SelectedDisplayText"))  # as Go writes it
        or text_of(template.get("selectedDisplayText"))
        or text_of(chosen.get("title"))
        or text_of(of_flow.get("text"))
    )
