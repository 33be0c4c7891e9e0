"""A check of many numbers is chosen, estimated, followed, stopped, and goes on without anybody looking."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop.domain.errors import KnownError
from desktop.domain.numbers import KnownNumbers
from desktop.operations.number_checking import CheckResult
from desktop.viewmodels.number_checking import NumberCheckViewModel
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


class SlowControl(FakeControl):
    """Its check goes on until somebody stops it."""

    def __init__(self, library: FakeLibrary) -> None:
        super().__init__(library)
        self.is_stopped = asyncio.Event()

    async def check_numbers(
        self, tag: str | None, max_age: timedelta, instance: str | None, progress: Callable[[int, int], None]
    ) -> CheckResult:
        progress(100, 272)
        await self.is_stopped.wait()
        return CheckResult(90, 10)

    def cancel_number_check(self) -> None:
        self.is_stopped.set()


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


def test_what_is_known_and_how_long_the_rest_takes_is_told_before_anything_is_asked(
    qapp: object, library: FakeLibrary
) -> None:
    model = NumberCheckViewModel(library, FakeControl(library), ImmediateSpawn())
    model.open("clientes")
    assert (model.tag, model.known) == ("clientes", FakeControl(library).known)
    assert model.can_start
    assert 5 * 4 <= model.likely_s <= 5 * 8, "six batches of fifty, some seconds apart"
    model.set_max_age(30)
    model.set_tag(None)
    model.start()
    assert not model.can_start, "nobody is left"


def test_without_a_number_that_can_be_asked_there_is_nothing_to_start(qapp: object) -> None:
    library = FakeLibrary(is_empty=True)
    model = NumberCheckViewModel(library, FakeControl(library), ImmediateSpawn())
    model.open(None)
    assert (model.instance, model.can_start) == (None, False)


async def test_a_run_is_followed_and_stopped_and_survives_a_second_opening(qapp: object, library: FakeLibrary) -> None:
    tasks: set[asyncio.Task[None]] = set()
    model = NumberCheckViewModel(
        library, SlowControl(library), lambda coro, name: tasks.add(asyncio.get_running_loop().create_task(coro))
    )
    told: list[tuple[object, object]] = []
    model.checked.connect(lambda result, is_cancelled: told.append((result, is_cancelled)))
    model.open("clientes")
    await asyncio.gather(*tasks)
    model.start()
    await asyncio.sleep(0)
    assert model.is_running
    assert model.asking is not None
    assert (model.asking.done, model.asking.of) == (100, 272)
    model.open(None)
    assert model.tag == "clientes", "the running one is shown"
    model.cancel()
    await asyncio.gather(*tasks)
    assert told == [(CheckResult(90, 10), True)]
    assert (model.is_running, model.asking) == (False, None)


def test_a_refusal_is_told_and_the_dialog_can_try_again(qapp: object, library: FakeLibrary) -> None:
    class Silent(FakeControl):
        async def check_numbers(self, *_about: object) -> CheckResult:
            raise KnownError("checks_unanswered", "Silent.", "")

    model = NumberCheckViewModel(library, Silent(library), ImmediateSpawn())
    refusals: list[KnownError] = []
    model.failed.connect(refusals.append)
    model.open(None)
    model.start()
    assert [error.code for error in refusals] == ["checks_unanswered"]
    assert (model.is_running, model.can_start) == (False, True)


def test_an_empty_overview_has_no_answers() -> None:
    assert KnownNumbers() == KnownNumbers(0, 0, 0, None)
