from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.viewmodels.event_bridge import FLOOD, EventBridge, Refresher
from desktop.viewmodels.jobs import Jobs
from tests.fakes.engine_state import FakeBus, ImmediateSpawn


def test_events_of_one_tick_arrive_together_and_in_order(qtbot: QtBot) -> None:
    bus = FakeBus()
    bridge = EventBridge(bus)
    first, second, third = bus.event(), bus.event(), bus.event()
    with qtbot.waitSignal(bridge.events) as heard:
        bus.publish([first])
        bus.publish([second, third])
    assert heard.args == [(first, second, third)]


def test_timer_runs_only_while_events_come(qtbot: QtBot) -> None:
    bus = FakeBus()
    bridge = EventBridge(bus)
    assert not bridge.is_ticking
    bus.publish([bus.event()])
    assert bridge.is_ticking
    qtbot.waitUntil(lambda: not bridge.is_ticking)


def test_a_flood_asks_for_a_reload_instead_of_drowning_the_window(qtbot: QtBot) -> None:
    bus = FakeBus()
    bridge = EventBridge(bus)
    batches: list[object] = []
    bridge.events.connect(batches.append)
    with qtbot.waitSignal(bridge.reload_needed):
        bus.publish([bus.event() for _ in range(FLOOD + 1)])
    assert batches == []


def test_events_that_go_back_in_order_ask_for_a_reload(qtbot: QtBot) -> None:
    bus = FakeBus()
    bridge = EventBridge(bus)
    early, late = bus.event(), bus.event()
    with qtbot.waitSignal(bridge.reload_needed):
        bus.publish([late])
        bus.publish([early])


def test_closing_ends_the_subscription(qapp: QApplication) -> None:
    bus = FakeBus()
    bridge = EventBridge(bus)
    bridge.close()
    assert bus.listeners == []
    bus.publish([bus.event()])
    assert not bridge.is_ticking


def test_requests_during_the_wait_are_served_once(qtbot: QtBot) -> None:
    looks: list[int] = []

    async def look() -> None:
        looks.append(1)

    refresher = Refresher(Jobs(ImmediateSpawn()), "look", look, 20)
    for _ in range(5):
        refresher.request()
    assert len(looks) == 1
    qtbot.waitUntil(lambda: len(looks) == 2)
    refresher.request()
    refresher.stop()
    assert not refresher._timer.isActive()
