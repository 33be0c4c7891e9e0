"""Every row of WAHA's error table (gateways.md §5.W) is the right outcome; recorded bodies are of WAHA 2024.10.8."""

import json

import pytest

from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Rejected, Unknown
from desktop.gateways.http import Answer
from desktop.gateways.waha_outcome import waha_outcome

C = ErrorClass
CHAT = "5511988887777@c.us"
SECRET_TEXT = "Olá João, seu cupom é VERAO10"


def answer(status: int, body: object) -> Answer:
    text = body if isinstance(body, str) else json.dumps(body)
    return Answer(status, None if isinstance(body, str) else body, text, {})


def nest(status: int, message: object, error: str = "Bad Request") -> Answer:
    return answer(status, {"statusCode": status, "message": message, "error": error})


def exception(message: str, name: str = "Error") -> Answer:
    """The 500 of WAHA, which repeats the request."""
    return answer(
        500,
        {
            "statusCode": 500,
            "timestamp": "2026-11-21T05:09:02.929Z",
            "exception": {"stack": f"{name}: {message}\n    at x.js:1", "message": message, "name": name},
            "request": {
                "path": "/api/sendText", "method": "POST", "query": {},
                "body": {"session": "default", "chatId": CHAT, "text": SECRET_TEXT},
            },
            "version": {"version": "2024.10.8", "engine": "NOWEB", "tier": "CORE"},
        },
    )  # fmt: skip


ANSWERS: dict[str, object] = {
    "NOWEB": {
        "key": {"remoteJid": "5511988887777@s.whatsapp.net", "fromMe": True, "id": "3EB0RAW"},
        "message": {"extendedTextMessage": {"text": "x"}}, "messageTimestamp": "1795237742", "status": "PENDING",
    },
    "WEBJS": {"id": {"fromMe": True, "remote": CHAT, "id": "3EB0RAW", "_serialized": f"true_{CHAT}_3EB0RAW"}, "ack": 0},
    "WEBJS since July 2026": {"id": {"fromMe": True, "remote": CHAT, "serialized": f"true_{CHAT}_3EB0RAW"}},
    "GOWS": {"id": f"true_{CHAT}_3EB0RAW", "_data": {"Info": {"ID": "3EB0RAW"}}},
    "GOWS without the text": {"_data": {"Info": {"ID": "3EB0RAW"}}},
    "WPP": {"id": "true_99887766@lid_3EB0RAW", "from": CHAT},
    "in a group": {"id": f"true_123@g.us_3EB0RAW_{CHAT}"},
}  # fmt: skip


@pytest.mark.parametrize("engine", ANSWERS)
def test_each_engines_answer_gives_the_raw_id_and_the_address_that_was_used(engine: str) -> None:
    assert waha_outcome(answer(201, ANSWERS[engine]), address=CHAT) == Accepted("3EB0RAW", CHAT, 201)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "no_message_id"), ({"ack": 0}, "no_message_id"), ("<html>hotel</html>", "garbage_answer"),
        ([], "garbage_answer"), (7, "garbage_answer"),
    ],
)  # fmt: skip
def test_a_success_without_an_id_is_in_doubt(body: object, code: str) -> None:  # #1083, #1087
    assert waha_outcome(answer(201, body), address=CHAT) == Unknown(code, "", 201)


def test_what_the_transport_says_stays() -> None:
    for outcome in (NotSent("dns", "x"), Unknown("timeout", "x")):
        assert waha_outcome(outcome) is outcome


STATUS = {
    "error": "Session status is not as expected. Try again later or restart the session",
    "session": "default", "status": "SCAN_QR_CODE", "expected": ["WORKING"],
}  # fmt: skip
NO_SESSION = "We didn't find a session with name 'default'.\nPlease start it first by using POST /api/sessions"
PLUS = "The feature is available only in Plus version. Check this out: https://waha.devlike.pro/"

REJECTED: dict[str, tuple[Answer, ErrorClass, str]] = {
    "bad key": (nest(401, "Unauthorized", "Unauthorized"), C.ACCOUNT_STOP, "unauthorised"),
    "key lacks the scope": (nest(403, "Forbidden resource", "Forbidden"), C.ACCOUNT_STOP, "forbidden"),
    "unknown session": (nest(404, NO_SESSION, "Not Found"), C.ACCOUNT_STOP, "instance_missing"),
    "unknown session, newer": (nest(404, 'Session "x" does not exist'), C.ACCOUNT_STOP, "instance_missing"),
    "other version": (nest(404, "Cannot POST /api/sendText", "Not Found"), C.ACCOUNT_STOP, "wrong_version"),
    "another program": (answer(404, "<html>"), C.ACCOUNT_STOP, "not_waha"),
    "stored file gone": (answer(404, {"error": {"code": 1, "key": "FILE_NOT_FOUND"}}), C.MEDIA_FAULT, "media_rejected"),
    "not allowed": (answer(405, ""), C.ACCOUNT_STOP, "wrong_version"),
    "plain http where https is wanted": (answer(301, ""), C.ACCOUNT_STOP, "redirected"),
    "session not working": (answer(422, STATUS), C.INSTANCE_DOWN, "not_connected"),
    "session starting": (
        nest(422, "The session is starting, please try again after few seconds"), C.INSTANCE_DOWN, "not_connected",
    ),
    "engine lacks it": (nest(501, "Method not implemented by the engine"), C.ACCOUNT_STOP, "not_supported"),
    "engine lacked it": (nest(422, PLUS, "Unprocessable Entity"), C.ACCOUNT_STOP, "not_supported"),
    "body is refused": (nest(400, ["chatId must be a string"]), C.TEMPLATE_FAULT, "schema"),
    "restricted on GOWS": (
        exception("failed to send message: server returned error 463"), C.ACCOUNT_STOP, "account_restricted",
    ),
    "GOWS refuses everything": (exception("server returned error 400"), C.INSTANCE_DOWN, "session_stuck"),
    "throttled": (exception("rate-overlimit"), C.THROTTLE, "rate_limited"),
    "throttled by a proxy": (answer(429, ""), C.THROTTLE, "rate_limited"),
    "socket closed": (exception("Connection Closed"), C.INSTANCE_DOWN, "connection_closed"),
    "not there": (exception("The number is not on WhatsApp"), C.RECIPIENT_PERMANENT, "not_on_whatsapp"),
    "too large": (answer(413, {"message": "request entity too large"}), C.TEMPLATE_FAULT, "too_large"),
}  # fmt: skip


@pytest.mark.parametrize("name", REJECTED)
def test_what_certainly_has_not_left_is_rejected(name: str) -> None:
    given, error_class, code = REJECTED[name]
    outcome = waha_outcome(given, address=CHAT)
    assert isinstance(outcome, Rejected)
    assert (outcome.error_class, outcome.code, outcome.http_status) == (error_class, code, given.status)


MEDIA: dict[str, tuple[Answer, ErrorClass, str]] = {
    "fetch refused": (exception("Request failed with status code 404"), C.MEDIA_FAULT, "media_rejected"),
    "not an image": (exception("Input buffer contains unsupported image format"), C.MEDIA_FAULT, "media_rejected"),
    "conversion": (exception("ffmpeg exited with code 1"), C.MEDIA_FAULT, "media_rejected"),
    "upload": (exception("Media upload failed on all hosts"), C.TRANSIENT, "media_upload"),
    "too large": (answer(413, ""), C.MEDIA_FAULT, "too_large"),
}


@pytest.mark.parametrize("name", MEDIA)
def test_what_is_wrong_with_a_file_is_told(name: str) -> None:
    given, error_class, code = MEDIA[name]
    outcome = waha_outcome(given, has_media=True)
    assert isinstance(outcome, Rejected)
    assert (outcome.error_class, outcome.code) == (error_class, code)
    if given.status == 500:
        assert isinstance(waha_outcome(given), Unknown), "the same words mean nothing of a text"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (exception("Timed Out"), "timeout"),
        (exception("Cannot read properties of undefined (reading 'includes')", "TypeError"), "server_error"),
        (exception("Protocol error (Runtime.callFunctionOn): Target closed."), "server_error"),
        (nest(422, "Something else", "Unprocessable Entity"), "server_error"),
        (nest(404, "Message not found", "Not Found"), "server_error"),
        (answer(501, ""), "garbage_answer"),
        (answer(500, "<html>"), "garbage_answer"),
        (answer(400, "<html>"), "garbage_answer"),
        (answer(502, ""), "bad_gateway"),
        (answer(503, ""), "bad_gateway"),
        (answer(504, ""), "gateway_timeout"),
    ],
)
def test_what_proves_nothing_is_in_doubt(given: Answer, code: str) -> None:
    outcome = waha_outcome(given, address=CHAT)
    assert isinstance(outcome, Unknown)
    assert outcome.code == code


@pytest.mark.parametrize("message", ["boom", f"cannot send {SECRET_TEXT} to 5511988887777"])
def test_the_request_that_a_500_repeats_is_never_kept(message: str) -> None:
    outcome = waha_outcome(exception(message), address=CHAT, hide=(SECRET_TEXT,))
    assert isinstance(outcome, Unknown)
    assert "VERAO10" not in outcome.text
    assert "988887777" not in outcome.text
    assert outcome.text.startswith(message.split()[0])
