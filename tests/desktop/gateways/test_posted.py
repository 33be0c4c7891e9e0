"""What gateways post, read for the instances that it may speak of; the bodies are recorded ones where there are any."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.instance import Gateway
from desktop.domain.receipt import Receipt, ReceiptKind, Reply
from desktop.gateways.posted import parse_posted
from tests.desktop.receiver.conftest import NOW, instance

EVOLUTION = instance(Gateway.EVOLUTION)
UPDATE: dict[str, Any] = {
    "event": "messages.update",
    "instance": "remote-1",
    "data": {"keyId": "M1", "remoteJid": "5511988887777@s.whatsapp.net", "fromMe": True, "status": "READ"},
}


def test_evolution_posts_what_its_socket_emits_in_either_spelling() -> None:
    expected = [Receipt(EVOLUTION.id, "M1", ReceiptKind.READ, NOW)]
    assert parse_posted([EVOLUTION], UPDATE, NOW) == expected
    assert parse_posted([EVOLUTION], {**UPDATE, "event": "MESSAGES_UPDATE"}, NOW) == expected


def test_what_is_about_another_instance_is_left_out() -> None:
    assert parse_posted([EVOLUTION], {**UPDATE, "instance": "somebody"}, NOW) == []
    assert parse_posted([EVOLUTION], {**UPDATE, "event": None}, NOW) == []
    assert parse_posted([], UPDATE, NOW) == []


def test_waha_posts_what_its_socket_sends() -> None:
    waha = instance(Gateway.WAHA)
    payload = {"id": "true_5511988887777@c.us_M1", "fromMe": True, "ack": 3, "ackName": "READ"}
    body = {"event": "message.ack", "session": "remote-1", "payload": payload}
    assert parse_posted([waha], body, NOW) == [Receipt(waha.id, "M1", ReceiptKind.READ, NOW)]
    assert parse_posted([waha], {**body, "session": "somebody"}, NOW) == []


def test_meta_posts_for_all_numbers_of_an_app() -> None:
    numbers = [instance(Gateway.CLOUD, 1), instance(Gateway.CLOUD, 2)]
    message = {"from": "5511988887777", "id": "wamid.1", "type": "text", "text": {"body": "oi"}, "timestamp": "1"}
    value = {"metadata": {"phone_number_id": "phone-2"}, "messages": [message]}
    body = {
        "object": "whatsapp_business_account",
        "entry": [{"id": "waba", "changes": [{"field": "messages", "value": value}]}],
    }
    (reply,) = parse_posted(numbers, body, NOW)
    assert isinstance(reply, Reply)
    assert (reply.instance_id, reply.phone) == (numbers[1].id, "+5511988887777")


KEYS = (
    "event",
    "instance",
    "data",
    "key",
    "keyId",
    "status",
    "entry",
    "changes",
    "field",
    "value",
    "payload",
    "session",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner),
    max_leaves=20,
)


@given(JSON, st.sampled_from(list(Gateway)), st.sampled_from(["messages.update", "messages.upsert", "message.ack"]))
def test_no_body_at_all_is_a_reason_to_fall_over(body: object, gateway: Gateway, event: str) -> None:
    assert isinstance(parse_posted([instance(gateway)], body, NOW), list)
    framed = {"event": event, "instance": "remote-1", "session": "remote-1", "data": body, "payload": body}
    assert isinstance(parse_posted([instance(gateway)], json.loads(json.dumps(framed)), NOW), list)
