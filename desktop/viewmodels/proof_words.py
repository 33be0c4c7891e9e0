"""Sentences about the proof of a campaign: the verdict, and what the fate of each attempt is known by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.policy.proof import LEFT, MAY_HAVE_LEFT, Evidence, ProofTally, ProofVerdict
from desktop.viewmodels import formats
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_TONES: Mapping[ProofVerdict, str] = {
    ProofVerdict.PROVEN: "success",
    ProofVerdict.NOT_PROVABLE: "warning",
    ProofVerdict.VIOLATED: "danger",
}

_EVIDENCE: Mapping[Evidence, tuple[str, str]] = {
    Evidence.ANSWER: (
        QT_TRANSLATE_NOOP("ProofWords", "Sent: the gateway's answer"),
        QT_TRANSLATE_NOOP("ProofWords", "The answer of the gateway carried the id of the message."),
    ),
    Evidence.FOUND: (
        QT_TRANSLATE_NOOP("ProofWords", "Sent: found at the gateway"),
        QT_TRANSLATE_NOOP("ProofWords", "The answer was lost; asked later, the gateway showed the message."),
    ),
    Evidence.RECEIPT: (
        QT_TRANSLATE_NOOP("ProofWords", "Sent: a receipt"),
        QT_TRANSLATE_NOOP("ProofWords", "The answer was lost; later a receipt named the message."),
    ),
    Evidence.RECONCILED: (
        QT_TRANSLATE_NOOP("ProofWords", "Sent: settled later"),
        QT_TRANSLATE_NOOP("ProofWords", "There was a doubt and it was settled; the event that says how is gone."),
    ),
    Evidence.UNDELIVERED: (
        QT_TRANSLATE_NOOP("ProofWords", "Not received: not delivered"),
        QT_TRANSLATE_NOOP(
            "ProofWords", "WhatsApp took it, and said later that it did not arrive and may be sent again."
        ),
    ),
    Evidence.REFUSED: (
        QT_TRANSLATE_NOOP("ProofWords", "Not sent: refused"),
        QT_TRANSLATE_NOOP("ProofWords", "The gateway said no."),
    ),
    Evidence.NOTHING_LEFT: (
        QT_TRANSLATE_NOOP("ProofWords", "Not sent: nothing left"),
        QT_TRANSLATE_NOOP("ProofWords", "The connection failed before a byte of the request was written."),
    ),
    Evidence.ABSENT: (
        QT_TRANSLATE_NOOP("ProofWords", "Not sent: absent at the gateway"),
        QT_TRANSLATE_NOOP("ProofWords", "Asked later, the gateway had no such message."),
    ),
    Evidence.OPERATOR: (
        QT_TRANSLATE_NOOP("ProofWords", "Perhaps sent: your decision"),
        QT_TRANSLATE_NOOP("ProofWords", "It was in doubt, and a person decided how to count it."),
    ),
    Evidence.NONE: (
        QT_TRANSLATE_NOOP("ProofWords", "Perhaps sent: not known yet"),
        QT_TRANSLATE_NOOP("ProofWords", "It is under way or in doubt."),
    ),
}

_WHY: Mapping[str, str] = {
    "left_twice": QT_TRANSLATE_NOOP("ProofWords", "Two attempts certainly left."),
    "operator_word": QT_TRANSLATE_NOOP(
        "ProofWords", "It was sent again on your word, and the first attempt may have left."
    ),
    "fate_unknown": QT_TRANSLATE_NOOP("ProofWords", "More than one attempt may have left."),
    "left_but_waits": QT_TRANSLATE_NOOP("ProofWords", "The message left, but the recipient is still waiting for one."),
    "no_attempt": QT_TRANSLATE_NOOP("ProofWords", "It counts as sent, but no attempt is recorded."),
}


def tone(verdict: ProofVerdict) -> str:
    return _TONES[verdict]


def finding(verdict: ProofVerdict) -> str:
    """Name a verdict in two words, for a line of the list."""
    return {
        ProofVerdict.PROVEN: translate("ProofWords", "Proven"),
        ProofVerdict.NOT_PROVABLE: translate("ProofWords", "Not proven"),
        ProofVerdict.VIOLATED: translate("ProofWords", "Sent twice"),
    }[verdict]


def why(code: str) -> str:
    text = _WHY.get(code)
    return translate("ProofWords", text) if text else code


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """How many attempts are known by one kind of evidence; `parts` is the bar."""

    name: str
    figure: str
    meaning: str
    parts: tuple[tuple[float, str], ...]


def evidence_lines(tally: ProofTally) -> tuple[EvidenceLine, ...]:
    """Word the kinds of evidence that occur: what left, what did not, what may have."""
    return tuple(_evidence_line(kind, n) for kind, n in tally.known_by.items() if n)


def _evidence_line(kind: Evidence, n: int) -> EvidenceLine:
    name, meaning = _EVIDENCE[kind]
    role = "chart_read" if kind in LEFT else "doubt" if kind in MAY_HAVE_LEFT else "chart_sent"
    return EvidenceLine(
        translate("ProofWords", name), formats.number(n), translate("ProofWords", meaning), ((float(n), role),)
    )


def verdict(tally: ProofTally) -> tuple[str, str]:
    """Say whether anybody was sent to twice, and what that rests on."""
    attempts = (
        translate("ProofWords", "1 attempt")
        if tally.attempts == 1
        else translate("ProofWords", "{n} attempts").format(n=formats.number(tally.attempts))
    )
    base = translate("ProofWords", "Computed from {recipients} and {attempts}, and from what is known of each.")
    rests_on = base.format(recipients=formats.recipients(tally.recipients), attempts=attempts)
    match tally.verdict:
        case ProofVerdict.PROVEN:
            return translate("ProofWords", "Nobody was sent to twice."), rests_on
        case ProofVerdict.NOT_PROVABLE:
            title = translate("ProofWords", "It is not proven for {recipients} that they were sent to only once.")
            count = len(tally.not_provable)
            note = translate("ProofWords", "Nobody is known to have been sent to twice.")
            return title.format(recipients=formats.recipients(count)), f"{note} {rests_on}"
        case ProofVerdict.VIOLATED:
            title = translate("ProofWords", "Sent to twice: {recipients}.")
            return title.format(recipients=formats.recipients(len(tally.violated))), rests_on


def computed_at(at: datetime, now: datetime) -> str:
    return translate("ProofWords", "As of {when}").format(when=formats.exact_moment(at, now))
