"""Events become receipts, replies and states. Envelopes are recorded from WAHA 2024.10.8 unless a line says so."""

from datetime import UTC, datetime

import pytest

from desktop.domain.ids import InstanceId
from desktop.domain.receipt import Inbound, Receipt, ReceiptKind, Reply, StateChanged
from desktop.gateways.waha_events import parse_event, session_of

ME = InstanceId(3)
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
K = ReceiptKind


def envelope(event: str, payload: object) -> dict[str, object]:
    return {
        "event": event,
        "session": "default",
        "me": {"id": "5511900000008@c.us", "pushName": "~"},
        "payload": payload,
        "engine": "NOWEB",
        "environment": {"version": "2024.10.8", "engine": "NOWEB", "tier": "CORE", "browser": "/usr/bin/chromium"},
    }


def parsed(event: str, payload: object) -> list[Inbound]:
    return parse_event(envelope(event, payload), ME, AT)


ACK = {
    "id": "true_5511988887777@c.us_3EB0D26380C8014410D427",
    "from": "5511988887777@c.us",
    "fromMe": True,
    "ack": 2,
    "ackName": "DEVICE",
}
INBOUND = {
    "id": "false_5511977776666@c.us_3EB008D9E0D7E5447E29",
    "timestamp": 1795237746,
    "from": "5511977776666@c.us",
    "fromMe": False,
    "body": "SAIR",
    "hasMedia": False,
    "ack": None,
    "ackName": "UNKNOWN",
    "replyTo": None,
    "_data": {
        "key": {"remoteJid": "5511977776666@s.whatsapp.net", "fromMe": False, "id": "3EB008D9E0D7E5447E29"},
        "messageTimestamp": 1795237746,
        "pushName": "Maria",
        "broadcast": False,
        "message": {"conversation": "SAIR"},
    },
}


@pytest.mark.parametrize(
    ("ack", "name", "kind"),
    [
        (-1, "ERROR", K.FAILED), (0, "PENDING", None), (1, "SERVER", K.SENT), (2, "DEVICE", K.DELIVERED),
        (3, "READ", K.READ), (4, "PLAYED", K.READ), (None, "UNKNOWN", None), (None, "DEVICE", K.DELIVERED),
        (True, None, None), ("2", [], None),
    ],
)  # fmt: skip
def test_acknowledgements_become_receipts_of_the_raw_id(ack: object, name: object, kind: ReceiptKind | None) -> None:
    code = "refused_by_whatsapp" if kind is K.FAILED else None
    expected = [Receipt(ME, "3EB0D26380C8014410D427", kind, AT, code)] if kind else []
    assert parsed("message.ack", ACK | {"ack": ack, "ackName": name}) == expected


@pytest.mark.parametrize(
    "given",
    [
        "true_5511988887777@c.us_RAW",
        "true_99887766@lid_RAW",
        "true_5511988887777@c.us_RAW_99@lid",
        "RAW",
        {"fromMe": True, "remote": "5511988887777@c.us", "id": "RAW", "_serialized": "true_5511988887777@c.us_RAW"},
        {"fromMe": True, "$1": "true_5511988887777@c.us_RAW"},
    ],
)
def test_every_form_of_an_id_is_the_same_message(given: object) -> None:  # gateways.md §3.W
    (item,) = parsed("message.ack", ACK | {"id": given})
    assert isinstance(item, Receipt)
    assert item.message_id == "RAW"


@pytest.mark.parametrize(
    ("given", "hidden"),
    [
        ({"id": "true_99@lid_RAW"}, "99@lid"),
        ({"from": "99@lid"}, "99@lid"),
        ({"from": "11@lid", "to": "5511988887777@c.us"}, None),  # our own
        ({"from": "11@lid", "to": "99@lid"}, "99@lid"),
        ({}, None),
    ],
)
def test_a_receipt_tells_the_hidden_address_of_whoever_got_the_message(
    given: dict[str, object], hidden: str | None
) -> None:
    (item,) = parsed("message.ack", ACK | given)
    assert isinstance(item, Receipt)
    assert item.hidden == hidden


@pytest.mark.parametrize("given", [None, 7, "", "true_x", "two words", {}, {"id": 5}, "x" * 200])
def test_an_id_that_is_none_says_nothing(given: object) -> None:
    assert parsed("message.ack", ACK | {"id": given}) == []


@pytest.mark.parametrize("error", [{"code": 463}, {"reason": "account_restricted", "until": 1795300000}])
def test_a_restricted_account_is_recognised(error: object) -> None:  # gateways.md §5.W
    (item,) = parsed("message.ack", ACK | {"ack": -1, "ackName": "ERROR", "error": error})
    assert isinstance(item, Receipt)
    assert (item.kind, item.code) == (K.FAILED, "account_restricted")


@pytest.mark.parametrize(
    ("until", "read"),
    [
        (1795300000, datetime(2026, 11, 21, 22, 26, 40, tzinfo=UTC)),
        (0, None),
        (9e15, None),
        ("soon", None),
        (None, None),
    ],
)
def test_the_end_of_a_restriction_is_read_where_it_is_told(until: object, read: datetime | None) -> None:
    error = {"code": 463, "until": until}
    (item,) = parsed("message.ack", ACK | {"ack": -1, "ackName": "ERROR", "error": error})
    assert isinstance(item, Receipt)
    assert item.until == read


def test_somebody_elses_acknowledgement_is_no_receipt() -> None:
    assert parsed("message.ack", ACK | {"fromMe": False}) == []


@pytest.mark.parametrize("event", ["message", "message.any"])
def test_what_a_person_writes_is_a_reply(event: str) -> None:
    expected = Reply(ME, "3EB008D9E0D7E5447E29", "5511977776666@c.us", "+5511977776666", "SAIR", AT)
    assert parsed(event, INBOUND) == [expected]


def test_a_reply_names_the_message_that_it_quotes() -> None:  # gateways.md §6.W
    (item,) = parsed("message", INBOUND | {"replyTo": {"id": "3EB0D26380C8014410D427", "body": "Olá"}})
    assert isinstance(item, Reply)
    assert item.quoted_message_id == "3EB0D26380C8014410D427"


@pytest.mark.parametrize(
    ("data", "phone"),
    [
        ({"key": {"remoteJid": "99@lid", "remoteJidAlt": "5511977776666@s.whatsapp.net"}}, "+5511977776666"),
        ({"Info": {"Chat": "99@lid", "SenderAlt": "5511977776666:12@s.whatsapp.net"}}, "+5511977776666"),
        ({}, None),
    ],
)
def test_a_hidden_sender_keeps_its_lid_and_shows_the_phone_where_the_engine_does(
    data: object, phone: str | None
) -> None:  # gateways.md §6.W
    (item,) = parsed("message", INBOUND | {"id": "false_99@lid_X", "from": "99@lid", "_data": data})
    assert isinstance(item, Reply)
    assert (item.address, item.phone) == ("99@lid", phone)


@pytest.mark.parametrize(
    "change",
    [
        {"from": "120363@g.us"},
        {"from": "status@broadcast"},
        {"from": None},
        {"fromMe": None},
        {"id": None},
        {"_data": {"message": {"protocolMessage": {"type": "APP_STATE_SYNC_KEY_SHARE"}}}},
        {"_data": {"message": {"reactionMessage": {"text": "👍"}}}},
    ],
)
def test_what_no_person_wrote_to_us_is_no_reply(change: dict[str, object]) -> None:
    assert parsed("message", INBOUND | change) == []


def test_a_picture_without_words_is_a_reply_without_text() -> None:
    (item,) = parsed("message", INBOUND | {"body": None, "hasMedia": True, "_data": {"message": {"imageMessage": {}}}})
    assert isinstance(item, Reply)
    assert item.text == ""


def test_an_own_message_brings_the_state_it_has_by_now() -> None:
    own = ACK | {"body": "Olá", "source": "api"}
    assert parsed("message.any", own | {"ack": 0, "ackName": "PENDING"}) == []
    (item,) = parsed("message.any", own | {"ack": 1, "ackName": "SERVER"})
    assert isinstance(item, Receipt)
    assert item.kind is K.SENT


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("STOPPED", "stopped"), ("STARTING", "connecting"), ("SCAN_QR_CODE", "needs_qr"),
        ("PASSKEY_REQUIRED", "needs_qr"), ("PASSKEY_CONFIRMATION_REQUIRED", "needs_qr"), ("WORKING", "connected"),
        ("FAILED", "failed"), ("DREAMING", "unknown"), (None, "unknown"),
    ],
)  # fmt: skip
def test_every_status_of_a_session_is_a_state(status: object, state: str) -> None:
    reason = status.lower() if isinstance(status, str) else None
    assert parsed("session.status", {"name": "default", "status": status}) == [StateChanged(ME, state, reason)]


@pytest.mark.parametrize("event", ["presence.update", "engine.event", None, 5])
def test_other_events_say_nothing(event: object) -> None:
    assert parse_event(envelope("", ACK) | {"event": event}, ME, AT) == []


@pytest.mark.parametrize("junk", [None, [], "x", {"event": "message.ack"}, {"event": "message", "payload": []}])
def test_junk_says_nothing(junk: object) -> None:
    assert parse_event(junk, ME, AT) == []


def test_the_session_is_told() -> None:
    assert session_of(envelope("message", {})) == "default"
    assert session_of(7) is None


@pytest.mark.parametrize(
    "raw",
    [
        # Source: WAHA 2024.10.8, session.noweb.core.ts, `extractBody`: none of these gets a body.
        {"message": {"ephemeralMessage": {"message": {"extendedTextMessage": {"text": "SAIR"}}}}},
        {"message": {"buttonsResponseMessage": {"selectedButtonId": "1", "selectedDisplayText": "SAIR"}}},
        {"message": {"listResponseMessage": {"title": "SAIR", "singleSelectReply": {"selectedRowId": "1"}}}},
        {"message": {"documentWithCaptionMessage": {"message": {"documentMessage": {"caption": "SAIR"}}}}},
        # GOWS, derived from the names that Go gives
        {"Message": {"buttonsResponseMessage": {"selectedButtonID": "1", "Response": {"SelectedDisplayText": "SAIR"}}}},
    ],
)
@pytest.mark.parametrize("body", [None, ""])
def test_words_without_a_body_are_found_in_the_engines_own_object(raw: dict[str, object], body: object) -> None:
    (item,) = parsed("message.any", INBOUND | {"body": body, "_data": raw})
    assert isinstance(item, Reply)
    assert item.text == "SAIR"


def test_a_message_that_brings_a_key_along_is_written_by_a_person() -> None:
    raw = {"message": {"senderKeyDistributionMessage": {"groupId": "x"}, "conversation": "SAIR"}}
    (item,) = parsed("message", INBOUND | {"_data": raw})
    assert isinstance(item, Reply)
    assert not parsed("message", INBOUND | {"body": None, "_data": {"message": {"senderKeyDistributionMessage": {}}}})
