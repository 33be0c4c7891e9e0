"""Every answer becomes the right outcome. Bodies are those recorded from Evolution 2.3.6 unless a line says so."""

import json

import pytest

from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Rejected, Unknown
from desktop.gateways.http import Answer
from desktop.gateways.outcome import evolution_outcome, flatten_message, retry_after_s

C = ErrorClass


def answer(status: int, body: object, **headers: str) -> Answer:
    text = body if isinstance(body, str) else json.dumps(body)
    return Answer(status, None if isinstance(body, str) else body, text, headers)


def envelope(status: int, message: object, error: str = "Bad Request") -> Answer:
    return answer(status, {"status": status, "error": error, "response": {"message": message}})


SENT = {
    "key": {"remoteJid": "5511988887777@s.whatsapp.net", "fromMe": True, "id": "3EB07998257E358CC2D576"},
    "pushName": "Você",
    "status": "PENDING",
    "message": {"conversation": "Olá João 👋"},
    "messageType": "conversation",
    "messageTimestamp": 1795237235,
}


def test_a_201_with_an_id_is_accepted_with_the_address_that_was_used() -> None:
    expected = Accepted("3EB07998257E358CC2D576", "5511988887777@s.whatsapp.net", 201)
    assert evolution_outcome(answer(201, SENT)) == expected


def test_the_evolution_channel_has_a_bare_number_and_no_status() -> None:
    body = {"key": {"fromMe": True, "id": "139b6c6f-c8e0", "remoteJid": "5511988887777"}, "message": {}}
    assert evolution_outcome(answer(201, body)) == Accepted("139b6c6f-c8e0", "5511988887777", 201)


def test_what_the_transport_says_stays() -> None:
    for outcome in (NotSent("dns", "x"), Unknown("timeout", "x")):
        assert evolution_outcome(outcome) is outcome


NOT_ON_WHATSAPP = [{"jid": "5511977770000@s.whatsapp.net", "exists": False, "number": "5511977770000"}]
ID_UNDEFINED = ["TypeError: Cannot read properties of undefined (reading 'id')"]
NO_UPLOAD = ["TypeError: Cannot read properties of undefined (reading 'waUploadToServer')"]
ISE = "Internal Server Error"
META = {
    "message": "(#131030) Recipient phone number not in allowed list",
    "type": "OAuthException",
    "code": 131030,
    "error_data": {"messaging_product": "whatsapp", "details": "Recipient phone number not in allowed list"},
    "fbtrace_id": "Astub",
}
LICENCE = {  # gateways.md §1.E
    "error": "service not activated",
    "code": "LICENSE_REQUIRED",
    "register_url": "https://example.com/register",
    "message": "activate first",
}

REJECTED: dict[str, tuple[Answer, ErrorClass, str]] = {
    "wrong key": (envelope(401, "Unauthorized", "Unauthorized"), C.ACCOUNT_STOP, "unauthorised"),
    "a proxy's password": (answer(401, "<html>"), C.ACCOUNT_STOP, "unauthorised"),
    "refused by a firewall": (answer(403, "<html>"), C.ACCOUNT_STOP, "forbidden"),
    "unknown instance": (envelope(404, ['The "ghost" instance does not exist']), C.ACCOUNT_STOP, "instance_missing"),
    "unknown instance of the list": (envelope(404, ['Instance "g" not found']), C.ACCOUNT_STOP, "instance_missing"),
    "other version": (envelope(404, ["Cannot POST /message/sendText/a"]), C.ACCOUNT_STOP, "wrong_version"),
    "a tunnel without a server": (answer(404, "<html>ERR_NGROK"), C.ACCOUNT_STOP, "not_evolution"),
    "plain http where https is wanted": (answer(301, ""), C.ACCOUNT_STOP, "redirected"),
    "licence": (answer(503, LICENCE), C.ACCOUNT_STOP, "licence_required"),
    "not on WhatsApp": (envelope(400, NOT_ON_WHATSAPP), C.RECIPIENT_PERMANENT, "not_on_whatsapp"),
    "not on WhatsApp, bare": (envelope(400, NOT_ON_WHATSAPP[0]), C.RECIPIENT_PERMANENT, "not_on_whatsapp"),
    "closed while sending": (envelope(400, ["Error: Connection Closed"]), C.INSTANCE_DOWN, "connection_closed"),
    "closed while checking": (envelope(500, "Connection Closed", ISE), C.INSTANCE_DOWN, "connection_closed"),
    "never connected": (
        envelope(500, "Cannot read properties of undefined (reading 'onWhatsApp')", ISE),
        C.INSTANCE_DOWN,
        "not_connected",
    ),
    "QR on the screen": (envelope(400, ID_UNDEFINED), C.INSTANCE_DOWN, "not_connected"),
    "media while closed": (envelope(500, NO_UPLOAD, ISE), C.INSTANCE_DOWN, "not_connected"),
    "logged out": (envelope(400, ['The "bail1" instance is not connected']), C.INSTANCE_DOWN, "not_connected"),
    "schema": (envelope(400, [['instance requires property "text"']]), C.TEMPLATE_FAULT, "schema"),
    "two faults of schema": (
        envelope(400, [['instance requires property "number"', 'instance requires property "text"']]),
        C.TEMPLATE_FAULT,
        "schema",
    ),
    "malformed JSON": (envelope(400, "Unexpected end of JSON input", ISE), C.TEMPLATE_FAULT, "schema"),
    "no text": (envelope(400, ["Text is required"]), C.TEMPLATE_FAULT, "schema"),
    "no such method": (envelope(400, ["Method not available on Evolution Channel"]), C.ACCOUNT_STOP, "not_supported"),
    "too many requests": (answer(429, "", **{"retry-after": "17"}), C.THROTTLE, "rate_limited"),
    "WhatsApp's own limit": (envelope(400, ["Error: rate-overlimit"]), C.THROTTLE, "rate_limited"),
    "too large": (answer(413, "<html>nginx"), C.TEMPLATE_FAULT, "too_large"),
    "Meta's error with 201": (answer(201, META), C.RECIPIENT_PERMANENT, "not_in_allow_list"),
    "Meta: not on WhatsApp": (answer(201, META | {"code": 131026}), C.RECIPIENT_PERMANENT, "not_on_whatsapp"),
    "Meta: token": (answer(201, META | {"code": 190}), C.ACCOUNT_STOP, "unauthorised"),
    "Meta: later": (answer(201, META | {"code": 131049}), C.RECIPIENT_LATER, "marketing_limit"),
    "Meta: window": (answer(201, META | {"code": 131047}), C.NEEDS_TEMPLATE, "window_closed"),
    "Meta: template": (answer(201, META | {"code": 132000}), C.TEMPLATE_FAULT, "template_rejected"),
    "Meta: permission": (answer(201, META | {"code": 299}), C.ACCOUNT_STOP, "permission"),
    "Meta: unheard of": (answer(201, META | {"code": 987654}), C.TEMPLATE_FAULT, "meta_error"),
    "Meta's error inside details": (
        answer(400, {"status": 400, "error": "Bad Request", "response": {"message": ["x"], "details": META}}),
        C.RECIPIENT_PERMANENT,
        "not_in_allow_list",
    ),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_cannot_have_left_is_rejected(name: str) -> None:
    given, error_class, code = REJECTED[name]
    outcome = evolution_outcome(given)
    assert isinstance(outcome, Rejected)
    assert (outcome.error_class, outcome.code, outcome.http_status) == (error_class, code, given.status)


UNKNOWN: dict[str, tuple[Answer, str]] = {
    "201 without a body": (answer(201, ""), "garbage_answer"),
    "201 with a page": (answer(201, "<html>captive portal"), "garbage_answer"),
    "201 with a list": (answer(201, []), "garbage_answer"),
    "201 with a number": (answer(201, 42), "garbage_answer"),
    "201 without key": (answer(201, {"status": "PENDING"}), "no_message_id"),
    "201 with a key that is none": (answer(201, {"key": "yes", "status": 7}), "no_message_id"),
    "201 without id": (answer(201, {"key": {"remoteJid": "x"}}), "no_message_id"),
    "201 with an id that is no text": (answer(201, {"key": {"id": 7}}), "no_message_id"),
    "201 with an empty id": (answer(201, {"key": {"id": ""}}), "no_message_id"),
    "201 with an id nobody can store": (answer(201, {"key": {"id": "\ud800"}}), "no_message_id"),
    "201 with a code that is not Meta's": (answer(201, {"code": 131026}), "no_message_id"),
    "200 saying error": (answer(200, {"error": True, "message": "x"}), "no_message_id"),
    "timed out, 400": (envelope(400, ["Error: Timed Out"]), "timeout"),
    "timed out, 500": (envelope(500, "Timed Out", ISE), "timeout"),
    "no answer of the server behind": (answer(504, "<html>"), "gateway_timeout"),
    "the server behind went away": (answer(502, "<html>"), "bad_gateway"),
    "unavailable, but by whom": (answer(503, "upstream connect error or disconnect/reset"), "bad_gateway"),
    "500 with words of its own": (envelope(500, "Internal server error", ISE), "server_error"),
    "500 without words": (answer(500, ""), "garbage_answer"),
    # whatsapp.business.service.ts: thrown when the request to Meta had no answer. It may have been sent.
    "Meta's answer was lost": (
        envelope(400, ["TypeError: Cannot read properties of undefined (reading 'message')"]),
        "server_error",
    ),
    # whatsapp.baileys.service.ts: the message is stored after it left, inside the same `try`.
    "the database failed after the send": (
        envelope(400, ["PrismaClientKnownRequestError: Invalid `prisma.message.create()` invocation"]),
        "server_error",
    ),
    "the database hung up": (envelope(400, ["Error: Connection terminated unexpectedly"]), "server_error"),
    "the socket failed while writing": (envelope(400, ["Error: write EPIPE"]), "server_error"),
    "a text with a network error": (envelope(500, ["Error: connect ECONNREFUSED 127.0.0.1:9"], ISE), "server_error"),
    "404 with other words": (envelope(404, ["Group not found"]), "server_error"),
    "a status nobody knows": (answer(499, ""), "garbage_answer"),
    "see other": (answer(303, ""), "garbage_answer"),
    "a list of texts is not the schema's": (envelope(400, ["instance requires property"]), "server_error"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_may_have_left_is_unknown(name: str) -> None:
    given, code = UNKNOWN[name]
    outcome = evolution_outcome(given)
    assert isinstance(outcome, Unknown)
    assert (outcome.code, outcome.http_status) == (code, given.status)


MEDIA: dict[str, tuple[Answer, ErrorClass | None, str]] = {
    "data: prefix": (envelope(400, ["Owned media must be a url or base64"]), C.MEDIA_FAULT, "media_rejected"),
    "no name": (envelope(400, [["For base64 the file name must be informed."]]), C.MEDIA_FAULT, "media_rejected"),
    "unreachable": (envelope(500, ["Error: connect ECONNREFUSED 127.0.0.1:9"], ISE), C.MEDIA_FAULT, "media_rejected"),
    "gone": (
        envelope(500, ["AxiosError: Request failed with status code 404"], ISE),
        C.MEDIA_FAULT,
        "media_rejected",
    ),
    "their server": (
        envelope(500, ["AxiosError: Request failed with status code 503"], ISE),
        C.TRANSIENT,
        "media_upload",
    ),
    "no picture": (
        envelope(500, ["Error: Input buffer contains unsupported image format"], ISE),
        C.MEDIA_FAULT,
        "media_rejected",
    ),
    "too large": (answer(413, ""), C.MEDIA_FAULT, "too_large"),
    "network words from after the send": (envelope(400, ["Error: read ETIMEDOUT"]), None, "server_error"),
}


@pytest.mark.parametrize("name", MEDIA)
def test_faults_of_files_are_told_apart(name: str) -> None:
    given, error_class, code = MEDIA[name]
    outcome = evolution_outcome(given, has_media=True)
    assert not isinstance(outcome, Accepted)
    assert outcome.code == code
    assert (outcome.error_class if isinstance(outcome, Rejected) else None) is error_class


@pytest.mark.parametrize(
    ("message", "sentences"),
    [
        ("one", ["one"]),
        (["one", "two"], ["one", "two"]),
        ([["one"], ["two", ["three"]]], ["one", "two", "three"]),
        ([{"message": "one"}, {"error": "two", "code": 1}], ["one", "two"]),
        ([NOT_ON_WHATSAPP[0]], ["Bad Request"]),
        (None, ["Bad Request"]),
        (7, ["Bad Request"]),
    ],
)
def test_messages_of_any_shape_are_flattened(message: object, sentences: list[str]) -> None:
    body = {"status": 400, "error": "Bad Request", "response": {"message": message}}
    assert list(flatten_message(body)) == sentences


def test_a_message_outside_of_the_envelope_is_found() -> None:
    assert list(flatten_message({"status": 400, "message": ["Method not available"]})) == ["Method not available"]


def test_a_nest_without_end_is_cut_off() -> None:
    nest: object = "deep"
    for _ in range(500):
        nest = [nest, {"x": nest}] if isinstance(nest, str) else [nest]
    assert list(flatten_message({"response": {"message": nest}})) == []
    assert isinstance(evolution_outcome(answer(400, {"response": {"message": nest}})), Unknown)


def test_the_text_of_an_outcome_has_no_message_no_key_and_no_whole_phone() -> None:
    words = (
        'PrismaError: data: { conversation: "Oi Maria, tudo bem?" } apikey: B6D711FC-DE4D to '
        "5511988887777@s.whatsapp.net Oi Maria, tudo bem? \x00\ud800 " + "x" * 500
    )
    outcome = evolution_outcome(envelope(400, [words]), hide=("Oi Maria, tudo bem?", "B6D711FC-DE4D"))
    assert isinstance(outcome, Unknown)
    for secret in ("Maria", "B6D711FC", "5511988887777", "\x00", "\ud800"):
        assert secret not in outcome.text
    assert len(outcome.text) <= 300
    assert "5511…77" in outcome.text


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        (" 5 ", 5.0),
        ("Sat, 21 Nov 2026 10:01:30 GMT", 90.0),
        ("Sat, 21 Nov 2026 09:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-3", None),
        ("99999999999", 86_400.0),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date_by_the_servers_clock(value: str, seconds: float | None) -> None:
    given = answer(429, "", **{"retry-after": value, "date": "Sat, 21 Nov 2026 10:00:00 GMT"})
    assert retry_after_s(given) == seconds
    outcome = evolution_outcome(given)
    assert isinstance(outcome, Rejected)
    assert outcome.retry_after_s == seconds
