"""Waiting proves nothing, and a wall clock that is set is noticed before its time is used."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.clock_mark import ClockMark
from desktop.engine.clock import LONGEST_SLEEP_S, SystemClock, WatchedClock, boot_name, wait
from tests.fakes.clock import START, FakeClock


@pytest.fixture
async def clock() -> FakeClock:
    asyncio.get_running_loop().set_debug(False)
    return FakeClock()


async def test_a_wait_ends_at_its_moment(clock: FakeClock):
    await wait(clock, START + timedelta(seconds=100.0004), asyncio.Event())
    assert clock.now() == START + timedelta(seconds=100.001)


async def test_a_wait_that_is_over_does_not_wait(clock: FakeClock):
    await wait(clock, START, asyncio.Event())
    await wait(clock, START - timedelta(days=1), asyncio.Event())
    assert clock.now() == START


@pytest.mark.parametrize("until", [None, START + timedelta(hours=1)])
async def test_a_wake_ends_a_wait_and_is_used_up(clock: FakeClock, until: datetime | None):
    wake = asyncio.Event()
    waiting = asyncio.get_running_loop().create_task(wait(clock, until, wake))
    await clock.sleep(5)
    wake.set()
    await waiting
    assert clock.now() == START + timedelta(seconds=5)
    assert not wake.is_set()


async def test_a_wake_that_came_before_is_not_lost(clock: FakeClock):
    wake = asyncio.Event()
    wake.set()
    await wait(clock, START + timedelta(hours=1), wake)
    assert clock.now() == START


async def test_timers_that_ring_too_early_are_asked_again(clock: FakeClock):
    early = FakeClock(early_s=0.45)
    await wait(early, START + timedelta(seconds=24), asyncio.Event())
    assert early.now() >= START + timedelta(seconds=24)


async def test_a_clock_set_forward_ends_a_wait_within_half_a_minute(clock: FakeClock):
    waiting = asyncio.get_running_loop().create_task(wait(clock, START + timedelta(hours=5), asyncio.Event()))
    await clock.sleep(3)
    clock.jump(6 * 3600)
    began = clock.monotonic()
    await waiting
    assert clock.monotonic() - began <= LONGEST_SLEEP_S


async def test_a_clock_set_back_does_not_make_a_wait_longer(clock: FakeClock):
    waiting = asyncio.get_running_loop().create_task(wait(clock, START + timedelta(seconds=60), asyncio.Event()))
    await clock.sleep(3)
    clock.jump(-86400)
    began = clock.monotonic()
    await waiting
    assert clock.monotonic() - began == 57


async def test_an_error_of_the_clock_is_not_swallowed():
    class Broken(FakeClock):
        async def sleep(self, seconds: float) -> None:
            raise OSError("no timer")

    with pytest.raises(OSError, match="no timer"):
        await wait(Broken(), START + timedelta(seconds=1), asyncio.Event())


async def test_a_jump_is_told_once_and_before_the_new_time_is(clock: FakeClock):
    told: list[float] = []
    watched = WatchedClock(clock, lambda jump: told.append(jump.set_by.total_seconds()))
    await watched.sleep(100)
    assert (watched.now(), told) == (clock.now(), [])
    clock.jump(3600)
    await clock.sleep(10)
    assert (watched.now(), told) == (clock.now(), [3600.0])
    assert watched.monotonic() == clock.monotonic()
    watched.now()
    clock.jump(-7200)
    watched.now()
    assert told == [3600.0, -7200.0]


@pytest.mark.parametrize(("jumps", "is_exact"), [((3600, 60, 600), True), ((3600, -60, 600), False)])
async def test_what_was_recorded_before_the_clock_was_set_is_as_old_as_it_was(
    clock: FakeClock, jumps: tuple[int, ...], is_exact: bool
):
    watched = WatchedClock(clock, lambda _by: None)
    stamps = [watched.now()]
    for jump_s in jumps:
        await clock.sleep(100)
        stamps.append(watched.now())
        clock.jump(jump_s)
        watched.now()
    await clock.sleep(100)
    corrected = watched.corrected(sorted(stamps))
    real = [watched.now() - timedelta(seconds=seconds) for seconds in (400, 300, 200, 100)]
    # Set back: it may look younger than it is, never older.
    assert all(found >= true for found, true in zip(corrected, real, strict=True))
    assert (corrected == real) is is_exact
    assert corrected[-1] <= watched.now()
    assert min(stamps) >= watched.stamp_of(real[0])


async def test_what_was_recorded_in_the_future_counts_as_just_now(clock: FakeClock):
    """Or it would hold everything until the clock is there again."""
    watched = WatchedClock(clock, lambda _by: None)
    future = [START - timedelta(seconds=5), START + timedelta(days=1), START + timedelta(days=400)]
    assert watched.corrected(future) == [START - timedelta(seconds=5), START, START]


async def test_slewing_is_no_jump_until_it_comes_to_something(clock: FakeClock):
    told: list[float] = []
    watched = WatchedClock(clock, lambda jump: told.append(jump.set_by.total_seconds()))
    for _ in range(12):
        clock.jump(0.01)
        watched.now()
    assert told == [0.05, 0.05]


async def test_a_machine_that_slept_did_not_have_its_clock_set(clock: FakeClock):
    told: list[ClockMark] = []
    watched = WatchedClock(clock, told.append)
    clock.suspend(8 * 3600)
    watched.now()
    assert told == []


def test_a_start_of_the_machine_has_one_name():
    assert boot_name() == boot_name()


def test_a_system_that_does_not_name_its_starts_is_no_trouble(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("desktop.engine.clock.BOOT_ID", tmp_path / "missing")
    assert boot_name() == ""


def test_the_machines_clock_gives_whole_milliseconds_in_utc():
    clock = SystemClock()
    before = datetime.now(UTC)
    now = clock.now()
    assert now.microsecond % 1000 == 0
    assert timedelta(milliseconds=-1) <= now - before < timedelta(seconds=5)
    assert now.tzinfo is UTC


async def test_the_machines_clock_measures_and_sleeps():
    clock = SystemClock()
    began = clock.monotonic()
    await clock.sleep(0.001)
    assert 0 < clock.monotonic() - began < 5


def test_where_no_clock_counts_sleep_pythons_own_does(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    assert abs(SystemClock().monotonic() - time.monotonic()) < 5


async def test_the_fake_notices_a_loop_that_never_sleeps(clock: FakeClock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.fakes.clock.BUSY_TURNS", 1000)

    loop, is_over = asyncio.get_running_loop(), False

    def spin() -> None:
        if not is_over:
            loop.call_soon(spin)

    spin()
    with pytest.raises(RuntimeError, match="no time passes"):
        await clock.sleep(1)
    is_over = True


async def test_what_looks_roughly_like_a_jump_is_looked_at_exactly(clock: FakeClock):
    heard: list[ClockMark] = []
    watched = WatchedClock(clock, heard.append)
    clock.jump(0.049)
    watched._look(clock.now(), clock.monotonic())
    assert heard == []
    clock.jump(0.001)
    watched._look(clock.now(), clock.monotonic())
    assert [jump.set_by for jump in heard] == [timedelta(milliseconds=50)]
