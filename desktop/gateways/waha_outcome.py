"""What an answer of WAHA to a send means. Pure: an answer goes in, exactly one `Outcome` comes out.

`Rejected` only where WAHA's own code, or WhatsApp's answer that it passes on, shows that the message cannot have left;
all else that is no message id is `Unknown`. A 500 repeats the whole request: only its `exception.message` is ever read.
Source: gateways.md §5.W.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Outcome, Rejected, Unknown
from desktop.gateways.evolution_records import Fields, fields_of, items_of, text_of
from desktop.gateways.http import Answer
from desktop.gateways.outcome import MEDIA_BROKEN, MEDIA_PASSES, retry_after_s
from desktop.gateways.redact import clean_text
from desktop.gateways.waha_records import id_of_answer

_C = ErrorClass
_PREFIX = re.compile(r"^(?:\w*Error: ?)+")
_RESTRICTED = re.compile(r"\b(?:error|code)\b\D{0,12}\b463\b", re.I)
_STUCK = re.compile(r"\bserver (?:returned )?error\b\D{0,12}\b400\b", re.I)  # GOWS, until it is restarted (#2084)
_NOT_THERE = re.compile(r"not (?:registered )?on whatsapp|\binvalid wid\b", re.I)
_NO_SESSION = re.compile(r"find a session|session\b.*(?:not found|does not exist)", re.I | re.S)
_NOT_HERE = re.compile(r"only in plus|core support only|not (?:implemented|supported|available)", re.I)


@dataclass(frozen=True, slots=True)
class _Case:
    """An answer that is no success, taken apart once."""

    answer: Answer
    has_media: bool
    words: str  # the gateway's own, for judging
    text: str  # the same, redacted

    def rejected(self, error_class: ErrorClass, code: str, retry_s: float | None = None) -> Rejected:
        return Rejected(error_class, code, self.text, self.answer.status, retry_s)

    def unknown(self, code: str) -> Unknown:
        return Unknown(code, self.text, self.answer.status)


def waha_outcome(
    answer: Answer | NotSent | Unknown, *, address: str | None = None, has_media: bool = False, hide: Sequence[str] = ()
) -> Outcome:
    """Judge the answer of a send.

    Args:
        address: the chat id that was sent to. It is kept rather than the one in the answer: that one is spelled in a
            way that WAHA does not take, or hides the phone.
        has_media: whether a file was sent; the same words may mean another thing then.
        hide: texts that must not appear in the outcome (the message, the key).
    """
    if not isinstance(answer, Answer):
        return answer
    if answer.status < 300:
        message_id = id_of_answer(answer.json)
        if message_id is not None:
            return Accepted(message_id, address, answer.status)
        # WEBJS answers some sends with nothing at all (#1083): its event, or the history, has the id.
        is_empty = not answer.text.strip() or bool(fields_of(answer.json))
        return Unknown("no_message_id" if is_empty else "garbage_answer", "", answer.status)
    words = words_of(answer)
    return _of_failure(_Case(answer, has_media, words, clean_text(words, hide)))


def words_of(answer: Answer) -> str:
    """Return what an error says for itself, never the request that it repeats."""
    body = fields_of(answer.json)
    if exception := fields_of(body.get("exception")):
        return text_of(exception.get("message")) or text_of(exception.get("name")) or ""
    for name in ("message", "error"):
        value = body.get(name)
        sentences = [value] if isinstance(value, str) else [str(part) for part in items_of(value)]
        if sentences := [sentence for sentence in sentences if sentence.strip()]:
            return "; ".join(sentences)
    return ""


def _of_failure(case: _Case) -> Outcome:
    body = fields_of(case.answer.json)
    match case.answer.status:
        case 401:
            return case.rejected(_C.ACCOUNT_STOP, "unauthorised")
        case 403 | 407:
            return case.rejected(_C.ACCOUNT_STOP, "forbidden")
        case 404:
            return _of_not_found(case, body)
        case 405:
            return case.rejected(_C.ACCOUNT_STOP, "wrong_version")
        case 413:
            return case.rejected(_C.MEDIA_FAULT if case.has_media else _C.TEMPLATE_FAULT, "too_large")
        case 422:
            return _of_unprocessable(case, body)
        case 429:
            return case.rejected(_C.THROTTLE, "rate_limited", retry_after_s(case.answer))
        case 301 | 302 | 307 | 308:
            return case.rejected(_C.ACCOUNT_STOP, "redirected")
        case 501 if body:
            return case.rejected(_C.ACCOUNT_STOP, "not_supported")
        case 400 if "statusCode" in body and "exception" not in body:
            return case.rejected(_C.TEMPLATE_FAULT, "schema")  # Nest's check of the body, before anything else
        case 504 | 522 | 524:
            return case.unknown("gateway_timeout")
        case 502 | 503 | 520 | 521 | 523 | 525 | 526 | 530:
            return case.unknown("bad_gateway")
        case _:
            return _of_words(case) or case.unknown("server_error" if body else "garbage_answer")


def _of_not_found(case: _Case, body: Fields) -> Outcome:
    if case.words.startswith("Cannot "):
        return case.rejected(_C.ACCOUNT_STOP, "wrong_version")
    if fields_of(body.get("error")).get("key") == "FILE_NOT_FOUND":
        return case.rejected(_C.MEDIA_FAULT, "media_rejected")
    if _NO_SESSION.search(case.words):
        return case.rejected(_C.ACCOUNT_STOP, "instance_missing")
    return case.unknown("server_error") if body else case.rejected(_C.ACCOUNT_STOP, "not_waha")


def _of_unprocessable(case: _Case, body: Fields) -> Outcome:
    """422 is WAHA's own refusal, given before the message is handed to the engine."""
    if "expected" in body or re.search(r"session is (?:starting|not)", case.words, re.I):
        return case.rejected(_C.INSTANCE_DOWN, "not_connected")
    if _NOT_HERE.search(case.words):
        return case.rejected(_C.ACCOUNT_STOP, "not_supported")
    return case.unknown("server_error")


def _of_words(case: _Case) -> Outcome | None:
    """Judge a failed send by the exception's message."""
    plain = _PREFIX.sub("", case.words).strip().lower()
    if _RESTRICTED.search(case.words):
        return case.rejected(_C.ACCOUNT_STOP, "account_restricted")
    if _STUCK.search(case.words):
        return case.rejected(_C.INSTANCE_DOWN, "session_stuck")
    if "rate-overlimit" in plain:
        return case.rejected(_C.THROTTLE, "rate_limited")
    if plain == "connection closed":
        return case.rejected(_C.INSTANCE_DOWN, "connection_closed")
    if "timed out" in plain:
        return case.unknown("timeout")
    if _NOT_THERE.search(case.words):
        return case.rejected(_C.RECIPIENT_PERMANENT, "not_on_whatsapp")
    if case.has_media and MEDIA_PASSES.search(case.words):
        return case.rejected(_C.TRANSIENT, "media_upload")
    if case.has_media and MEDIA_BROKEN.search(case.words):
        return case.rejected(_C.MEDIA_FAULT, "media_rejected")
    return None
