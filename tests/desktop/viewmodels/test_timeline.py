"""The timeline: pages by key in both directions, a bounded window, a tail that leaves the reader alone."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.events import Severity
from desktop.domain.ids import CampaignId, ContactId, RecipientId
from desktop.domain.summaries import EventFilter, EventRow
from desktop.viewmodels import timeline_model
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.person_events import PersonAsked
from desktop.viewmodels.timeline import (
    MOST_PENDING,
    PAGE,
    TAIL_PAGE,
    Span,
    TimelineViewModel,
    as_json,
    facts_of,
)
from desktop.viewmodels.timeline_model import MAX_ROWS, TimelineModel
from tests.fakes import samples
from tests.fakes.engine_state import FakeBus, ImmediateSpawn
from tests.fakes.library import FakeLibrary


class World:
    """A timeline over 100,000 sample events, and the bus that tells of more."""

    def __init__(self, campaign_id: CampaignId | None = None) -> None:
        self.library = FakeLibrary()
        self.bus = FakeBus()
        self.bridge = EventBridge(self.bus)
        self.timeline = TimelineViewModel(self.library, self.bridge, ImmediateSpawn(), self.now, campaign_id)
        self.timeline.set_min_severity(Severity.DEBUG)

    def now(self) -> datetime:
        return samples.NOW

    def happen(self, count: int) -> None:
        """Let events be written, and the bus tell of it."""
        self.library.event_count += count
        self.bus.publish([self.bus.event()])

    @property
    def ids(self) -> list[int]:
        model = self.timeline.model
        rows = [model.event_at(row) for row in range(model.rowCount())]
        return [row.id for row in rows if row is not None]


@pytest.fixture
def world(qapp: object) -> Iterator[World]:
    made = World()
    made.timeline.activate()
    yield made
    made.timeline.deactivate()
    made.bridge.close()


def rows(first: int, count: int) -> list[EventRow]:
    """Return `count` rows, newest first, the newest with id `first`."""
    return [samples.event_row(first - n) for n in range(count)]


def test_it_opens_on_the_newest_page(world: World) -> None:
    assert world.ids == list(range(100_000, 100_000 - PAGE, -1))
    assert world.timeline.model.canFetchMore(world.timeline.model.index(-1, -1))


def test_scrolling_down_continues_by_key_without_a_gap(world: World) -> None:
    for _ in range(3):
        world.timeline.model.fetchMore(world.timeline.model.index(-1, -1))
    assert world.ids == list(range(100_000, 100_000 - 4 * PAGE, -1))


def test_the_window_stays_bounded_and_comes_back_complete(world: World) -> None:
    pages = MAX_ROWS // PAGE + 4
    for _ in range(pages):
        world.timeline.load_older()
    assert len(world.ids) == MAX_ROWS
    assert world.timeline.model.has_newer
    oldest = world.ids[-1]
    while world.timeline.model.has_newer:
        world.timeline.load_newer()
    assert world.ids == list(range(100_000, 100_000 - MAX_ROWS, -1))
    assert world.timeline.model.has_older
    while world.ids[-1] > oldest:
        world.timeline.load_older()
    assert world.ids == list(range(world.ids[0], world.ids[0] - MAX_ROWS, -1))


def test_at_the_top_new_events_appear(world: World, qtbot: QtBot) -> None:
    world.happen(3)
    qtbot.waitUntil(lambda: world.ids[0] == 100_003)
    assert world.ids[:4] == [100_003, 100_002, 100_001, 100_000]
    assert world.timeline.pending == 0


def test_further_down_they_wait_for_the_reader(world: World, qtbot: QtBot) -> None:
    world.timeline.set_at_top(False)
    before = world.ids
    world.happen(3)
    qtbot.waitUntil(lambda: world.timeline.pending == 3)
    assert world.ids == before
    world.timeline.show_newest()
    assert world.ids[:3] == [100_003, 100_002, 100_001]
    assert world.timeline.pending == 0


def test_scrolling_back_up_shows_what_waits(world: World, qtbot: QtBot) -> None:
    world.timeline.set_at_top(False)
    world.happen(2)
    qtbot.waitUntil(lambda: world.timeline.pending == 2)
    world.timeline.set_at_top(True)
    assert world.ids[0] == 100_002


def test_a_flood_at_the_top_becomes_a_new_snapshot(world: World, qtbot: QtBot) -> None:
    world.happen(TAIL_PAGE * 3)
    newest = world.library.event_count
    qtbot.waitUntil(lambda: world.ids[0] == newest)
    assert world.ids == list(range(newest, newest - PAGE, -1))


def test_a_flood_further_down_is_not_kept_in_memory(world: World, qtbot: QtBot) -> None:
    world.timeline.set_at_top(False)
    for _ in range(MOST_PENDING // TAIL_PAGE + 1):
        world.happen(TAIL_PAGE)
        qtbot.waitUntil(lambda: not world.timeline._tail_timer.isActive() or world.timeline.is_flooded)
        world.timeline._on_tail_due()
    assert world.timeline.is_flooded
    assert world.timeline.pending == MOST_PENDING
    world.timeline.show_newest()
    assert world.ids[0] == world.library.event_count
    assert not world.timeline.is_flooded


def test_without_the_tail_nothing_is_asked(world: World, qtbot: QtBot) -> None:
    world.timeline.set_live(False)
    before = world.ids
    world.happen(5)
    qtbot.waitUntil(lambda: not world.bridge.is_ticking)
    assert world.ids == before
    world.timeline.set_live(True)
    assert world.ids[0] == 100_005


def test_a_hidden_timeline_asks_nothing_and_catches_up(world: World, qtbot: QtBot) -> None:
    world.timeline.deactivate()
    world.happen(5)
    qtbot.waitUntil(lambda: not world.bridge.is_ticking)
    assert world.ids[0] == 100_000
    world.timeline.activate()
    assert world.ids[0] == 100_005


def test_filters_go_to_the_database(world: World) -> None:
    world.timeline.set_min_severity(Severity.ERROR)
    world.timeline.set_types(("message_failed",))
    assert {row.type for row in (world.timeline.model.event_at(n) for n in range(50)) if row} == {"message_failed"}
    assert world.timeline.is_filtered
    world.timeline.clear_filter()
    assert not world.timeline.is_filtered


def test_typing_asks_once_it_pauses(world: World, qtbot: QtBot) -> None:
    for text in ("z", "zz", "zzzz"):
        world.timeline.set_text(text)
    assert world.timeline.model.rowCount() == PAGE
    qtbot.waitUntil(lambda: world.timeline.is_empty)


def test_spans_count_from_now(world: World) -> None:
    world.timeline.set_span(Span.HOUR)
    assert world.timeline.where.since == samples.NOW - timedelta(hours=1)
    own = (samples.NOW - timedelta(days=2), samples.NOW - timedelta(days=1))
    world.timeline.set_span(Span.OWN, *own)
    assert (world.timeline.where.since, world.timeline.where.until) == own
    world.timeline.set_span(Span.ANY)
    assert (world.timeline.where.since, world.timeline.where.until) == (None, None)


def test_the_timeline_of_a_campaign_stays_with_it(qapp: object) -> None:
    world = World(CampaignId(8))
    world.timeline.activate()
    world.timeline.set_campaign(CampaignId(3))
    assert world.timeline.where.campaign_id == 8
    world.timeline.clear_filter()
    assert world.timeline.where.campaign_id == 8
    world.timeline.deactivate()
    world.bridge.close()


def test_a_refused_question_is_told(world: World) -> None:
    refusals: list[str] = []
    world.timeline.failed.connect(lambda error: refusals.append(error.code))

    async def refuse(*_args: object) -> list[EventRow]:
        raise KnownError("file_unreadable", "No.")

    world.library.events_before = refuse  # type: ignore[method-assign, assignment]
    world.timeline.reload()
    assert refusals == ["file_unreadable"]


def test_an_event_is_copied_whole(qapp: object) -> None:
    row = samples.event_row(24)
    copied = json.loads(as_json(row))
    assert copied["id"] == 24
    assert copied["details"] == {"message_id": "3EB0C4", "attempt": 1}
    assert copied["response"] == {"key": {"id": "3EB0C4"}}
    assert all(name and value for name, value in facts_of(row))


def test_the_model_keeps_qts_rules_while_it_moves(
    qapp: object, qtmodeltester: ModelTester, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The tester looks at every cell after every change: a small window shows the same.
    monkeypatch.setattr(timeline_model, "MAX_ROWS", 60)
    model = TimelineModel()
    model.replace_all(rows(1000, 20), has_older=False)
    qtmodeltester.check(model)
    for page in range(1, 6):
        model.append_older(rows(1000 - page * 20, 20), has_older=False)
    assert (model.rowCount(), model.has_newer) == (60, True)
    model.prepend_newer(rows(1030, 30), has_newer=False)
    assert (model.rowCount(), model.has_older) == (60, True)
    model.prepend_newer([], has_newer=False)
    model.append_older([], has_older=False)
    model.replace_all([], has_older=False)
    assert model.newest_id is None
    assert model.event_at(0) is None


def test_one_person_takes_the_place_of_every_other_filter_and_goes_alone(world: World) -> None:
    world.timeline.set_text("pix")
    world.timeline.show_person(PersonAsked(ContactId(7), "Ana Lima"))
    assert world.timeline.where == EventFilter(contact_id=ContactId(7))
    world.timeline.set_types(["message_sent"])
    world.timeline.clear_person()
    assert (world.timeline.where, world.timeline.person) == (EventFilter(types=("message_sent",)), "")
    world.timeline.show_person(PersonAsked(ContactId(7), "Ana Lima"))
    world.timeline.clear_filter()
    assert (world.timeline.is_filtered, world.timeline.person) == (False, "")


def test_one_recipient_of_a_campaign_is_shown_alone(world: World) -> None:
    world.timeline.set_campaign(CampaignId(3))
    world.timeline.show_person(PersonAsked(None, "Ana Lima · Natal", RecipientId(9)))
    assert world.timeline.where == EventFilter(recipient_id=RecipientId(9))
    assert world.timeline.is_filtered
    world.timeline.clear_person()
    assert world.timeline.where == EventFilter()
