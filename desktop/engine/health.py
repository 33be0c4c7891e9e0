"""Numbers whose messages fail rest, and go on, by themselves. What decides it is `policy/instance_watch.py`."""

from collections.abc import Awaitable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import InstanceId
from desktop.engine.lane import Lane
from desktop.engine.ports import Clock, Ledger
from desktop.policy.instance_watch import (
    REASON,
    UNKNOWN_SCORE,
    PauseInstance,
    ResumeInstance,
    Watch,
    decide,
    new_day,
    noted,
    restored,
    shifted,
)


class WritePause(Protocol):
    def __call__(self, lane: Lane, reason: str | None, facts: Mapping[str, object], /) -> Awaitable[None]:
        """Write durably that a number is paused, or (None) goes on."""
        ...


class HealthKeeper:
    """Remembers how the messages of each number fared; the numbers are those of `lanes`, whichever these are now."""

    def __init__(self, ledger: Ledger, clock: Clock, lanes: Mapping[InstanceId, Lane], write_pause: WritePause) -> None:
        self._ledger, self._clock, self._lanes, self._write_pause = ledger, clock, lanes, write_pause
        self._watches: dict[InstanceId, Watch] = {}
        self._watched_on: dict[InstanceId, datetime] = {}  # the day of which the watch counts the pauses

    def watch_of(self, instance_id: InstanceId) -> Watch | None:
        """Return what is known of how a number's messages fared."""
        return self._watches.get(instance_id)

    def note(self, instance_id: InstanceId, *, left: bool) -> None:
        """Count an outcome that says something about the number: a message that left, or an error of the number."""
        self._watches[instance_id] = noted(self._watches.get(instance_id, Watch()), left=left)

    def shift(self, by: timedelta) -> None:
        """Follow a wall clock that was set."""
        self._watches = {instance_id: shifted(watch, by) for instance_id, watch in self._watches.items()}

    async def keep(self) -> None:
        """Let those rest whose messages fail, and those go on that have rested."""
        now = self._clock.now()
        for lane in tuple(self._lanes.values()):
            if lane.instance.pause_reason in (None, REASON):
                await self._act(lane, self._present_watch(lane, now), now)

    def _present_watch(self, lane: Lane, now: datetime) -> Watch:
        instance = lane.instance
        watch = self._watches.get(instance.id, Watch())
        if self._watched_on.setdefault(instance.id, lane.day) != lane.day:
            watch, self._watched_on[instance.id] = new_day(watch), lane.day
        if instance.pause_reason == REASON and watch.paused_at is None:
            # Found resting after a restart: from what score it fell is not known any more.
            return restored(min(instance.paused_at or now, now), UNKNOWN_SCORE)
        if instance.pause_reason is None and watch.paused_at is not None:
            return Watch(pauses=watch.pauses)  # the operator has resumed it
        return watch

    async def _act(self, lane: Lane, watch: Watch, now: datetime) -> None:
        decision = decide(watch, now)
        match decision:
            case PauseInstance():
                score = float(str(decision.facts["score"]))
                event = NewEvent(
                    EventType.HEALTH_ISSUE,
                    now,
                    Severity.WARNING,
                    decision.facts,
                    instance_id=lane.instance.id,
                    health_score=score,
                )
                await self._ledger.note(event)
                await self._write_pause(lane, REASON, decision.facts)
            case ResumeInstance():
                await self._write_pause(lane, None, decision.facts)
            case _:
                self._watches[lane.instance.id] = watch
                return
        self._watches[lane.instance.id] = decision.watch
