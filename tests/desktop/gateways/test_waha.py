"""The WAHA client against a server that answers what a test wants: sends, states, pairing, fetched receipts."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.campaign import Media
from desktop.domain.instance import ConnectionState
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Rejected, Unknown
from desktop.domain.receipt import Receipt, ReceiptKind
from desktop.engine.ports import InstanceStatus, PairingCode, Unconfirmed
from tests.desktop.gateways.conftest import INSTANCE, PHONE, REF, QuickClock, message
from tests.desktop.gateways.mini_waha import CHAT, KEY, mini_waha, session, waha_client
from tests.desktop.gateways.scripted import Request, Wire, scripted


def unconfirmed(address: str | None = CHAT) -> Unconfirmed:
    return Unconfirmed(1, INSTANCE, "3EB0RAW", address, "sent", None)  # type: ignore[arg-type]


async def test_a_first_message_asks_engine_and_number_and_uses_the_returned_address(clock: QuickClock) -> None:
    short = "551188887777@c.us"
    table = {"GET /api/contacts/check-exists": (200, {"numberExists": True, "chatId": short})}
    async with mini_waha(table=table) as mini, waha_client(mini.url, clock) as client:
        assert await client.send(message()) == Accepted("3EB0RAW", short, 201)
        assert await client.send(message("dois")) == Accepted("3EB0RAW", short, 201)
    assert mini.paths() == [
        "GET /api/server/version", "GET /api/contacts/check-exists", "POST /api/sendText", "POST /api/sendText",
    ]  # fmt: skip
    assert mini.asked[1].query == {"phone": [PHONE[1:]], "session": ["a"]}
    assert mini.asked[2].body == {
        "session": "a", "chatId": short, "text": "Olá João", "linkPreview": True, "id": REF,
    }  # fmt: skip
    assert mini.asked[2].headers["x-api-key"] == KEY


@pytest.mark.parametrize(("known", "checks"), [(CHAT, 0), ("99@lid", 0), ("5511988887777@s.whatsapp.net", 1)])
async def test_an_address_that_a_check_has_given_before_is_not_checked_again(
    known: str, checks: int, clock: QuickClock
) -> None:
    async with mini_waha() as mini, waha_client(mini.url, clock) as client:
        await client.send(message(address=known))
    assert mini.paths().count("GET /api/contacts/check-exists") == checks
    assert mini.bodies("/api/sendText")[0]["chatId"] == (CHAT if checks else known)


async def test_who_is_not_on_whatsapp_is_not_written_to(clock: QuickClock) -> None:
    table = {"GET /api/contacts/check-exists": (200, {"numberExists": False})}
    async with mini_waha(table=table) as mini, waha_client(mini.url, clock) as client:
        assert await client.send(message()) == Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp")
    assert mini.bodies("/api/sendText") == []


@pytest.mark.parametrize(
    ("engine", "version", "takes"),
    [
        ("NOWEB", "2026.4.3", True), ("GOWS", "2026.8.1", True), ("NOWEB", "2026.4.2", False),
        ("WEBJS", "2026.7.1", False), ("WPP", "2026.7.1", False), ("OTHER", "2026.7.1", False),
    ],
)  # fmt: skip
async def test_our_own_id_goes_to_the_engines_and_versions_that_take_one(
    engine: str, version: str, takes: bool, clock: QuickClock
) -> None:
    async with mini_waha(engine, version) as mini, waha_client(mini.url, clock) as client:
        await client.send(message())
    assert ("id" in mini.bodies("/api/sendText")[0]) is takes


QUESTIONS: dict[str, tuple[str, tuple[int, Any], str, str]] = {
    "wrong key": ("GET /api/server/version", (401, {"message": "Unauthorized"}), "account_stop", "unauthorised"),
    "another program": ("GET /api/server/version", (200, {"hello": "world"}), "account_stop", "not_waha"),
    "a version that fails": ("GET /api/server/version", (500, {"statusCode": 500}), "transient", "check_failed"),
    "a session that is down": (
        "GET /api/contacts/check-exists", (422, {"expected": ["WORKING"], "status": "FAILED"}), "instance_down",
        "not_connected",
    ),
    "a check that fails": ("GET /api/contacts/check-exists", (500, {"exception": {"message": "boom"}}), "transient",
                           "check_failed"),
    "a check that says nothing": ("GET /api/contacts/check-exists", (200, {}), "transient", "check_failed"),
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
async def test_what_fails_before_the_message_is_never_in_doubt(name: str, clock: QuickClock) -> None:
    path, reply, error_class, code = QUESTIONS[name]
    async with mini_waha(table={path: reply}) as mini, waha_client(mini.url, clock) as client:
        outcome = await client.send(message())
    assert isinstance(outcome, Rejected)
    assert (outcome.error_class, outcome.code) == (ErrorClass(error_class), code)
    assert mini.bodies("/api/sendText") == []


async def test_a_question_whose_answer_is_lost_burns_no_attempt(clock: QuickClock) -> None:
    async def script(request: Request, wire: Wire) -> None:
        wire.reset()

    async with scripted(script) as server, waha_client(server.url, clock) as client:
        outcome = await client.send(message())
    assert isinstance(outcome, NotSent)
    assert server.count("POST") == 0
    async with waha_client("http://127.0.0.1:1", clock) as client:
        assert isinstance(await client.send(message()), NotSent)


async def test_a_send_whose_answer_is_lost_is_in_doubt_and_sent_once(clock: QuickClock) -> None:
    async def script(request: Request, wire: Wire) -> bool:
        if request.method == "POST":
            wire.reset()
            return False
        version = {"version": "2026.7.1", "engine": "GOWS"}
        await wire.answer(200, version if "version" in request.path else {"numberExists": True, "chatId": CHAT})
        return True

    async with scripted(script) as server, waha_client(server.url, clock) as client:
        assert isinstance(await client.send(message()), Unknown)
    assert server.count("POST") == 1


@pytest.mark.parametrize(
    ("kind", "name", "text", "operation", "mimetype", "convert"),
    [
        ("image", "f.png", "Oi", "sendImage", "image/png", None),
        ("document", "f.pdf", "", "sendFile", "application/pdf", None),
        ("document", "f.strange", "Oi", "sendFile", "application/octet-stream", None),
        ("video", "f.mp4", "Oi", "sendVideo", "video/mp4", False),
        ("video", "f.webm", "", "sendVideo", "video/webm", True),
        ("audio", "f.mp3", "", "sendVoice", "audio/mpeg", True),
        ("audio", "f.ogg", "", "sendVoice", "audio/ogg; codecs=opus", False),
        ("audio", "f.mp3", "Ouça", "sendFile", "audio/mpeg", None),
    ],
)
async def test_files_go_as_raw_base64_through_the_right_door(
    kind: str, name: str, text: str, operation: str, mimetype: str, convert: bool | None,
    clock: QuickClock, tmp_path: Path,
) -> None:  # fmt: skip
    (tmp_path / name).write_bytes(b"\x00\xffbytes")
    async with mini_waha() as mini, waha_client(mini.url, clock) as client:
        outcome = await client.send(message(text, media=Media(kind, str(tmp_path / name))))
    assert isinstance(outcome, Accepted)
    (body,) = mini.bodies(f"/api/{operation}")
    assert b64decode(body["file"]["data"]) == b"\x00\xffbytes"
    assert (body["file"]["mimetype"], body["file"]["filename"]) == (mimetype, name)
    assert body.get("caption") == (text or None)
    assert body.get("convert") == convert
    assert "id" not in body, "media take no id of ours"


async def test_a_file_that_is_gone_is_told_by_name(clock: QuickClock, tmp_path: Path) -> None:
    async with mini_waha() as mini, waha_client(mini.url, clock) as client:
        outcome = await client.send(message(media=Media("image", str(tmp_path / "gone.png"))))
    assert outcome == Rejected(ErrorClass.MEDIA_FAULT, "media_unreadable", "gone.png")


async def test_typing_is_shown_in_proportion_to_the_text_where_it_is_wanted(clock: QuickClock) -> None:
    async with mini_waha() as mini, waha_client(mini.url, clock, shows_typing=True, link_preview=False) as client:
        await client.send(message("x" * 40))
        await client.send(message("x" * 4000))
    assert mini.paths()[2:5] == ["POST /api/startTyping", "POST /api/stopTyping", "POST /api/sendText"]
    assert clock.slept == [2.0, 8.0]
    assert mini.bodies("/api/sendText")[0]["linkPreview"] is False


async def test_states_come_with_the_phone_and_the_reason(clock: QuickClock) -> None:
    connected = InstanceStatus(ConnectionState.CONNECTED, "+5511900000008")
    replies: dict[str, tuple[tuple[int, Any], InstanceStatus | None]] = {
        "working": ((200, session()), connected),
        "scan": (
            (200, session("SCAN_QR_CODE", me=None)), InstanceStatus(ConnectionState.NEEDS_QR, None, "scan_qr_code"),
        ),
        "wrong key": ((401, {"message": "x"}), InstanceStatus(ConnectionState.UNAUTHORISED, reason="unauthorised")),
        "unknown": (
            (404, {"statusCode": 404, "message": "We didn't find a session"}),
            InstanceStatus(ConnectionState.MISSING, reason="instance_missing"),
        ),
        "broken": ((500, {}), None),
        "nonsense": ((200, []), None),
        "no status": ((200, {"name": "a"}), None),
    }  # fmt: skip
    for reply, expected in replies.values():
        async with mini_waha(table={"GET /api/sessions/a": reply}) as mini, waha_client(mini.url, clock) as client:
            assert await client.status() == expected
    async with waha_client("http://127.0.0.1:1", clock) as client:
        assert await client.status() is None


LOCKED = {"reachoutTimelock": {"isActive": True, "enforcementType": "DEFAULT", "timeEnforcementEnds": 0}}
CAPPED = {"messageCapping": {"cappingStatus": "CAPPED", "totalQuota": 100, "usedQuota": 100, "cycleEnd": 0}}


async def test_a_restricted_account_sends_nothing_until_its_time_is_over(clock: QuickClock) -> None:  # 2026.8.1
    ends = int(clock.now().timestamp()) + 3600
    locked = session(me={"id": CHAT} | {"reachoutTimelock": LOCKED["reachoutTimelock"] | {"timeEnforcementEnds": ends}})
    async with mini_waha(table={"GET /api/sessions/a": (200, locked)}) as mini, waha_client(mini.url, clock) as client:
        await client.status()
        assert await client.send(message()) == Rejected(ErrorClass.ACCOUNT_STOP, "account_restricted")
        assert mini.bodies("/api/sendText") == []
        mini.table["GET /api/sessions/a"] = (200, session())
        await client.status()
        assert isinstance(await client.send(message()), Accepted)


@pytest.mark.parametrize(("in_s", "rest_s"), [(600, 600), (90_000, 3600), (None, 3600)])
async def test_a_used_up_quota_lets_the_number_rest_and_looks_again(
    in_s: int | None, rest_s: float, clock: QuickClock
) -> None:
    ends = int(clock.now().timestamp()) + in_s if in_s else 0
    capped = session(me={"id": CHAT, "messageCapping": CAPPED["messageCapping"] | {"cycleEnd": ends}})
    async with mini_waha(table={"GET /api/sessions/a": (200, capped)}) as mini, waha_client(mini.url, clock) as client:
        await client.status()
        outcome = await client.send(message())
    assert isinstance(outcome, Rejected)
    assert (outcome.error_class, outcome.code) == (ErrorClass.THROTTLE, "messaging_limit")
    assert outcome.retry_after_s == pytest.approx(rest_s, abs=5)


async def test_a_lock_that_has_ended_holds_nothing_back(clock: QuickClock) -> None:
    ended = session(me={"id": CHAT, "reachoutTimelock": {"isActive": True, "timeEnforcementEnds": 1_700_000_000}})
    async with mini_waha(table={"GET /api/sessions/a": (200, ended)}) as mini, waha_client(mini.url, clock) as client:
        await client.status()
        assert isinstance(await client.send(message()), Accepted)


async def test_connecting_starts_what_is_stopped_and_waits_for_a_code(clock: QuickClock) -> None:
    table = {
        "GET /api/sessions/a": [
            (200, session("STOPPED")), (200, session("STARTING")), (200, session("SCAN_QR_CODE")),
            (200, session("SCAN_QR_CODE")),
        ],
        "POST /api/sessions/a/start": (201, session("STARTING")),
        "GET /api/a/auth/qr": [(422, {"status": "STARTING", "expected": ["SCAN_QR_CODE"]}), (200, {"value": "2@code"})],
    }  # fmt: skip
    async with mini_waha(table=table) as mini, waha_client(mini.url, clock) as client:
        assert await client.connect() == PairingCode("2@code", lifetime_s=20.0)
    assert mini.paths().count("POST /api/sessions/a/start") == 1
    assert next(asked.query for asked in mini.asked if asked.path.endswith("qr")) == {"format": ["raw"]}


async def test_connecting_what_works_already_says_so_and_what_is_missing_gives_up(clock: QuickClock) -> None:
    async with mini_waha() as mini, waha_client(mini.url, clock) as client:
        assert await client.connect() == PairingCode(None, already_connected=True)
    table = {"GET /api/sessions/a": (404, {"message": "We didn't find a session with name 'a'."})}
    async with mini_waha(table=table) as mini, waha_client(mini.url, clock) as client:
        assert await client.connect() is None


async def test_phones_are_checked_one_by_one_and_the_lid_is_kept(clock: QuickClock) -> None:
    def reply(asked: Any) -> tuple[int, Any]:
        answers = {
            "5511988887777": (200, {"numberExists": True, "chatId": "99@lid", "pn": CHAT}),
            "5511900000000": (200, {"numberExists": False}),
        }
        return answers.get(asked.query["phone"][0], (500, {}))

    async with (
        mini_waha(table={"GET /api/contacts/check-exists": reply}) as mini,
        waha_client(mini.url, clock) as client,
    ):
        checks = await client.check_numbers([PHONE, "+5511900000000", "+5511911111111"])
    assert set(checks) == {PHONE, "+5511900000000"}
    assert (checks[PHONE].address, checks[PHONE].lid) == (CHAT, "99@lid")
    assert checks["+5511900000000"].exists is False


@pytest.mark.parametrize(
    ("engine", "path"),
    [("GOWS", "/api/a/chats/all/messages/3EB0RAW"), ("WEBJS", f"/api/a/chats/{CHAT}/messages/true_{CHAT}_3EB0RAW")],
)
async def test_a_missed_receipt_is_fetched_the_way_the_engine_wants(engine: str, path: str, clock: QuickClock) -> None:
    found = {"id": f"true_{CHAT}_3EB0RAW", "fromMe": True, "from": CHAT, "body": "x", "ack": 3, "ackName": "READ"}
    async with mini_waha(engine, table={f"GET {path}": (200, found)}) as mini, waha_client(mini.url, clock) as client:
        now = clock.now()
        expected = Receipt(INSTANCE, "3EB0RAW", ReceiptKind.READ, now)
        assert await client.poll_receipt(unconfirmed(), now) == [expected]
        mini.table[f"GET {path}"] = (404, {"message": "Message not found"})
        assert await client.poll_receipt(unconfirmed(), now) == []
        mini.table[f"GET {path}"] = (401, {})
        assert await client.poll_receipt(unconfirmed(), now) == []


async def test_no_secret_and_no_text_is_logged(
    clock: QuickClock, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level("DEBUG")
    body = {"statusCode": 500, "exception": {"message": f"no {KEY}"}, "request": {"body": {"text": "Olá João"}}}
    async with mini_waha(table={"POST /api/sendText": (500, body)}) as mini, waha_client(mini.url, clock) as client:
        outcome = await client.send(message())
    told = json.dumps([caplog.text, repr(outcome)])
    assert isinstance(outcome, Unknown)
    assert KEY not in told
    assert "Jo\\u00e3o" not in told
