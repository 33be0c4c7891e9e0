"""Opening a home: several processes may do it at the same moment, also when the home is new."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPEN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from db.home import ensure_workspace, open_database
print("ready", flush=True)
sys.stdin.read()
database = open_database(Path(sys.argv[1]))
print(ensure_workspace(database, datetime(2026, 11, 21, tzinfo=UTC)))
database.close()
"""


def test_processes_that_open_a_new_home_at_the_same_moment_agree_on_it(tmp_path: Path) -> None:
    for round_number in range(3):
        path = tmp_path / f"{round_number}.db"
        openers = [
            subprocess.Popen(
                [sys.executable, "-c", OPEN, str(path)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(5)
        ]
        # Imported and waiting: closing the pipes lets all of them go at once.
        for opener in openers:
            assert opener.stdout is not None
            assert opener.stdout.readline() == "ready\n"
        for opener in openers:
            assert opener.stdin is not None
            opener.stdin.close()
        ended = [(opener.stdout.read() if opener.stdout else "", opener.wait(60)) for opener in openers]
        for opener in openers:
            for stream in (opener.stdout, opener.stderr):
                assert stream is not None
                stream.close()
        assert [(out.strip(), code) for out, code in ended] == [("1", 0)] * len(openers)
