"""Works a plan day by day, and passes over days that go like one worked before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.policy.flow import EPSILON
from desktop.policy.plan_calendar import DAY, DAY_S, Calendar, Stretch
from desktop.policy.plan_facts import DayPlan
from desktop.policy.plan_flow import DONE, MINUTES_S, State, Works
from desktop.policy.waiting import Rule

DAYS_AHEAD = 3650
# What lets nothing through for days, and ends all the same.
_PASSES = frozenset({Rule.WINDOW, Rule.REPLIES, Rule.PAUSED})


@dataclass(frozen=True, slots=True)
class _Seen:
    """A whole day that was worked: what each group took of it, its rule, and how it left everything behind."""

    taken: tuple[float, ...]
    total: float
    rule: Rule
    state: State


class Days:
    """One course of the plan, worked until everybody is reached.

    Attributes:
        worked: (date, messages, rule) of each day so far.
        rules: what held anything at any time.
    """

    def __init__(self, works: Works, calendar: Calendar, volume: float, now: datetime) -> None:
        self._works, self._calendar = works, calendar
        self._left = apportion(volume, calendar.people)
        self._day = calendar.date_of(now)
        self._now_s = (now - calendar.begins(self._day)).total_seconds()
        self._cuts = list({source.resets_at for source in works.sources})
        self._seen: dict[object, _Seen] = {}
        self.worked: list[tuple[date, float, Rule]] = []
        self.rules: set[Rule] = set()

    def plans(self) -> tuple[DayPlan, ...]:
        """Return the days in whole messages that add up."""
        plans: list[DayPlan] = []
        total, told = 0.0, 0
        for day, messages, rule in self.worked:
            total += messages
            plans.append(DayPlan(day, round(total) - told, rule))
            told = round(total)
        return tuple(plans)

    def work(self) -> datetime | None:
        """Return when the last message leaves; None when it never does."""
        end = self._work_day(self._now_s, None)
        while end is None and len(self.worked) < DAYS_AHEAD and not self._is_stuck():
            state = self._pass_over(self._works.state())
            end = self._work_day(0.0, state)
        return None if end is None else self._calendar.begins(self.worked[-1][0]) + timedelta(seconds=end)

    def _is_stuck(self) -> bool:
        """Tell whether a whole day with all its allowances let nothing through that somebody was there for."""
        _day, messages, rule = self.worked[-1]
        return len(self.worked) > 2 and messages <= EPSILON and rule not in _PASSES

    def _pass_over(self, state: State) -> State:
        """Pass over the days that go like one that was worked already, and return the state after them."""
        begun, kind, left = state, self._calendar.kind, self._left
        while len(self.worked) < DAYS_AHEAD:
            seen = self._seen.get((kind(self._day), _who(left), state))
            # The day on which a group of people is finished is worked: it has to share out what is left.
            if seen is None or any(n and n + 1 >= there for n, there in zip(seen.taken, left, strict=True)):
                break
            left = [there - n for there, n in zip(left, seen.taken, strict=True)]
            self.worked.append((self._day, seen.total, seen.rule))
            self._day += DAY
            state = seen.state
        self._left = left
        if state is not begun:
            self._works.restore(state)
        return state

    def _work_day(self, since: float, state: State | None) -> float | None:
        """Work one day from a second of it on; return the second at which everybody is reached, or None.

        Args:
            state: how a whole day begins; None for a part of one, which is not worth remembering.
        """
        day, before, end, length = self._day, list(self._left), None, DAY_S
        self._works.held.clear()
        opening = [source.opens_at for source in self._works.sources]
        for stretch in self._calendar.stretches(day, [*self._cuts, self._now_s + MINUTES_S, *opening]):
            length = stretch.end
            if stretch.end > since:
                self._begin(stretch.start)
                end = self._work_stretch(stretch, max(since, stretch.start))
            if end is not None:
                break
        self._works.next_day(length)
        self.rules.update(self._works.held)
        taken = tuple(a - b for a, b in zip(before, self._left, strict=True))
        rule = max(self._works.held, key=lambda rule: self._works.held[rule], default=Rule.WINDOW)
        self.worked.append((day, sum(taken), rule))
        if state is not None:
            key = (self._calendar.kind(day), _who(before), state)
            self._seen[key] = _Seen(taken, sum(taken), rule, self._works.state())
        self._day += DAY
        return end

    def _begin(self, at: float) -> None:
        """Give out the allowances that begin at a moment of the day; those of today are there from the start."""
        is_first = not self.worked
        self._works.smooth()
        for source in self._works.sources:
            source.is_closed = source.opens_at > at
            if source.resets_at == at and (at > self._now_s or not is_first):
                source.begin_day()
            if at >= self._now_s + MINUTES_S or not is_first:
                source.smooth()

    def _work_stretch(self, stretch: Stretch, since: float) -> float | None:
        demand = sum(self._left[place] for place in stretch.is_open)
        at = since
        if demand:
            at, messages = self._works.run(since, stretch.end, demand)
            for place in stretch.is_open:
                left = self._left[place] * (1 - messages / demand)
                self._left[place] = left if left > DONE else 0.0
            if not any(self._left):
                return at
        self._works.idle(at, stretch.end)
        return None


def _who(left: Sequence[float]) -> tuple[bool, ...]:
    return tuple(map(bool, left))


def apportion(volume: float, people: Sequence[float]) -> list[float]:
    """Divide messages in whole numbers like people: one message goes to one person, not to a tenth of every zone."""
    total = sum(people)
    exact = [volume * n / total for n in people]
    whole = [float(int(n)) for n in exact]
    for place in sorted(range(len(people)), key=lambda n: whole[n] - exact[n])[: round(volume - sum(whole))]:
        whole[place] += 1
    return whole
