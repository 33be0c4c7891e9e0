"""The receiver follows the settings, and says why it does not listen."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import aiohttp

from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import Hook, ReceiverSettings
from desktop.domain.instance import Gateway
from desktop.domain.receipt import Inbound
from desktop.receiver import service
from desktop.receiver.service import Receiver, Wanted
from tests.conftest import LogWatch
from tests.desktop.gateways.conftest import QuickClock
from tests.desktop.receiver.conftest import hook

ONE = hook(Gateway.WAHA)
HALF_A_MINUTE = timedelta(seconds=service.TRY_AGAIN_S)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Wishes:
    def __init__(self, settings: ReceiverSettings, *hooks: Hook) -> None:
        self.wanted = Wanted(settings, hooks)
        self.trouble: KnownError | None = None

    async def __call__(self) -> Wanted:
        if self.trouble is not None:
            raise self.trouble
        return self.wanted

    def change(self, **changes: object) -> None:
        self.wanted = replace(self.wanted, settings=replace(self.wanted.settings, **changes))  # type: ignore[arg-type]


async def receive(items: Sequence[Inbound]) -> None:
    return None


@asynccontextmanager
async def running(wishes: Wishes, clock: QuickClock) -> AsyncIterator[Receiver]:
    receiver = Receiver(wishes, lambda _instances, _body: [], clock)
    task = asyncio.create_task(receiver.run(receive))
    try:
        yield receiver
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def answers(port: int, of: Hook = ONE) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as session,
            session.get(f"http://127.0.0.1:{port}{of.path}?nonce=1") as answer,
        ):
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not await _value(is_so()):  # noqa: ASYNC110 - whatever it looks at
            await asyncio.sleep(0.005)


async def _value(value: object) -> object:
    return await value if asyncio.iscoroutine(value) else value


async def test_it_is_off_until_it_is_turned_on_and_closed_at_the_end() -> None:
    port = free_port()
    wishes, clock = Wishes(ReceiverSettings(port=port), ONE), QuickClock()
    async with running(wishes, clock):
        await until(lambda: len(clock.slept) > 2)
        assert not await answers(port)
        wishes.change(is_enabled=True)
        await until(lambda: answers(port))
        wishes.change(is_enabled=False)
        await until(lambda: not_(port))
        wishes.change(is_enabled=True)
        await until(lambda: answers(port))
    assert not await answers(port)


async def not_(port: int) -> bool:
    return not await answers(port)


async def test_it_moves_with_the_settings_and_learns_new_hooks() -> None:
    first, second = free_port(), free_port()
    wishes, clock = Wishes(ReceiverSettings(True, port=first), ONE), QuickClock()
    two = hook(Gateway.WAHA, 2)
    async with running(wishes, clock):
        await until(lambda: answers(first))
        assert not await answers(first, two)
        wishes.wanted = Wanted(wishes.wanted.settings, (ONE, two))
        await until(lambda: answers(first, two))
        wishes.change(port=second)
        await until(lambda: answers(second))
        assert not await answers(first)


async def test_a_busy_port_is_reported_once_and_tried_again(log_watch: LogWatch) -> None:
    log_watch.expect("webhooks cannot be received: Port")
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        wishes, clock = Wishes(ReceiverSettings(True, port=port), ONE), QuickClock()
        async with running(wishes, clock) as receiver:
            await until(lambda: receiver.error)
            assert receiver.error is not None
            assert receiver.error.code == "receiver_port_taken"
            before = len(clock.slept)
            clock.ahead += HALF_A_MINUTE
            await until(lambda: len(clock.slept) > before + 2)
            assert receiver.error is not None
            busy.close()
            clock.ahead += HALF_A_MINUTE
            await until(lambda: answers(port))
            assert receiver.error is None


async def test_a_locked_keyring_is_reported_and_what_listens_goes_on(log_watch: LogWatch) -> None:
    log_watch.expect("the hooks cannot be read: keyring_locked")
    port = free_port()
    wishes, clock = Wishes(ReceiverSettings(True, port=port), ONE), QuickClock()
    async with running(wishes, clock) as receiver:
        await until(lambda: answers(port))
        wishes.trouble = KnownError("keyring_locked", "…")
        await until(lambda: receiver.error)
        assert await answers(port)
        wishes.trouble = None
        clock.ahead += HALF_A_MINUTE
        await until(lambda: receiver.error is None)
        await until(lambda: answers(port))
