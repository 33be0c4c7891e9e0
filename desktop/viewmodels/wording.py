"""Codes become sentences here, for the window and for the command line. No decision is made here, and none repeated.

An unknown code is shown as it is: a word that nobody translated is better than an empty place.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.campaign import CampaignAction
from desktop.domain.errors import KnownError
from desktop.domain.summaries import EventRow
from desktop.viewmodels import wording_access, wording_events, wording_messages
from desktop.viewmodels import wording_tables as tables
from desktop.viewmodels.formats import ago as ago
from desktop.viewmodels.formats import day as day
from desktop.viewmodels.formats import decimal as decimal
from desktop.viewmodels.formats import duration as duration
from desktop.viewmodels.formats import exact_moment as exact_moment
from desktop.viewmodels.formats import messages as messages
from desktop.viewmodels.formats import milliseconds as milliseconds
from desktop.viewmodels.formats import moment as moment
from desktop.viewmodels.formats import near_moment as near_moment
from desktop.viewmodels.formats import number as number
from desktop.viewmodels.formats import numbers as numbers
from desktop.viewmodels.formats import people as people
from desktop.viewmodels.formats import per_minute as per_minute
from desktop.viewmodels.formats import phone as phone
from desktop.viewmodels.formats import recipients as recipients
from desktop.viewmodels.formats import share as share
from desktop.viewmodels.formats import time_of_day as time_of_day
from desktop.viewmodels.formats import when as when
from desktop.viewmodels.wording_checks import check as check
from desktop.viewmodels.wording_reasons import ERROR, REASON

_FACT = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
_NOT_COUNTED = frozenset({"port", "id"})  # numbers that are names: they have no thousands


def campaign_status(status: str) -> str:
    return _first(tables.CAMPAIGN_STATUS, status)


def campaign_tone(status: str) -> str:
    return _second(tables.CAMPAIGN_STATUS, status)


def campaign_standing(status: str, place: int | None) -> tuple[str, str]:
    """Return the status with its tone; of one that runs, and has a place in the queue only, that and which."""
    if place is None:
        return campaign_status(status), campaign_tone(status)
    text = QCoreApplication.translate("Wording", "{status}: place {place}")
    return text.format(status=in_the_queue(), place=number(place)), "info"


def in_the_queue() -> str:
    """Say that a campaign that runs waits for others to end."""
    return QCoreApplication.translate("Wording", "Waiting for its turn")


def place_in_queue(place: int) -> str:
    """Say which place it has meanwhile, from 1."""
    return QCoreApplication.translate("Wording", "Place {place} in the queue").format(place=number(place))


def campaign_reason(code: str | None) -> str:
    """Say why a campaign stopped; empty without a reason."""
    if not code:
        return ""
    text = tables.CAMPAIGN_REASON.get(code)
    return _translate(text) if text else reason(code)


def recipient_status(status: str) -> str:
    return _first(tables.RECIPIENT_STATUS, status)


def recipient_tone(status: str) -> str:
    return _second(tables.RECIPIENT_STATUS, status)


def reason(code: str | None) -> str:
    """Say why a recipient failed, waits, was skipped or is in doubt, or why a number is paused."""
    if not code:
        return ""
    text, _ = REASON.get(code, ("", ""))
    return _translate(text) if text else code.replace("_", " ").capitalize()


def advice(code: str | None) -> str:
    """Say what to do about a reason; empty when there is nothing to do."""
    _, text = REASON.get(code or "", ("", ""))
    return _translate(text) if text else ""


def outcome(code: str | None) -> str:
    """Name the outcome of an attempt; None is one under way."""
    return _first(tables.OUTCOME, code) if code else QCoreApplication.translate("Wording", "Under way")


def outcome_tone(code: str | None) -> str:
    return _second(tables.OUTCOME, code) if code else "info"


def connection(state: str) -> str:
    return _first(tables.CONNECTION, state)


def connection_advice(state: str) -> str:
    """Say what is the matter with a number in this state, and what to do; empty where its name says enough."""
    text = tables.CONNECTION_ADVICE.get(state)
    return _translate(text) if text else ""


def connection_tone(state: str) -> str:
    return _second(tables.CONNECTION, state)


def severity(level: str) -> str:
    return _first(tables.SEVERITY, level)


def severity_tone(level: str) -> str:
    return _second(tables.SEVERITY, level)


def health(band: str) -> str:
    return _first(tables.HEALTH, band)


def health_tone(band: str) -> str:
    return _second(tables.HEALTH, band)


def gateway(kind: str) -> str:
    return tables.GATEWAY.get(kind, kind)


def rotation(mode: str) -> str:
    text = tables.ROTATION.get(mode)
    return _translate(text) if text else mode


def action(step: CampaignAction) -> str:
    """Name an action as a button does."""
    return _translate(tables.ACTION[step])


def idle(code: str, until: datetime | None, now: datetime) -> str:
    """Say which rule is waited for, and until when."""
    texts = tables.IDLE.get(code)
    if texts is None:
        return reason(code)
    without_end, with_end = texts
    if until is None:
        return _translate(without_end)
    return _translate(with_end).format(until=when(until, now))


def event_type(code: str) -> str:
    """Name a type of event, for filters."""
    return wording_events.type_name(code)


def event(row: EventRow) -> str:
    """Tell an event in one sentence, with its reason."""
    text = wording_events.sentence(row)
    code = row.details.get("reason") or row.details.get("code")
    why = _why(str(code)).rstrip(".") if code else ""
    return f"{text} · {why}" if why else text


def _why(code: str) -> str:
    """Word a code of an event: a reason, or that of a refusal."""
    if code in REASON:
        return reason(code)
    return campaign_reason(code) if code in tables.CAMPAIGN_REASON else error_code(code)


def error(refusal: KnownError) -> tuple[str, str]:
    """Word a refusal: one sentence, and what to do, with its facts filled in. Without words of ours, with its own.

    Its own are also those that a text of ours cannot do without a fact that this refusal does not have.
    """
    for table in (ERROR, wording_access.ERROR, wording_messages.ERROR):
        if refusal.code in table:
            text, hint = (_filled(_translate(part), refusal.facts) if part else "" for part in table[refusal.code])
            if text is not None and hint is not None:
                return text, hint
    return refusal.message, refusal.hint


def error_code(code: str) -> str:
    """Word the code of a refusal of which nothing else is known any more."""
    return error(KnownError(code, code.replace("_", " ").capitalize()))[0]


def unused_facts(refusal: KnownError) -> list[str]:
    """Return the facts of a refusal that its worded text does not tell, as text."""
    told = " ".join(error(refusal))
    return [fact for name, fact in _texts(refusal.facts).items() if name != "reason" and fact not in told]


def _filled(text: str, facts: Mapping[str, object]) -> str | None:
    """Put facts into a text of ours; None when it asks for one that is not there. Doubled braces stay as they are."""
    known = _texts(facts)
    if any(name not in known for name in _FACT.findall(text)):
        return None
    return _FACT.sub(lambda match: known[match[1]], text)


def _texts(facts: Mapping[str, object]) -> dict[str, str]:
    """Return facts as an operator reads them."""
    shown: dict[str, str] = {}
    for name, fact in facts.items():
        if isinstance(fact, int | float) and name not in _NOT_COUNTED:
            shown[name] = number(fact)
        elif isinstance(fact, datetime):
            shown[name] = moment(fact)
        else:
            shown[name] = campaign_status(str(fact)) if name == "status" else str(fact)
    return shown


def _first(table: Mapping[str, tuple[str, str]], code: str) -> str:
    text = table.get(code, ("", ""))[0]
    return _translate(text) if text else code


def _second(table: Mapping[str, tuple[str, str]], code: str) -> str:
    return table.get(code, ("", "neutral"))[1]


def _translate(text: str) -> str:
    return QCoreApplication.translate("Wording", text)
