"""The timeline on the screen: the rows in sight stay in sight, the drawer tells the rest."""

import json
from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.events import EventType, Severity
from desktop.domain.ids import CampaignId
from desktop.screens.timeline.page import TimelinePage, TimelinePanel
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.timeline import PAGE, TimelineViewModel
from desktop.viewmodels.timeline_model import Column
from tests.fakes import samples
from tests.fakes.engine_state import FakeBus, ImmediateSpawn
from tests.fakes.library import FakeLibrary


class World:
    def __init__(self, qtbot: QtBot, *, is_empty: bool = False) -> None:
        self.library = FakeLibrary(is_empty=is_empty)
        self.bus = FakeBus()
        self.bridge = EventBridge(self.bus)
        self.model = TimelineViewModel(self.library, self.bridge, ImmediateSpawn(), self.now)
        self.page = TimelinePage(self.model)
        qtbot.addWidget(self.page)
        self.page.resize(1064, 760)
        self.page.show()
        self.page.activate()
        self.panel = self.page.panel

    def now(self) -> datetime:
        return samples.NOW

    def happen(self, count: int) -> None:
        self.library.event_count += count
        self.bus.publish([self.bus.event()])

    def top_id(self) -> int:
        """Return the id of the first row that can be seen."""
        row = self.model.model.event_at(self.panel.table.visible_rows()[0])
        assert row is not None
        return row.id

    def close(self) -> None:
        self.page.deactivate()
        self.bridge.close()


@pytest.fixture
def world(qapp: QApplication, qtbot: QtBot) -> Iterator[World]:
    made = World(qtbot)
    yield made
    made.close()


def scroll(world: World, value: int) -> None:
    world.panel.table.view.verticalScrollBar().setValue(value)


def test_at_the_top_the_list_follows(world: World, qtbot: QtBot) -> None:
    world.happen(24)
    qtbot.waitUntil(lambda: world.model.model.newest_id > 100_000)  # type: ignore[operator]
    assert world.top_id() > 100_000
    assert not world.panel.new_button.isVisible()


def test_reading_further_down_is_not_disturbed(world: World, qtbot: QtBot) -> None:
    scroll(world, 1000)
    qtbot.waitUntil(lambda: not world.model.is_at_top)
    reading = world.top_id()
    world.happen(24)
    qtbot.waitUntil(world.panel.new_button.isVisible)
    assert world.top_id() == reading
    assert "new" in world.panel.new_button.text()
    world.panel.new_button.click()
    assert world.top_id() > 100_000
    assert not world.panel.new_button.isVisible()


def test_rows_that_come_back_above_do_not_push_those_in_sight_away(world: World, qtbot: QtBot) -> None:
    model = world.model.model
    for _ in range(30):
        world.model.load_older()
    assert model.has_newer
    assert world.panel.new_button.isVisible()
    scroll(world, 3400)
    qtbot.waitUntil(lambda: not world.model.is_at_top)
    top = model.newest_id
    scroll(world, 0)
    qtbot.waitUntil(lambda: model.newest_id != top)
    assert world.top_id() == top, "the row at the top is the one that was there before the page above came"


def test_the_drawer_tells_everything_and_leaves_out_what_it_says(world: World, qtbot: QtBot) -> None:
    sent = next(row for row in range(PAGE) if _type_at(world, row) == EventType.MESSAGE_SENT)
    world.panel.table.choose_row(sent)
    drawer = world.panel.drawer
    assert drawer.isVisible()
    assert set(drawer.blocks) == {"details", "request", "response"}
    assert json.loads(drawer.blocks["details"].toPlainText()) == {"message_id": "3EB0C4", "attempt": 1}
    assert world.panel.table.view.isColumnHidden(Column.CAMPAIGN)
    drawer.close_button.click()
    assert not drawer.isVisible()
    assert not world.panel.table.view.isColumnHidden(Column.CAMPAIGN)


def test_an_event_is_copied_as_json(world: World, qtbot: QtBot) -> None:
    world.panel.table.choose_row(0)
    with qtbot.waitSignal(world.page.noticed):
        world.panel.drawer.copy_button.click()
    assert json.loads(QGuiApplication.clipboard().text())["id"] == world.model.model.newest_id


def test_filters_are_chosen_and_cleared(world: World, qtbot: QtBot) -> None:
    filters = world.panel.filters
    filters.severity.setCurrentIndex(3)
    filters.severity.activated.emit(3)
    assert world.model.where.min_severity is Severity.ERROR
    filters.types._actions[EventType.MESSAGE_FAILED.value].setChecked(True)
    assert world.model.where.types == ("message_failed",)
    filters.clear_button.click()
    assert not world.model.is_filtered
    assert not filters.clear_button.isVisible()
    assert not filters.types._actions[EventType.MESSAGE_FAILED.value].isChecked()


def test_an_own_span_begins_with_the_last_day(world: World) -> None:
    filters = world.panel.filters
    filters.span.setCurrentIndex(4)
    filters.span.activated.emit(4)
    assert filters.own_span.isVisible()
    where = world.model.where
    assert where.since is not None
    assert where.until is not None
    assert (where.until - where.since).days == 1


def test_the_page_of_a_campaign_can_ask_for_its_events(world: World) -> None:
    world.page.show_campaign(CampaignId(8))
    assert world.model.where.campaign_id == 8
    assert world.panel.filters.campaign.currentData() == 8


def test_inside_a_campaign_there_is_no_choice_of_campaign(qapp: QApplication, qtbot: QtBot) -> None:
    library, bridge = FakeLibrary(), EventBridge(FakeBus())
    model = TimelineViewModel(library, bridge, ImmediateSpawn(), lambda: samples.NOW, CampaignId(8))
    panel = TimelinePanel(model)
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    panel.show()
    panel.activate()
    assert not panel.filters.campaign.isVisible()
    assert panel.table.view.isColumnHidden(Column.CAMPAIGN)
    panel.deactivate()
    bridge.close()


def test_without_events_it_says_what_will_be_here(qapp: QApplication, qtbot: QtBot) -> None:
    world = World(qtbot, is_empty=True)
    assert world.panel.empty.isVisible()
    assert world.panel.empty.title.text() == "Nothing has happened yet"
    assert not world.panel.empty.action.isVisible()
    world.close()


def _type_at(world: World, row: int) -> str:
    event = world.model.model.event_at(row)
    assert event is not None
    return event.type
