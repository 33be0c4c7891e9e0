"""Tells whether a request to a hook really comes from its gateway. Pure; every comparison takes constant time.

Meta signs the raw body with the app secret (SHA-256), WAHA with the key it was given (SHA-512). Evolution signs
nothing: it sends a static header along, or a short-lived HS256 token signed with the header value `jwt_key`.
Source: gateways.md §§6.E, 6.W, 6.C.
"""

import hmac
import json
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from desktop.domain.inbound_hook import KEY_HEADER, Hook
from desktop.domain.instance import Gateway

LEEWAY_S = 60.0  # two machines' clocks
META_HEADER = "X-Hub-Signature-256"
WAHA_HEADER = "X-Webhook-Hmac"


def is_genuine(hook: Hook, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Tell whether the request carries what only the hook's gateway knows. `headers` ignores upper and lower case."""
    match hook.instance.gateway:
        case Gateway.CLOUD:
            prefix, _, given = headers.get(META_HEADER, "").partition("=")
            # Without the app secret nothing can be believed, whatever the path.
            return bool(hook.app_secret) and prefix == "sha256" and same(given, _hmac(hook.app_secret, body, "sha256"))
        case Gateway.WAHA:
            return same(headers.get(WAHA_HEADER, ""), _hmac(hook.signing_key, body, "sha512"))
        case Gateway.EVOLUTION:
            bearer = headers.get("Authorization", "")
            is_static = same(headers.get(KEY_HEADER, ""), hook.signing_key)
            return is_static or (bearer.startswith("Bearer ") and _is_valid_token(bearer[7:], hook.signing_key, now))


def same(given: str, expected: str) -> bool:
    """Compare in constant time; an empty word is never right."""
    return bool(expected) and hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _hmac(key: str | None, body: bytes, algorithm: str) -> str:
    return hmac.new((key or "").encode(), body, algorithm).hexdigest()


def _is_valid_token(token: str, key: str, now: datetime) -> bool:
    """Check an HS256 JSON Web Token: no other algorithm counts, and one without an end is not believed."""
    signed, _, signature = token.rpartition(".")
    head, _, claims = signed.partition(".")
    digest = hmac.new(key.encode(), signed.encode("utf-8", "replace"), "sha256").digest()
    if not hmac.compare_digest(_decoded(signature), digest) or _fields(head).get("alg") != "HS256":
        return False
    end = _fields(claims).get("exp")
    return isinstance(end, int | float) and now.timestamp() < end + LEEWAY_S


def _decoded(part: str) -> bytes:
    try:
        return urlsafe_b64decode(part.encode("ascii") + b"=" * (-len(part) % 4))
    except (NotBase64, UnicodeEncodeError, ValueError):
        return b""


def _fields(part: str) -> Mapping[str, object]:
    try:
        value: object = json.loads(_decoded(part))
    except (ValueError, RecursionError):
        return {}
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}
