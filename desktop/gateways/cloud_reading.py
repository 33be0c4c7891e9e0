"""Reads what the Cloud API tells of numbers, templates and sent messages. Pure, and trusts no type it is given."""

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.instance import ConnectionState
from desktop.domain.receipt import ReceiptKind
from desktop.domain.template import POSITIONAL, MessageTemplate, NumberFacts
from desktop.gateways.evolution_records import Fields, fields_of, items_of, text_of

# An unknown field fails the whole request, so the newer ones are asked for apart. Source: gateways.md §2.C.
BASIC_FIELDS = (
    "id,display_phone_number,verified_name,quality_rating,status,name_status,code_verification_status,"
    "account_mode,platform_type,throughput"
)
NEWER_FIELDS = "whatsapp_business_manager_messaging_limit,health_status,is_on_biz_app"
OLDER_LIMIT = "messaging_limit_tier"
TEMPLATE_FIELDS = "id,name,status,category,language,components,parameter_format,quality_score,rejected_reason"

_STATES: Mapping[str, ConnectionState] = {
    "PENDING": ConnectionState.CONNECTING,
    "UNVERIFIED": ConnectionState.CONNECTING,
    "BANNED": ConnectionState.DISCONNECTED,
    "RESTRICTED": ConnectionState.DISCONNECTED,
    "DISCONNECTED": ConnectionState.DISCONNECTED,
    "OFFLINE": ConnectionState.DISCONNECTED,
    "UNLINKED": ConnectionState.DISCONNECTED,
    "MIGRATED": ConnectionState.MISSING,
    "DELETED": ConnectionState.MISSING,
}
_HISTORY: Mapping[str, ReceiptKind] = {
    "SENT": ReceiptKind.SENT,
    "DELIVERED": ReceiptKind.DELIVERED,
    "READ": ReceiptKind.READ,
    "FAILED": ReceiptKind.FAILED,
    "ERROR": ReceiptKind.FAILED,
}


def number_state(row: Fields) -> ConnectionState:
    """Return our state for Meta's. A word that is not known here (there are new ones) does not stop a number."""
    return _STATES.get(str(row.get("status")).upper(), ConnectionState.CONNECTED)


def shown_phone(row: Fields) -> str | None:
    """Return the E.164 phone of a number, which Meta shows with spaces and dashes."""
    shown = text_of(row.get("display_phone_number"))
    found = "".join(sign for sign in shown or "" if sign.isdecimal())
    return f"+{found}" if found else None


def number_facts(basic: Fields, newer: Fields) -> NumberFacts:
    """Join the answers of both requests; the second is empty where it was refused."""
    return NumberFacts(
        phone=shown_phone(basic),
        verified_name=text_of(basic.get("verified_name")),
        quality=_quality(basic.get("quality_rating")),
        messaging_limit=_limit(newer),
        throughput=text_of(fields_of(basic.get("throughput")).get("level")),
        status=text_of(basic.get("status")),
        name_status=text_of(basic.get("name_status")),
        account_mode=text_of(basic.get("account_mode")),
        can_send=text_of(fields_of(newer.get("health_status")).get("can_send_message")),
        portfolio_id=_portfolio(newer),
        is_coexistence=newer.get("is_on_biz_app") is True and basic.get("platform_type") == "CLOUD_API",
    )


def _portfolio(newer: Fields) -> str | None:
    """Return the business portfolio, which the health of a number names beside its account and its app.

    Source: Meta, Messaging and Calling Health Status, read 2026-11-27.
    """
    for entity in map(fields_of, items_of(fields_of(newer.get("health_status")).get("entities"))):
        if entity.get("entity_type") == "BUSINESS":
            return text_of(entity.get("id"))
    return None


def _quality(value: object) -> str | None:
    word = text_of(value)
    return "UNKNOWN" if word == "NA" else word


def _limit(fields: Fields) -> str | None:
    return text_of(fields.get("whatsapp_business_manager_messaging_limit")) or text_of(fields.get(OLDER_LIMIT))


def template_of(row: Fields, waba_id: str, now: datetime) -> MessageTemplate | None:
    """Read a row of the list of templates; None when it has no name or no language."""
    name, language = text_of(row.get("name")), text_of(row.get("language"))
    if name is None or language is None:
        return None
    reason = text_of(row.get("rejected_reason"))
    return MessageTemplate(
        waba_id=waba_id,
        name=name,
        language=language,
        status=(text_of(row.get("status")) or "UNKNOWN").upper(),
        category=(text_of(row.get("category")) or "UNKNOWN").upper(),
        parameter_format=(text_of(row.get("parameter_format")) or POSITIONAL).upper(),
        components=tuple(fields_of(component) for component in items_of(row.get("components"))),
        synced_at=now,
        quality=text_of(fields_of(row.get("quality_score")).get("score")),
        rejected_reason=None if reason == "NONE" else reason,
    )


def history_kinds(body: object, message_id: str) -> list[ReceiptKind]:
    """Return the statuses that `message_history` shows of one message, each once."""
    kinds: dict[ReceiptKind, None] = {}
    for row in map(fields_of, items_of(fields_of(body).get("data"))):
        if row.get("message_id") != message_id:
            continue
        for event in map(fields_of, items_of(fields_of(row.get("events")).get("data"))):
            kind = _HISTORY.get(str(event.get("delivery_status")).upper())
            if kind is not None:
                kinds[kind] = None
    return list(kinds)


def next_page(body: object) -> str | None:
    """Return the cursor of the page that follows, None after the last."""
    paging = fields_of(fields_of(body).get("paging"))
    return text_of(fields_of(paging.get("cursors")).get("after")) if paging.get("next") else None
