"""One measurement of an engine in a process of its own with the real window beside it: prints one JSON object.

The engine runs as `run` of the command line does; the window, in this process, finds the data folder taken and follows
what the other one writes. The figures of sending are the engine's; how long the loop was blocked is the window's.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from asyncio.subprocess import PIPE, create_subprocess_exec
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop import qt_loop
from desktop.app.session import Session, is_gui_thread
from desktop.domain.campaign import Audience
from desktop.engine_lock import EngineLock
from desktop.screens.pages import PageName
from desktop.widgets.language import Languages
from desktop.widgets.theme import ThemeMode, apply_theme
from tests.bench.case_engine import arguments, send
from tests.bench.world import add_instances, add_people, opened, start_campaign

SETTLE_S = 1.5  # the first paint of a page is no part of sending


async def _engine(options: argparse.Namespace) -> dict[str, float]:
    """Send from the home in `options.folder`; tell on standard output when it has begun."""
    async with opened(options.folder, options.key) as workplace:
        with EngineLock(workplace.home, "the benchmark"):
            print("{}", flush=True)  # the lock is held
            if not sys.stdin.readline():
                return {}
            return await send(workplace, options.seconds)


async def _beside(app: QApplication, options: argparse.Namespace) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with opened(folder, options.key) as workplace:
            await add_instances(workplace, options.url, options.per_lane)
            await add_people(workplace, options.people, "all")
            workplace.database.refuse_gui_thread(is_gui_thread)
            command = [sys.executable, "-m", "tests.bench.case_beside", *sys.argv[1:], "--folder", name]
            engine = await create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
            assert engine.stdout is not None
            assert engine.stdin is not None
            await engine.stdout.readline()
            session = Session(app, workplace, apply_theme(app, ThemeMode.SYSTEM), Languages(app), "en")
            window = await session.open()
            campaign_id = await start_campaign(workplace, Audience())
            window.navigate(PageName.CAMPAIGN, campaign_id)
            await asyncio.sleep(SETTLE_S)
            engine.stdin.write(b"\n")
            lag = qt_loop.LoopLag()
            lag.start()
            said = await engine.stdout.read()
            lag.stop()
            session.close()
            await session.until_closed()
            await engine.wait()
        blocked = lag.figures()
        return json.loads(said) | {"lag_p99_ms": blocked.p99_ms, "lag_max_ms": blocked.max_ms}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.folder:
        print(json.dumps(asyncio.run(_engine(options))))
        return
    app = QApplication([])
    figures: dict[str, float] = {}

    async def run() -> None:
        figures.update(await _beside(app, options))

    qt_loop.run(app, run)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
