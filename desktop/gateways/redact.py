"""Takes secrets, message texts and phone numbers out of what gateways say, before anybody stores or logs it."""

import re
from collections.abc import Mapping, Sequence
from typing import cast

MAX_TEXT = 300
MAX_DEPTH = 12
HIDDEN = "***"

# Names are compared in lower case without dashes and underscores.
_SECRETS = frozenset(
    {
        "apikey", "xapikey", "authorization", "token", "accesstoken", "accesstokenwabusiness", "password", "secret",
        "hash", "jwtkey", "proxypassword", "cookie", "setcookie", "mediakey", "qrcode", "pairingcode",
        "base64",
    }
)  # fmt: skip
_TEXTS = frozenset(
    {"text", "caption", "conversation", "body", "media", "audio", "data", "jpegthumbnail", "pushname", "profilename"}
)

_HEADER = re.compile(r"(?i)\b(bearer|apikey|api[-_ ]?key|authorization|token)(\W{1,4})([^\s\"',;}]+)")
_LONG_CODE = re.compile(r"(?:data:[\w/+.-]+;base64,)?[A-Za-z0-9+/=_-]{64,}")
_QR = re.compile(r"\b\d@[\w+/=,-]{20,}")
_URL_USER = re.compile(r"(?<=://)[^/\s@]+@")
_PHONE = re.compile(r"(?<!\w)\+?(\d{4})\d{4,9}(\d{2})(?!\w)")
# As people write them: with a plus and groups, or the Brazilian way with the dash before the last four.
_WRITTEN_PHONE = re.compile(
    r"\+\d{1,3}[ .-]?\(?\d{2,4}\)?(?:[ .-]?\d{2,5}){1,3}(?!\w)|(?<![\w-])\(?\d{2}\)?[ .-]?9?\d{4}-\d{4}(?![\w-])"
)
_CONTENT = re.compile(r"(?i)\b(text|caption|conversation|body)(\\?[\"']?\s*:\s*)(\\?[\"']).*?\3")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def redact(value: object, depth: int = 0) -> object:
    """Return a copy of a JSON-like value that may be logged: no secrets, no message texts, phones masked."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping | list | tuple) and depth >= MAX_DEPTH:
        return "…"
    if isinstance(value, Mapping):
        pairs = cast(Mapping[object, object], value)
        return {str(key): _redact_member(str(key), member, depth) for key, member in pairs.items()}
    if isinstance(value, list | tuple):
        return [redact(member, depth + 1) for member in cast(Sequence[object], value)]
    if isinstance(value, int) and value >= 10**10:  # a phone somebody sent as a number; a time stamp has ten digits
        return mask(str(value))
    return value


def _redact_member(key: str, member: object, depth: int) -> object:
    name = key.lower().replace("-", "").replace("_", "")
    if member is None or isinstance(member, bool):
        return member
    if name in _SECRETS:
        return HIDDEN
    if name in _TEXTS and isinstance(member, str):
        return f"[{len(member)} characters]"
    return redact(member, depth + 1)


def mask(text: str) -> str:
    """Mask credentials, encoded data, quoted message texts and phone numbers inside a sentence."""
    text = _HEADER.sub(rf"\1\2{HIDDEN}", text)
    text = _URL_USER.sub(f"{HIDDEN}@", text)
    text = _CONTENT.sub(r"\1\2[text]", text)
    text = _QR.sub("[data]", _LONG_CODE.sub("[data]", text))
    return _WRITTEN_PHONE.sub(_shorten, _PHONE.sub(r"\1…\2", text))


def _shorten(found: re.Match[str]) -> str:
    digits = "".join(filter(str.isdigit, found[0]))
    # Fewer are an offset from UTC, a version or a sum.
    return f"{digits[:4]}…{digits[-2:]}" if len(digits) >= 10 else found[0]


def clean_text(text: str, hide: Sequence[str] = ()) -> str:
    """Return a gateway's words as one line that may be stored: `hide` and secrets taken out, at most 300 characters."""
    for secret in hide:
        if len(secret) > 3:
            text = text.replace(secret, HIDDEN)
    # Lone surrogates and control characters are legal in JSON, and no database takes them.
    text = text[: MAX_TEXT * 20].encode("utf-8", "replace").decode("utf-8")
    text = mask(_CONTROL.sub(" ", text)).strip()
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
