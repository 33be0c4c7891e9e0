"""How far the forecast is from what happens: the real engine sends the planned campaign in virtual time.

Run `python -m tests.bench.bench_eta`. Each case is forecast before its start, as preflight does, and again on its way,
mostly when half of it has left, and sent by the engine through a gateway in memory, on a clock that jumps to whatever
is next: days take seconds, and every rule of sending is at work. The error is that of the likely moment, in shares of
the time that the campaign really took from the forecast on.
"""

import argparse
import statistics
from datetime import UTC, datetime, time, timedelta

from desktop.domain.campaign import Pace, SendWindow
from desktop.domain.instance import InstanceLimits
from tests.bench.case_eta import GIVE_UP, Case, Course, Other, play
from tests.bench.table import Table

_FREE = Pace((0.0, 0.0), None, None, None)
_OFFICE = SendWindow((1, 2, 3, 4, 5), time(9), time(18))
_CLOUD = InstanceLimits(per_day=None, per_hour=None, per_minute=None, min_gap_s=0.0, max_in_flight=20)
_FOUR = (
    Other(900, _FREE), Other(900, _FREE, 1), Other(300, _FREE), Other(600, Pace((5.0, 15.0), 300, None, None)),
)  # fmt: skip
_WORLD = (
    ("Europe/Lisbon", 2), ("America/Sao_Paulo", 5), ("America/Manaus", 1), ("America/New_York", 1),
    ("America/Los_Angeles", 1),
)  # fmt: skip
CASES = (
    Case("as a new draft is: 140–380 s, 100 an hour", 150, Pace()),
    Case("300 an hour over three numbers", 900, Pace((0.0, 20.0), 300, None, None), instances=3),
    Case("as fast as Evolution's profile allows", 2_500, _FREE),
    Case("daily limit of 200 on two numbers", 900, Pace((5.0, 15.0), None, None, None),
         InstanceLimits(per_day=200, per_hour=None, per_minute=None, min_gap_s=0.5), 2),
    Case("office hours, 120 an hour", 1_300, Pace((10.0, 40.0), 120, None, None), window=_OFFICE),
    Case("a new number warms up: 20, 50, 100", 150, Pace((20.0, 60.0), None, None, None),
         warmup="1:20 2:50 3:100 4:-"),
    Case("Meta's profile: 20 a minute, 100 an hour, 500 a day", 700, _FREE,
         InstanceLimits(per_day=500, per_hour=100, per_minute=20, min_gap_s=0.0, max_in_flight=20)),
    Case("one request of twenty fails and is tried again", 600, Pace((2.0, 8.0), None, None, None), failing=0.05),
    Case("one of ten fails, office hours, two numbers", 1_500, Pace((5.0, 25.0), None, None, None),
         instances=2, window=_OFFICE, failing=0.1),
    Case("2 a second with a burst of 10", 3_000, Pace((0.0, 0.0), None, 2.0, 10),
         InstanceLimits(per_day=None, per_hour=None, per_minute=None, min_gap_s=0.0), 2),
    Case("Meta's limit of 250 people in 24 hours, two numbers", 900, Pace((2.0, 4.0), None, None, None), _CLOUD, 2,
         tier="TIER_250"),
    Case("the same, asked after 34 hours, while it waits", 600, Pace((2.0, 4.0), None, None, None), _CLOUD, 2,
         tier="TIER_250", look_h=34.0),
    Case("over Christmas, office hours", 700, Pace((10.0, 40.0), None, 2.0, 10),
         window=SendWindow((1, 2, 3, 4, 5), time(9), time(11), "BR"),
         start=datetime(2026, 12, 24, 13, 0, tzinfo=UTC)),
    Case("half of the numbers warm up", 900, Pace((1.0, 3.0), None, None, None),
         InstanceLimits(per_day=200, per_hour=None, per_minute=None, min_gap_s=0.5), 4,
         warmups=("off", "off", "1:20 2:50 3:100 4:-", "1:20 2:50 3:100 4:-")),
    Case("as important as another campaign on its two numbers", 900, _FREE, instances=2, others=(Other(2_500, _FREE),)),
    Case("five campaigns on two numbers, it is the most important", 900, _FREE, instances=2, priority=2,
         others=_FOUR),
    Case("five campaigns on two numbers, it is the least important", 600, _FREE, instances=2, priority=-1,
         others=_FOUR),
    Case("people from Lisbon to Los Angeles, nine to six", 1_500, Pace((5.0, 15.0), None, None, None),
         window=_OFFICE, instances=2,
         zones=_WORLD),
    Case("New York's clocks are set back on the way", 900, Pace((60.0, 120.0), None, None, None),
         window=SendWindow((1, 2, 3, 4, 5, 6, 7), time(0), time(3)), zones=(("America/New_York", 1),),
         start=datetime(2026, 10, 31, 3, 0, tzinfo=UTC)),
    Case("Lisbon's clocks are set forward on the way", 500, Pace((60.0, 120.0), None, None, None),
         window=SendWindow((1, 2, 3, 4, 5, 6, 7), time(0), time(3)), zones=(("Europe/Lisbon", 1),),
         start=datetime(2027, 3, 27, 12, 0, tzinfo=UTC)),
    Case("a team answers 8 replies an hour, 12 of 100 reply as before", 900, Pace((10.0, 40.0), 120, None, None),
         replies_per_hour=8, replying=0.12, past=(2_000, 240)),
    Case("the same in office hours", 900, Pace((10.0, 40.0), 120, None, None), window=_OFFICE,
         replies_per_hour=8, replying=0.12, past=(2_000, 240)),
    Case("a team answers 10 an hour, a first campaign, 20 of 100 reply soon", 800, Pace((5.0, 15.0), None, None, None),
         replies_per_hour=10, replying=0.2, reply_after_s=240.0),
    Case("a team answers 10 an hour, twice the replies of before", 800, Pace((5.0, 15.0), None, None, None),
         replies_per_hour=10, replying=0.1, past=(400, 20)),
)  # fmt: skip


def _error(made_at: datetime, likely: datetime, really: datetime) -> float:
    return (likely - really) / (really - made_at)


def measure(seeds: int = 3, cases: int | None = None) -> Table:
    """Forecast and send each case with several seeds: other delays, other failures, other replies."""
    table = Table(
        f"Error of the forecast ({seeds} runs each, virtual time)",
        ("campaign", "people", "really took", "likely, at the start", "likely, on the way", "within the ranges"),
    )
    errors: tuple[list[float], list[float]] = [], []
    within = runs = 0
    for case in CASES[:cases]:
        looks = ((0.0, 0.5), ()) if case.look_h is None else ((0.0,), (case.look_h,))
        courses = [play(case, seed, *looks) for seed in range(1, seeds + 1)]
        took, off, hits = _of_case(case, courses)
        for all_of, these in zip(errors, off, strict=True):
            all_of += map(abs, these)
        within, runs = within + hits, runs + 2 * seeds
        shown = [f"{statistics.median(each):+.1%}" for each in off]
        table.add(case.name, f"{case.people:,}", _words(took), *shown, f"{hits} of {2 * seeds}")
    shown = [f"median {statistics.median(each):.1%}, worst {max(each):.1%}" for each in errors]
    table.add("all", "", "", *shown, f"{within} of {runs}")
    return table


def _of_case(case: Case, courses: list[Course]) -> tuple[timedelta, tuple[list[float], list[float]], int]:
    """Return how long it took, the errors at the start and half-way, and how many ranges held the truth."""
    off: tuple[list[float], list[float]] = [], []
    took: list[timedelta] = []
    hits = 0
    for course in courses:
        if course.finish is None:
            raise SystemExit(f"{case.name}: not over after {GIVE_UP.days} days")
        took.append(course.finish - case.start)
        for place, (_share, made_at, foreseen) in enumerate(course.forecasts):
            if foreseen is None:
                raise SystemExit(f"{case.name}: foreseen to end never")
            off[place].append(_error(made_at, foreseen.likely, course.finish))
            hits += foreseen.earliest <= course.finish <= foreseen.latest
    return sorted(took)[len(took) // 2], off, hits


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
