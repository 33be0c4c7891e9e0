"""A database that takes nothing is noticed, and so is its end."""

import asyncio

import pytest

from desktop.app import pulse
from desktop.app.pulse import Pulse
from desktop.domain.errors import KnownError


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "BUSY_AFTER_S", 0.02)
    monkeypatch.setattr(pulse, "EVERY_S", 0.001)


def taken() -> "asyncio.Future[None]":
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    done.set_result(None)
    return done


async def test_a_database_that_answers_is_no_news() -> None:
    told: list[bool] = []
    await Pulse(taken, told.append).look()
    assert told == []


@pytest.mark.parametrize("error", [None, KnownError("database_busy", "Another program keeps it locked.")])
async def test_one_that_takes_nothing_is_busy_until_it_takes_or_refuses(error: KnownError | None) -> None:
    told: list[bool] = []
    writing: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def hear(is_busy: bool) -> None:
        told.append(is_busy)
        if not is_busy:
            return
        if error is None:
            writing.set_result(None)
        else:
            writing.set_exception(error)

    await Pulse(lambda: writing, hear).look()
    assert told == [True, False]


async def test_it_looks_again_and_again() -> None:
    enough = asyncio.Event()
    looks: list[int] = []

    def write() -> "asyncio.Future[None]":
        looks.append(1)
        if len(looks) == 3:
            enough.set()
        return taken()

    running = asyncio.create_task(Pulse(write, lambda _is_busy: None).run())
    await asyncio.wait_for(enough.wait(), 5)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
