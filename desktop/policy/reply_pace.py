"""A campaign that waits for its own team: no more people are asked than can be answered.

Theory: replies are work that comes in, the team answers so many an hour, and what it has not answered waits. Nobody
tells the program what was answered, so the work goes down at the team's pace and never below nothing. While more waits
than the team answers in an hour, the campaign does: whoever replies then is answered within about an hour.
Source: product.md §13; the hour is ours.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desktop.policy.limits import HOUR
from desktop.policy.waiting import Rule, Wait

LOOK_BACK = timedelta(days=3)  # what a team has not answered by then it will not answer


def unanswered(replies: Sequence[datetime], per_hour: int, now: datetime) -> float:
    """Return how many replies wait for an answer, as parts of one that is being written.

    Args:
        replies: ascending; those still to come by a clock that was set back count from now.
        per_hour: how many the team answers in an hour, at least 1.
    """
    waiting, at = 0.0, None
    for moment in replies:
        moment = min(moment, now)
        waiting = 1.0 + (_left(waiting, per_hour, moment - at) if at else 0.0)
        at = moment
    return _left(waiting, per_hour, now - at) if at else 0.0


def reply_wait(replies: Sequence[datetime], per_hour: int | None, now: datetime) -> Wait | None:
    """Return until when the team has no more to answer than an hour's work; None when that is so now, or unasked."""
    if per_hour is None:
        return None
    waiting = unanswered(replies, per_hour, now)
    # Rounded down to nothing: what is told as a wait has to end later, or who waits asks again without time passing.
    until = now + max(timedelta(), HOUR * ((waiting - per_hour) / per_hour))
    if until == now:
        return None
    return Wait(Rule.REPLIES, until, {"unanswered": round(waiting), "per_hour": per_hour})


def _left(waiting: float, per_hour: int, passed: timedelta) -> float:
    return max(0.0, waiting - per_hour * (passed / HOUR))
