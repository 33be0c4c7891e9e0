"""The coroutines of a view-model: one of a name at a time, the last question answered last, refusals as signals."""

import asyncio

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.viewmodels.jobs import Jobs
from tests.fakes.spawning import TaskSpawn


async def test_the_same_job_does_not_start_twice(qapp: object) -> None:
    spawn, gate, runs = TaskSpawn(), asyncio.Event(), list[int]()
    jobs = Jobs(spawn)

    async def work() -> None:
        runs.append(1)
        await gate.wait()

    assert jobs.start("send", work)
    assert not jobs.start("send", work)
    assert jobs.is_running("send")
    gate.set()
    await spawn.settle()
    assert runs == [1]
    assert not jobs.is_running("send")


async def test_questions_asked_meanwhile_become_one_more_question(qapp: object) -> None:
    spawn, gate, answered = TaskSpawn(), asyncio.Event(), list[str]()
    jobs = Jobs(spawn)
    question = "a"

    async def work() -> None:
        asked = question
        await gate.wait()
        answered.append(asked)

    jobs.refresh("count", work)
    await asyncio.sleep(0)
    for typed in ("ab", "abc", "abcd"):
        question = typed
        jobs.refresh("count", work)
    gate.set()
    await spawn.settle()
    assert answered == ["a", "abcd"]


async def test_a_refusal_is_a_signal_and_the_job_may_start_again(qapp: object) -> None:
    spawn, refusals, ends = TaskSpawn(), list[str](), list[str]()
    jobs = Jobs(spawn)
    jobs.failed.connect(lambda error: refusals.append(error.code))
    jobs.changed.connect(ends.append)

    async def work() -> None:
        raise KnownError("disk_full", "The disk is full.")

    jobs.start("save", work)
    await spawn.settle()
    assert refusals == ["disk_full"]
    assert ends == ["save", "save"]
    assert jobs.start("save", work)
    await spawn.settle()


async def test_a_bug_reaches_the_supervisor(qapp: object) -> None:
    spawn = TaskSpawn()
    jobs = Jobs(spawn)

    async def work() -> None:
        raise RuntimeError("ours")

    jobs.start("load", work)
    with pytest.raises(RuntimeError, match="ours"):
        await spawn.settle()


async def test_work_under_way_when_the_page_goes_ends_in_peace(qapp: object, qtbot: QtBot) -> None:
    spawn, gate, done = TaskSpawn(), asyncio.Event(), list[str]()
    page = QObject()
    jobs = Jobs(spawn, page)

    async def work() -> None:
        await gate.wait()
        done.append("stored")
        jobs.failed.emit(None)  # A view-model that tells its page, which is no more.

    jobs.start("save", work)
    await asyncio.sleep(0)
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    gate.set()
    await spawn.settle()
    assert done == ["stored"]
