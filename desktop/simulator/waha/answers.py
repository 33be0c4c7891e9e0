"""Bodies of WAHA's answers and events, spelled by each engine in its way. Pure: state in, JSON-able values out.

NOWEB is spelled as recorded from 2024.10.8, the others as gateways.md §3.W and §6.W describe them.
"""

import time
from typing import Any

from desktop.simulator import ids
from desktop.simulator.answers import Answer
from desktop.simulator.behaviour import Behaviour
from desktop.simulator.numbers import lid_of
from desktop.simulator.state import Instance, Json, Message

NOTHING: Any = object()  # a body of no bytes
ACKS = {"ERROR": -1, "PENDING": 0, "SERVER_ACK": 1, "DELIVERY_ACK": 2, "READ": 3}
ACK_NAMES = {-1: "ERROR", 0: "PENDING", 1: "SERVER", 2: "DEVICE", 3: "READ"}
UNAUTHORIZED = Answer(401, {"message": "Unauthorized", "statusCode": 401})
_LONG_QUOTA = 1_000
_BOOM: Json = {"data": None, "isBoom": True, "isServer": False, "output": {}}  # what Baileys throws on a dead socket


def nest(status: int, message: Any, error: str) -> Answer:
    """Return a refusal in Nest's form."""
    return Answer(status, {"statusCode": status, "message": message, "error": error})


def no_route(method: str, path: str) -> Answer:
    """Return the refusal of an unknown path."""
    return nest(404, f"Cannot {method} {path}", "Not Found")


def no_session(name: str) -> Answer:
    """Return the refusal of a session that does not exist."""
    words = (
        f"We didn't find a session with name '{name}'.\nPlease start it first by using POST /api/sessions/{name}/start"
    )
    return nest(404, f"{words} request", "Not Found")


def not_expected(instance: Instance, *expected: str) -> Answer:
    """Return the 422 of a session that is not in the status that an endpoint needs."""
    return Answer(
        422,
        {
            "error": "Session status is not as expected. Try again later or restart the session",
            "session": instance.name,
            "status": status_of(instance),
            "expected": list(expected),
        },
    )


def broken(message: str, path: str, body: Json, behaviour: Behaviour, name: str = "Error") -> Answer:
    """Return the 500 that repeats the whole request."""
    return Answer(
        500,
        {
            "statusCode": 500,
            "timestamp": ids.moment(time.time()),
            "exception": {
                "stack": f"{name}: {message}\n    at ChattingController.sendText (/app/dist/api/x.js:28:25)",
                "message": message,
                "name": name,
                **(_BOOM if message == "Connection Closed" else {}),
            },
            "request": {"path": path, "method": "POST", "body": body, "query": {}},
            "version": version(behaviour),
        },
    )


def version(behaviour: Behaviour) -> Json:
    """Return engine and version."""
    return {"version": behaviour.version, "engine": behaviour.engine, "tier": "CORE", "browser": "/usr/bin/chromium"}


def status_of(instance: Instance) -> str:
    """Return the session's status in WAHA's words."""
    if instance.state == "open":
        return "WORKING"
    if instance.state == "connecting":
        return "SCAN_QR_CODE" if instance.qr is not None else "STARTING"
    return "FAILED" if instance.has_socket else "STOPPED"


def me_of(instance: Instance, behaviour: Behaviour) -> Json | None:
    """Return who is logged in, with the account's health that 2026.8.1 added."""
    if instance.owner_jid is None:
        return None
    me: Json = {"id": chat_of(instance.owner_jid), "pushName": instance.profile_name or "~"}
    if behaviour.is_restricted:
        ends = int(time.time()) + 3600
        me["reachoutTimelock"] = {"isActive": True, "enforcementType": "DEFAULT", "timeEnforcementEnds": ends}
    if behaviour.is_capped:
        cycle = {"cycleStart": int(time.time()) - 3600, "cycleEnd": int(time.time()) + 3600}
        me["messageCapping"] = {"cappingStatus": "CAPPED", "totalQuota": _LONG_QUOTA, "usedQuota": _LONG_QUOTA} | cycle
    return me


def session(instance: Instance, behaviour: Behaviour, *, in_list: bool = False) -> Json:
    """Return a session; the list leaves the engine out."""
    body: Json = {
        "name": instance.name,
        "status": status_of(instance),
        "config": instance.settings.get("config"),
        "me": me_of(instance, behaviour) if instance.state == "open" or instance.has_socket else None,
    }
    if not in_list:
        body["engine"] = {"engine": behaviour.engine} if instance.state != "close" or instance.has_socket else {}
    return body


def chat_of(jid: str) -> str:
    """Return a jid as WAHA shows it."""
    return jid.replace("@s.whatsapp.net", "@c.us")


def serialised_id(message: Message, engine: str) -> str:
    """Return the id as events and history spell it; GOWS knows people by their hidden address."""
    is_hidden = engine == "GOWS" or message.known_as != "phone"
    chat = lid_of(message.jid) if is_hidden else chat_of(message.jid)
    return f"{'true' if message.is_ours else 'false'}_{chat}_{message.id}"


def ack_of(message: Message) -> int:
    """Return how far the message is."""
    return max((ACKS[status] for _, status in message.statuses), default=1)


def sent(message: Message, engine: str) -> Any:
    """Return the answer of a send, which each engine spells in its way."""
    chat = chat_of(message.jid)
    match engine:
        case "WEBJS":
            spelled = f"true_{chat}_{message.id}"
            identity = {"fromMe": True, "remote": chat, "id": message.id, "_serialized": spelled}
            return {
                "_data": {"id": identity},
                "id": identity,
                "ack": 0,
                "body": message.text,
                "fromMe": True,
                "to": chat,
            }
        case "WPP":
            return {"id": f"true_{chat}_{message.id}", "ack": 0, "body": message.text, "fromMe": True, "to": chat}
        case "GOWS":
            info = {"ID": message.id, "Chat": message.jid, "IsFromMe": True}
            return {"id": f"true_{chat}_{message.id}", "_data": {"Info": info}, "body": message.text, "fromMe": True}
        case _:
            return {
                "key": {"remoteJid": message.jid, "fromMe": True, "id": message.id},
                "message": content_of(message),
                "messageTimestamp": str(message.timestamp),
                "status": "PENDING",
            }


def content_of(message: Message) -> Json:
    """Return the Baileys content."""
    if message.media is not None:
        return message.media
    return {"extendedTextMessage": {"text": message.text}} if message.is_ours else {"conversation": message.text}


def shown(message: Message, engine: str, *, is_event: bool = False) -> Json:
    """Return a message as history and events show it."""
    ack: int | None = None
    if message.is_ours:
        ack = 0 if is_event else ack_of(message)
    payload: Json = {
        "id": serialised_id(message, engine),
        "timestamp": message.timestamp,
        "from": chat_of(message.jid) if message.known_as == "phone" else lid_of(message.jid),
        "fromMe": message.is_ours,
        "body": message.text,
        "hasMedia": message.media is not None,
        "ack": ack,
        "ackName": ACK_NAMES[ack] if ack is not None else "UNKNOWN",
        "replyTo": {"id": message.quoted["stanzaId"]} if message.quoted else None,
        "_data": _raw(message, engine),
    }
    if is_event and message.is_ours:
        payload["source"] = "api"
        if engine == "NOWEB":  # recorded: what was just sent shows its numbers in another form than later
            payload["timestamp"] = {"low": message.timestamp, "high": 0, "unsigned": True}
            payload["_data"] |= {"messageTimestamp": str(message.timestamp), "status": "PENDING"}
    return payload


def _raw(message: Message, engine: str) -> Json:
    is_hidden, is_shown = message.known_as != "phone", message.known_as != "lid"
    if engine == "GOWS":
        other = {"RecipientAlt" if message.is_ours else "SenderAlt": message.jid} if is_shown else {}
        return {"Info": {"ID": message.id, "Chat": lid_of(message.jid)} | other}
    key = {"remoteJid": lid_of(message.jid) if is_hidden else message.jid, "fromMe": message.is_ours, "id": message.id}
    if is_hidden and is_shown:
        key["remoteJidAlt"] = message.jid
    body: Json = {"key": key, "message": content_of(message), "messageTimestamp": message.timestamp}
    return body | (
        {"status": ack_of(message) + 1} if message.is_ours else {"pushName": message.push_name, "broadcast": False}
    )


def ack(message: Message, status: str, engine: str) -> Json:
    """Return the payload of `message.ack`."""
    number = ACKS[status]
    payload: Json = {
        "id": serialised_id(message, engine),
        "from": lid_of(message.jid) if engine == "GOWS" else chat_of(message.jid),
        "fromMe": True,
        "ack": number,
        "ackName": ACK_NAMES[number],
    }
    if number < 0 and engine == "NOWEB":
        until = int(time.time()) + 3600
        payload["error"] = {"code": 463, "blocked": False, "reason": "account_restricted", "until": until}
    return payload
