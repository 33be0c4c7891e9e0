"""Messages are recorded by a process of their own as the thread would do it, and its end is not missed."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import recorder as recorder_module
from db.checks import check
from db.home import open_database
from db.recorder import Recorder
from db.tables.attempt import attempt
from desktop.domain.errors import BugError, IllegalStepError
from desktop.domain.events import Event, EventType, NewEvent
from desktop.domain.ids import AttemptId, CampaignId
from desktop.domain.outcome import Accepted, Unknown
from desktop.domain.recipient import Candidate, RecipientStatus
from desktop.own_program import own_command
from tests.conftest import LogWatch
from tests.db.world import Gate, World

pytestmark = pytest.mark.skipif(not recorder_module.is_possible(), reason="not on Windows")

COMMAND = [*own_command(), "record-messages"]


def recorder_of(world: World) -> Recorder:
    recorder = world.database._writer._recorder
    assert recorder is not None
    return recorder


async def until(is_true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not is_true():  # noqa: ASYNC110  What another process does has no event.
            await asyncio.sleep(0.01)


async def started_apart(world: World, people: int = 100) -> tuple[CampaignId, list[Candidate]]:
    """Start a campaign and the process; return who waits, but for the one by whom the process was begun."""
    await world.add_people(5, people)
    campaign_id = await world.started()
    first, *others = await world.waiting(campaign_id)
    world.ledger.record_apart(COMMAND, 0)
    await world.send(first, "M0")
    await until(lambda: recorder_of(world).is_up)
    return campaign_id, others


def process_of(world: World) -> int:
    process = recorder_of(world)._process
    assert process is not None
    return process.pid


async def test_it_records_what_the_thread_would_have(world: World, published: list[Event]) -> None:
    campaign_id, people = await started_apart(world)
    published.clear()
    await asyncio.gather(*(world.send(each, f"M{each.id}") for each in people))
    counts = await world.ledger.counts(campaign_id)
    assert (counts.sent, counts.pending, counts.sending) == (100, 0, 0)
    assert [world.row(each.id).message_id for each in people] == [f"M{each.id}" for each in people]
    kinds = [event.type for event in published]
    assert kinds.count(EventType.INSTANCE_SELECTED) == kinds.count(EventType.MESSAGE_SENT) == 99
    last = published[-1].fact
    assert (last.progress, last.duration_ms, last.http_status, last.at) == (1.0, 120, 201, world.now)
    assert process_of(world) != os.getpid()


async def test_both_write_in_turn_and_are_told_of_in_the_order_of_commits(world: World, published: list[Event]) -> None:
    _, people = await started_apart(world)
    published.clear()

    async def note(number: int) -> None:
        await world.ledger.note(NewEvent(EventType.EDITED, world.now, details={"n": number}))

    sends = [world.send(each, f"M{each.id}") for each in people]
    await asyncio.gather(*(work for pair in zip(sends, map(note, range(99)), strict=True) for work in pair))
    ids = [event.id for event in published]
    assert ids == list(range(ids[0], ids[0] + 3 * 99))
    assert await world.database.read(check) == []


async def test_it_makes_way_for_a_transaction_and_goes_on(world: World) -> None:
    _, (first, *_) = await started_apart(world)
    gate = Gate()
    async with gate.holding(world.database):
        sending = asyncio.ensure_future(world.send(first, "M1"))
        await asyncio.sleep(0)
        is_waiting = world.row(first.id).status == "pending"
    await sending
    assert is_waiting
    assert world.row(first.id).status == "sent"


async def test_an_error_of_one_is_told_to_that_one(world: World) -> None:
    _, (first, second, third, *_) = await started_apart(world)
    attempts: list[AttemptId] = []
    for each in (first, second, third):
        attempt_id, _ = await world.claim(each)
        assert attempt_id is not None
        attempts.append(attempt_id)
    wrong = world.settlement(attempts[0], first, Accepted("M1"), RecipientStatus.READ)  # from `sending`: a bug of ours
    right = [world.settlement(attempts[1], second, Accepted("M2"), RecipientStatus.SENT)]
    right.append(world.settlement(attempts[2], third, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost"))
    told = await asyncio.gather(*map(world.ledger.settle, [wrong, *right]), return_exceptions=True)
    assert isinstance(told[0], BugError | IllegalStepError)
    assert told[1:] == [None, None]
    assert [world.row(each.id).status for each in (first, second, third)] == ["sending", "sent", "in_doubt"]


async def test_its_end_is_not_missed(world: World, log_watch: LogWatch) -> None:
    log_watch.expect("process that records messages has ended")
    campaign_id, people = await started_apart(world)
    pid = process_of(world)
    os.kill(pid, signal.SIGSTOP)  # so that it has been given all of them, and has answered none
    sends = [asyncio.ensure_future(world.send(each, f"M{each.id}")) for each in people]
    await asyncio.sleep(0)
    await until(lambda: not recorder_of(world)._outgoing)
    os.kill(pid, signal.SIGKILL)
    await asyncio.gather(*sends)
    assert (await world.ledger.counts(campaign_id)).sent == 100
    attempts = sa.select(sa.func.count()).select_from(attempt)
    assert await world.database.read(lambda conn: conn.execute(attempts).scalar()) == 100
    assert not recorder_of(world).is_up


async def test_a_stop_that_all_processes_are_told_does_not_end_it(world: World) -> None:
    _, (first, *_) = await started_apart(world)
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        os.kill(process_of(world), name)
    await world.send(first, "M1")
    assert recorder_of(world).is_up
    assert world.row(first.id).status == "sent"


async def test_what_was_given_to_it_is_recorded_before_the_end(world: World, path: Path) -> None:
    campaign_id, people = await started_apart(world)
    claims = [asyncio.ensure_future(world.claim(each)) for each in people]
    await asyncio.sleep(0)
    world.database.close()
    assert all(attempt_id is not None for attempt_id, _ in await asyncio.gather(*claims))
    again = open_database(path)
    states = again.read_sync(
        lambda conn: conn.exec_driver_sql(
            "SELECT status, count(*) FROM recipient WHERE campaign_id = ? GROUP BY status ORDER BY status",
            (campaign_id,),
        ).all()
    )
    again.close()
    assert [tuple(row) for row in states] == [("sending", 99), ("sent", 1)]


async def test_it_ends_when_it_is_not_needed_and_comes_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "_QUIET_S", 0.2)
    _, (first, second, third, *_) = await started_apart(world)
    pid = process_of(world)
    await world.send(first, "M1")
    await until(lambda: not recorder_of(world).is_up)
    await world.send(second, "M2")
    await until(lambda: recorder_of(world).is_up)
    await world.send(third, "M3")
    assert process_of(world) != pid
    assert [world.row(each.id).status for each in (first, second, third)] == ["sent"] * 3


async def test_few_messages_are_not_worth_it(world: World) -> None:
    await world.add_people(5, 700)
    campaign_id = await world.started()
    world.ledger.record_apart(COMMAND, 1e9)
    await asyncio.gather(*(world.send(each, f"M{each.id}") for each in await world.waiting(campaign_id)))
    assert not recorder_of(world).is_up
    assert recorder_of(world)._starting is None


@pytest.mark.parametrize("command", [["/nowhere/nothing"], [sys.executable, "-c", "pass"]])
async def test_where_it_cannot_be_started_the_thread_goes_on(
    world: World, log_watch: LogWatch, command: list[str]
) -> None:
    log_watch.expect("messages are not recorded by a process of its own")
    campaign_id = await world.started()
    world.ledger.record_apart(command, 0)
    people = await world.waiting(campaign_id)
    for each in people:
        await world.send(each, f"M{each.id}")
    starting = recorder_of(world)._starting
    assert starting is not None
    await asyncio.to_thread(starting.join)
    assert (await world.ledger.counts(campaign_id)).sent == len(people)


async def test_a_database_that_is_closed_while_it_starts_leaves_no_process(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign_id = await world.started()
    world.ledger.record_apart(COMMAND, 0)
    first, *_ = await world.waiting(campaign_id)
    await world.send(first, "M1")
    recorder = recorder_of(world)
    assert not recorder.is_up
    world.database.close()
    await asyncio.sleep(0)  # what the starting thread has told the loop
    assert recorder._ending is None or await asyncio.to_thread(recorder._ending.join) is None
    assert not recorder.is_up
    assert recorder._process is None
