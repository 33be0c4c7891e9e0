"""What the database itself refuses and derives."""

import pytest
import sqlalchemy as sa

from db.tables.event import event
from desktop.domain.events import EventType, NewEvent
from tests.db.world import World


@pytest.mark.parametrize(
    "statement", ["UPDATE event SET severity = 'debug'", "DELETE FROM event", "REPLACE INTO event SELECT * FROM event"]
)
async def test_events_cannot_be_changed_or_removed(world: World, statement: str) -> None:
    before = world.database.read_sync(lambda conn: conn.execute(sa.select(event)).all())
    assert before
    with pytest.raises(sa.exc.IntegrityError, match="events are immutable"):
        await world.database.write(lambda context: context.conn.exec_driver_sql(statement))
    assert world.database.read_sync(lambda conn: conn.execute(sa.select(event)).all()) == before


async def test_an_event_without_a_campaign_makes_no_tick(world: World) -> None:
    await world.ledger.note(NewEvent(EventType.MESSAGE_SENT, world.now))
    assert (
        world.database.read_sync(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM campaign_tick").scalar()) == 0
    )


async def test_a_recipient_that_changes_its_number_is_counted_with_the_new_one(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    await world.send(candidate, "M1", "one")
    one, two = world.numbers["one"].id, world.numbers["two"].id

    def counts() -> list[tuple[object, ...]]:
        query = "SELECT instance_id, status, n FROM campaign_count WHERE n <> 0 AND instance_id <> 0 ORDER BY 1, 2"
        return [tuple(row) for row in world.database.read_sync(lambda conn: conn.exec_driver_sql(query).fetchall())]

    async def change(assignment: str) -> None:
        statement = f"UPDATE recipient SET {assignment} WHERE id = {candidate.id}"
        await world.database.write(lambda context: context.conn.exec_driver_sql(statement))

    assert counts() == [(one, "sent", 1)]
    await change("replied_at = 1")
    assert counts() == [(one, "replied", 1), (one, "sent", 1)]
    await change(f"instance_id = {two}")
    assert counts() == [(two, "replied", 1), (two, "sent", 1)]
    await change("replied_at = NULL, instance_id = NULL")
    assert counts() == []
    await change(f"replied_at = 2, instance_id = {one}, status = 'delivered'")
    assert counts() == [(one, "delivered", 1), (one, "replied", 1)]
