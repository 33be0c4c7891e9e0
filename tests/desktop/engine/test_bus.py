"""Events reach every listener in order, and a listener that fails keeps nobody from hearing."""

from desktop.domain.events import Event, EventType, NewEvent
from desktop.domain.ids import EventId, WorkspaceId
from desktop.engine.bus import Bus
from tests.conftest import LogWatch
from tests.fakes.clock import START


def event(number: int) -> Event:
    return Event(EventId(number), WorkspaceId(1), NewEvent(EventType.MESSAGE_SENT, START))


def test_all_hear_until_they_unsubscribe():
    bus = Bus()
    one: list[Event] = []
    two: list[Event] = []
    end_one = bus.subscribe(one.extend)
    bus.subscribe(two.extend)
    bus.publish([event(1), event(2)])
    end_one()
    end_one()
    bus.publish([event(3)])
    assert [e.id for e in one] == [1, 2]
    assert [e.id for e in two] == [1, 2, 3]


def test_a_listener_that_fails_is_reported_and_the_others_hear(log_watch: LogWatch):
    log_watch.expect("a listener of the event bus failed")
    bus = Bus()
    heard: list[Event] = []

    def fail(_events: object) -> None:
        raise ZeroDivisionError

    bus.subscribe(fail)
    bus.subscribe(heard.extend)
    bus.publish([event(1)])
    assert len(heard) == 1


def test_who_unsubscribes_while_hearing_does_not_disturb_the_others():
    bus = Bus()
    heard: list[Event] = []

    def once(_events: object) -> None:
        end()

    end = bus.subscribe(once)
    bus.subscribe(heard.extend)
    bus.publish([event(1)])
    bus.publish([event(2)])
    assert [e.id for e in heard] == [1, 2]
