"""Finds the message of a doubtful attempt in what a gateway stores. Sends nothing.

The rule: `Found` and `Absent` are claims that a message is or is not sent again because of; everything less than proof
is `NotProvable`. How absence is proved (gateways.md §7.E, §7.W):

1. by the id that we chose, where the server took it;
2. by the person: own messages to any form of the phone, with equal text, since the attempt;
3. by the hour: all own messages around the attempt, for those filed under an `@lid` that shows no number;
4. if none: the request was given up long enough ago that the server cannot be sending it still, and the server has just
   shown that it stores messages.

How one gateway is asked is its `MessageStore`'s business. Whatever it filters by itself is filtered again here: servers
ignore some filters, depending on their version.
"""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

from desktop.domain.outcome import Absent, Found, NotProvable, Verdict
from desktop.domain.receipt import ReceiptKind
from desktop.engine.ports import Doubt
from desktop.gateways.evolution_records import StoredMessage
from desktop.gateways.http import Answer
from desktop.gateways.jids import forms, is_lid, number_of

log = logging.getLogger(__name__)

KEPT_IDS = 5_000
# A request that nobody waits for any more was written within this time of its attempt's start: checks and "typing…" may
# come before it, and a file may take long. After a crash the doubt itself begins later, with the next start.
LONGEST_REQUEST = timedelta(minutes=10)

# How far the server's idea of a message's time may be from ours, with and without a `Date` header to compare clocks by.
CLOCK_MARGIN = timedelta(minutes=2)
BLIND_MARGIN = timedelta(minutes=15)
# An equal text to the same person before the attempt: another campaign's, or ours and a clock was set. Nobody can tell.
SAME_TEXT_BEFORE = timedelta(hours=24)
AROUND = timedelta(minutes=15)
STORE_PROOF_AGE = timedelta(days=1)  # older: storing may have been switched off since
STORE_PROOF_PATIENCE = timedelta(minutes=10)
# An own message is stored before its answer, but the query that finds it may be answered by a lagging replica.
KNOWN_ID_AGE = timedelta(seconds=60)

Messages = Sequence[StoredMessage] | NotProvable


class MessageStore(Protocol):
    """What one gateway stores of one instance."""

    @property
    def server_time(self) -> datetime | None:
        """The server's clock at its last answer to one of these questions; None when it does not tell."""
        ...

    async def by_id(self, message_id: str, address: str | None) -> Messages:
        """Return the message with this id, or nothing. Some gateways find it only with the chat's address."""
        ...

    async def to_person(self, doubt: Doubt, oldest: float) -> Messages:
        """Return the own messages to every address of the person, back to `oldest` (epoch seconds) at least."""
        ...

    async def around(self, start: datetime, end: datetime, oldest: float) -> Messages:
        """Return all own messages of that time, whoever they went to; nothing where that cannot be asked for."""
        ...

    async def newest(self) -> Messages:
        """Return any recent message, as a proof that messages are stored at all."""
        ...

    async def resolve(self, phone: str) -> Sequence[str]:
        """Return the addresses that the gateway knows for a phone; empty when it cannot tell."""
        ...


@dataclass(frozen=True, slots=True)
class _Look:
    """One search: the doubt, when it began by the server's clock, and how far that may be off."""

    doubt: Doubt
    started_at: datetime
    margin: timedelta

    @property
    def oldest(self) -> float:
        """Epoch seconds before which nothing matters."""
        return (self.started_at - self.margin - SAME_TEXT_BEFORE).timestamp()


class MessageSearch:
    """Looks for messages of one instance."""

    def __init__(self, store: MessageStore, absent_after: timedelta) -> None:
        """Prepare.

        Args:
            absent_after: for how long a server may still send what it was asked for when nobody waits for its answer
                any more. A send waits for up to three queries to WhatsApp of 60 s each, so less than three minutes is
                for practice and tests.
        """
        self._store = store
        self._absent_after = absent_after
        self._accepted: OrderedDict[str, datetime] = OrderedDict()
        self._addresses: dict[str, str | None] = {}

    def note_accepted(self, message_id: str, at: datetime, address: str | None = None) -> None:
        """Remember an id that was answered: it belongs to that attempt and to no doubtful one."""
        self._accepted[message_id] = at
        self._addresses[message_id] = address
        if len(self._accepted) > KEPT_IDS:
            oldest, _ = self._accepted.popitem(last=False)
            del self._addresses[oldest]

    def is_accepted(self, message_id: str) -> bool:
        """Tell whether the id was answered to one of our sends."""
        return message_id in self._accepted

    async def status_of(self, message_id: str, address: str | None) -> ReceiptKind | None:
        """Return the furthest state that the gateway shows for one message; None when it shows none."""
        messages = await self._store.by_id(message_id, address)
        if isinstance(messages, NotProvable):
            return None
        return next((message.status for message in messages if message.message_id == message_id), None)

    async def find(self, doubt: Doubt, now: datetime) -> Verdict:
        """Decide what became of the attempt."""
        for message_id in dict.fromkeys(filter(None, (doubt.message_id, doubt.client_ref))):
            by_id = await self._by_id(message_id, doubt.address)
            if by_id is not None:
                return by_id
        look = self._look(doubt, now)
        for search in (self._by_person, self._by_hour):
            verdict = await search(look)
            if verdict is not None:
                return verdict
        given_up_at = min(max(doubt.since, doubt.started_at), doubt.started_at + LONGEST_REQUEST)
        if now - given_up_at < self._absent_after:
            return NotProvable("too_early")
        return await self._unless_not_stored(look, now)

    def _look(self, doubt: Doubt, now: datetime) -> _Look:
        server_time = self._store.server_time
        if server_time is None:
            return _Look(doubt, doubt.started_at, BLIND_MARGIN)
        return _Look(doubt, doubt.started_at + (server_time - now), CLOCK_MARGIN)

    async def _by_id(self, message_id: str, address: str | None) -> Found | NotProvable | None:
        messages = await self._store.by_id(message_id, address)
        if isinstance(messages, NotProvable):
            return messages
        same = [message for message in messages if message.message_id == message_id and message.from_me]
        return _found(same[0]) if same else None

    async def _by_person(self, look: _Look) -> Verdict | None:
        found = await self._store.to_person(look.doubt, look.oldest)
        if isinstance(found, NotProvable):
            return found
        messages = {message.message_id: message for message in found}
        known = await self._store.resolve(look.doubt.phone) if any(map(_hides_the_phone, found)) else ()
        return self._judge([message for message in messages.values() if _is_to(message, look.doubt, known)], look)

    async def _by_hour(self, look: _Look) -> Verdict | None:
        found = await self._store.around(look.started_at - AROUND, look.started_at + AROUND, look.oldest)
        if isinstance(found, NotProvable):
            return found
        same_text = [message for message in found if self._may_be_ours(message, look.doubt)]
        direct = [message for message in same_text if _is_to(message, look.doubt)]
        if direct:
            return self._judge(direct, look)
        hidden = [message for message in same_text if _hides_the_phone(message)]
        if not hidden:
            return None
        resolved = set(await self._store.resolve(look.doubt.phone))
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
            shown = await self._by_id(known[-1], self._addresses.get(known[-1]))
            if isinstance(shown, NotProvable):
                return shown
            return Absent() if shown is not None else NotProvable("not_stored")
        messages = await self._store.newest()
        if isinstance(messages, NotProvable):
            return messages
        # Inbound messages prove it as well: one setting governs both.
        oldest = (look.started_at - STORE_PROOF_AGE).timestamp()
        newest = (look.started_at + (now - look.doubt.started_at) + STORE_PROOF_AGE).timestamp()
        if any(message.at is not None and oldest <= message.at <= newest for message in messages):
            return Absent()
        # Nothing recent is stored. The next message that leaves will show whether that means anything: wait for it.
        return NotProvable("too_early" if now - look.doubt.since < STORE_PROOF_PATIENCE else "not_stored")


def server_time(answer: Answer) -> datetime | None:
    """Return the server's clock at the time of its answer."""
    try:
        moment = parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_to(message: StoredMessage, doubt: Doubt, known: Sequence[str] = ()) -> bool:
    if doubt.address is not None and doubt.address in message.addresses:
        return True
    wanted = forms(doubt.phone)
    return any(number_of(address) in wanted or address in known for address in message.addresses)


def _hides_the_phone(message: StoredMessage) -> bool:
    has_number = any(number_of(address) for address in message.addresses)
    return not has_number and any(map(is_lid, message.addresses))


def _found(message: StoredMessage) -> Found:
    status = message.status.value if message.status is not None else None
    return Found(message.message_id, message.addresses[0] if message.addresses else None, status)
