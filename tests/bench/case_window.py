"""One measurement of the engine inside the real window, showing the running campaign: prints one JSON object.

The window is the program's own (`desktop/app/session.py`) on Qt's off-screen platform, which paints as a screen does;
its campaign page follows at ten times a second. Beside the rate: how long the window's event loop was blocked.
"""

import argparse
import asyncio
import json
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop import qt_loop
from desktop.app.session import Session, is_gui_thread
from desktop.domain.campaign import Audience
from desktop.screens.pages import PageName
from desktop.widgets.language import Languages
from desktop.widgets.theme import ThemeMode, apply_theme
from tests.bench.case_engine import arguments
from tests.bench.world import SentMeter, add_instances, add_people, opened, start_campaign

SETTLE_S = 1.5  # the first paint of a page is no part of sending


async def _case(app: QApplication, options: argparse.Namespace) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder), options.key) as workplace:
            workplace.database.refuse_gui_thread(is_gui_thread)
            await add_instances(workplace, options.url, options.per_lane)
            await add_people(workplace, options.people, "all")
            meter = SentMeter(options.seconds)
            session = Session(app, workplace, apply_theme(app, ThemeMode.SYSTEM), Languages(app), "en")
            window = await session.open()
            window.navigate(PageName.CAMPAIGNS)
            await asyncio.sleep(SETTLE_S)
            campaign_id = await start_campaign(workplace, Audience())
            window.navigate(PageName.CAMPAIGN, campaign_id)
            await asyncio.sleep(SETTLE_S)
            workplace.bus.subscribe(meter.on_events)
            await meter.begun.wait()
            lag = qt_loop.LoopLag()
            lag.start()
            await meter.done.wait()
            lag.stop()
            session.close()
            await session.until_closed()
            blocked = lag.figures()
            return meter.figures() | {"lag_p99_ms": blocked.p99_ms, "lag_max_ms": blocked.max_ms}


def main() -> None:
    options = arguments(__doc__).parse_args()
    app = QApplication([])
    figures: dict[str, float] = {}

    async def run() -> None:
        figures.update(await _case(app, options))

    qt_loop.run(app, run)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
