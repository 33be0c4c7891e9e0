"""Whatever a server says, nothing that reads it raises, and nothing that a database refuses comes out of it.

A reader that raises ends its listener or its monitor, and with them the engine: one odd event would stop all sending.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.domain.ids import InstanceId
from desktop.gateways import cloud_events, cloud_reading, evolution_events, waha_events
from desktop.gateways.cloud_outcome import cloud_outcome
from desktop.gateways.evolution_admin import pairing_code
from desktop.gateways.evolution_records import stored_message as evolution_message
from desktop.gateways.evolution_states import row_phone, row_state, status_of
from desktop.gateways.http import Answer
from desktop.gateways.message_search import server_time
from desktop.gateways.outcome import evolution_outcome, retry_after_s
from desktop.gateways.waha_engine import facts_of
from desktop.gateways.waha_outcome import waha_outcome
from desktop.gateways.waha_records import stored_message as waha_message
from desktop.gateways.waha_sessions import status_of as waha_status
from desktop.gateways.waha_states import brake_of
from tests.desktop.gateways.test_cloud_events import number, of_messages

AT = datetime(2026, 11, 28, tzinfo=UTC)
US = InstanceId(1)
ABSURD: tuple[object, ...] = (
    None, True, -1, 1.5, float("nan"), float("inf"), 10**400, "", "²", "--5", "9" * 5_000, "\ud800",
    "a\x00b", "x" * 3_000,
    [], {}, [[]], ["x"], {"id": {}}, {"low": "²"},
)  # fmt: skip

MESSAGE = {
    "from": "551188887777", "from_user_id": "BR.1", "id": "wamid.1", "type": "text", "text": {"body": "oi"},
    "context": {"id": "wamid.0"},
}  # fmt: skip
STATUS = {
    "id": "wamid.1", "status": "failed", "recipient_id": "551188887777", "biz_opaque_callback_data": "REF",
    "recipient_user_id": "BR.1", "errors": [{"code": 131049}], "pricing": {"category": "marketing", "billable": True},
}  # fmt: skip
PREFERENCE = {"wa_id": "551188887777", "user_id": "BR.1", "category": "marketing_messages", "value": "stop"}
CLOUD = of_messages(
    messages=[MESSAGE], statuses=[STATUS], contacts=[{"wa_id": "551188887777", "user_id": "BR.1"}],
)  # fmt: skip
ACCOUNT: dict[str, Any] = {
    "metadata": {"phone_number_id": number().phone_id}, "user_preferences": [PREFERENCE],
    "message_template_name": "n", "message_template_language": "pt_BR", "event": "FLAGGED",
    "display_phone_number": "15550783881", "max_daily_conversations_per_business": "250",
    "ban_info": {"waba_ban_state": "DISABLE"},
}  # fmt: skip
EVOLUTION = {
    "data": {
        "keyId": "A", "status": "ERROR", "remoteJid": "1@lid", "messageType": "conversation", "state": "close",
        "statusReason": 401, "disconnectionReasonCode": 401, "messageStubParameters": ["463"],
        "key": {"id": "A", "remoteJid": "5511988887777@s.whatsapp.net", "fromMe": False, "remoteJidAlt": "1@lid"},
        "message": {"conversation": "sair", "extendedTextMessage": {"text": "a", "contextInfo": {"stanzaId": "Q"}}},
    }
}  # fmt: skip
WAHA = {
    "id": "true_5511988887777@c.us_3EB0", "from": "5511988887777@c.us", "to": "1@lid", "fromMe": False, "body": "sair",
    "ack": -1, "ackName": "ERROR", "error": {"code": 463, "until": 1795237746}, "replyTo": {"id": "3EB1"},
    "timestamp": 1795237746, "status": "WORKING", "me": {"id": "5511988887777@c.us"},
    "_data": {"key": {"remoteJid": "1@lid"}, "Info": {"Chat": "1@lid"}, "message": {"conversation": "sair"}},
}  # fmt: skip
ROW = {
    "instance": {"state": "close", "instanceName": "a"}, "name": "a", "connectionStatus": "close",
    "ownerJid": "5511@c.us",
    "number": "5511", "disconnectionReasonCode": 401, "integration": "WHATSAPP-BAILEYS", "code": "2@x",
}  # fmt: skip
STORED = {
    "key": {"id": "A", "remoteJid": "1@lid", "remoteJidAlt": "5511@s.whatsapp.net", "fromMe": True},
    "messageTimestamp": 1795237746, "message": {"conversation": "a"}, "MessageUpdate": [{"status": "READ"}],
}  # fmt: skip
META_ERROR = {
    "error": {"code": 131056, "error_subcode": 33, "is_transient": True, "error_data": {"details": "d"},
    "message": "m"},
    "messages": [{"id": "wamid.1", "message_status": "accepted"}], "contacts": [{"wa_id": "551188887777"}],
}  # fmt: skip
EVOLUTION_ERROR = {"status": 400, "error": "Bad Request", "response": {"message": [{"exists": False, "jid": "1"}]}}
WAHA_ERROR = {"statusCode": 500, "exception": {"message": "rate-overlimit"}, "message": "m", "expected": ["WORKING"]}
HEALTH = {
    "reachoutTimelock": {"isActive": True, "timeEnforcementEnds": 1}, "messageCapping": {"cappingStatus": "CAPPED"},
}  # fmt: skip
NUMBER = {
    "id": "1", "display_phone_number": "+55", "status": "CONNECTED", "throughput": {"level": "HIGH"},
    "health_status": {"entities": [{"entity_type": "BUSINESS", "id": "1"}]}, "data": [{"message_id": "m"}],
    "name": "n", "language": "l", "components": [{}], "quality_score": {"score": "RED"}, "quality_rating": "NA",
}  # fmt: skip


def _answers(body: object) -> list[Answer]:
    return [Answer(status, body) for status in (200, 201, 400, 401, 404, 422, 429, 500, 501, 503)]


READERS: dict[str, tuple[object, Callable[[Any], object]]] = {
    "messages of Meta": (CLOUD, lambda body: cloud_events.parse_webhook(body, [number()], AT)),
    "news of Meta": (
        ACCOUNT,
        lambda value: [
            cloud_events.parse_webhook(
                {**CLOUD, "entry": [{"id": number().waba_id, "changes": [{"field": field, "value": value}]}]},
                [number()],
                AT,
            )
            for field in (
                "user_preferences",
                "message_template_status_update",
                "phone_number_quality_update",
                "business_capability_update",
                "account_update",
            )
        ],
    ),
    "events of Evolution": (
        EVOLUTION,
        lambda body: [
            evolution_events.inbound(event, body, US, AT)
            for event in ("messages.update", "messages.upsert", "connection.update", "status.instance")
        ],
    ),
    "events of WAHA": (
        WAHA,
        lambda payload: [
            waha_events.parse_event({"event": event, "payload": payload}, US, AT)
            for event in ("message.ack", "message.any", "session.status")
        ],
    ),
    "messages kept by Evolution": (STORED, evolution_message),
    "messages kept by WAHA": (WAHA, waha_message),
    "states of Evolution": (
        ROW,
        lambda row: [
            (status_of(answer, row), pairing_code(answer), row_state(row), row_phone(row)) for answer in _answers(row)
        ],
    ),
    "states of WAHA": (WAHA, lambda row: [waha_status(answer) for answer in _answers(row)]),
    "health of an account": (HEALTH, brake_of),
    "facts of WAHA": ({"version": "2026.7.1", "engine": "NOWEB"}, facts_of),
    "facts of Meta": (
        NUMBER,
        lambda row: (
            cloud_reading.number_facts(row, row),
            cloud_reading.number_state(row),
            cloud_reading.template_of(row, "1", AT),
            cloud_reading.history_kinds(row, "m"),
            cloud_reading.next_page(row),
        ),
    ),
    "answers of Meta": (META_ERROR, lambda body: list(map(cloud_outcome, _answers(body)))),
    "answers of Evolution": (EVOLUTION_ERROR, lambda body: list(map(evolution_outcome, _answers(body)))),
    "answers of WAHA": (WAHA_ERROR, lambda body: list(map(waha_outcome, _answers(body)))),
}


@pytest.mark.parametrize("name", READERS)
def test_no_part_of_a_body_can_be_so_absurd_that_reading_it_raises(name: str) -> None:
    sample, read = READERS[name]
    read(sample)
    for odd in _mutants(sample):
        for text in _texts(read(odd)):
            text.encode()  # a lone surrogate, legal in JSON, is refused by every database
            assert "\x00" not in text


HEADERS: tuple[dict[str, str], ...] = (
    {"retry-after": "²"},
    {"retry-after": "9" * 5_000},
    {"retry-after": "-1"},
    {"retry-after": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "date": "Mon, 01 Jan 2026 00:00:00 GMT"},
    {"retry-after": "Mon, 01 Jan 2026 00:00:00 GMT", "date": "Mon, 01 Jan 9999999999999 00:00:00 GMT"},
    {"x-app-usage": '{"estimated_time_to_regain_access": ' + "9" * 400 + "}"},
    {"x-app-usage": '{"estimated_time_to_regain_access": NaN}'},
)


@pytest.mark.parametrize("headers", HEADERS, ids=range(len(HEADERS)))
def test_no_header_can_be_so_absurd_that_reading_it_raises(headers: dict[str, str]) -> None:
    answer = Answer(429, {"error": {"code": 4}}, "", headers)
    wait_s = retry_after_s(answer)
    assert wait_s is None or 0 <= wait_s <= 86_400
    server_time(answer)
    for outcome in (cloud_outcome(answer), evolution_outcome(answer), waha_outcome(answer)):
        rest_s = getattr(outcome, "retry_after_s", None)
        assert rest_s is None or 0 <= rest_s <= 86_400


def _mutants(sample: object) -> Iterator[object]:
    """Yield the sample with each of its parts, one at a time, in each absurd form."""
    for path in list(_paths(sample)):
        for value in ABSURD:
            copy = json.loads(json.dumps(sample))
            place = copy
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = value
            yield copy


def _paths(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in pairs:
        yield from _paths(member, (*path, key))


def _texts(value: object) -> Iterator[str]:
    """Yield what may be stored of what was read; the words of a reply are not."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        names = [field.name for field in fields(value) if field.name not in ("text", "components")]
        for name in names:
            yield from _texts(getattr(value, name))
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _texts(member)
