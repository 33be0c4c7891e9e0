"""Tasks have an owner; a task that dies is heard; what must end is awaited."""

import asyncio
from contextlib import suppress

import pytest

from desktop.engine import supervisor as supervisor_module
from desktop.engine.supervisor import Supervisor, first_of, uninterrupted
from tests.conftest import LogWatch


async def test_what_must_not_be_interrupted_ends_in_spite_of_cancels():
    go_on, done = asyncio.Event(), asyncio.Event()

    async def write() -> int:
        await go_on.wait()
        done.set()
        return 7

    async def caller() -> tuple[int, bool]:
        return await uninterrupted(write())

    task = asyncio.get_running_loop().create_task(caller())
    for _ in range(3):
        await asyncio.sleep(0)
        task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    go_on.set()
    assert await task == (7, True)
    assert done.is_set()


async def test_a_cancel_that_got_lost_is_given_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(supervisor_module, "CANCEL_AGAIN_S", 0.01)
    began = asyncio.Event()

    async def lose_one() -> None:
        began.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    supervisor = Supervisor()
    supervisor.spawn("loser", lose_one())
    await began.wait()
    async with asyncio.timeout(5):
        await supervisor.cancel()


async def test_an_error_comes_through_a_cancel_and_what_is_done_is_not_waited_for():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(uninterrupted(future))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    assert not future.cancelled()
    future.set_exception(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await task
    done = asyncio.get_running_loop().create_future()
    done.set_result(4)
    assert await uninterrupted(done) == (4, False)


async def test_uninterrupted_hands_on_result_and_error():
    async def give(value: int) -> int:
        if value == 0:
            raise ZeroDivisionError
        return value

    assert await uninterrupted(give(3)) == (3, False)
    with pytest.raises(ZeroDivisionError):
        await uninterrupted(give(0))


async def test_what_is_cancelled_inside_is_not_waited_for():
    async def die() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await uninterrupted(die())


async def test_the_first_to_end_ends_the_others():
    ended: list[str] = []

    async def forever(name: str) -> None:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            ended.append(name)

    before = asyncio.all_tasks()
    await first_of(short=asyncio.sleep(0), long=forever("long"))
    assert ended == ["long"]
    assert asyncio.all_tasks() == before


async def test_a_cancel_ends_all_of_them():
    ended: list[str] = []

    async def forever(name: str) -> None:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            ended.append(name)

    task = asyncio.get_running_loop().create_task(first_of(a=forever("a"), b=forever("b")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert sorted(ended) == ["a", "b"]


async def test_the_error_of_the_first_is_raised():
    async def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await first_of(failing=fail(), other=asyncio.sleep(60))


async def test_the_first_failure_is_kept_and_all_are_logged(log_watch: LogWatch):
    log_watch.expect("task one ended with an error")
    log_watch.expect("task two ended with an error")
    supervisor = Supervisor()

    async def fail(error: Exception) -> None:
        raise error

    first = ValueError("first")
    supervisor.spawn("one", fail(first))
    supervisor.spawn("two", fail(KeyError("second")))
    await supervisor.failed.wait()
    await supervisor.cancel()
    assert supervisor.failure is first


async def test_cancel_ends_the_chosen_tasks_only():
    supervisor = Supervisor()
    one = supervisor.spawn("one", asyncio.sleep(60))
    two = supervisor.spawn("two", asyncio.sleep(60))
    await supervisor.cancel({one})
    assert (one.cancelled(), two.done()) == (True, False)
    await supervisor.cancel()
    assert two.cancelled()
    await supervisor.cancel()
    assert not supervisor.failed.is_set()


async def test_chores_are_awaited_and_those_that_they_start():
    supervisor, done = Supervisor(), []

    async def chore(number: int) -> None:
        await asyncio.sleep(0)
        done.append(number)
        if number < 3:
            supervisor.chore("next", chore(number + 1))

    supervisor.chore("first", chore(1))
    await supervisor.finish_chores()
    assert done == [1, 2, 3]
    await supervisor.finish_chores()
