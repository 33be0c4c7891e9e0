"""What grows with the campaign and what must not: cost of a message, memory, the window, the way back after a kill.

Run `python -m tests.bench.bench_growth`. The cost is CPU time of the sending process for each message, which other
programs on the machine disturb least; big and small alternate. The window and the start are measured over the large
home, whose campaign is under way.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.bench_end_to_end import gateway
from tests.bench.table import Table

SMALL, LARGE = 1_000, 1_000_000
EACH = 950  # messages of one measurement of the cost
MUCH = 60_000  # messages over which memory is watched
DESK_PER_SECOND = 80
DESK_S = 20.0


class _Home:
    """A folder with a database, and steps on it in processes of their own."""

    def __init__(self, folder: Path, url: str, key: str, people: int) -> None:
        self._about = ["--url", url, "--key", key, "--folder", str(folder)]
        self._begin = [sys.executable, "-m", "tests.bench.case_growth", *self._about, "--people", str(people)]
        self._folder = folder
        folder.mkdir()
        self._run("fill", EACH)

    def send(self, messages: int) -> dict[str, float]:
        return self._run("send", messages)

    def desk(self, seconds: float) -> dict[str, float]:
        """Send from the window."""
        pace = ["--per-second", str(DESK_PER_SECOND), "--seconds", str(seconds)]
        return _answer([sys.executable, "-m", "tests.bench.case_desk", *self._about, *pace])

    def start(self) -> dict[str, float]:
        """Start the program until its list of campaigns can be used; nothing is sending."""
        self._run("pause", EACH)
        command = [sys.executable, "-m", "tests.bench.case_start", "--folder", str(self._folder)]
        times = [_answer([*command, "--began", str(time.time())]) for _ in range(4)]
        return min(times[1:], key=lambda figures: figures["list_s"])  # the first one warms the disk

    def kill_while_sending(self) -> None:
        command = [*self._begin, "--step", "stall", "--messages", str(EACH)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.kill()

    def _run(self, step: str, messages: int) -> dict[str, float]:
        return _answer([*self._begin, "--step", step, "--messages", str(messages), "--began", str(time.time())])


def _answer(command: list[str]) -> dict[str, float]:
    # Nobody's program is compiled anew at each start.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[2:])} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def measure(large: int = LARGE, rounds: int = 5, much: int = MUCH, desk_s: float = DESK_S) -> Table:
    """Send from a small and a large campaign in alternation, kill a sender of the large one, open the window on it."""
    small_ms: list[float] = []
    large_ms: list[float] = []
    with gateway("fast") as (url, key), tempfile.TemporaryDirectory() as folder:
        home = _Home(Path(folder) / "large", url, key, large)
        for n in range(rounds):
            small_ms.append(_Home(Path(folder) / f"small-{n}", url, key, SMALL).send(EACH)["cpu_ms"])
            large_ms.append(home.send(EACH)["cpu_ms"])
        home.kill_while_sending()
        after_kill = home.send(EACH)
        memory = home.send(much)
        desk, start = home.desk(desk_s), home.start()
    small, big = statistics.median(small_ms), statistics.median(large_ms)
    table = Table(f"What must not grow (median of {rounds})", ("what", "figure"))
    table.add(f"CPU of a message, campaign of {SMALL:,}", f"{small:.3f} ms")
    table.add(f"CPU of a message, campaign of {large:,}", f"{big:.3f} ms, ratio {big / small:.2f}")
    table.add(f"kill, then start to the first message sent, {large:,} recipients", f"{after_kill['first_s']:.2f} s")
    table.add("of it: imports", f"{after_kill['import_s']:.2f} s")
    table.add(
        f"memory without a window after 200, {much // 2:,} and {much:,} messages",
        f"{memory['early_mb']:.0f}, {memory['half_mb']:.0f} and {memory['late_mb']:.0f} MB",
    )
    table.add(
        f"window at {desk['per_second']:.0f} messages/s, {large:,} recipients: blocked p50 / p99 / max",
        f"{desk['lag_p50_ms']:.1f} / {desk['lag_p99_ms']:.1f} / {desk['lag_max_ms']:.1f} ms",
    )
    table.add(
        f"memory of this window at first, {desk_s:.0f} s later, with all pages open",
        f"{desk['early_mb']:.0f}, {desk['late_mb']:.0f}, {desk['toured_mb']:.0f} MB",
    )
    table.add(
        "start of the process to the mark, the window, and the list of campaigns, warm disk",
        f"{start['mark_s']:.2f}, {start['window_s']:.2f} and {start['list_s']:.2f} s",
    )
    return table


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--large", type=int, default=LARGE)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--much", type=int, default=MUCH, help="messages over which memory is watched")
    options.add_argument("--desk-s", type=float, default=DESK_S, help="seconds in the window")
    chosen = options.parse_args()
    print(measure(chosen.large, chosen.rounds, chosen.much, chosen.desk_s).text())


if __name__ == "__main__":
    main()
