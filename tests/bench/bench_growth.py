"""What grows with the campaign and what must not: cost of a message, memory, the way back after a kill.

Run `python -m tests.bench.bench_growth`. The cost is CPU time of the sending process for each message, which other
programs on the machine disturb least; big and small alternate.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.bench_end_to_end import gateway
from tests.bench.table import Table

SMALL, LARGE = 1_000, 200_000
EACH = 950  # messages of one measurement of the cost
MUCH = 8_000  # messages over which memory is watched


class _Home:
    """A folder with a database, and steps on it in processes of their own."""

    def __init__(self, folder: Path, url: str, key: str, people: int) -> None:
        self._begin = [sys.executable, "-m", "tests.bench.case_growth", "--url", url, "--key", key]
        self._begin += ["--folder", str(folder), "--people", str(people)]
        folder.mkdir()
        self._run("fill", EACH)

    def send(self, messages: int) -> dict[str, float]:
        return self._run("send", messages)

    def kill_while_sending(self) -> None:
        command = [*self._begin, "--step", "stall", "--messages", str(EACH)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.kill()

    def _run(self, step: str, messages: int) -> dict[str, float]:
        command = [*self._begin, "--step", step, "--messages", str(messages), "--began", str(time.time())]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{step} failed:\n{done.stderr}")
        return json.loads(done.stdout.splitlines()[-1])


def measure(large: int = LARGE, rounds: int = 3, much: int = MUCH) -> Table:
    """Send from a small and a large campaign in alternation, then kill a sender of the large one."""
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
    small, big = statistics.median(small_ms), statistics.median(large_ms)
    table = Table(f"What must not grow (median of {rounds})", ("what", "figure"))
    table.add(f"CPU of a message, campaign of {SMALL:,}", f"{small:.3f} ms")
    table.add(f"CPU of a message, campaign of {large:,}", f"{big:.3f} ms, ratio {big / small:.2f}")
    table.add(f"kill, then start to the first message sent, {large:,} recipients", f"{after_kill['first_s']:.2f} s")
    table.add("of it: imports", f"{after_kill['import_s']:.2f} s")
    table.add(
        f"memory after 200 and after {much:,} messages", f"{memory['early_mb']:.0f} and {memory['late_mb']:.0f} MB"
    )
    return table


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--large", type=int, default=LARGE)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--much", type=int, default=MUCH, help="messages over which memory is watched")
    chosen = options.parse_args()
    print(measure(chosen.large, chosen.rounds, chosen.much).text())


if __name__ == "__main__":
    main()
