"""Files for the Cloud API: uploaded once, then named by an id that lives for thirty days."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from mimetypes import guess_type
from pathlib import Path

from desktop.domain.campaign import Media
from desktop.domain.outcome import ErrorClass, NotSent, Rejected, Unknown
from desktop.engine.ports import Clock, MediaIds
from desktop.gateways.cloud_outcome import cloud_outcome, error_of
from desktop.gateways.evolution_records import fields_of, text_of
from desktop.gateways.form import form_body
from desktop.gateways.http import MEDIA_S, Answer, HttpClient

# Meta keeps an upload for 30 days; a day less, so that none ends under way. Source: gateways.md §3.C.
KEPT = timedelta(days=29)
MB = 1024 * 1024
LARGEST_BYTES = {"image": 5 * MB, "video": 16 * MB, "audio": 16 * MB, "document": 100 * MB}


class CloudMedia:
    """The uploads of one number. Many messages that need the same file wait for one upload of it."""

    def __init__(self, http: HttpClient, phone_id: str, known: MediaIds, clock: Clock, hide: Sequence[str]) -> None:
        self._http, self._phone_id, self._known, self._clock = http, phone_id, known, clock
        self._hide = hide
        self._digests: dict[tuple[str, int, int], str] = {}
        self._ids: dict[str, tuple[str, float]] = {}  # by digest: id, and the monotonic time until which it is used
        self._lock = asyncio.Lock()

    async def id_of(self, media: Media) -> str | Rejected | NotSent:
        """Return the id to send for a local file, uploading it when none is known. Nothing is sent to anybody yet."""
        path = Path(media.path)
        async with self._lock:
            try:
                digest = await self._digest(path, media.kind)
            except OSError:
                return Rejected(ErrorClass.MEDIA_FAULT, "media_unreadable", path.name)
            if digest is None:
                return Rejected(ErrorClass.MEDIA_FAULT, "too_large", path.name)
            found = self._ids.get(digest)
            if found is not None and found[1] > self._clock.monotonic():
                return found[0]
            kept = await self._known.media_id(self._phone_id, digest, self._clock.now())
            if kept is None:
                answered = await self._upload(path)
                if not isinstance(answered, str):
                    return answered
                kept = answered
                await self._known.keep_media_id(self._phone_id, digest, kept, self._clock.now() + KEPT)
            # An hour, then the table is asked again: it knows when the id ends.
            self._ids[digest] = kept, self._clock.monotonic() + 3600.0
            return kept

    async def forget(self, media: Media, refused_id: str) -> None:
        """Upload the file anew the next time: Meta refused its id, which may have gone before its day."""
        path = Path(media.path)
        async with self._lock:
            try:
                digest = await self._digest(path, media.kind)
            except OSError:
                return
            # Others that were under way with it may have had it uploaded anew already.
            if digest is not None and self._ids.get(digest, ("", 0.0))[0] == refused_id:
                del self._ids[digest]
                await self._known.keep_media_id(self._phone_id, digest, refused_id, self._clock.now())

    async def _digest(self, path: Path, kind: str) -> str | None:
        """Return the SHA-256 of the file as it is now; None when it is larger than Meta takes."""
        about = await asyncio.to_thread(path.stat)
        if about.st_size > LARGEST_BYTES[kind]:
            return None
        key = (str(path), about.st_mtime_ns, about.st_size)
        if key not in self._digests:
            data = await asyncio.to_thread(path.read_bytes)
            self._digests[key] = hashlib.sha256(data).hexdigest()
        return self._digests[key]

    async def _upload(self, path: Path) -> str | Rejected | NotSent:
        mimetype = guess_type(path.name)[0] or "application/octet-stream"
        fields = {"messaging_product": "whatsapp", "type": mimetype}
        try:
            data = await asyncio.to_thread(path.read_bytes)
        except OSError:
            return Rejected(ErrorClass.MEDIA_FAULT, "media_unreadable", path.name)
        body, content_type = await asyncio.to_thread(form_body, fields, path.name, mimetype, data)
        answer = await self._http.upload(
            self._phone_id, "media", body=body, content_type=content_type, timeout_s=MEDIA_S
        )
        if isinstance(answer, Answer) and answer.status < 300 and error_of(answer) is None:
            media_id = text_of(fields_of(answer.json).get("id"))
            if media_id is not None:
                return media_id
        outcome = cloud_outcome(answer, hide=self._hide)
        if isinstance(outcome, NotSent):
            return outcome
        if isinstance(outcome, Rejected):
            is_content = outcome.error_class in (ErrorClass.TEMPLATE_FAULT, ErrorClass.RECIPIENT_PERMANENT)
            if not is_content:
                return outcome
            return Rejected(ErrorClass.MEDIA_FAULT, "media_rejected", outcome.text, outcome.http_status)
        # Whatever became of the upload: no message has been sent, so trying again doubles nothing.
        status = outcome.http_status if isinstance(outcome, Unknown) else None
        return Rejected(ErrorClass.TRANSIENT, "media_upload", "", status)
