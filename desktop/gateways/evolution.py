"""Client of one instance of an Evolution API v2 server. Never raises for what the server answers or fails to answer."""

import asyncio
import logging
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from mimetypes import guess_type
from pathlib import Path

from desktop.domain.campaign import Media
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState
from desktop.domain.numbers import NUMBERS_AT_ONCE, NumberCheck
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Outcome, Rejected, Unknown, Verdict
from desktop.domain.receipt import Inbound, Receipt
from desktop.engine.ports import Clock, Doubt, InstanceStatus, OutgoingMessage, PairingCode, Unconfirmed
from desktop.gateways.evolution_hub import EvolutionHub
from desktop.gateways.evolution_records import Fields, fields_of, items_of, receipt_kind, text_of
from desktop.gateways.evolution_states import status_of
from desktop.gateways.evolution_store import EvolutionStore
from desktop.gateways.http import MEDIA_S, STATE_S, TEXT_S, Answer, json_body, json_of
from desktop.gateways.jids import digits
from desktop.gateways.message_search import MessageSearch
from desktop.gateways.outcome import evolution_outcome
from desktop.gateways.redact import redact

log = logging.getLogger(__name__)

CONNECT_S = 40.0  # the server waits for a first QR code before it answers
CHECK_S = 60.0
QR_TRIES = 6
QR_PAUSE_S = 2.5  # Source: gateways.md §2.E, poll every 2–3 s

# How long after its start an attempt may still leave the server. Source: gateways.md §7.E (about a minute); the half
# minute on top is for a server that waits out one of its queries to WhatsApp (60 s) before it sends.
ABSENT_AFTER = timedelta(seconds=90)


class EvolutionClient:
    """Implements `GatewayClient`; the lifecycle calls beyond it return None when done, else a code."""

    def __init__(
        self,
        hub: EvolutionHub,
        instance_id: InstanceId,
        remote_name: str,
        clock: Clock,
        *,
        absent_after: timedelta = ABSENT_AFTER,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            hub: connection to the server, shared with its other instances; released by `close`.
            remote_name: the instance's name at the server.
            absent_after: see `MessageSearch`; shorter only for practice and tests.
        """
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
        fields: dict[str, object] = {"number": message.address or digits(message.phone)}
        if self._takes_our_ids:
            fields["messageId"] = message.client_ref
        if message.media is None:
            return "sendText", json_body(fields | {"text": message.text})
        # Reading and encoding a file of megabytes would block the window.
        return "sendMedia", await asyncio.to_thread(_media_body, fields, message.media, message.text)

    async def status(self) -> InstanceStatus | None:
        """Return the state; None when the server cannot be reached or does not answer like one."""
        answer = await self._http.get("instance", "connectionState", self._name)
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
        """Start pairing and return what to scan; asks again while the server has no code yet. None: it did not work."""
        for tries_left in range(QR_TRIES - 1, -1, -1):
            answer = await self._http.get("instance", "connect", self._name, timeout_s=CONNECT_S)
            pairing = pairing_code(answer)
            if pairing is not None or self._failed("connect", answer) is not None:
                return pairing
            if tries_left:
                await self._clock.sleep(QR_PAUSE_S)
        return None

    async def restart(self) -> str | None:
        """Restart the instance's connection to WhatsApp."""
        return self._failed("restart", await self._http.post("instance", "restart", self._name, body=b"", timeout_s=40))

    async def logout(self) -> str | None:
        """Unpair the phone. One that is not paired counts as done."""
        code = self._failed("logout", await self._http.delete("instance", "logout", self._name))
        return None if code == "not_connected" else code

    async def delete(self) -> str | None:
        """Remove the instance from the server, with the messages that it stores."""
        return self._failed("delete", await self._http.delete("instance", "delete", self._name))

    async def create(self, *, with_qr: bool = True) -> PairingCode | str | None:
        """Create the instance at the server. Return what to scan if it was asked for, a code on failure."""
        fields = {"instanceName": self._name, "integration": "WHATSAPP-BAILEYS", "qrcode": with_qr}
        answer = await self._http.post("instance", "create", body=json_body(fields), timeout_s=CHECK_S)
        if isinstance(answer, Answer) and answer.status == 403:
            return "name_taken"
        if (code := self._failed("create", answer)) is not None:
            return code
        return _pairing_of(fields_of(fields_of(json_of(answer)).get("qrcode")))

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

    async def listen(self, deliver: Callable[[Sequence[Inbound]], None]) -> None:
        """Deliver receipts, replies and states until cancelled."""
        await self._hub.listen(self._id, self._name, deliver)

    async def close(self) -> None:
        """Give the connection back; the last of its users closes it."""
        if not self._is_closed:
            self._is_closed = True
            await self._hub.release()

    def _failed(self, what: str, answer: Answer | NotSent | Unknown) -> str | None:
        """Return why a lifecycle call did not work, or None. Evolution reports some failures with status 200."""
        if isinstance(answer, Answer) and answer.status < 300:
            if fields_of(answer.json).get("error") is not True:
                return None
            log.info("%s: %s failed: %s", self._name, what, redact(answer.json))
            return "gateway_error"
        outcome = evolution_outcome(answer, hide=(self._hub.key,))
        assert not isinstance(outcome, Accepted)
        log.info("%s: %s failed: %s %s", self._name, what, outcome.code, outcome.text)
        return outcome.code


def pairing_code(answer: Answer | NotSent | Unknown) -> PairingCode | None:
    """Read the answer of connect; None when it holds neither a code nor an open connection."""
    if not isinstance(answer, Answer) or answer.status >= 300:
        return None
    fields = fields_of(answer.json)
    if fields_of(fields.get("instance")).get("state") == "open":
        return PairingCode(None, already_connected=True)
    return _pairing_of(fields)


def _pairing_of(fields: Fields) -> PairingCode | None:
    qr_text, code = text_of(fields.get("code")), text_of(fields.get("pairingCode"))
    return PairingCode(qr_text, code) if qr_text or code else None


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
