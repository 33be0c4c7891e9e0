"""Pauses an instance whose messages fail, and lets it go on after a rest: automatic, explained, and not nervous.

Theory of the machine: while it works, the last 50 outcomes are the sample, and its score is the share that left. Under
40, with at least 20 outcomes seen, the instance is paused. While it rests nothing is sent, so nothing new can be
learned; instead the score heals: what is missing to 100 halves every half hour. At 60, and not before a quarter of an
hour, the instance goes on with an empty sample, so it has 20 outcomes to prove itself before it can be paused again.
Each further pause on the same day doubles the time of healing, up to four hours. Between 40 and 60 nothing changes in
either state: that is the hysteresis. Errors in a row are the breaker's business and do not count twice.
Source: product.md §6; the figures are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import log2

from desktop.policy.waiting import Rule, Wait

PAUSE_UNDER, RESUME_AT = 40.0, 60.0
SAMPLE, SAMPLE_FLOOR = 50, 20
SHORTEST_REST = timedelta(minutes=15)
HALF_LIFE, LONGEST_HALF_LIFE = timedelta(minutes=30), timedelta(hours=4)
UNKNOWN_SCORE = 20.0  # of an instance found resting: from what score it fell is not known any more
REASON = Rule.HEALTH_ISSUE.value


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known of an instance.

    `outcomes` are the last ones, oldest first, True for a message that left. `paused_at` is set while it rests, with
    the `score` it was paused for; `pauses` counts those of the day.
    """

    outcomes: tuple[bool, ...] = ()
    paused_at: datetime | None = None
    score: float = 100.0
    pauses: int = 0


@dataclass(frozen=True, slots=True)
class Steady:
    """Nothing changes."""


@dataclass(frozen=True, slots=True)
class PauseInstance:
    """`facts` are the details of `health_issue` and `instance_paused`; `watch` is what to go on with."""

    facts: Mapping[str, object]
    watch: Watch
    reason: str = REASON


@dataclass(frozen=True, slots=True)
class ResumeInstance:
    """`facts` are the details of `instance_resumed`."""

    facts: Mapping[str, object]
    watch: Watch


def noted(watch: Watch, *, left: bool) -> Watch:
    """Add an outcome that says something about the instance: a message that left, or one that failed for good.

    What came back from before a pause changes nothing while it lasts.
    """
    if watch.paused_at is not None:
        return watch
    return replace(watch, outcomes=(*watch.outcomes[-(SAMPLE - 1) :], left))


def score(watch: Watch, now: datetime) -> float:
    """Return the score 0-100: of the sample while working, healing while resting."""
    if watch.paused_at is not None:
        rested = max(timedelta(), now - watch.paused_at)
        return 100.0 - (100.0 - watch.score) * 0.5 ** (rested / _half_life(watch))
    if len(watch.outcomes) < SAMPLE_FLOOR:
        return 100.0
    return 100.0 * sum(watch.outcomes) / len(watch.outcomes)


def decide(watch: Watch, now: datetime) -> Steady | PauseInstance | ResumeInstance:
    """Decide whether the instance is paused, goes on, or stays as it is."""
    reached = score(watch, now)
    if watch.paused_at is None:
        if reached >= PAUSE_UNDER:
            return Steady()
        paused = Watch((), now, reached, watch.pauses + 1)
        failed = len(watch.outcomes) - sum(watch.outcomes)
        facts: dict[str, object] = {
            "score": round(reached, 1),
            "threshold": PAUSE_UNDER,
            "outcomes": len(watch.outcomes),
            "failed": failed,
            "resume_at": resume_at(paused).isoformat(),
        }
        return PauseInstance(facts, paused)
    if now < resume_at(watch):
        return Steady()
    facts = {"score": round(reached, 1), "rested_s": round((now - watch.paused_at).total_seconds())}
    return ResumeInstance(facts, Watch(pauses=watch.pauses))


def resume_at(watch: Watch) -> datetime:
    """Return when a resting instance goes on."""
    assert watch.paused_at is not None
    halvings = log2((100.0 - watch.score) / (100.0 - RESUME_AT))
    return watch.paused_at + max(SHORTEST_REST, _half_life(watch) * halvings)


def watch_wait(watch: Watch) -> Wait | None:
    """Return until when the instance rests, or None when it does not."""
    if watch.paused_at is None:
        return None
    return Wait(Rule.HEALTH_ISSUE, resume_at(watch), {"score": round(watch.score, 1), "pauses": watch.pauses})


def restored(paused_at: datetime, score: float, pauses: int = 1) -> Watch:
    """Rebuild the watch of an instance found resting after a restart, from its `health_issue` event."""
    return Watch((), paused_at, min(score, PAUSE_UNDER), pauses)


def new_day(watch: Watch) -> Watch:
    """Forget the day's pauses; the sample stays, failures do not end at midnight."""
    return replace(watch, pauses=1 if watch.paused_at else 0)


def shifted(watch: Watch, by: timedelta) -> Watch:
    """Follow a wall clock that was set: the rest lasts as long as it did."""
    return replace(watch, paused_at=watch.paused_at + by) if watch.paused_at else watch


def _half_life(watch: Watch) -> timedelta:
    doublings = min(max(watch.pauses - 1, 0), 10)
    return min(HALF_LIFE * 2**doublings, LONGEST_HALF_LIFE)
