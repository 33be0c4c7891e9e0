"""The facts of a plan, and what the planner makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.domain.campaign import Pace, RetryPlan, SendWindow
from desktop.domain.instance import InstanceLimits
from desktop.policy.send_window import IsHoliday
from desktop.policy.waiting import Rule
from desktop.policy.warmup import Curve


def no_holidays(_day: date) -> bool:
    """Answer that no day is a holiday."""
    return False


@dataclass(frozen=True, slots=True)
class InstancePlan:
    """One instance of the campaign, with what has left through it.

    `recent` are its departures of at least the last hour, ascending, of all campaigns. `warmup_day` is today's.
    Nothing leaves through it before `free_at`, where that is given.
    """

    limits: InstanceLimits
    timezone: str
    sent_today: int = 0
    recent: Sequence[datetime] = ()
    in_flight: int = 0
    answer_s: float = 0.3
    curve: Curve | None = None
    warmup_day: int = 1
    portfolio: str | None = None
    free_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PortfolioRoom:
    """New people in 24 hours that all numbers of one portfolio share; `limit` None is no limit.

    Attributes:
        used: people written to in the last 24 hours.
        recent: (from, until, people) of when that was, ascending; without it that was just now.
    """

    limit: int | None
    used: int = 0
    recent: tuple[tuple[datetime, datetime, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyPlan:
    """The team that answers the replies, and how many come.

    Attributes:
        per_hour: how many the team answers in an hour.
        shares: of the messages that are replied to (0-1): the fewest, the likely and the most.
        lags_s: how long after its message a reply comes; each as likely as the others.
        waiting: replies that wait for an answer now.
        departed: (from, until, messages) of what has left so far and may still be replied to, ascending.
    """

    per_hour: int
    shares: tuple[float, float, float]
    lags_s: tuple[float, ...]
    waiting: float = 0.0
    departed: tuple[tuple[datetime, datetime, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Everything that decides how long a campaign takes.

    Args:
        remaining: messages that are still to leave (pending, retrying).
        recent: the campaign's departures of at least the last hour, ascending.
        zones: time zones of the recipients and how many live in each; only the proportions count. Needed with a window.
        retry_share: share (0-1) of the messages that need another attempt.
        replies: None where the campaign does not wait for a team.
    """

    remaining: int
    pace: Pace
    instances: tuple[InstancePlan, ...]
    recent: Sequence[datetime] = ()
    window: SendWindow | None = None
    zones: tuple[tuple[str, int], ...] = ()
    is_holiday: IsHoliday = no_holidays
    retry: RetryPlan = field(default_factory=RetryPlan)
    retry_share: float = 0.0
    portfolios: Mapping[str, PortfolioRoom] = field(default_factory=dict[str, PortfolioRoom])
    replies: ReplyPlan | None = None


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What leaves on one local day (of the first instance), and the rule that held it longest.

    The rule is the send window only where the whole day is closed: on others it is what holds while it is open.
    """

    date: date
    messages: int
    limiting_rule: Rule


@dataclass(frozen=True, slots=True)
class Projection:
    """The days of the likely course, and when it ends: a range, or never (all None) because of the rule `never`.

    Attributes:
        holds: the rules that hold the likely course at any time.
        may_hold: those of the course without luck.
    """

    days: tuple[DayPlan, ...]
    finish_earliest: datetime | None
    finish_likely: datetime | None
    finish_latest: datetime | None
    never: Rule | None = None
    holds: frozenset[Rule] = frozenset()
    may_hold: frozenset[Rule] = frozenset()
