"""What follows from an outcome: for the recipient, for the instance, for the campaign.

The recipient's attempts are burnt only by errors that concern the recipient's own message. An instance that is down,
a limit, or a missing network are not the recipient's fault: it goes back to `pending` and no attempt is counted.
Source: product.md §5, gateways.md §10.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from desktop.domain.campaign import RetryPlan
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Outcome, Rejected, Unknown
from desktop.domain.receipt import LATER
from desktop.domain.recipient import Reason, RecipientStatus

JITTER_SHARE = 0.2
RECIPIENT_LATER_S = LATER["marketing_limit"].total_seconds()
THROTTLE_REST_S = 30.0
# A gateway may answer to questions and refuse every send: without a rest that would be a loop without end.
UNREACHABLE_REST_S = 5.0
_OF_THE_PERSON = frozenset({"pair_rate"})  # passes, and says nothing about the number


class InstanceEffect(StrEnum):
    NONE = "none"
    PAUSE = "pause"  # account-level: somebody must act
    DOWN = "down"  # ask the gateway for its state until it is connected again
    UNREACHABLE = "unreachable"  # no byte reached the gateway: nothing until it answers, and before `rest_until`
    REST = "rest"  # throttled: nothing before `rest_until`


@dataclass(frozen=True, slots=True)
class Next:
    """Decision after one outcome."""

    status: RecipientStatus
    reason: str | None = None
    next_attempt_at: datetime | None = None
    counts_as_attempt: bool = True
    instance: InstanceEffect = InstanceEffect.NONE
    rest_until: datetime | None = None
    pauses_campaign: bool = False
    content_fault: bool = False  # several in a row mean that the message itself is wrong
    systemic: bool | None = None  # for the breaker: True an error of the instance, False a success, None neither


def back_off_s(plan: RetryPlan, failures: int, rng: Random) -> float:
    """Return the delay after the n-th failure (1-based): base x 2^(n-1), capped, then up to 20 % of jitter on top."""
    capped = min(plan.base_s * 2.0 ** min(failures - 1, 30), plan.max_s)
    return capped * (1.0 + JITTER_SHARE * rng.random())


def after_outcome(plan: RetryPlan, outcome: Outcome, attempt_number: int, now: datetime, rng: Random) -> Next:
    """Decide what follows. `attempt_number` counts this attempt: 1 for the first."""
    match outcome:
        case Accepted():
            return Next(RecipientStatus.SENT, systemic=False)
        case Unknown():
            return Next(RecipientStatus.IN_DOUBT, Reason.ANSWER_LOST, systemic=True)
        case NotSent(code=code):
            return Next(
                RecipientStatus.PENDING,
                code,
                counts_as_attempt=False,
                instance=InstanceEffect.UNREACHABLE,
                rest_until=now + timedelta(seconds=UNREACHABLE_REST_S * (1.0 + JITTER_SHARE * rng.random())),
                systemic=None,
            )
        case Rejected():  # pragma: no branch  There are no more.
            return _after_rejection(plan, outcome, attempt_number, now, rng)


def _after_rejection(plan: RetryPlan, rejected: Rejected, number: int, now: datetime, rng: Random) -> Next:
    pending, code = RecipientStatus.PENDING, rejected.code
    match rejected.error_class:
        case ErrorClass.RECIPIENT_PERMANENT:
            return Next(RecipientStatus.FAILED, code)
        case ErrorClass.TEMPLATE_FAULT | ErrorClass.MEDIA_FAULT | ErrorClass.NEEDS_TEMPLATE:
            return Next(RecipientStatus.FAILED, code, content_fault=True)
        case ErrorClass.ACCOUNT_STOP:
            return Next(pending, code, counts_as_attempt=False, instance=InstanceEffect.PAUSE, systemic=True)
        case ErrorClass.INSTANCE_DOWN:
            return Next(pending, code, counts_as_attempt=False, instance=InstanceEffect.DOWN, systemic=True)
        case ErrorClass.CAMPAIGN_PAUSE:
            return Next(pending, code, counts_as_attempt=False, pauses_campaign=True)
        case ErrorClass.THROTTLE:
            rest_s = max(rejected.retry_after_s or 0.0, THROTTLE_REST_S * (1.0 + JITTER_SHARE * rng.random()))
            rest_until = now + timedelta(seconds=rest_s)
            return Next(pending, code, counts_as_attempt=False, instance=InstanceEffect.REST, rest_until=rest_until)
        case ErrorClass.RECIPIENT_LATER:
            return _retry(plan, code, number, now, max(RECIPIENT_LATER_S, rejected.retry_after_s or 0.0), systemic=None)
        case ErrorClass.TRANSIENT:  # pragma: no branch  There are no more.
            delay_s = max(back_off_s(plan, number, rng), rejected.retry_after_s or 0.0)
            return _retry(plan, code, number, now, delay_s, systemic=None if code in _OF_THE_PERSON else True)


def _retry(plan: RetryPlan, code: str, number: int, now: datetime, delay_s: float, *, systemic: bool | None) -> Next:
    if number >= plan.attempts:
        return Next(RecipientStatus.FAILED, Reason.RETRIES_EXHAUSTED, systemic=systemic)
    at = now + timedelta(seconds=delay_s)
    return Next(RecipientStatus.RETRYING, code, next_attempt_at=at, systemic=systemic)
