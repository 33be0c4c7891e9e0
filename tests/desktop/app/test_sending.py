"""The engine of the window: what stops it is kept to be shown, told to the timeline, and tried again."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from db.stores.ledger import SqlLedger
from desktop.app.sending import WindowEngine
from desktop.composition import Workplace, open_workplace
from desktop.composition_acting import _Live
from desktop.domain.engine_trouble import EngineTrouble
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.summaries import EventFilter
from desktop.engine.engine import Engine
from desktop.engine_lock import EngineLock
from desktop.paths import open_home
from desktop.policy.waiting import Rule
from tests.conftest import LogWatch


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not is_so():  # noqa: ASYNC110 — what is waited for has no event
            await asyncio.sleep(0.005)


async def die(error: Exception) -> None:
    raise error


def engine_of(workplace: Workplace) -> Engine:
    assert workplace.engine is not None
    return workplace.engine


@pytest.mark.parametrize("error", [RuntimeError("our mistake"), KnownError("disk_full", "The disk is full.")])
async def test_an_engine_that_stops_says_why_and_starts_again_when_asked(
    home: Path, log_watch: LogWatch, error: Exception
) -> None:
    log_watch.expect("the engine stopped with an error")
    log_watch.expect("task part ended with an error")
    reported: list[BaseException] = []
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        engine = WindowEngine(workplace, reported.append)
        running = asyncio.create_task(engine.run())
        await until(lambda: workplace.engine is not None)
        assert engine.trouble is None
        first = engine_of(workplace)
        first._supervisor.spawn("part", die(error))
        await until(lambda: engine.trouble is not None)
        assert engine.trouble is not None
        assert reported == [error]
        assert engine.trouble.kind == type(error).__name__
        assert engine.trouble.error is (error if isinstance(error, KnownError) else None)
        assert engine.trouble.again_at > engine.trouble.at
        engine.start_again()
        await until(lambda: workplace.engine not in (None, first))
        assert engine.trouble is None
        engine.stop()
        await running
        told = await workplace.library.events_before(EventFilter(), None, 10)
        assert [row.details["code"] for row in told if row.type == "error"] == ["engine_stopped"]


async def test_a_stop_is_told_everywhere_meanwhile_and_in_the_timeline_as_soon_as_that_can_be_written(
    home: Path, log_watch: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_watch.expect("the engine stopped with an error")
    log_watch.expect("task part ended with an error")
    log_watch.expect("the stop of the engine is in the log only: disk_full")
    full = KnownError("disk_full", "The disk is full.")
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        engine = WindowEngine(workplace, lambda _error: None)
        running = asyncio.create_task(engine.run())
        await until(lambda: workplace.engine is not None)
        with monkeypatch.context() as patch:
            patch.setattr(SqlLedger, "note", lambda _ledger, _event: die(full))
            engine_of(workplace)._supervisor.spawn("part", die(full))
            await until(lambda: engine.trouble is not None and workplace.engine is None)
            assert engine.trouble is not None
            again_at = engine.trouble.again_at
            await asyncio.sleep(0)
        stopped = ("engine_stopped", again_at)
        assert engine.next_departure(CampaignId(1)) == engine.why_idle(InstanceId(1)) == stopped
        for why in (engine.explain_campaign(CampaignId(1)), engine.explain_instance(InstanceId(1))):
            assert why is not None
            assert ([wait.rule for wait in why.waits], why.until) == ([Rule.ENGINE_STOPPED], again_at)
        live = _Live(workplace)
        assert live.explain_campaign(CampaignId(1)) == engine.explain_campaign(CampaignId(1))
        assert live.explain_instance(InstanceId(1)) == engine.explain_instance(InstanceId(1))
        engine.start_again()
        await until(lambda: workplace.engine is not None)
        engine.stop()
        await running
        assert live.explain_campaign(CampaignId(1)) is None
        told = await workplace.library.events_before(EventFilter(), None, 10)
        assert [row.details["cause"] for row in told if row.type == "error"] == ["disk_full"]


async def test_while_it_is_held_no_engine_runs_and_afterwards_one_does(home: Path) -> None:
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        engine = WindowEngine(workplace, lambda _error: None)
        running = asyncio.create_task(engine.run())
        await until(lambda: not engine.is_idle)
        engine.hold()
        await until(lambda: engine.is_idle)
        engine.start_again()  # whatever wakes it meanwhile
        await asyncio.sleep(0.02)
        assert engine.is_idle
        assert engine.next_departure(CampaignId(1)) == ("engine_stopped", None)
        engine.let_go()
        await until(lambda: not engine.is_idle)
        engine.stop()
        await running


async def test_who_finds_another_one_sending_has_no_trouble_of_its_own_any_more(home: Path) -> None:
    place = open_home(str(home))
    async with open_workplace(place, None, is_throw_away=True) as workplace:
        engine = WindowEngine(workplace, lambda _error: None)
        now = workplace.clock.now()
        workplace.engine_trouble = EngineTrouble("ValueError", None, now, now)
        with EngineLock(place, "run"):
            assert not engine._take_lock()
        assert engine.holder is not None
        assert engine.trouble is None


async def test_an_engine_that_cannot_even_be_built_is_trouble_too_and_waits_longer_each_time(
    home: Path, log_watch: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_watch.expect("the engine stopped with an error")

    async def broken(_workplace: Workplace) -> Engine:
        raise ValueError("no engine today")

    monkeypatch.setattr(Workplace, "build_engine", broken)
    reported: list[BaseException] = []
    waits: list[float] = []
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        engine = WindowEngine(workplace, reported.append)
        running = asyncio.create_task(engine.run())
        for n in range(1, 4):
            await until(lambda n=n: len(reported) == n)
            assert engine.trouble is not None
            waits.append((engine.trouble.again_at - engine.trouble.at).total_seconds())
            engine.start_again()
        engine.stop()
        await running
    assert waits == sorted(set(waits)), "each wait is longer than the one before"
