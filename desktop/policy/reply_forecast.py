"""How many people will reply to a campaign, and when: from its own replies, from those before it, or an assumption.

Theory: the share of a campaign that has begun is what was replied to of the messages that are old enough to have been
replied to. While those are few, what earlier campaigns had stands in for more messages, and before all campaigns an
assumption for a few: so the range is wide at first, and closes as people reply. Of replies that come late, fewer have
been seen than will come: each counts as many times as messages are too young for it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from math import sqrt

from desktop.domain.summaries import ReplyHistory
from desktop.policy.plan_facts import ReplyPlan
from desktop.policy.reply_pace import LOOK_BACK, unanswered

# Assumed, and told to the operator: nobody publishes what campaigns are really answered. One of ten, as sure as ten
# messages would make it: between nobody and one of four.
ASSUMED_SHARE, ASSUMED_WEIGHT = 0.1, 10.0
ASSUMED_LAGS_S = (300.0, 1800.0, 10800.0)
# No campaign is like the ones before it: they count as no more than so many of its own messages.
PAST_WEIGHT = 30.0
ENOUGH_MESSAGES = 30
ENOUGH_REPLIES = 20
_DEVIATIONS = 2.0


class Basis(StrEnum):
    """What the expectation rests on."""

    ASSUMED = "assumed"
    PAST = "past"  # earlier campaigns
    SEEN = "seen"  # this one's replies


@dataclass(frozen=True, slots=True)
class ReplyOutlook:
    """How many reply: shares of the messages (0-1), and what they rest on."""

    per_hour: int
    few: float
    likely: float
    many: float
    basis: Basis


def reply_outlook(
    history: ReplyHistory, per_hour: int, remaining: int, now: datetime
) -> tuple[ReplyOutlook, ReplyPlan]:
    """Return how many will reply to `remaining` messages, and the facts of the plan; the team answers `per_hour`."""
    lags_s = _lags_s(history, now)
    old_enough = _old_enough(history, lags_s, now)
    before, weight, basis = ASSUMED_SHARE, ASSUMED_WEIGHT, Basis.ASSUMED
    messages, replies = history.before
    if messages >= ENOUGH_MESSAGES:
        weight = min(float(messages), PAST_WEIGHT)
        before = (replies + ASSUMED_SHARE * ASSUMED_WEIGHT) / (messages + ASSUMED_WEIGHT)
        basis = Basis.PAST
    if old_enough >= ENOUGH_MESSAGES:
        basis = Basis.SEEN
    known = old_enough + weight
    share = min(1.0, (history.replied_total + before * weight) / known)
    # As unsure as what was learned is, and as those who are still to be asked are by chance.
    spread = _DEVIATIONS * sqrt(share * (1 - share) * (1 / (known + 1) + 1 / max(1, remaining)))
    few, many = max(0.0, share - spread), min(1.0, share + spread)
    departed = tuple((since, since + timedelta(seconds=history.bucket_s), n) for since, n in history.sent)
    waiting = unanswered(history.replies, per_hour, now)
    return (
        ReplyOutlook(per_hour, few, share, many, basis),
        ReplyPlan(per_hour, (few, share, many), lags_s, waiting, _before(departed, now)),
    )


def _before(
    departed: tuple[tuple[datetime, datetime, int], ...], now: datetime
) -> tuple[tuple[datetime, datetime, int], ...]:
    """End the last bucket now: nothing has left later."""
    return tuple((since, min(until, now), n) for since, until, n in departed if since < now)


def _lags_s(history: ReplyHistory, now: datetime) -> tuple[float, ...]:
    """Return the middles of three thirds of the replies: how long after its message each came."""
    lags_s = sorted(min(lag_s, LOOK_BACK.total_seconds()) for lag_s in history.lags_s)
    if len(lags_s) >= ENOUGH_REPLIES:
        return _middles(lags_s, [1 / max(_share_older(history, lag_s, now), 0.05) for lag_s in lags_s])
    before_s = sorted(min(lag_s, LOOK_BACK.total_seconds()) for lag_s in history.lags_before_s)
    return _middles(before_s, [1.0] * len(before_s)) if len(before_s) >= ENOUGH_REPLIES else ASSUMED_LAGS_S


def _middles(lags_s: Sequence[float], weights: Sequence[float]) -> tuple[float, ...]:
    sums = list(accumulate(weights))
    return tuple(lags_s[min(len(lags_s) - 1, bisect_left(sums, sums[-1] * third / 6))] for third in (1, 3, 5))


def _share_older(history: ReplyHistory, age_s: float, now: datetime) -> float:
    """Return the share (0-1) of the campaign's messages that left at least so long ago."""
    since = now - timedelta(seconds=age_s)
    younger = sum(n for begun, n in history.sent if begun > since)
    return max(0.0, 1 - younger / max(1, history.sent_total))


def _old_enough(history: ReplyHistory, lags_s: tuple[float, ...], now: datetime) -> float:
    """Return how many messages were there for so long that they were replied to, or will not be."""
    return history.sent_total * sum(_share_older(history, lag_s, now) for lag_s in lags_s) / len(lags_s)
