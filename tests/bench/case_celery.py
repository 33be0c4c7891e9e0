"""One measurement of Celery with Redis, four workers, in the manner of the existing systems: prints one JSON object.

Redis keeps the queue in memory only, on its own port. Where there is none: `{"skipped": why}`, which is no failure.
CPU is that of the workers and of Redis together: both are needed for a message.
"""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from tests.bench.case_engine import arguments

WORKERS = 4
READY_WITHIN_S = 30.0
WARM_UP = 100  # messages before measuring begins: imports, connections
LOOK_EVERY_S = 0.05
MOST_PER_SECOND = 600  # more than four workers ever sent; the queue must outlast the measurement
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def redis_command(port: int) -> list[str] | None:
    """Return how the server is started, or None when this machine has none."""
    program = shutil.which("redis-server") or shutil.which("redis-check-rdb")
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    return [program, *options] if program else None


@contextmanager
def _started(command: list[str], name: str, folder: Path, environment: dict[str, str]) -> Generator[int]:
    """Run a server; give its process id. It is ended, its children too, when the block is left."""
    log = folder / f"{Path(name).name}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [name, *command[1:]], executable=command[0], stdout=file, stderr=file, cwd=Path.cwd(), env=environment
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> list[int]:
    """Return a process and its descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _family(int(child))
    return found


def _cpu_s(pids: list[int]) -> float:
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def _sent(conn: sqlite3.Connection) -> int:
    return int(conn.execute("SELECT max(id) FROM log").fetchone()[0] or 0)


def _wait_for(conn: sqlite3.Connection, sent: int, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while _sent(conn) < sent:
        if time.perf_counter() > until:
            raise SystemExit("the workers send nothing")
        time.sleep(LOOK_EVERY_S)


def measure(url: str, key: str, seconds: float, *, keep_alive: bool) -> dict[str, float | str]:
    """Let four workers send for some seconds; the queue holds everybody before they begin, and never runs empty."""
    port = _free_port()
    command = redis_command(port)
    if command is None:
        return {"skipped": "redis is not installed (.ci/system bench installs it)"}
    people = WARM_UP + int(MOST_PER_SECOND * seconds)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        os.environ |= {
            "BENCH_BROKER": f"redis://127.0.0.1:{port}/0", "BENCH_DATABASE": str(folder / "celery.db"),
            "BENCH_GATEWAY": url, "BENCH_KEY": key, "BENCH_KEEP_ALIVE": str(int(keep_alive)),
        }  # fmt: skip
        from tests.bench import celery_app

        made = celery_app.engine(os.environ["BENCH_DATABASE"])
        celery_app.Base.metadata.create_all(made)
        with made.begin() as conn:
            rows = [{"id": n, "phone": f"55119{80_000_000 + n}", "status": "pending"} for n in range(people)]
            conn.execute(celery_app.Recipient.__table__.insert(), rows)
        made.dispose()
        redis = stack.enter_context(_started(command, "redis-server", folder, dict(os.environ)))
        for n in range(people):
            celery_app.send_message.delay(n)
        worker = [sys.executable, "-m", "celery", "--quiet", "-A", "tests.bench.celery_app", "worker"]
        worker += ["--concurrency", str(WORKERS), "--loglevel", "ERROR", "--without-gossip", "--without-mingle"]
        workers = stack.enter_context(_started(worker, sys.executable, folder, dict(os.environ)))
        conn = stack.enter_context(closing(sqlite3.connect(folder / "celery.db", timeout=READY_WITHIN_S)))
        _wait_for(conn, WARM_UP, READY_WITHIN_S)
        pids = [redis, *_family(workers)]
        began, cpu, before = time.perf_counter(), _cpu_s(pids), _sent(conn)
        time.sleep(seconds)
        taken, used, messages = time.perf_counter() - began, _cpu_s(pids) - cpu, _sent(conn) - before
        if before + messages >= people:
            raise SystemExit("the queue ran empty: raise MOST_PER_SECOND")
    return {"per_second": messages / taken, "cpu_ms": used / messages * 1000}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--keep-alive", action="store_true", help="keep the connections to the gateway")
    options = parser.parse_args()
    figures = measure(options.url, options.key, options.seconds, keep_alive=options.keep_alive)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
