"""The bodies that the Cloud API is sent. Pure. Source: gateways.md §3.C, Meta's OpenAPI v23.0."""

import re
from pathlib import Path

from desktop.domain.campaign import Media
from desktop.domain.template import OutgoingTemplate
from desktop.engine.ports import OutgoingMessage
from desktop.gateways.jids import digits

_LINK = re.compile(r"https?://", re.I)
_BUSINESS_SCOPED = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]+")


def message_body(message: OutgoingMessage, media_id: str | None, *, link_preview: bool = True) -> dict[str, object]:
    """Return the body for `/messages`.

    Args:
        media_id: of the message's file, already uploaded; None where it has none.
        link_preview: show a preview of the first link in a text.
    """
    body: dict[str, object] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(message),
        "biz_opaque_callback_data": message.client_ref,
    }
    if message.template is not None:
        return body | {"type": "template", "template": template_object(message.template, message.media, media_id)}
    if message.media is not None:
        assert media_id is not None
        return body | {"type": message.media.kind, message.media.kind: _media(message.media, media_id, message.text)}
    has_preview = link_preview and bool(_LINK.search(message.text))
    return body | {"type": "text", "text": {"body": message.text, "preview_url": has_preview}}


def _recipient(message: OutgoingMessage) -> dict[str, object]:
    """Address by phone, with plus: without one Meta may take it for a number of the business's own country."""
    if message.phone:
        return {"to": f"+{digits(message.phone)}"}
    if message.address is not None and _BUSINESS_SCOPED.fullmatch(message.address):
        return {"recipient": message.address}
    return {"to": f"+{digits(message.address or '')}"}


def _media(media: Media, media_id: str, text: str) -> dict[str, object]:
    content: dict[str, object] = {"id": media_id}
    if media.kind == "document":
        content["filename"] = Path(media.path).name
    if text and media.kind != "audio":  # there is no caption under a sound
        content["caption"] = text
    return content


def template_object(template: OutgoingTemplate, media: Media | None, media_id: str | None) -> dict[str, object]:
    """Return the object `template` with the values of one person."""
    components: list[dict[str, object]] = []
    if template.header_media is not None and media is not None and media_id is not None:
        file = {key: value for key, value in _media(media, media_id, "").items() if key != "caption"}
        parameter = {"type": template.header_media, template.header_media: file}
        components.append({"type": "header", "parameters": [parameter]})
    elif template.header:
        components.append({"type": "header", "parameters": _texts(template.header)})
    if template.body:
        components.append({"type": "body", "parameters": _texts(template.body)})
    components.extend(_button(*button) for button in template.buttons)
    written: dict[str, object] = {
        "name": template.name,
        "language": {"policy": "deterministic", "code": template.language},
    }
    return written | ({"components": components} if components else {})


def _texts(values: tuple[tuple[str | None, str], ...]) -> list[dict[str, object]]:
    return [_text(name, text) for name, text in values]


def _text(name: str | None, text: str) -> dict[str, object]:
    return {"type": "text", "text": text} if name is None else {"type": "text", "parameter_name": name, "text": text}


def _button(index: int, sub_type: str, value: str) -> dict[str, object]:
    match sub_type:
        case "quick_reply":
            parameter = {"type": "payload", "payload": value}
        case "copy_code":
            parameter = {"type": "coupon_code", "coupon_code": value}
        case _:
            parameter = {"type": "text", "text": value}
    return {"type": "button", "sub_type": sub_type, "index": str(index), "parameters": [parameter]}
