"""Decides what follows from one try to tell: pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

MOST_TRIES = 10
BASE_S = 10.0
LONGEST_S = 6 * 3600.0
JITTER_SHARE = 0.2
GONE = 410  # the receiver says that it will never listen again


@dataclass(frozen=True, slots=True)
class Answer:
    """What a try came to: an HTTP status, or none with a code of ours (`unreachable`, `timeout`, `tls`)."""

    http_status: int | None
    error: str | None = None
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    pass


@dataclass(frozen=True, slots=True)
class TryAgain:
    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    pauses_hook: bool = False


def after_answer(answer: Answer, tries: int, now: datetime, rng: Random) -> Told | TryAgain | GiveUp:
    """Decide about a delivery after its n-th try (1-based).

    Every answer but 2xx is tried again: a workflow that is switched off answers 404 and is switched on again. The
    delays are 10 s, 20 s, 40 s … up to 6 h, together some one and a half hours; then the operator decides.
    """
    if answer.http_status is not None and 200 <= answer.http_status < 300:
        return Told()
    if answer.http_status == GONE:
        return GiveUp(pauses_hook=True)
    if tries >= MOST_TRIES:
        return GiveUp()
    delay_s = min(BASE_S * 2.0 ** (tries - 1), LONGEST_S) * (1.0 + JITTER_SHARE * rng.random())
    return TryAgain(now + timedelta(seconds=min(LONGEST_S, max(delay_s, answer.retry_after_s or 0.0))))
