"""What the gateway demands of request bodies, and how it words refusals. Source: recordings, jsonschema messages."""

import base64
import binascii
import re
from typing import Any, cast
from urllib.parse import urlsplit

from desktop.simulator.answers import Answer, error
from desktop.simulator.state import ALL_EVENTS, Json, as_object

MEDIA_KINDS = ("image", "document", "video", "audio")
_PRESENCES = ("unavailable", "available", "composing", "recording", "paused")
_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "boolean": bool, "integer": int, "array": list, "object": dict,
}  # fmt: skip
_SHARED = {
    "number": ("string", "Invalid format"),
    "delay": ("integer", "Enter a value in milliseconds"),
    "linkPreview": ("boolean", None),
    "quoted": ("object", None),
    "mentionsEveryOne": ("boolean", None),
    "mentioned": ("array", None),
}
_MEMBERS: dict[str, dict[str, tuple[str, str | None]]] = {
    "sendText": {**_SHARED, "text": ("string", None)},
    "sendMedia": {**_SHARED, "mediatype": ("string", None), "mimetype": ("string", None), "media": ("string", None),
                  "fileName": ("string", None), "caption": ("string", None)},
    "sendWhatsAppAudio": {**_SHARED, "audio": ("string", None), "encoding": ("boolean", None)},
    "sendPresence": {"number": ("string", None), "delay": ("number", None), "presence": ("string", None)},
    "setPresence": {"presence": ("string", None)},
    "whatsappNumbers": {"numbers": ("array", None)},
}  # fmt: skip
_REQUIRED = {
    "sendText": ("number", "text"),
    "sendMedia": ("number", "mediatype"),
    "sendWhatsAppAudio": ("number",),
    "sendPresence": ("number", "presence", "delay"),
    "setPresence": ("presence",),
    "whatsappNumbers": ("numbers",),
}
_ENUMS = {"mediatype": MEDIA_KINDS, "presence": _PRESENCES}


def schema_refusal(endpoint: str, body: Json) -> Answer | None:
    """Return the 400 that the schema of `endpoint` gives this body, or None when it passes."""
    reasons = [
        reason
        for name, (kind, description) in _MEMBERS[endpoint].items()
        if name in body and (reason := _member_reason(name, kind, description, body[name]))
    ]
    reasons += [f'instance requires property "{name}"' for name in _REQUIRED[endpoint] if name not in body]
    return error(400, [reasons]) if reasons else None


def media_refusal(body: Json) -> Answer | None:
    """Return the 400 for a medium that is neither URL nor raw base64, or lacks the file name it needs."""
    media = body.get("media")
    if body["mediatype"] == "document" and not body.get("fileName") and decoded(media) is not None:
        return error(400, ["For base64 the file name must be informed."])
    return None if is_url(media) or decoded(media) is not None else error(400, ["Owned media must be a url or base64"])


def event_list_refusal(kind: str, body: Json) -> Answer | None:
    """Return what `/webhook/set` and `/websocket/set` say to a body in a wrong form."""
    setting = as_object(body.get(kind))
    if setting is None:
        if kind == "websocket":
            return error(500, "Cannot set properties of undefined (setting 'events')")
        return error(400, [[f'instance requires property "{kind}"']])
    events: Any = setting.get("events")
    if events is None:
        return error(500, "Cannot read properties of undefined (reading 'length')")
    wrong = [index for index, event in enumerate(events) if event not in ALL_EVENTS]
    names = ",".join(ALL_EVENTS)
    reasons = [f"{kind}.events[{index}] is not one of enum values: {names}" for index in wrong]
    return error(400, [reasons]) if reasons else None


def is_url(media: Any) -> bool:
    """Tell whether the gateway's validator takes this for a URL: http(s) with a dotted host."""
    if not isinstance(media, str) or not media.startswith(("http://", "https://")):
        return False
    host = urlsplit(media).hostname or ""
    return bool(re.fullmatch(r"[\w-]+(\.[\w-]+)+", host))


def decoded(media: Any) -> bytes | None:
    """Return the bytes of raw base64, or None when it is none."""
    if not isinstance(media, str) or not media or len(media) % 4:
        return None
    try:
        return base64.b64decode(media, validate=True)
    except (binascii.Error, ValueError):
        return None


def _member_reason(name: str, kind: str, description: str | None, value: Any) -> str | None:
    expected = _TYPES.get(kind, (int, float))
    is_right = isinstance(value, expected) and not (isinstance(value, bool) and kind in ("integer", "number"))
    if not is_right:
        return description or f"{name} is not of a type(s) {kind}"
    if name in _ENUMS and value not in _ENUMS[name]:
        return f"{name} is not one of enum values: {','.join(_ENUMS[name])}"
    return _numbers_reason(cast("list[Any]", value)) if name == "numbers" else None


def _numbers_reason(numbers: list[Any]) -> str | None:
    if not numbers:
        return "numbers does not meet minimum length of 1"
    return "numbers contains duplicate item" if len(set(map(str, numbers))) != len(numbers) else None
