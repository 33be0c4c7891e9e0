"""Every row of Meta's error table, and that nothing else is believed."""

import json
from typing import Any

import pytest

from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Rejected, Unknown
from desktop.gateways.cloud_outcome import cloud_outcome
from desktop.gateways.http import Answer

C = ErrorClass

TABLE: dict[ErrorClass, list[int]] = {
    C.ACCOUNT_STOP: [
        0, 190, 3, 10, 200, 250, 299, 131005, 104, 368, 131031, 131042, 131037, 131045, 133010, 33, 134011,
        133000, 133005, 133006, 133008, 133009, 133015,
    ],
    C.THROTTLE: [4, 80007, 130429, 133016, 132069],
    C.TRANSIENT: [1, 2, 131000, 131016, 133004, 131057, 131056, 134101],
    C.CAMPAIGN_PAUSE: [131048, 131064, 132015, 132016, 131063, 131055, 134100, 134102, 1752041],
    C.RECIPIENT_PERMANENT: [131026, 131050, 130403, 131021, 131051, 130472, 131062, 137000, 131030],
    C.RECIPIENT_LATER: [131049],
    C.NEEDS_TEMPLATE: [131047],
    C.TEMPLATE_FAULT: [
        100, 131008, 131009, 132000, 132001, 132005, 132007, 132008, 132012, 132018, 132068, 135000, 130497, 987654,
    ],
    C.MEDIA_FAULT: [131052, 131053],
}  # fmt: skip


def answer(status: int, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, body, json.dumps(body), headers or {})


def refused(code: int, status: int = 400, headers: dict[str, str] | None = None, **more: Any) -> Answer:
    error = {"message": f"(#{code}) Title", "type": "OAuthException", "code": code, "fbtrace_id": "A", **more}
    return answer(status, {"error": error}, headers)


@pytest.mark.parametrize(("error_class", "code"), [(each, code) for each, codes in TABLE.items() for code in codes])
@pytest.mark.parametrize("status", [400, 401, 403, 429, 500])
def test_the_code_decides_whatever_the_status(error_class: ErrorClass, code: int, status: int) -> None:
    outcome = cloud_outcome(refused(code, status))
    assert isinstance(outcome, Rejected)
    assert outcome.error_class is error_class
    assert str(code) in outcome.text


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        (190, "unauthorised"),
        (10, "permission"),
        (131026, "not_on_whatsapp"),
        (131050, "opted_out"),
        (131047, "window_closed"),
        (131056, "pair_rate"),
    ],
)
def test_codes_get_words_of_ours(code: int, ours: str) -> None:
    outcome = cloud_outcome(refused(code))
    assert isinstance(outcome, Rejected)
    assert outcome.code == ours


def test_an_unknown_code_that_meta_calls_transient_is_tried_again() -> None:
    assert getattr(cloud_outcome(refused(987654, is_transient=True)), "error_class", None) is C.TRANSIENT


@pytest.mark.parametrize("more", [{"error_subcode": 33}, {"type": "GraphMethodException"}])
def test_an_object_that_is_not_there_stops_the_number_not_the_message(more: dict[str, Any]) -> None:
    outcome = cloud_outcome(refused(100, **more))
    assert isinstance(outcome, Rejected)
    assert (outcome.error_class, outcome.code) == (C.ACCOUNT_STOP, "instance_missing")


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({}, 300.0),
        ({"retry-after": "30"}, 30.0),
        ({"x-business-use-case-usage": '{"1": [{"type": "messages", "estimated_time_to_regain_access": 7}]}'}, 420.0),
        ({"x-app-usage": '{"call_count": 100, "estimated_time_to_regain_access": 2}', "retry-after": "9"}, 120.0),
        ({"x-app-usage": '{"estimated_time_to_regain_access": 99999}'}, 86_400.0),
        ({"x-app-usage": "no json"}, 300.0),
        ({"x-business-use-case-usage": "[1, 2]"}, 300.0),
        ({"x-business-use-case-usage": '{"1": [{"estimated_time_to_regain_access": true}]}'}, 300.0),
    ],
)
def test_a_throttle_rests_for_as_long_as_meta_asks(headers: dict[str, str], wait_s: float | None) -> None:
    outcome = cloud_outcome(refused(80007, headers=headers))
    assert isinstance(outcome, Rejected)
    assert outcome.retry_after_s == wait_s


def test_a_limit_of_throughput_is_over_within_seconds() -> None:
    outcome = cloud_outcome(refused(130429))
    assert isinstance(outcome, Rejected)
    assert outcome.retry_after_s is None


def test_an_error_beside_a_message_id_proves_neither() -> None:
    outcome = cloud_outcome(Answer(200, {"error": {"code": 131000, "message": "m"}, "messages": [{"id": "wamid.1"}]}))
    assert isinstance(outcome, Unknown)


def accepted(**message: Any) -> dict[str, Any]:
    contact = {"input": "+5511988887777", "wa_id": "551188887777"}
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": "wamid.1", **message}]}


def test_success_tells_the_id_and_the_address() -> None:
    assert cloud_outcome(answer(200, accepted())) == Accepted("wamid.1", "551188887777", 200)
    assert cloud_outcome(answer(200, accepted(message_status="accepted"))) == Accepted("wamid.1", "551188887777", 200)


@pytest.mark.parametrize("word", ["held_for_quality_assessment", "paused"])
def test_a_message_that_is_held_back_is_accepted_and_says_so(word: str) -> None:
    outcome = cloud_outcome(answer(200, accepted(message_status=word)))
    assert isinstance(outcome, Accepted)
    assert outcome.note == word


def test_somebody_without_a_phone_is_known_by_the_business_scoped_id() -> None:
    body = accepted() | {"contacts": [{"input": "BR.1", "user_id": "BR.1"}]}
    assert cloud_outcome(answer(200, body)) == Accepted("wamid.1", "BR.1", 200)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, "garbage_answer"),
        ([1], "garbage_answer"),
        ({}, "no_message_id"),
        ({"messages": []}, "no_message_id"),
        ({"messages": [{"id": 5}]}, "no_message_id"),
        ({"messages": [{"id": "a\nb"}]}, "no_message_id"),
        ({"messages": "x"}, "no_message_id"),
    ],
)
def test_a_success_without_an_id_is_not_believed(body: Any, code: str) -> None:
    outcome = cloud_outcome(answer(200, body))
    assert isinstance(outcome, Unknown)
    assert outcome.code == code


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "unauthorised"), (403, "forbidden"), (407, "forbidden"), (404, "not_cloud"), (405, "not_cloud"),
        (413, "too_large"), (429, "rate_limited"), (302, "redirected"), (308, "redirected"),
    ],
)  # fmt: skip
def test_whoever_is_in_between_and_refuses_passed_nothing_on(status: int, code: str) -> None:
    outcome = cloud_outcome(answer(status, "<html>"))
    assert isinstance(outcome, Rejected)
    assert outcome.code == code


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (500, "server_error"),
        (502, "bad_gateway"),
        (503, "bad_gateway"),
        (504, "gateway_timeout"),
        (400, "garbage_answer"),
    ],
)
def test_an_answer_that_is_not_metas_proves_nothing(status: int, code: str) -> None:
    for body in ("<html>", {"error": "x"}, {"error": {"message": "no code"}}, {"error": {"code": True}}):
        outcome = cloud_outcome(answer(status, body))
        assert isinstance(outcome, Unknown)
        assert outcome.code == code


def test_what_never_was_an_answer_is_handed_on() -> None:
    assert cloud_outcome(NotSent("dns")) == NotSent("dns")
    assert cloud_outcome(Unknown("timeout")) == Unknown("timeout")


def test_neither_message_nor_token_nor_phone_is_kept() -> None:
    error = refused(100, error_data={"details": "text Oi Ana to 5511988887777 with EAAsecret"})
    outcome = cloud_outcome(error, hide=("Oi Ana", "EAAsecret"))
    assert isinstance(outcome, Rejected)
    assert not any(secret in outcome.text for secret in ("Oi Ana", "EAAsecret", "5511988887777"))
