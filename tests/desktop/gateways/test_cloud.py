"""The Cloud API's client against scripted servers: what it asks, checked against Meta's description, and what it makes
of the answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop.domain.campaign import Media
from desktop.domain.ids import RecipientId
from desktop.domain.instance import ConnectionState, Gateway
from desktop.domain.outcome import Accepted, ErrorClass, NotProvable, NotSent, Rejected
from desktop.domain.receipt import Receipt, ReceiptKind
from desktop.domain.recipient import RecipientStatus
from desktop.domain.template import NumberFacts, OutgoingTemplate
from desktop.engine.ports import InstanceStatus, OutgoingMessage, PairingCode, ProviderClient, Unconfirmed
from desktop.gateways.cloud import CloudClient, graph_url
from desktop.gateways.cloud_body import message_body
from desktop.gateways.factory import MemoryMediaIds, probe
from desktop.gateways.http import HttpClient
from tests.desktop.gateways.conftest import INSTANCE, PHONE, REF, QuickClock, doubt, message
from tests.desktop.gateways.meta_spec import HISTORY_QUERY, problems
from tests.desktop.gateways.scripted import Request, Scripted, Wire, scripted

PHONE_ID, WABA, TOKEN = "106540352242922", "102290129340398", "EAAtoken"
OK = {
    "messaging_product": "whatsapp",
    "contacts": [{"input": PHONE, "wa_id": "551188887777"}],
    "messages": [{"id": "wamid.1"}],
}
ROW = {
    "id": PHONE_ID,
    "display_phone_number": "+55 11 99999-0000",
    "verified_name": "Loja",
    "quality_rating": "GREEN",
    "status": "CONNECTED",
    "name_status": "APPROVED",
    "account_mode": "LIVE",
    "platform_type": "CLOUD_API",
    "throughput": {"level": "STANDARD"},
}
Answers = dict[str, tuple[int, Any] | list[tuple[int, Any]]]


def refused(code: int, status: int = 400, **more: Any) -> tuple[int, Any]:
    return status, {"error": {"message": f"(#{code}) no", "type": "OAuthException", "code": code, **more}}


@asynccontextmanager
async def graph(answers: Answers) -> AsyncIterator[Scripted]:
    """Serve answers by the end of the path, the longest that fits; of a list one after the other."""

    async def script(request: Request, wire: Wire) -> bool:
        path = urlsplit(request.path)
        fields = parse_qs(path.query).get("fields", [""])[0]
        found = max((each for each in answers if f"{path.path}?{fields}".find(each) >= 0), key=len)
        given = answers[found]
        status, body = given.pop(0) if isinstance(given, list) else given
        await wire.answer(status, body, "facebook-api-version: v25.0\r\n")
        return True

    async with scripted(script) as server:
        yield server


@asynccontextmanager
async def client_of(server: Scripted, clock: QuickClock, **more: Any) -> AsyncIterator[CloudClient]:
    http = HttpClient(graph_url(server.url, "v25.0"), {"Authorization": f"Bearer {TOKEN}"})
    client = CloudClient(http, INSTANCE, PHONE_ID, WABA, TOKEN, clock, MemoryMediaIds(), **more)
    try:
        yield client
    finally:
        await client.close()


async def test_a_text_is_sent_with_plus_and_our_tag(clock: QuickClock) -> None:
    async with graph({"/messages": (200, OK)}) as server, client_of(server, clock) as client:
        assert await client.send(message("Oi https://x.example")) == Accepted("wamid.1", "551188887777", 200)
    (request,) = server.requests
    assert request.path == f"/v25.0/{PHONE_ID}/messages"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.json == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PHONE,
        "biz_opaque_callback_data": REF,
        "type": "text",
        "text": {"body": "Oi https://x.example", "preview_url": True},
    }


TEMPLATE = OutgoingTemplate(
    "promo",
    "pt_BR",
    header=((None, "Loja"),),
    body=(("nome", "Ana"), ("cidade", "Rio")),
    buttons=((0, "url", "abc"), (1, "quick_reply", "P"), (2, "copy_code", "OFF10")),
)
MESSAGES: dict[str, tuple[str, OutgoingMessage]] = {
    "text": ("TextMessage", message("Oi")),
    "image": ("ImageMessage", message("Oi", media=Media("image", "a.jpg"))),
    "image without caption": ("ImageMessage", message("", media=Media("image", "a.jpg"))),
    "video": ("VideoMessage", message("Oi", media=Media("video", "a.mp4"))),
    "audio": ("AudioMessage", message("Oi", media=Media("audio", "a.ogg"))),
    "document": ("DocumentMessage", message("Oi", media=Media("document", "tabela.pdf"))),
    "template": ("TemplateMessage", message("Oi", template=TEMPLATE)),
    "template without parameters": ("TemplateMessage", message("Oi", template=OutgoingTemplate("ola", "en"))),
    "template with an image": (
        "TemplateMessage",
        message("", media=Media("image", "a.jpg"), template=OutgoingTemplate("foto", "en", header_media="image")),
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_is_as_meta_describes_it(name: str) -> None:
    schema, outgoing = MESSAGES[name]
    assert problems(schema, message_body(outgoing, "123")) == []


def test_the_description_would_notice_a_wrong_message() -> None:
    body = message_body(message("Oi"), None)
    assert problems("TextMessage", body | {"recipient_type": "everybody"})
    assert problems("TextMessage", {name: value for name, value in body.items() if name != "to"})


def test_a_template_carries_its_values_by_name_and_by_place() -> None:
    sent: Any = message_body(message("Oi", template=TEMPLATE), None)["template"]
    assert sent == {
        "name": "promo",
        "language": {"policy": "deterministic", "code": "pt_BR"},
        "components": [
            {"type": "header", "parameters": [{"type": "text", "text": "Loja"}]},
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "parameter_name": "nome", "text": "Ana"},
                    {"type": "text", "parameter_name": "cidade", "text": "Rio"},
                ],
            },
            {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "abc"}]},
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "1",
                "parameters": [{"type": "payload", "payload": "P"}],
            },
            {
                "type": "button",
                "sub_type": "copy_code",
                "index": "2",
                "parameters": [{"type": "coupon_code", "coupon_code": "OFF10"}],
            },
        ],
    }


def test_files_are_named_by_id_with_what_each_kind_takes() -> None:
    def sent(kind: str, text: str = "Oi") -> Any:
        return message_body(message(text, media=Media(kind, "x/tabela.pdf")), "9")[kind]

    assert sent("image") == {"id": "9", "caption": "Oi"}
    assert sent("audio") == {"id": "9"}
    assert sent("document", "") == {"id": "9", "filename": "tabela.pdf"}


def test_who_has_no_phone_is_addressed_by_the_business_scoped_id() -> None:
    assert message_body(message("Oi", phone="", address="BR.13491"), None)["recipient"] == "BR.13491"
    assert message_body(message("Oi", phone="", address="5511"), None)["to"] == "+5511"


async def test_a_file_is_uploaded_once_for_all_who_get_it(clock: QuickClock, tmp_path: Path) -> None:
    path = tmp_path / "oferta.jpg"
    path.write_bytes(b"\xff\xd8picture")
    outgoing = message("veja", media=Media("image", str(path)))
    answers: Answers = {"/media": [(200, {"id": "M1"}), (200, {"id": "M2"})], "/messages": (200, OK)}
    async with graph(answers) as server, client_of(server, clock) as client:
        await asyncio.gather(*(client.send(outgoing) for _ in range(5)))
        path.write_bytes(b"\xff\xd8another picture")
        await client.send(outgoing)
    uploads = [request for request in server.requests if request.path.endswith("/media")]
    sent = [request.json["image"] for request in server.requests if request.path.endswith("/messages")]
    assert sent == [{"id": "M1", "caption": "veja"}] * 5 + [{"id": "M2", "caption": "veja"}]
    assert len(uploads) == 2
    assert uploads[0].headers["content-type"].startswith("multipart/form-data")
    for part in (b'name="messaging_product"', b"whatsapp", b'name="type"', b"image/jpeg", b"\xff\xd8picture"):
        assert part in uploads[0].body


async def test_a_file_whose_id_is_refused_is_uploaded_anew_by_who_comes_next(clock: QuickClock, tmp_path: Path) -> None:
    """Meta may forget an upload before its day (another app, a deleted file): the id would be used for weeks."""
    (tmp_path / "a.jpg").write_bytes(b"picture")
    outgoing = message("veja", media=Media("image", str(tmp_path / "a.jpg")))
    answers: Answers = {
        "/media": [(200, {"id": "M1"}), (200, {"id": "M2"})],
        "/messages": [refused(131053), refused(131053), (200, OK), (200, OK)],
    }
    async with graph(answers) as server, client_of(server, clock) as client:
        first = await asyncio.gather(client.send(outgoing), client.send(outgoing))
        assert {getattr(outcome, "code", None) for outcome in first} == {"media_rejected"}
        assert isinstance(await client.send(outgoing), Accepted)
    sent = [request.json["image"]["id"] for request in server.requests if request.path.endswith("/messages")]
    assert sent == ["M1", "M1", "M2"]


UPLOADS: dict[str, tuple[tuple[int, Any], ErrorClass, str]] = {
    "refused": (refused(100), ErrorClass.MEDIA_FAULT, "media_rejected"),
    "wrong file": (refused(131053), ErrorClass.MEDIA_FAULT, "media_rejected"),
    "token": (refused(190, 401), ErrorClass.ACCOUNT_STOP, "unauthorised"),
    "throttled": (refused(4), ErrorClass.THROTTLE, "rate_limited"),
    "nobody knows": ((502, "<html>"), ErrorClass.TRANSIENT, "media_upload"),
    "no id": ((200, {}), ErrorClass.TRANSIENT, "media_upload"),
}


@pytest.mark.parametrize("name", UPLOADS)
async def test_an_upload_that_fails_sends_nothing_and_may_be_tried_again(
    name: str, clock: QuickClock, tmp_path: Path
) -> None:
    answer, error_class, code = UPLOADS[name]
    (tmp_path / "a.png").write_bytes(b"x")
    async with graph({"/media": answer}) as server, client_of(server, clock) as client:
        outcome = await client.send(message("", media=Media("image", str(tmp_path / "a.png"))))
    assert isinstance(outcome, Rejected)
    assert (outcome.error_class, outcome.code) == (error_class, code)
    assert [request.path for request in server.requests] == [f"/v25.0/{PHONE_ID}/media"]


async def test_files_that_cannot_be_sent_are_the_files_fault(clock: QuickClock, tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(5 * 1024 * 1024 + 1)
    async with graph({}) as server, client_of(server, clock) as client:
        gone = await client.send(message("", media=Media("image", str(tmp_path / "gone.jpg"))))
        assert gone == Rejected(ErrorClass.MEDIA_FAULT, "media_unreadable", "gone.jpg")
        too_large = await client.send(message("", media=Media("image", str(large))))
        assert too_large == Rejected(ErrorClass.MEDIA_FAULT, "too_large", "large.jpg")


async def test_nothing_listens_and_the_file_was_not_sent(clock: QuickClock, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    async with client_of(Scripted(url="http://127.0.0.1:1"), clock) as client:
        assert isinstance(await client.send(message("", media=Media("image", str(tmp_path / "a.png")))), NotSent)
        assert await client.status() is None
        assert await client.facts() == "unreachable"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ((200, ROW), InstanceStatus(ConnectionState.CONNECTED, "+5511999990000")),
        ((200, ROW | {"status": "FLAGGED"}), InstanceStatus(ConnectionState.CONNECTED, "+5511999990000")),
        ((200, ROW | {"status": "BANNED"}), InstanceStatus(ConnectionState.DISCONNECTED, "+5511999990000", "banned")),
        ((200, ROW | {"status": "PENDING"}), InstanceStatus(ConnectionState.CONNECTING, "+5511999990000", "pending")),
        (refused(190, 401), InstanceStatus(ConnectionState.UNAUTHORISED, reason="unauthorised")),
        (refused(10, 403), InstanceStatus(ConnectionState.UNAUTHORISED, reason="permission")),
        (refused(100, error_subcode=33), InstanceStatus(ConnectionState.MISSING, reason="instance_missing")),
        (refused(2, 500), None),
        ((502, "<html>"), None),
    ],
)
async def test_the_state_of_a_number(answer: tuple[int, Any], status: InstanceStatus | None, clock: QuickClock) -> None:
    async with graph({PHONE_ID: answer}) as server, client_of(server, clock) as client:
        assert await client.status() == status
        is_connected = status is not None and status.state is ConnectionState.CONNECTED
        assert await client.connect() == (PairingCode(None, already_connected=True) if is_connected else None)
        assert await client.check_numbers([PHONE]) is None


async def test_newer_facts_that_are_refused_leave_the_basic_ones(clock: QuickClock) -> None:
    newer = {"whatsapp_business_manager_messaging_limit": "TIER_2K", "is_on_biz_app": True,
             "health_status": {"can_send_message": "LIMITED",
                               "entities": [{"entity_type": "WABA", "id": "1"},
                                            {"entity_type": "BUSINESS", "id": "506914307656634"}]}}  # fmt: skip
    full = NumberFacts("+5511999990000", "Loja", "GREEN", "TIER_2K", "STANDARD", "CONNECTED", "APPROVED", "LIVE",
                       "LIMITED", True, "506914307656634")  # fmt: skip
    answers: Answers = {PHONE_ID: (200, ROW), "?whatsapp_business_manager": [(200, newer), refused(100)],
                        "?messaging_limit_tier": (200, {"messaging_limit_tier": "TIER_1K"})}  # fmt: skip
    async with graph(answers) as server, client_of(server, clock) as client:
        assert isinstance(client, ProviderClient)
        assert await client.facts() == full
        assert full.per_second == 20
        older = await client.facts()
        assert isinstance(older, NumberFacts)
        assert (older.messaging_limit, older.is_coexistence, older.quality) == ("TIER_1K", False, "GREEN")


def listed(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "language": "pt_BR", "status": "APPROVED", "category": "MARKETING",
            "components": [{"type": "BODY", "text": "Oi {{1}}"}], **more}  # fmt: skip


async def test_all_pages_of_templates_are_read(clock: QuickClock) -> None:
    first = {"data": [listed("a", quality_score={"score": "GREEN"}), {"name": "no language"}],
             "paging": {"cursors": {"after": "X"}, "next": "https://…"}}  # fmt: skip
    last = {"data": [listed("b", status="REJECTED", rejected_reason="INVALID_FORMAT", parameter_format="NAMED")],
            "paging": {"cursors": {"after": "Y"}}}  # fmt: skip
    async with (
        graph({"/message_templates": [(200, first), (200, last)]}) as server,
        client_of(server, clock) as client,
    ):
        found = await client.templates()
    assert not isinstance(found, str)
    assert [(t.name, t.status, t.parameter_format, t.quality, t.rejected_reason) for t in found] == [
        ("a", "APPROVED", "POSITIONAL", "GREEN", None),
        ("b", "REJECTED", "NAMED", None, "INVALID_FORMAT"),
    ]
    assert "after=X" in server.requests[1].path


async def test_templates_that_may_not_be_read_say_why(clock: QuickClock) -> None:
    async with graph({"/message_templates": refused(200, 403)}) as server, client_of(server, clock) as client:
        assert await client.templates() == "permission"


async def test_a_doubt_waits_for_a_webhook_and_is_then_a_persons_to_settle(clock: QuickClock) -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    async with graph({}) as server, client_of(server, clock) as client:
        assert await client.find(doubt(now), now + timedelta(minutes=4)) == NotProvable("too_early")
        assert await client.find(doubt(now), now + timedelta(minutes=5)) == NotProvable("no_look_up")


SENT = Unconfirmed(RecipientId(1), INSTANCE, "wamid.1", None, RecipientStatus.SENT, datetime(2026, 11, 27, tzinfo=UTC))


def history(*words: str) -> dict[str, Any]:
    events = [{"id": "1", "delivery_status": word, "timestamp": 1750857384} for word in words]
    return {"data": [{"id": "7", "message_id": "wamid.1", "events": {"data": events}}]}


async def test_receipts_are_asked_for_one_message_at_a_time(clock: QuickClock) -> None:
    now = clock.now()
    answer = history("SENT", "DELIVERED", "DELIVERED", "READ", "DELETED")
    async with graph({"/message_history": (200, answer)}) as server, client_of(server, clock) as client:
        found = await client.poll_receipt(SENT, now)
    kinds = [ReceiptKind.SENT, ReceiptKind.DELIVERED, ReceiptKind.READ]
    assert found == [Receipt(INSTANCE, "wamid.1", kind, now) for kind in kinds]
    query = parse_qs(urlsplit(server.requests[0].path).query)
    assert set(query) <= set(HISTORY_QUERY)
    assert 1 <= int(query["limit"][0]) <= HISTORY_QUERY["limit"]["maximum"]


async def test_who_may_not_ask_for_receipts_asks_once(clock: QuickClock) -> None:
    answers: Answers = {"/message_history": [refused(100, 422), refused(200, 403)]}
    async with graph(answers) as server, client_of(server, clock) as client:
        for _ in range(3):
            assert await client.poll_receipt(SENT, clock.now()) == []
    assert len(server.requests) == 2


PROBES: dict[str, tuple[Answers, str]] = {
    "all well": ({}, "ok"),
    "token": ({PHONE_ID: refused(190, 401)}, "cloud_token_invalid"),
    "number unknown": ({PHONE_ID: refused(100, error_subcode=33)}, "number_not_found"),
    "no messaging permission": ({PHONE_ID: refused(10, 403)}, "permission_missing"),
    "no management permission": ({"/phone_numbers": refused(200, 403)}, "permission_missing"),
    "account unknown": ({"/phone_numbers": refused(100, error_subcode=33)}, "waba_not_found"),
    "another account's number": ({"/phone_numbers": (200, {"data": [ROW | {"id": "5"}]})}, "number_not_in_waba"),
    "no permission for templates": ({"/message_templates": refused(10, 403)}, "permission_missing"),
    "not Meta": ({PHONE_ID: (404, "<html>")}, "not_cloud"),
    "not Meta either": ({PHONE_ID: (200, [])}, "not_cloud"),
    "a proxy that is alone": ({PHONE_ID: (502, "x")}, "unreachable"),
    "throttled": ({PHONE_ID: refused(4)}, "garbage_answer"),
}


@pytest.mark.parametrize("name", PROBES)
async def test_a_probe_tells_apart_what_is_wrong(name: str) -> None:
    change, code = PROBES[name]
    usual: Answers = {
        PHONE_ID: (200, ROW),
        "/phone_numbers": (200, {"data": [ROW]}),
        "/message_templates": (200, {"data": []}),
    }
    async with graph(usual | change) as server:
        found = await probe(Gateway.CLOUD, server.url, TOKEN, phone_id=PHONE_ID, waba_id=WABA)
    assert (found.code, found.ok) == (code, code == "ok")
    if found.ok:
        assert found.version == "v25.0"
        assert found.instances == ((PHONE_ID, ConnectionState.CONNECTED, "+5511999990000"),)


async def test_a_probe_without_an_account_or_an_address_says_so() -> None:
    assert (await probe(Gateway.CLOUD, "http://127.0.0.1:1", TOKEN)).code == "waba_missing"
    assert (await probe(Gateway.CLOUD, "http://127.0.0.1:1", TOKEN, waba_id=WABA)).code == "unreachable"
    assert (await probe(Gateway.CLOUD, "nowhere", TOKEN, waba_id=WABA)).code == "bad_url"


def test_a_version_in_the_address_wins() -> None:
    assert graph_url("https://graph.facebook.com/", "v25.0") == "https://graph.facebook.com/v25.0"
    assert graph_url("https://graph.facebook.com/v24.0", "v25.0") == "https://graph.facebook.com/v24.0"


async def test_an_account_whose_questions_are_used_up_is_left_alone_for_an_hour(clock: QuickClock) -> None:
    async with graph({"/message_history": refused(80007)}) as server, client_of(server, clock) as client:
        for minutes in (0, 1, 59):
            assert await client.poll_receipt(SENT, clock.now() + timedelta(minutes=minutes)) == []
        assert server.count("GET") == 1
        await client.poll_receipt(SENT, clock.now() + timedelta(minutes=61))
        assert server.count("GET") == 2


async def test_a_number_that_may_not_be_asked_about_goes_on_sending(clock: QuickClock) -> None:
    """Meta's limit of questions is not that of messages: taken for "unreachable" it would stop all sending."""
    number = f"{PHONE_ID}?id,"
    too_many = (400, {"error": {"code": 80007, "message": "Rate limit hit"}})
    flagged = (200, {"id": PHONE_ID, "status": "FLAGGED", "display_phone_number": "+55 11 9999-8888"})
    banned = (200, {"id": PHONE_ID, "status": "BANNED"})
    async with graph({number: [too_many, flagged, too_many, banned]}) as server, client_of(server, clock) as client:
        first = await client.status()
        assert first is not None
        assert first.state is ConnectionState.CONNECTED
        assert await client.status() == first
        assert server.count("GET") == 1, "who asks on is told so for longer"
        clock.ahead += timedelta(seconds=301)
        known = await client.status()
        assert known is not None
        assert known.phone == "+551199998888"
        assert await client.status() == known
        clock.ahead += timedelta(seconds=301)
        gone = await client.status()
    assert gone is not None
    assert gone.state is ConnectionState.DISCONNECTED
