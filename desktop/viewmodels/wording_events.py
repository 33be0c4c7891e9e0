"""Events as sentences: the type chooses the pattern, the details and names fill it."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from PySide6.QtCore import QCoreApplication

from desktop.domain.events import EventType
from desktop.domain.summaries import EventRow
from desktop.viewmodels import formats
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP
from desktop.viewmodels.wording_access import action, operator_change
from desktop.viewmodels.wording_settings import setting_name
from desktop.viewmodels.wording_tables import CONNECTION

_T = EventType

TYPE_NAMES: Mapping[str, str] = {
    _T.CREATED: QT_TRANSLATE_NOOP("Events", "Campaign created"),
    _T.STARTED: QT_TRANSLATE_NOOP("Events", "Campaign started"),
    _T.PAUSED: QT_TRANSLATE_NOOP("Events", "Campaign paused"),
    _T.RESUMED: QT_TRANSLATE_NOOP("Events", "Campaign resumed"),
    _T.COMPLETED: QT_TRANSLATE_NOOP("Events", "Campaign completed"),
    _T.CANCELLED: QT_TRANSLATE_NOOP("Events", "Campaign cancelled"),
    _T.INSTANCE_SELECTED: QT_TRANSLATE_NOOP("Events", "Number chosen"),
    _T.INSTANCE_PAUSED: QT_TRANSLATE_NOOP("Events", "Number paused"),
    _T.INSTANCE_RESUMED: QT_TRANSLATE_NOOP("Events", "Number resumed"),
    _T.MESSAGE_SENT: QT_TRANSLATE_NOOP("Events", "Message sent"),
    _T.MESSAGE_DELIVERED: QT_TRANSLATE_NOOP("Events", "Message delivered"),
    _T.MESSAGE_READ: QT_TRANSLATE_NOOP("Events", "Message read"),
    _T.MESSAGE_FAILED: QT_TRANSLATE_NOOP("Events", "Message not sent"),
    _T.ROTATION_CHANGED: QT_TRANSLATE_NOOP("Events", "Rotation changed"),
    _T.CONTACT_ADDED: QT_TRANSLATE_NOOP("Events", "Contact added"),
    _T.CONTACT_REMOVED: QT_TRANSLATE_NOOP("Events", "Contact removed"),
    _T.LIMIT_REACHED: QT_TRANSLATE_NOOP("Events", "Limit reached"),
    _T.HEALTH_ISSUE: QT_TRANSLATE_NOOP("Events", "Health problem"),
    _T.ERROR: QT_TRANSLATE_NOOP("Events", "Error"),
    _T.SCHEDULED: QT_TRANSLATE_NOOP("Events", "Campaign scheduled"),
    _T.EDITED: QT_TRANSLATE_NOOP("Events", "Changed by hand"),
    _T.RETRY_SCHEDULED: QT_TRANSLATE_NOOP("Events", "Retry planned"),
    _T.IN_DOUBT: QT_TRANSLATE_NOOP("Events", "Message in doubt"),
    _T.RECONCILED: QT_TRANSLATE_NOOP("Events", "Doubt resolved"),
    _T.SKIPPED: QT_TRANSLATE_NOOP("Events", "Recipient skipped"),
    _T.REPLIED: QT_TRANSLATE_NOOP("Events", "Reply received"),
    _T.OPTED_OUT: QT_TRANSLATE_NOOP("Events", "Person opted out"),
    _T.OPT_OUT_CONFIRMED: QT_TRANSLATE_NOOP("Events", "Opt-out confirmation"),
    _T.BREAKER_OPENED: QT_TRANSLATE_NOOP("Events", "Number set to rest"),
    _T.BREAKER_CLOSED: QT_TRANSLATE_NOOP("Events", "Number back from rest"),
    _T.WENT_OFFLINE: QT_TRANSLATE_NOOP("Events", "Went offline"),
    _T.CAME_ONLINE: QT_TRANSLATE_NOOP("Events", "Back online"),
    _T.WARMUP_ADVANCED: QT_TRANSLATE_NOOP("Events", "Warm-up advanced"),
    _T.DELETED: QT_TRANSLATE_NOOP("Events", "Campaign deleted"),
    _T.EVENTS_PRUNED: QT_TRANSLATE_NOOP("Events", "Old events removed"),
    _T.SIGNED_IN: QT_TRANSLATE_NOOP("Events", "Signed in"),
    _T.SIGN_IN_REFUSED: QT_TRANSLATE_NOOP("Events", "Sign-in refused"),
    _T.AI_ASKED: QT_TRANSLATE_NOOP("Events", "AI asked"),
    _T.AI_CONSENTED: QT_TRANSLATE_NOOP("Events", "Contact data to AI allowed"),
    _T.TEST_SENT: QT_TRANSLATE_NOOP("Events", "Test message"),
    _T.OPERATOR_CHANGED: QT_TRANSLATE_NOOP("Events", "Operators changed"),
}

# Used instead of the name when everything that they mention is known: names, and figures from the details.
_SENTENCES: Mapping[str, str] = {
    _T.STARTED: QT_TRANSLATE_NOOP("Events", "Campaign started for {total}"),
    _T.COMPLETED: QT_TRANSLATE_NOOP("Events", "Campaign completed: {left} sent, {failed} not sent"),
    _T.INSTANCE_SELECTED: QT_TRANSLATE_NOOP("Events", "{instance} chosen for {contact}"),
    _T.INSTANCE_PAUSED: QT_TRANSLATE_NOOP("Events", "{instance} paused"),
    _T.INSTANCE_RESUMED: QT_TRANSLATE_NOOP("Events", "{instance} goes on"),
    _T.MESSAGE_SENT: QT_TRANSLATE_NOOP("Events", "Sent to {contact} by {instance}"),
    _T.MESSAGE_DELIVERED: QT_TRANSLATE_NOOP("Events", "Delivered to {contact}"),
    _T.MESSAGE_READ: QT_TRANSLATE_NOOP("Events", "Read by {contact}"),
    _T.MESSAGE_FAILED: QT_TRANSLATE_NOOP("Events", "Not sent to {contact}"),
    _T.CONTACT_ADDED: QT_TRANSLATE_NOOP("Events", "{contact} added"),
    _T.CONTACT_REMOVED: QT_TRANSLATE_NOOP("Events", "{contact} removed"),
    _T.LIMIT_REACHED: QT_TRANSLATE_NOOP("Events", "{instance} reached its limit: {used} of {limit}"),
    _T.HEALTH_ISSUE: QT_TRANSLATE_NOOP("Events", "Health of {instance} is low"),
    _T.SCHEDULED: QT_TRANSLATE_NOOP("Events", "Campaign scheduled for {at}"),
    _T.RETRY_SCHEDULED: QT_TRANSLATE_NOOP("Events", "{contact} will be tried again"),
    _T.IN_DOUBT: QT_TRANSLATE_NOOP("Events", "It is not certain whether the message to {contact} left"),
    _T.RECONCILED: QT_TRANSLATE_NOOP("Events", "Found out what became of the message to {contact}"),
    _T.SKIPPED: QT_TRANSLATE_NOOP("Events", "{contact} skipped"),
    _T.REPLIED: QT_TRANSLATE_NOOP("Events", "{contact} replied"),
    _T.OPTED_OUT: QT_TRANSLATE_NOOP("Events", "{contact} opted out"),
    _T.BREAKER_OPENED: QT_TRANSLATE_NOOP("Events", "{instance} rests after {errors} errors in a row"),
    _T.BREAKER_CLOSED: QT_TRANSLATE_NOOP("Events", "{instance} is back from its rest"),
    _T.EVENTS_PRUNED: QT_TRANSLATE_NOOP("Events", "{events} old events removed for good"),
    _T.AI_ASKED: QT_TRANSLATE_NOOP("Events", "AI asked: {texts} texts, {tokens_in} + {tokens_out} tokens"),
    _T.AI_CONSENTED: QT_TRANSLATE_NOOP("Events", "Sending fields of {people} to the AI at {url} was allowed"),
    _T.TEST_SENT: QT_TRANSLATE_NOOP("Events", "Test message sent by {instance}"),
    _T.SIGNED_IN: QT_TRANSLATE_NOOP("Events", "{name} signed in"),
    _T.SIGN_IN_REFUSED: QT_TRANSLATE_NOOP("Events", "Wrong password for {name}"),
}

# What was changed by hand: the detail that tells it → its sentence. The first that fits is taken.
_EDITED: Mapping[str, str] = {
    "changed": QT_TRANSLATE_NOOP("Events", "Limits of {changed} changed"),
    "fields": QT_TRANSLATE_NOOP("Events", "{contact} edited"),
    "tag": QT_TRANSLATE_NOOP("Events", "Tag “{tag}” changed for {people}"),
    "setting": QT_TRANSLATE_NOOP("Events", "Setting changed: {setting}"),
    "hook": QT_TRANSLATE_NOOP("Events", "Webhook {hook} changed"),
    "segment": QT_TRANSLATE_NOOP("Events", "Segment “{segment}” changed"),
    "own_texts": QT_TRANSLATE_NOOP("Events", "Texts for each person discarded"),
    "saved_message": QT_TRANSLATE_NOOP("Events", "Saved message “{saved_message}” changed"),
}
_EDITED_CAMPAIGN = QT_TRANSLATE_NOOP("Events", "Campaign edited")

_FOUND = QT_TRANSLATE_NOOP("Events", "it was sent")
_ABSENT = QT_TRANSLATE_NOOP("Events", "it never left and is sent again")
_ABSENT_AND_ENDED = QT_TRANSLATE_NOOP("Events", "it had not left, and is not tried again")
_OPERATOR_SENT = QT_TRANSLATE_NOOP("Events", "somebody decided that it was sent")
_OPERATOR_AGAIN = QT_TRANSLATE_NOOP("Events", "somebody decided that it is sent again")
_VERDICTS: Mapping[str, str] = {
    "found": _FOUND,
    "receipt": _FOUND,
    "sent": _FOUND,
    "delivered": _FOUND,
    "read": _FOUND,
    "absent": _ABSENT,
    "pending": _ABSENT,
    "not_provable": QT_TRANSLATE_NOOP("Events", "it cannot be proved yet"),
}


_CONFIRMED: Mapping[str, str] = {
    "sent": QT_TRANSLATE_NOOP("Events", "{contact} was told by {instance} that the opt-out counts"),
    "unsure": QT_TRANSLATE_NOOP("Events", "It is not certain whether the opt-out confirmation to {contact} left"),
    "failed": QT_TRANSLATE_NOOP("Events", "The opt-out confirmation to {contact} was refused"),
    "expired": QT_TRANSLATE_NOOP("Events", "The opt-out confirmation to {contact} would have come too late"),
}


# By the detail that tells what the health of a number or account is about; without any it is the score that fell.
_HEALTH: Mapping[str, str] = {
    "state": QT_TRANSLATE_NOOP("Events", "{instance} at its gateway: {state}"),
    "template": QT_TRANSLATE_NOOP("Events", "Meta judged the template {template} anew"),
    "quality": QT_TRANSLATE_NOOP("Events", "Meta judged the quality of {instance} anew"),
    "messaging_limit": QT_TRANSLATE_NOOP("Events", "Meta changed the messaging limit of {instance}"),
}


_WOKE = QT_TRANSLATE_NOOP("Events", "The computer slept, or the program stood still, for {span}: it goes on")


def type_name(event_type: str) -> str:
    """Name a type of event, for filters and headings."""
    name = TYPE_NAMES.get(event_type)
    return QCoreApplication.translate("Events", name) if name else event_type


def sentence(row: EventRow) -> str:
    """Tell what happened, without why: the caller adds the reason, which has words of its own."""
    if row.type == _T.ROTATION_CHANGED and (weights := _weights(row)):
        return weights
    if row.type == _T.EDITED and (deed := action(row.details, row.instance)):
        return deed
    if row.type == _T.OPERATOR_CHANGED and (change := operator_change(row.details)):
        return change
    match row.type:
        case _T.EDITED:
            pattern = _edited(row)
        case _T.HEALTH_ISSUE:
            told = next((pattern for detail, pattern in _HEALTH.items() if detail in row.details), None)
            pattern = told or _SENTENCES[_T.HEALTH_ISSUE]
        case _T.CAME_ONLINE:
            pattern = _WOKE
        case _T.OPT_OUT_CONFIRMED:
            pattern = _CONFIRMED.get(str(row.details.get("state")))
        case _:
            pattern = _SENTENCES.get(row.type)
    names = _names(row)
    if pattern is None or not _has_all(pattern, names):
        return type_name(row.type)
    text = QCoreApplication.translate("Events", pattern).format_map(names)
    if row.type == _T.RECONCILED and (verdict := _verdict(row.details)):
        return f"{text}: {QCoreApplication.translate('Events', verdict)}"
    return text


def _verdict(details: Mapping[str, object]) -> str | None:
    """Return what was found out, and by whom: as the ledger writes it (`proof`), before that as `verdict`."""
    proof = details.get("proof")
    if proof == "operator":
        return _OPERATOR_SENT if details.get("as_sent") else _OPERATOR_AGAIN
    if proof == "absent" and details.get("to") == "failed":
        return _ABSENT_AND_ENDED
    return _VERDICTS.get(str(proof or details.get("verdict") or details.get("status") or ""))


def _edited(row: EventRow) -> str | None:
    """Choose the sentence that tells what was changed: a number, a person, a setting, else a campaign."""
    found = next((pattern for detail, pattern in _EDITED.items() if detail in row.details), None)
    return found or (_EDITED_CAMPAIGN if row.campaign else None)


def _weights(row: EventRow) -> str:
    """Tell the new weights of a campaign's variations; empty when the event is about numbers."""
    weights = row.details.get("weights")
    if not isinstance(weights, list | tuple):
        return ""
    given = [weight for weight in cast("list[object]", weights) if isinstance(weight, int)]
    shares = ", ".join(
        f"{chr(ord('A') + index)} {formats.share(weight / (sum(given) or 1))}" for index, weight in enumerate(given)
    )
    text = QCoreApplication.translate("Events", "The variations are weighed anew: {shares}")
    return text.format(shares=shares)


def _names(row: EventRow) -> dict[str, str]:
    found = {
        key: formats.number(value) if isinstance(value, int | float) else str(value)
        for key, value in row.details.items()
        if isinstance(value, str | int | float)
    }
    total = row.details.get("total", row.details.get("recipients"))
    if isinstance(total, int):
        found["total"] = formats.recipients(total)
    at = row.details.get("at", row.details.get("schedule_at"))
    if isinstance(at, str):
        found["at"] = _moment(at)
    setting = row.details.get("setting")
    if isinstance(setting, str):
        found["setting"] = setting_name(setting)
    if (state := CONNECTION.get(str(row.details.get("state")))) is not None:
        found["state"] = QCoreApplication.translate("Wording", state[0])
    slept_s = row.details.get("slept_s")
    if isinstance(slept_s, int):
        found["span"] = formats.duration(slept_s)
    people = row.details.get("n")
    if isinstance(people, int):
        found["people"] = formats.people(people)
    contact = row.contact or row.phone
    if contact and contact == row.phone:
        contact = formats.phone(contact)
    for key, name in (("contact", contact), ("instance", row.instance), ("campaign", row.campaign)):
        if name:
            found[key] = name
    return found


def _has_all(pattern: str, names: Mapping[str, str]) -> bool:
    return all(f"{{{key}}}" not in pattern or key in names for key in _KEYS)


_KEYS = (
    "span",
    "state",
    "template",
    "contact",
    "instance",
    "campaign",
    "total",
    "left",
    "failed",
    "used",
    "limit",
    "at",
    "errors",
    "events",
    "name",
    "changed",
    "people",
    "texts",
    "tokens_in",
    "tokens_out",
    "url",
)


def _moment(iso: str) -> str:
    try:
        return formats.moment(datetime.fromisoformat(iso))
    except ValueError:
        return iso
