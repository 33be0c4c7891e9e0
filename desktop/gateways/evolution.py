"""Client of one instance of an Evolution API v2 server. Never raises for what the server answers or fails to answer."""

import asyncio
import logging
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from mimetypes import guess_type
from pathlib import Path

from desktop.domain.campaign import Media
from desktop.domain.identity import phone_in
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState
from desktop.domain.numbers import NUMBERS_AT_ONCE, NumberCheck
from desktop.domain.outcome import Accepted, ErrorClass, Outcome, Rejected, Unknown, Verdict
from desktop.domain.receipt import Inbound, Receipt, Reply
from desktop.engine.ports import Clock, Doubt, InstanceStatus, OutgoingMessage, PairingCode, Unconfirmed
from desktop.gateways.evolution_admin import EvolutionAdmin
from desktop.gateways.evolution_hub import EvolutionHub
from desktop.gateways.evolution_missed import missed_replies
from desktop.gateways.evolution_records import Fields, fields_of, items_of, receipt_kind, text_of
from desktop.gateways.evolution_states import status_of
from desktop.gateways.evolution_store import EvolutionStore
from desktop.gateways.http import MEDIA_S, STATE_S, TEXT_S, json_body, json_of
from desktop.gateways.jids import LID_SERVER, USER_SERVER, digits
from desktop.gateways.message_search import MessageSearch
from desktop.gateways.outcome import evolution_outcome

log = logging.getLogger(__name__)

CHECK_S = 60.0

# For how long the server may still send what it was asked for. Before the socket's send it makes up to three queries to
# WhatsApp (is the number there, its devices, their keys), each of which may be answered after up to 60 s. Source:
# whatsapp.baileys.service.ts and Baileys' `defaultQueryTimeoutMs`; gateways.md §7.E says about a minute, of a fast one.
ABSENT_AFTER = timedelta(seconds=200)


# The server holds the request for the whole delay, which must stay far below the time-out. Source: gateways.md §3.E.
FEWEST_TYPING_MS, TYPING_MS_PER_CHARACTER, LONGEST_TYPING_MS = 800, 15, 3_000


class EvolutionClient:
    """Implements `GatewayClient`."""

    def __init__(
        self,
        hub: EvolutionHub,
        instance_id: InstanceId,
        remote_name: str,
        clock: Clock,
        *,
        absent_after: timedelta = ABSENT_AFTER,
        link_preview: bool = True,
        shows_typing: bool = False,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            hub: connection to the server, shared with its other instances; released by `close`.
            remote_name: the instance's name at the server.
            absent_after: see `MessageSearch`; shorter only for practice and tests.
            link_preview: let WhatsApp show a preview of the first link in a text.
            shows_typing: show "typing…" for a moment before a text; the server holds the request meanwhile.
        """
        self._link_preview, self._shows_typing = link_preview, shows_typing
        self._hub = hub.retain()
        self._http = hub.http
        self._id = instance_id
        self._name = remote_name
        self._clock = clock
        self._search = MessageSearch(EvolutionStore(hub.http, remote_name, self._addresses), absent_after)
        self._takes_our_ids = True  # until the server shows that it makes its own
        self._is_closed = False

    async def send(self, message: OutgoingMessage) -> Outcome:
        """Send a text or a file. The request leaves at most once."""
        try:
            operation, body = await self._request_body(message)
        except OSError:
            return Rejected(ErrorClass.MEDIA_FAULT, "media_unreadable", Path(_media(message).path).name)
        has_media = message.media is not None
        timeout_s = MEDIA_S if has_media else TEXT_S
        answer = await self._http.post("message", operation, self._name, body=body, timeout_s=timeout_s)
        outcome = evolution_outcome(answer, has_media=has_media, hide=(message.text, self._hub.key))
        if isinstance(outcome, Accepted):
            self._search.note_accepted(outcome.message_id, self._clock.now())
            # Servers before 2.4, and the channels that are not Baileys, ignore the id without a word.
            self._takes_our_ids = outcome.message_id == message.client_ref
        elif isinstance(outcome, Unknown):
            log.info("%s: answer of a send is not known: %s %s", self._name, outcome.code, outcome.http_status)
        return outcome

    async def _request_body(self, message: OutgoingMessage) -> tuple[str, bytes]:
        fields: dict[str, object] = {"number": _number(message)}
        if self._takes_our_ids:
            fields["messageId"] = message.client_ref
        if message.media is None:
            return "sendText", json_body(fields | self._text_fields(message.text))
        # Reading and encoding a file of megabytes would block the window.
        return "sendMedia", await asyncio.to_thread(_media_body, fields, message.media, message.text)

    def _text_fields(self, text: str) -> dict[str, object]:
        fields: dict[str, object] = {"text": text}
        if not self._link_preview:
            fields["linkPreview"] = False
        if self._shows_typing:
            fields["delay"] = min(LONGEST_TYPING_MS, FEWEST_TYPING_MS + TYPING_MS_PER_CHARACTER * len(text))
        return fields

    async def status(self) -> InstanceStatus | None:
        """Return the state; None when the server cannot be reached or does not answer like one."""
        answer = await self._http.explained(await self._http.get("instance", "connectionState", self._name))
        status = status_of(answer)
        if status is None or status.state in (ConnectionState.MISSING, ConnectionState.UNAUTHORISED):
            return status
        row = await self._row()
        return status_of(answer, row) if row else status

    async def _row(self) -> Fields:
        answer = await self._http.get("instance", "fetchInstances", params={"instanceName": self._name})
        rows = items_of(json_of(answer))
        mine = [row for row in map(fields_of, rows) if row.get("name") == self._name]
        return mine[0] if mine else fields_of(None)

    async def connect(self) -> PairingCode | None:
        """Start pairing and return what to scan. None: it did not work."""
        pairing = await EvolutionAdmin(self._http, self._hub.key, self._clock).connect(self._name)
        return pairing if isinstance(pairing, PairingCode) else None

    async def check_numbers(self, phones: Sequence[str]) -> Mapping[str, NumberCheck]:
        """Ask which phones are on WhatsApp. What the server did not answer for is missing from the result."""
        checks: dict[str, NumberCheck] = {}
        by_number = {digits(phone): phone for phone in phones}
        numbers = list(by_number)
        for start in range(0, len(numbers), NUMBERS_AT_ONCE):
            body = json_body({"numbers": numbers[start : start + NUMBERS_AT_ONCE]})
            answer = await self._http.post("chat", "whatsappNumbers", self._name, body=body, timeout_s=CHECK_S)
            rows = items_of(json_of(answer))
            for row in map(fields_of, rows):
                phone = by_number.get(str(row.get("number")))
                if phone is not None and isinstance(row.get("exists"), bool):
                    lid = text_of(row.get("lid"))
                    checks[phone] = NumberCheck(row.get("exists") is True, text_of(row.get("jid")), lid)
        return checks

    async def _addresses(self, phone: str) -> Sequence[str]:
        check = (await self.check_numbers([phone])).get(phone)
        return [address for address in (check.address, check.lid) if address] if check else []

    async def find(self, doubt: Doubt, now: datetime) -> Verdict:
        """Look for the message of a doubtful attempt."""
        return await self._search.find(doubt, now)

    async def poll_receipt(self, unconfirmed: Unconfirmed, now: datetime) -> Sequence[Receipt]:
        """Ask for the statuses of one message; empty when there are none or nobody answers."""
        body = json_body({"where": {"id": unconfirmed.message_id}})
        answer = await self._http.post("chat", "findStatusMessage", self._name, body=body, timeout_s=STATE_S)
        rows = items_of(json_of(answer))
        mine = [row for row in map(fields_of, rows) if row.get("keyId") == unconfirmed.message_id]
        kinds = dict.fromkeys(filter(None, (receipt_kind(row.get("status")) for row in mine)))
        return [Receipt(self._id, unconfirmed.message_id, kind, now) for kind in kinds]

    async def missed_replies(self, since: datetime, now: datetime) -> Sequence[Reply] | None:
        """Ask for what people wrote since then; empty where the server stores no messages."""
        return await missed_replies(self._http, self._name, self._id, since, now)

    async def listen(self, deliver: Callable[[Sequence[Inbound]], None]) -> None:
        """Deliver receipts, replies and states until cancelled."""
        await self._hub.listen(self._id, self._name, deliver)

    async def close(self) -> None:
        """Give the connection back; the last of its users closes it."""
        if not self._is_closed:
            self._is_closed = True
            await self._hub.release()


def _number(message: OutgoingMessage) -> str:
    """Return the address as Evolution takes it: what another gateway has returned may be none, as Meta's user id."""
    known = message.address
    if known is not None and known.endswith((USER_SERVER, LID_SERVER)):
        return known
    shown = phone_in(known) if known is not None else None
    return digits(shown or message.phone)


def _media(message: OutgoingMessage) -> Media:
    assert message.media is not None
    return message.media


def _media_body(fields: Mapping[str, object], media: Media, text: str) -> bytes:
    """Encode a local file. The server derives the type from the name's extension, so a name is always sent."""
    path = Path(media.path)
    mimetype, _ = guess_type(path.name)
    extra: dict[str, object] = {
        "mediatype": media.kind,
        "media": b64encode(path.read_bytes()).decode("ascii"),
        "fileName": path.name,
    }
    if mimetype is not None:
        extra["mimetype"] = mimetype
    if text:
        extra["caption"] = text
    return json_body({**fields, **extra})
