"""Events become receipts, replies and states. Envelopes are recorded from Evolution 2.3.6 unless a line says so."""

from datetime import UTC, datetime

import pytest

from desktop.domain.ids import InstanceId
from desktop.domain.receipt import Receipt, ReceiptKind, Reply, StateChanged
from desktop.gateways.evolution_events import inbound, instance_of

ME = InstanceId(3)
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
K = ReceiptKind


def envelope(data: object) -> dict[str, object]:
    return {"event": "x", "instance": "bail2", "data": data, "date_time": "2026-11-21T05:00:35.898Z", "apikey": "BAIL2"}


UPDATE = {
    "keyId": "3EB07998257E358CC2D576",
    "remoteJid": "5511988887777@s.whatsapp.net",
    "fromMe": True,
    "status": "DELIVERY_ACK",
    "instanceId": "bd74efee-af18-4a40-85a4-7c1d76a2d464",
    "messageId": "cmwpxwc7a0003kh7disj2wilz",
}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("SERVER_ACK", K.SENT), ("DELIVERY_ACK", K.DELIVERED), ("READ", K.READ), ("PLAYED", K.READ),
        ("ERROR", K.FAILED), ("SENT", K.SENT), ("DELIVERED", K.DELIVERED), ("FAILED", K.FAILED), ("read", K.READ),
        (3, K.DELIVERED), ("PENDING", None), ("DELETED", None), (1, None), (None, None), ([], None), (True, None),
    ],
)  # fmt: skip
def test_statuses_become_receipts_of_the_key_id(status: object, kind: ReceiptKind | None) -> None:
    items = inbound("messages.update", envelope(UPDATE | {"status": status}), ME, AT)
    code = "refused_by_whatsapp" if kind is K.FAILED else None
    assert items == ([Receipt(ME, "3EB07998257E358CC2D576", kind, AT, code)] if kind else [])


def test_a_receipt_tells_the_hidden_address_of_whoever_got_the_message() -> None:
    for address, hidden in (("99@lid", "99@lid"), (UPDATE["remoteJid"], None), (None, None)):
        (item,) = inbound("messages.update", envelope(UPDATE | {"remoteJid": address}), ME, AT)
        assert isinstance(item, Receipt)
        assert item.hidden == hidden


def test_several_updates_may_come_in_one_event() -> None:
    items = inbound("messages.update", envelope([UPDATE, UPDATE | {"keyId": "B", "status": "READ"}]), ME, AT)
    assert [(item.message_id, item.kind) for item in items if isinstance(item, Receipt)] == [
        ("3EB07998257E358CC2D576", K.DELIVERED),
        ("B", K.READ),
    ]


def test_a_restricted_account_is_recognised() -> None:  # gateways.md §5.E
    update = UPDATE | {"status": "ERROR", "messageStubParameters": ["463"]}
    (item,) = inbound("messages.update", envelope(update), ME, AT)
    assert isinstance(item, Receipt)
    assert item.code == "account_restricted"


UPSERT = {
    "key": {
        "remoteJid": "5511977776666@s.whatsapp.net",
        "fromMe": False,
        "id": "3EB0719B3AA1104CC352",
        "participant": "",
        "addressingMode": "pn",
    },
    "pushName": "Maria",
    "status": "DELIVERY_ACK",
    "message": {"conversation": "SAIR"},
    "messageType": "conversation",
    "messageTimestamp": 1795237242,
}
FROM_LID = {"remoteJid": "123@lid", "remoteJidAlt": "5511977776666@s.whatsapp.net", "fromMe": False, "id": "A"}


def test_an_inbound_message_is_a_reply() -> None:
    expected = Reply(ME, "3EB0719B3AA1104CC352", "5511977776666@s.whatsapp.net", "+5511977776666", "SAIR", AT)
    assert inbound("messages.upsert", envelope(UPSERT), ME, AT) == [expected]


def test_the_phone_of_a_hidden_address_is_taken_from_beside_it() -> None:
    (item,) = inbound("messages.upsert", envelope(UPSERT | {"key": FROM_LID}), ME, AT)
    assert isinstance(item, Reply)
    assert (item.address, item.phone) == ("123@lid", "+5511977776666")
    alone = {"remoteJid": "123@lid", "fromMe": False, "id": "A"}
    (item,) = inbound("messages.upsert", envelope(UPSERT | {"key": alone}), ME, AT)
    assert isinstance(item, Reply)
    assert item.phone is None


@pytest.mark.parametrize(
    "message",
    [
        {"extendedTextMessage": {"text": "SAIR", "contextInfo": {"stanzaId": "OURS"}}},
        {"ephemeralMessage": {"message": {"conversation": "SAIR"}}},
        {"imageMessage": {"caption": "SAIR"}},
        {"buttonsResponseMessage": {"selectedDisplayText": "SAIR"}},
        {"templateButtonReplyMessage": {"selectedDisplayText": "SAIR"}},
        {"listResponseMessage": {"title": "SAIR"}},
        {"interactiveResponseMessage": {"body": {"text": "SAIR"}, "nativeFlowResponseMessage": {"name": "x"}}},
        {"viewOnceMessageV2Extension": {"message": {"imageMessage": {"caption": "SAIR"}}}},
        {"editedMessage": {"message": {"protocolMessage": {"editedMessage": {"conversation": "SAIR"}}}}},
    ],
)
def test_the_words_of_a_reply_are_found_in_any_content(message: object) -> None:
    (item,) = inbound("messages.upsert", envelope(UPSERT | {"message": message}), ME, AT)
    assert isinstance(item, Reply)
    assert item.text == "SAIR"


@pytest.mark.parametrize(
    "more",
    [
        {"contextInfo": {"stanzaId": "OURS", "quotedMessage": {}}},
        {"message": {"extendedTextMessage": {"text": "x", "contextInfo": {"stanzaId": "OURS"}}}},
    ],
)
def test_the_quoted_message_is_told(more: dict[str, object]) -> None:
    (item,) = inbound("messages.upsert", envelope(UPSERT | more), ME, AT)
    assert isinstance(item, Reply)
    assert item.quoted_message_id == "OURS"


def test_a_reply_without_words_is_still_a_reply() -> None:
    (item,) = inbound("messages.upsert", envelope(UPSERT | {"message": {"stickerMessage": {}}}), ME, AT)
    assert isinstance(item, Reply)
    assert item.text == ""


@pytest.mark.parametrize(
    "more",
    [
        {"key": UPSERT["key"] | {"fromMe": True}},  # type: ignore[operator]
        {"key": {"remoteJid": "x@s.whatsapp.net", "id": "A"}},
        {"key": {"remoteJid": "120363@g.us", "fromMe": False, "id": "A"}},
        {"key": {"remoteJid": "status@broadcast", "fromMe": False, "id": "A"}},
        {"key": {"fromMe": False, "id": "A"}},
        {"key": None},
        {"messageType": "reactionMessage"},
        {"messageType": "protocolMessage"},
    ],
)
def test_what_no_person_wrote_to_us_is_no_reply(more: dict[str, object]) -> None:
    assert inbound("messages.upsert", envelope(UPSERT | more), ME, AT) == []


@pytest.mark.parametrize(
    ("event", "data", "state", "reason"),
    [
        ("connection.update", {"state": "open", "statusReason": 200, "wuid": "x"}, "connected", None),
        ("connection.update", {"state": "connecting", "statusReason": 200}, "connecting", "200"),
        ("connection.update", {"state": "close", "statusReason": 401}, "needs_qr", "401"),
        ("connection.update", {"state": "close", "statusReason": 515}, "disconnected", "515"),
        ("connection.update", {"state": "refused", "statusReason": 428}, "needs_qr", "428"),
        ("connection.update", {}, "disconnected", None),
        ("status.instance", {"status": "closed", "disconnectionReasonCode": 401}, "needs_qr", "401"),
        ("logout.instance", None, "needs_qr", "logout"),
        ("qrcode.updated", {"qrcode": {"code": "2@x"}}, "needs_qr", "qrcode"),
        ("remove.instance", None, "missing", "removed"),
        ("instance.delete", {"instanceName": "bail2"}, "missing", "removed"),
    ],
)
def test_states_are_told(event: str, data: object, state: str, reason: str | None) -> None:
    assert inbound(event, envelope(data), ME, AT) == [StateChanged(ME, state, reason)]


@pytest.mark.parametrize("event", ["send.message", "chats.update", "contacts.upsert", "presence.update", "x"])
def test_other_events_say_nothing(event: str) -> None:
    assert inbound(event, envelope({"key": {"id": "A"}, "status": "READ"}), ME, AT) == []


@pytest.mark.parametrize("thing", [None, [], "x", 7, {}, {"data": 7}, {"data": [None, 7, "x"]}, {"data": {"key": []}}])
def test_garbage_says_nothing_and_raises_nothing(thing: object) -> None:
    for event in ("messages.update", "messages.upsert"):
        assert inbound(event, thing, ME, AT) == []
    assert instance_of(thing) is None
