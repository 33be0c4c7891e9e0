"""What is done beside sending: it is done, and it stands back while much is being sent."""

from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime, timedelta

from desktop.domain.errors import KnownError
from desktop.domain.ids import EventId
from desktop.operations.upkeep import BUSY, KEEP_DAYS, ORPHAN_AGE, PRUNE_EVERY, SWEEP_EVERY, Upkeep
from tests.conftest import LogWatch

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Library:
    def __init__(self) -> None:
        self.last = 0
        self.settings: dict[str, object] = {}

    async def last_event_id(self) -> EventId:
        return EventId(self.last)

    async def setting(self, key: str) -> object | None:
        return self.settings.get(key)

    async def media_in_use(self) -> set[str]:
        return {"/data/media/ab/oferta.jpg"}


class Files:
    def __init__(self) -> None:
        self.swept: list[datetime] = []

    async def sweep(self, in_use: Callable[[], Awaitable[Collection[str]]], before: datetime) -> int:
        assert "/data/media/ab/oferta.jpg" in await in_use()
        self.swept.append(before)
        return 0


class Events:
    def __init__(self) -> None:
        self.batches = 0
        self.indexed = 0
        self.pruned: list[tuple[datetime, datetime]] = []
        self.refusal: KnownError | None = None

    async def index(self) -> bool:
        if self.refusal is not None:
            raise self.refusal
        self.indexed += 1
        self.batches -= 1
        return self.batches > 0

    async def prune(self, before: datetime, now: datetime, operator: str | None = None) -> None:
        self.pruned.append((before, now))


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        raise AssertionError("nothing is measured")

    async def sleep(self, seconds: float | timedelta) -> None:
        raise AssertionError("a round does not wait")


def make() -> tuple[Upkeep, Library, Events, Clock]:
    library, events, clock = Library(), Events(), Clock()
    return Upkeep(library, events, Files(), clock), library, events, clock


async def test_a_quiet_round_indexes_all_that_is_there() -> None:
    upkeep, library, events, _ = make()
    library.last, events.batches = BUSY, 5
    await upkeep.round()
    assert events.indexed == 5


async def test_a_busy_round_indexes_one_batch_and_leaves_the_writer_to_the_messages() -> None:
    upkeep, library, events, _ = make()
    library.last, events.batches = BUSY + 1, 5
    await upkeep.round()
    assert events.indexed == 1
    await upkeep.round()
    assert events.indexed == 5, "it is quiet again"


async def test_old_events_are_removed_once_an_hour_when_the_operator_has_said_how_old() -> None:
    upkeep, library, events, clock = make()
    await upkeep.round()
    assert events.pruned == []
    library.settings[KEEP_DAYS] = 90
    await upkeep.round()
    assert events.pruned == [], "not before an hour has passed"
    clock.time += PRUNE_EVERY
    await upkeep.round()
    await upkeep.round()
    assert events.pruned == [(clock.time - timedelta(days=90), clock.time)]


async def test_a_strange_setting_removes_nothing() -> None:
    for strange in (0, -3, True, "90", None, 1.5):
        upkeep, library, events, _ = make()
        library.settings[KEEP_DAYS] = strange
        await upkeep.round()
        assert events.pruned == []


async def test_what_the_world_refuses_is_logged_and_tried_again(log_watch: LogWatch) -> None:
    upkeep, _, events, _ = make()
    events.refusal = KnownError("disk_full", "The disk is full.")
    log_watch.expect("upkeep was refused: disk_full")
    await upkeep.round()
    events.refusal = None
    await upkeep.round()
    assert events.indexed == 1


async def test_files_that_nobody_needs_are_swept_once_a_day() -> None:
    library, events, files, clock = Library(), Events(), Files(), Clock()
    upkeep = Upkeep(library, events, files, clock)
    await upkeep.round()
    await upkeep.round()
    assert files.swept == [NOW - ORPHAN_AGE]
    clock.time += SWEEP_EVERY
    await upkeep.round()
    assert len(files.swept) == 2
