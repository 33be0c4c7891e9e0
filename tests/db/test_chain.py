"""Whoever changes, removes or adds an event is noticed, and what retention removes leaves the rest verifiable."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import chain
from db.checks import check
from db.home import open_database
from db.retention import CHUNK, EventKeeper
from db.tables.event import event, event_anchor
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from tests.db.world import NOW, World

SCHEMAS = Path(__file__).parent / "schemas"


async def verify(world: World) -> chain.ChainReport:
    return await world.database.read(chain.verify)


async def by_force(world: World, *statements: str) -> None:
    """Change what the triggers protect, as somebody with the file and a tool would."""

    def run(context: object) -> None:
        conn: sa.Connection = context.conn  # type: ignore[attr-defined]
        for name in (
            "event_refuse_update",
            "event_refuse_delete",
            "event_refuse_replace",
            "event_anchor_refuse_update",
        ):
            conn.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            conn.exec_driver_sql(statement)

    await world.database.write(run)


async def lived(world: World) -> None:
    campaign_id = await world.started()
    for number, candidate in enumerate(await world.waiting(campaign_id)):
        world.later(60)
        await world.send(candidate, f"M{number}")


async def test_events_are_chained_as_they_are_written_and_the_chain_verifies(world: World) -> None:
    await lived(world)
    await world.ledger.note(NewEvent(EventType.ERROR, NOW, Severity.ERROR, {"text": 'ação "x" \n€'}, health_score=90))
    report = await verify(world)
    assert report.broken_id is None
    assert report.events == report.head_id > 10
    assert len(report.head_hash) == 64


async def test_the_hash_is_that_of_the_hash_before_and_of_the_stored_values_as_json(world: World) -> None:
    await world.ledger.note(
        NewEvent(EventType.ERROR, NOW, Severity.ERROR, {"code": "x"}, progress=0.5, health_score=90)
    )
    query = "SELECT * FROM event ORDER BY id DESC LIMIT 2"
    newest, before = await world.database.read(lambda conn: conn.exec_driver_sql(query).all())
    values = [
        newest[0], world.workspace_id, 1795435200000, "error", "error", '{"code":"x"}', None, None, None, None, None,
        None, 0.5, 90.0, None, None, None,
    ]  # fmt: skip
    written = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    assert newest.hash == sha256(before.hash + written).digest()


@pytest.mark.parametrize(
    ("statement", "broken", "why"),
    [
        ("UPDATE event SET details = '{}' WHERE id = 5", 5, "changed"),
        ("UPDATE event SET at = at + 1 WHERE id = 5", 5, "changed"),
        ("UPDATE event SET hash = (SELECT hash FROM event WHERE id = 4) WHERE id = 5", 5, "changed"),
        ("DELETE FROM event WHERE id = 5", 5, "missing"),
        ("DELETE FROM event WHERE id <= 5", 1, "missing"),
        (
            "UPDATE event SET operator = 'somebody', recipient_id = NULL WHERE id = (SELECT max(id) FROM event)",
            None,
            "changed",
        ),
    ],
)
async def test_the_first_event_that_was_tampered_with_is_named(
    world: World, statement: str, broken: int | None, why: str
) -> None:
    await lived(world)
    before = await verify(world)
    await by_force(world, statement)
    report = await verify(world)
    assert (report.broken_id, report.why) == (broken or before.head_id, why)
    assert "chain_broken" in {problem.code for problem in await world.database.read(check)}


async def test_a_recomputed_chain_shows_by_the_head_that_was_written_down(world: World) -> None:
    await lived(world)
    before = await verify(world)

    def rewrite(context: object) -> None:
        conn: sa.Connection = context.conn  # type: ignore[attr-defined]
        conn.exec_driver_sql("DROP TRIGGER event_refuse_update")
        conn.exec_driver_sql("UPDATE event SET details = '{}' WHERE id = 5")
        previous = chain.GENESIS
        for row in conn.exec_driver_sql("SELECT * FROM event ORDER BY id").mappings().all():
            previous = chain.link(previous, row)
            conn.exec_driver_sql("UPDATE event SET hash = ? WHERE id = ?", (previous, row["id"]))

    await world.database.write(rewrite)
    after = await verify(world)
    assert after.broken_id is None, "the chain alone cannot know"
    assert (after.head_id, after.head_hash) != (before.head_id, before.head_hash)


async def test_retention_removes_what_is_older_and_the_rest_still_verifies(world: World) -> None:
    await lived(world)
    events = await world.database.read(
        lambda conn: conn.execute(sa.select(event.c.id, event.c.at).order_by(event.c.id)).all()
    )
    before = NOW + timedelta(seconds=150)
    keeper = EventKeeper(world.database, world.workspace_id)
    pruned = await keeper.prune(before, world.later(3600), "ana")
    assert pruned is not None
    old = [row.id for row in events if row.at < before]
    assert (pruned.events, pruned.through_id) == (len(old), old[-1])
    kept = await world.database.read(
        lambda conn: conn.execute(sa.select(event.c.id).order_by(event.c.id)).scalars().all()
    )
    assert kept == [*(row.id for row in events if row.at >= before), events[-1].id + 1]
    report = await verify(world)
    assert (report.broken_id, report.events) == (None, len(kept))
    assert await world.database.read(check) == [], "figures are held against what is still there"
    told = await world.database.read(lambda conn: conn.execute(sa.select(event).order_by(event.c.id.desc())).first())
    assert told is not None
    assert (told.type, told.operator) == ("events_pruned", "ana")
    assert told.details == {
        "events": pruned.events, "through_id": pruned.through_id, "hash": pruned.hash, "before": before.isoformat()
    }  # fmt: skip


async def test_what_was_removed_by_force_beside_retention_shows(world: World) -> None:
    await lived(world)
    keeper = EventKeeper(world.database, world.workspace_id)
    await keeper.prune(NOW + timedelta(seconds=150), world.later(3600))
    first = await world.database.read(lambda conn: conn.execute(sa.select(sa.func.min(event.c.id))).scalar_one())
    await by_force(world, f"DELETE FROM event WHERE id = {first}")
    assert ((await verify(world)).broken_id, (await verify(world)).why) == (first, "missing")


async def test_an_anchor_that_no_event_tells_of_is_no_anchor(world: World) -> None:
    await lived(world)
    await by_force(
        world,
        "INSERT INTO event_anchor (through_id, hash, through_at, created_at) SELECT id, hash, at, 0 FROM event"
        " WHERE id = 8",
        "DELETE FROM event WHERE id <= 8",
    )
    assert ((await verify(world)).broken_id, (await verify(world)).why) == (8, "anchor")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO event_anchor (through_id, hash, through_at, created_at) VALUES (5, x'00', 0, 0)",
        "INSERT INTO event_anchor (through_id, hash, through_at, created_at) VALUES (999999, x'00', 0, 0)",
    ],
)
async def test_an_anchor_names_an_event_and_its_true_hash(world: World, statement: str) -> None:
    await lived(world)
    with pytest.raises(sa.exc.IntegrityError, match="an anchor names"):
        await world.database.write(lambda context: context.conn.exec_driver_sql(statement))


async def test_retention_goes_on_where_it_was_interrupted_and_repeating_it_changes_nothing(world: World) -> None:
    await lived(world)
    keeper = EventKeeper(world.database, world.workspace_id)
    before, now = NOW + timedelta(seconds=150), world.later(3600)
    assert await keeper.prune(before, now) is not None
    again = await keeper.prune(before, now)
    assert again is None
    assert (
        await world.database.read(lambda conn: conn.execute(sa.select(sa.func.count(event_anchor.c.id))).scalar()) == 1
    )
    assert CHUNK > 1_000


async def test_nothing_of_the_future_is_removed(world: World) -> None:
    keeper = EventKeeper(world.database, world.workspace_id)
    with pytest.raises(KnownError, match="Only what has passed"):
        await keeper.prune(world.now, world.now)
    assert await keeper.prune(world.now - timedelta(days=1), world.now) is None


def test_old_events_are_chained_by_the_migration_in_the_form_of_today(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript((SCHEMAS / "0001.sql").read_text("utf-8"))
        conn.execute("INSERT INTO workspace (id, name, created_at) VALUES (1, '', 0)")
        conn.executemany(
            "INSERT INTO event (id, workspace_id, at, type, severity, details, progress, http_status) VALUES"
            " (?, 1, ?, 'error', 'error', ?, ?, 200)",
            [(number, number * 1000, json.dumps({"text": f"ação {number}"}), number / 7) for number in range(1, 4_500)],
        )
        conn.commit()
    database = open_database(path)
    try:
        report = database.read_sync(chain.verify)
        assert (report.broken_id, report.events) == (None, 4_499)
        with pytest.raises(sa.exc.IntegrityError, match="immutable"):
            database.write_sync(lambda context: context.conn.exec_driver_sql("UPDATE event SET at = 1"))
    finally:
        database.close()
