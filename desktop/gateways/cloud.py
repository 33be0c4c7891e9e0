"""Client of one number of Meta's WhatsApp Cloud API. Never raises for what the server answers or fails to answer.

The API tells nothing of its own accord: what comes back arrives at the webhook receiver, or is asked for one message at
a time where the account may. It has no look-up of a lost send either: only a status that carries our tag proves one.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState
from desktop.domain.outcome import ErrorClass, NotProvable, NotSent, Outcome, Rejected, Unknown, Verdict
from desktop.domain.receipt import Inbound, Receipt, Reply
from desktop.domain.template import MessageTemplate, NumberFacts
from desktop.engine.ports import (
    Clock,
    Doubt,
    InstanceStatus,
    MediaIds,
    NumberCheck,
    OutgoingMessage,
    PairingCode,
    Unconfirmed,
)
from desktop.gateways import client_certificate
from desktop.gateways.cloud_body import message_body
from desktop.gateways.cloud_media import CloudMedia
from desktop.gateways.cloud_outcome import cloud_outcome, rest_s
from desktop.gateways.cloud_reading import (
    BASIC_FIELDS,
    NEWER_FIELDS,
    OLDER_LIMIT,
    TEMPLATE_FIELDS,
    history_kinds,
    next_page,
    number_facts,
    number_state,
    shown_phone,
    template_of,
)
from desktop.gateways.evolution_records import Fields, fields_of, items_of, text_of
from desktop.gateways.http import TEXT_S, Answer, HttpClient, json_body, json_of
from desktop.gateways.trust import clean_base_url

log = logging.getLogger(__name__)

DEFAULT_VERSION = "v25.0"
# How long a status that proves a lost send may take to come. Source: gateways.md §7.C (seconds, then minutes).
RECEIPT_WAIT = timedelta(minutes=5)
THROTTLED_S = 3600.0  # Source: gateways.md §5.C, codes 4 and 80007
STATUS_REST_S = 300.0  # how long a number is at most not asked about when questions are too many
PAGE = 100
MOST_PAGES = 100
HISTORY_FIELDS = "id,message_id,events{delivery_status,timestamp}"
_VERSION = re.compile(r"/v\d+\.\d+$")
_MISSING = frozenset({"instance_missing", "not_cloud", "redirected"})
_OF_CONTENT = frozenset({ErrorClass.MEDIA_FAULT, ErrorClass.TEMPLATE_FAULT})  # either is said of an id that is gone


def graph_url(base_url: str, version: str) -> str:
    """Return the address with the version of the API; one that stands in the address already wins.

    Raises:
        KnownError: `bad_url`.
    """
    cleaned = clean_base_url(base_url)
    return cleaned if _VERSION.search(cleaned) else f"{cleaned}/{version}"


class CloudClient:
    """Implements `GatewayClient` and `ProviderClient`."""

    def __init__(
        self,
        http: HttpClient,
        instance_id: InstanceId,
        phone_id: str,
        waba_id: str,
        token: str,
        clock: Clock,
        media_ids: MediaIds,
        *,
        receipt_wait: timedelta = RECEIPT_WAIT,
        link_preview: bool = True,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            http: connection to the Graph API, version included; closed by `close`.
            receipt_wait: how long a doubt waits for a webhook before it counts as not provable.
        """
        self._link_preview = link_preview
        self._http, self._id, self._phone_id, self._waba_id = http, instance_id, phone_id, waba_id
        self._token, self._clock, self._receipt_wait = token, clock, receipt_wait
        self._media = CloudMedia(http, phone_id, media_ids, clock, (token,))
        self._ask_again_at: datetime | None = None
        self._may_ask_history = True
        self._status_again_s = 0.0  # monotonic
        self._known_status = InstanceStatus(ConnectionState.CONNECTED)  # until it is known: the first message shows

    async def send(self, message: OutgoingMessage) -> Outcome:
        """Send a text, a file or a template. The request leaves at most once."""
        media_id: str | None = None
        if message.media is not None:
            found = await self._media.id_of(message.media)
            if not isinstance(found, str):
                return found
            media_id = found
        body = json_body(message_body(message, media_id, link_preview=self._link_preview))
        answer = await self._http.post(self._phone_id, "messages", body=body, timeout_s=TEXT_S)
        outcome = cloud_outcome(answer, hide=(message.text, self._token))
        if message.media and media_id and isinstance(outcome, Rejected) and outcome.error_class in _OF_CONTENT:
            await self._media.forget(message.media, media_id)
        if isinstance(outcome, Unknown):
            log.info("%s: answer of a send is not known: %s %s", self._phone_id, outcome.code, outcome.http_status)
        return outcome

    async def status(self) -> InstanceStatus | None:
        """Return the state of the number; None when the API cannot be reached or does not answer like one.

        Questions have a limit of their own, and messages another: a number that may not be asked about for a while is
        as it was, and goes on sending.
        """
        if self._clock.monotonic() < self._status_again_s:
            return self._known_status
        answer = await self._http.explained(await self._http.get(self._phone_id, params={"fields": BASIC_FIELDS}))
        status = self._status_of(answer)
        if status is not None:
            self._known_status = status
            return status
        outcome = cloud_outcome(answer)
        if not isinstance(outcome, Rejected) or outcome.error_class is not ErrorClass.THROTTLE:
            return None
        self._status_again_s = self._clock.monotonic() + min(outcome.retry_after_s or STATUS_REST_S, STATUS_REST_S)
        log.info("%s: the state cannot be asked for now (%s)", self._phone_id, outcome.code)
        return self._known_status

    def _status_of(self, answer: Answer | NotSent | Unknown) -> InstanceStatus | None:
        row = fields_of(json_of(answer))
        if row.get("id") is not None:
            state = number_state(row)
            word = None if state is ConnectionState.CONNECTED else (text_of(row.get("status")) or "unknown").lower()
            return InstanceStatus(state, shown_phone(row), word)
        outcome = cloud_outcome(answer, hide=(self._token,))
        if isinstance(outcome, Rejected) and outcome.error_class is ErrorClass.ACCOUNT_STOP:
            state = ConnectionState.MISSING if outcome.code in _MISSING else ConnectionState.UNAUTHORISED
            return InstanceStatus(state, reason=outcome.code)
        if isinstance(outcome, NotSent) and outcome.code in client_certificate.CODES:
            return InstanceStatus(ConnectionState.UNAUTHORISED, reason=outcome.code)
        return None

    async def facts(self) -> NumberFacts | str:
        """Ask what Meta says of the number: first what has always been there, then the newer fields."""
        answer = await self._http.get(self._phone_id, params={"fields": BASIC_FIELDS})
        basic = fields_of(json_of(answer))
        if basic.get("id") is None:
            return self._code(answer)
        newer = await self._fields(NEWER_FIELDS) or await self._fields(OLDER_LIMIT)
        return number_facts(basic, newer)

    async def _fields(self, names: str) -> Fields:
        return fields_of(json_of(await self._http.get(self._phone_id, params={"fields": names})))

    async def templates(self) -> Sequence[MessageTemplate] | str:
        """Read the account's whole list of templates."""
        found: list[MessageTemplate] = []
        params = {"fields": TEMPLATE_FIELDS, "limit": str(PAGE)}
        for _ in range(MOST_PAGES):
            answer = await self._http.get(self._waba_id, "message_templates", params=params)
            body = json_of(answer)
            if "data" not in fields_of(body):
                return self._code(answer)
            rows = (template_of(fields_of(row), self._waba_id, self._clock.now()) for row in _rows(body))
            found.extend(row for row in rows if row is not None)
            after = next_page(body)
            if after is None:
                break
            params = params | {"after": after}
        return found

    def _code(self, answer: Answer | NotSent | Unknown) -> str:
        outcome = cloud_outcome(answer, hide=(self._token,))
        return outcome.code if isinstance(outcome, Rejected | NotSent) else "unreachable"

    async def connect(self) -> PairingCode | None:
        """There is nothing to scan: a number is registered at Meta."""
        status = await self.status()
        is_there = status is not None and status.state is ConnectionState.CONNECTED
        return PairingCode(None, already_connected=True) if is_there else None

    async def check_numbers(self, phones: Sequence[str]) -> Mapping[str, NumberCheck] | None:
        """The API has no such check."""
        return None

    async def find(self, doubt: Doubt, now: datetime) -> Verdict:
        """Wait for a status with our tag; afterwards only a person can decide. Source: gateways.md §7.C."""
        is_early = now < max(doubt.started_at, doubt.since) + self._receipt_wait
        return NotProvable("too_early" if is_early else "no_look_up")

    async def poll_receipt(self, unconfirmed: Unconfirmed, now: datetime) -> Sequence[Receipt]:
        """Ask for the statuses of one message, until the account turns out not to be allowed to."""
        if not self._may_ask_history or (self._ask_again_at is not None and now < self._ask_again_at):
            return []
        message_id = unconfirmed.message_id
        params = {"message_id": message_id, "fields": HISTORY_FIELDS, "limit": str(PAGE)}
        answer = await self._http.get(self._phone_id, "message_history", params=params)
        if isinstance(answer, Answer) and answer.status >= 300:
            outcome = cloud_outcome(answer, hide=(self._token,))
            # An unknown message is answered 422: that says nothing about what may be asked.
            if isinstance(outcome, Rejected) and outcome.error_class is ErrorClass.ACCOUNT_STOP:
                self._may_ask_history = False
                log.info("%s: receipts cannot be asked for (%s)", self._phone_id, outcome.code)
            elif isinstance(outcome, Rejected) and outcome.error_class is ErrorClass.THROTTLE:
                # The allowance is the whole account's: who asks on takes it from those who send.
                self._ask_again_at = now + timedelta(seconds=rest_s(answer) or THROTTLED_S)
            return []
        return [Receipt(self._id, message_id, kind, now) for kind in history_kinds(json_of(answer), message_id)]

    async def missed_replies(self, since: datetime, now: datetime) -> Sequence[Reply]:
        """Meta keeps no messages that could be asked for; it posts again, for days, what the receiver did not take."""
        return ()

    async def listen(self, deliver: Callable[[Sequence[Inbound]], None]) -> None:
        """Wait until cancelled: Meta tells only who has a public address, which is the webhook receiver's work."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()


def _rows(body: object) -> list[object]:
    return items_of(fields_of(body).get("data"))
