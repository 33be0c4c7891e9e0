"""How far the forecast is from what happens: the real engine sends the planned campaign in virtual time.

Run `python -m tests.bench.bench_eta`. Each case is forecast before its start, as preflight does, and then sent by the
engine through a gateway in memory, on a clock that jumps to whatever is next: days take seconds, and every rule of
sending is at work. The error is that of the likely moment, in shares of the time that the campaign really took.
"""

import argparse
import asyncio
import statistics
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from desktop.domain.campaign import CampaignStatus, Pace, RetryPlan, SendWindow
from desktop.domain.events import EventType
from desktop.domain.ids import InstanceId
from desktop.domain.instance import InstanceLimits
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.engine import engine, inbound, recipients, reconcile, runner
from desktop.policy.forecast import Capacity, Forecast, forecast
from desktop.policy.warmup import OFF
from tests.bench.table import Table
from tests.desktop.engine.world import World
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import Behaviour, ModelGateway

ZONE = "America/Sao_Paulo"
START = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # a Monday, ten in the morning in São Paulo
ANSWER_S = 0.3
LOOK_S = 20.0
GIVE_UP = timedelta(days=30)
# What the engine asks the database for several times a second would be asked 300,000 times in a day of virtual time.
PATIENCE = (
    (engine, "LOOK_EVERY_S", 15.0),
    (runner, "LOOK_EVERY_S", 10.0),
    (runner, "LOOK_SELDOM_S", 60.0),
    (recipients, "LOOK_EVERY_S", 10.0),
    (reconcile, "IDLE_S", 30.0),
    (inbound, "POLL_EVERY_S", 60.0),
)


_EVOLUTION = InstanceLimits(per_day=None, per_hour=1_000, per_minute=None, min_gap_s=0.5)


@dataclass(frozen=True, slots=True)
class _Case:
    """A campaign. `failing`: share of the requests that fail and are tried again, known from the numbers' past."""

    name: str
    people: int
    pace: Pace
    limits: InstanceLimits = _EVOLUTION
    instances: int = 1
    warmup: str = OFF
    window: SendWindow | None = None
    failing: float = 0.0


_FREE = Pace((0.0, 0.0), None, None, None)
_OFFICE = SendWindow((1, 2, 3, 4, 5), time(9), time(18))
CASES = (
    _Case("as a new draft is: 140–380 s, 100 an hour", 150, Pace()),
    _Case("300 an hour over three numbers", 900, Pace((0.0, 20.0), 300, None, None), instances=3),
    _Case("as fast as Evolution's profile allows", 2_500, _FREE),
    _Case("daily limit of 200 on two numbers", 900, Pace((5.0, 15.0), None, None, None),
          InstanceLimits(per_day=200, per_hour=None, per_minute=None, min_gap_s=0.5), 2),
    _Case("office hours, 120 an hour", 1_300, Pace((10.0, 40.0), 120, None, None), window=_OFFICE),
    _Case("a new number warms up: 20, 50, 100", 150, Pace((20.0, 60.0), None, None, None),
          warmup="1:20 2:50 3:100 4:-"),
    _Case("Meta's profile: 20 a minute, 100 an hour, 500 a day", 700, _FREE,
          InstanceLimits(per_day=500, per_hour=100, per_minute=20, min_gap_s=0.0, max_in_flight=20)),
    _Case("one request of twenty fails and is tried again", 600, Pace((2.0, 8.0), None, None, None), failing=0.05),
    _Case("one of ten fails, office hours, two numbers", 1_500, Pace((5.0, 25.0), None, None, None),
          instances=2, window=_OFFICE, failing=0.1),
    _Case("2 a second with a burst of 10", 3_000, Pace((0.0, 0.0), None, 2.0, 10),
          InstanceLimits(per_day=None, per_hour=None, per_minute=None, min_gap_s=0.0), 2),
)  # fmt: skip


class _Gateway(ModelGateway):
    """Takes its time, and fails at random."""

    def __init__(self, clock: FakeClock, failing: float, rng: Random) -> None:
        super().__init__(clock)
        self._failing, self._rng = failing, rng

    def next_behaviour(self, phone: str, instance_id: InstanceId) -> Behaviour:
        fails = self._rng.random() < self._failing
        return Behaviour(Rejected(ErrorClass.TRANSIENT, "busy", "", 503) if fails else None, takes_s=ANSWER_S)


@contextmanager
def _patience() -> Generator[None]:
    kept = [(module, name, getattr(module, name)) for module, name, _ in PATIENCE]
    for module, name, value in PATIENCE:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in kept:
            setattr(module, name, value)


async def _really(case: _Case, seed: int) -> datetime | None:
    """Send the campaign; return when the last message had been answered."""
    world = World(FakeClock(START), seed=seed)
    world.gateway = _Gateway(world.clock, case.failing, Random(seed))
    numbers = [world.instance(case.limits, ZONE) for _ in range(case.instances)]
    for number in numbers:
        world.change_instance(number, warmup=case.warmup)
    campaign = world.campaign(case.people, numbers, pace=case.pace, window=case.window, retry=RetryPlan())
    for row in world.rows.recipients.values():
        row.zone = ZONE
    world.start()
    while world.status(campaign) is CampaignStatus.RUNNING and world.clock.now() - START < GIVE_UP:
        world.check()
        await world.clock.sleep(LOOK_S)
    await world.stop()
    is_over = world.status(campaign) is CampaignStatus.COMPLETED
    return max(event.fact.at for event in world.events(EventType.MESSAGE_SENT)) if is_over else None


def _foreseen(case: _Case) -> Forecast | None:
    capacity = Capacity(case.limits, ZONE, 0, case.warmup)
    return forecast(
        case.people, case.pace, [capacity] * case.instances, START, ANSWER_S, case.window,
        retry=RetryPlan(), again=case.failing,
    )  # fmt: skip


def measure(seeds: int = 3, cases: int | None = None) -> Table:
    """Forecast and send each case with several seeds: other delays, other failures."""
    table = Table(
        f"Error of the forecast made before the start ({seeds} runs each, virtual time)",
        ("campaign", "people", "really took", "likely was off by", "within the range"),
    )
    errors: list[float] = []
    within = runs = 0
    for case in CASES[:cases]:
        foreseen = _foreseen(case)
        assert foreseen is not None
        of_case: list[float] = []
        took: list[timedelta] = []
        hits = 0
        for seed in range(1, seeds + 1):
            with _patience():
                really = asyncio.run(_really(case, seed))
            if really is None:
                raise SystemExit(f"{case.name}: not over after {GIVE_UP.days} days")
            took.append(really - START)
            of_case.append((foreseen.likely - really) / took[-1])
            hits += foreseen.earliest <= really <= foreseen.latest
        errors += [abs(error) for error in of_case]
        within, runs = within + hits, runs + seeds
        off, lasted = statistics.median(of_case), statistics.median(took)
        table.add(case.name, f"{case.people:,}", _words(lasted), f"{off:+.1%}", f"{hits} of {seeds}")
    off = f"median {statistics.median(errors):.1%}, worst {max(errors):.1%}"
    table.add("all", "", "", off, f"{within} of {runs}")
    return table


def _words(length: timedelta) -> str:
    hours = length.total_seconds() / 3600
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} h"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--cases", type=int)
    chosen = options.parse_args()
    print(measure(chosen.seeds, chosen.cases).text())


if __name__ == "__main__":
    main()
