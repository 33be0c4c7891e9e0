"""Messages a second, end to end: the engine over real HTTP and a real database, durable before and after each send.

Run `python -m tests.bench.bench_end_to_end [--rounds N]`. Each case is a process of its own and the cases alternate, so
that noise hits all of them; the figures are medians of the rounds. Believe the ratios, not the absolute figures.

Gateways answer in a process of their own: the fast one costs next to nothing and sends no receipts, the slow one is the
same with 50 ms for each answer, as over a network, and the practice gateway (with an empty script) behaves like
Evolution and sends receipts for what it accepted, which the engine records meanwhile. Celery with Redis sends in the
manner of the existing systems; where there is no Redis, the table says so and goes on without it.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.bench.table import Table
from tests.bench.world import INSTANCES

IN_FLIGHT = 201
NAMES = ",".join(INSTANCES)


@dataclass(frozen=True, slots=True)
class _Case:
    name: str
    module: str
    gateway: str
    options: tuple[str, ...] = ()


CASES = (
    _Case("limit: hand-written HTTP and sqlite3", "tests.bench.case_limit", "fast", ("--people", "200000")),
    _Case("engine, asyncio", "tests.bench.case_engine", "fast"),
    _Case("engine, uvloop", "tests.bench.case_engine", "fast", ("--loop", "uvloop")),
    _Case("engine in the window", "tests.bench.case_window", "fast"),
    _Case("engine beside the window", "tests.bench.case_beside", "fast"),
    _Case("naive script, one at a time", "tests.bench.case_naive", "fast"),
    _Case("celery and redis, 4 workers", "tests.bench.case_celery", "fast"),
    _Case("celery and redis, connections kept", "tests.bench.case_celery", "fast", ("--keep-alive",)),
    _Case("engine, asyncio", "tests.bench.case_engine", "slow"),
    _Case("naive script, one at a time", "tests.bench.case_naive", "slow"),
    _Case("gateway flooded, no database", "tests.bench.case_flood", "practice"),
    _Case("engine, asyncio", "tests.bench.case_engine", "practice"),
    _Case("engine in the window", "tests.bench.case_window", "practice"),
)

COLUMNS = (
    "gateway", "case", "messages/s", "of the limit", "× naive", "× celery", "CPU each", "window blocked p99 / max"
)  # fmt: skip
Figures = dict[str, float]
Rivals = dict[str, float]  # messages a second of one rival, by the gateway that it was measured against


def measure(rounds: int, seconds: float, only: str = "") -> Table:
    """Run all cases `rounds` times in alternation and return the table of medians."""
    chosen = [case for case in CASES if only in f"{case.gateway} {case.module} {case.name} {case.options}"]
    taken: dict[_Case, list[Figures]] = {case: [] for case in chosen}
    for _ in range(rounds):
        for case in chosen:
            figures = _run(case, seconds)
            if "skipped" in figures:
                print(f"skipped: {case.name}: {figures['skipped']}", file=sys.stderr, flush=True)
            else:
                taken[case].append(figures)
    return _table(taken, rounds)


def _run(case: _Case, seconds: float) -> Figures:
    # A gateway of its own: what the practice gateway still has to deliver must not fall into the next case.
    with gateway(case.gateway) as (url, key):
        lane = str(IN_FLIGHT // len(INSTANCES))
        command = [sys.executable, "-m", case.module, "--url", url, "--key", key, "--seconds", str(seconds)]
        done = subprocess.run([*command, "--per-lane", lane, *case.options], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{case.module} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def gateway(kind: str) -> Generator[tuple[str, str]]:
    """Start a gateway's process and give its address and key."""
    if kind == "practice":
        command = [sys.executable, "main.py", "simulator", "--instances", NAMES]
    else:
        command = [sys.executable, "-m", "tests.bench.fast_gateway", "--latency-ms", "50" if kind == "slow" else "0"]
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        )
        stack.callback(process.kill)
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        yield ready["url"], ready["api_key"]


def _table(taken: dict[_Case, list[Figures]], rounds: int) -> Table:
    table = Table(
        f"A message, end to end ({IN_FLIGHT} in flight, {len(INSTANCES)} instances, median of {rounds})",
        COLUMNS,
    )
    limit, naive = _rival(taken, "limit").get("fast", 0.0), _rival(taken, "naive script")
    celery = _rival(taken, "celery and redis, 4 workers")
    for case, figures in taken.items():
        if not figures:
            table.add(case.gateway, case.name, *("",) * 5, "skipped: redis is not installed")
            continue
        rate = _median(figures, "per_second")
        has_window = "lag_max_ms" in figures[0]
        blocked = f"{_median(figures, 'lag_p99_ms'):.0f} / {max(f.get('lag_max_ms', 0.0) for f in figures):.0f} ms"
        table.add(
            case.gateway, case.name, f"{rate:,.0f}",
            f"{rate / limit:.2f}" if limit else "", _times(rate, naive, case), _times(rate, celery, case),
            f"{_median(figures, 'cpu_ms'):.2f} ms", blocked if has_window else "no window",
        )  # fmt: skip
    return table


def _rival(taken: dict[_Case, list[Figures]], name: str) -> Rivals:
    return {case.gateway: _median(runs, "per_second") for case, runs in taken.items() if runs and name in case.name}


def _times(rate: float, rival: Rivals, case: _Case) -> str:
    return f"{rate / rival[case.gateway]:.1f}" if case.gateway in rival else ""


def _median(figures: Sequence[Figures], name: str) -> float:
    return statistics.median(figure.get(name, 0.0) for figure in figures)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=4.0)
    options.add_argument("--only", default="", help="a word of the cases to run: fast, window, uvloop …")
    chosen = options.parse_args()
    print(measure(chosen.rounds, chosen.seconds, chosen.only).text())


if __name__ == "__main__":
    main()
