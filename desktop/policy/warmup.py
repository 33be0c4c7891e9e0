"""Warm-up: a new number starts small and may send more each day, on a curve that the operator sees and can edit.

Theory: what counts are days on which something was sent, because that is what gives a number its history: the first
such day is day 1, and a day without a message does not move the curve. Each full week of silence steps it back by a
week, never before day 1. Beyond its last point the curve stays there, so a number that has finished its warm-up and
then rests for a week has the last week before the end to do again. The day never changes while it lasts: only what
was sent before today counts. The allowance of the day is the smaller of curve and daily limit. Source: product.md §4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from desktop.domain.errors import KnownError
from desktop.domain.instance import InstanceLimits
from desktop.policy.limits import next_local_midnight
from desktop.policy.waiting import Rule, Wait

# (day, messages that may leave on it), from day 1, ascending. Each holds until the next; None is no limit.
Curve = tuple[tuple[int, int | None], ...]

OFF, STANDARD_NAME = "off", "standard"
PAST = timedelta(days=180)  # of the history that is looked at: longer than any curve worth drawing
IDLE_STEP_DAYS = 7

# A fifth more each day for four weeks, in round numbers, then no limit. Neither WhatsApp nor Meta publishes a curve;
# 20 a day is what one person writes by hand, and 2,745 on day 28 is more than a campaign a day of most companies.
STANDARD: Curve = (
    *enumerate(
        (
            20, 25, 30, 35, 40, 50, 60,
            70, 85, 105, 125, 150, 180, 215,
            255, 310, 370, 445, 530, 640, 765,
            920, 1105, 1325, 1590, 1910, 2290, 2745,
        ),
        start=1,
    ),
    (29, None),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WarmupDay:
    """Where a number is on its curve today.

    `allowance` None is no limit; `stepped_back` are the days that silence has just taken from it.
    """

    day: int
    allowance: int | None
    stepped_back: int = 0


def curve_of(warmup: str) -> Curve | None:
    """Return the curve that an instance's `warmup` names: `off` None, `standard`, or points such as `1:20 8:70 15:-`.

    Raises:
        KnownError: `warmup_curve`, when it is none of these.
    """
    if warmup == OFF:
        return None
    if warmup == STANDARD_NAME:
        return STANDARD
    try:
        points = tuple(_point(text) for text in warmup.split())
    except ValueError:
        points = ()
    days = [day for day, _allowance in points]
    if days[:1] != [1] or days != sorted(set(days)) or any(n is not None and n < 0 for _day, n in points):
        raise KnownError(
            "warmup_curve",
            f"This is not a warm-up curve: {warmup[:80]}",
            'Write days and messages, from day 1, such as "1:20 8:70 15:250 22:-".',
            text=warmup[:80],
        )
    return points


def careful_curve(warmup: str) -> Curve | None:
    """Return the curve, or the standard one in place of what is not understood: that is the careful choice."""
    try:
        return curve_of(warmup)
    except KnownError:
        return STANDARD


def curve_text(curve: Curve | None) -> str:
    """Write a curve as an instance stores it; `curve_of` reads it."""
    if curve is None:
        return OFF
    if curve == STANDARD:
        return STANDARD_NAME
    return " ".join(f"{day}:{'-' if allowance is None else allowance}" for day, allowance in curve)


def curve_at(curve: Curve, day: int) -> int | None:
    """Return the allowance of a day (1 and up)."""
    return next(allowance for first, allowance in reversed(curve) if first <= day)


def allowance(curve: Curve, history: Sequence[tuple[date, int]], today: date) -> WarmupDay:
    """Return where the number is today.

    Args:
        history: local date and messages sent of the number's whole past, at most a row a day, in any order.
    """
    last_day = curve[-1][0]
    day, stepped_back, previous = 1, 0, None
    for active in [*sorted({at for at, sent in history if sent > 0 and at < today}), today]:
        if previous is not None:
            reached = min(day + 1, last_day)
            idle_weeks = ((active - previous).days - 1) // IDLE_STEP_DAYS
            day = max(1, reached - idle_weeks * IDLE_STEP_DAYS)
            stepped_back = reached - day
        previous = active
    return WarmupDay(day, curve_at(curve, day), stepped_back)


def advanced(before: WarmupDay | None, after: WarmupDay) -> Mapping[str, object] | None:
    """Return the details of the `warmup_advanced` event, or None when the day is the same as before.

    Args:
        before: what was last told; None when nothing was.
    """
    if before is not None and before.day == after.day:
        return None
    details: dict[str, object] = {"day": after.day, "allowance": after.allowance, "stepped_back": after.stepped_back}
    if before is not None:
        details |= {"previous_day": before.day, "previous_allowance": before.allowance}
    return details


def smallest(limit: int | None, warmup: WarmupDay | None) -> int | None:
    """Return what may leave today: the smaller of daily limit and curve; None when neither limits."""
    known = [n for n in (limit, warmup.allowance if warmup else None) if n is not None]
    return min(known) if known else None


def limits_today(limits: InstanceLimits, warmup: WarmupDay | None) -> InstanceLimits:
    """Return the limits with the day's allowance as daily limit: what rotation and the panel compare with."""
    return replace(limits, per_day=smallest(limits.per_day, warmup))


def warmup_wait(
    limit: int | None, warmup: WarmupDay | None, sent_today: int, timezone: str, now: datetime
) -> Wait | None:
    """Return the wait for the next local day when the curve (not the daily limit) holds the number, else None."""
    if warmup is None or warmup.allowance is None or sent_today < warmup.allowance:
        return None
    if limit is not None and limit <= warmup.allowance:
        return None  # the daily limit is reached as well, and it is the smaller: it is the reason
    facts = {"day": warmup.day, "used": sent_today, "limit": warmup.allowance}
    return Wait(Rule.WARM_UP, next_local_midnight(now, timezone), facts)


def _point(text: str) -> tuple[int, int | None]:
    day, _, messages = text.partition(":")
    return int(day), None if messages == "-" else int(messages)
