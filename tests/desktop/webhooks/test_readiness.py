"""Who tells nobody waits without the courier; the first address brings it."""

from collections.abc import Sequence

from desktop.domain.errors import KnownError
from desktop.domain.hook import Hook
from desktop.webhooks.readiness import LOOK_EVERY_S, until_needed
from tests.conftest import LogWatch
from tests.desktop.webhooks.conftest import Desk, Receiver


async def test_the_first_address_ends_the_waiting(desk: Desk, receiver: Receiver) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            await desk.operator.add(receiver.url)

    await until_needed(desk.store, sleep)
    assert slept == [LOOK_EVERY_S, LOOK_EVERY_S]
    await until_needed(desk.store, sleep)
    assert len(slept) == 2


async def test_an_outbox_that_cannot_be_read_is_looked_at_again(
    desk: Desk, receiver: Receiver, log_watch: LogWatch
) -> None:
    log_watch.expect("webhooks: database_busy")
    await desk.operator.add(receiver.url)

    class BusyOnce:
        is_busy = True

        async def hooks(self) -> Sequence[Hook]:
            if self.is_busy:
                self.is_busy = False
                raise KnownError("database_busy", "It is locked.", "Wait.")
            return await desk.store.hooks()

    async def sleep(_seconds: float) -> None: ...

    await until_needed(BusyOnce(), sleep)  # type: ignore[arg-type]
