"""What stands in for something that takes long to load."""

import gc
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.composition import open_workplace
from desktop.late import Late
from desktop.paths import Home


class Desk:
    """Something that takes long to load."""

    def __init__(self) -> None:
        self.loaded_by = threading.current_thread()

    async def add(self, one: int, *, other: int) -> int:
        return one + other

    async def who(self) -> threading.Thread:
        return self.loaded_by


async def test_the_first_call_loads_it_in_another_thread_and_answers() -> None:
    loads = 0

    def load() -> Desk:
        nonlocal loads
        loads += 1
        return Desk()

    late = cast(Desk, Late(load))
    assert loads == 0
    assert await late.add(2, other=3) == 5
    assert await late.who() is not threading.current_thread()


async def test_what_it_cannot_do_is_told_when_it_is_asked_for() -> None:
    late = cast(Any, Late(Desk))
    with pytest.raises(AttributeError):
        await late.nothing()


async def test_a_home_is_read_before_what_acts_is_loaded_and_a_first_act_loads_it(home: Path) -> None:
    async with open_workplace(Home(home), None, is_throw_away=True) as workplace:
        assert await workplace.library.campaigns() == []
        assert not workplace.is_loaded
        spared = gc.get_freeze_count()
        await workplace.control.set_setting("ui.theme", "dark")
        assert gc.get_freeze_count() > spared, "what was loaded is not looked through, in the thread that paints"
        assert workplace.is_loaded
        assert await workplace.library.setting("ui.theme") == "dark"
        assert workplace.control is workplace.operations
