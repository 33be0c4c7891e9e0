"""Client of one session of a WAHA server. Never raises for what the server answers or fails to answer.

A send: engine and version (asked once) → the number check, which WAHA demands before a first message → the request.
What fails before the request proves that nothing has left, and is never in doubt.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from desktop.domain.ids import InstanceId
from desktop.domain.numbers import NumberCheck
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Outcome, Rejected, Unknown, Verdict
from desktop.domain.receipt import Inbound, Receipt, Reply
from desktop.engine.ports import Clock, Doubt, InstanceStatus, OutgoingMessage, PairingCode, Unconfirmed
from desktop.gateways.evolution_records import fields_of
from desktop.gateways.http import MEDIA_S, TEXT_S, Answer, json_body, json_of
from desktop.gateways.jids import digits
from desktop.gateways.message_search import MessageSearch
from desktop.gateways.waha_engine import WahaFacts
from desktop.gateways.waha_missed import missed_replies
from desktop.gateways.waha_numbers import WahaNumbers
from desktop.gateways.waha_outcome import waha_outcome
from desktop.gateways.waha_requests import media_request, text_request
from desktop.gateways.waha_server import WahaServer
from desktop.gateways.waha_sessions import WahaSessions, status_of
from desktop.gateways.waha_socket import WahaSocket
from desktop.gateways.waha_states import Brake, brake_of
from desktop.gateways.waha_store import WahaStore

log = logging.getLogger(__name__)

# For how long the server may still send what it was asked for: up to three queries to WhatsApp of 60 s each.
ABSENT_AFTER = timedelta(seconds=200)
TYPING_S_PER_CHARACTER = 0.05
LONGEST_TYPING_S = 8.0
LONGEST_REST_S = 3600.0  # then the account's health is looked at again


class WahaClient:
    """Implements `GatewayClient`."""

    def __init__(
        self,
        server: WahaServer,
        instance_id: InstanceId,
        session: str,
        clock: Clock,
        rng: Random,
        *,
        absent_after: timedelta = ABSENT_AFTER,
        link_preview: bool = True,
        shows_typing: bool = False,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            server: connection to the server, shared with its other sessions; released by `close`.
            session: the session's name at the server.
            absent_after: see `MessageSearch`; shorter only for practice and tests.
            link_preview: let WhatsApp show a preview of the first link in a text.
            shows_typing: show "typing…" for a moment before a text, in proportion to its length.
        """
        self._server = server.retain()
        self._http = server.http
        self._id = instance_id
        self._name = session
        self._clock = clock
        self._link_preview = link_preview
        self._shows_typing = shows_typing
        self._sessions = WahaSessions(server.http, server.key, clock)
        self._numbers = WahaNumbers(server.http, session, clock)
        self._store = WahaStore(server.http, session, self._numbers.addresses, self._known_facts)
        self._search = MessageSearch(self._store, absent_after)
        self._socket = WahaSocket(server.http, server.key, session, clock, rng)
        self._brake: Brake | None = None
        self._is_closed = False

    async def send(self, message: OutgoingMessage) -> Outcome:
        """Send a text or a file. The request leaves at most once."""
        if (held := self._held_back()) is not None:
            return held
        facts = await self._server.facts(self._name)
        if not isinstance(facts, WahaFacts):
            return self._not_ready(facts, "not_waha")
        address = await self._address(message)
        if not isinstance(address, str):
            return address
        try:
            operation, fields = await self._request(message, address, facts)
        except OSError:
            assert message.media is not None
            return Rejected(ErrorClass.MEDIA_FAULT, "media_unreadable", Path(message.media.path).name)
        if self._shows_typing and message.media is None:
            await self._type(address, message.text)
        return await self._post(message, address, operation, fields)

    async def _request(
        self, message: OutgoingMessage, address: str, facts: WahaFacts
    ) -> tuple[str, Mapping[str, object]]:
        head = {"session": self._name, "chatId": address}
        if message.media is None:
            own_id = message.client_ref if facts.takes_own_ids else None
            return "sendText", text_request(head, message.text, own_id, link_preview=self._link_preview)
        # Reading and encoding a file of megabytes would block the window.
        return await asyncio.to_thread(media_request, head, message.media, message.text)

    async def _post(
        self, message: OutgoingMessage, address: str, operation: str, fields: Mapping[str, object]
    ) -> Outcome:
        has_media = message.media is not None
        timeout_s = MEDIA_S if has_media else TEXT_S
        answer = await self._http.post("api", operation, body=json_body(fields), timeout_s=timeout_s)
        outcome = waha_outcome(answer, address=address, has_media=has_media, hide=(message.text, self._server.key))
        if isinstance(outcome, Accepted):
            self._search.note_accepted(outcome.message_id, self._clock.now(), address)
            self._socket.note_sent()
        elif isinstance(outcome, Unknown):
            log.info("%s: answer of a send is not known: %s %s", self._name, outcome.code, outcome.http_status)
        return outcome

    def _held_back(self) -> Rejected | None:
        """Refuse while the account may not write: trying makes it worse. Source: gateways.md §10.6."""
        brake, now = self._brake, self._clock.now().timestamp()
        if brake is None or (brake.until is not None and brake.until <= now):
            return None
        if brake.code == "account_restricted":
            return Rejected(ErrorClass.ACCOUNT_STOP, brake.code)
        rest_s = LONGEST_REST_S if brake.until is None else min(brake.until - now, LONGEST_REST_S)
        return Rejected(ErrorClass.THROTTLE, brake.code, retry_after_s=rest_s)

    async def _address(self, message: OutgoingMessage) -> str | Rejected | NotSent:
        """Return the chat id to send to: the one that a check has returned, now or earlier."""
        known = message.address
        if known is not None and known.endswith(("@c.us", "@lid")):
            return known
        check = await self._numbers.check(message.phone)
        if not isinstance(check, NumberCheck):
            return self._not_ready(check, "check_failed")
        if not check.exists:
            return Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp")
        return check.address or f"{digits(message.phone)}@c.us"

    def _not_ready(self, answer: Answer | NotSent | Unknown, code: str) -> Rejected | NotSent:
        """Judge a question that came before the message: whatever became of it, the message has not left."""
        outcome = waha_outcome(answer, hide=(self._server.key,))
        if isinstance(outcome, Rejected | NotSent):
            return outcome
        if not isinstance(answer, Answer):
            return NotSent("unreachable", answer.text)
        text = outcome.text if isinstance(outcome, Unknown) else ""
        error_class = ErrorClass.ACCOUNT_STOP if code == "not_waha" and answer.status < 500 else ErrorClass.TRANSIENT
        return Rejected(error_class, code if answer.status < 500 else "check_failed", text, answer.status)

    async def _type(self, address: str, text: str) -> None:
        body = json_body({"session": self._name, "chatId": address})
        await self._http.post("api", "startTyping", body=body)
        await self._clock.sleep(min(len(text) * TYPING_S_PER_CHARACTER, LONGEST_TYPING_S))
        await self._http.post("api", "stopTyping", body=body)

    async def status(self) -> InstanceStatus | None:
        """Return the state, and look at the account's health."""
        answer = await self._sessions.session(self._name)
        session = fields_of(json_of(answer))
        if "status" in session:
            self._server.note_engine(self._name, session)
            self._brake = brake_of(fields_of(session.get("me")))
        return status_of(answer)

    async def connect(self) -> PairingCode | None:
        """Start pairing and return what to scan. None: it did not work."""
        pairing = await self._sessions.connect(self._name)
        return pairing if isinstance(pairing, PairingCode) else None

    async def check_numbers(self, phones: Sequence[str]) -> Mapping[str, NumberCheck]:
        """Ask which phones are on WhatsApp, one by one. What the server did not answer for is missing."""
        checks: dict[str, NumberCheck] = {}
        for phone in phones:
            check = await self._numbers.check(phone)
            if isinstance(check, NumberCheck):
                checks[phone] = check
        return checks

    async def find(self, doubt: Doubt, now: datetime) -> Verdict:
        """Look for the message of a doubtful attempt: among our own events first, then in the history."""
        heard = self._socket.own_messages(doubt, self._numbers.known(doubt.phone))
        fresh = [found for found in heard if not self._search.is_accepted(found.message_id)]
        if len(fresh) == 1:
            return fresh[0]
        return await self._search.find(doubt, now)

    async def poll_receipt(self, unconfirmed: Unconfirmed, now: datetime) -> Sequence[Receipt]:
        """Ask for the state of one message; empty when there is none or nobody answers."""
        kind = await self._search.status_of(unconfirmed.message_id, unconfirmed.address)
        return [Receipt(self._id, unconfirmed.message_id, kind, now)] if kind is not None else []

    async def missed_replies(self, since: datetime, now: datetime) -> Sequence[Reply] | None:
        """Ask for what people wrote since then; empty where NOWEB keeps no history."""
        facts = await self._known_facts()
        if facts is None:
            return None
        if await self._store.keeps_nothing():
            return ()
        found = await missed_replies(self._http, self._name, facts, self._id, since, now)
        return None if found is None else await self._socket.shown(found)

    async def listen(self, deliver: Callable[[Sequence[Inbound]], None]) -> None:
        """Deliver receipts, replies and states until cancelled."""
        await self._socket.listen(self._id, deliver)

    async def close(self) -> None:
        """Give the connection back; the last of its users closes it."""
        if not self._is_closed:
            self._is_closed = True
            await self._server.release()

    async def _known_facts(self) -> WahaFacts | None:
        facts = await self._server.facts(self._name)
        return facts if isinstance(facts, WahaFacts) else None
