"""Turns what WAHA emits, over its WebSocket or its webhooks, into receipts, replies and states. Pure.

`message` and `message.any` both tell of an inbound message: who listens to both hears it twice, with one message id.
"""

from collections.abc import Iterator
from datetime import datetime

from desktop.domain.ids import InstanceId
from desktop.domain.receipt import Inbound, Receipt, ReceiptKind, Reply, StateChanged
from desktop.gateways.evolution_records import Fields, fields_of, id_of, text_of
from desktop.gateways.jids import is_group
from desktop.gateways.waha_records import (
    ack_kind,
    addresses_of,
    failure_code,
    hidden_in,
    is_written,
    phone_in,
    raw_id,
    restricted_until,
    written_text,
)
from desktop.gateways.waha_states import session_state

# Listened to. `message.any` has the inbound messages of `message`, and our own: those settle a lost or empty answer.
EVENTS = ("session.status", "message.any", "message.ack")


def session_of(envelope: object) -> str | None:
    """Return the name of the session that an event is about."""
    return text_of(fields_of(envelope).get("session"))


def parse_event(envelope: object, instance_id: InstanceId, at: datetime) -> list[Inbound]:
    """Return what an event says to us; empty for the many that say nothing.

    Args:
        envelope: the whole JSON document, as the socket or a webhook brings it.
        at: when it arrived.
    """
    event = fields_of(envelope)
    payload = fields_of(event.get("payload"))
    match event.get("event"):
        case "message.ack":
            return list(_receipts(payload, instance_id, at))
        case "message" | "message.any":
            # Own messages come with the state that they have by now.
            of_own = payload.get("fromMe") is True
            return list(_receipts(payload, instance_id, at) if of_own else _replies(payload, instance_id, at))
        case "session.status":
            state = session_state(payload.get("status"))
            word = text_of(payload.get("status"))
            return [StateChanged(instance_id, state.value, word.lower() if word else None)]
        case _:
            return []


def _receipts(payload: Fields, instance_id: InstanceId, at: datetime) -> Iterator[Receipt]:
    message_id, kind = raw_id(payload.get("id")), ack_kind(payload)
    if message_id is not None and kind is not None and payload.get("fromMe") is not False:
        has_failed = kind is ReceiptKind.FAILED
        code = failure_code(payload) if has_failed else None
        until = restricted_until(payload) if has_failed else None
        hidden = hidden_in(payload)
        yield Receipt(instance_id, message_id, kind, at, code, until=until, hidden=hidden)


def _replies(payload: Fields, instance_id: InstanceId, at: datetime) -> Iterator[Reply]:
    message_id, address = raw_id(payload.get("id")), id_of(payload.get("from"))
    if message_id is None or address is None or payload.get("fromMe") is not False:
        return
    if is_group(address) or not is_written(payload):
        return
    yield Reply(
        instance_id=instance_id,
        message_id=message_id,
        address=address,
        phone=phone_in(addresses_of(payload)),
        text=written_text(payload),
        at=at,
        quoted_message_id=raw_id(fields_of(payload.get("replyTo")).get("id")),
    )
