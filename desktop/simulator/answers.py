"""Bodies of answers and events, field by field as recorded. Pure: state in, JSON-able values out."""

import base64
from typing import Any, NamedTuple

from desktop.simulator import ids
from desktop.simulator.numbers import lid_of
from desktop.simulator.state import BAILEYS, BUSINESS, EVOLUTION, Channel, Instance, Json, Message, Qr, as_object

_EPHEMERAL_AGE_S = 172_800
_REASONS = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    422: "Unprocessable Entity", 501: "Not Implemented", 500: "Internal Server Error",
}  # fmt: skip


class Answer(NamedTuple):
    """An HTTP status and a JSON body."""

    status: int
    body: Any


def error(status: int, message: Any) -> Answer:
    """Return the usual envelope of a refusal; `message` is text, a list or a nested list, as recorded per case."""
    return Answer(status, {"status": status, "error": _REASONS[status], "response": {"message": message}})


UNAUTHORIZED = error(401, "Unauthorized")
DONE_LOGOUT = Answer(200, {"status": "SUCCESS", "error": False, "response": {"message": "Instance logged out"}})
DONE_DELETE = Answer(200, {"status": "SUCCESS", "error": False, "response": {"message": "Instance deleted"}})
LICENCE_REQUIRED = Answer(
    503,
    {
        "error": "service not activated",
        "code": "LICENSE_REQUIRED",
        "register_url": "http://127.0.0.1/manager/register",
        "instance_id": ids.stable_uuid("installation"),
        "docs_url": "https://docs.evolutionfoundation.com.br",
        "message": "This installation is not activated.",
    },
)


def no_such_instance(name: str) -> Answer:
    """Return what the guard says before it looks at the key."""
    return error(404, [f'The "{name}" instance does not exist'])


def no_such_route(method: str, path: str) -> Answer:
    """Return Express's refusal of an unknown path."""
    return error(404, [f"Cannot {method} {path}"])


def state_of(instance: Instance) -> Json:
    """Return the body of connectionState, of connect when open, and of restart."""
    return {"instance": {"instanceName": instance.name, "state": instance.state}}


def qr_body(qr: Qr | None) -> Json:
    """Return the body of connect while a QR is on show; without one only a count of zero."""
    if qr is None:
        return {"count": 0}
    return {"pairingCode": qr.pairing_code, "code": qr.code, "base64": qr.image, "count": qr.count}


def context_info(at: float) -> Json:
    """Return the `contextInfo` that Baileys puts on an outgoing message."""
    return {
        "mentionedJid": [],
        "groupMentions": [],
        "ephemeralSettingTimestamp": {"low": int(at) - _EPHEMERAL_AGE_S, "high": 0, "unsigned": False},
        "disappearingMode": {"initiator": 0},
    }


def content_of(message: Message) -> Json:
    """Return the Baileys content of a message."""
    return message.media if message.media is not None else {"conversation": message.text}


def as_stored(content: Any) -> Any:
    """Spell bytes as base64, the way content comes back out of the gateway's database."""
    if isinstance(content, bytes):
        return base64.b64encode(content).decode()
    members = as_object(content)
    return {name: as_stored(value) for name, value in members.items()} if members is not None else content


def as_answered(value: object) -> Json:
    """Spell bytes as JavaScript serialises a Uint8Array; for `json.dumps(default=...)`."""
    if isinstance(value, bytes):
        return {str(index): byte for index, byte in enumerate(value)}
    raise TypeError(f"not JSON: {type(value).__name__}")


def sent(message: Message, instance: Instance) -> Json:
    """Return the answer of a send, which is also the data of `send.message`."""
    if instance.integration == BAILEYS:
        return {
            "key": {"remoteJid": message.jid, "fromMe": True, "id": message.id},
            "pushName": message.push_name,
            "status": "PENDING",
            "message": content_of(message),
            "contextInfo": context_info(message.at),
            "messageType": message.type,
            "messageTimestamp": message.timestamp,
            "instanceId": instance.id,
            "source": "web",
        }
    body: Json = {
        "key": {"fromMe": True, "id": message.id, "remoteJid": message.jid},
        "message": content_of(message),
        "messageType": message.type,
        "messageTimestamp": message.timestamp,
        "instanceId": instance.id,
        "source": "unknown",
    }
    if instance.integration == BUSINESS:
        body["status"] = "PENDING"
    return body


def received(message: Message, instance: Instance) -> Json:
    """Return the data of `messages.upsert`."""
    body: Json = {
        "key": inbound_key(message),
        "pushName": message.push_name,
        "status": "DELIVERY_ACK",
        "message": content_of(message),
        "messageType": message.type,
        "messageTimestamp": message.timestamp,
        "instanceId": instance.id,
        "source": "unknown",
    }
    if message.quoted is not None:
        body["contextInfo"] = message.quoted
    return body


def inbound_key(message: Message) -> Json:
    """Return the key of an incoming message."""
    is_hidden = message.known_as != "phone"
    key: Json = {
        "remoteJid": lid_of(message.jid) if is_hidden else message.jid, "fromMe": False, "id": message.id,
        "participant": "", "addressingMode": "lid" if is_hidden else "pn",
    }  # fmt: skip
    return key | ({"remoteJidAlt": message.jid} if message.known_as == "lid_and_phone" else {})


def receipt(message: Message, status: str, instance: Instance) -> Json:
    """Return the data of `messages.update`."""
    body: Json = {
        "keyId": message.id,
        "remoteJid": message.jid,
        "fromMe": instance.integration == BAILEYS,
        "status": status,
        "instanceId": instance.id,
        "messageId": message.row_id,
    }
    if instance.integration == BUSINESS:
        body["participant"] = message.jid
    return body


def found(message: Message, instance: Instance) -> Json:
    """Return a record of findMessages."""
    if message.is_ours:
        key: Json = {"id": message.id, "fromMe": True, "remoteJid": message.jid}
        context = context_info(message.at) if instance.integration == BAILEYS else None
    else:
        key, context = inbound_key(message), message.quoted
    is_ours_on_web = message.is_ours and instance.integration == BAILEYS
    return {
        "id": message.row_id,
        "key": key,
        "pushName": message.push_name if instance.integration == BAILEYS or not message.is_ours else None,
        "messageType": message.type,
        "message": as_stored(content_of(message)),
        "messageTimestamp": message.timestamp,
        "instanceId": instance.id,
        "source": "web" if is_ours_on_web else "unknown",
        "contextInfo": context,
        "MessageUpdate": [{"status": status} for _, status in message.statuses],
    }


def status_rows(message: Message, instance: Instance) -> list[Json]:
    """Return the rows of findStatusMessage for one message."""
    is_baileys = instance.integration == BAILEYS
    return [
        {
            "id": row_id,
            "keyId": message.id,
            "remoteJid": message.jid,
            "fromMe": is_baileys,
            "participant": None if is_baileys else message.jid,
            "pollUpdates": None,
            "status": status,
            "messageId": message.row_id,
            "instanceId": instance.id,
        }
        for row_id, status in message.statuses
    ]


def chat(message: Message, instance: Instance, contact: Json | None) -> Json:
    """Return a row of findChats, from the newest message of the chat."""
    last = found(message, instance)
    del last["MessageUpdate"]
    last |= {"participant": None, "sessionId": None, "status": "PENDING" if message.is_ours else "DELIVERY_ACK"}
    return {
        "id": contact["id"] if contact else None,
        "remoteJid": message.jid,
        "pushName": None,
        "profilePicUrl": None,
        "updatedAt": ids.moment(message.timestamp),
        "windowStart": None,
        "windowExpires": None,
        "windowActive": False,
        "lastMessage": last,
        "unreadCount": None,
        "isSaved": contact is not None,
    }


def websocket_row(channel: Channel | None, instance: Instance) -> Json | None:
    """Return the setting that `/websocket/set` and `/websocket/find` show."""
    if channel is None:
        return None
    return {
        "id": channel.row_id,
        "enabled": channel.is_enabled,
        "events": list(channel.events),
        "createdAt": ids.moment(channel.created_at),
        "updatedAt": ids.moment(channel.updated_at),
        "instanceId": instance.id,
    }


def webhook_row(channel: Channel | None, instance: Instance) -> Json | None:
    """Return the setting that `/webhook/set` and `/webhook/find` show."""
    if channel is None:
        return None
    return {
        "id": channel.row_id,
        "url": channel.url,
        "headers": channel.headers,
        "enabled": channel.is_enabled,
        "events": list(channel.events),
        "webhookByEvents": bool(channel.by_events),
        "webhookBase64": bool(channel.base64),
        "createdAt": ids.moment(channel.created_at),
        "updatedAt": ids.moment(channel.updated_at),
        "instanceId": instance.id,
    }


def instance_row(instance: Instance, message_count: int, contact_count: int) -> Json:
    """Return a row of fetchInstances."""
    gone = instance.disconnection or {}
    return {
        "id": instance.id,
        "name": instance.name,
        "connectionStatus": instance.state,
        "ownerJid": instance.owner_jid,
        "profileName": instance.profile_name,
        "profilePicUrl": None,
        "integration": instance.integration,
        "number": instance.number,
        "businessId": instance.business_id,
        "token": instance.token,
        "clientName": "evolution_gw",
        "disconnectionReasonCode": gone.get("code"),
        "disconnectionObject": gone.get("object"),
        "disconnectionAt": gone.get("at"),
        "createdAt": ids.moment(instance.created_at),
        "updatedAt": ids.moment(instance.updated_at),
        "Chatwoot": None,
        "Proxy": None,
        "Rabbitmq": None,
        "Nats": None,
        "Sqs": None,
        "Websocket": websocket_row(instance.websocket, instance),
        "Setting": {
            "id": instance.settings_row_id,
            **instance.settings,
            "createdAt": ids.moment(instance.created_at),
            "updatedAt": ids.moment(instance.created_at),
            "instanceId": instance.id,
        },
        "_count": {"Message": message_count, "Contact": contact_count, "Chat": 0},
    }


def created(instance: Instance, qr: Qr | None, *, with_qr: bool) -> Json:
    """Return the answer of create."""
    is_business = instance.integration == BUSINESS
    webhook = instance.webhook
    body: Json = {
        "instance": {
            "instanceName": instance.name,
            "instanceId": instance.id,
            "integration": instance.integration,
            "webhookWaBusiness": "http://127.0.0.1/webhook/meta" if is_business else None,
            "accessTokenWaBusiness": "evolution" if is_business else "",
            "status": instance.state,
        },
        "hash": instance.token,
        "webhook": {} if webhook is None else _webhook_summary(webhook),
        "websocket": {"enabled": True} if instance.websocket else {},
        "rabbitmq": {},
        "nats": {},
        "sqs": {},
        "settings": dict(instance.settings),
    }
    if with_qr:
        body["qrcode"] = qr_body(qr)
    return body


def not_available_on(integration: str) -> Answer:
    """Return the raw error object of a channel that cannot look up numbers; not the usual envelope."""
    name = "Evolution Channel" if integration == EVOLUTION else "WhatsApp Business API"
    return Answer(400, {"status": 400, "error": "Bad Request", "message": [f"Method not available on {name}"]})


def _webhook_summary(webhook: Channel) -> Json:
    given: Json = {
        "webhookUrl": webhook.url,
        "webhookHeaders": webhook.headers,
        "webhookByEvents": webhook.by_events,
        "webhookBase64": webhook.base64,
    }
    return {name: value for name, value in given.items() if value is not None}
