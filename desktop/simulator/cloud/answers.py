"""Bodies of the Cloud API's answers and webhooks. Pure. Source: gateways.md §2.C to §6.C."""

import time
from typing import Any

from desktop.simulator import ids
from desktop.simulator.answers import Answer
from desktop.simulator.numbers import user_id_of
from desktop.simulator.state import Instance, Json, Message

WABA_ID = "102290129340398"
PORTFOLIO_ID = "506914307656634"
TIER = "TIER_2K"
"""Messaging limit that the practice portfolio has until somebody sets another one."""
_STATUSES = {"SERVER_ACK": "sent", "DELIVERY_ACK": "delivered", "READ": "read", "ERROR": "failed"}
_UNAUTHORISED = (0, 190)
_FORBIDDEN = (3, 10, 104, 368, 131005, 131031)
_THROTTLED = (4, 80007, 130429, 131056, 133016)
_FAULTY = (1, 2, 131000, 131016)


def phone_id_of(name: str) -> str:
    """Return the id of a number at Meta, always the same for the same name."""
    return str(10**14 + int(ids.stable_uuid("cloud", name).replace("-", ""), 16) % 10**14)


def refusal(code: int, details: str = "", **more: Any) -> Answer:
    """Return Meta's error object; the HTTP status is the usual one for its class."""
    status = 400
    if code in _UNAUTHORISED:
        status = 401
    elif code in _FORBIDDEN:
        status = 403
    elif code in _THROTTLED:
        status = 429
    elif code in _FAULTY:
        status = 500
    error: Json = {
        "message": f"(#{code}) {details or 'Refused by the practice gateway'}",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": details or f"Code {code}"},
        "fbtrace_id": "practice",
    }
    return Answer(status, {"error": error | more})


def no_object(name: str) -> Answer:
    """Return the refusal of an id that does not exist or that the token may not see."""
    details = f"Unsupported request. Object with ID '{name}' does not exist"
    return refusal(100, details, type="GraphMethodException", error_subcode=33)


def number(instance: Instance, quality: str, limit: str = TIER) -> Json:
    """Return all that is known of a number; who asks names the fields."""
    phone = (instance.owner_jid or "").partition("@")[0]
    return {
        "id": phone_id_of(instance.name),
        "display_phone_number": f"+{phone[:2]} {phone[2:4]} {phone[4:9]}-{phone[9:]}",
        "verified_name": instance.name,
        "quality_rating": quality,
        "status": "CONNECTED",
        "name_status": "APPROVED",
        "code_verification_status": "VERIFIED",
        "account_mode": "LIVE",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "whatsapp_business_manager_messaging_limit": limit,
        "health_status": {
            "can_send_message": "AVAILABLE",
            "entities": [
                {"entity_type": "WABA", "id": WABA_ID, "can_send_message": "AVAILABLE"},
                {"entity_type": "BUSINESS", "id": PORTFOLIO_ID, "can_send_message": "AVAILABLE"},
            ],
        },
        "is_on_biz_app": False,
    }


def chosen(row: Json, fields: str | None) -> Json | None:
    """Return the fields that were asked for (`a,b{c}`), and always the id; None when one of them does not exist."""
    if fields is None:
        return {name: row[name] for name in ("id", "display_phone_number", "verified_name") if name in row}
    depth, names, word = 0, list[str](), ""
    for sign in fields + ",":
        depth += (sign == "{") - (sign == "}")
        if sign == "," and depth == 0:
            names.append(word.partition("{")[0].strip())
            word = ""
        else:
            word += sign
    if any(name not in row for name in names):
        return None
    return {name: row[name] for name in dict.fromkeys(["id", *names]) if name in row}


def wa_id(message: Message) -> str:
    """Return what WhatsApp knows the person by: the ninth digit may differ from what was sent."""
    return message.jid.partition("@")[0]


def sent(message: Message, given: str, status: str | None) -> Json:
    """Return the answer of a send: taken, and no more than that."""
    row: Json = {"id": message.id} | ({"message_status": status} if status else {})
    return {
        "messaging_product": "whatsapp",
        "contacts": [{"input": given, "wa_id": wa_id(message), "user_id": user_id_of(message.jid)}],
        "messages": [row],
    }


def webhook(instance: Instance, field: str, value: Json) -> Json:
    """Return one POST to the subscriber."""
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": WABA_ID, "changes": [{"field": field, "value": value}]}],
    }


def about(instance: Instance) -> Json:
    """Return which number a webhook is about."""
    phone = (instance.owner_jid or "").partition("@")[0]
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": phone, "phone_number_id": phone_id_of(instance.name)},
    }


def status(message: Message, word: str, tag: str | None, code: int) -> Json:
    """Return one of `statuses[]`."""
    spelled = _STATUSES[word]
    row: Json = {
        "id": message.id,
        "status": spelled,
        "timestamp": str(int(time.time())),
        "recipient_id": wa_id(message),
        "recipient_user_id": user_id_of(message.jid),
    }
    if tag is not None:
        row["biz_opaque_callback_data"] = tag
    if spelled == "failed":
        details = f"Code {code} by the practice gateway"
        title = {"code": code, "title": details, "message": details, "error_data": {"details": details}}
        return row | {"errors": [title]}
    return row | {"pricing": {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "marketing"}}


def history(message: Message) -> Json:
    """Return the row of `message_history` for one message."""
    events = [
        {"id": row_id, "delivery_status": _STATUSES[word].upper(), "timestamp": int(message.at)}
        for row_id, word in message.statuses
    ]
    return {"id": message.row_id, "message_id": message.id, "events": {"data": events}}


def inbound(message: Message) -> Json:
    """Return what a person wrote, as `messages` and `contacts`; whoever has a user name may show no phone."""
    user_id = user_id_of(message.jid)
    phone: Json = {} if message.known_as == "lid" else {"from": wa_id(message)}
    known: Json = {} if message.known_as == "lid" else {"wa_id": wa_id(message)}
    row: Json = phone | {
        "from_user_id": user_id,
        "id": message.id,
        "timestamp": str(message.timestamp),
        "type": "text",
        "text": {"body": message.text},
    }
    if message.quoted is not None:
        row["context"] = {"id": message.quoted["stanzaId"]}
    return {
        "contacts": [{"profile": {"name": message.push_name or ""}, "user_id": user_id} | known],
        "messages": [row],
    }
