"""Endpoints under `/chat`: number check, searches, presence."""

import asyncio
import math
from datetime import datetime
from typing import Any, cast

from desktop.simulator import answers
from desktop.simulator.answers import Answer, error
from desktop.simulator.bodies import schema_refusal
from desktop.simulator.faults import NUMBER_CHECK, Asked
from desktop.simulator.numbers import create_jid, is_plausible, resolved_jid
from desktop.simulator.rest_messages import digits_of, offline_refusal
from desktop.simulator.state import BAILEYS, Instance, Json, Message
from desktop.simulator.world import Call, Routes, World

_PAGE_SIZE = 50


class ChatEndpoints:
    """Answer questions about numbers, chats and messages."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Routes:
        """Return the endpoints by method, first and second part of the path."""
        return {
            ("POST", "chat", NUMBER_CHECK): self.check_numbers,
            ("POST", "chat", "findMessages"): self.find_messages,
            ("POST", "chat", "findStatusMessage"): self.find_statuses,
            ("POST", "chat", "findChats"): self.find_chats,
            ("POST", "chat", "findContacts"): self.find_contacts,
            ("POST", "chat", "sendPresence"): self.send_presence,
        }

    async def check_numbers(self, call: Call) -> Answer:
        """Tell which numbers are on WhatsApp. Offline, only what is cached can be answered."""
        instance = call.present
        if instance.integration != BAILEYS:
            return answers.not_available_on(instance.integration)
        if refusal := schema_refusal(NUMBER_CHECK, call.body):
            return refusal
        numbers = [str(number) for number in call.body["numbers"]]
        jids = [resolved_jid(number) for number in numbers]
        is_online = instance.state == "open" or instance.qr is not None
        if not is_online and not all(self._world.store.is_number_cached(instance.name, jid) for jid in jids):
            return Answer(400, {})
        return Answer(200, [self._number(instance, number) for number in numbers])

    async def find_messages(self, call: Call) -> Answer:
        """Search messages as 2.3.6 does, oddities included: see `_search`."""
        page, size = _paging(call.body)
        try:
            matching = self._search(call.present.name, call.body.get("where") or {})
        except ValueError:
            return error(500, "Invalid time value")
        newest_first = sorted(matching, key=lambda message: message.timestamp, reverse=True)
        shown = newest_first[(page - 1) * size : page * size]
        return Answer(
            200,
            {
                "messages": {
                    "total": len(matching),
                    "pages": math.ceil(len(matching) / size),
                    "currentPage": page,
                    "records": [answers.found(message, call.present) for message in shown],
                }
            },
        )

    async def find_statuses(self, call: Call) -> Answer:
        """Return the stored statuses, oldest first, by `where.id` and `where.remoteJid`."""
        page, size = _paging(call.body)
        where: Any = call.body.get("where") or {}
        messages = self._world.store.messages(call.name, key_id=where.get("id"), jid=where.get("remoteJid"))
        jid = where.get("remoteJid")
        rows = [
            row
            for message in messages
            if not message.is_hidden and jid in (None, message.jid)
            for row in answers.status_rows(message, call.present)
        ]
        return Answer(200, rows[(page - 1) * size : page * size])

    async def find_chats(self, call: Call) -> Answer:
        """Return one row for each chat, newest first."""
        store = self._world.store
        chats = store.latest_by_chat(call.name)
        return Answer(
            200,
            [answers.chat(message, call.present, store.contacts.get((call.name, message.jid))) for message in chats],
        )

    async def find_contacts(self, call: Call) -> Answer:
        """Return the people who have written."""
        where: Any = call.body.get("where") or {}
        rows = [contact for (name, _), contact in self._world.store.contacts.items() if name == call.name]
        wanted = where.get("remoteJid")
        return Answer(200, [row for row in rows if wanted in (None, row["remoteJid"])])

    async def send_presence(self, call: Call) -> Answer:
        """Show "composing" and hold the request meanwhile, as the real server does."""
        if refusal := schema_refusal("sendPresence", call.body):
            return refusal
        if call.present.state != "open":
            return offline_refusal(call.present, is_media=False)
        number: str = call.body["number"]
        jid = create_jid(number)
        if not is_plausible(jid):
            return error(400, [{"jid": jid, "exists": False, "number": number}])
        await asyncio.sleep(call.body["delay"] / 1000)
        return Answer(201, {"presence": call.body["presence"]})

    def _number(self, instance: Instance, number: str) -> Json:
        asked = Asked(instance.name, NUMBER_CHECK, (digits_of(number),))
        jid = create_jid(number)
        if not is_plausible(jid) or self._world.faults.is_absent(asked):
            return {"jid": jid, "exists": False, "number": number}
        jid = resolved_jid(number)
        self._world.store.remember_number(instance.name, jid)
        row: Json = {"jid": jid, "exists": True, "number": number}
        if contact := self._world.store.contacts.get((instance.name, jid)):
            row["name"] = contact["pushName"]
        return row

    def _search(self, instance: str, where: Json) -> list[Message]:
        """Apply `where`: `fromMe: false` and a time range with only one end are ignored, like on the real server."""
        key: Any = where.get("key") or {}
        messages = self._world.store.messages(instance, key_id=key.get("id"), jid=key.get("remoteJid"))
        if span := _time_span(where.get("messageTimestamp")):
            messages = self._world.store.messages_between(messages, *span)
        return [message for message in messages if _is_wanted(message, where, key)]


def _is_wanted(message: Message, where: Json, key: Json) -> bool:
    if message.is_hidden or (key.get("fromMe") is True and not message.is_ours):
        return False
    checks = (
        (key.get("remoteJid"), message.jid),
        (where.get("id"), message.row_id),
        (where.get("messageType"), message.type),
        (where.get("source"), "web" if message.is_ours else "unknown"),
    )
    return all(wanted is None or wanted == present for wanted, present in checks)


def _paging(body: Json) -> tuple[int, int]:
    """Return page (from 1) and page size, which the gateway calls `offset`."""
    page, size = body.get("page"), body.get("offset")
    return max(1, _whole(page, 1)), max(1, _whole(size, _PAGE_SIZE))


def _whole(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _time_span(given: Any) -> tuple[float, float] | None:
    if not isinstance(given, dict):
        return None
    ends = cast("Json", given)
    if not ends.get("gte") or not ends.get("lte"):
        return None
    return _epoch_s(ends["gte"]), _epoch_s(ends["lte"])


def _epoch_s(moment: Any) -> float:
    """Read an ISO moment; the gateway compares whole seconds."""
    return float(math.floor(datetime.fromisoformat(str(moment)).timestamp()))
