"""The commands that are an engine: `campaign start --wait` and `run`."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import AsyncGenerator, Coroutine, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from desktop.cli.campaign_commands import show
from desktop.cli.events_json import event_object
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.campaign import CampaignAction, CampaignStatus
from desktop.domain.engine_trouble import stop_event, trouble_of
from desktop.domain.errors import KnownError
from desktop.domain.events import Event
from desktop.domain.ids import CampaignId, EventId
from desktop.domain.summaries import EventFilter
from desktop.engine.clock import wait
from desktop.engine.supervisor import Supervisor, first_of
from desktop.engine_lock import EngineLock
from desktop.policy.restarts import again_after_s, failures_now
from desktop.webhooks.readiness import until_needed

if TYPE_CHECKING:
    from desktop.engine.engine import Engine

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.2
LINGER_S = 5.0  # for receipts after the last message
FOREIGN_EVERY = timedelta(seconds=1)
LAST_WORDS_S = 5.0  # for webhooks, after the engine has stopped
PAGE = 500


async def start(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """Start a campaign and show it; with `--wait` send until it is over. Returns the exit code."""
    campaign_id = CampaignId(options.id)
    if not options.wait:
        await workplace.operations.act(campaign_id, CampaignAction.START)
        return await show(workplace, options, output, words)
    workplace.records_apart = True
    with _stop_signals() as stopping, EngineLock(workplace.home, "campaign start --wait"):
        summary = await workplace.library.campaign(campaign_id)
        if summary.status is not CampaignStatus.RUNNING:
            await workplace.operations.act(campaign_id, CampaignAction.START)
        engine = await workplace.build_engine()
        async with _others(workplace, words):
            over = _until_over(workplace, campaign_id, engine)
            await _run_engine(workplace, engine, stopping, over, output, words)
    return await show(workplace, options, output, words)


async def run(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    workplace.records_apart = True
    with _stop_signals() as stopping, EngineLock(workplace.home, "run"):
        tail = _Tail(workplace, output, words, await workplace.library.last_event_id())
        unsubscribe = workplace.bus.subscribe(tail.on_events)
        try:
            async with _others(workplace, words):
                await _keep_running(workplace, stopping, tail, output, words)
        finally:
            unsubscribe()
        await tail.catch_up()
    return 0


async def _run_engine(
    workplace: Workplace,
    engine: "Engine",
    stopping: asyncio.Event,
    work: Coroutine[Any, Any, None],
    output: Output,
    words: Words,
) -> None:
    """Run the engine until `work` ends, `stopping` is set, or the engine fails; always stops it in order."""
    supervisor = Supervisor()
    running = supervisor.spawn("engine", engine.run())
    try:
        await first_of(work=work, signal=stopping.wait(), engine=_ended(running), upkeep=workplace.keep_up())
    finally:
        engine.stop()
        if engine.in_flight:
            output.note(words.awaiting(engine.in_flight))
        await asyncio.wait({running})  # also when the work has failed: no outcome may be lost
    await running


async def _keep_running(
    workplace: Workplace, stopping: asyncio.Event, tail: "_Tail", output: Output, words: Words
) -> None:
    """Run an engine, and another one after each that stops by itself, until `stopping` is set.

    What keeps the first one from being built is refused: somebody has just given the command.
    """
    engine, failures, untold = await workplace.build_engine(), 0, None
    while True:
        began_s = workplace.clock.monotonic()
        try:
            if untold is not None:
                engine = await workplace.build_engine()
                await workplace.ledger.note(stop_event(untold))
                untold = workplace.engine_trouble = None
            await _run_engine(workplace, engine, stopping, tail.follow(), output, words)
            return
        except BrokenPipeError:  # nobody reads the events any more
            raise
        # As in the window: whatever stopped it is told and tried again. A full disk is emptied, also at night.
        except Exception as error:
            log.exception("the engine stopped with an error")
            failures = failures_now(failures, workplace.clock.monotonic() - began_s)
            again_s = again_after_s(failures)
            untold = workplace.engine_trouble = trouble_of(error, workplace.clock.now(), again_s)
            workplace.engine = None
            output.note(words.stopped(untold))
            await first_of(time=workplace.clock.sleep(again_s), signal=stopping.wait())
            if stopping.is_set():
                return


@asynccontextmanager
async def _others(workplace: Workplace, words: Words) -> AsyncGenerator[None]:
    """Tell other programs and listen to them meanwhile; at the end tell once more what the last messages were."""
    supervisor = Supervisor()
    supervisor.spawn("webhooks", _tell_others(workplace))
    supervisor.spawn("api", workplace.build_api_host(words.check).run())
    try:
        yield
    finally:
        await supervisor.cancel()
        await _last_words(workplace)


async def _tell_others(workplace: Workplace) -> None:
    await until_needed(workplace.hooks, workplace.clock.sleep)
    await workplace.build_courier().run()


async def _last_words(workplace: Workplace) -> None:
    try:
        async with asyncio.timeout(LAST_WORDS_S):
            if await workplace.hooks.hooks():
                last = workplace.build_courier()
                try:
                    await last.look()
                finally:
                    await last.close()
    except (TimeoutError, KnownError):
        pass  # it is in the outbox, and told by whoever runs next


async def _ended(task: "asyncio.Task[None]") -> None:
    await asyncio.wait({task})


@contextmanager
def _stop_signals() -> Generator[asyncio.Event]:
    """Set the event on SIGINT, SIGTERM and (unless ignored: `nohup`) SIGHUP; on Windows also when the console closes.

    Whoever becomes the engine listens first: no signal may find it deaf.
    """
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    if sys.platform == "win32":
        # Windows has no signal handlers of the loop.
        before = {
            number: signal.signal(number, lambda _number, _frame: _wake(loop, stopping))
            for number in (signal.SIGINT, signal.SIGBREAK)
        }
        try:
            yield stopping
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        return
    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    for number in numbers:
        loop.add_signal_handler(number, stopping.set)
    try:
        yield stopping
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _wake(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    loop.call_soon_threadsafe(event.set)


async def _until_over(workplace: Workplace, campaign_id: CampaignId, engine: "Engine") -> None:
    """Wait until the campaign is no longer running, then a little for its receipts."""
    while (await workplace.library.campaign(campaign_id)).status is CampaignStatus.RUNNING:
        await workplace.clock.sleep(LOOK_EVERY_S)
    ends = workplace.clock.monotonic() + LINGER_S
    while workplace.clock.monotonic() < ends:
        counts = (await workplace.library.campaign(campaign_id)).counts
        if not counts.sent:
            return
        await workplace.clock.sleep(LOOK_EVERY_S)
    await engine.collect_receipts()


class _Tail:
    """Prints events as lines, in order, each once, however they become known."""

    def __init__(self, workplace: Workplace, output: Output, words: Words, after: EventId) -> None:
        self._workplace, self._output, self._words = workplace, output, words
        self._after = after
        self._news = asyncio.Event()

    def on_events(self, events: Sequence[Event]) -> None:
        self._news.set()

    async def follow(self) -> None:
        while True:
            # Other processes write too (a pause, a cancel), and nothing tells us of it.
            await wait(self._workplace.clock, self._workplace.clock.now() + FOREIGN_EVERY, self._news)
            await self.catch_up()

    async def catch_up(self) -> None:
        while rows := await self._workplace.library.events_after(EventFilter(), self._after, PAGE):
            for row in rows:
                event = event_object(row, self._words)
                self._output.line(event, f"{event['time']}  {event['severity']:7}  {event['message']}")
            self._after = rows[-1].id
