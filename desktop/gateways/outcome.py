"""What an HTTP answer to a send means. Pure: an answer goes in, exactly one `Outcome` comes out.

The rule behind every line: `Rejected` only where the gateway's own code shows that the message cannot have left.
Everything else that is not a message id is `Unknown`, because a second message costs more than a question. Evolution's
sources (2.3.6, 2.3.7, 2.4.0-rc2) were read for this: it wraps the socket's send, the storing of the message and its
integrations in one `try` and answers 400 with whatever text was thrown, so the status alone proves nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import cast

from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Outcome, Rejected, Unknown
from desktop.gateways.http import Answer
from desktop.gateways.meta_codes import meta_class
from desktop.gateways.redact import clean_text

MAX_DEPTH = 6
MAX_ID = 128
MAX_DIGITS = 12  # of a number of seconds; more are as good as these

_C = ErrorClass

# Members of the WhatsApp socket that Evolution reads before it hands a message over: undefined means no connection.
# Not "any property": its Cloud channel throws "…(reading 'message')" when the answer of Meta was lost, and then the
# message may well have left. Source: whatsapp.business.service.ts, `post` and `sendMessageWithTyping`.
_SOCKET_MEMBERS = (
    "id|user|onWhatsApp|waUploadToServer|sendMessage|relayMessage|presenceSubscribe|sendPresenceUpdate|signalRepository"
)
_NO_SOCKET = re.compile(
    rf"cannot read propert(?:y|ies) of (?:undefined|null) \(reading '(?:{_SOCKET_MEMBERS})'\)", re.I
)
_PREFIX = re.compile(r"^(?:\w*Error: ?)+")
_MEDIA_REFUSED = re.compile(r"must be a url or base64|file name must be informed", re.I)
MEDIA_BROKEN = re.compile(
    r"status code 4\d\d|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|unsupported image|input buffer|input file|ffmpeg|"
    r"file or buffer is undefined",
    re.I,
)
MEDIA_PASSES = re.compile(r"status code 5\d\d|media upload failed", re.I)


@dataclass(frozen=True, slots=True)
class _Case:
    """An answer that is no success, taken apart once."""

    answer: Answer
    has_media: bool
    sentences: tuple[str, ...]
    text: str  # the gateway's words, redacted

    def says(self, phrase: str) -> bool:
        return any(phrase in sentence.lower() for sentence in self.sentences)

    def rejected(self, error_class: ErrorClass, code: str, retry_after_s: float | None = None) -> Rejected:
        return Rejected(error_class, code, self.text, self.answer.status, retry_after_s)

    def unknown(self, code: str) -> Unknown:
        return Unknown(code, self.text, self.answer.status)


def evolution_outcome(
    answer: Answer | NotSent | Unknown, *, has_media: bool = False, hide: Sequence[str] = ()
) -> Outcome:
    """Judge the answer of Evolution's `/message/send…`.

    Args:
        answer: as `HttpClient` returned it.
        has_media: whether a file was sent; the same words may mean another thing then.
        hide: texts that must not appear in the outcome (the message, the key).
    """
    if not isinstance(answer, Answer):
        return answer
    if answer.status < 300 and (accepted := _accepted(answer)) is not None:
        return accepted  # nearly every answer: its words are not looked at
    sentences = tuple(flatten_message(answer.json))
    text = clean_text("; ".join(sentences) or answer.text, hide)
    case = _Case(answer, has_media, sentences, text)
    if answer.status < 300:
        return _of_success(case)
    return _of_failure(case)


def flatten_message(body: object) -> Iterator[str]:
    """Yield the sentences of an Evolution error body: `message` is a text, a list, a nested list or objects."""
    if not isinstance(body, Mapping):
        return
    fields = cast(Mapping[str, object], body)
    response = fields.get("response")
    inner = cast(Mapping[str, object], response).get("message") if isinstance(response, Mapping) else response
    found = list(_sentences(inner)) or list(_sentences(fields.get("message"))) or list(_sentences(fields.get("error")))
    yield from found


def _sentences(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, list) and depth < MAX_DEPTH:
        for member in cast(list[object], value):
            yield from _sentences(member, depth + 1)
    elif isinstance(value, Mapping) and depth < MAX_DEPTH:
        fields = cast(Mapping[str, object], value)
        for name in ("message", "error", "details", "title"):
            yield from _sentences(fields.get(name), depth + 1)


def _accepted(answer: Answer) -> Accepted | None:
    body = answer.json
    key = cast(Mapping[str, object], body).get("key") if isinstance(body, Mapping) else None
    if not isinstance(key, Mapping):
        return None
    of_key = cast(Mapping[str, object], key)
    message_id = _clean_id(of_key.get("id"))
    return None if message_id is None else Accepted(message_id, _clean_id(of_key.get("remoteJid")), answer.status)


def _of_success(case: _Case) -> Outcome:
    """Judge a success that tells no message id."""
    body = case.answer.json
    if not isinstance(body, Mapping):
        return case.unknown("garbage_answer")
    fields = cast(Mapping[str, object], body)
    if isinstance(fields.get("key"), Mapping):
        return case.unknown("no_message_id")
    # Evolution's Cloud channel answers 201 with Meta's error object and no key: Meta refused, nothing left.
    if (meta_code := _meta_code(fields)) is not None:
        return case.rejected(*meta_class(meta_code))
    return case.unknown("no_message_id")


def _of_failure(case: _Case) -> Outcome:
    return _of_structure(case) or _of_status(case) or _of_words(case) or _undecided(case)


def _of_structure(case: _Case) -> Outcome | None:
    """Judge by what only the gateway itself can have built, whatever the status."""
    body = case.answer.json
    if not isinstance(body, Mapping):
        return None
    fields = cast(Mapping[str, object], body)
    if any(member.get("exists") is False for member in _objects(fields)):
        return case.rejected(_C.RECIPIENT_PERMANENT, "not_on_whatsapp")
    if fields.get("code") == "LICENSE_REQUIRED":
        return case.rejected(_C.ACCOUNT_STOP, "licence_required")
    for member in _objects(fields):
        if (meta_code := _meta_code(member)) is not None:
            return case.rejected(*meta_class(meta_code))
    return None


def _of_status(case: _Case) -> Outcome | None:
    """Judge by statuses that say by themselves that the request was not carried out."""
    match case.answer.status:
        case 401:
            return case.rejected(_C.ACCOUNT_STOP, "unauthorised")
        case 403 | 407:
            return case.rejected(_C.ACCOUNT_STOP, "forbidden")
        case 404:
            return _of_not_found(case)
        case 405:
            return case.rejected(_C.ACCOUNT_STOP, "wrong_version")
        case 413:
            return case.rejected(_C.MEDIA_FAULT if case.has_media else _C.TEMPLATE_FAULT, "too_large")
        case 429:
            return case.rejected(_C.THROTTLE, "rate_limited", retry_after_s(case.answer))
        case 301 | 302 | 307 | 308:
            # Evolution redirects nothing: whoever answered (http for https, a hotel's log-in page) did not pass it on.
            return case.rejected(_C.ACCOUNT_STOP, "redirected")
        case 504 | 522 | 524:
            return case.unknown("gateway_timeout")
        case 502 | 503 | 520 | 521 | 523 | 525 | 526 | 530:
            # A proxy. 502 and Envoy's 503 are also given when the server was lost after it had the request.
            return case.unknown("bad_gateway")
        case _:
            return None


def _of_not_found(case: _Case) -> Outcome:
    if case.says("cannot post") or case.says("cannot get"):
        return case.rejected(_C.ACCOUNT_STOP, "wrong_version")
    if case.says("instance") and (case.says("does not exist") or case.says("not found")):
        return case.rejected(_C.ACCOUNT_STOP, "instance_missing")
    if case.sentences:
        return case.unknown("server_error")
    return case.rejected(_C.ACCOUNT_STOP, "not_evolution")  # a tunnel without a server, another program's page


def _of_words(case: _Case) -> Outcome | None:
    """Judge a 400 or 500 by its words: those that the sources show to be thrown before the socket's send."""
    plain = {_PREFIX.sub("", sentence).strip().lower() for sentence in case.sentences}
    # Exactly these words: a database's "Connection terminated unexpectedly" comes after the message has left.
    if "connection closed" in plain:
        return case.rejected(_C.INSTANCE_DOWN, "connection_closed")
    if any(_NO_SOCKET.search(sentence) for sentence in case.sentences):
        return case.rejected(_C.INSTANCE_DOWN, "not_connected")
    if case.says("instance is not connected"):
        return case.rejected(_C.INSTANCE_DOWN, "not_connected")
    if "rate-overlimit" in plain:
        return case.rejected(_C.THROTTLE, "rate_limited")
    if case.says("timed out"):
        return case.unknown("timeout")
    if (fault := _of_media_words(case)) is not None:
        return fault
    if case.answer.status == 400 and (_is_schema(case.answer.json) or "text is required" in plain):
        return case.rejected(_C.TEMPLATE_FAULT, "schema")
    if case.says("method not available"):
        return case.rejected(_C.ACCOUNT_STOP, "not_supported")
    return None


def _of_media_words(case: _Case) -> Outcome | None:
    if not case.has_media:
        return None
    if any(_MEDIA_REFUSED.search(sentence) for sentence in case.sentences):
        return case.rejected(_C.MEDIA_FAULT, "media_rejected")
    if case.answer.status != 500:
        return None  # fetching, converting and uploading fail as 500, before the send; a 400 may come from after it
    if any(MEDIA_PASSES.search(sentence) for sentence in case.sentences):
        return case.rejected(_C.TRANSIENT, "media_upload")
    if any(MEDIA_BROKEN.search(sentence) for sentence in case.sentences):
        return case.rejected(_C.MEDIA_FAULT, "media_rejected")
    return None


def _undecided(case: _Case) -> Unknown:
    # Also a 400: a database that fails after the send is answered so, and so is a lost answer of Meta.
    return case.unknown("server_error" if case.sentences else "garbage_answer")


def _is_schema(body: object) -> bool:
    """Tell whether `response.message` has the form that only the schema check builds: a list inside a list, of texts.

    It runs before anything else. A body that is no JSON (ours never is) is refused before that, as plain text.
    """
    if not isinstance(body, Mapping):
        return False
    fields = cast(Mapping[str, object], body)
    response = fields.get("response")
    message = cast(Mapping[str, object], response).get("message") if isinstance(response, Mapping) else None
    if message == "Unexpected end of JSON input":
        return True
    if not isinstance(message, list):
        return False
    members = cast(list[object], message)
    return bool(members) and all(
        isinstance(member, list) and all(isinstance(reason, str) for reason in cast(list[object], member))
        for member in members
    )


def _meta_code(fields: Mapping[str, object]) -> int | None:
    """Return Meta's code when this is clearly its error object: a number together with its marks."""
    code = fields.get("code")
    if not isinstance(code, int) or isinstance(code, bool):
        return None
    has_mark = "fbtrace_id" in fields or "error_data" in fields or fields.get("type") == "OAuthException"
    return code if has_mark else None


def _objects(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    if depth >= MAX_DEPTH:
        return
    if isinstance(value, Mapping):
        fields = cast(Mapping[str, object], value)
        yield fields
        for member in fields.values():
            yield from _objects(member, depth + 1)
    elif isinstance(value, list):
        for member in cast(list[object], value):
            yield from _objects(member, depth + 1)


def retry_after_s(answer: Answer) -> float | None:
    """Return the seconds that `Retry-After` asks for; a date is measured against the answer's own `Date`."""
    value = answer.headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        if value.isascii() and value.isdigit():
            return float(min(int(value[:MAX_DIGITS]), 86_400))
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(answer.headers["date"])
        return min(max(wait.total_seconds(), 0.0), 86_400.0)
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


def _clean_id(value: object) -> str | None:
    """Return an id or address that may be stored, or None for what cannot be one."""
    if not isinstance(value, str) or not 0 < len(value) <= MAX_ID or not value.isprintable():
        return None
    return value.strip() or None
