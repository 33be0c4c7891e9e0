"""Opening a home: several processes may do it at the same moment, also when the home is new."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, OPENERS = 3, 5
# One process loads the program, and its children wait for each other: to load it for each takes most of the time.
OPEN = f"""
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from db.home import ensure_workspace, open_database

def open_home(path):
    database = open_database(path)
    try:
        assert ensure_workspace(database, datetime(2026, 11, 21, tzinfo=UTC)) == 1
    finally:
        database.close()

for round_number in range({ROUNDS}):
    here, gate = os.pipe()
    openers = []
    for _ in range({OPENERS}):
        opener = os.fork()
        if opener:
            openers.append(opener)
            continue
        code = 1
        try:
            os.close(gate)
            os.read(here, 1)  # returns when the last writer has closed: all go at once
            open_home(Path(sys.argv[1]) / f"{{round_number}}.db")
            code = 0
        finally:
            os._exit(code)
    os.close(here)
    os.close(gate)
    print(*(os.waitstatus_to_exitcode(os.waitpid(opener, 0)[1]) for opener in openers), flush=True)
"""


def test_processes_that_open_a_new_home_at_the_same_moment_agree_on_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()) == (0, [" ".join("0" * OPENERS)] * ROUNDS), done.stderr
