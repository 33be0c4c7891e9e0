"""Steps of `bench_growth`, each in a process of its own: prints one JSON object.

`fill` makes a home in --folder; `send` sends --messages from it and tells what they cost; `stall` sends until killed;
`pause` pauses its campaign.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path

from desktop.domain.campaign import Audience, CampaignAction
from desktop.domain.events import Event, EventType
from tests.bench.case_engine import arguments
from tests.bench.world import add_instances, add_people, opened, start_campaign

WARM_UP = 200  # messages before the cost is measured


def resident_mb() -> float:
    """Return what this process occupies now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


class _Watch:
    """Notes moments, cost and memory as sends are committed."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._messages, self._began_s = options.messages, options.began
        self._sent = 0
        self._begin: tuple[int, float, float] | None = None
        self.figures: dict[str, float] = {}
        self.done = asyncio.Event()

    def on_events(self, events: Sequence[Event]) -> None:
        sent = sum(1 for event in events if event.fact.type is EventType.MESSAGE_SENT)
        if not sent or self.done.is_set():
            return
        self.figures.setdefault("first_s", time.time() - self._began_s)
        self._sent += sent
        if self._begin is None and self._sent >= WARM_UP:
            self._begin = (self._sent, time.process_time(), resident_mb())
        if self._sent * 2 >= self._messages:
            self.figures.setdefault("half_mb", resident_mb())
        if self._begin is not None and self._sent >= self._messages:
            sent_at, cpu, early_mb = self._begin
            self.figures["cpu_ms"] = (time.process_time() - cpu) / (self._sent - sent_at) * 1000
            self.figures["early_mb"], self.figures["late_mb"] = early_mb, resident_mb()
            self.done.set()


async def _fill(options: argparse.Namespace) -> dict[str, float]:
    async with opened(options.folder, options.key) as workplace:
        await add_instances(workplace, options.url, options.per_lane)
        await add_people(workplace, options.people, "all")
        await start_campaign(workplace, Audience())
    return {}


async def _send(options: argparse.Namespace) -> dict[str, float]:
    opening_s = time.time() - options.began
    watch = _Watch(options)
    async with opened(options.folder, options.key) as workplace, asyncio.TaskGroup() as group:
        workplace.bus.subscribe(watch.on_events)
        engine = await workplace.build_engine()
        group.create_task(engine.run())
        await watch.done.wait()
        engine.stop()
    return watch.figures | {"import_s": opening_s}


async def _stall(options: argparse.Namespace) -> dict[str, float]:
    """Say when some messages have left, and go on until killed."""
    watch = _Watch(options)
    async with opened(options.folder, options.key) as workplace, asyncio.TaskGroup() as group:
        workplace.bus.subscribe(watch.on_events)
        engine = await workplace.build_engine()
        group.create_task(engine.run())
        await watch.done.wait()
        print("{}", flush=True)
        await asyncio.Event().wait()
    return {}


async def _pause(options: argparse.Namespace) -> dict[str, float]:
    async with opened(options.folder, options.key) as workplace:
        for campaign in await workplace.library.campaigns():
            await workplace.operations.act(campaign.id, CampaignAction.PAUSE)
    return {}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--messages", type=int, default=950)
    parser.add_argument("--began", type=float, default=time.time(), help="when the process was started, epoch seconds")
    parser.add_argument("--step", choices=("fill", "send", "stall", "pause"), required=True)
    options = parser.parse_args()
    step = {"fill": _fill, "send": _send, "stall": _stall, "pause": _pause}[options.step]
    print(json.dumps(asyncio.run(step(options))))


if __name__ == "__main__":
    main()
