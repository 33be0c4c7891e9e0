"""How WAHA is asked for the messages of a session (gateways.md §7.W). Sends nothing.

NOWEB and GOWS look a raw id up in the chat `all`; WEBJS and WPP want the chat and the whole serialised id. NOWEB has a
history only where the session's settings enable its store.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from desktop.domain.outcome import ErrorClass, NotProvable, Rejected
from desktop.engine.ports import Doubt
from desktop.gateways.evolution_records import StoredMessage, fields_of, items_of
from desktop.gateways.http import Answer, HttpClient, json_of
from desktop.gateways.jids import forms
from desktop.gateways.message_search import Messages, server_time
from desktop.gateways.waha_engine import WahaFacts
from desktop.gateways.waha_outcome import waha_outcome
from desktop.gateways.waha_records import chat_id, stored_message

SEARCH_S = 60.0
PAGE_SIZE = 100
MAX_PAGES = 10
ALL = "all"

Resolve = Callable[[str], Awaitable[Sequence[str]]]
Ask = Callable[[], Awaitable[WahaFacts | None]]


class WahaStore:
    """Implements `MessageStore` for one session."""

    def __init__(self, http: HttpClient, session: str, resolve: Resolve, ask_facts: Ask) -> None:
        """Prepare.

        Args:
            resolve: from a phone to the addresses that the gateway knows for it.
            ask_facts: tells the server's engine and version; None when it cannot be reached.
        """
        self._http = http
        self._session = session
        self._resolve = resolve
        self._ask_facts = ask_facts
        self._server_time: datetime | None = None

    @property
    def server_time(self) -> datetime | None:
        """The server's clock at its last answer."""
        return self._server_time

    async def resolve(self, phone: str) -> Sequence[str]:
        """Return the addresses that the gateway knows for a phone."""
        return await self._resolve(phone)

    async def by_id(self, message_id: str, address: str | None) -> Messages:
        """Return the message with this raw id, or nothing."""
        facts = await self._ask_facts()
        if facts is None:
            return NotProvable("unreachable")
        if facts.is_headless:
            chat, wanted = ALL, message_id
        elif address is not None:
            chat, wanted = chat_id(address), f"true_{chat_id(address)}_{message_id}"
        else:
            return ()
        params = {"downloadMedia": "false"}
        path = ("api", self._session, "chats", chat, "messages", wanted)
        answer = await self._http.get(*path, params=params, timeout_s=SEARCH_S)
        if isinstance(answer, Answer) and answer.status in (400, 404, 500, 501):
            return ()  # there is none, which each engine says in its own way; nothing is proved by it
        if (trouble := self._trouble(answer)) is not None:
            return trouble
        found = stored_message(json_of(answer))
        return (found,) if found is not None else ()

    async def to_person(self, doubt: Doubt, oldest: float) -> Messages:
        """Return the own messages of the person's chats."""
        if (trouble := await self._not_stored()) is not None:
            return trouble
        known = list(await self._resolve(doubt.phone)) or [f"{form}@c.us" for form in forms(doubt.phone)]
        if doubt.address is not None:
            known.append(chat_id(doubt.address))
        messages: list[StoredMessage] = []
        for address in dict.fromkeys(known):
            found = await self._pages(address, {"filter.timestamp.gte": str(int(oldest))}, oldest)
            if isinstance(found, NotProvable):
                return found
            # The message may show the other one of the person's two addresses.
            messages += (replace(message, addresses=(*message.addresses, address)) for message in found)
        return messages

    async def around(self, start: datetime, end: datetime, oldest: float) -> Messages:
        """Return all own messages of that time; the engines with a browser cannot be asked for all chats at once."""
        facts = await self._ask_facts()
        if facts is None or not facts.is_headless:
            return ()
        span = {
            "filter.timestamp.gte": str(int(start.timestamp())),
            "filter.timestamp.lte": str(int(end.timestamp()) + 1),
        }
        return await self._pages(ALL, span, oldest)

    async def newest(self) -> Messages:
        """Return the newest message of any chat."""
        facts = await self._ask_facts()
        if facts is not None and facts.is_headless:
            params = {"limit": "1", "downloadMedia": "false", "sortOrder": "desc"}
            return await self._messages(ALL, params)
        path = ("api", self._session, "chats", "overview")
        answer = await self._http.get(*path, params={"limit": "1"}, timeout_s=SEARCH_S)
        if (trouble := self._trouble(answer)) is not None:
            return trouble
        last = [stored_message(fields_of(row).get("lastMessage")) for row in items_of(json_of(answer))]
        return [message for message in last if message is not None]

    async def keeps_nothing(self) -> bool:
        """Tell whether the session is known to keep no history."""
        return await self._not_stored() == NotProvable("not_stored")

    async def _not_stored(self) -> NotProvable | None:
        facts = await self._ask_facts()
        if facts is None:
            return NotProvable("unreachable")
        if not facts.must_enable_store:
            return None
        answer = await self._http.get("api", "sessions", self._session)
        if (trouble := self._trouble(answer)) is not None:
            return trouble
        settings = fields_of(fields_of(fields_of(json_of(answer)).get("config")).get("noweb"))
        return None if fields_of(settings.get("store")).get("enabled") is True else NotProvable("not_stored")

    async def _pages(self, chat: str, filters: Mapping[str, str], oldest: float) -> Messages:
        """Read page after page, newest first, until one brings nothing new or only what is too old to matter.

        A page that is not full is not the last: NOWEB cuts pages first and leaves out afterwards what is no message.
        """
        fixed = {"limit": str(PAGE_SIZE), "downloadMedia": "false", "sortOrder": "desc", "merge": "true"}
        messages: dict[str, StoredMessage] = {}
        for number in range(MAX_PAGES):
            place = {"offset": str(number * PAGE_SIZE), "filter.fromMe": "true"}
            page = await self._messages(chat, {**fixed, **place, **filters})
            if isinstance(page, NotProvable):
                return page
            if messages.keys() >= {message.message_id for message in page}:
                # Old servers ignore `offset`: what is behind their first page cannot be read.
                return tuple(messages.values()) if len(page) < PAGE_SIZE else NotProvable("ambiguous")
            messages |= {message.message_id: message for message in page}
            if all(message.at is not None and message.at < oldest for message in page):
                return tuple(messages.values())
        return NotProvable("ambiguous")

    async def _messages(self, chat: str, params: Mapping[str, str]) -> Messages:
        path = ("api", self._session, "chats", chat, "messages")
        answer = await self._http.get(*path, params=params, timeout_s=SEARCH_S)
        if isinstance(answer, Answer) and answer.status == 404 and chat != ALL and _is_about_chat(answer):
            return ()
        if (trouble := self._trouble(answer)) is not None:
            return trouble
        rows = items_of(json_of(answer))
        read = [stored_message(row) for row in rows]
        if (not rows and json_of(answer) != []) or any(message is None for message in read):
            return NotProvable("garbage_answer")  # what cannot be read might be the one
        return [message for message in read if message is not None]

    def _trouble(self, answer: object) -> NotProvable | None:
        if not isinstance(answer, Answer):
            return NotProvable("garbage_answer" if getattr(answer, "code", "") == "garbage_answer" else "unreachable")
        self._server_time = server_time(answer)
        if answer.status < 300:
            return None
        outcome = waha_outcome(answer)
        if isinstance(outcome, Rejected) and outcome.error_class is ErrorClass.ACCOUNT_STOP:
            return NotProvable("unauthorised" if outcome.code in ("unauthorised", "forbidden") else outcome.code)
        if answer.status == 400:
            return NotProvable("not_stored")  # NOWEB without a store says so
        return NotProvable("unreachable" if answer.status in (422, 429) or answer.status >= 500 else "garbage_answer")


def _is_about_chat(answer: Answer) -> bool:
    return "chat" in str(fields_of(answer.json).get("message")).lower()
