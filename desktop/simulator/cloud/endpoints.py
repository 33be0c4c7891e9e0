"""What the practice Cloud API can do: numbers, templates, files, sends, the history of a message, subscriptions."""

import asyncio
import hashlib
import time
from typing import Any

from desktop.simulator import ids
from desktop.simulator.answers import Answer
from desktop.simulator.cloud import answers, templates
from desktop.simulator.cloud.answers import WABA_ID, refusal
from desktop.simulator.cloud.events import CloudEvents, CloudTeller
from desktop.simulator.cloud.rest import Endpoint, GraphCall
from desktop.simulator.faults import Fault
from desktop.simulator.numbers import is_plausible, resolved_jid
from desktop.simulator.receipts import ReceiptFault
from desktop.simulator.rest_messages import digits_of
from desktop.simulator.state import Instance, Json, Message, as_object
from desktop.simulator.world import World

_KINDS = ("text", "image", "video", "audio", "document", "template")
_LONGEST = {"text": 4096, "image": 1024, "video": 1024, "document": 1024}
_UNREACHABLE = 131026
_PAGE = 25
_LARGEST_PAGE = 100
_SUCCESS = Answer(200, {"success": True})


class CloudEndpoints:
    """Answers requests; knows the account's templates, judgements and files."""

    def __init__(self, world: World, teller: CloudTeller, events: CloudEvents) -> None:
        self._world, self._teller, self._events = world, teller, events
        self.templates = templates.practice_templates()
        self.quality: dict[str, str] = {}  # by name of the number
        self.messaging_limit = answers.TIER  # of all numbers together
        self._files: dict[str, Json] = {}

    def route(self, call: GraphCall) -> tuple[Endpoint, str] | None:
        """Find the endpoint of a request, and the name that the rules of a script have for it."""
        is_number = call.instance is not None
        match call.method, call.parts:
            case "POST", [_, "messages"] if is_number:
                return self._send, f"send{str(call.body.get('type', 'text')).capitalize()}"
            case "POST", [_, "media"] if is_number:
                return self._upload, "media"
            case "GET", [_, "message_history"] if is_number:
                return self._history, "message_history"
            case "GET", [_] if is_number:
                return self._number, "phone_number"
            case "GET", [account, "phone_numbers"] if account == WABA_ID:
                return self._numbers, "phone_numbers"
            case "GET", [account, "message_templates"] if account == WABA_ID:
                return self._list_templates, "message_templates"
            case (("GET" | "POST" | "DELETE"), [account, "subscribed_apps"]) if account == WABA_ID:
                return self._subscriptions, "subscribed_apps"
            case (("GET" | "DELETE"), [media_id]) if media_id in self._files:
                return self._file, "media"
            case _:
                return None

    # What there is ---------------------------------------------------------------------------------------------------

    def _row(self, one: Instance) -> Json:
        row = answers.number(one, self.quality.get(one.name, "GREEN"), self.messaging_limit)
        return row | {"is_on_biz_app": self._world.behaviour.is_on_biz_app}

    async def _number(self, call: GraphCall) -> Answer:
        row = self._row(call.present)
        shown = answers.chosen(row, call.query.get("fields"))
        return refusal(100, "Tried accessing nonexisting field") if shown is None else Answer(200, shown)

    async def _numbers(self, call: GraphCall) -> Answer:
        rows = [self._row(one) for one in self._world.store.instances.values()]
        return _page([answers.chosen(row, call.query.get("fields")) for row in rows], call)

    async def _list_templates(self, call: GraphCall) -> Answer:
        name, status = call.query.get("name"), call.query.get("status")
        rows = [row for row in self.templates if name in (None, row["name"]) and status in (None, row["status"])]
        return _page([answers.chosen(row, call.query.get("fields") or "id,name,status") for row in rows], call)

    async def _subscriptions(self, call: GraphCall) -> Answer:
        url = self._events.subscribed_url
        if call.method == "GET":
            app = {"whatsapp_business_api_data": {"id": "67252", "name": "practice"}, "override_callback_uri": url}
            return Answer(200, {"data": [app] if url else []})
        if call.method == "DELETE":
            self._events.subscribed_url = None
            return _SUCCESS
        wanted, token = call.body.get("override_callback_uri"), call.body.get("verify_token")
        if not isinstance(wanted, str) or not isinstance(token, str):
            return refusal(100, "override_callback_uri and verify_token are needed")
        if not await self._events.subscribe(wanted, token):
            return refusal(2200, "Callback verification failed")
        return _SUCCESS

    # Files -----------------------------------------------------------------------------------------------------------

    async def _upload(self, call: GraphCall) -> Answer:
        file = call.form.get("file")
        if not isinstance(file, bytes) or call.form.get("messaging_product") != "whatsapp":
            return refusal(100, "The parameters file and messaging_product are required")
        if not file:
            return refusal(131053, "The file is empty")
        media_id = str(10**15 + len(self._files))
        self._files[media_id] = {
            "messaging_product": "whatsapp",
            "url": f"{self._events.server_url}/mms/{media_id}",
            "mime_type": str(call.form.get("type") or "application/octet-stream"),
            "sha256": hashlib.sha256(file).hexdigest(),
            "file_size": len(file),
            "id": media_id,
        }
        return Answer(200, {"id": media_id})

    async def _file(self, call: GraphCall) -> Answer:
        if call.method == "DELETE":
            del self._files[call.parts[0]]
            return _SUCCESS
        return Answer(200, self._files[call.parts[0]])

    # Sending ---------------------------------------------------------------------------------------------------------

    async def _send(self, call: GraphCall) -> Answer:
        if (wrong := self._wrong(call.body)) is not None:
            return wrong
        latency = self._world.behaviour.send_latency
        if latency is not None:
            await asyncio.sleep(self._world.behaviour.scaled_s(latency, self._world.rng))
        return await self._accept(call, self._message(call))

    def _wrong(self, body: Json) -> Answer | None:
        """Return what Meta refuses about a message before anything leaves."""
        kind, to = body.get("type", "text"), body.get("to")
        if body.get("messaging_product") != "whatsapp":
            return refusal(100, "The parameter messaging_product is required.")
        if not isinstance(to, str) or not digits_of(to):
            return refusal(131009 if to else 131008, "The parameter to is required.")
        content = as_object(body.get(kind)) if kind in _KINDS else None
        if content is None:
            return refusal(100, f"Invalid parameter: type {kind}")
        if kind == "template":
            return templates.refused(content, self.templates) or self._unknown_file(content)
        text = content.get("body" if kind == "text" else "caption") or ""
        if kind == "text" and not str(text).strip():
            return refusal(131008, "Required parameter is missing: text.body")
        if len(str(text)) > _LONGEST.get(kind, 0) or (kind == "audio" and text):
            return refusal(100, "Param text must be shorter")
        return None if kind == "text" or "link" in content else self._unknown_id(content)

    def _unknown_id(self, content: Json) -> Answer | None:
        return None if content.get("id") in self._files else refusal(131053, "Media id is not known")

    def _unknown_file(self, template: Json) -> Answer | None:
        components: list[Any] = template.get("components") or []
        for part in components:
            parameters: list[Any] = (as_object(part) or {}).get("parameters") or []
            for parameter in (as_object(one) or {} for one in parameters):
                file = as_object(parameter.get(str(parameter.get("type"))))
                if file is not None and "id" in file and (wrong := self._unknown_id(file)) is not None:
                    return wrong
        return None

    def _message(self, call: GraphCall) -> Message:
        kind = str(call.body.get("type", "text"))
        content = as_object(call.body[kind]) or {}
        if kind == "template":
            text = templates.read_text(content, self.templates)
        else:
            text = content.get("body" if kind == "text" else "caption") or ""
        media: Json | None = None if kind == "text" else {f"{kind}Message": content}
        return Message(
            instance=call.present.name,
            number=digits_of(str(call.body["to"])),
            jid=resolved_jid(digits_of(str(call.body["to"]))),
            text=str(text),
            id=ids.business_key(),
            row_id=ids.row_id(),
            at=time.time(),
            type="conversation" if media is None else f"{kind}Message",
            media=media,
        )

    async def _accept(self, call: GraphCall, message: Message) -> Answer:
        world, action = self._world, call.action
        if world.record is not None:
            world.record.append(message)
        world.store.add_message(message)
        world.store.accepted.append(message)
        tag: Any = call.body.get("biz_opaque_callback_data")
        if isinstance(tag, str):
            self._teller.tags[message.id] = tag
        status = None
        if call.body.get("type") == "template":
            status = "held_for_quality_assessment" if action.is_held else "accepted"
        answer = Answer(200, answers.sent(message, str(call.body["to"]), status))
        is_unknown = action.fault is Fault.EXISTS_FALSE or not is_plausible(message.jid)
        if code := action.fails_later or (_UNREACHABLE if is_unknown else 0):
            # There is no check: Meta takes it, and tells later that it did not arrive. Source: gateways.md §4.C.
            self._teller.codes[message.id] = code
            world.receipts.follow(message, frozenset({ReceiptFault.ERROR_463}), None)
            return answer
        if ReceiptFault.NEVER not in action.receipts:
            message.statuses.append((ids.row_id(), "SERVER_ACK"))
            self._teller.status(message, "SERVER_ACK", call.present)
        world.receipts.follow(message, action.receipts, action.reply)
        if ReceiptFault.EARLY in action.receipts:
            world.receipts.deliver_now(message)
            await asyncio.sleep(world.behaviour.early_receipt_lead_s)
        return answer

    async def _history(self, call: GraphCall) -> Answer:
        message = self._world.store.message(call.present.name, call.query.get("message_id", ""))
        if message is None:
            unknown = refusal(100, "Message history of an unknown message")
            return Answer(422, unknown.body)
        return Answer(200, {"data": [answers.history(message)], "paging": {"cursors": {}}})

    # What the control page changes -----------------------------------------------------------------------------------

    def judge_template(self, name: str, language: str, event: str, reason: str) -> Json | None:
        """Change the status of a template; return its row, or None when there is none."""
        for row in self.templates:
            if (row["name"], row["language"]) == (name, language):
                row |= {"status": event, "rejected_reason": reason}
                return row
        return None


def _page(rows: list[Json | None], call: GraphCall) -> Answer:
    """Return a page; the cursor is the number of its first row."""
    found = [row for row in rows if row is not None]
    if len(found) < len(rows):
        return refusal(100, "Tried accessing nonexisting field")
    start, limit = call.query.get("after", "0"), call.query.get("limit", str(_PAGE))
    if not start.isdecimal() or not limit.isdecimal():
        return refusal(100, "Invalid cursor or limit")
    first, size = int(start), min(int(limit), _LARGEST_PAGE)
    body: Json = {"data": found[first : first + size]}
    if found:
        paging: Json = {"cursors": {"before": start, "after": str(first + size)}}
        has_more = first + size < len(found)
        body["paging"] = paging | ({"next": "https://graph.facebook.com/next"} if has_more else {})
    return Answer(200, body)
