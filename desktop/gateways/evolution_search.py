"""Finds the message of a doubtful attempt in Evolution's store. Sends nothing.

The rule: `Found` and `Absent` are claims that a message is or is not sent again because of; everything less than proof
is `NotProvable`. How absence is proved (gateways.md §7.E):

1. by the id that we chose, where the server took it (2.4 and up);
2. by the person: own messages to any form of the phone, with equal text, since the attempt;
3. by the hour: all own messages around the attempt, for those filed under an `@lid` that shows no number;
4. if none: the attempt is old enough that no request of it can still be under way, and the server has just shown that
   it stores messages.

Filters are applied again on our side: the server ignores some of them, depending on its version.
"""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from desktop.domain.outcome import Absent, ErrorClass, Found, NotProvable, Rejected, Verdict
from desktop.engine.ports import Doubt
from desktop.gateways.evolution_records import StoredMessage, fields_of, items_of, stored_message
from desktop.gateways.http import Answer, HttpClient, json_body
from desktop.gateways.jids import USER_SERVER, forms, is_lid, number_of
from desktop.gateways.outcome import evolution_outcome

log = logging.getLogger(__name__)

SEARCH_S = 30.0
PAGE_SIZE = 50
MAX_PAGES = 20
KEPT_IDS = 5_000

# How far the server's idea of a message's time may be from ours, with and without a `Date` header to compare clocks by.
CLOCK_MARGIN = timedelta(minutes=2)
BLIND_MARGIN = timedelta(minutes=15)
# An equal text to the same person before the attempt: another campaign's, or ours and a clock was set. Nobody can tell.
SAME_TEXT_BEFORE = timedelta(hours=24)
AROUND = timedelta(minutes=15)
STORE_PROOF_AGE = timedelta(days=7)
STORE_PROOF_PATIENCE = timedelta(minutes=10)
# An own message is stored before its answer, but the query that finds it may be answered by a lagging replica.
KNOWN_ID_AGE = timedelta(seconds=60)

ResolveNumber = Callable[[str], Awaitable[Sequence[str]]]
"""From a phone to the addresses (jid, lid) that the gateway knows for it; empty when it cannot tell."""


@dataclass(frozen=True, slots=True)
class _Page:
    messages: tuple[StoredMessage, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class _Look:
    """One search: the doubt, when it began by the server's clock, and how far that may be off."""

    doubt: Doubt
    started_at: datetime
    margin: timedelta


class MessageSearch:
    """Looks for messages of one instance."""

    def __init__(self, http: HttpClient, instance_name: str, resolve: ResolveNumber, absent_after: timedelta) -> None:
        """Prepare.

        Args:
            absent_after: how long after its start an attempt may still leave the server. A send waits for up to three
                queries to WhatsApp of 60 s each, so less than three minutes is for practice and tests.
        """
        self._http = http
        self._name = instance_name
        self._resolve = resolve
        self._absent_after = absent_after
        self._accepted: OrderedDict[str, datetime] = OrderedDict()
        self._server_time: datetime | None = None  # at the last answer

    def note_accepted(self, message_id: str, at: datetime) -> None:
        """Remember an id that was answered: it belongs to that attempt and to no doubtful one."""
        self._accepted[message_id] = at
        if len(self._accepted) > KEPT_IDS:
            self._accepted.popitem(last=False)

    async def find(self, doubt: Doubt, now: datetime) -> Verdict:
        """Decide what became of the attempt."""
        for message_id in dict.fromkeys(filter(None, (doubt.message_id, doubt.client_ref))):
            by_id = await self._by_id(message_id)
            if by_id is not None:
                return by_id
        look = self._look(doubt, now)
        for search in (self._by_person, self._by_hour):
            verdict = await search(look)
            if verdict is not None:
                return verdict
        if now - doubt.started_at < self._absent_after:
            return NotProvable("too_early")
        return await self._unless_not_stored(look, now)

    def _look(self, doubt: Doubt, now: datetime) -> _Look:
        if self._server_time is None:
            return _Look(doubt, doubt.started_at, BLIND_MARGIN)
        return _Look(doubt, doubt.started_at + (self._server_time - now), CLOCK_MARGIN)

    async def _by_id(self, message_id: str) -> Found | NotProvable | None:
        page = await self._page({"key": {"id": message_id}}, 1)
        if isinstance(page, NotProvable):
            return page
        same = [message for message in page.messages if message.message_id == message_id and message.from_me]
        return _found(same[0]) if same else None

    async def _by_person(self, look: _Look) -> Verdict | None:
        known = [look.doubt.address] if look.doubt.address else []
        addresses = dict.fromkeys([*known, *(form + USER_SERVER for form in forms(look.doubt.phone))])
        messages: dict[str, StoredMessage] = {}
        for address in addresses:
            # Both members, or 2.3.7 takes the missing one as "any" and answers with everything.
            found = await self._pages({"key": {"fromMe": True, "remoteJid": address, "remoteJidAlt": address}}, look)
            if isinstance(found, NotProvable):
                return found
            messages |= {message.message_id: message for message in found}
        return self._judge([message for message in messages.values() if _is_to(message, look.doubt)], look)

    async def _by_hour(self, look: _Look) -> Verdict | None:
        span = {"gte": _iso(look.started_at - AROUND), "lte": _iso(look.started_at + AROUND)}
        found = await self._pages({"key": {"fromMe": True}, "messageTimestamp": span}, look)
        if isinstance(found, NotProvable):
            return found
        same_text = [message for message in found if self._may_be_ours(message, look.doubt)]
        direct = [message for message in same_text if _is_to(message, look.doubt)]
        if direct:
            return self._judge(direct, look)
        hidden = [message for message in same_text if _hides_the_phone(message)]
        if not hidden:
            return None
        resolved = set(await self._resolve(look.doubt.phone))
        if not any(map(is_lid, resolved)):
            return NotProvable("ambiguous")
        return self._judge([message for message in hidden if resolved.intersection(message.addresses)], look)

    def _judge(self, messages: Sequence[StoredMessage], look: _Look) -> Found | NotProvable | None:
        candidates = [message for message in messages if self._may_be_ours(message, look.doubt)]
        since = (look.started_at - look.margin).timestamp()
        timely = [message for message in candidates if message.at is None or message.at >= since]
        if len(timely) == 1 and timely[0].digest == look.doubt.text_digest:
            return _found(timely[0])
        before = since - SAME_TEXT_BEFORE.total_seconds()
        if timely or any(message.at is not None and message.at >= before for message in candidates):
            return NotProvable("ambiguous")
        return None

    def _may_be_ours(self, message: StoredMessage, doubt: Doubt) -> bool:
        """Tell whether the content is that of the attempt, or (a file without caption) could be."""
        if not message.from_me or message.message_id in self._accepted:
            return False
        return message.text is None or message.digest == doubt.text_digest

    async def _unless_not_stored(self, look: _Look, now: datetime) -> Absent | NotProvable:
        known = [message_id for message_id, at in self._accepted.items() if now - at >= KNOWN_ID_AGE]
        if known:
            shown = await self._by_id(known[-1])
            if isinstance(shown, NotProvable):
                return shown
            return Absent() if shown is not None else NotProvable("not_stored")
        page = await self._page({}, 1, size=1)
        if isinstance(page, NotProvable):
            return page
        # Inbound messages prove it as well: one setting governs both.
        oldest = (look.started_at - STORE_PROOF_AGE).timestamp()
        if any(message.at is not None and message.at >= oldest for message in page.messages):
            return Absent()
        # Nothing recent is stored. The next message that leaves will show whether that means anything: wait for it.
        return NotProvable("too_early" if now - look.doubt.since < STORE_PROOF_PATIENCE else "not_stored")

    async def _pages(self, where: Mapping[str, object], look: _Look) -> list[StoredMessage] | NotProvable:
        """Read page after page, newest first, until everything is older than what could matter."""
        oldest = (look.started_at - look.margin - SAME_TEXT_BEFORE).timestamp()
        messages: list[StoredMessage] = []
        for number in range(1, MAX_PAGES + 1):
            page = await self._page(where, number)
            if isinstance(page, NotProvable):
                return page
            messages += page.messages
            is_past = bool(page.messages) and all(m.at is not None and m.at < oldest for m in page.messages)
            if not page.has_more or is_past:
                return messages
        return NotProvable("ambiguous")

    async def _page(self, where: Mapping[str, object], number: int, size: int = PAGE_SIZE) -> _Page | NotProvable:
        body = json_body({"where": where, "page": number, "offset": size})
        answer = await self._http.post("chat", "findMessages", self._name, body=body, timeout_s=SEARCH_S)
        if not isinstance(answer, Answer):
            return NotProvable("garbage_answer" if answer.code == "garbage_answer" else "unreachable")
        if answer.status >= 300:
            return not_provable(answer)
        box = fields_of(fields_of(answer.json).get("messages"))
        if not isinstance(box.get("records"), list):
            return NotProvable("garbage_answer")
        records = items_of(box.get("records"))
        read = [stored_message(record) for record in records]
        if any(message is None for message in read):
            return NotProvable("garbage_answer")  # what cannot be read might be the one
        pages = box.get("pages")
        has_more = pages > number if isinstance(pages, int) else len(records) >= size
        self._server_time = server_time(answer)
        return _Page(tuple(message for message in read if message is not None), has_more)


def not_provable(answer: Answer) -> NotProvable:
    """Say why a question was answered with an error."""
    outcome = evolution_outcome(answer)
    if isinstance(outcome, Rejected) and outcome.error_class is ErrorClass.ACCOUNT_STOP:
        return NotProvable("unauthorised" if outcome.code in ("unauthorised", "forbidden") else outcome.code)
    return NotProvable("unreachable" if answer.status == 429 or answer.status >= 500 else "garbage_answer")


def server_time(answer: Answer) -> datetime | None:
    """Return the server's clock at the time of its answer."""
    try:
        moment = parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_to(message: StoredMessage, doubt: Doubt) -> bool:
    if doubt.address is not None and doubt.address in message.addresses:
        return True
    wanted = forms(doubt.phone)
    return any(number_of(address) in wanted for address in message.addresses)


def _hides_the_phone(message: StoredMessage) -> bool:
    has_number = any(number_of(address) for address in message.addresses)
    return not has_number and any(map(is_lid, message.addresses))


def _found(message: StoredMessage) -> Found:
    status = message.status.value if message.status is not None else None
    return Found(message.message_id, message.addresses[0] if message.addresses else None, status)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
