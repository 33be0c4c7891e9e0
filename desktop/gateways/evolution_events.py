"""Turns what Evolution emits over socket.io into receipts, replies and states. Pure."""

from collections.abc import Iterator
from datetime import datetime

from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState
from desktop.domain.receipt import Inbound, Receipt, ReceiptKind, Reply, StateChanged
from desktop.gateways.evolution_records import Fields, fields_of, id_of, items_of, message_text, receipt_kind, text_of
from desktop.gateways.evolution_states import connection_state
from desktop.gateways.jids import is_group, is_lid, phone_of

# Subscribed to in per-instance mode. Source: gateways.md §6.E; names in the server's upper snake form.
EVENTS = (
    "MESSAGES_UPSERT",
    "MESSAGES_UPDATE",
    "CONNECTION_UPDATE",
    "QRCODE_UPDATED",
    "STATUS_INSTANCE",
    "LOGOUT_INSTANCE",
    "REMOVE_INSTANCE",
)

# Things that are no message written by a person.
_NOT_WRITTEN = frozenset({"reactionMessage", "protocolMessage", "pollUpdateMessage", "senderKeyDistributionMessage"})
_RESTRICTED = "463"  # WhatsApp's error for a restricted account. Source: gateways.md §5.E


def instance_of(envelope: object) -> str | None:
    """Return the name of the instance that an event is about."""
    return text_of(fields_of(envelope).get("instance"))


def inbound(event: str, envelope: object, instance_id: InstanceId, at: datetime) -> list[Inbound]:
    """Return what an event says to us; empty for the many that say nothing.

    Args:
        at: when it arrived. The envelope's own time is local and pretends to be UTC.
    """
    data = fields_of(envelope).get("data")
    parts = [fields_of(part) for part in items_of(data) or [data]]
    match event:
        case "messages.update":
            return [receipt for part in parts for receipt in _receipts(part, instance_id, at)]
        case "messages.upsert":
            return [reply for part in parts for reply in _replies(part, instance_id, at)]
        case "connection.update":
            return [_state(part.get("state"), part.get("statusReason"), instance_id) for part in parts]
        case "status.instance":
            return [_state(part.get("status"), part.get("disconnectionReasonCode"), instance_id) for part in parts]
        case "qrcode.updated" | "logout.instance":
            return [StateChanged(instance_id, ConnectionState.NEEDS_QR.value, event.partition(".")[0])]
        case "remove.instance" | "instance.delete":
            return [StateChanged(instance_id, ConnectionState.MISSING.value, "removed")]
        case _:
            return []


def _receipts(data: Fields, instance_id: InstanceId, at: datetime) -> Iterator[Receipt]:
    message_id = id_of(data.get("keyId"))
    kind = receipt_kind(data.get("status"))
    if message_id is not None and kind is not None:
        code = _failure_code(data) if kind is ReceiptKind.FAILED else None
        address = id_of(data.get("remoteJid"))
        hidden = address if address is not None and is_lid(address) else None
        yield Receipt(instance_id, message_id, kind, at, code, hidden=hidden)


def _failure_code(data: Fields) -> str:
    stubs = (data.get("messageStubParameters"), fields_of(data.get("message")).get("messageStubParameters"))
    words = {str(word) for stub in stubs for word in items_of(stub)}
    return "account_restricted" if _RESTRICTED in words else "refused_by_whatsapp"


def _replies(data: Fields, instance_id: InstanceId, at: datetime) -> Iterator[Reply]:
    key = fields_of(data.get("key"))
    message_id, address = id_of(key.get("id")), id_of(key.get("remoteJid"))
    if message_id is None or address is None or key.get("fromMe") is not False:
        return
    if is_group(address) or text_of(data.get("messageType")) in _NOT_WRITTEN:
        return
    alternative = text_of(key.get("remoteJidAlt")) or text_of(key.get("senderPn"))
    phone = phone_of(address) or (phone_of(alternative) if alternative else None)
    text = message_text(data.get("message")) or ""
    yield Reply(instance_id, message_id, address, phone, text, at, _quoted(data))


def _quoted(data: Fields) -> str | None:
    contexts = [data.get("contextInfo"), *(fields_of(part).get("contextInfo") for part in _parts(data))]
    return next(filter(None, (id_of(fields_of(context).get("stanzaId")) for context in contexts)), None)


def _parts(data: Fields) -> Iterator[object]:
    yield from fields_of(data.get("message")).values()


def _state(word: object, reason: object, instance_id: InstanceId) -> StateChanged:
    state = connection_state(word, reason)
    shown = str(reason) if state is not ConnectionState.CONNECTED and isinstance(reason, int) else None
    return StateChanged(instance_id, state.value, shown)
