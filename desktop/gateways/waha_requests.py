"""The bodies of WAHA's sends. Pure, but for the reading of a file."""

from base64 import b64encode
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path

from desktop.domain.campaign import Media

_UNKNOWN_TYPE = "application/octet-stream"
_VOICE_TYPE = "audio/ogg; codecs=opus"  # what WhatsApp plays as a voice note without conversion


def text_request(
    head: Mapping[str, object], text: str, own_id: str | None, *, link_preview: bool
) -> Mapping[str, object]:
    """Return the body of `sendText`.

    Args:
        head: session and chat.
        own_id: the id that the message is to have; only for servers that take one.
    """
    body: dict[str, object] = {**head, "text": text, "linkPreview": link_preview}
    return body | {"id": own_id} if own_id is not None else body


def media_request(head: Mapping[str, object], media: Media, text: str) -> tuple[str, Mapping[str, object]]:
    """Return operation and body for a local file, which goes along as base64. Raises OSError."""
    path = Path(media.path)
    mimetype = guess_type(path.name)[0] or _UNKNOWN_TYPE
    data = b64encode(path.read_bytes()).decode("ascii")
    file: dict[str, object] = {"mimetype": mimetype, "filename": path.name, "data": data}
    body: dict[str, object] = {**head, "file": file}
    match media.kind:
        case "image":
            operation = "sendImage"
        case "video":
            operation = "sendVideo"
            body["convert"] = mimetype != "video/mp4"
        case "audio" if not text:  # a voice note has no caption: with words it goes as a file
            operation = "sendVoice"
            is_voice = path.suffix.lower() in (".ogg", ".oga", ".opus")
            file["mimetype"] = _VOICE_TYPE if is_voice else mimetype
            body["convert"] = not is_voice
        case _:
            operation = "sendFile"
    return operation, body | {"caption": text} if text else body
