"""What the practice WAHA can do: sessions, sign-in, number check, sends, history."""

import asyncio
import base64
import time
from typing import Any

from desktop.simulator import ids
from desktop.simulator.answers import Answer, as_stored
from desktop.simulator.bodies import decoded, is_url
from desktop.simulator.faults import Asked, Fault
from desktop.simulator.media import media_content
from desktop.simulator.numbers import create_jid, is_plausible, lid_of, resolved_jid
from desktop.simulator.receipts import ReceiptFault
from desktop.simulator.rest_messages import digits_of
from desktop.simulator.state import Instance, Json, Message
from desktop.simulator.waha import answers
from desktop.simulator.waha.answers import NOTHING, nest
from desktop.simulator.waha.events import WahaTeller
from desktop.simulator.waha.rest import Route, WahaCall
from desktop.simulator.world import World

_MEDIA = {"sendImage": "image", "sendFile": "document", "sendVideo": "video", "sendVoice": "audio"}
_OWN_IDS_SINCE = (2026, 4, 3)
_RESTART_S = 1.0


class WahaEndpoints:
    """Answers requests."""

    def __init__(self, world: World, teller: WahaTeller) -> None:
        self._world = world
        self._teller = teller

    def route(self, call: WahaCall) -> Route | None:
        """Find where a request goes."""
        match call.method, call.parts:
            case "GET", ["health"]:
                return Route(_healthy, "health")
            case "GET", ["api", "server", "version"] | ["api", "version"]:
                return Route(self._version, "version")
            case "GET", ["api", "server", "status"]:
                return Route(self._server_status, "status")
            case "GET" | "POST", ["api", "sessions"]:
                is_list = call.method == "GET"
                return Route(self._list if is_list else self._create, "sessions")
            case (("GET" | "DELETE"), ["api", "sessions", name]):
                is_read = call.method == "GET"
                return Route(self._read if is_read else self._delete, "sessions", name, may_be_missing=not is_read)
            case "GET", ["api", "sessions", name, "me"]:
                return Route(self._me, "me", name)
            case "POST", ["api", "sessions", name, ("start" | "stop" | "restart" | "logout") as operation]:
                return Route(self._operate, operation, name)
            case "GET", ["api", "contacts", "check-exists"] | ["api", "checkNumberStatus"]:
                return Route(self._check, "check-exists", str(call.query.get("session", "default")))
            case "POST", ["api", ("startTyping" | "stopTyping" | "sendSeen") as operation]:
                return Route(self._presence, operation, str(call.body.get("session", "default")))
            case "POST", ["api", operation] if operation == "sendText" or operation in _MEDIA:
                return Route(self._send, operation, str(call.body.get("session", "default")))
            case _:
                return self._route_of_session(call)

    def _route_of_session(self, call: WahaCall) -> Route | None:
        match call.method, call.parts:
            case "GET", ["api", name, "auth", "qr"]:
                return Route(self._qr, "qr", name)
            case "POST", ["api", name, "auth", "request-code"]:
                return Route(self._pairing_code, "request-code", name)
            case "GET", ["api", name, "chats", _, "messages"]:
                return Route(self._history, "messages", name)
            case "GET", ["api", name, "chats", _, "messages", _]:
                return Route(self._one, "messages", name)
            case "GET", ["api", name, "chats", "overview"]:
                return Route(self._overview, "overview", name)
            case "GET", ["api", name, "chats"]:
                return Route(self._chats, "chats", name)
            case "GET", ["api", name, "lids", "pn", _]:
                return Route(self._lid, "lids", name)
            case "GET", ["api", name, "lids", _]:
                return Route(self._phone_of_lid, "lids", name)
            case "GET", ["api", name, "new-message-id"]:
                return Route(_new_id, "new-message-id", name)
            case _:
                return None

    # Server and sessions ---------------------------------------------------------------------------------------------

    async def _version(self, call: WahaCall) -> Answer:
        return Answer(200, answers.version(self._world.behaviour))

    async def _server_status(self, call: WahaCall) -> Answer:
        return Answer(200, {"startTimestamp": int(time.time() * 1000), "uptime": 0, "worker": {"id": ""}})

    async def _list(self, call: WahaCall) -> Answer:
        shown = [
            answers.session(one, self._world.behaviour, in_list=True) for one in self._world.store.instances.values()
        ]
        is_all = call.query.get("all") == "true"
        return Answer(200, [row for row in shown if is_all or row["status"] != "STOPPED"])

    async def _create(self, call: WahaCall) -> Answer:
        name = str(call.body.get("name") or "default")
        if name in self._world.store.instances:
            return nest(422, f"Session '{name}' already exists. Use PUT to update it.", "Unprocessable Entity")
        instance = Instance(name=name, token=ids.stable_uuid("token", name))
        config: Json = dict(call.body.get("config") or {})
        if self._world.behaviour.engine == "NOWEB":
            config["noweb"] = {"markOnline": True} | dict(config.get("noweb") or {})
        instance.settings = {"config": config or None}
        self._world.store.add_instance(instance)
        if call.body.get("start", True):
            self._start(instance)
        return Answer(201, answers.session(instance, self._world.behaviour))

    async def _read(self, call: WahaCall) -> Answer:
        return Answer(200, answers.session(call.present, self._world.behaviour))

    async def _me(self, call: WahaCall) -> Answer:
        me = answers.me_of(call.present, self._world.behaviour)
        return Answer(200, me if me is not None else NOTHING)

    async def _delete(self, call: WahaCall) -> Answer:
        if call.instance is not None:
            self._world.store.remove_instance(call.instance.name)
        return Answer(200, NOTHING)

    async def _operate(self, call: WahaCall) -> Answer:
        instance, lifecycle = call.present, self._world.lifecycle
        match call.parts[3]:
            case "start":
                self._start(instance)
            case "stop":
                self._stop(instance)
            case "restart":
                self._stop(instance)
                self._start(instance)
            case _:
                if instance.owner_jid is not None:
                    lifecycle.logout(instance)
                instance.owner_jid = instance.profile_name = None
                self._stop(instance)
                self._start(instance)
        return Answer(201, answers.session(instance, self._world.behaviour))

    def _start(self, instance: Instance) -> None:
        """Bring a paired session back online, or start the sign-in of one that is not."""
        if instance.state != "close":
            return
        is_paired = instance.owner_jid is not None and instance.disconnection is None
        if is_paired:
            instance.state, instance.has_socket = "connecting", True
            self._tell_status(instance)
            sign_in = instance.sign_in
            delay_s = _RESTART_S / self._world.behaviour.speed
            self._world.timeline.after(delay_s, lambda: self._open(instance, sign_in))
            return
        instance.disconnection, instance.owner_jid = None, None
        self._world.lifecycle.connect(instance, None)

    def _open(self, instance: Instance, sign_in: int) -> None:
        if instance.sign_in == sign_in:
            self._world.lifecycle.open(instance)

    def _stop(self, instance: Instance) -> None:
        instance.sign_in += 1
        instance.state, instance.has_socket, instance.qr = "close", False, None
        self._tell_status(instance)

    def _tell_status(self, instance: Instance) -> None:
        self._world.events.emit(instance, "session.status", None)

    async def _qr(self, call: WahaCall) -> Answer:
        if call.present.qr is None:
            return answers.not_expected(call.present, "SCAN_QR_CODE")
        if call.query.get("format") == "raw":
            return Answer(200, {"value": call.present.qr.code})
        image = call.present.qr.image.partition(",")[2]
        return Answer(200, {"mimetype": "image/png", "data": base64.b64encode(base64.b64decode(image)).decode()})

    async def _pairing_code(self, call: WahaCall) -> Answer:
        instance = call.present
        if instance.qr is None:
            return answers.not_expected(instance, "SCAN_QR_CODE")
        instance.number = digits_of(call.body["phoneNumber"])
        letters = ids.message_key()[4:12]
        return Answer(201, {"code": f"{letters[:4]}-{letters[4:]}"})

    # Numbers ---------------------------------------------------------------------------------------------------------

    async def _check(self, call: WahaCall) -> Answer:
        if call.present.state != "open":
            return answers.not_expected(call.present, "WORKING")
        number = str(call.query["phone"])
        jid = resolved_jid(number)
        asked = Asked(call.present.name, "check-exists", (digits_of(number),))
        if not is_plausible(jid) or self._world.faults.is_absent(asked):
            return Answer(200, {"numberExists": False})
        body: Json = {"numberExists": True, "chatId": answers.chat_of(jid)}
        if self._world.behaviour.engine == "GOWS" and _version_of(self._world) >= (2026, 8, 1):
            body = {"numberExists": True, "chatId": lid_of(jid), "pn": answers.chat_of(jid)}
        return Answer(200, body)

    async def _lid(self, call: WahaCall) -> Answer:
        jid = resolved_jid(digits_of(call.parts[4]))
        return Answer(200, {"lid": lid_of(jid), "pn": answers.chat_of(jid)})

    async def _phone_of_lid(self, call: WahaCall) -> Answer:
        """Tell whose hidden address it is, of those whom the number has met."""
        lid, name = call.parts[3], call.present.name
        jids = {message.jid for message in self._world.store.messages(name)}
        jid = next((each for each in jids if each.endswith("@s.whatsapp.net") and lid_of(each) == lid), None)
        return Answer(200, {"lid": lid, "pn": answers.chat_of(jid) if jid else None})

    async def _presence(self, call: WahaCall) -> Answer:
        if call.present.state != "open":
            return answers.not_expected(call.present, "WORKING")
        return Answer(201, {"result": True} if call.parts[1] != "sendSeen" else NOTHING)

    # Sends -----------------------------------------------------------------------------------------------------------

    async def _send(self, call: WahaCall) -> Answer:
        if call.present.state != "open":
            return answers.not_expected(call.present, "WORKING")
        kind = _MEDIA.get(call.parts[1])
        chat = str(call.body["chatId"].strip())
        if kind is None:
            text, media = str(call.body["text"].strip() and call.body["text"]), None
        else:
            file: Json = call.body["file"]
            if not is_url(file.get("url")) and decoded(file.get("data")) is None:
                return nest(400, ["file.data must be base64 encoded"], "Bad Request")
            text = str(call.body.get("caption") or "")
            given = {"media": file.get("data") or file.get("url"), "caption": text, "fileName": file.get("filename")}
            media = media_content(kind, given | {"mimetype": file.get("mimetype")}, None, call.present, time.time())
        message = self._message(call, chat, text, kind, media)
        if self._world.behaviour.send_latency is not None:
            await asyncio.sleep(self._world.behaviour.scaled_s(self._world.behaviour.send_latency, self._world.rng))
        return await self._accept(call, message, chat)

    async def _accept(self, call: WahaCall, message: Message, chat: str) -> Answer:
        world = self._world
        if world.record is not None:
            world.record.append(message)
        world.store.add_message(message)
        world.store.accepted.append(message)
        self._teller.left(message, call.present)
        body = answers.sent(message, world.behaviour.engine)
        if call.action.fault is Fault.EXISTS_FALSE or not _reaches(chat, message):
            # The send checks nothing: WhatsApp's server takes the message, and nobody ever gets it (#2120).
            message.statuses.append((ids.row_id(), "SERVER_ACK"))
            self._teller.status(message, "SERVER_ACK", call.present)
            return Answer(201, body)
        world.receipts.follow(message, call.action.receipts, call.action.reply)
        if ReceiptFault.EARLY in call.action.receipts:
            world.receipts.deliver_now(message)
            await asyncio.sleep(world.behaviour.early_receipt_lead_s)
        return Answer(201, body)

    def _message(self, call: WahaCall, chat: str, text: str, kind: str | None, media: Json | None) -> Message:
        behaviour = self._world.behaviour
        takes_ids = behaviour.engine in ("NOWEB", "GOWS") and _version_of(self._world) >= _OWN_IDS_SINCE
        own = call.body.get("id") if takes_ids and kind is None else None
        jid = self._person_of(chat)
        return Message(
            instance=call.present.name,
            number=digits_of(jid if chat.endswith("@lid") else chat),
            jid=jid,
            text=text,
            id=str(own or ids.message_key()),
            row_id=ids.row_id(),
            at=time.time(),
            type=f"{kind}Message" if kind else "conversation",
            media=media,
            is_hidden=call.action.is_hidden,
        )

    def _person_of(self, chat: str) -> str:
        """Return the jid of a chat; a hidden address is undone."""
        if not chat.endswith("@lid"):
            return create_jid(digits_of(chat)) if chat.count("@g.us") == 0 else chat
        hidden = int(digits_of(chat))
        inverse = pow(7, -1, 10**14)
        return f"{hidden * inverse % 10**14}@s.whatsapp.net"

    # History ---------------------------------------------------------------------------------------------------------

    async def _history(self, call: WahaCall) -> Answer:
        if (refusal := self._no_history(call)) is not None:
            return refusal
        chat = call.parts[3]
        jid = None if chat == "all" else self._person_of(chat)
        found = [m for m in self._world.store.messages(call.present.name, jid=jid) if _is_wanted(m, call.query)]
        found.sort(key=lambda message: message.at, reverse=call.query.get("sortOrder", "desc") == "desc")
        offset, limit = int(call.query.get("offset", 0)), int(call.query.get("limit", 10))
        return Answer(200, [self._stored(message) for message in found[offset : offset + limit]])

    async def _one(self, call: WahaCall) -> Answer:
        if (refusal := self._no_history(call)) is not None:
            return refusal
        chat, wanted = call.parts[3], call.parts[5]
        has_browser = self._world.behaviour.engine in ("WEBJS", "WPP")
        if has_browser and (chat == "all" or not wanted.startswith("true_")):
            return answers.broken("Invalid message id", call.path, {}, self._world.behaviour)
        raw = wanted.split("_")[2] if "_" in wanted else wanted
        message = self._world.store.message(call.present.name, raw)
        if message is None or message.is_hidden:
            return nest(404, "Message not found", "Not Found")
        return Answer(200, self._stored(message))

    async def _overview(self, call: WahaCall) -> Answer:
        limit = int(call.query.get("limit", 20))
        rows = list(self._world.store.latest_by_chat(call.present.name))[:limit]
        return Answer(200, [{"id": answers.chat_of(m.jid), "name": None, "lastMessage": self._stored(m)} for m in rows])

    async def _chats(self, call: WahaCall) -> Answer:
        limit = int(call.query.get("limit", 20))
        rows = list(self._world.store.latest_by_chat(call.present.name))[:limit]
        return Answer(200, [{"id": message.jid, "conversationTimestamp": message.timestamp} for message in rows])

    def _no_history(self, call: WahaCall) -> Answer | None:
        """NOWEB has a history only where the session's settings enable its store."""
        if call.present.state != "open":
            return answers.not_expected(call.present, "WORKING")
        if self._world.behaviour.engine != "NOWEB":
            return None
        config: Json = call.present.settings.get("config") or {}
        noweb: Json = config.get("noweb") or {}
        store: Json = noweb.get("store") or {}
        if store.get("enabled"):
            return None
        return nest(400, "Enable NOWEB store to use this feature: config.noweb.store.enabled=True", "Bad Request")

    def _stored(self, message: Message) -> Any:
        return as_stored(answers.shown(message, self._world.behaviour.engine))


def _is_wanted(message: Message, query: Any) -> bool:
    if message.is_hidden:
        return False
    if (of_me := query.get("filter.fromMe")) is not None and message.is_ours != (of_me == "true"):
        return False
    first = float(query.get("filter.timestamp.gte", 0))
    last = float(query.get("filter.timestamp.lte", "inf"))
    return first <= message.timestamp <= last


def _reaches(chat: str, message: Message) -> bool:
    """Tell whether the address is the one that WhatsApp knows the person by: the ninth digit decides."""
    return chat.endswith(("@lid", "@g.us")) or resolved_jid(digits_of(chat)) == f"{digits_of(chat)}@s.whatsapp.net"


def _version_of(world: World) -> tuple[int, ...]:
    return tuple(int(part) for part in world.behaviour.version.split(".")[:3])


async def _healthy(call: WahaCall) -> Answer:
    return Answer(200, {"status": "ok"})


async def _new_id(call: WahaCall) -> Answer:
    return Answer(200, {"id": ids.message_key()})
