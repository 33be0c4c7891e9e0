"""How Evolution is asked for the messages that it stores. Sends nothing.

Evolution ignores some filters, depending on its version: `MessageSearch` looks at everything again.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.domain.outcome import ErrorClass, NotProvable, Rejected
from desktop.engine.ports import Doubt
from desktop.gateways.evolution_records import StoredMessage, fields_of, items_of, stored_message
from desktop.gateways.http import Answer, HttpClient, json_body
from desktop.gateways.jids import USER_SERVER, forms
from desktop.gateways.message_search import Messages, server_time
from desktop.gateways.outcome import evolution_outcome

SEARCH_S = 30.0
PAGE_SIZE = 50
MAX_PAGES = 20

ResolveNumber = Callable[[str], Awaitable[Sequence[str]]]
"""From a phone to the addresses (jid, lid) that the gateway knows for it; empty when it cannot tell."""


@dataclass(frozen=True, slots=True)
class _Page:
    messages: tuple[StoredMessage, ...]
    has_more: bool


class EvolutionStore:
    """Implements `MessageStore` for one instance."""

    def __init__(self, http: HttpClient, instance_name: str, resolve: ResolveNumber) -> None:
        self._http = http
        self._name = instance_name
        self._resolve = resolve
        self._server_time: datetime | None = None

    @property
    def server_time(self) -> datetime | None:
        """The server's clock at its last answer."""
        return self._server_time

    async def by_id(self, message_id: str, address: str | None) -> Messages:
        """Return the message with this id, or nothing."""
        page = await self._page({"key": {"id": message_id}}, 1)
        return page if isinstance(page, NotProvable) else page.messages

    async def to_person(self, doubt: Doubt, oldest: float) -> Messages:
        """Return the own messages to every form of the phone."""
        known = [doubt.address] if doubt.address else []
        messages: list[StoredMessage] = []
        for address in dict.fromkeys([*known, *(form + USER_SERVER for form in forms(doubt.phone))]):
            # Both members, or 2.3.7 takes the missing one as "any" and answers with everything.
            found = await self._pages({"key": {"fromMe": True, "remoteJid": address, "remoteJidAlt": address}}, oldest)
            if isinstance(found, NotProvable):
                return found
            messages += found
        return messages

    async def around(self, start: datetime, end: datetime, oldest: float) -> Messages:
        """Return all own messages of that time."""
        span = {"gte": _iso(start), "lte": _iso(end)}
        return await self._pages({"key": {"fromMe": True}, "messageTimestamp": span}, oldest)

    async def newest(self) -> Messages:
        """Return the newest message, inbound or not: one setting governs the storing of both."""
        page = await self._page({}, 1, size=1)
        return page if isinstance(page, NotProvable) else page.messages

    async def resolve(self, phone: str) -> Sequence[str]:
        """Return jid and lid of a phone."""
        return await self._resolve(phone)

    async def _pages(self, where: Mapping[str, object], oldest: float) -> list[StoredMessage] | NotProvable:
        """Read page after page, newest first, until everything is older than what could matter."""
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


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
