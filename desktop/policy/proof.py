"""Computes whether "no one was sent to twice" holds for a campaign, from what is recorded. Pure.

Theory: each attempt certainly left, certainly did not leave, or may have left, and its evidence says which. A person
was sent to twice when two attempts left; that it was at most once is proven when no more than one attempt may have
left. What lies between is not provable, and is said so. One attempt of unknown fate alone proves the claim all the
same: whether or not it left, it was one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.ids import RecipientId
from desktop.domain.proof import AttemptFacts, RecipientFacts
from desktop.domain.recipient import RecipientStatus


class ProofVerdict(StrEnum):
    PROVEN = "proven"
    NOT_PROVABLE = "not_provable"
    VIOLATED = "violated"


class Evidence(StrEnum):
    """What an attempt's fate is known by."""

    ANSWER = "answer"  # left: the gateway's answer carried its message id
    FOUND = "found"  # left: the gateway's own message list showed it later
    RECEIPT = "receipt"  # left: a receipt named it
    RECONCILED = "reconciled"  # left: a doubt that was settled; the event that says how is gone
    UNDELIVERED = "undelivered"  # accepted first; then the provider said that it did not arrive, and may be sent again
    REFUSED = "refused"  # did not leave: the gateway said so
    NOTHING_LEFT = "nothing_left"  # did not leave: no byte of the request was written
    ABSENT = "absent"  # did not leave: the gateway, asked later, had no such message
    OPERATOR = "operator"  # may have left: a person decided how to count it
    NONE = "none"  # may have left: nobody knows yet


LEFT = frozenset({Evidence.ANSWER, Evidence.FOUND, Evidence.RECEIPT, Evidence.RECONCILED})
MAY_HAVE_LEFT = LEFT | {Evidence.OPERATOR, Evidence.NONE}

_REACHED = frozenset({RecipientStatus.SENT, RecipientStatus.DELIVERED, RecipientStatus.READ})
_WAITS = frozenset({RecipientStatus.PENDING, RecipientStatus.RETRYING})


@dataclass(frozen=True, slots=True)
class Judgement:
    """The claim for one recipient. `why` is a code; `attempts` are the numbers of those that left or may have."""

    verdict: ProofVerdict
    why: str | None
    attempts: tuple[int, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Unproven:
    """One recipient for whom the claim is not proven."""

    id: RecipientId
    phone: str
    why: str
    attempts: tuple[int, ...]


def evidence(attempt: AttemptFacts, status: RecipientStatus, *, is_last: bool) -> Evidence:
    """Return what the fate of an attempt is known by.

    Args:
        status: of its recipient.
        is_last: whether no later attempt of the recipient is recorded.
    """
    match attempt.outcome:
        case "accepted":
            return _of_accepted(attempt)
        case "rejected":
            return Evidence.REFUSED
        case "not_sent":
            return Evidence.ABSENT if attempt.was_doubtful else Evidence.NOTHING_LEFT
        case "unknown":
            # Only the operator leads out of doubt and leaves the attempt unknown: the gateway's proof changes it.
            is_open = is_last and status is RecipientStatus.IN_DOUBT
            return Evidence.NONE if is_open else Evidence.OPERATOR
        case _:
            return Evidence.NONE


def _of_accepted(attempt: AttemptFacts) -> Evidence:
    if attempt.was_undelivered:
        return Evidence.UNDELIVERED
    if not attempt.was_doubtful:
        return Evidence.ANSWER
    match attempt.proof:
        case "found":
            return Evidence.FOUND
        case "receipt":
            return Evidence.RECEIPT
        case _:
            return Evidence.RECONCILED


def evidences(recipient: RecipientFacts) -> tuple[Evidence, ...]:
    """Return the evidence of each attempt, in their order."""
    last = len(recipient.attempts) - 1
    return tuple(
        evidence(attempt, recipient.row.status, is_last=position == last)
        for position, attempt in enumerate(recipient.attempts)
    )


def judge(recipient: RecipientFacts, known_by: Sequence[Evidence]) -> Judgement:
    """Judge the claim for one recipient, whose attempts are known by `known_by`."""
    pairs = list(zip(recipient.attempts, known_by, strict=True))
    left = tuple(attempt.number for attempt, kind in pairs if kind in LEFT)
    possible = tuple(attempt.number for attempt, kind in pairs if kind in MAY_HAVE_LEFT)
    status = recipient.row.status

    def judged(verdict: ProofVerdict, why: str | None, numbers: tuple[int, ...]) -> Judgement:
        return Judgement(verdict, why, numbers, len(left))

    if len(left) > 1:
        return judged(ProofVerdict.VIOLATED, "left_twice", left)
    if len(possible) > 1:
        asked = any(kind is Evidence.OPERATOR for kind in known_by)
        return judged(ProofVerdict.NOT_PROVABLE, "operator_word" if asked else "fate_unknown", possible)
    if left and status in _WAITS:
        # The record contradicts itself: who has the message is about to be sent to.
        return judged(ProofVerdict.NOT_PROVABLE, "left_but_waits", left)
    if status in _REACHED and not possible:
        return judged(ProofVerdict.NOT_PROVABLE, "no_attempt", ())
    return judged(ProofVerdict.PROVEN, None, possible)


@dataclass(slots=True)
class ProofTally:
    """The claim for a campaign, recipient by recipient; it remembers those alone for whom it is not proven."""

    recipients: int = 0
    attempts: int = 0
    sent_once: int = 0
    not_sent: int = 0
    unknown: int = 0  # one attempt, and nobody knows whether it left; in doubt, or settled by the operator's word
    not_provable: list[Unproven] = field(default_factory=list[Unproven])
    violated: list[Unproven] = field(default_factory=list[Unproven])
    known_by: dict[Evidence, int] = field(default_factory=lambda: dict.fromkeys(Evidence, 0))

    def add(self, recipient: RecipientFacts) -> tuple[tuple[Evidence, ...], Judgement]:
        """Count one recipient; return the evidence of its attempts, and what it proves."""
        known_by = evidences(recipient)
        judgement = judge(recipient, known_by)
        self.recipients += 1
        self.attempts += len(known_by)
        for kind in known_by:
            self.known_by[kind] += 1
        self._place(recipient, judgement)
        return known_by, judgement

    def _place(self, recipient: RecipientFacts, judgement: Judgement) -> None:
        if judgement.verdict is ProofVerdict.PROVEN:
            if judgement.left:
                self.sent_once += 1
            elif judgement.attempts:
                self.unknown += 1
            else:
                self.not_sent += 1
            return
        found = Unproven(recipient.row.id, recipient.row.phone, judgement.why or "", judgement.attempts)
        (self.violated if judgement.verdict is ProofVerdict.VIOLATED else self.not_provable).append(found)

    @property
    def verdict(self) -> ProofVerdict:
        if self.violated:
            return ProofVerdict.VIOLATED
        return ProofVerdict.NOT_PROVABLE if self.not_provable else ProofVerdict.PROVEN

    @property
    def counts(self) -> Mapping[str, int]:
        """Recipients by what is proven of them (adding up to `recipients`), and attempts by their evidence."""
        return {
            "recipients": self.recipients,
            "sent_once": self.sent_once,
            "not_sent": self.not_sent,
            "unknown": self.unknown,
            "not_provable": len(self.not_provable),
            "violated": len(self.violated),
            "attempts": self.attempts,
            **{kind.value: n for kind, n in self.known_by.items()},
        }
