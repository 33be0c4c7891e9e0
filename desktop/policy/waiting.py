"""The one value that answers "why not now?": which rule, until when, and the numbers that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Rule(StrEnum):
    """What something waits for. Worded by `viewmodels/wording.py`."""

    DAILY_LIMIT = "daily_limit"
    HOURLY_LIMIT = "hourly_limit"
    MINUTE_LIMIT = "minute_limit"
    MIN_GAP = "min_gap"
    IN_FLIGHT = "in_flight"
    PACE_DELAY = "pace_delay"
    PACE_PER_HOUR = "pace_per_hour"
    PACE_PER_SECOND = "pace_per_second"
    REPLIES = "replies"
    WINDOW = "window"
    GRACE = "grace"
    WARM_UP = "warm_up"
    PORTFOLIO_LIMIT = "portfolio_limit"
    BUDGET_MESSAGES = "budget_messages"
    BUDGET_MONEY = "budget_money"
    PAIR_RATE = "pair_rate"
    THROUGHPUT = "throughput"
    TURN = "turn"
    CAMPAIGN_QUEUE = "campaign_queue"
    SCHEDULED = "scheduled"
    NOT_RUNNING = "not_running"
    HEALTH_ISSUE = "health_issue"
    PAUSED = "paused"
    DISCONNECTED = "disconnected"
    UNREACHABLE = "unreachable"
    BREAKER_OPEN = "breaker_open"
    THROTTLED = "throttled"
    OFFLINE = "offline"
    RETRY = "retry"
    RECONCILING = "reconciling"
    OPTED_OUT = "opted_out"
    SETTLED = "settled"
    NO_INSTANCE = "no_instance"
    NO_ENGINE = "no_engine"
    ENGINE_STOPPED = "engine_stopped"
    NOTHING_TO_DO = "nothing_to_do"


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing may leave before `until`; None means: not by itself with time, something has to change first."""

    rule: Rule
    until: datetime | None = None
    facts: Mapping[str, object] = field(default_factory=dict[str, object])


def longest(waits: list[Wait]) -> Wait:
    """Return the wait that ends last; one without an end outlasts all. `waits` must not be empty."""
    endless = [wait for wait in waits if wait.until is None]
    return endless[0] if endless else max(waits, key=_end)


def soonest(waits: list[Wait]) -> Wait:
    """Return the wait that ends first; one without an end only when there is no other. `waits` must not be empty."""
    ending = [wait for wait in waits if wait.until is not None]
    return min(ending, key=_end) if ending else waits[0]


def _end(wait: Wait) -> datetime:
    assert wait.until is not None
    return wait.until
