"""The content of a media message, shaped as Baileys returns it; the file itself is not kept.

Keys and hashes are `bytes` here. An HTTP answer spells them as objects, the search as base64, socket.io sends them raw.
"""

import hashlib
import mimetypes
import secrets
from typing import Any

from desktop.simulator import answers
from desktop.simulator.bodies import decoded, is_url
from desktop.simulator.state import BAILEYS, BUSINESS, Instance, Json

_DEFAULT_MIME = {"image": "image/png", "video": "video/mp4", "audio": "audio/mpeg", "document": "application/pdf"}


def media_content(kind: str, body: Json, file: bytes | None, instance: Instance, at: float) -> Json:
    """Return the `message` of a media send for the instance's channel. `kind` is image, video, document or audio."""
    media: Any = body.get("media") or body.get("audio")
    if instance.integration != BAILEYS:
        return _other_channel(kind, body, instance, media)
    data = file if file is not None else decoded(media) or b""
    info = answers.context_info(at)
    content: Json = {
        "url": f"https://127.0.0.1/mms/{kind}/{secrets.token_urlsafe(32)}",
        "mimetype": _mime(kind, body),
        "fileSha256": hashlib.sha256(data).digest(),
        "fileLength": {"low": len(data), "high": 0, "unsigned": True},
        "mediaKey": secrets.token_bytes(32),
        "fileEncSha256": secrets.token_bytes(32),
        "directPath": f"/mms/{kind}/{secrets.token_urlsafe(32)}",
        "mediaKeyTimestamp": {"low": int(at), "high": 0, "unsigned": False},
        "contextInfo": info,
    }
    if body.get("caption"):
        content["caption"] = body["caption"]
    if kind == "document":
        content["fileName"] = body.get("fileName") or "document"
    elif kind == "image":
        content |= {"interactiveAnnotations": [], "scanLengths": [], "annotations": [], "height": 1, "width": 1}
        content["jpegThumbnail"] = b"\xff\xd8\xff\xd9"
    elif kind == "audio":
        content |= {"ptt": "audio" in body, "seconds": 1}
    return {f"{kind}Message": content}


def _other_channel(kind: str, body: Json, instance: Instance, media: Any) -> Json:
    if instance.integration != BUSINESS:
        return {"mediaUrl": media if is_url(media) else None}
    content: Json = {
        "fileName": body.get("fileName") or f"{kind}.png",
        "mediaType": kind,
        "media": media,
        "gifPlayback": False,
        "id": media if is_url(media) else "123456789",
        "type": "link" if is_url(media) else "id",
        "mimetype": _mime(kind, body),
    }
    if body.get("caption"):
        content["caption"] = body["caption"]
    return {f"{kind}Message": content}


def _mime(kind: str, body: Json) -> str:
    guessed = mimetypes.guess_type(str(body.get("fileName") or body.get("media") or ""))[0]
    return guessed or body.get("mimetype") or _DEFAULT_MIME[kind]
