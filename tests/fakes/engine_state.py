"""Stand-ins for the engine's state, the event bus and the supervisor, for tests of view-models and screens."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any

from desktop.domain.engine_trouble import EngineTrouble
from desktop.domain.events import Event, EventType, NewEvent
from desktop.domain.ids import CampaignId, EventId, InstanceId, WorkspaceId
from desktop.policy.explain import Explanation
from tests.fakes import samples


class FakeEngine:
    """What the engine says of itself: to be set by a test."""

    def __init__(self) -> None:
        self.online = True
        self.holder: str | None = None
        self.trouble: EngineTrouble | None = None
        self.in_flight = 0
        self.started_again = 0
        self.idle: dict[InstanceId, tuple[str, datetime | None]] = {
            InstanceId(1): ("pace_delay", samples.NOW + timedelta(seconds=24)),
            InstanceId(2): ("daily_limit", samples.NOW + timedelta(hours=9)),
            InstanceId(3): ("disconnected", None),
            InstanceId(4): ("unreachable", None),
        }
        self.instances: dict[InstanceId, Explanation] = {}
        self.campaigns: dict[CampaignId, Explanation] = {}
        self.departure: tuple[str, datetime | None] | None = ("pace_delay", samples.NOW + timedelta(seconds=24))

    def start_again(self) -> None:
        self.started_again += 1

    def why_idle(self, instance_id: InstanceId) -> tuple[str, datetime | None] | None:
        return self.idle.get(instance_id)

    def next_departure(self, campaign_id: CampaignId) -> tuple[str, datetime | None] | None:
        return self.departure

    def explain_instance(self, instance_id: InstanceId) -> Explanation | None:
        return self.instances.get(instance_id)

    def explain_campaign(self, campaign_id: CampaignId) -> Explanation | None:
        return self.campaigns.get(campaign_id)


class FakeBus:
    """A bus whose events a test publishes by hand."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Sequence[Event]], None]] = []
        self._last = 100_000

    def subscribe(self, listener: Callable[[Sequence[Event]], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def event(self, campaign_id: int = 8, type_: EventType = EventType.MESSAGE_SENT) -> Event:
        """Make the next event."""
        self._last += 1
        fact = NewEvent(type_, samples.NOW, campaign_id=CampaignId(campaign_id))
        return Event(EventId(self._last), WorkspaceId(1), fact)

    def publish(self, events: Sequence[Event]) -> None:
        for listener in tuple(self.listeners):
            listener(events)


class ImmediateSpawn:
    """Runs coroutines that never really wait to their end at once, without a loop; remembers the names."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self.names.append(name)
        try:
            work.send(None)
        except StopIteration:
            return
        raise AssertionError(f"{name} waits for something: the fakes never do")
