"""Sentences about a number: its allowance, why it is idle, its health, its last error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import KnownError
from desktop.domain.instance import Gateway, Instance, InstanceLimits
from desktop.viewmodels import formats, warmup_words, why_words, wording
from desktop.viewmodels.instances import InstanceCard
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP
from desktop.viewmodels.ports import ProbeResult
from desktop.viewmodels.why_words import WhyView

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class TitleAndNote:
    title: str
    note: str


def allowance(card: InstanceCard) -> TitleAndNote:
    """Say how much of today's allowance is used and how much is left."""
    summary = card.summary
    allowed = card.allowed_today
    sent = formats.number(summary.sent_today if allowed is None else card.used_today)
    if allowed is None:
        return TitleAndNote(
            translate("InstanceWords", "{sent} sent today").format(sent=sent),
            translate("InstanceWords", "No limit a day"),
        )
    title = translate("InstanceWords", "{sent} of {limit} today").format(sent=sent, limit=formats.number(allowed))
    left = card.left_today or 0
    note = (
        translate("InstanceWords", "{left} left until midnight").format(left=formats.number(left))
        if left
        else translate("InstanceWords", "Used up for today")
    )
    if card.warmup is not None:
        note = f"{note} · {warmup_words.on_card(card.warmup)}"
    return TitleAndNote(title, note)


def state(instance: Instance) -> tuple[str, str]:
    """Name the state of a number and the tone of that: what keeps it from sending comes first."""
    if instance.paused_at is not None:
        return translate("InstanceWords", "Paused"), "warning"
    return wording.connection(instance.state), wording.connection_tone(instance.state)


def card_state(card: InstanceCard) -> tuple[str, str]:
    """Name the state of a number as an engine of this window knows it, and the tone of that."""
    if card.is_connected and not card.is_paused and not card.is_answered:
        return translate("InstanceWords", "No answer"), "warning"
    return state(card.summary.instance)


def room(limits: InstanceLimits, sent_today: int) -> str:
    """Say in two words what a number may still send today."""
    if limits.per_day is None:
        return translate("InstanceWords", "no limit a day")
    if sent_today >= limits.per_day:
        return translate("InstanceWords", "used up for today")
    return translate("InstanceWords", "{left} left today").format(
        left=formats.number(max(0, limits.per_day - sent_today))
    )


def idle(card: InstanceCard, now: datetime) -> tuple[str, str, str]:
    """Return why it is not sending at this moment (or that it is), with a picture and the role of its colour."""
    if card.idle is None:
        return (translate("InstanceWords", "Sending"), "send", "success")
    code, until = card.idle
    calm = {
        "nothing_to_do",
        "pace_delay",
        "in_flight",
        "min_gap",
        "throughput",
        "window",
        "pace_per_hour",
        "pace_per_second",
    }
    role = "text_muted" if code in calm else "warning"
    text = wording.idle(code, until, now)
    if code == "disconnected":
        text = f"{text} {wording.connection_advice(card.summary.instance.state)}".strip()
    return (text, "clock" if until is not None else "circle-pause", role)


def why(card: InstanceCard, now: datetime) -> WhyView | None:
    """Word all that holds a number, with its numbers; None where no engine of this window knows, or nothing does."""
    if card.why is None or card.why.is_free:
        return None
    return why_words.view(card.why, now)


def has_outcomes(card: InstanceCard) -> bool:
    summary = card.summary
    return bool(summary.sent_today or summary.failed_today or summary.consecutive_errors)


def health(card: InstanceCard) -> str:
    """Say how well it does today; before its first message there is nothing to judge."""
    if not has_outcomes(card):
        return translate("InstanceWords", "Nothing sent today yet")
    text = wording.health(card.health)
    sentence = translate("InstanceWords", "Health {score}: {word}").format(
        score=formats.number(card.score), word=text.lower()
    )
    errors = card.summary.consecutive_errors
    if errors > 1:
        return sentence + " · " + translate("InstanceWords", "{count} errors in a row").format(count=errors)
    return sentence


def last_error(card: InstanceCard, now: datetime) -> str:
    """Word the last error and say when it was; empty when there was none."""
    summary = card.summary
    if summary.last_error is None or summary.last_error_at is None:
        return ""
    when = formats.ago(summary.last_error_at, now)
    return translate("InstanceWords", "Last error, {when}: {what}").format(
        when=when, what=wording.reason(summary.last_error)
    )


# What to do about a test that failed: somebody is about to add a number, nothing was sent and nothing is tried again.
_PROBE: Mapping[str, tuple[str, str]] = {
    "unreachable": (
        QT_TRANSLATE_NOOP("InstanceWords", "The gateway could not be reached."),
        QT_TRANSLATE_NOOP(
            "InstanceWords", "Check the address and its port, and that the gateway runs. Then test again."
        ),
    ),
    "unauthorised": (
        QT_TRANSLATE_NOOP("InstanceWords", "The gateway refuses this key."),
        QT_TRANSLATE_NOOP("InstanceWords", "Copy it again from the gateway: the global key, or that of the instance."),
    ),
    "client_cert_required": (
        QT_TRANSLATE_NOOP("InstanceWords", "The server lets in only who shows a certificate, and none was shown."),
        QT_TRANSLATE_NOOP("InstanceWords", "Ask whoever runs it for a certificate of your own, and choose it below."),
    ),
    "client_cert_refused": (
        QT_TRANSLATE_NOOP("InstanceWords", "The server does not accept your certificate."),
        QT_TRANSLATE_NOOP("InstanceWords", "Check that it is the right one and has not expired, or ask for another."),
    ),
    "licence": (
        QT_TRANSLATE_NOOP("InstanceWords", "The gateway answers, but it has no valid licence."),
        QT_TRANSLATE_NOOP("InstanceWords", "Whoever runs the gateway has to activate it first."),
    ),
    "bad_ca_file": (
        QT_TRANSLATE_NOOP("InstanceWords", "The company's own certificate authority cannot be read."),
        QT_TRANSLATE_NOOP("InstanceWords", "Choose a file with its certificates, in PEM format."),
    ),
    "bad_client_cert": (
        QT_TRANSLATE_NOOP("InstanceWords", "Your own certificate cannot be used."),
        QT_TRANSLATE_NOOP("InstanceWords", "Choose a PEM file with the certificate and its key, without a passphrase."),
    ),
    "proxy_not_supported": (
        QT_TRANSLATE_NOOP("InstanceWords", "The proxy of this computer is of a kind that is not supported."),
        QT_TRANSLATE_NOOP("InstanceWords", "Use an HTTP proxy, or reach the gateway without one."),
    ),
    "bad_url": (
        QT_TRANSLATE_NOOP("InstanceWords", "This is not an address of a gateway."),
        QT_TRANSLATE_NOOP("InstanceWords", "It begins with http:// or https://, and has no spaces."),
    ),
    "instance_missing": (
        QT_TRANSLATE_NOOP("InstanceWords", "The gateway has no number of this name."),
        QT_TRANSLATE_NOOP("InstanceWords", "Create it there, or choose another one."),
    ),
    "name_taken": (
        QT_TRANSLATE_NOOP("InstanceWords", "The gateway has a number of this name already."),
        QT_TRANSLATE_NOOP("InstanceWords", "Choose another name."),
    ),
    "no_code": (
        QT_TRANSLATE_NOOP("InstanceWords", "The gateway gave no code."),
        QT_TRANSLATE_NOOP("InstanceWords", "Try again in a moment, or scan the QR code instead."),
    ),
    "gateway_error": (
        QT_TRANSLATE_NOOP("InstanceWords", "The gateway could not do it."),
        QT_TRANSLATE_NOOP("InstanceWords", "Try again; if it stays so, look at the gateway's own log."),
    ),
    "garbage_answer": (
        QT_TRANSLATE_NOOP("InstanceWords", "The gateway's answer makes no sense."),
        QT_TRANSLATE_NOOP("InstanceWords", "Check the address; if it is right, look at the gateway's own log."),
    ),
}


def probe(result: ProbeResult, gateway: Gateway) -> tuple[str, str]:
    """Word the answer of a test: what was found, and what to do."""
    if result.code == "ok":
        text = translate("InstanceWords", "The gateway answers: {gateway} {version}.")
        version = f"{result.version}" if result.version else ""
        return text.format(gateway=wording.gateway(gateway), version=version).replace(" .", "."), ""
    if result.code == "unauthorised" and gateway is Gateway.WAHA:
        return translate("InstanceWords", "The gateway refuses this key."), translate(
            "InstanceWords", "Copy the key from the settings of WAHA again (WAHA_API_KEY)."
        )
    if result.code == "wrong_version" and result.version:
        text = translate("InstanceWords", "Version {version} of the gateway is not supported.")
        return text.format(version=result.version), wording.advice(result.code)
    return _worded(result.code) or (wording.reason(result.code), wording.advice(result.code))


def refusal(error: KnownError) -> tuple[str, str]:
    """Word what a gateway refused to do with one of its instances, or any other refusal."""
    if error.code == "provider_refused":
        why = str(error.facts.get("reason", ""))
        return wording.reason(why), wording.advice(why)
    text, hint = wording.error(error)
    if text != error.message:
        return text, hint
    if error.code == "deleted_here_only":
        why = wording.reason(str(error.facts.get("reason", "")))
        return (
            translate("InstanceWords", "The number is removed here, but the gateway did not delete it."),
            " ".join((why, translate("InstanceWords", "Delete it in the gateway's own pages."))),
        )
    return _worded(error.code) or (wording.reason(error.code), wording.advice(error.code))


def _worded(code: str) -> tuple[str, str] | None:
    if code not in _PROBE:
        return None
    text, hint = _PROBE[code]
    return translate("InstanceWords", text), translate("InstanceWords", hint)


def overview(cards: Sequence[InstanceCard]) -> str:
    """Say in one line how the numbers are: how many, how many can send, what was sent today."""
    ready = sum(card.is_connected and card.is_answered and not card.is_paused for card in cards)
    sent = sum(card.summary.sent_today for card in cards)
    pattern = translate("InstanceWords", "{numbers}, {ready} ready to send · {messages} today")
    return pattern.format(
        numbers=formats.numbers(len(cards)), ready=formats.number(ready), messages=formats.messages(sent)
    )
