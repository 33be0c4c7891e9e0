"""Searching the timeline: by the words of the details through the index, and by people and campaigns where they are."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from db import event_text
from db.queries import event_search, events
from db.retention import EventKeeper
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import EventId
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.domain.recipient import RecipientStatus
from desktop.domain.summaries import EventFilter
from tests.db.test_statements import plan_of
from tests.db.world import World


async def found(world: World, text: str, **more: object) -> list[str]:
    """Return the types of the events found, newest first."""
    where = EventFilter(text=text, **more)  # type: ignore[arg-type]
    rows = await world.database.read(lambda conn: events.before(conn, world.workspace_id, where, None, 50))
    forwards = await world.database.read(lambda conn: events.after(conn, world.workspace_id, where, EventId(0), 50))
    assert [row.id for row in forwards] == [row.id for row in rows][::-1]
    return [row.type for row in rows]


async def note(world: World, **details: object) -> None:
    await world.ledger.note(NewEvent(EventType.ERROR, world.later(), Severity.ERROR, details, operator="Érica"))


@pytest.fixture(params=["not indexed yet", "indexed"])
async def told(request: pytest.FixtureRequest, world: World) -> World:
    campaign_id = await world.started()
    first, second, *_ = await world.waiting(campaign_id)
    await world.settle(
        first,
        Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp", "the number is not on WhatsApp", 400),
        RecipientStatus.FAILED,
        "not_on_whatsapp",
    )
    await world.send(second, "3EB0C7A1")
    await note(world, code="disk_full", facts={"place": "São Luís", "numbers": [4711, True]})
    if request.param == "indexed":
        while await EventKeeper(world.database, world.workspace_id).index():
            pass
        assert await world.database.read(event_text.through_id) == await world.database.read(events.last_id)
    return world


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("whatsapp", ["message_failed"]),
        ("3eb0c7", ["message_sent"]),
        ("disk_full", ["error"]),
        ("4711", ["error"]),
        ("luís", ["error"]),
        ("nowhere", []),
        ("person 1", ["message_sent", "instance_selected"]),
        ("   ", None),
        ('"; DROP TABLE event', []),
        ("% _", []),
    ],
)
async def test_a_text_finds_what_has_to_do_with_it(told: World, text: str, types: list[str] | None) -> None:
    assert types is None or await found(told, text) == types


async def test_the_name_of_a_campaign_finds_all_of_it(told: World) -> None:
    assert set(await found(told, "black fri")) >= {"created", "started", "message_sent", "message_failed"}
    assert await found(told, "black fri", types=("started",)) == ["started"]


async def test_a_phone_is_found_however_its_digits_are_grouped(told: World) -> None:
    assert await found(told, "11 9000-00001") == await found(told, "+5511900000001")
    assert await found(told, "11 9000-00001", min_severity=Severity.INFO) == ["message_sent"]


async def test_a_text_and_other_filters_hold_together(told: World) -> None:
    assert await found(told, "whatsapp", min_severity=Severity.ERROR) == ["message_failed"]
    assert await found(told, "whatsapp", types=("message_sent",)) == []
    assert await found(told, "whatsapp", since=told.now + timedelta(hours=2)) == []
    assert await found(told, "whatsapp", instance_id=told.numbers["two"].id) == []


async def test_another_workspace_finds_nothing(told: World) -> None:
    where = EventFilter(text="whatsapp")
    assert await told.database.read(lambda conn: events.before(conn, told.workspace_id + 1, where, None, 50)) == []  # type: ignore[arg-type]


async def test_accents_and_names_of_operators_are_found_through_the_index(world: World) -> None:
    await note(world, place="São Luís")
    await EventKeeper(world.database, world.workspace_id).index()
    assert await found(world, "sao luis") == ["error"]
    assert await found(world, "erica") == ["error"]


async def test_what_retention_removes_leaves_the_index_too(told: World) -> None:
    keeper = EventKeeper(told.database, told.workspace_id)
    await keeper.index()
    await keeper.prune(told.now, told.later(7200))

    def rows(conn: sa.Connection) -> int:
        statement = "SELECT count(*) FROM event_text WHERE event_text MATCH '\"whatsapp\"*'"
        return int(conn.exec_driver_sql(statement).scalar() or 0)

    assert await told.database.read(rows) == 0
    assert await found(told, "whatsapp") == []
    assert await found(told, "disk") == ["error"]


async def test_the_index_is_asked_for_a_stretch_of_ids_and_never_sorts(told: World) -> None:
    for newest_first in (True, False):
        statement = event_search.by_words_statement("whatsapp", (5, 100), newest_first, 1_000)
        assert statement is not None
        plan = plan_of(told.database, statement)
        assert any("event_text VIRTUAL TABLE INDEX" in line for line in plan), plan
        assert not any("TEMP B-TREE" in line for line in plan), plan


async def test_old_words_are_indexed_anew_when_their_form_changes(told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = EventKeeper(told.database, told.workspace_id)
    await keeper.index()
    monkeypatch.setattr(event_text, "_VERSION", 2)
    assert await told.database.read(event_text.through_id) == 0
    await keeper.index()
    assert await found(told, "whatsapp") == ["message_failed"]
