"""`run`: an engine that stops by itself is told and started again, and no outcome is lost whatever ends it."""

import argparse
import asyncio
import io
import os
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.cli import send_commands
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace, open_workplace
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.summaries import EventFilter
from desktop.paths import open_home
from tests.conftest import LogWatch

Life = Callable[["_Engine"], Coroutine[Any, Any, None]]


class _Engine:
    """An engine that lives as a test wants it to."""

    def __init__(self, life: Life) -> None:
        self.stopping = asyncio.Event()
        self.in_flight = 0
        self.has_ended = False
        self._life = life

    def stop(self) -> None:
        self.stopping.set()

    async def run(self) -> None:
        await self._life(self)
        self.has_ended = True


async def _until_stopped(engine: _Engine) -> None:
    await engine.stopping.wait()


async def _on_a_full_disk(_engine: _Engine) -> None:
    raise KnownError("disk_full", "The disk is full.")


async def _run(workplace: Workplace, out: io.TextIOBase, err: io.StringIO) -> int:
    output = Output(as_json=True, stdout=out, stderr=err)  # pyright: ignore[reportArgumentType]
    return await send_commands.run(workplace, argparse.Namespace(), output, Words("en"))


async def test_an_engine_that_stops_by_itself_is_told_and_started_again(
    home: Path, qapp: QApplication, log_watch: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_watch.expect("the engine stopped with an error")
    log_watch.expect("task engine ended with an error")
    slept: list[float] = []
    err = io.StringIO()
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        lives = iter((_on_a_full_disk, _on_a_full_disk, _ends_the_run))

        async def build(_workplace: Workplace) -> Any:
            return _Engine(next(lives))

        async def sleep(_clock: object, seconds: float) -> None:
            if workplace.engine_trouble is not None:  # whoever asks why nothing is sent is told meanwhile
                slept.append(seconds)
            await asyncio.sleep(0.001)

        monkeypatch.setattr(Workplace, "build_engine", build)
        monkeypatch.setattr(type(workplace.clock), "sleep", sleep)
        assert await _run(workplace, io.StringIO(), err) == 0
        assert workplace.engine_trouble is None
        told = await workplace.library.events_before(EventFilter(), None, 10)
    assert [seconds for seconds in slept if seconds >= 5] == [5.0, 15.0]
    assert err.getvalue().count("Sending has stopped: The disk is full. It starts again by itself at ") == 2
    assert [(row.details["code"], row.details["cause"]) for row in told if row.type == "error"] == [
        ("engine_stopped", "disk_full")
    ] * 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_an_end_that_is_asked_for_while_it_waits_is_an_end_at_once(
    home: Path, qapp: QApplication, log_watch: LogWatch, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    log_watch.expect("the engine stopped with an error")
    log_watch.expect("task engine ended with an error")
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:

        async def build(_workplace: Workplace) -> Any:
            asyncio.get_running_loop().call_later(0.05, os.kill, os.getpid(), number)
            return _Engine(_on_a_full_disk)

        monkeypatch.setattr(Workplace, "build_engine", build)
        async with asyncio.timeout(3):
            assert await _run(workplace, io.StringIO(), io.StringIO()) == 0


async def test_what_is_on_its_way_is_awaited_also_when_nobody_reads_the_events_any_more(
    home: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:

        async def answers_late(engine: _Engine) -> None:
            await workplace.ledger.note(NewEvent(EventType.CAME_ONLINE, workplace.clock.now()))
            await engine.stopping.wait()
            await asyncio.sleep(0)

        engine = _Engine(answers_late)

        async def build(_workplace: Workplace) -> Any:
            return engine

        monkeypatch.setattr(Workplace, "build_engine", build)
        with pytest.raises(BrokenPipeError):
            await _run(workplace, Closed(), io.StringIO())
        assert engine.has_ended


async def _ends_the_run(engine: _Engine) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    await _until_stopped(engine)
