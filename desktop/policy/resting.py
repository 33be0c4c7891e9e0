"""A number that sends nothing for a while and then goes on by itself: nobody has to act, so a start may wait for it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.domain.instance import Gateway, Instance
from desktop.domain.summaries import InstanceSummary, NumberHistory
from desktop.policy.limit_profiles import PROFILES, PausesCampaign, on_limits
from desktop.policy.limits import next_local_midnight
from desktop.policy.standing import free_at, is_rest_over
from desktop.policy.waiting import Rule, Wait
from desktop.policy.warmup import allowance, careful_curve, warmup_wait

BY_ITSELF = frozenset({Rule.DAILY_LIMIT.value, Rule.HEALTH_ISSUE.value})
"""Reasons of pauses that the engine ends, whatever `paused_until` says."""


def rest_of(number: InstanceSummary, history: NumberHistory, now: datetime) -> Wait | None:
    """Return why a number rests and until when (None: as long as its errors let it), or None when it does not.

    A pause that waits for somebody is no rest, and neither is a limit of nought: no day ends it.
    """
    instance, used = number.instance, number.sent_today
    limit, reason = instance.limits.per_day, instance.pause_reason
    if reason == Rule.HEALTH_ISSUE:
        return Wait(Rule.HEALTH_ISSUE)
    if reason is not None and reason != Rule.DAILY_LIMIT and not is_rest_over(instance, now):
        until = free_at(instance, now)
        return Wait(Rule.PAUSED, until, {"reason": reason}) if until else None
    if has_no_allowance(instance):
        return None
    curve = careful_curve(instance.warmup)
    today = now.astimezone(ZoneInfo(instance.timezone)).date()
    warm = allowance(curve, history.days, today) if curve else None
    if warming := warmup_wait(limit, warm, used, instance.timezone, now):
        return warming
    if limit is not None and used >= limit:
        return Wait(Rule.DAILY_LIMIT, next_local_midnight(now, instance.timezone), {"used": used, "limit": limit})
    return None


def has_no_allowance(instance: Instance) -> bool:
    """Tell whether a number may send nothing on any day."""
    return instance.limits.per_day is not None and instance.limits.per_day <= 0


def would_pause(held: Sequence[tuple[Gateway, Wait]]) -> bool:
    """Tell whether a campaign pauses as soon as it is started, none of whose numbers (in their order) may send now.

    The engine decides by the same table. To it a number that has reached its limit of the day is paused without an
    end that is known beforehand.
    """
    seen = [(PROFILES[gateway], Wait(w.rule) if w.rule is Rule.DAILY_LIMIT else w) for gateway, w in held]
    return isinstance(on_limits(seen), PausesCampaign)
