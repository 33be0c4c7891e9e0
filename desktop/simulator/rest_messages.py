"""Endpoints under `/message`: check, accept, record, schedule receipts, answer."""

import asyncio
import re
import time
import uuid

from desktop.simulator import answers, ids
from desktop.simulator.answers import Answer, error
from desktop.simulator.bodies import decoded, is_url, media_refusal, schema_refusal
from desktop.simulator.faults import Action, Fault
from desktop.simulator.media import media_content
from desktop.simulator.numbers import create_jid, is_plausible, resolved_jid
from desktop.simulator.receipts import ReceiptFault
from desktop.simulator.state import BAILEYS, EVOLUTION, Instance, Json, Message
from desktop.simulator.world import Call, Routes, World

_MEDIA_TYPE = "{}Message"


class MessageEndpoints:
    """Accept messages."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Routes:
        """Return the endpoints by method, first and second part of the path."""
        return {
            ("POST", "message", "sendText"): self.send_text,
            ("POST", "message", "sendMedia"): self.send_media,
            ("POST", "message", "sendWhatsAppAudio"): self.send_audio,
        }

    async def send_text(self, call: Call) -> Answer:
        """Send a text."""
        if refusal := schema_refusal("sendText", call.body) or self._cannot_send(call, is_media=False):
            return refusal
        if not call.body["text"] and call.present.integration == BAILEYS:
            return error(400, ["Text is required"])
        return await self._accept(call, call.body["text"], "conversation", None)

    async def send_media(self, call: Call) -> Answer:
        """Send a picture, video, document or sound given as URL, raw base64 or multipart file."""
        refusal = schema_refusal("sendMedia", call.body)
        if refusal is None and call.file is None:
            refusal = media_refusal(call.body)
        if refusal := refusal or self._cannot_send(call, is_media=True):
            return refusal
        return await self._accept_media(call, call.body["mediatype"])

    async def send_audio(self, call: Call) -> Answer:
        """Send a voice note."""
        if refusal := schema_refusal("sendWhatsAppAudio", call.body):
            return refusal
        audio = call.body.get("audio")
        if call.present.integration == EVOLUTION:
            return error(500, "File or buffer is undefined.")
        if call.file is None and not is_url(audio) and decoded(audio) is None:
            return error(400, ["Owned media must be a url or base64"])
        return self._cannot_send(call, is_media=True) or await self._accept_media(call, "audio")

    async def _accept_media(self, call: Call, kind: str) -> Answer:
        content = media_content(kind, call.body, call.file, call.present, time.time())
        return await self._accept(call, str(call.body.get("caption") or ""), _MEDIA_TYPE.format(kind), content)

    def _cannot_send(self, call: Call, *, is_media: bool) -> Answer | None:
        """Return the refusal of a number that is offline or of a recipient that is not on WhatsApp."""
        if call.present.integration != BAILEYS:
            return None
        if call.present.state != "open":
            return offline_refusal(call.present, is_media=is_media)
        number: str = call.body["number"]
        jid = create_jid(number)
        if call.action.fault is not Fault.EXISTS_FALSE and is_plausible(jid):
            return None
        return error(400, [{"jid": jid, "exists": False, "number": number}])

    async def _accept(self, call: Call, text: str, kind: str, media: Json | None) -> Answer:
        if delay_ms := call.body.get("delay"):
            await asyncio.sleep(delay_ms / 1000)
        behaviour = self._world.behaviour
        if behaviour.send_latency is not None:
            await asyncio.sleep(behaviour.scaled_s(behaviour.send_latency, self._world.rng))
        message = self._message(call, text, kind, media)
        instance, action = call.present, call.action
        if self._world.record is not None:
            self._world.record.append(message)
        store = self._world.store
        store.add_message(message)
        store.accepted.append(message)
        store.remember_number(instance.name, message.jid)
        body = answers.sent(message, instance)
        self._world.events.emit(instance, "send.message", body)
        await self._schedule(message, action)
        return Answer(201, body)

    async def _schedule(self, message: Message, action: Action) -> None:
        self._world.receipts.follow(message, action.receipts, action.reply)
        if ReceiptFault.EARLY in action.receipts:
            self._world.receipts.deliver_now(message)
            # Event and answer travel on different connections: a short lead makes sure who comes first.
            await asyncio.sleep(self._world.behaviour.early_receipt_lead_s)

    def _message(self, call: Call, text: str, kind: str, media: Json | None) -> Message:
        instance, number = call.present, str(call.body["number"])
        is_baileys = instance.integration == BAILEYS
        key = _new_key(instance)
        if is_baileys and self._world.behaviour.version >= "2.4":
            key = str(call.body.get("messageId") or key)
        return Message(
            instance=instance.name,
            number=number,
            jid=number if instance.integration == EVOLUTION else resolved_jid(number),
            text=text,
            id=key,
            row_id=ids.row_id(),
            at=time.time(),
            type=kind,
            media=media,
            push_name="Você" if is_baileys else None,
            is_hidden=call.action.is_hidden,
        )


def offline_refusal(instance: Instance, *, is_media: bool) -> Answer:
    """Return how a send fails on a number that is not online; recorded for each way of being offline."""
    if not instance.has_socket:
        if is_media:
            return error(500, ["TypeError: Cannot read properties of undefined (reading 'waUploadToServer')"])
        return error(500, "Cannot read properties of undefined (reading 'onWhatsApp')")
    if instance.disconnection is not None and instance.qr is None:
        return error(400, ["Error: Connection Closed"])
    if instance.qr is not None:
        return error(400, ["TypeError: Cannot read properties of undefined (reading 'id')"])
    return error(500, "Connection Closed")


def digits_of(number: object) -> str:
    """Return the digits of a number or jid, for matching rules."""
    return re.sub(r"\D", "", str(number).partition("@")[0])


def _new_key(instance: Instance) -> str:
    if instance.integration == BAILEYS:
        return ids.message_key()
    return str(uuid.uuid4()) if instance.integration == EVOLUTION else ids.business_key()
