"""One measurement of the real engine without a window, in a process of its own: prints one JSON object.

`python -m tests.bench.case_engine --url … --key … --loop asyncio|uvloop --seconds S --per-lane N`
"""

import argparse
import asyncio
import json
import resource
import tempfile
from functools import partial
from pathlib import Path

import uvloop

from desktop.composition import Workplace
from desktop.domain.campaign import Audience
from tests.bench.world import SentMeter, add_instances, add_people, opened, recorder_s, start_campaign


async def send(workplace: Workplace, seconds: float) -> dict[str, float]:
    """Run an engine for some seconds and stop it in order."""
    meter = SentMeter(seconds, partial(recorder_s, workplace))
    unsubscribe = workplace.bus.subscribe(meter.on_events)
    workplace.records_apart = True  # as `run` does
    engine = await workplace.build_engine()
    async with asyncio.TaskGroup() as group:
        group.create_task(engine.run())
        await meter.done.wait()
        engine.stop()
    unsubscribe()
    return meter.figures() | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


async def _case(options: argparse.Namespace) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder), options.key) as workplace:
            await add_instances(workplace, options.url, options.per_lane)
            await add_people(workplace, options.people, "all")
            await start_campaign(workplace, Audience())
            return await send(workplace, options.seconds)


def arguments(doc: str | None) -> argparse.ArgumentParser:
    """Return the options that all cases share."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--url", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--people", type=int, default=25_000)
    parser.add_argument("--per-lane", type=int, default=67)
    return parser


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--loop", choices=("asyncio", "uvloop"), default="asyncio")
    options = parser.parse_args()
    run = uvloop.run if options.loop == "uvloop" else asyncio.run
    print(json.dumps(run(_case(options))))


if __name__ == "__main__":
    main()
