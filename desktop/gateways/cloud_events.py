"""Turns the body of a Meta webhook into receipts, replies, preferences and news. Pure, and trusts no type it is given.

Whoever receives the webhook has verified its signature. Duplicates, disorder and days-old events are normal: what comes
out of here is applied idempotently elsewhere. Source: gateways.md §6.C, Meta's webhook references (read 2026-05-21).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Gateway, Instance
from desktop.domain.receipt import (
    Inbound,
    NumberChanged,
    Preference,
    Pricing,
    Receipt,
    ReceiptKind,
    Reply,
    StateChanged,
    TemplateChanged,
)
from desktop.gateways.evolution_records import Fields, digits_of, fields_of, id_of, items_of, text_of
from desktop.gateways.meta_codes import meta_class

_KINDS: Mapping[str, ReceiptKind] = {
    "sent": ReceiptKind.SENT,
    "delivered": ReceiptKind.DELIVERED,
    "read": ReceiptKind.READ,
    "played": ReceiptKind.READ,
    "failed": ReceiptKind.FAILED,
}
# What is no message written by a person to us: `system` tells of a changed number, `unsupported` of nothing readable.
_NOT_WRITTEN = frozenset({"reaction", "system", "unsupported", "request_welcome"})
_WITH_CAPTION = ("image", "video", "document")
_STOPPED_ACCOUNT = frozenset({"DISABLED_UPDATE", "ACCOUNT_DELETED", "ACCOUNT_VIOLATION_BAN"})
# People a day, as `business_capability_update` gives it since v24; -1 is no limit. Source: gateways.md §8.C.
_TIER_OF_LIMIT: Mapping[int, str] = {
    -1: "TIER_UNLIMITED",
    50: "TIER_50",
    250: "TIER_250",
    1_000: "TIER_1K",
    2_000: "TIER_2K",
    10_000: "TIER_10K",
    100_000: "TIER_100K",
}


def parse_webhook(body: object, instances: Sequence[Instance], at: datetime) -> list[Inbound]:
    """Return what a webhook says about our instances; what concerns other numbers is left out.

    Args:
        body: the decoded JSON of one POST; several changes may be batched in it.
        instances: all instances that may be meant; only those of the Cloud API are looked at.
        at: when it arrived. Meta's own times are old for what it delivers again.
    """
    fields = fields_of(body)
    if fields.get("object") != "whatsapp_business_account":
        return []
    ours = [instance for instance in instances if instance.gateway is Gateway.CLOUD]
    found: list[Inbound] = []
    for entry in map(fields_of, items_of(fields.get("entry"))):
        waba_id = text_of(entry.get("id")) or ""
        for change in map(fields_of, items_of(entry.get("changes"))):
            found.extend(_change(change.get("field"), fields_of(change.get("value")), waba_id, ours, at))
    return found


def _change(
    field: object, value: Fields, waba_id: str, instances: Sequence[Instance], at: datetime
) -> Iterator[Inbound]:
    match field:
        case "messages":
            if (instance_id := _instance_of(value, instances)) is not None:
                yield from _receipts(value, instance_id, at)
                yield from _replies(value, instance_id, at)
        case "user_preferences":
            if (instance_id := _instance_of(value, instances)) is not None:
                yield from _preferences(value, instance_id, at)
        case "message_template_status_update" | "message_template_quality_update" | "template_category_update":
            yield from _template(value, waba_id, at)
        case "phone_number_quality_update":
            yield from _quality(value, waba_id, instances, at)
        case "business_capability_update":
            yield from _capability(value, waba_id, instances, at)
        case "account_update":
            yield from _account(value, waba_id, instances)
        case _:
            return


def _instance_of(value: Fields, instances: Sequence[Instance]) -> InstanceId | None:
    phone_id = text_of(fields_of(value.get("metadata")).get("phone_number_id"))
    return next((each.id for each in instances if phone_id is not None and each.phone_id == phone_id), None)


def _receipts(value: Fields, instance_id: InstanceId, at: datetime) -> Iterator[Receipt]:
    for status in map(fields_of, items_of(value.get("statuses"))):
        message_id = id_of(status.get("id"))
        kind = _KINDS.get(str(status.get("status")).lower())
        if message_id is None or kind is None:
            continue  # deleted, warning, and what there may be one day
        yield Receipt(
            instance_id,
            message_id,
            kind,
            at,
            code=failure_code(status.get("errors")) if kind is ReceiptKind.FAILED else None,
            client_ref=id_of(status.get("biz_opaque_callback_data")),
            address=id_of(status.get("recipient_id")) or id_of(status.get("recipient_user_id")),
            pricing=_pricing(fields_of(status.get("pricing"))),
            hidden=id_of(status.get("recipient_user_id")),
        )


def failure_code(errors: object) -> str | None:
    """Return our code for the first of a failed status' errors that has a number; None when there is none."""
    for error in map(fields_of, items_of(errors)):
        code = error.get("code")
        if isinstance(code, int) and not isinstance(code, bool):
            return meta_class(code)[1]
    return None


def _pricing(fields: Fields) -> Pricing | None:
    category = text_of(fields.get("category"))
    if category is None:
        return None
    return Pricing(fields.get("billable") is True, category.lower(), text_of(fields.get("type")))


def _replies(value: Fields, instance_id: InstanceId, at: datetime) -> Iterator[Reply]:
    contacts = [fields_of(contact) for contact in items_of(value.get("contacts"))]
    for message in map(fields_of, items_of(value.get("messages"))):
        message_id = id_of(message.get("id"))
        if message_id is None or text_of(message.get("type")) in _NOT_WRITTEN or "group_id" in message:
            continue
        wa_id = id_of(message.get("from"))
        user_id = id_of(message.get("from_user_id")) or _user_id(wa_id, contacts)
        address = wa_id or user_id
        if address is None:
            continue
        yield Reply(
            instance_id,
            message_id,
            address,
            phone_of(wa_id),
            message_text(message),
            at,
            quoted_message_id=id_of(fields_of(message.get("context")).get("id")),
            user_id=user_id,
        )


def _user_id(wa_id: str | None, contacts: Sequence[Fields]) -> str | None:
    mine = [contact for contact in contacts if contact.get("wa_id") == wa_id] or list(contacts)
    return id_of(mine[0].get("user_id")) if len(mine) == 1 else None


def message_text(message: Fields) -> str:
    """Return what a person wrote: text, caption, or the words on the button or line that they chose."""
    kind = str(message.get("type"))
    content = fields_of(message.get(kind))
    match kind:
        case "text":
            return text_of(content.get("body")) or ""
        case "button":
            return text_of(content.get("text")) or text_of(content.get("payload")) or ""
        case "interactive":
            chosen = fields_of(content.get("button_reply")) or fields_of(content.get("list_reply"))
            return text_of(chosen.get("title")) or ""
        case _:
            return (text_of(content.get("caption")) or "") if kind in _WITH_CAPTION else ""


def _preferences(value: Fields, instance_id: InstanceId, at: datetime) -> Iterator[Preference]:
    for preference in map(fields_of, items_of(value.get("user_preferences"))):
        wa_id, user_id = id_of(preference.get("wa_id")), id_of(preference.get("user_id"))
        address, word = wa_id or user_id, preference.get("value")
        if preference.get("category") != "marketing_messages" or word not in ("stop", "resume") or address is None:
            continue
        yield Preference(instance_id, address, phone_of(wa_id), word == "stop", at, user_id)


def _template(value: Fields, waba_id: str, at: datetime) -> Iterator[TemplateChanged]:
    name = text_of(value.get("message_template_name"))
    language = text_of(value.get("message_template_language"))
    if name is None or language is None:
        return
    reason = text_of(value.get("reason"))
    yield TemplateChanged(
        waba_id,
        name,
        language.replace("-", "_"),  # the webhooks write en-US what the list calls en_US
        at,
        status=text_of(value.get("event")),
        quality=text_of(value.get("new_quality_score")),
        category=text_of(value.get("new_category")),
        reason=None if reason == "NONE" else reason,
    )


def _quality(value: Fields, waba_id: str, instances: Sequence[Instance], at: datetime) -> Iterator[NumberChanged]:
    shown = _digits(text_of(value.get("display_phone_number")) or "")
    limit = text_of(value.get("current_limit")) or _tier(value.get("max_daily_conversations_per_business"))
    event = text_of(value.get("event"))
    # The event says that quality fell to the lowest step, or that it recovered; it names no colour.
    quality = {"FLAGGED": "RED", "UNFLAGGED": "GREEN"}.get(event or "")
    for instance in instances:
        if instance.waba_id == waba_id and shown and _digits(instance.phone or "") == shown:
            yield NumberChanged(instance.id, at, event, quality, limit)


def _capability(value: Fields, waba_id: str, instances: Sequence[Instance], at: datetime) -> Iterator[NumberChanged]:
    names = ("max_daily_conversations_per_business", "max_daily_conversation_per_phone")
    limit = next((tier for name in names if (tier := _tier(value.get(name))) is not None), None)
    if limit is not None:
        for instance in instances:
            if instance.waba_id == waba_id:
                yield NumberChanged(instance.id, at, messaging_limit=limit)


def _tier(value: object) -> str | None:
    if isinstance(value, str):
        if value.startswith("TIER_"):
            return value
        number = digits_of(value.removeprefix("-"))
        value = -number if number is not None and value.startswith("-") else number
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return _TIER_OF_LIMIT.get(value, f"TIER_{value}" if value > 0 else "TIER_UNLIMITED")


def _account(value: Fields, waba_id: str, instances: Sequence[Instance]) -> Iterator[StateChanged]:
    event = text_of(value.get("event")) or ""
    banned = text_of(fields_of(value.get("ban_info")).get("waba_ban_state"))
    if event not in _STOPPED_ACCOUNT and banned != "DISABLE":
        return
    for instance in instances:
        if instance.waba_id == waba_id:
            yield StateChanged(instance.id, ConnectionState.DISCONNECTED.value, (banned or event).lower())


def phone_of(wa_id: str | None) -> str | None:
    """Return the E.164 phone of a `wa_id`; None for a business-scoped id, which begins with a country's letters."""
    return f"+{wa_id}" if wa_id is not None and wa_id.isdecimal() and 7 <= len(wa_id) <= 15 else None


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())
