"""A jump of the clock is durable before anything that was stamped after it, whoever is cancelled meanwhile."""

import asyncio
from datetime import timedelta

import pytest

from desktop.engine.clock import WatchedClock
from desktop.engine.clock_marks import ClockMarks
from tests.desktop.engine.world import World


async def test_a_mark_under_way_is_written_once_and_to_its_end_when_its_writer_is_cancelled(world: World):
    clock = WatchedClock(world.clock, lambda jump: marks.note(jump))
    marks = ClockMarks(world.ledger, clock)
    await marks.begin()
    world.clock.jump(3600)
    clock.now()
    writing = asyncio.get_running_loop().create_task(marks.write())
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await marks.write()
    assert [mark.set_by for mark in world.rows.clock_marks] == [timedelta(hours=1)]
