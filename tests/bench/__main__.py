"""`make bench`: measure and print; `--write` puts the figures into BENCHMARKS.md with the conditions of the run.

make bench                              everything, in about twenty minutes
make bench ARGS=--quick                 each case, small and short: proves that they run, measures nothing
make bench ARGS='--only window'         the end-to-end cases with this word only
make bench ARGS='--rounds 5 --write'    for the record
"""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from tests.bench import bench_end_to_end, bench_eta, bench_events, bench_growth, bench_import
from tests.bench.table import Table

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "BENCHMARKS.md"
MARK = "<!-- Everything below is written by `make bench ARGS=--write`. -->\n"
PACKAGES = ("PySide6-Essentials", "qasync", "sqlalchemy", "httpx", "httpx-aiohttp", "aiohttp", "uvloop")
Measure = Callable[[], Table]
Part = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Extent:
    """How much is measured.

    Args:
        parts: scripts that measure one part alone and print by themselves: title, module, options.
    """

    seconds: float
    measures: Sequence[Measure]
    parts: Sequence[Part]


FULL = _Extent(
    seconds=4.0,
    # `python -m tests.bench.bench_events --events 10000000` takes ten million.
    measures=(
        bench_growth.measure,
        partial(bench_import.measure, 1_000_000),
        partial(bench_import.measure, 100_000, "xlsx"),
        bench_events.measure,
        partial(bench_eta.measure, 1),
    ),
    parts=(
        ("Event loops", "tests.bench.bench_loop", ("--repeats", "1")),
        ("HTTP client", "tests.bench.bench_transport", ()),
        ("Database", "tests.bench.bench_db", ("--people", "100000", "--messages", "5000")),
    ),
)
QUICK = _Extent(
    seconds=0.5,
    measures=(
        partial(bench_growth.measure, 10_000, 1, 1_500, 3.0),
        partial(bench_import.measure, 5_000),
        partial(bench_import.measure, 5_000, "xlsx"),
        partial(bench_events.measure, 20_000),
        partial(bench_eta.measure, 1, 1),
    ),
    parts=(
        ("Event loops", "tests.bench.bench_loop", ("--repeats", "1", "--requests", "300")),
        ("HTTP client", "tests.bench.bench_transport", ("--rounds", "1", "--requests", "200")),
        ("Database", "tests.bench.bench_db", ("--people", "5000", "--messages", "500")),
    ),
)


def conditions() -> list[str]:
    """Return what the figures depend on: machine, versions, date, and how busy the machine was."""
    load = f", load {os.getloadavg()[0]:.1f} before the run" if hasattr(os, "getloadavg") else ""
    return [
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M}, {os.cpu_count()} cores{load}",
        f"{platform.system()} {platform.release()}, {platform.machine()}, Python {platform.python_version()}",
        ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    ]


def part(module: str, options: tuple[str, ...]) -> str:
    """Run one script and return what it printed."""
    done = subprocess.run([sys.executable, "-m", module, *options], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else f"failed: {done.stderr.strip().splitlines()[-1]}"


def write(about: list[str], tables: list[Table], parts: dict[str, str]) -> None:
    """Replace the measured half of BENCHMARKS.md."""
    kept = DOCUMENT.read_text(encoding="utf-8").partition(MARK)[0]
    lines = [kept + MARK, "## Conditions", "", *(f"- {line}" for line in about), ""]
    lines += [table.markdown() for table in tables]
    for title, text in parts.items():
        lines += [f"## {title}", "", "```", text, "```", ""]
    DOCUMENT.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=1, help="alternated runs of each case; the median counts")
    options.add_argument("--seconds", type=float, help=f"how long each case is measured; {FULL.seconds:.0f} by default")
    options.add_argument("--quick", action="store_true", help="small and short, to prove that each case runs")
    options.add_argument("--only", default="", help="a word of the end-to-end cases to run; nothing else is measured")
    options.add_argument("--write", action="store_true", help="update BENCHMARKS.md")
    chosen = options.parse_args()
    if chosen.quick and chosen.write:
        options.error("--quick measures nothing that is worth writing down")
    extent = QUICK if chosen.quick else FULL
    about = conditions()
    print("\n".join(about), "\n", sep="", flush=True)
    tables = [bench_end_to_end.measure(chosen.rounds, chosen.seconds or extent.seconds, chosen.only)]
    print(tables[0].text(), flush=True)
    if chosen.only:
        return
    for measure in extent.measures:
        tables.append(measure())
        print(f"\n{tables[-1].text()}", flush=True)
    parts: dict[str, str] = {}
    for title, module, arguments in extent.parts:
        parts[title] = part(module, arguments)
        print(f"\n{title}\n{parts[title]}", flush=True)
    if chosen.write:
        write(about, tables, parts)


if __name__ == "__main__":
    main()
