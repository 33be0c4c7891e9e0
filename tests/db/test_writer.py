"""The writing thread: groups, durability, isolation of failures, publishing, and its end."""

import asyncio
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import writer
from db.connection import Database
from db.home import ensure_workspace, open_database
from db.tables.setting import setting
from db.writer import WriteContext
from desktop.domain.errors import BugError, KnownError
from desktop.domain.events import Event, EventType, NewEvent
from desktop.domain.ids import EventId, WorkspaceId
from tests.conftest import LogWatch
from tests.db.world import NOW, Gate


def put(key: str, value: object = 1):
    def unit(context: WriteContext) -> str:
        context.conn.execute(sa.insert(setting).values(workspace_id=1, key=key, value=value))
        return key

    return unit


def refuse(context: WriteContext) -> None:
    context.conn.execute(sa.insert(setting).values(workspace_id=1, key="refused", value=1))
    raise KnownError("no", "No.")


def emit(workspace_id: WorkspaceId):
    def unit(context: WriteContext) -> EventId:
        return context.emit(workspace_id, NewEvent(EventType.EDITED, NOW))

    return unit


def keys(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as conn:
        return [row[0] for row in conn.execute("SELECT key FROM setting ORDER BY key")]


async def test_what_waits_is_committed_together(database: Database, workspace_id: WorkspaceId, path: Path) -> None:
    commits: list[int] = []
    sa.event.listen(database._write_engine, "commit", lambda _conn: commits.append(1))
    gate = Gate()
    holding = asyncio.ensure_future(database.write(gate))
    await asyncio.to_thread(gate.is_held.wait, 10)
    waiting = [asyncio.ensure_future(database.write(put(f"k{n:03d}"))) for n in range(100)]
    await asyncio.sleep(0)
    gate.open()
    await holding
    assert await asyncio.gather(*waiting) == [f"k{n:03d}" for n in range(100)]
    assert len(commits) == 2
    assert len(keys(path)) == 100


async def test_only_the_failing_unit_hears_of_its_failure_and_the_order_stays(
    database: Database, workspace_id: WorkspaceId, path: Path, published: list[Event]
) -> None:
    gate = Gate()
    holding = asyncio.ensure_future(database.write(gate))
    await asyncio.to_thread(gate.is_held.wait, 10)
    units = [put("a"), emit(workspace_id), refuse, put("b"), put("a"), emit(workspace_id), put("c")]
    waiting = [asyncio.ensure_future(database.write(unit)) for unit in units]
    await asyncio.sleep(0)
    gate.open()
    await holding
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [results[n] for n in (0, 3, 6)] == ["a", "b", "c"]
    assert isinstance(results[2], KnownError)
    assert isinstance(results[4], sa.exc.IntegrityError)  # the second "a"
    assert keys(path) == ["a", "b", "c"]
    assert [event.id for event in published] == [results[1], results[5]]
    assert results[5] == results[1] + 1


async def test_items_side_by_side_are_done_by_one_call_and_units_keep_their_place(
    database: Database, workspace_id: WorkspaceId, path: Path
) -> None:
    calls: list[list[int]] = []

    def together(context: WriteContext, items: Sequence[int]) -> list[str]:
        calls.append(list(items))
        return [put(f"i{item}")(context) for item in items]

    gate = Gate()
    holding = database.submit(gate)
    await asyncio.to_thread(gate.is_held.wait, 10)
    waiting = [
        database.submit_item(together, 1),
        database.submit_item(together, 2),
        database.submit(lambda _context: calls.append([])),
        database.submit_item(together, 3),
    ]
    gate.open()
    await holding
    assert await asyncio.gather(*waiting) == ["i1", "i2", None, "i3"]
    assert calls == [[1, 2], [], [3]]
    assert keys(path) == ["i1", "i2", "i3"]


async def test_of_items_that_are_done_together_only_the_failing_one_hears_of_it(
    database: Database, workspace_id: WorkspaceId, path: Path
) -> None:
    def together(context: WriteContext, items: Sequence[str]) -> list[str]:
        return [put(item)(context) for item in items]

    gate = Gate()
    holding = database.submit(gate)
    await asyncio.to_thread(gate.is_held.wait, 10)
    waiting = [database.submit(put("first")), *(database.submit_item(together, key) for key in ("a", "b", "a", "c"))]
    waiting.append(database.submit(put("last")))
    gate.open()
    await holding
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [results[n] for n in (0, 1, 2, 4, 5)] == ["first", "a", "b", "c", "last"]
    assert isinstance(results[3], sa.exc.IntegrityError)
    assert keys(path) == ["a", "b", "c", "first", "last"]


async def test_when_the_commit_fails_only_who_is_at_fault_hears_of_it(
    database: Database, workspace_id: WorkspaceId, path: Path
) -> None:
    def refused_at_commit(context: WriteContext) -> None:
        context.conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        context.conn.execute(sa.insert(setting).values(workspace_id=999, key="b", value=1))

    async with Gate().holding(database):
        waiting = [database.submit(put("a")), database.submit(refused_at_commit), database.submit(put("c"))]
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert (results[0], results[2]) == ("a", "c")
    assert isinstance(results[1], sa.exc.IntegrityError)
    assert keys(path) == ["a", "c"]


async def test_a_cancelled_caller_does_not_take_its_unit_back(
    database: Database, workspace_id: WorkspaceId, path: Path
) -> None:
    gate = Gate()
    holding = asyncio.ensure_future(database.write(gate))
    await asyncio.to_thread(gate.is_held.wait, 10)
    lost = asyncio.ensure_future(database.write(put("kept")))
    await asyncio.sleep(0)
    lost.cancel()
    gate.open()
    await holding
    with pytest.raises(asyncio.CancelledError):
        await lost
    await database.write(put("later"))
    assert keys(path) == ["kept", "later"]


async def test_events_are_published_after_the_commit_in_order_on_the_loop(path: Path) -> None:
    seen: list[tuple[int, bool, int]] = []
    loop_thread = threading.get_ident()

    def publish(events: "list[Event]") -> None:
        with closing(sqlite3.connect(path)) as conn:
            stored = conn.execute("SELECT max(id) FROM event").fetchone()[0]
        seen.extend((event.id, threading.get_ident() == loop_thread, stored) for event in events)

    database = open_database(path, publish)  # type: ignore[arg-type]
    workspace_id = ensure_workspace(database, NOW)
    given = await asyncio.gather(*(database.write(emit(workspace_id)) for _ in range(50)))
    assert [event_id for event_id, _, _ in seen] == sorted(given) == list(range(1, 51))
    assert all(on_loop and stored >= event_id for event_id, on_loop, stored in seen)
    database.close()


def test_without_a_loop_events_are_published_too(
    database: Database, workspace_id: WorkspaceId, published: list[Event]
) -> None:
    given = database.write_sync(emit(workspace_id))
    assert [event.id for event in published] == [given]


async def test_closing_commits_what_waits(path: Path) -> None:
    database = await asyncio.to_thread(open_database, path)
    await asyncio.to_thread(ensure_workspace, database, NOW)
    gate = Gate()
    holding = asyncio.ensure_future(database.write(gate))
    await asyncio.to_thread(gate.is_held.wait, 10)
    waiting = [asyncio.ensure_future(database.write(put(key))) for key in ("a", "b")]
    await asyncio.sleep(0)
    ending = asyncio.ensure_future(asyncio.to_thread(database.close))
    gate.open()
    await asyncio.gather(holding, *waiting, ending)
    assert keys(path) == ["a", "b"]
    with pytest.raises(BugError):
        await database.write(put("too late"))


async def test_the_loop_is_woken_once_for_a_group(database: Database, workspace_id: WorkspaceId) -> None:
    gate = Gate()
    holding = asyncio.ensure_future(database.write(gate))
    await asyncio.to_thread(gate.is_held.wait, 10)
    waiting = [asyncio.ensure_future(database.write(emit(workspace_id))) for _ in range(50)]
    await asyncio.sleep(0)
    loop, calls = asyncio.get_running_loop(), []
    original = loop.call_soon_threadsafe
    loop.call_soon_threadsafe = lambda *args, **kwargs: (calls.append(1), original(*args, **kwargs))[1]  # type: ignore[method-assign]
    gate.open()
    await holding
    await asyncio.gather(*waiting)
    del loop.call_soon_threadsafe
    assert len(calls) == 2  # the gate's group and the fifty


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_dead_writer_tells_everybody(
    database: Database, workspace_id: WorkspaceId, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(writer, "commit_in_order", broken)
    with pytest.raises(BugError):
        await database.write(put("a"))
    with pytest.raises(BugError):
        await database.write(put("b"))


async def test_the_gui_thread_is_refused(database: Database, workspace_id: WorkspaceId) -> None:
    gui_thread = threading.get_ident()
    database.refuse_gui_thread(lambda: threading.get_ident() == gui_thread)
    with pytest.raises(BugError):
        database.read_sync(lambda conn: conn.exec_driver_sql("SELECT 1"))
    with pytest.raises(BugError):
        database.write_sync(put("a"))
    assert await database.write(put("b")) == "b"
    assert await database.read(lambda conn: conn.exec_driver_sql("SELECT 1").scalar()) == 1


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(KnownError) as refusal:
        await database.read(lambda conn: conn.exec_driver_sql("DELETE FROM setting"))
    assert refusal.value.code == "database_read_only"


async def test_a_locked_database_is_waited_for(
    database: Database, workspace_id: WorkspaceId, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.write(lambda context: context.conn.exec_driver_sql("PRAGMA busy_timeout = 20"))
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.05, lambda: other.execute("ROLLBACK"))
        release.start()
        assert await database.write(put("patient")) == "patient"
        release.join()


async def test_a_database_that_stays_locked_is_a_known_error(
    database: Database, workspace_id: WorkspaceId, path: Path
) -> None:
    await database.write(lambda context: context.conn.exec_driver_sql("PRAGMA busy_timeout = 5"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnownError) as refusal:
            await database.write(put("never"))
        other.execute("ROLLBACK")
    assert refusal.value.code == "database_busy"
    assert await database.write(put("then")) == "then"


CHILD = """
    import asyncio, sys
    from pathlib import Path
    import sqlalchemy as sa
    from db.home import open_database, ensure_workspace
    from db.tables.setting import setting
    from desktop.domain.events import EventType, NewEvent
    from tests.db.world import NOW, Gate

    async def main():
        database = open_database(Path(sys.argv[1]))
        workspace_id = await asyncio.to_thread(ensure_workspace, database, NOW)
        async def lane(number):
            for n in range(int(sys.argv[3])):
                key = f"{sys.argv[2]}-{number}-{n}"
                def unit(context):
                    context.conn.execute(sa.insert(setting).values(workspace_id=workspace_id, key=key, value=n))
                    context.emit(workspace_id, NewEvent(EventType.EDITED, NOW, details={"key": key}))
                await database.write(unit)
                sys.stdout.write(key + "\\n")
                sys.stdout.flush()
        await asyncio.gather(*(lane(number) for number in range(20)))
        database.close()

    asyncio.run(main())
"""


def start_child(path: Path, name: str, rounds: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", textwrap.dedent(CHILD), str(path), name, str(rounds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def test_what_was_confirmed_survives_kill_9(path: Path) -> None:
    open_database(path).close()
    child = start_child(path, "child", 100_000)
    assert child.stdout is not None
    confirmed = [child.stdout.readline().strip() for _ in range(500)]
    child.kill()
    confirmed += [line.strip() for line in child.stdout.read().splitlines() if line.count("-") == 2]
    child.wait()
    child.stdout.close()
    stored = set(keys(path))
    # The last line may be cut in the middle.
    assert set(confirmed[:-1]) <= stored
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("SELECT count(*), max(id) FROM event").fetchone() == (len(stored), len(stored))


def test_two_processes_write_one_file(path: Path) -> None:
    open_database(path).close()
    children = [start_child(path, name, 25) for name in ("a", "b")]
    for child in children:
        child.communicate(timeout=50)
        assert child.returncode == 0
    with closing(sqlite3.connect(path)) as conn:
        ids = [row[0] for row in conn.execute("SELECT id FROM event ORDER BY id")]
    assert len(keys(path)) == 1000
    assert ids == list(range(1, 1001))


async def test_a_failure_that_nobody_awaits_any_more_is_logged(
    database: Database, workspace_id: WorkspaceId, log_watch: LogWatch
) -> None:
    log_watch.expect("a unit failed after its caller had been cancelled")
    gate = Gate()
    holding = asyncio.ensure_future(database.write(gate))
    await asyncio.to_thread(gate.is_held.wait, 10)
    lost = asyncio.ensure_future(database.write(refuse))
    await asyncio.sleep(0)
    lost.cancel()
    gate.open()
    await holding
    await database.write(put("after"))
