"""What the Cloud API's answer to a send means. Pure: an answer goes in, exactly one `Outcome` comes out.

Meta's error object decides by its `code`; the HTTP status is mostly 400 and not to be relied on. An answer that carries
that object came from Meta before anything left. Everything else that is not a message id may come from a proxy in
between, so it is `Unknown`: a second message costs more than a question. Source: gateways.md §5.C.
"""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Outcome, Rejected, Unknown
from desktop.gateways.evolution_records import Fields, fields_of, items_of, text_of
from desktop.gateways.http import Answer
from desktop.gateways.meta_codes import is_known, meta_class
from desktop.gateways.outcome import retry_after_s
from desktop.gateways.redact import clean_text

_C = ErrorClass
_USAGE = ("x-business-use-case-usage", "x-app-usage")
_REGAIN = "estimated_time_to_regain_access"  # minutes
_LONGEST_REST_S = 86_400.0
# The app's and the account's own limits of calls, which free themselves within minutes to an hour; who asks every half
# minute keeps them used up. Source: gateways.md §5.C
_OF_ALL_CALLS = frozenset({4, 80007})
_CALLS_REST_S = 300.0
_OBJECT_MISSING = 33  # subcode of 100: an id that does not exist, or that the token may not see


def cloud_outcome(answer: Answer | NotSent | Unknown, *, hide: Sequence[str] = ()) -> Outcome:
    """Judge the answer of `POST /{phone_number_id}/messages`.

    Args:
        answer: as `HttpClient` returned it.
        hide: texts that must not appear in the outcome (the message, the token).
    """
    if not isinstance(answer, Answer):
        return answer
    error = error_of(answer)
    if error is not None:
        if _accepted(answer) is not None:  # an error beside a message id: nobody knows which of them holds
            return Unknown("garbage_answer", clean_text(_words(error), hide), answer.status)
        return rejection(answer, error, hide)
    if answer.status < 300:
        return _accepted(answer) or Unknown(_code_of_success(answer), clean_text(answer.text, hide), answer.status)
    return _without_error(answer, hide)


def error_of(answer: Answer) -> Fields | None:
    """Return Meta's error object, recognised by its number; None when there is none."""
    error = fields_of(fields_of(answer.json).get("error"))
    code = error.get("code")
    return error if isinstance(code, int) and not isinstance(code, bool) else None


def rejection(answer: Answer, error: Fields, hide: Sequence[str] = ()) -> Rejected:
    """Judge Meta's error object."""
    code = cast(int, error["code"])
    text = clean_text(_words(error), hide)
    if code == 100 and (error.get("error_subcode") == _OBJECT_MISSING or error.get("type") == "GraphMethodException"):
        return Rejected(_C.ACCOUNT_STOP, "instance_missing", text, answer.status)
    error_class, ours = meta_class(code)
    if not is_known(code) and error.get("is_transient") is True:
        error_class, ours = _C.TRANSIENT, "gateway_fault"
    wait_s = rest_s(answer) if error_class in (_C.THROTTLE, _C.TRANSIENT, _C.RECIPIENT_LATER) else None
    if wait_s is None and code in _OF_ALL_CALLS:
        wait_s = _CALLS_REST_S
    return Rejected(error_class, ours, f"({code}) {text}".strip(), answer.status, wait_s)


def rest_s(answer: Answer) -> float | None:
    """Return for how long Meta asks not to call: `Retry-After`, or the longest time to regain access of any limit."""
    waits = [wait for wait in (retry_after_s(answer),) if wait is not None]
    for name in _USAGE:
        try:
            usage: object = json.loads(answer.headers.get(name, "null"))
        except (ValueError, RecursionError):
            continue
        waits.extend(minutes * 60.0 for minutes in _regain_minutes(usage))
    return min(max(waits), _LONGEST_REST_S) if waits else None


def _regain_minutes(usage: object) -> list[float]:
    """Collect the waits of `{account: [{type, …, estimated_time_to_regain_access}]}`, or of the flat form."""
    rows: list[object] = [usage]
    if isinstance(usage, Mapping):
        for member in cast(Mapping[str, object], usage).values():
            rows.extend(items_of(member))
    found = [fields_of(row).get(_REGAIN) for row in rows]
    numbers = [each for each in found if isinstance(each, int | float) and not isinstance(each, bool)]
    return [float(min(each, _LONGEST_REST_S)) for each in numbers if each > 0]


def _accepted(answer: Answer) -> Accepted | None:
    fields = fields_of(answer.json)
    messages = [fields_of(message) for message in items_of(fields.get("messages"))]
    message_id = text_of(messages[0].get("id")) if messages else None
    if message_id is None or len(message_id) > 512 or not message_id.isprintable():
        return None
    contacts = [fields_of(contact) for contact in items_of(fields.get("contacts"))]
    address = (text_of(contacts[0].get("wa_id")) or text_of(contacts[0].get("user_id"))) if contacts else None
    status = text_of(messages[0].get("message_status"))
    return Accepted(message_id, address, answer.status, status if status != "accepted" else None)


def _code_of_success(answer: Answer) -> str:
    return "no_message_id" if isinstance(answer.json, Mapping) else "garbage_answer"


def _words(error: Fields) -> str:
    details = text_of(fields_of(error.get("error_data")).get("details"))
    parts = [text_of(error.get("message")), details]
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _without_error(answer: Answer, hide: Sequence[str]) -> Outcome:
    """Judge an answer that is not Meta's own: a proxy's, a firewall's, another server's."""
    text = clean_text(answer.text, hide)
    match answer.status:
        case 401:
            return Rejected(_C.ACCOUNT_STOP, "unauthorised", text, 401)
        case 403 | 407:
            return Rejected(_C.ACCOUNT_STOP, "forbidden", text, answer.status)
        case 404 | 405:
            return Rejected(_C.ACCOUNT_STOP, "not_cloud", text, answer.status)
        case 413:
            return Rejected(_C.MEDIA_FAULT, "too_large", text, 413)
        case 429:
            return Rejected(_C.THROTTLE, "rate_limited", text, 429, rest_s(answer))
        case 301 | 302 | 303 | 307 | 308:
            return Rejected(_C.ACCOUNT_STOP, "redirected", text, answer.status)
        case 504 | 522 | 524:
            return Unknown("gateway_timeout", text, answer.status)
        case 502 | 503 | 520 | 521 | 523 | 525 | 526 | 530:
            return Unknown("bad_gateway", text, answer.status)
        case _:
            return Unknown("server_error" if answer.status >= 500 else "garbage_answer", text, answer.status)
